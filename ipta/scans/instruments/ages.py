"""How old somebody is, out of whatever words his coach wrote: a date, a month, a year, or nothing that tells it."""

import re
from calendar import monthrange
from datetime import date
from typing import Final

from ipta.base.rough import read_rough

OLDEST: Final = 120
_BEFORE: Final = re.compile(r"(?:(?:geboren|op|in) +)*(?:(?P<day>[0-9]{1,2})e(?= ))?", re.IGNORECASE)


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
    try:
        first, rough = read_rough(_BEFORE.sub(r"\g<day>", said, count=1))
    except ValueError:
        return None
    if rough == "year":
        return first, first.replace(month=12, day=31)
    return first, first.replace(day=monthrange(first.year, first.month)[1]) if rough == "month" else first


def _age(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
