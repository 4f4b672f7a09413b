"""Mijn afspraken: what comes, how to get there, making one, how it went, and the calendar of his phone."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from ipta.accounts.models import Person
from ipta.dossiers import commands
from ipta.dossiers.models import Appointment, Dossier
from tests.asking import looks, text, verbs
from tests.cast import days_ago, fresh
from tests.web.youth.asking import address

TYPED = {
    "what": "Naar de tandarts 🦷",
    "on": f"{days_ago(-3)}",
    "at": "14:30",
    "place": "Dorpsstraat",
    "travel": "Bus 70",
    "bring": "Pasje",
}


@pytest.fixture
def over(dossier: Dossier, noor: Person) -> Appointment:
    return commands.appoint(dossier, what="Koffie met Noor", starts_at=timezone.now() - timedelta(days=1), by=noor)


def newest(dossier: Dossier) -> Appointment:
    return dossier.appointment_set.latest("starts_at")


def test_he_makes_one_himself(sems: Client, sem: Person, dossier: Dossier) -> None:
    assert sems.post(address("appoint"), TYPED).headers["Location"] == address("appointments")
    made = newest(dossier)
    assert {name: text(sem, made, name) for name in ("what", "place", "travel", "bring")} == {
        name: TYPED[name] for name in ("what", "place", "travel", "bring")
    }
    assert timezone.localtime(made.starts_at).strftime("%Y-%m-%d %H:%M") == f"{TYPED['on']} {TYPED['at']}"


def test_the_page_says_where_and_how_to_get_there(sems: Client) -> None:
    sems.post(address("appoint"), TYPED)
    page = sems.get(address("appointments")).text
    for words in ("Naar de tandarts", "14.30 uur", "Dorpsstraat", "Bus 70", "Pasje"):
        assert words in page


@pytest.mark.parametrize(("days", "says"), [(0, "Vandaag"), (1, "Morgen")])
def test_today_and_tomorrow_are_called_so(sems: Client, dossier: Dossier, noor: Person, days: int, says: str) -> None:
    late = timezone.localtime().replace(hour=23, minute=59) + timedelta(days=days)
    commands.appoint(dossier, what="laat", starts_at=late, by=noor)
    assert f"{says}, 23.59 uur" in sems.get(address("appointments")).text


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"what": ""}, "Schrijf op wat je gaat doen."),
        ({"what": "a" * 201}, "Dit is te lang."),
        ({"on": ""}, "Kies een dag."),
        ({"on": f"{days_ago(1)}"}, "Deze dag is al geweest."),
        ({"on": "31-02-2026"}, "Kies een dag"),
        ({"at": ""}, "Kies een tijd."),
        ({"at": "25:00"}, "Vul een tijd in"),
    ],
)
def test_what_is_not_right_yet_comes_back_with_every_word(
    sems: Client, dossier: Dossier, wrong: dict[str, str], says: str
) -> None:
    response = sems.post(address("appoint"), TYPED | wrong)
    assert response.status_code == 422
    assert says in response.text
    for word in (TYPED | wrong).values():
        assert word in response.text
    assert dossier.appointment_set.count() == 1


def test_pressing_twice_makes_one(sems: Client, dossier: Dossier) -> None:
    words = TYPED | {"once": "6f1c2a56-7d0f-4c39-9d0e-0d5a4be5ca57"}
    for _ in range(2):
        assert sems.post(address("appoint"), words).status_code == 302
    assert dossier.appointment_set.count() == 2


def test_what_is_over_asks_how_it_went(sems: Client, over: Appointment) -> None:
    assert [meeting.id for meeting in sems.get(address("appointments")).context["unsaid"]] == [over.pk]


@pytest.mark.parametrize(("outcome", "says"), [("happened", "Mooi, gelukt!"), ("not", "Dat kan gebeuren.")])
def test_how_it_went_is_one_tap_and_blames_nobody(sems: Client, over: Appointment, outcome: str, says: str) -> None:
    response = sems.post(address("close_appointment", over.pk), {"outcome": outcome}, follow=True)
    assert says in response.text
    assert "niet verschenen" not in response.text
    assert fresh(over).outcome == outcome


@pytest.mark.parametrize(("why_not", "kept"), [("ill", "ill"), ("", ""), ("lui", "")])
def test_why_it_did_not_happen_is_one_tap_and_the_next_one_waits(
    sems: Client, over: Appointment, why_not: str, kept: str
) -> None:
    answer = sems.post(address("close_appointment", over.pk), {"outcome": "not", "why_not": why_not})
    assert (fresh(over).outcome, fresh(over).why_not) == ("not", kept)
    page = sems.get(answer.headers["Location"]).text
    assert "Koffie met Noor" in page, "only a day and a time are left to choose"
    assert "Hoeft het nu niet? Dan ben je klaar." in page


@pytest.mark.parametrize("after", ["", "x", "00000000-0000-0000-0000-000000000000"])
def test_a_new_one_after_nothing_begins_empty(sems: Client, over: Appointment, after: str) -> None:
    page = sems.get(f"{address('appoint')}?na={after}")
    assert page.status_code == 200
    assert "Koffie met Noor" not in page.text


@pytest.mark.parametrize("outcome", ["", "misschien", "HAPPENED"])
def test_another_answer_than_the_two_changes_nothing(sems: Client, over: Appointment, outcome: str) -> None:
    assert sems.post(address("close_appointment", over.pk), {"outcome": outcome}).status_code == 302
    assert fresh(over).outcome == ""


def test_one_that_is_still_to_come_can_be_called_off(sems: Client, appointment: Appointment, dossier: Dossier) -> None:
    sems.post(address("close_appointment", appointment.pk), {"outcome": "not"})
    assert verbs(dossier)[-1] == "appointment.closed"
    assert not sems.get(address("appointments")).context["meetings"]


def test_the_calendar_of_his_phone_knows_the_time_and_nothing_else(
    sems: Client, appointment: Appointment, dossier: Dossier
) -> None:
    before = len(looks(dossier))
    response = sems.get(address("calendar", appointment.pk))
    assert response.headers["Content-Type"].startswith("text/calendar")
    event = next(iter(Calendar.from_ical(response.content).walk("VEVENT")))
    assert str(event["summary"]) == "Afspraak"
    assert event.decoded("dtstart") == appointment.starts_at.replace(microsecond=0)
    assert b"kwetter" not in response.content
    assert len(looks(dossier)) == before, "nothing sealed was opened"
