"""Codes and PINs of youths. Source: security design, threats 1, 13, 20. And how long a municipality scouts somebody."""

import hashlib
import ipaddress
import secrets
from contextlib import suppress
from datetime import timedelta

SCOUT_DAYS = 42  # six weeks, unless the municipality says otherwise. Source: docs/privacy.md, "Gone without a yes"
CODE_LIFE = timedelta(hours=72)
LOST_FACTOR_LIFE = timedelta(hours=24)  # so long a second person can say yes
SECOND_FACTORS = ["totp", "webauthn"]  # as allauth calls its authenticators
PIN_TRIES = 5
PIN_LENGTHS = range(4, 9)
# No 0/O, 1/I/L, U/V, 2/Z, 5/S: a code is read aloud and typed over.
CODE_LETTERS = "ABCDEFGHJKMNPQRTWXY346789"
CODE_LENGTH = 10
GUEST_CODE_LENGTH = 6  # told over the telephone; five tries, and only with the link
# By a mark in what a browser says of itself; the first that fits.
DEVICE_NAMES = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android-telefoon",
    "CrOS": "Chromebook",
    "Windows": "Windows-computer",
    "Macintosh": "Mac",
    "Linux": "Linux-computer",
}
AWAY_MINUTES = (1, 5, 15)  # after so long away a device asks the PIN again; the first unless he chose another
TOUCHED = {"iPhone", "iPad", "Android-telefoon"}  # what one has in a pocket; a computer may be anybody's
EASY_PINS = {"0000", "1111", "1234", "4321", "2580", "0852", "1212", "1122"}


def new_code() -> str:
    """A code to read aloud and type over."""
    return _letters(CODE_LENGTH)


def new_guest_code() -> str:
    """A short one: who has it needs the link as well."""
    return _letters(GUEST_CODE_LENGTH)


def _letters(count: int) -> str:
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(count))


def new_token() -> str:
    """What a device keeps to be known again; nobody types it."""
    return secrets.token_urlsafe(32)


def hashed(secret: str) -> str:
    """For secrets that are long and random. A PIN and a short code are neither: they go through Argon2."""
    return hashlib.sha256(secret.encode()).hexdigest()


def away_minutes(label: str) -> tuple[int, ...]:
    """From how many minutes he may choose on this device. A computer may be borrowed: it always asks after a minute."""
    return AWAY_MINUTES if label in TOUCHED else AWAY_MINUTES[:1]


def tidy_code(typed: str) -> str:
    """The code as it was made, however it was typed: small letters, spaces, dashes."""
    return "".join(letter for letter in typed.upper() if letter.isalnum())


def tidy_pin(typed: str) -> str:
    """Digits as 0-9, whatever keyboard they came from; spaces left out."""
    return "".join(str(int(c)) for c in typed if c.isdigit() and c.isdecimal())


def tidy_digits(typed: str) -> str:
    """A code of digits as 0-9, without the spaces and dashes people put in; anything else stays, and is wrong."""
    return "".join(str(int(c)) if c.isdecimal() else c for c in typed if not (c.isspace() or c in "-\u2010\u2011"))


def client_address(forwarded: str, *, seen: str, proxies: int) -> str:
    """Whose request this is: what the first of our own proxies wrote down, counted from the end.

    `forwarded`: X-Forwarded-For, each proxy adds one at the end; `seen`: whom we heard ourselves.
    """
    told = [part.strip() for part in forwarded.split(",") if part.strip()]
    for address in (*(told[-proxies:][:1] if proxies else []), seen):
        with suppress(ValueError):
            return str(ipaddress.ip_address(_without_port(address).partition("%")[0]))
    return "0.0.0.0"  # noqa: S104 - nothing is bound to it: over a socket in a file there is no address


def _without_port(address: str) -> str:
    if address.startswith("["):
        return address[1:].partition("]")[0]
    return address.partition(":")[0] if address.count(":") == 1 else address


def device_name(user_agent: str) -> str:
    """What kind of device this is. Nobody types a name for it: it could be his own."""
    return next((name for mark, name in DEVICE_NAMES.items() if mark in user_agent), "Telefoon")


def in_plain_letters(email: str) -> bool:
    """Whether this address can be somebody's account.

    In other letters it looks the same as another one: a dotless i, the k for kelvin, an accent put together in two
    ways. And what is a capital of it to one database, is none to the other.
    """
    return email.isascii()


def pin_objection(pin: str) -> str:
    """Why this PIN cannot be used, or nothing."""
    if len(pin) not in PIN_LENGTHS or not pin.isdigit():
        return "Kies een pincode van 4 tot 8 cijfers."
    if pin in EASY_PINS or len(set(pin)) == 1:
        return "Deze pincode is te makkelijk te raden. Kies een andere."
    return ""
