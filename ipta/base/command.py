"""What can happen. A change that nobody allowed, or that nobody wrote down, is rolled back."""

import inspect
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import transaction

from ipta.base.verdict import Refused, Verdict


class NotAllowed(AssertionError):
    """A command changed something without asking whether it may."""


class NotRecorded(AssertionError):
    """A command changed something without writing it in the journal."""


@dataclass(slots=True)
class _Running:
    is_allowed: bool = False
    is_recorded: bool = False


_running: ContextVar[_Running | None] = ContextVar("running_command", default=None)


P = ParamSpec("P")
R = TypeVar("R")


def command(change: Callable[P, R]) -> Callable[P, R]:
    """Make a function a command: one transaction, in which it must `allow` and `record`.

    The function says who does it in a keyword-only argument `by` without a default.
    """
    by = inspect.signature(change).parameters.get("by")
    if by is None or by.kind is not by.KEYWORD_ONLY or by.default is not by.empty:
        raise TypeError(f"{change.__module__}.{change.__qualname__} must take `by`, keyword-only, without a default")

    @wraps(change)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        running, outer = _Running(), _running.get()
        token = _running.set(running)
        try:
            with transaction.atomic():
                result = change(*args, **kwargs)
                if not running.is_allowed:
                    raise NotAllowed(change.__qualname__)
                if not running.is_recorded:
                    raise NotRecorded(change.__qualname__)
        finally:
            _running.reset(token)
        if outer is not None:
            outer.is_recorded = True
        return result

    run.is_command = True  # type: ignore[attr-defined]  # read by the tests of the laws
    return run


def allow(verdict: Verdict) -> Verdict:
    """Go on if the verdict is yes; otherwise raise `Refused` with its reason."""
    if not verdict:
        raise Refused(verdict.reason)
    if running := _running.get():
        running.is_allowed = True
    return verdict


def mark_recorded() -> None:
    """Called by the journal. A command that finds nothing to change may call it too."""
    if running := _running.get():
        running.is_recorded = True
