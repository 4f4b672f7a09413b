"""The second factor of staff: a code of the telephone, used once; a recovery code, shown once and used once."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client

from ipta.accounts.models import Person, Session
from tests.web.account.signing import (
    SECOND,
    WRONG,
    code_of,
    enter,
    give_code,
    give_password,
    is_in,
    lies_readable,
    with_password,
    with_recovery_codes,
    with_telephone,
)

ACTIVATE, CODES, NEW_CODES = (
    "/accounts/2fa/totp/activate/",
    "/accounts/2fa/recovery-codes/",
    "/accounts/2fa/recovery-codes/generate/",
)
START_OF_A_PERIOD = datetime(2026, 3, 3, 9, 0, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(START_OF_A_PERIOD, tick=False) as travelling:
        yield travelling


@pytest.fixture
def coach(noor: Person) -> Person:
    return with_password(noor)


@pytest.fixture
def telephone(coach: Person) -> str:
    return with_telephone(coach)


def second_step(coach: Person) -> Client:
    browser = Client()
    assert give_password(browser, coach).headers["Location"] == SECOND
    return browser


# --- Codes of the telephone ----------------------------------------------------------------


def test_password_and_code_and_she_is_in(coach: Person, telephone: str) -> None:
    browser = second_step(coach)
    assert not is_in(browser), "a password alone is nothing"
    assert give_code(browser, code_of(telephone)).headers["Location"] == "/"
    assert is_in(browser)


@pytest.mark.parametrize("seconds", [0, 1, 15, 29, 30, 32, 59, 60, 61])
def test_a_used_code_never_works_again(
    coach: Person, telephone: str, clock: time_machine.Traveller, seconds: int
) -> None:
    code = code_of(telephone)
    give_code(second_step(coach), code)
    clock.shift(timedelta(seconds=seconds))

    again = second_step(coach)
    assert WRONG in give_code(again, code).text
    assert not is_in(again)


def test_nor_to_answer_who_she_is(coach: Person, telephone: str) -> None:
    code = code_of(telephone)
    browser = second_step(coach)
    give_code(browser, code)
    assert WRONG in browser.post("/accounts/2fa/reauthenticate/", {"code": code}).text


@pytest.mark.parametrize("periods_on", [-2, -1, 1, 2])
def test_a_code_of_another_half_minute_does_not_work(coach: Person, telephone: str, periods_on: int) -> None:
    assert WRONG in give_code(second_step(coach), code_of(telephone, periods_on)).text


ARABIC, FULL_WIDTH = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"), str.maketrans("0123456789", "０１２３４５６７８９")


@pytest.mark.parametrize(
    "typed",
    [
        lambda code: f" {code[:3]} {code[3:]} ",
        lambda code: f"{code[:3]}\u00a0{code[3:]}",
        lambda code: f"{code[:3]}-{code[3:]}",
        lambda code: code.translate(ARABIC),
        lambda code: code.translate(FULL_WIDTH),
    ],
)
def test_digits_of_any_keyboard_with_spaces(coach: Person, telephone: str, typed: Callable[[str], str]) -> None:
    browser = second_step(coach)
    give_code(browser, typed(code_of(telephone)))
    assert is_in(browser)


@pytest.mark.parametrize(
    "typed", ["", "12345", "1234567", "x" * 10_000, "½²³₄๕", "\u202e123456", "abcdef", "-1", "1e5"]
)
def test_nonsense_is_a_wrong_code(coach: Person, telephone: str, typed: str) -> None:
    browser = second_step(coach)
    assert give_code(browser, typed).status_code == 200
    assert not is_in(browser)


def test_the_same_digits_in_other_signs_are_the_same_code(coach: Person, telephone: str) -> None:
    code = code_of(telephone)
    give_code(second_step(coach), code)
    again = second_step(coach)
    give_code(again, code.translate(FULL_WIDTH))
    assert not is_in(again)


def test_the_code_that_sets_it_up_signs_nobody_in(coach: Person, clock: time_machine.Traveller) -> None:
    browser = Client()
    give_password(browser, coach)
    browser.get(ACTIVATE)
    code = code_of(browser.session["mfa.totp.secret"])
    assert browser.post(ACTIVATE, {"code": code}).headers["Location"] == CODES

    assert WRONG in give_code(second_step(coach), code).text
    clock.shift(timedelta(seconds=30))
    secret = Authenticator.objects.get(type="totp").wrap()
    assert not secret.validate_code(code)


def test_the_secret_lies_nowhere_readable_also_while_it_is_set_up(coach: Person) -> None:
    browser = Client()
    give_password(browser, coach)
    browser.get(ACTIVATE)
    secret = browser.session["mfa.totp.secret"]
    for session in Session.objects.all():
        assert secret not in session.session_data
        assert session.session_key != browser.session.session_key
    browser.post(ACTIVATE, {"code": code_of(secret)})
    assert Authenticator.objects.filter(type="totp").exists()
    assert not lies_readable(secret)


# --- Recovery codes --------------------------------------------------------------------------


def made_codes(browser: Client) -> list[str]:
    page = browser.post(NEW_CODES, follow=True)
    assert "Je ziet ze hierna niet meer terug" in page.text.replace("je ziet", "Je ziet")
    return list(page.context["codes"])


def test_recovery_codes_are_shown_once(coach: Person, telephone: str) -> None:
    browser = enter(coach, telephone)
    codes = made_codes(browser)

    later = browser.get(CODES).text
    assert "Je hebt nog 10 herstelcodes over." in later
    assert not [code for code in codes if code in later]
    assert browser.get(f"{CODES}download/").status_code == 404


def test_a_robot_that_looks_first_does_not_use_the_looking_up(coach: Person, telephone: str) -> None:
    browser = enter(coach, telephone)
    assert browser.post(NEW_CODES).headers["Location"] == CODES
    browser.head(CODES)
    assert len(browser.get(CODES).context["codes"]) == 10


def test_another_browser_of_hers_does_not_get_to_see_them(coach: Person, telephone: str) -> None:
    first, second = enter(coach, telephone), Client()
    second.force_login(coach, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert first.post(NEW_CODES).headers["Location"] == CODES
    page = second.get(CODES, follow=True)
    assert not page.context.get("codes")


def test_a_recovery_code_works_once(coach: Person, telephone: str) -> None:
    code = with_recovery_codes(coach)[0]
    browser = second_step(coach)
    give_code(browser, f"{code[:4]} {code[4:]}")
    assert is_in(browser)
    assert WRONG in give_code(second_step(coach), code).text


def test_recovery_codes_lie_sealed(coach: Person, telephone: str) -> None:
    codes = with_recovery_codes(coach)
    seed = Authenticator.objects.get(type="recovery_codes").data["seed"]
    assert len(codes) == 10
    assert not [code for code in codes if lies_readable(code)]
    assert seed != Authenticator.objects.get(type="recovery_codes").wrap()  # what lies there is not what makes them
    Authenticator.objects.filter(type="recovery_codes").update(data={"seed": seed[:-2] + "00", "used_mask": 0})
    with pytest.raises(Exception, match="not sealed here"):
        Authenticator.objects.get(type="recovery_codes").wrap().generate_codes()


def test_who_has_few_left_hears_so(coach: Person, telephone: str) -> None:
    codes = with_recovery_codes(coach)
    for code in codes[:6]:
        give_code(second_step(coach), code)
    quiet = second_step(coach)
    assert "herstelcodes over" not in quiet.get("/", follow=True).text

    browser = second_step(coach)
    assert "Je hebt nog 3 herstelcodes over." in browser.post(SECOND, {"code": codes[6]}, follow=True).text
    assert "Maak op tijd nieuwe." in browser.get(CODES).text


def test_new_codes_end_the_old_ones(coach: Person, telephone: str) -> None:
    old = with_recovery_codes(coach)
    made_codes(enter(coach, telephone))
    assert WRONG in give_code(second_step(coach), old[0]).text


def test_recovery_codes_alone_are_no_second_factor(coach: Person) -> None:
    with_recovery_codes(coach)
    browser = Client()
    give_password(browser, coach)
    assert browser.get("/vandaag/").headers["Location"].startswith(ACTIVATE)


# --- And the mail about it ---------------------------------------------------------------------


def test_a_change_is_told_by_a_mail_that_says_nothing(coach: Person, telephone: str) -> None:
    browser = enter(coach, telephone)
    browser.post(NEW_CODES)
    browser.post("/accounts/2fa/totp/deactivate/")
    subjects = {message.subject for message in mail.outbox}
    words = "".join(str(message.body) for message in mail.outbox)
    assert subjects == {"Er is iets veranderd aan je account"}
    assert "Bel dan meteen je functioneel beheerder." in words
    assert not [word for word in ("Noor", "code", "telefoon", "127.0.0.1", "IPTA") if word in words]


@pytest.mark.parametrize("path", [CODES, NEW_CODES, "/accounts/2fa/totp/deactivate/", "/accounts/2fa/webauthn/add/"])
def test_who_signed_in_long_ago_says_who_he_is_once_more(
    coach: Person, telephone: str, clock: time_machine.Traveller, path: str
) -> None:
    with_recovery_codes(coach)
    browser = enter(coach, telephone)
    clock.shift(timedelta(minutes=6))
    asked = browser.get(path)
    assert asked.headers["Location"].startswith(("/accounts/reauthenticate/", "/accounts/2fa/reauthenticate/"))
    answer = browser.post(f"/accounts/reauthenticate/?next={path}", {"password": "vier fietsen staan buiten"})
    assert answer.status_code == 302
    assert browser.get(path, follow=True).status_code == 200
