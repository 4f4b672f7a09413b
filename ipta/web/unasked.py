"""What nobody asks for, and people type all the same: a BSN, a bank account, what the police wrote.

It is no fault to type it. The form comes back once, with every word, and says what stands there; sent again, it goes
on. The machine looks only at the form of numbers and at a few fixed words: it does not judge what somebody wrote.
Source: security design, section 10 (40); promise 7, "as little as possible: no BSN, no police records".
"""

import re
from collections.abc import Callable, Iterator
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_NINE_DIGITS: Final = re.compile(r"(?<![\w+])(?<!\d[ .-])\d(?:[ .]?\d){8}(?![ .-]?\d)(?!\w)")
_IBAN: Final = re.compile(r"(?<![A-Z0-9])[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}", re.IGNORECASE)
# How long an account number is; of the countries from which people are paid here.
_IBAN_LENGTHS: Final = {
    "NL": 18, "BE": 16, "DE": 22, "FR": 27, "ES": 24, "IT": 27, "PL": 28, "RO": 24, "BG": 22, "LT": 20, "IE": 22,
    "PT": 25, "TR": 26, "GB": 22, "LU": 20, "AT": 20,
}  # fmt: skip
# How the police and the public prosecutor number what they write, and what such a text begins with.
_OF_THE_POLICE: Final = re.compile(
    r"\bPL ?\d{4} ?-? ?\d{10}\b|\b\d{2}[/.-]\d{6}-\d{2}\b"
    r"|\b(?:mutatie|bvh|pv|proces-?verbaal|parket)[ -]?(?:nummer|nr|rapport)\b",
    re.IGNORECASE,
)


def has_bsn(text: str) -> bool:
    """Whether nine digits stand there that pass the eleven-test, in whatever digits they were typed."""
    return any(_is_bsn([int(sign) for sign in found if sign.isdecimal()]) for found in _NINE_DIGITS.findall(text))


def _is_bsn(digits: list[int]) -> bool:
    weighed = sum(digit * weight for digit, weight in zip(digits, (9, 8, 7, 6, 5, 4, 3, 2, -1), strict=True))
    return any(digits) and weighed % 11 == 0


def has_iban(text: str) -> bool:
    """Whether an account number stands there of which the check digits are right."""
    return any(_is_iban(found.replace(" ", "").upper()) for found in _IBAN.findall(text))


def _is_iban(signs: str) -> bool:
    account = signs[: _IBAN_LENGTHS.get(signs[:2], 0)]  # what follows may be the next words
    turned = account[4:] + account[:4]
    is_whole = len(account) == _IBAN_LENGTHS.get(signs[:2])
    return is_whole and turned.isascii() and int("".join(str(int(sign, 36)) for sign in turned)) % 97 == 1


def is_of_the_police(text: str) -> bool:
    """Whether this looks like something the police or the prosecutor wrote, pasted as a whole."""
    return bool(_OF_THE_POLICE.search(text))


KINDS: Final[dict[str, tuple[Callable[[str], bool], Promise]]] = {
    "bsn": (has_bsn, _("Hier staat een BSN. Dat hoort hier niet. Haal het weg, of stuur het toch.")),
    "iban": (has_iban, _("Hier staat een rekeningnummer. Heb je dat hier nodig? Haal het weg, of stuur het toch.")),
    "police": (
        is_of_the_police,
        _("Dit lijkt op tekst van de politie. Schrijf liever zelf op wat er was. Of stuur het toch."),
    ),
}


def found_in(text: str) -> Iterator[tuple[str, Promise]]:
    """Each kind of what nobody asked for that stands there, with what is said of it."""
    for kind, (is_there, said) in KINDS.items():
        if is_there(text):
            yield kind, said
