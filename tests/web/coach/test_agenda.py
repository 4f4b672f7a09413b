"""The calendar of a coach: an address that says when, and nothing of whom."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from ipta.accounts import commands as accounts
from ipta.accounts.models import CalendarFeed, Person, Post
from ipta.dossiers import commands
from ipta.dossiers.models import Appointment, Coachship, Dossier
from ipta.sharing.models import Look
from tests.asking import assert_refused, last_entry
from tests.cast import CANARY, days_ago
from tests.conftest import sign_in

PAGE = "/agenda/"
SAMPLE = Path(__file__).parents[4] / "shared" / "data" / "schemas" / "ical" / "example.ics"


@pytest.fixture
def address(noors: Client) -> str:
    shown = noors.post(PAGE).text
    return re.search(r"http://testserver(/agenda/[^/\"<]+/)", shown)[1]  # type: ignore[index]


def events(content: bytes) -> list:  # type: ignore[type-arg]
    return Calendar.from_ical(content).walk("VEVENT")


def test_a_calendar_finds_every_appointment_of_the_caseload(
    address: str, appointment: Appointment, noor: Person, scouted: Dossier
) -> None:
    commands.appoint(scouted, what="Samen eten", starts_at=timezone.now() + timedelta(days=2), by=noor)
    answer = Client().get(address)
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert len(events(answer.content)) == 2
    assert {str(event["summary"]) for event in events(answer.content)} == {"Afspraak"}
    assert appointment.starts_at.replace(microsecond=0) in {
        event.decoded("dtstart") for event in events(answer.content)
    }


def test_it_names_nobody_and_no_place_and_opens_nothing(
    address: str, appointment: Appointment, dossier: Dossier
) -> None:
    before = Look.objects.count()
    content = Client().get(address).text
    for event in events(content.encode()):
        assert set(event) == {"UID", "DTSTAMP", "SUMMARY", "DTSTART", "DTEND", "STATUS", "TRANSP", "CLASS"}
    assert CANARY not in content
    assert str(appointment.pk) not in content
    assert str(dossier.pk) not in content
    assert Look.objects.count() == before


@pytest.mark.skipif(not SAMPLE.exists(), reason="the sample calendars do not lie beside the checkout")
def test_it_is_made_as_other_calendars_are(address: str, appointment: Appointment) -> None:
    ours = Calendar.from_ical(Client().get(address).content)
    theirs = Calendar.from_ical(SAMPLE.read_bytes())
    assert ours.errors == []
    assert {"VERSION", "PRODID", "CALSCALE", "METHOD", "X-WR-CALNAME"} <= set(ours) & set(theirs)
    (event,), sample = ours.walk("VEVENT"), theirs.walk("VEVENT")[0]
    assert {"UID", "DTSTAMP", "SUMMARY", "DTSTART", "DTEND", "STATUS", "TRANSP"} <= set(event) & set(sample)
    assert event.errors == []


def test_what_did_not_happen_is_crossed_out(address: str, appointment: Appointment, noor: Person) -> None:
    commands.close_appointment(appointment, outcome="not", by=noor)
    (event,) = events(Client().get(address).content)
    assert event["status"] == "CANCELLED"


def test_another_address_ends_the_one_of_before(address: str, noors: Client) -> None:
    noors.post(PAGE)
    assert Client().get(address).status_code == 404
    assert CalendarFeed.objects.running().count() == 1


def test_it_is_shown_once_and_can_be_ended(address: str, noors: Client, noor: Person) -> None:
    assert address not in noors.get(PAGE).text
    assert noors.post("/agenda/stopt/").headers["Location"] == PAGE
    assert Client().get(address).status_code == 404
    assert last_entry(Post.objects.get(person=noor).municipality).verb == "feed.ended"


def test_it_lies_hashed(address: str) -> None:
    assert CalendarFeed.objects.get().token_hash not in address


def test_who_leaves_leaves_no_address_behind(address: str, noor: Person, fem: Person) -> None:
    accounts.leave(Post.objects.get(person=noor), by=fem)
    assert Client().get(address).status_code == 404
    assert not CalendarFeed.objects.running().exists()


def test_whom_he_no_longer_coaches_is_no_longer_in_it(
    address: str, appointment: Appointment, dossier: Dossier, noor: Person
) -> None:
    Coachship.objects.filter(dossier=dossier, coach=noor).update(until=days_ago(0))
    assert events(Client().get(address).content) == []


def test_an_address_that_was_never_made_is_not_there(address: str) -> None:
    for wrong in (address[:-2] + "/", "/agenda/x/", "/agenda/%00/", "/agenda/" + "a" * 3000 + "/"):
        assert Client().get(wrong).status_code == 404, wrong


def test_only_a_coach_makes_one(zoetermeer: object, fem: Person, lotte: Person, sem: Person, yara: Person) -> None:
    assert_refused(accounts.make_feed, zoetermeer, by=[fem, lotte, sem, yara])
    assert_refused(accounts.end_feed, zoetermeer, by=[fem, lotte, sem, yara])
    for person in (fem, sem):
        assert sign_in(person).get(PAGE).status_code == 404
