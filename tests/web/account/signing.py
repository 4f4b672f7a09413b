"""Signing in as staff do, step by step."""

import time
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.test import Client

from ipta.accounts.models import Person

PASSWORD = "vier fietsen staan buiten"
LOGIN, SECOND = "/accounts/login/", "/accounts/2fa/authenticate/"
TOO_OFTEN = "Te veel inlogpogingen"
WRONG = "Dit klopt niet."


def with_password(person: Person) -> Person:
    person.set_password(PASSWORD)
    person.save()
    return person


def with_telephone(person: Person) -> str:
    """The secret in the app on the telephone."""
    secret: str = generate_totp_secret()
    TOTP.activate(person, secret)
    return secret


def with_recovery_codes(person: Person) -> list[str]:
    return list(RecoveryCodes.activate(person).generate_codes())


def code_of(secret: str, periods_on: int = 0) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + periods_on)))


def give_password(browser: Client, person: Person, password: str = PASSWORD, **more: Any) -> Any:
    return browser.post(LOGIN, {"login": str(person.email), "password": password}, **more)


def give_code(browser: Client, code: str) -> Any:
    return browser.post(SECOND, {"code": code})


def is_in(browser: Client) -> bool:
    return bool(browser.get("/vandaag/").status_code == 200)


def enter(person: Person, secret: str, periods_on: int = 0) -> Client:
    """A browser of somebody who signed in with password and telephone."""
    browser = Client()
    give_password(browser, person)
    give_code(browser, code_of(secret, periods_on))
    assert is_in(browser)
    return browser


def lies_readable(words: str) -> bool:
    return any(words in str(data) for data in Authenticator.objects.values_list("data", flat=True))
