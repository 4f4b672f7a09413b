"""Appointments: made with all that makes coming easier, and closed without blame."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from ipta.accounts.models import Person
from ipta.dossiers import commands
from ipta.dossiers.models import Appointment, Dossier
from tests.asking import looks, text, verbs
from tests.cast import CANARY, days_ago, fresh
from tests.conftest import sign_in


@pytest.fixture
def appoint(dossier: Dossier) -> str:
    return reverse("coach:appoint", args=[dossier.pk])


@pytest.fixture
def close(dossier: Dossier, appointment: Appointment) -> str:
    return reverse("coach:close_appointment", args=[dossier.pk, appointment.pk])


TYPED = {"what": "Gesprek met de baas", "on": f"{days_ago(-3)}", "at": "14:30", "place": "Garage", "bring": "Rooster"}


def test_when_where_how_and_what_to_bring(noors: Client, noor: Person, dossier: Dossier, appoint: str) -> None:
    assert noors.post(appoint, TYPED | {"travel": "Bus 23"}).status_code == 302
    made = Appointment.objects.filter(dossier=dossier).latest("starts_at")
    when = timezone.localtime(made.starts_at)
    assert (when.date(), when.hour, when.minute) == (days_ago(-3), 14, 30)
    words = {name: text(noor, made, name) for name in ("what", "place", "travel", "bring")}
    assert words == {"what": "Gesprek met de baas", "place": "Garage", "travel": "Bus 23", "bring": "Rooster"}


@pytest.mark.parametrize("at", ["14:30", "14.30", "14:30:00"])
def test_a_time_may_be_typed_as_one_writes_it(noors: Client, dossier: Dossier, appoint: str, at: str) -> None:
    assert noors.post(appoint, TYPED | {"at": at}).status_code == 302


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"what": ""}, "Schrijf op wat jullie gaan doen."),
        ({"what": "a" * 301}, "Dit is te lang."),
        ({"on": ""}, "Kies een dag."),
        ({"on": f"{days_ago(1)}"}, "Deze dag is al geweest."),
        ({"on": "9999-12-31"}, "Kijk het jaar na"),
        ({"at": ""}, "Kies een tijd."),
        ({"at": "25:00"}, "Vul een tijd in"),
    ],
)
def test_what_is_not_right_yet_comes_back_with_every_word(
    noors: Client, dossier: Dossier, appoint: str, wrong: dict[str, str], says: str
) -> None:
    response = noors.post(appoint, TYPED | wrong)
    shown = response.content.decode()
    assert response.status_code == 422
    assert says in shown
    for words in (TYPED | wrong).values():
        assert words in shown
    assert Appointment.objects.filter(dossier=dossier).count() == 1


def test_a_second_tap_makes_one(noors: Client, dossier: Dossier, appoint: str) -> None:
    for _tap in range(2):
        noors.post(appoint, TYPED | {"once": "11111111-1111-4111-8111-111111111111"})
    assert Appointment.objects.filter(dossier=dossier).count() == 2


def test_the_clock_that_goes_back_in_autumn_makes_no_trouble(noors: Client, appoint: str, time_machine: Any) -> None:
    time_machine.move_to(timezone.make_aware(datetime(2026, 10, 20, 12)))
    assert noors.post(appoint, TYPED | {"on": "2026-10-25", "at": "02:30"}).status_code == 302


@pytest.mark.parametrize("outcome", ["happened", "not"])
def test_it_happened_or_it_did_not(noors: Client, appointment: Appointment, close: str, outcome: str) -> None:
    noors.post(close, {"outcome": outcome})
    assert fresh(appointment).outcome == outcome


def test_a_second_tap_closes_once(noors: Client, dossier: Dossier, close: str) -> None:
    for _tap in range(2):
        assert noors.post(close, {"outcome": "happened"}).status_code == 302
    assert verbs(dossier).count("appointment.closed") == 1


def test_a_wrong_tap_can_be_put_right(noors: Client, appointment: Appointment, close: str) -> None:
    noors.post(close, {"outcome": "not"})
    noors.post(close, {"outcome": "happened"})
    assert fresh(appointment).outcome == "happened"


@pytest.mark.parametrize("outcome", ["", "misschien"])
def test_another_outcome_does_not_exist(noors: Client, appointment: Appointment, close: str, outcome: str) -> None:
    assert noors.post(close, {"outcome": outcome}).status_code == 404
    assert fresh(appointment).outcome == ""


def test_an_unknown_appointment_is_not_found(noors: Client, dossier: Dossier, kim_dossier: Dossier) -> None:
    for pk in (UUID(int=1), Appointment.objects.get(dossier=kim_dossier).pk):
        address = reverse("coach:close_appointment", args=[dossier.pk, pk])
        assert noors.post(address, {"outcome": "happened"}).status_code == 404


def test_opening_a_link_closes_nothing(noors: Client, appointment: Appointment, close: str) -> None:
    assert noors.get(close).status_code == 405
    assert fresh(appointment).outcome == ""


def test_the_form_opens_no_more_than_his_name(noors: Client, dossier: Dossier, appoint: str) -> None:
    before = len(looks(dossier))
    noors.get(appoint)
    assert [look.section for look in looks(dossier)[before:]] == ["identity"]


# --- it did not happen ---------------------------------------------------------------------------


@pytest.fixture
def off(dossier: Dossier, appointment: Appointment) -> str:
    return reverse("coach:call_off", args=[dossier.pk, appointment.pk])


def newest(dossier: Dossier) -> Appointment:
    return Appointment.objects.filter(dossier=dossier).latest("starts_at")


def test_it_did_not_happen_and_the_next_one_stands_in_the_same_tap(
    noors: Client, noor: Person, dossier: Dossier, appointment: Appointment, off: str
) -> None:
    answer = noors.post(off, {"why_not": "ill", "again": "week", "next": "/vandaag/"})
    assert answer.headers["Location"] == "/vandaag/"
    assert (fresh(appointment).outcome, fresh(appointment).why_not) == ("not", "ill")
    again = newest(dossier)
    assert again != appointment
    before, after = (timezone.localtime(one.starts_at) for one in (appointment, again))
    assert (after.time(), after.weekday()) == (before.time(), before.weekday())
    for name in ("what", "place", "travel", "bring"):
        assert text(noor, again, name) == text(noor, appointment, name)


def test_nobody_need_say_why_or_when(noors: Client, dossier: Dossier, appointment: Appointment, off: str) -> None:
    before = dossier.appointment_set.count()
    assert noors.post(off, {"why_not": "", "again": ""}).status_code == 302
    assert (fresh(appointment).outcome, fresh(appointment).why_not) == ("not", "")
    assert dossier.appointment_set.count() == before


def test_the_next_one_is_on_another_day(noors: Client, dossier: Dossier, off: str) -> None:
    for typed in ({"on": ""}, {"on": f"{days_ago(-3)}", "at": ""}, {"on": "morgen", "at": "10:00"}):
        assert noors.post(off, {"again": "other"} | typed).status_code == 422
    noors.post(off, {"again": "other", "on": f"{days_ago(-30)}", "at": "9.15"})
    assert timezone.localtime(newest(dossier).starts_at).strftime("%H.%M") == "09.15"


def test_two_taps_make_one_next_one(noors: Client, dossier: Dossier, off: str) -> None:
    before, once = dossier.appointment_set.count(), str(uuid4())
    for _tap in range(2):
        noors.post(off, {"again": "week", "once": once})
    assert dossier.appointment_set.count() == before + 1


def test_a_week_later_is_the_same_time_on_the_clock(
    noors: Client, noor: Person, dossier: Dossier, time_machine: Any
) -> None:
    """In the last week of March the clock goes forward in between."""
    time_machine.move_to(datetime(2027, 3, 23, 9, 0, tzinfo=UTC))
    at = timezone.make_aware(datetime(2027, 3, 24, 14, 30))
    old = commands.appoint(dossier, what="Sporten", starts_at=at, by=noor)
    sign_in(noor).post(reverse("coach:call_off", args=[dossier.pk, old.pk]), {"again": "week"})
    assert timezone.localtime(newest(dossier).starts_at).strftime("%d-%m %H.%M") == "31-03 14.30"


def test_of_long_ago_the_next_one_is_still_to_come(noors: Client, noor: Person, dossier: Dossier) -> None:
    at = timezone.make_aware(datetime.combine(days_ago(40), datetime.min.time().replace(hour=10)))
    old = commands.appoint(dossier, what="Sporten", starts_at=at, by=noor)
    noors.post(reverse("coach:call_off", args=[dossier.pk, old.pk]), {"again": "week"})
    assert timezone.localdate(newest(dossier).starts_at) >= timezone.localdate()


def test_a_public_holiday_is_said_once(noors: Client, dossier: Dossier, appoint: str, time_machine: Any) -> None:
    time_machine.move_to(datetime(2027, 4, 20, 9, 0, tzinfo=UTC))
    hers = sign_in(Person.objects.get(first_name="Noor"))
    answer = hers.post(appoint, TYPED | {"on": "2027-04-27"})
    assert answer.status_code == 422
    assert "Dan is het koningsdag." in answer.text
    meant = TYPED | {"on": "2027-04-27", "gezegd": answer.context["form"].told_of}
    assert hers.post(appoint, meant).status_code == 302


def test_whom_it_is_with_is_told(noors: Client, noor: Person, dossier: Dossier, appoint: str) -> None:
    noors.post(appoint, TYPED | {"party": "workplace", "who": "Kees van de garage"})
    made = Appointment.objects.filter(dossier=dossier, party="workplace").get()
    assert text(noor, made, "who") == "Kees van de garage"
    assert "Met Kees van de garage" in noors.get(reverse("coach:youth", args=[dossier.pk])).text
    sems = sign_in(dossier.youth)
    assert "Kees van de garage" in sems.get("/ik/afspraken/").text


def test_what_calendars_get_says_when_and_nothing_else(
    noors: Client, dossier: Dossier, appointment: Appointment
) -> None:
    sheet = noors.get(reverse("coach:calendar_file", args=[dossier.pk, appointment.pk]))
    (event,) = Calendar.from_ical(sheet.content).walk("VEVENT")
    assert (event["summary"], event.decoded("dtstart")) == ("Afspraak", appointment.starts_at.replace(microsecond=0))
    assert CANARY not in sheet.text
    assert str(appointment.pk) not in sheet.text
