"""How long an invitation can be read, and what the reading log says of it. Pure."""

from datetime import datetime, timedelta
from typing import Final

GROUND: Final = "invite"  # what the reading log says of who read an invitation through a link
WITHOUT_DAY: Final = timedelta(days=60)
AFTER: Final = timedelta(days=1)  # who is on his way still finds where it is


def ground_of(invitee: object) -> str:
    return f"{GROUND}:{invitee}"


def link_lasts(now: datetime, starts_at: datetime | None) -> timedelta:
    """Until the day after the talk; as long as no day is known, two months."""
    return max(starts_at - now, timedelta()) + AFTER if starts_at else WITHOUT_DAY
