"""Who is known here and who is not gets the same answer, and waits as long for it."""

import re
import time
from collections.abc import Callable
from statistics import median
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from ipta.accounts import entry
from ipta.accounts.models import Person
from tests.web.account.signing import with_password

pytestmark = pytest.mark.usefixtures("slow_hashes")
UNKNOWN = "niemand-hier@voorbeeld.example"
WRONG = "een verkeerd wachtwoord"
# What differs between two pages for the same person too: tokens, and what he typed himself.
OWN = re.compile(r'value="[A-Za-z0-9]{64}"|[\w.+-]+@voorbeeld\.example')
CALLS, MEASURES = 25, 3
# Of the longer one. Leaving out the hash of a password would make it three quarters (the last test).
TOLERANCE = 0.10


@pytest.fixture
def coach(noor: Person) -> Person:
    return with_password(noor)


@pytest.fixture
def invited(bram: Person) -> Person:
    """Known, and has not chosen a password yet."""
    assert not bram.has_usable_password()
    return bram


@pytest.fixture
def closed(yara: Person) -> Person:
    with_password(yara)
    Person.objects.filter(pk=yara.pk).update(is_active=False)
    return yara


def log_in(email: str) -> Any:
    return Client().post("/accounts/login/", {"login": email, "password": WRONG})


def ask_password(email: str) -> Any:
    return Client().post("/accounts/password/reset/", {"email": email})


def page(answer: Any) -> tuple[int, str, str, dict[str, str]]:
    headers = {name: value for name, value in answer.headers.items() if name not in {"Content-Length", "Expires"}}
    return answer.status_code, answer.headers.get("Location", ""), OWN.sub("·", answer.text), headers


@pytest.mark.parametrize("ask", [log_in, ask_password])
def test_the_whole_page_is_the_same(ask: Callable[[str], Any], coach: Person, invited: Person, closed: Person) -> None:
    unknown = page(ask(UNKNOWN))
    assert len(unknown[2]) > 500 or unknown[1]
    for person in (coach, invited, closed):
        assert page(ask(str(person.email))) == unknown, person


def test_so_it_is_after_too_many_tries(coach: Person) -> None:
    for email in (str(coach.email), UNKNOWN):
        for _ in range(5):
            log_in(email)
    assert page(log_in(str(coach.email))) == page(log_in(UNKNOWN))
    for email in (str(coach.email), UNKNOWN):
        for _ in range(5):
            ask_password(email)
    assert page(ask_password(str(coach.email))) == page(ask_password(UNKNOWN))


def test_both_get_one_mail_and_neither_says_what_this_is(coach: Person) -> None:
    for email in (str(coach.email), UNKNOWN):
        ask_password(email)
    known, unknown = mail.outbox
    assert known.subject == unknown.subject == "Kies je wachtwoord"
    words = f"{known.subject}{known.body}{unknown.body}".lower()
    assert not [word for word in ("ipta", "jongere", "noor", "coach", "gemeente") if word in words]


def test_an_unknown_a_used_and_an_old_code_are_the_same_page(sem: Person, noor: Person) -> None:
    code = entry.make_code(sem, by=noor)
    Client().post("/binnen/kiezen/", {"code": code, "pin": "9753", "again": "9753"})
    used, unknown = (page(Client().post("/binnen/", {"code": each})) for each in (code, "ABCDEFGHJK"))
    assert used == unknown


def medians(first: Callable[[], Any], second: Callable[[], Any]) -> tuple[float, float]:
    """By turns, and in time of the processor, so that what else the machine does counts for neither."""
    taken: tuple[list[float], list[float]] = ([], [])
    for _ in range(CALLS):
        for ask, times in zip((first, second), taken, strict=True):
            cache.clear()
            began = time.process_time()
            ask()
            times.append(time.process_time() - began)
    return median(taken[0]), median(taken[1])


def assert_as_long(first: Callable[[], Any], second: Callable[[], Any]) -> None:
    """A busy machine may spoil one measure; what really differs, differs in all of them."""
    told = []
    for _ in range(MEASURES):
        one, other = medians(first, second)
        told.append(f"{one * 1000:.1f} and {other * 1000:.1f} ms")
        if abs(one - other) <= TOLERANCE * max(one, other):
            return
    raise AssertionError("; ".join(told))


@pytest.mark.slow
def test_signing_in_takes_as_long(coach: Person) -> None:
    assert_as_long(lambda: log_in(str(coach.email)), lambda: log_in(UNKNOWN))


@pytest.mark.slow
def test_also_of_who_has_no_password_yet(invited: Person) -> None:
    assert_as_long(lambda: log_in(str(invited.email)), lambda: log_in(UNKNOWN))


@pytest.mark.slow
def test_asking_for_a_password_takes_as_long(coach: Person) -> None:
    assert_as_long(lambda: ask_password(str(coach.email)), lambda: ask_password(UNKNOWN))


@pytest.mark.slow
def test_a_code_takes_as_long(sem: Person, noor: Person) -> None:
    code = entry.make_code(sem, by=noor)
    Client().post("/binnen/kiezen/", {"code": code, "pin": "9753", "again": "9753"})
    assert_as_long(
        lambda: Client().post("/binnen/", {"code": code}), lambda: Client().post("/binnen/", {"code": "ABCDEFGHJK"})
    )


@pytest.mark.slow
def test_the_measure_would_notice_a_hash_that_is_left_out(coach: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    """As it would be if nothing were hashed for somebody who is not known."""
    monkeypatch.setattr("allauth.account.auth_backends.AuthenticationBackend._mitigate_timing_attack", lambda *_: None)
    with pytest.raises(AssertionError, match="ms"):
        assert_as_long(lambda: log_in(str(coach.email)), lambda: log_in(UNKNOWN))
