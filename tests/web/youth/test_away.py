"""A minute away: the PIN is asked before anything is read again, and nothing he typed is lost."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from time_machine import Traveller

from ipta.accounts import entry, rules
from ipta.accounts.models import Device, Person
from ipta.base.verdict import Impossible
from ipta.dossiers.models import Dossier
from ipta.sharing.entry import set_away
from tests.asking import assert_refused, verbs
from tests.cast import fresh
from tests.web.youth.asking import address
from tests.web.youth.test_devices import PIN, come_in, new_device

MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)


@pytest.fixture
def at() -> Iterator[Traveller]:
    with time_machine.travel(timezone.now().replace(microsecond=0), tick=False) as clock:
        yield clock


@pytest.fixture
def phone(sem: Person, noor: Person) -> Device:
    return new_device(sem, noor, "Android-telefoon").device


@pytest.fixture
def library(sem: Person, noor: Person) -> entry.NewDevice:
    return new_device(sem, noor, "Windows-computer")


@pytest.fixture
def sems_phone(at: Traveller, sem: Person, noor: Person) -> Client:
    return come_in(new_device(sem, noor, "Android-telefoon"))


def is_in(browser: Client) -> bool:
    return browser.get(address("home")).status_code == 200


def test_within_a_minute_he_reads_on_and_after_it_his_pin_is_asked(sems_phone: Client, at: Traveller) -> None:
    assert is_in(sems_phone)
    at.shift(MINUTE - SECOND)
    assert is_in(sems_phone)
    at.shift(MINUTE)
    answer = sems_phone.get(address("plan"), follow=True)
    assert answer.redirect_chain[-1][0].startswith("/binnen/pin/")
    assert "verder waar je was" in answer.text


def test_each_page_counts_anew_however_quickly_he_goes(sems_phone: Client, at: Traveller) -> None:
    """A session is not written at every page: that must not make his minute a shorter one than a few seconds less."""
    for _ in range(100):
        at.shift(SECOND)
        assert is_in(sems_phone)
    at.shift(timedelta(seconds=55))
    assert is_in(sems_phone)


def test_the_page_says_by_itself_that_he_still_reads(sems_phone: Client, at: Traveller) -> None:
    for _ in range(12):
        at.shift(timedelta(seconds=50))
        assert sems_phone.get(address("here")).status_code == 204
    assert is_in(sems_phone)


def test_a_page_tells_its_script_how_long_it_may_be_left_alone(sems_phone: Client, sems: Client) -> None:
    page = sems_phone.get(address("home")).text
    assert 'data-away="60"' in page
    assert f'data-here="{address("here")}"' in page
    assert "data-away" not in sems.get(address("home")).text, "who gave no PIN has none to give"


def test_the_pin_leads_back_to_the_same_page(sems_phone: Client, at: Traveller) -> None:
    at.shift(2 * MINUTE)
    door = sems_phone.get(address("looks"), follow=True).redirect_chain[-1][0]
    assert sems_phone.post(door, {"pin": PIN, "next": address("looks")}).headers["Location"] == address("looks")
    assert is_in(sems_phone)


def test_what_he_sent_too_late_stands_there_again(sems_phone: Client, dossier: Dossier, at: Traveller) -> None:
    written = address("messages")
    sems_phone.get(written)
    at.shift(2 * MINUTE)
    before = dossier.message_set.count()
    assert sems_phone.post(written, {"text": "Ik ben er morgen om tien uur."}).status_code == 302
    assert dossier.message_set.count() == before
    sems_phone.post("/binnen/pin/", {"pin": PIN})
    assert "Ik ben er morgen om tien uur." in sems_phone.get(written).text


def test_a_wrong_pin_counts_as_at_the_door(sems_phone: Client, sem: Person, at: Traveller) -> None:
    at.shift(2 * MINUTE)
    for _ in range(rules.PIN_TRIES):
        assert sems_phone.post("/binnen/pin/", {"pin": "8642"}).status_code in {422, 423}
    assert Device.objects.get(person=sem).is_locked
    assert sems_phone.post("/binnen/pin/", {"pin": PIN}).status_code == 423
    assert not is_in(sems_phone)


def test_nothing_opens_before_the_pin_was_given(sems_phone: Client, at: Traveller) -> None:
    at.shift(2 * MINUTE)
    for page in ("home", "plan", "looks", "about_me", "here", "known", "messages"):
        answer = sems_phone.get(address(page))
        assert answer.status_code == 302
        assert answer.content == b""


# --- longer, on a telephone of his own -------------------------------------------------------------------


def test_on_his_own_telephone_he_may_stay_longer(sems_phone: Client, at: Traveller) -> None:
    assert sems_phone.post(address("set_away"), {"minutes": "15"}).status_code == 302
    at.shift(15 * MINUTE - SECOND)
    assert is_in(sems_phone)
    at.shift(15 * MINUTE)
    assert not is_in(sems_phone)


def test_and_shorter_again(sems_phone: Client, sem: Person, at: Traveller) -> None:
    sems_phone.post(address("set_away"), {"minutes": "15"})
    sems_phone.post(address("set_away"), {"minutes": "1"})
    at.shift(MINUTE)
    assert not is_in(sems_phone)


@pytest.mark.parametrize("minutes", ["0", "2", "60", "-1", "15.0", "", "een"])
def test_other_numbers_change_nothing(sems_phone: Client, sem: Person, minutes: str) -> None:
    assert sems_phone.post(address("set_away"), {"minutes": minutes}).headers["Location"] == address("devices")
    assert Device.objects.get(person=sem).away_minutes == 1


def test_a_borrowed_computer_always_asks_after_a_minute(
    library: entry.NewDevice, dossier: Dossier, sem: Person, at: Traveller
) -> None:
    browser = come_in(library)
    assert "altijd 1 minuut" in browser.get(address("devices")).text
    browser.post(address("set_away"), {"minutes": "15"})
    assert fresh(library.device).away_minutes == 1
    with pytest.raises(Impossible, match="kan op dit toestel niet"):
        set_away(dossier, library.device, minutes=15, by=sem)


def test_it_is_written_down_and_nobody_else_says_it(
    dossier: Dossier, phone: Device, sem: Person, kim: Person, noor: Person
) -> None:
    set_away(dossier, phone, minutes=5, by=sem)
    assert verbs(dossier)[-1] == "device.away_set"
    assert_refused(set_away, dossier, phone, minutes=15, by=[kim, noor])
    assert fresh(phone).away_minutes == 5


def test_who_gave_no_pin_here_has_nothing_to_choose(sems: Client) -> None:
    assert sems.post(address("set_away"), {"minutes": "5"}).headers["Location"] == address("devices")
    assert "Even weg?" not in sems.get(address("devices")).text
