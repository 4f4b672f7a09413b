"""The timeline: one story of everything, with the youth's own side beside it."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ipta.accounts.models import Person
from ipta.dossiers import commands
from ipta.dossiers.models import Coachship, Dossier, Note, Step
from ipta.plans.models import PlanVersion
from tests.asking import looks
from tests.cast import canary


@pytest.fixture
def address(dossier: Dossier) -> str:
    return reverse("coach:timeline", args=[dossier.pk])


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_everything_that_happened_is_told(noors: Client, address: str) -> None:
    shown = page(noors, address)
    for section in ("contacts", "plan", "appointments"):
        assert canary("sem", section) in shown
    for words in ("Gevonden", "Doet mee", "Quick scan"):
        assert words in shown


def test_it_can_be_read_from_the_beginning(noors: Client, address: str) -> None:
    newest_first, story = page(noors, address), page(noors, f"{address}?van=begin")
    assert newest_first.index("Gevonden") > newest_first.index("Doet mee")
    assert story.index("Gevonden") < story.index("Doet mee")


def test_it_is_told_by_month(noors: Client, address: str, dossier: Dossier, noor: Person) -> None:
    Note.objects.filter(dossier=dossier).update(happened_at=timezone.make_aware(datetime(2026, 3, 3, 12)))
    assert "Maart 2026" in page(noors, address)


def test_a_promise_is_told_by_who_gave_it(noors: Client, address: str) -> None:
    told = f"{canary('sem', 'identity')} voornaam Achternaam beloofde: {canary('sem', 'plan')} stap"
    assert told in page(noors, address)


def test_what_was_done_and_what_fell_away_is_told(
    noors: Client, address: str, dossier: Dossier, noor: Person, step: Step
) -> None:
    commands.finish(step, progress="Samen gebeld", by=noor)
    commands.drop(commands.promise(dossier, text="Brief schrijven", owner="coach", by=noor), by=noor)
    shown = page(noors, address)
    assert f"Gedaan: {canary('sem', 'plan')} stap" in shown
    assert "Samen gebeld" in shown
    assert "Hoeft niet meer: Brief schrijven" in shown


def test_what_did_not_go_through_is_told_without_blame(
    noors: Client, address: str, dossier: Dossier, noor: Person
) -> None:
    past = commands.appoint(dossier, what="Stadhuis", starts_at=timezone.now() - timedelta(days=1), by=noor)
    commands.close_appointment(past, outcome="not", by=noor)
    assert "Het ging niet door" in page(noors, address)


def test_a_corrected_note_stays_readable_under_the_new_one(
    noors: Client, address: str, dossier: Dossier, noor: Person, note: Note
) -> None:
    commands.note(dossier, text="Beter", replaces=note, by=noor)
    shown = page(noors, address)
    assert "Beter" in shown
    assert "(later verbeterd)" in shown
    assert f"{canary('sem', 'contacts')} notitie" in shown
    assert reverse("coach:correct", args=[dossier.pk, note.pk]) not in shown


@pytest.mark.parametrize("line", ["note", "step", "plan"])
def test_the_youths_own_side_stands_beside_the_line(
    noors: Client, address: str, sem: Person, line: str, request: pytest.FixtureRequest
) -> None:
    commands.view(request.getfixturevalue(line), text="Zo was het niet.", by=sem)
    shown = page(noors, address)
    assert shown.index("zegt</span>") < shown.index("Zo was het niet.")


def test_a_long_story_comes_in_pages(noors: Client, address: str, dossier: Dossier, noor: Person) -> None:
    for number in range(45):
        commands.note(dossier, text=f"Notitie {number:02}", by=noor)
    assert "Bladzijde 1 van 2" in page(noors, address)
    assert "Doet mee" in page(noors, f"{address}?page=2")
    assert "Bladzijde 2 van 2" in page(noors, f"{address}?page=veel&page=99")


def test_a_stand_in_reads_what_is_open_to_him(
    stef: Person, standing_in: Coachship, address: str, client_for: Any, dossier: Dossier
) -> None:
    before = len(looks(dossier))
    assert canary("sem", "contacts") in page(client_for(stef), address)
    assert {look.result for look in looks(dossier)[before:]} == {"opened"}


def test_it_opens_with_an_empty_life_too(noors: Client, scouted: Dossier) -> None:
    assert "Gevonden" in page(noors, reverse("coach:timeline", args=[scouted.pk]))


def test_the_reading_log_tells_what_stood_here(noors: Client, address: str, dossier: Dossier) -> None:
    before = len(looks(dossier))
    page(noors, address)
    sections = {look.section for look in looks(dossier)[before:]}
    assert sections == {"identity", "contacts", "plan", "appointments", "scores", "work"}


def test_a_longer_story_takes_no_more_queries(
    noors: Client, address: str, dossier: Dossier, noor: Person, plan: PlanVersion, queries: Any
) -> None:
    page(noors, address)
    with queries() as few:
        page(noors, address)
    for number in range(12):
        commands.note(dossier, text=f"Notitie {number}", by=noor)
        commands.promise(dossier, text=f"Stap {number}", owner="coach", by=noor)
    with queries() as many:
        page(noors, address)
    assert many.count == few.count
