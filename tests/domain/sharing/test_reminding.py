"""Reminders that the house sends: on the way and in the words the youth chose, once, and seen in his reading log."""

import json
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from hypothesis import given
from hypothesis import strategies as st

from ipta.accounts.models import Person
from ipta.base import acting, clock
from ipta.base.acting import HOUSE
from ipta.base.verdict import Impossible
from ipta.dossiers import commands, reminders
from ipta.dossiers.models import Appointment, Dossier, Reminder
from ipta.sharing.models import Look
from ipta.sharing.queries import look_numbered
from ipta.sharing.reminding import Done, send_due
from ipta.vault import keyring
from tests.asking import assert_refused, assert_sealed, last_entry, text, verbs
from tests.cast import CANARY, fresh

HERE = ZoneInfo("Europe/Amsterdam")
MEETING = datetime(2027, 3, 16, 10, 0, tzinfo=HERE)
EVENING = datetime(2027, 3, 15, 19, 5, tzinfo=HERE)
HOUR = datetime(2027, 3, 16, 9, 10, tzinfo=HERE)
BOTH = ["evening", "hour"]


@pytest.fixture
def meeting(dossier: Dossier, noor: Person) -> Appointment:
    return commands.appoint(dossier, what=f"Naar {CANARY}", starts_at=MEETING, place="Dorpsstraat 3", by=noor)


def wish(dossier: Dossier, by: Person, **more: Any) -> Dossier:
    said = {"way": "mail", "moments": BOTH, "words": "Hé baas!", "to": "sem@voorbeeld.example"}
    return commands.wish_reminders(dossier, by=by, **said | more)


def at(moment: datetime) -> Done:
    with clock.at(moment), acting.as_work():
        return send_due()


# --- when, and in which words --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "due"),
    [
        (datetime(2027, 3, 15, 18, 59, tzinfo=HERE), ""),
        (datetime(2027, 3, 15, 19, 0, tzinfo=HERE), "evening"),
        (datetime(2027, 3, 15, 22, 0, tzinfo=HERE), ""),
        (datetime(2027, 3, 16, 8, 59, tzinfo=HERE), ""),
        (datetime(2027, 3, 16, 9, 0, tzinfo=HERE), "hour"),
        (datetime(2027, 3, 16, 9, 55, tzinfo=HERE), "hour"),
        (datetime(2027, 3, 16, 9, 56, tzinfo=HERE), ""),
        (datetime(2027, 3, 16, 10, 30, tzinfo=HERE), ""),
    ],
)
def test_the_evening_before_and_an_hour_before_and_never_at_night(now: datetime, due: str) -> None:
    assert reminders.moment_of(MEETING, now) == due


@given(st.datetimes(datetime(2027, 1, 1), datetime(2027, 12, 31)), st.timedeltas(timedelta(0), timedelta(days=3)))
def test_whoever_looks_every_ten_minutes_misses_neither(starts: datetime, before: timedelta) -> None:
    """Each reminder is due for at least ten minutes: also in the weeks in which the clock is moved."""
    starts_at = starts.replace(tzinfo=HERE)
    looked = [starts_at - timedelta(minutes=10 * n) for n in range(6 * 30)]
    found = {reminders.moment_of(starts_at, moment) for moment in looked}
    assert "hour" in found
    assert "evening" in found or starts.hour < 1


def test_it_says_the_time_and_no_place_nor_name(dossier: Dossier, sem: Person, meeting: Appointment) -> None:
    wish(dossier, sem)
    assert at(EVENING).sent == [meeting.pk]
    assert at(HOUR).sent == [meeting.pk]
    assert [letter.body for letter in mail.outbox] == [
        "Hé baas! Morgen om 10.00 uur.",
        "Hé baas! Straks, om 10.00 uur.",
    ]
    for letter in mail.outbox:
        assert letter.to == ["sem@voorbeeld.example"]
        assert letter.subject == "Herinnering"
        assert CANARY not in letter.message().as_string()


def test_without_words_of_his_own_it_asks_whether_he_thinks_of_it(
    dossier: Dossier, sem: Person, meeting: Appointment
) -> None:
    wish(dossier, sem, words="")
    at(HOUR)
    assert mail.outbox[0].body == "Denk je eraan? Straks, om 10.00 uur."


@pytest.mark.parametrize("moments", [["evening"], ["hour"], []])
def test_only_when_he_wants_it(dossier: Dossier, sem: Person, meeting: Appointment, moments: list[str]) -> None:
    wish(dossier, sem, moments=moments)
    sent = [name for name, moment in (("evening", EVENING), ("hour", HOUR)) if at(moment).sent]
    assert sent == moments


# --- once ---------------------------------------------------------------------------------------------------


def test_however_often_is_looked_it_goes_out_once(dossier: Dossier, sem: Person, meeting: Appointment) -> None:
    wish(dossier, sem)
    for minutes in (0, 0, 10, 20):
        at(EVENING + timedelta(minutes=minutes))
    assert len(mail.outbox) == 1
    assert last_entry(dossier).verb == "reminder.sent"
    assert last_entry(dossier).facts == {"appointment": str(meeting.pk), "moment": "evening", "way": "mail"}


def test_what_was_on_its_way_when_everything_stopped_is_not_sent_twice(
    dossier: Dossier, sem: Person, meeting: Appointment
) -> None:
    wish(dossier, sem)
    commands.begin_reminder(fresh(meeting), "evening", by=HOUSE)
    assert at(EVENING) == Done()
    assert mail.outbox == []


def test_what_failed_is_tried_three_times_and_stops_nothing(
    dossier: Dossier, sem: Person, meeting: Appointment, monkeypatch: pytest.MonkeyPatch
) -> None:
    wish(dossier, sem)

    def broken(*_: Any, **__: Any) -> None:
        raise ConnectionError("no mail server")

    monkeypatch.setattr("ipta.sharing.reminding.send_mail", broken)
    faults = [at(EVENING + timedelta(minutes=10 * n)).faults for n in range(5)]
    assert faults == [[meeting.pk]] * 3 + [[]] * 2
    assert Reminder.objects.get().outcome == "failed"
    assert verbs(dossier)[-3:] == ["reminder.failed"] * 3


def test_what_failed_once_can_still_come_through(
    dossier: Dossier, sem: Person, meeting: Appointment, monkeypatch: pytest.MonkeyPatch
) -> None:
    wish(dossier, sem)
    with monkeypatch.context() as broken:
        broken.delattr("ipta.sharing.reminding.send_mail")
        at(EVENING)
    assert at(EVENING + timedelta(minutes=10)).sent == [meeting.pk]
    assert len(mail.outbox) == 1


# --- not where it may not, or need not -----------------------------------------------------------------------


@pytest.mark.parametrize("way", ["page", "chat"])
def test_by_his_page_or_by_his_coach_the_house_opens_and_sends_nothing(
    dossier: Dossier, sem: Person, meeting: Appointment, way: str
) -> None:
    wish(dossier, sem, way=way, to="")
    assert at(EVENING) == Done()
    assert not Look.objects.filter(person_id=HOUSE.id).exists()


def test_what_is_over_or_called_off_needs_none(dossier: Dossier, sem: Person, meeting: Appointment) -> None:
    wish(dossier, sem)
    commands.close_appointment(meeting, outcome="not", by=sem)
    assert at(EVENING) == Done()


def test_who_has_left_gets_none(dossier: Dossier, sem: Person, noor: Person, meeting: Appointment) -> None:
    wish(dossier, sem)
    commands.end(dossier, reason="stable", by=noor)
    assert at(EVENING) == Done()


def test_not_at_an_hour_at_which_he_may_not_be_reached(
    dossier: Dossier, sem: Person, noor: Person, meeting: Appointment
) -> None:
    commands.describe(dossier, careful=["at_morning"], by=noor)
    wish(dossier, sem)
    assert at(EVENING).held == [meeting.pk]
    assert at(EVENING + timedelta(minutes=10)) == Done()
    assert at(HOUR).sent == [meeting.pk]
    assert len(mail.outbox) == 1


def test_who_was_erased_gets_none_and_nothing_is_told_as_a_fault(
    dossier: Dossier, sem: Person, meeting: Appointment
) -> None:
    wish(dossier, sem)
    keyring.destroy(dossier.pk, ["identity"])
    assert at(EVENING).held == [meeting.pk]
    assert mail.outbox == []


# --- who chooses, and who sees -------------------------------------------------------------------------------


def test_both_owners_choose_and_nobody_else(
    dossier: Dossier, sem: Person, noor: Person, outsiders: list[Person]
) -> None:
    wish(dossier, noor)
    wish(dossier, sem, words="Opstaan!")
    there = fresh(dossier)
    assert (text(sem, there, "remind_words"), text(sem, there, "remind_to")) == ("Opstaan!", "sem@voorbeeld.example")
    assert_sealed(there, "Opstaan!", "sem@voorbeeld.example")
    assert last_entry(dossier).facts == {"way": "mail", "evening": True, "hour": True}
    assert_refused(commands.wish_reminders, dossier, way="page", moments=[], words="", to="", by=outsiders)


def test_what_leaves_the_house_needs_an_address(dossier: Dossier, sem: Person) -> None:
    with pytest.raises(Impossible, match="Waar mag de herinnering heen"):
        wish(dossier, sem, to=" ")


def test_nobody_else_says_that_one_was_sent(dossier: Dossier, meeting: Appointment, outsiders: list[Person]) -> None:
    assert_refused(commands.reminded, meeting, "evening", by=outsiders)
    assert not Reminder.objects.exists()


def test_the_reading_log_tells_that_the_house_opened_it_for_this(
    dossier: Dossier, sem: Person, meeting: Appointment
) -> None:
    wish(dossier, sem)
    at(EVENING)
    (look,) = Look.objects.filter(about=dossier.pk, person_id=HOUSE.id)
    assert (look.section, look.ground, look.result, look.reader_role) == ("identity", "reminder", "opened", "reminder")
    assert look_numbered(dossier, look.number) is None, "nobody can be asked why"


def test_the_log_of_the_house_holds_no_address_and_no_words(
    dossier: Dossier,
    sem: Person,
    meeting: Appointment,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    wish(dossier, sem, words="Geheim")

    def broken(*_: Any, **__: Any) -> None:
        raise ConnectionError("sem@voorbeeld.example refused: Geheim")

    monkeypatch.setattr("ipta.sharing.reminding.send_mail", broken)
    at(EVENING)
    assert "ConnectionError" in caplog.text
    assert "sem@" not in caplog.text
    assert "Geheim" not in caplog.text


# --- text messages ---------------------------------------------------------------------------------------------


class Gateway(BaseHTTPRequestHandler):
    """One of the kind that municipalities have: JSON in, a number out."""

    status = 202
    got: list[tuple[str | None, Any]]

    def do_POST(self) -> None:  # noqa: N802 - the name that the library asks for
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        type(self).got.append((self.headers["Authorization"], body))
        self.send_response(self.status)
        self.send_header("Location", "/elsewhere")
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def gateway(settings: Any) -> Iterator[type[Gateway]]:
    kind = type("Kind", (Gateway,), {"got": []})
    server = HTTPServer(("127.0.0.1", 0), kind)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.TEXT_URL, settings.TEXT_TOKEN = f"http://127.0.0.1:{server.server_port}/send", "sesam"
    yield kind
    server.shutdown()
    server.server_close()


def test_a_text_message_goes_through_the_gateway_of_the_municipality(
    dossier: Dossier, sem: Person, meeting: Appointment, gateway: type[Gateway]
) -> None:
    wish(dossier, sem, way="text", to="+31612345678")
    assert at(EVENING).sent == [meeting.pk]
    assert gateway.got == [("Bearer sesam", {"to": "+31612345678", "text": "Hé baas! Morgen om 10.00 uur."})]


@pytest.mark.parametrize("status", [302, 401, 500])
def test_a_gateway_that_does_not_take_it_is_a_fault_and_is_followed_nowhere(
    dossier: Dossier, sem: Person, meeting: Appointment, gateway: type[Gateway], status: int
) -> None:
    gateway.status = status
    wish(dossier, sem, way="text", to="+31612345678")
    assert at(EVENING).faults == [meeting.pk]
    assert len(gateway.got) == 1


def test_a_municipality_without_a_gateway_sends_no_text(
    dossier: Dossier, sem: Person, meeting: Appointment, gateway: type[Gateway], settings: Any
) -> None:
    settings.TEXT_FOR = ["GM9999"]
    wish(dossier, sem, way="text", to="+31612345678")
    assert at(EVENING).faults == [meeting.pk]
    assert gateway.got == []


def test_a_gateway_that_is_not_there_is_a_fault(
    dossier: Dossier, sem: Person, meeting: Appointment, settings: Any
) -> None:
    settings.TEXT_URL = "http://127.0.0.1:9/send"
    wish(dossier, sem, way="text", to="+31612345678")
    assert at(EVENING).faults == [meeting.pk]
