"""Days of which often no more is known than the month or the year, as people write them down."""

import re
from datetime import date
from typing import Final

MONTHS: Final = (
    ("januari", "january"),
    ("februari", "february"),
    ("maart", "mrt", "march"),
    ("april",),
    ("mei", "may"),
    ("juni", "june"),
    ("juli", "july"),
    ("augustus", "august"),
    ("september",),
    ("oktober", "october"),
    ("november",),
    ("december",),
)
YEARS: Final = range(1900, 2101)
_YEAR: Final = re.compile(r"([0-9]{4})")
_MONTH: Final = re.compile(r"([0-9]{1,2}|[a-z]{3,9})[-/. ]+([0-9]{4})")
_DAY: Final = re.compile(r"([0-9]{1,2})[-/. ]+([0-9]{1,2}|[a-z]{3,9})[-/. ]+([0-9]{4})")
_ISO: Final = re.compile(r"([0-9]{4})-([0-9]{1,2})(?:-([0-9]{1,2}))?")


def read_rough(text: str) -> tuple[date, str]:
    """The first day of "2023", "maart 2024" or "3-3-2024", and how rough that is: `year`, `month` or nothing.

    Raises `ValueError` for anything else.
    """
    said = " ".join(text.lower().split())
    if found := _YEAR.fullmatch(said):
        return _day(found[1], "1", "1"), "year"
    if found := _MONTH.fullmatch(said):
        return _day(found[2], found[1], "1"), "month"
    if found := _ISO.fullmatch(said):
        return _day(found[1], found[2], found[3] or "1"), "" if found[3] else "month"
    if found := _DAY.fullmatch(said):
        return _day(found[3], found[2], found[1]), ""
    raise ValueError(text)


def as_typed(day: date | None, rough: str) -> str:
    """The same day as somebody would type it again."""
    if day is None:
        return ""
    return {"year": f"{day.year}", "month": f"{day.month}-{day.year}"}.get(rough, f"{day.day}-{day.month}-{day.year}")


def _day(year: str, month: str, day: str) -> date:
    found = date(int(year), _month(month), int(day))
    if found.year not in YEARS:
        raise ValueError(year)
    return found


def _month(said: str) -> int:
    if said.isdecimal():
        return int(said)
    for number, names in enumerate(MONTHS, start=1):
        if any(name.startswith(said) for name in names):
            return number
    raise ValueError(said)
