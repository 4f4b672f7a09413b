"""Coming back with the PIN, five wrong tries, and a page that says nothing."""

import re

import pytest
from django.test import Client

from ipta.accounts import entry
from ipta.accounts.models import Device, Person
from ipta.accounts.rules import PIN_TRIES
from ipta.dossiers.models import Dossier
from ipta.sharing.entry import open_device
from tests.cast import CANARY, fresh

PIN, WRONG = "9753", "2468"
CLOSED = "Je toestel is dicht"


@pytest.fixture
def device(sem: Person, noor: Person, anonymous: Client) -> Device:
    """A phone of sem's, in the hand of who is not signed in."""
    code = entry.find_code(entry.make_code(sem, by=noor))
    assert code
    new = entry.use_code(code, pin=PIN, label="Mijn telefoon")
    assert new
    anonymous.cookies["toestel"] = new.token
    return new.device


def type_pin(browser: Client, pin: str) -> None:
    browser.post("/binnen/pin/", {"pin": pin})


def test_a_phone_that_is_known_asks_the_pin(anonymous: Client, device: Device) -> None:
    assert anonymous.get("/binnen/").headers["Location"] == "/binnen/pin/"
    assert "Hoi, daar ben je weer" in anonymous.get("/binnen/pin/").text


def test_the_right_pin_and_he_is_in(anonymous: Client, device: Device) -> None:
    assert anonymous.post("/binnen/pin/", {"pin": PIN}).status_code == 302
    assert anonymous.get("/ik/").status_code == 200


def test_coming_in_makes_a_new_session(anonymous: Client, device: Device) -> None:
    anonymous.session["eerder"] = "iets"
    before = anonymous.session.session_key
    anonymous.post("/binnen/pin/", {"pin": PIN})
    assert anonymous.session.session_key != before


@pytest.mark.parametrize("typed", ["", "   ", "12", "x" * 41, "🔑🔑🔑🔑", WRONG])
def test_a_wrong_pin_is_told_kindly(anonymous: Client, device: Device, typed: str) -> None:
    response = anonymous.post("/binnen/pin/", {"pin": typed})
    assert response.status_code == 422
    assert anonymous.get("/ik/").status_code == 302
    assert not typed.strip() or f'value="{typed}"' not in response.text


def test_it_says_how_many_tries_are_left(anonymous: Client, device: Device) -> None:
    says = [anonymous.post("/binnen/pin/", {"pin": WRONG}).text for _ in range(PIN_TRIES)]
    assert [left for left in (4, 3, 2, 1) if f"Je kunt het nog {left} keer proberen." in says[4 - left]] == [4, 3, 2, 1]
    assert CLOSED in says[-1]


def test_after_five_wrong_tries_even_the_right_pin_waits_for_the_coach(
    anonymous: Client, device: Device, dossier: Dossier, noor: Person
) -> None:
    for _ in range(PIN_TRIES):
        type_pin(anonymous, WRONG)
    response = anonymous.post("/binnen/pin/", {"pin": PIN})
    assert response.status_code == 423
    assert "Vraag je coach om je toestel weer te openen." in response.text
    assert CLOSED in anonymous.get("/binnen/pin/").text

    open_device(dossier, fresh(device), by=noor)
    assert anonymous.post("/binnen/pin/", {"pin": PIN}).status_code == 302


def test_a_right_pin_makes_the_wrong_ones_forgotten(anonymous: Client, device: Device) -> None:
    for _ in range(PIN_TRIES - 1):
        type_pin(anonymous, WRONG)
    type_pin(anonymous, PIN)
    assert fresh(device).wrong_pins == 0


def test_who_forgot_his_pin_is_helped_on(anonymous: Client, device: Device, sem: Person, noor: Person) -> None:
    page = anonymous.get("/binnen/pin/").text
    assert "Ik weet mijn pincode niet meer" in page
    assert 'href="/binnen/nieuw/"' in page
    code = entry.make_code(sem, by=noor)
    assert "Je code klopt" in anonymous.post("/binnen/nieuw/", {"code": code}).text
    words = {"code": code, "pin": "8642", "again": "8642"}
    assert anonymous.post("/binnen/kiezen/", words).status_code == 302


@pytest.mark.parametrize("token", ["", "verzonnen", "x" * 500])
def test_a_phone_that_is_not_known_asks_a_code(anonymous: Client, sem: Person, token: str) -> None:
    anonymous.cookies["toestel"] = token
    assert anonymous.get("/binnen/pin/").headers["Location"] == "/binnen/"
    assert anonymous.post("/binnen/pin/", {"pin": PIN}).headers["Location"] == "/binnen/"


def test_a_youth_whose_account_is_closed_does_not_come_in(anonymous: Client, device: Device, sem: Person) -> None:
    sem.is_active = False
    sem.save()
    assert anonymous.post("/binnen/pin/", {"pin": PIN}).headers["Location"] == "/binnen/"


@pytest.mark.parametrize("path", ["/binnen/", "/binnen/pin/", "/binnen/nieuw/", "/binnen/weg/"])
def test_the_door_tells_nobody_what_is_behind_it(anonymous: Client, device: Device, path: str) -> None:
    page = anonymous.get(path, follow=True).text
    title = re.search("<title>(.*?)</title>", page)
    assert title
    assert not [word for word in ("ipta", "schuld", "justitie", "zorg", CANARY) if word in title.group(1).lower()]
    assert CANARY not in page


def test_where_leaving_ends_is_a_clock(anonymous: Client) -> None:
    page = anonymous.get("/binnen/weg/").text
    assert re.search(r"\d\d:\d\d", page)
    assert "<a " not in page
    assert "<form" not in page


def test_no_page_of_the_door_stays_behind(anonymous: Client, device: Device) -> None:
    for path in ("/binnen/pin/", "/binnen/nieuw/", "/binnen/weg/"):
        assert "no-store" in anonymous.get(path).headers["Cache-Control"]
