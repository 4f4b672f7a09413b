"""When it is time for a check-in. He says how often, and "never" is an answer like any other."""

from datetime import date, timedelta
from typing import Final

NEVER: Final = "never"
EVERY: Final = {"weekly": timedelta(days=7), "fortnightly": timedelta(days=14), "monthly": timedelta(days=30)}


def is_due(often: str, last: date | None, today: date) -> bool:
    """Whether it may be offered: never more often than he said, and at once when he has not done it before."""
    every = EVERY.get(often)
    return every is not None and (last is None or last + every <= today)
