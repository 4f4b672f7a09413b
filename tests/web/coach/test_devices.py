"""The youth's way in: a code that is shown once, and telephones that can be taken away or opened again."""

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from ipta.accounts import entry, rules
from ipta.accounts.models import Device, EntryCode, Person
from ipta.dossiers.models import Dossier
from tests.asking import verbs
from tests.cast import fresh
from tests.web.coach.shared import assert_is_not_there, assert_same_number, forget_looks, of, sections_read


def bind(youth: Person, coach: Person, label: str = "Android-telefoon") -> Device:
    """A telephone of this youth, in the way it really goes."""
    code = entry.find_code(entry.make_code(youth, by=coach))
    assert code is not None
    bound = entry.use_code(code, pin="4711", label=label)
    assert bound is not None
    return bound.device


@pytest.fixture
def phone(sem: Person, noor: Person) -> Device:
    return bind(sem, noor)


def code_in(page: str) -> str:
    found = re.search(r'class="code__letters">(.*?)<', page)
    assert found is not None
    return found[1]


def test_without_a_telephone_the_page_offers_a_code(noors: Client, dossier: Dossier) -> None:
    shown = noors.get(of(dossier, "devices")).text
    assert "Nog geen telefoon" in shown
    assert "Geef een code" in shown


def test_the_code_on_the_screen_lets_the_youth_in(noors: Client, dossier: Dossier, sem: Person) -> None:
    shown = noors.post(of(dossier, "hand_code"))
    code = entry.find_code(code_in(shown.text))
    assert code is not None
    assert code.person == sem
    assert verbs(dossier)[-1] == "code.handed"


def test_the_code_is_shown_once_and_kept_nowhere(noors: Client, dossier: Dossier) -> None:
    code = code_in(noors.post(of(dossier, "hand_code")).text).replace(" ", "")
    assert code not in noors.get(of(dossier, "devices")).text
    assert EntryCode.objects.get().code_hash == rules.hashed(code)
    assert code not in str(dict(noors.session))


def test_the_code_stands_in_no_address_that_a_server_sees(noors: Client, dossier: Dossier) -> None:
    shown = noors.post(of(dossier, "hand_code"))
    code = code_in(shown.text).replace(" ", "")
    assert shown.status_code == 200
    assert shown.context["link"].endswith(f"/binnen/#{code}")
    assert shown.headers["Cache-Control"] == "no-store"


def test_a_new_code_ends_the_one_before(noors: Client, dossier: Dossier) -> None:
    first, second = (code_in(noors.post(of(dossier, "hand_code")).text) for _time in range(2))
    assert entry.find_code(first) is None
    assert entry.find_code(second)


def test_looking_makes_no_code(noors: Client, dossier: Dossier) -> None:
    assert noors.get(of(dossier, "hand_code")).status_code == 405
    assert not EntryCode.objects.exists()


def test_a_code_waits_for_the_yes(noors: Client, scouted: Dossier) -> None:
    assert "Dit komt na de ja" in noors.get(of(scouted, "devices")).text
    assert_is_not_there([noors], [of(scouted, "hand_code")])


def test_a_lost_telephone_no_longer_comes_in(noors: Client, dossier: Dossier, phone: Device) -> None:
    shown = noors.post(of(dossier, "remove_device", phone.pk), follow=True)
    assert fresh(phone).removed_at
    assert "Android-telefoon" not in shown.text
    assert "device.removed" in verbs(dossier)


def test_after_wrong_pins_it_can_be_tried_again(noors: Client, dossier: Dossier, phone: Device) -> None:
    Device.objects.update(wrong_pins=rules.PIN_TRIES)
    assert "Op slot" in noors.get(of(dossier, "devices")).text
    shown = noors.post(of(dossier, "open_device", phone.pk), follow=True)
    assert fresh(phone).wrong_pins == 0
    assert "Op slot" not in shown.text
    assert "device.opened" in verbs(dossier)


def test_a_telephone_that_was_taken_away_stays_away(noors: Client, dossier: Dossier, phone: Device) -> None:
    noors.post(of(dossier, "remove_device", phone.pk))
    assert_is_not_there([noors], [of(dossier, name, phone.pk) for name in ("remove_device", "open_device")])


def test_a_telephone_that_never_was_is_not_there(noors: Client, dossier: Dossier) -> None:
    assert_is_not_there([noors], [of(dossier, name, uuid4()) for name in ("remove_device", "open_device")])


def test_the_telephone_of_another_youth_is_not_reached_through_ones_own(
    brams: Client, kim_dossier: Dossier, phone: Device
) -> None:
    assert_is_not_there([brams], [of(kim_dossier, name, phone.pk) for name in ("remove_device", "open_device")])
    assert fresh(phone).removed_at is None


def test_a_coach_with_a_caseload_of_his_own_gives_nobody_elses_code(
    browsers_of_strangers: list[Client], dossier: Dossier, phone: Device
) -> None:
    EntryCode.objects.all().delete()
    below = [of(dossier, name, phone.pk) for name in ("remove_device", "open_device")]
    assert_is_not_there(browsers_of_strangers, [of(dossier, "devices"), of(dossier, "hand_code"), *below])
    assert not EntryCode.objects.exists()


def test_the_page_reads_no_more_than_a_name(noors: Client, noor: Person, dossier: Dossier) -> None:
    forget_looks()
    noors.get(of(dossier, "devices"))
    assert sections_read(dossier, noor) == {"identity"}


def test_more_telephones_are_no_more_queries(
    noors: Client, noor: Person, sem: Person, dossier: Dossier, phone: Device, queries: Callable[[], Any]
) -> None:
    assert_same_number(queries, lambda: noors.get(of(dossier, "devices")), lambda: bind(sem, noor))
