"""The caseload: everybody, by how closely the coach walks along."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ipta.accounts.models import Person
from ipta.dossiers import commands
from ipta.dossiers.models import Dossier, Note
from ipta.dossiers.rules import INTENSIVE_CASELOAD
from ipta.placements.models import Placement
from ipta.web.coach.youths import KINDS
from ipta.web.components.stretches import drawn
from ipta.web.components.thread import Phase
from tests.asking import looks
from tests.cast import CANARY, canary, days_ago
from tests.web.coach.shared import assert_same_work_for_more


def page(client: Client, only: str = "") -> str:
    response = client.get(reverse("coach:youths"), {"toon": only} if only else {})
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
    assert "voornaam" not in page(noors)
    shown = page(noors, "ended")
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


# --- a number opens its cases --------------------------------------------------------------------


def number(shown: str, only: str) -> int:
    found = re.search(rf'\?toon={only}"><strong[^>]*>(\d+)', shown)
    return int(found[1]) if found else 0


def test_every_number_opens_as_many_cases(noors: Client, dossier: Dossier, scouted: Dossier, noor: Person) -> None:
    Note.objects.filter(dossier=dossier).update(happened_at=timezone.now() - timedelta(days=9))
    commands.promise(dossier, text="Bellen", owner="coach", due_on=days_ago(2), by=noor)
    shown = page(noors)
    for only in KINDS:
        assert page(noors, only).count('<li class="case') == number(shown, only), only
    assert {only: number(shown, only) for only in ("intensive", "scouted", "quiet", "late")} == {
        "intensive": 1, "scouted": 1, "quiet": 1, "late": 1,
    }  # fmt: skip


def test_of_whom_is_not_shown_nothing_is_read(noors: Client, dossier: Dossier, noor: Person, scouted: Dossier) -> None:
    commands.set_intensity(dossier, "aftercare", by=noor)
    before = len(looks(dossier))
    page(noors)
    assert len(looks(dossier)) == before
    page(noors, "aftercare")
    assert [look.section for look in looks(dossier)[before:]] == ["identity"]


def test_who_needs_less_is_a_tap_away(noors: Client, dossier: Dossier, noor: Person) -> None:
    commands.set_intensity(dossier, "aftercare", by=noor)
    assert "voornaam" not in page(noors)
    assert "voornaam" in page(noors, "aftercare")


def test_a_list_of_nobody_is_a_good_sign(noors: Client, dossier: Dossier) -> None:
    assert "Hier hoef je nu niets mee." in page(noors, "late")


def test_what_is_no_list_shows_the_usual_one(noors: Client, dossier: Dossier) -> None:
    assert page(noors, "risico").count('<li class="case') == page(noors).count('<li class="case')


def test_more_than_the_method_reckons_with_is_said(noors: Client, noor: Person, more_lives: Any) -> None:
    more_lives(INTENSIVE_CASELOAD.stop)
    assert "Praat erover met je projectleider." in page(noors)


# --- how far it is -------------------------------------------------------------------------------


def since_yes(dossier: Dossier, days: int, *, has_place: bool = False) -> None:
    if not has_place:
        Placement.objects.filter(dossier=dossier).delete()
    Dossier.objects.filter(pk=dossier.pk).update(found_on=days_ago(days + 5), joined_on=days_ago(days))


def met_workplace(dossier: Dossier, noor: Person, days: int) -> None:
    at = timezone.now() - timedelta(days=days)
    met = commands.appoint(dossier, what="Kijken", party="workplace", starts_at=at, by=noor)
    commands.close_appointment(met, outcome="happened", by=noor)


@pytest.mark.parametrize(
    ("days", "says"),
    [
        (0, "Nog 30 dagen voor een werkplek"),
        (29, "Nog 1 dag voor een werkplek"),
        (31, "Nog geen werkplek, na 31 dagen"),
    ],
)
def test_the_days_to_a_workplace_are_counted_from_the_yes(
    noors: Client, dossier: Dossier, days: int, says: str
) -> None:
    since_yes(dossier, days)
    assert says in page(noors)
    assert number(page(noors), "slow") == (days > 30)


def test_a_workplace_that_was_met_stops_the_clock(noors: Client, noor: Person, dossier: Dossier) -> None:
    since_yes(dossier, 40)
    met_workplace(dossier, noor, days=18)
    shown = page(noors)
    assert "Werkplek ontmoet na 22 dagen" in shown
    assert number(shown, "slow") == 0


def test_a_meeting_that_did_not_happen_does_not_count(noors: Client, noor: Person, dossier: Dossier) -> None:
    since_yes(dossier, 40)
    at = timezone.now() - timedelta(days=18)
    met = commands.appoint(dossier, what="Kijken", party="workplace", starts_at=at, by=noor)
    commands.close_appointment(met, outcome="not", by=noor)
    assert "Nog geen werkplek, na 40 dagen" in page(noors)


def test_the_first_working_day_is_told(noors: Client, dossier: Dossier, placement: Placement) -> None:
    since_yes(dossier, 40, has_place=True)
    Placement.objects.filter(pk=placement.pk).update(starts_on=days_ago(5))
    assert "Aan het werk na 35 dagen" in page(noors)


def test_a_signal_is_about_our_promise_and_never_about_the_youth(noors: Client, dossier: Dossier) -> None:
    since_yes(dossier, 90)
    shown = page(noors).casefold()
    assert not [word for word in ("risico", "score", "urgentie", "probleem") if word in shown]


def test_phases_are_stretches_one_above_the_other() -> None:
    day = date(2026, 1, 1)
    phases = [Phase("Scout", day, day + timedelta(days=50)), Phase("Quick scan", day + timedelta(days=40))]
    found = drawn(phases, day, day + timedelta(days=100))
    assert found
    assert found.lines == [(0, 2.0, 99), (79.2, 6.0, 118.8)]
    assert found.words == "Quick scan"
    assert drawn([], day, day) is None
