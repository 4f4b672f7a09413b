"""What time it is for the record. Only the demo ever moves the clock, to live through two years in half a minute."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.utils import timezone

_moved: ContextVar[datetime | None] = ContextVar("moved_clock", default=None)


def now() -> datetime:
    return _moved.get() or timezone.now()


def today() -> date:
    return timezone.localdate(now())


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let it be this moment for a while, in this thread of work alone."""
    token = _moved.set(moment)
    try:
        yield
    finally:
        _moved.reset(token)
