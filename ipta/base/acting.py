"""On whose behalf the database is asked. PostgreSQL shows a row only to who may see it (`ipta/walls`).

A request acts for nobody until it is known who asks; a piece of work of the house itself (`bin/ipta`) acts as work.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

NOBODY, WORK = "", "work"


class House:
    """The house itself, where no person does it: what is due. In the journal it has no number but zeros."""

    id = UUID(int=0)


HOUSE = House()

_acting: ContextVar[str | None] = ContextVar("acting", default=None)
_keys: ContextVar[str | None] = ContextVar("keys_wanted", default=None)


@contextmanager
def as_nobody() -> Iterator[None]:
    """A request whose person is not known yet."""
    yield from _for(_acting, NOBODY)


@contextmanager
def as_person(person: UUID) -> Iterator[None]:
    yield from _for(_acting, f"person:{person}")


@contextmanager
def as_work() -> Iterator[None]:
    """Work of the house itself, on the command line: imports, what is due, the log."""
    yield from _for(_acting, WORK)


@contextmanager
def wanting_keys_of(dossiers: Iterable[UUID]) -> Iterator[None]:
    """Only the keys of these dossiers can be asked for inside."""
    yield from _for(_keys, f"keys:{','.join(sorted(map(str, dossiers)))}")


def _for(variable: ContextVar[str | None], value: str) -> Iterator[None]:
    token = variable.set(value)
    try:
        yield
    finally:
        variable.reset(token)


def acting() -> str | None:
    """Who: `person:<id>`, `work`, nobody (empty), or None outside any request or work."""
    return _acting.get()


def keys_wanted() -> str:
    """Whose keys: `keys:<ids>`, or empty."""
    return WORK if _acting.get() == WORK else _keys.get() or NOBODY
