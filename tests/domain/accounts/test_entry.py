"""How a youth comes in: a code once, then his device and a PIN."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from ipta.accounts import entry, rules
from ipta.accounts.models import Device, EntryCode, Person
from tests.cast import fresh

PIN = "8316"


@pytest.fixture
def code(sem: Person, noor: Person) -> str:
    return entry.make_code(sem, by=noor)


def use(code: str, pin: str = PIN) -> entry.NewDevice | None:
    found = entry.find_code(code)
    return entry.use_code(found, pin=pin, label="Mijn telefoon") if found else None


@pytest.fixture
def device(code: str) -> Device:
    new = use(code)
    assert new is not None
    return new.device


def test_a_code_brings_him_in_once(code: str, sem: Person) -> None:
    new = use(code)
    assert new is not None
    assert new.device.person == sem
    found = entry.find_device(new.token)
    assert found == new.device
    assert entry.find_code(code) is None


def test_looking_at_a_code_does_not_use_it_up(code: str) -> None:
    for _ in range(3):
        assert entry.find_code(code)


def test_two_phones_at_once_with_one_code_is_one_phone(code: str) -> None:
    first, second = entry.find_code(code), entry.find_code(code)
    assert first is not None
    assert second is not None
    assert entry.use_code(first, pin=PIN, label="a")
    assert entry.use_code(second, pin=PIN, label="b") is None
    assert Device.objects.count() == 1


def test_it_may_be_typed_as_people_type(code: str) -> None:
    assert entry.find_code(f" {code[:5].lower()}-{code[5:]} ")


def test_it_works_for_three_days(code: str) -> None:
    life = rules.CODE_LIFE
    with time_machine.travel(timezone.now() + life - timedelta(seconds=2), tick=False):
        assert entry.find_code(code)
    with time_machine.travel(timezone.now() + life + timedelta(seconds=2), tick=False):
        assert entry.find_code(code) is None


def test_a_new_code_ends_the_one_before(code: str, sem: Person, noor: Person) -> None:
    newer = entry.make_code(sem, by=noor)
    assert entry.find_code(code) is None
    assert entry.find_code(newer)


def test_neither_code_nor_token_nor_pin_lies_in_the_database(code: str) -> None:
    new = use(code)
    assert new is not None
    kept = str(EntryCode.objects.values()) + str(Device.objects.values())
    assert code not in kept
    assert new.token not in kept
    assert f"'{PIN}'" not in kept


def test_the_right_pin(device: Device, sem: Person) -> None:
    assert entry.check_pin(device, PIN) == sem


@pytest.mark.parametrize("typed", ["83 16", "８３１６", "٨٣١٦", " 8316\n"])
def test_digits_of_any_keyboard(typed: str, device: Device, sem: Person) -> None:
    assert entry.check_pin(device, typed) == sem


def test_five_wrong_tries_lock_the_device_also_for_the_right_pin(device: Device) -> None:
    left = []
    for _ in range(5):
        with pytest.raises(entry.WrongPin) as wrong:
            entry.check_pin(fresh(device), "9999")
        left.append(wrong.value.left)
    assert left == [4, 3, 2, 1, 0]
    assert fresh(device).is_locked
    with pytest.raises(entry.WrongPin):
        entry.check_pin(fresh(device), PIN)


def test_a_right_pin_begins_the_count_anew(device: Device) -> None:
    for _ in range(4):
        with pytest.raises(entry.WrongPin):
            entry.check_pin(fresh(device), "9999")
    entry.check_pin(fresh(device), PIN)
    assert fresh(device).wrong_pins == 0


def test_a_device_that_was_taken_away_is_not_known(code: str) -> None:
    new = use(code)
    assert new is not None
    Device.objects.update(removed_at=timezone.now())
    assert entry.find_device(new.token) is None


def test_an_account_that_is_closed_comes_in_by_nothing(code: str, sem: Person) -> None:
    new = use(code)
    assert new is not None
    Person.objects.filter(pk=sem.pk).update(is_active=False)
    assert entry.find_device(new.token) is None
    EntryCode.objects.update(used_at=None)
    assert entry.find_code(code) is None
