"""Coming in for the first time: a code, and a PIN of one's own."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from ipta.accounts import entry
from ipta.accounts.models import Device, EntryCode, Person
from ipta.web.entry import tries
from tests.asking import row_counts

PIN = {"pin": "9753", "again": "9753"}
DOES_NOT_WORK = "Deze code werkt niet"


@pytest.fixture
def code(sem: Person, noor: Person) -> str:
    return entry.make_code(sem, by=noor)


def choose(browser: Client, code: str) -> Any:
    return browser.post("/binnen/kiezen/", PIN | {"code": code})


def test_a_code_and_a_pin_and_he_is_in(anonymous: Client, code: str, sem: Person) -> None:
    asked = anonymous.post("/binnen/", {"code": code})
    assert "Je code klopt" in asked.text
    assert anonymous.post("/binnen/kiezen/", PIN | {"code": code}).headers["Location"] == "/"
    assert anonymous.get("/", follow=True).redirect_chain[-1][0] == "/ik/"


@pytest.mark.parametrize(
    ("browser", "name"),
    [
        ("Mozilla/5.0 (Linux; Android 14; SM-A156B) Mobile", "Android-telefoon"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)", "iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64)", "Windows-computer"),
        ("", "Telefoon"),
    ],
)
def test_a_phone_gets_its_name_by_itself(anonymous: Client, code: str, sem: Person, browser: str, name: str) -> None:
    anonymous.post("/binnen/kiezen/", PIN | {"code": code, "label": "Sem Achternaam"}, headers={"User-Agent": browser})
    assert Device.objects.get(person=sem).label == name


@pytest.mark.parametrize("change", [str.lower, lambda code: f" {code[:5]} {code[5:]} ", "-".join])
def test_a_code_may_be_typed_as_it_was_heard(anonymous: Client, code: str, change: Callable[[str], str]) -> None:
    assert "Je code klopt" in anonymous.post("/binnen/", {"code": change(code)}).text


def test_a_robot_that_looks_at_the_link_uses_nothing_up(anonymous: Client, code: str) -> None:
    before = row_counts()
    for method in ("get", "head"):
        assert getattr(anonymous, method)("/binnen/").status_code == 200
    assert row_counts() == before
    assert entry.find_code(code)


def test_typing_the_code_does_not_use_it_up_either(anonymous: Client, code: str) -> None:
    anonymous.post("/binnen/", {"code": code})
    assert entry.find_code(code)


def test_the_code_never_stands_in_an_address(anonymous: Client, code: str) -> None:
    page = anonymous.post("/binnen/", {"code": code}).text
    assert page.count(code) == 1, "in one hidden field alone"
    assert anonymous.post("/binnen/kiezen/", PIN | {"code": code}).headers["Location"] == "/"


def test_an_unknown_a_used_and_an_expired_code_are_told_apart_to_nobody(
    anonymous: Client, code: str, sem: Person, noor: Person
) -> None:
    choose(Client(), code)
    used = anonymous.post("/binnen/", {"code": code})
    with time_machine.travel(timezone.now() - timedelta(hours=73)):
        late = entry.make_code(sem, by=noor)
    expired = anonymous.post("/binnen/", {"code": late})
    unknown = anonymous.post("/binnen/", {"code": "ABCDEFGHJK"})
    for response in (used, expired, unknown):
        assert response.status_code == 422
        assert DOES_NOT_WORK in response.text
        assert "Vraag je coach om een nieuwe code." in response.text
        assert "Nog een keer proberen" in response.text


def test_a_newer_code_ends_the_older_one(anonymous: Client, code: str, sem: Person, noor: Person) -> None:
    entry.make_code(sem, by=noor)
    assert DOES_NOT_WORK in anonymous.post("/binnen/", {"code": code}).text


def test_two_phones_with_one_code_one_gets_in(code: str, sem: Person) -> None:
    first, second = Client(), Client()
    for browser in (first, second):
        assert "Je code klopt" in browser.post("/binnen/", {"code": code}).text
    assert choose(first, code).status_code == 302
    assert choose(second, code).status_code == 422
    assert Device.objects.filter(person=sem).count() == 1


@pytest.mark.parametrize("typed", ["", "   ", "?!", "💥" * 5, "x" * 41, "\u202eABC", "' OR 1=1 --"])
def test_nonsense_is_answered_in_plain_words(anonymous: Client, code: str, typed: str) -> None:
    response = anonymous.post("/binnen/", {"code": typed})
    assert response.status_code == 422
    assert DOES_NOT_WORK in response.text or "Typ je code." in response.text or "Deze code is te lang." in response.text


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"pin": ""}, "Typ je pincode."),
        ({"pin": "123"}, "Kies een pincode van 4 tot 8 cijfers."),
        ({"pin": "123456789"}, "Kies een pincode van 4 tot 8 cijfers."),
        ({"pin": "abcd"}, "Kies een pincode van 4 tot 8 cijfers."),
        ({"pin": "1234", "again": "1234"}, "Deze pincode is te makkelijk te raden."),
        ({"pin": "7777", "again": "7777"}, "Deze pincode is te makkelijk te raden."),
        ({"again": "9754"}, "Dit is een andere pincode."),
    ],
)
def test_a_pin_that_will_not_do_is_asked_again_and_the_code_stays_good(
    anonymous: Client, code: str, wrong: dict[str, str], says: str
) -> None:
    response = anonymous.post("/binnen/kiezen/", PIN | {"code": code} | wrong)
    assert response.status_code == 422
    assert says in response.text
    assert code in response.text
    assert entry.find_code(code)
    assert anonymous.post("/binnen/kiezen/", PIN | {"code": code}).status_code == 302


def test_digits_of_another_keyboard_are_digits(anonymous: Client, code: str, sem: Person) -> None:
    assert anonymous.post("/binnen/kiezen/", PIN | {"code": code, "pin": "٩٧٥٣"}).status_code == 302
    anonymous.session.flush()
    assert anonymous.post("/binnen/pin/", {"pin": "9 7 5 3"}).status_code == 302


def test_a_pin_stands_nowhere_readable(anonymous: Client, code: str, sem: Person) -> None:
    choose(anonymous, code)
    device = Device.objects.get(person=sem)
    assert "9753" not in device.pin_hash
    assert device.pin_hash.startswith("argon2")
    assert not EntryCode.objects.filter(code_hash__contains=code).exists()


def test_guessing_codes_ends_after_twenty(anonymous: Client, code: str) -> None:
    for _ in range(tries.MOST):
        assert anonymous.post("/binnen/", {"code": "ABCDEFGHJK"}).status_code == 422
    for path in ("/binnen/", "/binnen/nieuw/", "/binnen/kiezen/"):
        response = anonymous.post(path, PIN | {"code": code})
        assert response.status_code == 429
        assert "Wacht tien minuten." in response.text


def test_a_right_code_counts_for_nobody(anonymous: Client, code: str) -> None:
    for _ in range(tries.MOST + 1):
        assert anonymous.post("/binnen/", {"code": code}).status_code == 200


def test_choosing_without_a_code_begins_at_the_code(anonymous: Client) -> None:
    assert anonymous.get("/binnen/kiezen/").headers["Location"] == "/binnen/"


@pytest.mark.parametrize("page", ["/ik/plan/", "/ik/afspraken/nieuw/"])
def test_after_coming_in_he_goes_where_he_was_going(anonymous: Client, code: str, page: str) -> None:
    asked = anonymous.post(f"/binnen/?next={page}", {"code": code})
    assert f'name="next" value="{page}"' in asked.text
    assert anonymous.post("/binnen/kiezen/", PIN | {"code": code, "next": page}).headers["Location"] == page


@pytest.mark.parametrize(
    "elsewhere", ["https://kwaad.example/", "//kwaad.example", "javascript:alert(1)", "ik", "/\\kwaad"]
)
def test_but_never_to_another_site(anonymous: Client, code: str, elsewhere: str) -> None:
    response = anonymous.post("/binnen/kiezen/", PIN | {"code": code, "next": elsewhere})
    assert response.headers["Location"] == "/"


def test_who_is_in_already_goes_to_his_page(sem: Person, client_for: Callable[[Person], Client]) -> None:
    assert client_for(sem).get("/binnen/").headers["Location"] == "/"


ROBOTS = [
    "WhatsApp/2.24.1 A",
    "facebookexternalhit/1.1",
    "TelegramBot (like TwitterBot)",
    "Slackbot-LinkExpanding 1.0",
    "",
]


@pytest.mark.parametrize("robot", ROBOTS)
@pytest.mark.parametrize("path", ["/binnen/", "/binnen/kiezen/", "/binnen/nieuw/", "/binnen/pin/"])
def test_no_robot_uses_a_code_up_or_sees_what_this_is(anonymous: Client, code: str, robot: str, path: str) -> None:
    for look in (anonymous.get, anonymous.head):
        page = look(path, {"code": code}, headers={"User-Agent": robot}, follow=True)
        assert page.status_code == 200
        assert code not in page.text
        assert "og:" not in page.text
    assert entry.find_code(code)


@pytest.mark.parametrize(("seconds", "works"), [(-1, True), (0, False), (1, False)])
def test_a_code_works_for_72_hours_to_the_second(sem: Person, noor: Person, seconds: int, works: bool) -> None:
    made = timezone.now()
    with time_machine.travel(made, tick=False) as clock:
        code = entry.make_code(sem, by=noor)
        clock.shift(timedelta(hours=72, seconds=seconds))
        assert ("Je code klopt" in Client().post("/binnen/", {"code": code}).text) is works
        assert (choose(Client(), code).status_code == 302) is works


def test_a_code_of_one_youth_in_the_session_of_another_mixes_nothing(
    sem: Person, kim: Person, noor: Person, client_for: Callable[[Person], Client]
) -> None:
    """A phone that kim forgot to leave: sem's code makes it sem's, and nothing of hers comes along."""
    browser = client_for(kim)
    assert browser.get("/ik/").status_code == 200
    session = browser.session
    session["van kim"] = "iets"
    session.save()
    before = browser.session.session_key

    assert choose(browser, entry.make_code(sem, by=noor)).status_code == 302

    assert browser.session["_auth_user_id"] == str(sem.pk)
    assert "van kim" not in browser.session
    assert browser.session.session_key != before
    assert Device.objects.get(pk=browser.session["device"]).person == sem
    assert not Device.objects.filter(person=kim, token_hash=Device.objects.get(person=sem).token_hash).exists()


def test_a_code_in_the_session_of_a_colleague_signs_her_out(
    sem: Person, noor: Person, client_for: Callable[[Person], Client]
) -> None:
    browser = client_for(noor)
    assert browser.get("/vandaag/").status_code == 200
    assert choose(browser, entry.make_code(sem, by=noor)).status_code == 302
    assert browser.get("/ik/").status_code == 200
    assert browser.get("/vandaag/").status_code == 404
