"""The caseload: everybody, by how closely the coach walks along."""

from datetime import timedelta
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ipta.accounts.models import Person
from ipta.dossiers import commands
from ipta.dossiers.models import Dossier, Note
from tests.asking import looks
from tests.cast import CANARY, canary
from tests.web.coach.shared import assert_same_work_for_more


def page(client: Client) -> str:
    response = client.get(reverse("coach:youths"))
    assert response.status_code == 200
    return response.content.decode()


def test_everybody_of_the_caseload_is_there(noors: Client, dossier: Dossier, scouted: Dossier) -> None:
    shown = page(noors)
    assert f"{canary('sem', 'identity')} voornaam Achternaam" in shown
    assert f"{canary('rox', 'identity')} bijnaam" in shown
    assert "2 jongeren" in shown


def test_they_stand_under_the_guidance_they_have(
    noors: Client, dossier: Dossier, noor: Person, scouted: Dossier
) -> None:
    commands.set_intensity(dossier, "light", by=noor)
    shown = page(noors)
    assert shown.index("Licht") < shown.index("voornaam") < shown.index("Nog geen ja") < shown.index("kwetter-rox")


def test_who_is_done_is_still_there_to_come_back(noors: Client, dossier: Dossier, noor: Person) -> None:
    commands.end(dossier, reason="stable", by=noor)
    shown = page(noors)
    assert shown.index("Afgerond") < shown.index("voornaam")


def test_it_tells_when_somebody_was_spoken(noors: Client, dossier: Dossier) -> None:
    Note.objects.filter(dossier=dossier).update(happened_at=timezone.now() - timedelta(days=3))
    assert "Gesproken: 3 dagen geleden" in page(noors)


def test_quiet_is_said_in_words(noors: Client, dossier: Dossier) -> None:
    Note.objects.filter(dossier=dossier).update(happened_at=timezone.now() - timedelta(days=9))
    assert "Gesproken: 9 dagen geleden · even stil" in page(noors)


def test_trying_counts_as_trying(noors: Client, scouted: Dossier, noor: Person) -> None:
    for _attempt in range(2):
        commands.note(scouted, text="", is_reached=False, by=noor)
    assert "2 keer geprobeerd" in page(noors)


def test_a_corrected_note_counts_once(noors: Client, scouted: Dossier, noor: Person) -> None:
    first = commands.note(scouted, text="", is_reached=False, by=noor)
    commands.note(scouted, text="", is_reached=False, replaces=first, by=noor)
    assert "1 keer geprobeerd" in page(noors)


def test_a_stranger_sees_his_own_youths_only(brams: Client, dossier: Dossier) -> None:
    shown = page(brams)
    assert canary("kim", "identity") in shown
    assert f"{CANARY}-sem" not in shown


def test_a_coach_of_before_sees_nobody(dossier: Dossier, olga: Person, client_for: Any) -> None:
    assert f"{CANARY}-sem" not in page(client_for(olga))


def test_the_reading_log_tells_of_names_and_no_more(noors: Client, dossier: Dossier) -> None:
    before = len(looks(dossier))
    page(noors)
    assert [look.section for look in looks(dossier)[before:]] == ["identity"]


def test_the_work_for_it_does_not_grow_with_the_caseload(noors: Client, more_lives: Any, queries: Any) -> None:
    assert_same_work_for_more(queries, lambda: page(noors), more_lives)


def test_titles_are_neutral(noors: Client) -> None:
    assert "<title>Jongeren</title>" in page(noors)
