"""How often one may be wrong: counted by account first, then by address, and by all processes together."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection, connections
from django.test import Client
from django.utils import timezone

from ipta.accounts import rules
from ipta.accounts.models import Person
from ipta.accounts.shared import SharedCache, unreadable_key
from tests.web.account.signing import (
    PASSWORD,
    SECOND,
    TOO_OFTEN,
    give_code,
    give_password,
    with_password,
    with_telephone,
)

WRONG = "een verkeerd wachtwoord"


@pytest.fixture
def coach(noor: Person) -> Person:
    return with_password(noor)


def wrong(person: Person, times: int, **more: Any) -> list[bool]:
    """Whether each was refused without looking."""
    return [TOO_OFTEN in give_password(Client(), person, WRONG, **more).text for _ in range(times)]


# --- An account ----------------------------------------------------------------------------------


def test_the_sixth_wrong_password_is_not_looked_at(coach: Person) -> None:
    assert wrong(coach, 6) == [False] * 5 + [True]
    assert TOO_OFTEN in give_password(Client(), coach).text, "nor the right one"


def test_after_five_minutes_one_may_try_again(coach: Person) -> None:
    wrong(coach, 6)
    with time_machine.travel(timezone.now() + timedelta(minutes=5, seconds=2)):
        assert give_password(Client(), coach).status_code == 302


def test_right_ones_do_not_count(coach: Person) -> None:
    assert [give_password(Client(), coach).status_code for _ in range(8)] == [302] * 8


def test_a_wrong_one_now_and_then_is_not_forgotten_by_a_right_one(coach: Person) -> None:
    """Otherwise who has an account of his own could guess for ever at another one's address."""
    wrong(coach, 4)
    give_password(Client(), coach)
    assert wrong(coach, 2) == [False, True]


@pytest.mark.parametrize("other", [str.upper, str.title, lambda email: f" {email} "])
def test_the_same_address_in_other_letters_is_the_same_account(coach: Person, other: Callable[[str], str]) -> None:
    wrong(coach, 5)
    answer = Client().post("/accounts/login/", {"login": other(str(coach.email)), "password": PASSWORD})
    assert TOO_OFTEN in answer.text


def test_another_port_in_the_host_is_the_same_account(coach: Person) -> None:
    for port in range(5):
        wrong(coach, 1, headers={"Host": f"localhost:{port + 1}"})
    assert TOO_OFTEN in give_password(Client(), coach, headers={"Host": "localhost:99"}).text


def test_the_sixth_wrong_code_is_not_looked_at(coach: Person) -> None:
    with_telephone(coach)
    browser = Client()
    give_password(browser, coach)
    said = [give_code(browser, "000000").text for _ in range(6)]
    assert [TOO_OFTEN in each for each in said] == [False] * 5 + [True]


def test_another_browser_gives_no_new_tries_at_the_code(coach: Person) -> None:
    with_telephone(coach)
    for number in range(5):
        browser = Client(REMOTE_ADDR=f"10.0.0.{number}")
        assert give_password(browser, coach).headers["Location"] == SECOND
        give_code(browser, "000000")
    last = Client(REMOTE_ADDR="10.0.0.9")
    give_password(last, coach)
    assert TOO_OFTEN in give_code(last, "000000").text


def test_asking_for_a_password_again_and_again(coach: Person) -> None:
    answers = [Client().post("/accounts/password/reset/", {"email": str(coach.email)}) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [302] * 5 + [429]
    assert "Dit is te vaak geprobeerd." in answers[-1].text


# --- An address -----------------------------------------------------------------------------------


def test_who_guesses_at_one_account_keeps_nobody_else_out(coach: Person, bram: Person) -> None:
    with_password(bram)
    wrong(coach, 40)
    assert give_password(Client(), bram).status_code == 302, "from the same address"


def test_who_guesses_at_many_is_stopped_by_his_address(coach: Person) -> None:
    browser, answers = Client(REMOTE_ADDR="10.1.1.1"), []
    for number in range(101):
        answer = browser.post("/accounts/login/", {"login": f"x{number}@voorbeeld.example", "password": WRONG})
        answers.append(TOO_OFTEN in answer.text)
    assert answers == [False] * 100 + [True]
    assert give_password(Client(REMOTE_ADDR="10.1.1.2"), coach).status_code == 302


@pytest.mark.parametrize(
    ("forwarded", "proxies", "whose"),
    [
        ("", 0, "10.0.0.1"),
        ("1.2.3.4", 0, "10.0.0.1"),  # nobody of ours stands in front: whatever it says is made up
        ("1.2.3.4", 1, "1.2.3.4"),
        ("9.9.9.9, 1.2.3.4", 1, "1.2.3.4"),
        ("9.9.9.9,1.2.3.4 ", 1, "1.2.3.4"),
        ("8.8.8.8, 1.2.3.4, 10.0.0.2", 2, "1.2.3.4"),
        ("1.2.3.4", 2, "1.2.3.4"),
        ("", 1, "10.0.0.1"),
        ("unknown", 1, "10.0.0.1"),
        ("1.2.3.4:5678", 1, "1.2.3.4"),
        ("[2001:db8::1]:443", 1, "2001:db8::1"),
        ("2001:DB8:0:0::1", 1, "2001:db8::1"),
        ("fe80::1%eth0", 1, "fe80::1"),
        ("' OR 1=1 --", 1, "10.0.0.1"),
        ("," * 50, 1, "10.0.0.1"),
    ],
)  # fmt: skip
def test_whose_address_it_is(forwarded: str, proxies: int, whose: str) -> None:
    assert rules.client_address(forwarded, seen="10.0.0.1", proxies=proxies) == whose


def test_without_any_address_one_is_counted_as_well() -> None:
    assert rules.client_address("", seen="", proxies=1) == "0.0.0.0"


def test_a_forged_address_counts_for_nothing(settings: Any, coach: Person) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(20):
        headers = {"X-Forwarded-For": f"10.9.9.{number}, 1.2.3.4"}
        assert Client().post("/binnen/", {"code": "ABCDEFGHJK"}, headers=headers).status_code == 422
    for forged, status in (("6.6.6.6, 1.2.3.4", 429), ("1.2.3.4, 6.6.6.6", 422)):
        answer = Client().post("/binnen/", {"code": "ABCDEFGHJK"}, headers={"X-Forwarded-For": forged})
        assert answer.status_code == status


# --- What is counted together ---------------------------------------------------------------------


@pytest.mark.django_db(databases=["default", "keys"], transaction=True)
def test_of_all_who_mark_the_same_at_once_one_is_the_first() -> None:
    def mark(_: int) -> bool:
        try:
            return bool(cache.add("gebruikt", "y", 30))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(12) as threads:
        for _ in range(5):
            assert sorted(threads.map(mark, range(12))).count(True) == 1
            cache.delete("gebruikt")
        cache.add("gebruikt", "y", -1)  # also when one of before is over, and lies there still
        assert sorted(threads.map(mark, range(12))).count(True) == 1


@pytest.mark.django_db(databases=["default", "keys"], transaction=True)
def test_of_many_wrong_codes_at_once_twenty_are_looked_at() -> None:
    def try_one(_: int) -> int:
        try:
            return Client().post("/binnen/", {"code": "ABCDEFGHJK"}).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(try_one, range(28)))
    assert answers.count(422) <= 20
    assert set(answers) == {422, 429}


def test_what_lies_there_is_a_hash_and_a_number(coach: Person) -> None:
    wrong(coach, 2)
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM shared_cache")
        rows = cursor.fetchall()
    assert rows
    assert not [word for word in ("noor", "voorbeeld", "127.0.0.1", "login") if word in str(rows)]
    for key, value in rows:
        assert len(key) == 64
        assert isinstance(json.loads(value), list), "in JSON: reading it back runs nothing"


def test_it_cannot_be_guessed_whose_hash_it_is(settings: Any) -> None:
    mine = unreadable_key("login:noor@voorbeeld.example", "", 1)
    settings.SECRET_KEY = "een andere sleutel"
    assert unreadable_key("login:noor@voorbeeld.example", "", 1) != mine


def test_what_is_kept_together_comes_back_as_it_was_until_it_is_over() -> None:
    moment = timezone.now()
    with time_machine.travel(moment, tick=False) as clock:
        cache.set("iets", [1.5, "twee"], 60)
        assert cache.get("iets") == [1.5, "twee"]
        assert "iets" in cache
        assert not cache.add("iets", "anders", 60)
        clock.shift(timedelta(seconds=59))
        assert cache.get("iets") == [1.5, "twee"]
        clock.shift(timedelta(seconds=1))
        assert cache.get("iets", "niets") == "niets"
        assert cache.add("iets", "anders", None)
        assert cache.get("iets") == "anders"
        assert cache.delete("iets")
        assert not cache.delete("iets")
        assert cache.get_many([]) == {}


def test_what_is_over_is_thrown_away() -> None:
    cache.set("kort", 1, 10)
    cache.set("lang", 1, 10_000)
    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        assert SharedCache("shared_cache", {}).forget_expired() == 1
        assert cache.get("lang") == 1


def test_a_flood_washes_nothing_away(coach: Person) -> None:
    """Django's own would throw away a third of all counts at the three hundredth."""
    wrong(coach, 5)
    for number in range(400):
        cache.set(f"vloed {number}", number, 300)
    assert wrong(coach, 1) == [True]
