"""Mijn telefoons: which there are, one more, and one less."""

import pytest
from django.test import Client

from ipta.accounts import entry
from ipta.accounts.models import Device, Person
from ipta.dossiers.models import Dossier
from tests.cast import fresh
from tests.web.youth.asking import address

PIN = "9753"


def new_device(youth: Person, coach: Person, label: str) -> entry.NewDevice:
    found = entry.find_code(entry.make_code(youth, by=coach))
    assert found
    new = entry.use_code(found, pin=PIN, label=label)
    assert new
    return new


def come_in(new: entry.NewDevice) -> Client:
    browser = Client()
    browser.cookies["toestel"] = new.token
    assert browser.post("/binnen/pin/", {"pin": PIN}).status_code == 302
    return browser


@pytest.fixture
def phone(sem: Person, noor: Person) -> entry.NewDevice:
    return new_device(sem, noor, "Mijn telefoon 📱")


@pytest.fixture
def lost(sem: Person, noor: Person) -> entry.NewDevice:
    return new_device(sem, noor, "Oude telefoon")


def test_he_sees_where_he_gets_in_and_which_one_this_is(phone: entry.NewDevice, lost: entry.NewDevice) -> None:
    page = come_in(phone).get(address("devices")).text
    assert "Mijn telefoon 📱" in page
    assert "Oude telefoon" in page
    assert page.count("Deze hier") == 1


def test_a_lost_one_is_out_at_once_also_where_it_was_in(phone: entry.NewDevice, lost: entry.NewDevice) -> None:
    thief = come_in(lost)
    come_in(phone).post(address("remove_device", lost.device.pk))
    assert thief.get(address("home")).status_code == 302
    assert thief.get("/binnen/pin/").headers["Location"] == "/binnen/"


def test_taking_away_the_one_in_his_hand_is_leaving(phone: entry.NewDevice) -> None:
    browser = come_in(phone)
    response = browser.post(address("remove_device", phone.device.pk))
    assert response.headers["Location"] == "/binnen/weg/"
    assert browser.get(address("home")).status_code == 302
    assert fresh(phone.device).removed_at


def test_one_that_was_taken_away_is_not_there_twice(sems: Client, lost: entry.NewDevice) -> None:
    assert sems.post(address("remove_device", lost.device.pk)).status_code == 302
    assert sems.post(address("remove_device", lost.device.pk)).status_code == 404


def test_another_youth_cannot_take_it_away(kims: Client, phone: entry.NewDevice) -> None:
    assert kims.post(address("remove_device", phone.device.pk)).status_code == 404
    assert fresh(phone.device).removed_at is None


def test_a_code_for_another_phone_works_once(sems: Client, sem: Person) -> None:
    page = sems.post(address("hand_code"))
    code = page.context["code"]
    assert code in page.text
    words = {"code": code, "pin": PIN, "again": PIN}
    assert Client().post("/binnen/kiezen/", words).status_code == 302
    assert Client().post("/binnen/kiezen/", words).status_code == 422
    assert Device.objects.filter(person=sem).count() == 1


def test_the_code_stands_in_no_address(sems: Client) -> None:
    page = sems.post(address("hand_code"))
    assert page.context["code"].replace(" ", "") not in page.text.replace(page.context["code"], "")


def test_looking_makes_no_code(sems: Client, dossier: Dossier) -> None:
    assert sems.get(address("hand_code")).headers["Location"] == address("devices")


def test_a_lost_phone_can_be_taken_away_when_it_has_ended(sems: Client, ended: Dossier, lost: entry.NewDevice) -> None:
    assert sems.post(address("remove_device", lost.device.pk)).status_code == 302
    assert fresh(lost.device).removed_at
