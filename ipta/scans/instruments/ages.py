"""How old somebody is, out of whatever words his coach wrote: a date, a month, a year, or nothing that tells it."""

import re
from datetime import date
from typing import Final

OLDEST: Final = 120
_MONTHS: Final = ("jan", "feb", "maa", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_NAMES: Final = {name: number for number, name in enumerate(_MONTHS, start=1)} | {"mrt": 3}
_NUMBERS: Final = re.compile(r"(?P<day>[0-9]{1,2})[-/. ]+(?P<month>[0-9]{1,2})[-/. ]+(?P<year>(?:19|20)[0-9]{2})")
_ISO: Final = re.compile(r"(?P<year>(?:19|20)[0-9]{2})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})")
_WORDS: Final = re.compile(
    r"(?:(?P<day>[0-9]{1,2})e? +)?(?P<month>[a-z]{3})[a-z]*\.? +(?P<year>(?:19|20)[0-9]{2})", re.IGNORECASE
)
_YEAR: Final = re.compile(r"(?:(?:geboren|in) +)*(?P<year>(?:19|20)[0-9]{2})", re.IGNORECASE)


def possible_ages(born: str, on: date) -> tuple[int, int] | None:
    """From the least to the most he can be on that day; None where these words do not tell it."""
    days = _days(" ".join(born.split()))
    if days is None:
        return None
    first, last = days
    youngest, oldest = _age(last, on), _age(first, on)
    return (youngest, oldest) if 0 <= youngest <= oldest <= OLDEST else None


def _days(said: str) -> tuple[date, date] | None:
    """The first and the last day it can have been."""
    for pattern in (_ISO, _NUMBERS, _WORDS, _YEAR):
        if found := pattern.fullmatch(said):
            parts = found.groupdict()
            month = _month(parts.get("month"))
            year, day = int(parts["year"]), parts.get("day")
            if month == 0:
                return None
            return _span(year, month, int(day) if day else None)
    return None


def _month(said: str | None) -> int | None:
    """1 to 12; nothing where none was said, and 0 for a word that is none."""
    if said is None:
        return None
    return int(said) if said.isdigit() else _NAMES.get(said.casefold(), 0)


def _span(year: int, month: int | None, day: int | None) -> tuple[date, date] | None:
    try:
        if month is None:
            return date(year, 1, 1), date(year, 12, 31)
        if day is None:
            return date(year, month, 1), date(year, month, 28)
        return date(year, month, day), date(year, month, day)
    except ValueError:
        return None


def _age(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
