"""A question that is always asked in the same form: Django writes it once, and every time other values are filled in.

Writing it takes Django longer than answering it takes the database. What is written is kept per thread, as is its
connection, and for each number of values that a list in it held.
"""

import re
import threading
from collections.abc import Callable, Hashable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet

from ipta.base import clock

MOST = 500  # forms of one question that are kept
_LONG_AGO = datetime(1812, 6, 1, 12, tzinfo=UTC)  # what the clock says while a question is written
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d|[0-9a-f]{32}$")  # a time or an id, as SQLite is given it


class Prepared:
    """A function that writes a question, asked as if it were one that answers it: `caseload(coach=..., towns=[...])`.

    Values are ids, words, days and moments, or lists of these; anything else is part of the form. What the clock says
    while it is written (`clock.now()`, `clock.today()`) is filled in anew each time it is asked.
    """

    def __init__(self, write: Callable[..., QuerySet[Any, Any]]) -> None:
        self.write = write
        self._kept = threading.local()

    def __call__(self, **values: Any) -> list[Any]:
        form: list[tuple[str, Any]] = []
        given: list[Any] = []
        for name, value in values.items():
            if isinstance(value, list | tuple | set | frozenset):
                form.append((name, len(value)))
                given += value
            elif isinstance(value, UUID | str | date):
                form.append((name, type(value)))
                given.append(value)
            else:
                form.append((name, value))
        kept: dict[str, _Written] = self._kept.__dict__
        written = kept.get(key := str(form))
        if written is None or not written.is_of_this_connection():
            if len(kept) >= MOST:
                kept.clear()
            written = kept[key] = _Written(self.write, values)
        return written.answers(given)


def prepared(write: Callable[..., QuerySet[Any, Any]]) -> Prepared:
    return Prepared(write)


class _Written:
    """One form of a question: its SQL, and where in it the values go."""

    def __init__(self, write: Callable[..., QuerySet[Any, Any]], values: dict[str, Any]) -> None:
        stand_ins = _StandIns()
        with clock.at(_LONG_AGO):
            self.rows = write(**{name: stand_ins.of(value) for name, value in values.items()})
            of_clock = [clock.now(), clock.today()]
        self.connection = connections[self.rows.db]
        self.compiler = self.rows.query.get_compiler(connection=self.connection)
        try:
            self.sql, params = self.compiler.as_sql()
        except EmptyResultSet:  # no row can ever fit
            self.sql, params = "", ()
        self.params = list(params)
        self.filled = list(self._filled([*stand_ins.made, *of_clock]))
        if self.sql and not set(range(len(stand_ins.made))) <= {number for _, number in self.filled}:
            raise ValueError("a value stands nowhere in the question")
        query: Any = self.rows.query
        query.get_compiler = lambda *_, **__: self.compiler
        self.compiler.as_sql = lambda *_, **__: (self.sql, tuple(self.params))

    def _filled(self, stand_ins: list[Any]) -> Iterator[tuple[int, int]]:
        """At which place which stand-in stands. Raises where a moment or an id would be the same for ever."""
        numbers = {self._adapted(value): number for number, value in enumerate(stand_ins)}
        for place, param in enumerate(self.params):
            if isinstance(param, Hashable) and param in numbers:
                yield place, numbers[param]
            elif isinstance(param, date | UUID) or (isinstance(param, str) and _MOMENT.match(param)):
                raise ValueError(f"this would be the same for ever: {param!r}")

    def _adapted(self, value: Any) -> Any:
        """As it is given to this database."""
        if isinstance(value, UUID):
            return value if self.connection.features.has_native_uuid_field else value.hex
        if isinstance(value, datetime):
            return self.connection.ops.adapt_datetimefield_value(value)
        return self.connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value

    def is_of_this_connection(self) -> bool:
        return self.connection is connections[self.rows.db]

    def answers(self, given: list[Any]) -> list[Any]:
        if not self.sql:
            return []
        values = [*given, clock.now(), clock.today()]
        for place, number in self.filled:
            self.params[place] = self._adapted(values[number])
        rows: Any = self.rows
        return list(rows._iterable_class(rows))


class _StandIns:
    """A value for each that will be filled in: alike in kind, and like no other."""

    def __init__(self) -> None:
        self.made: list[Any] = []

    def of(self, value: Any) -> Any:
        if isinstance(value, list | tuple | set | frozenset):
            return [self._for(one) for one in value]
        return self._for(value) if isinstance(value, UUID | str | date) else value

    def _for(self, value: Any) -> Any:
        number = len(self.made) + 1
        if isinstance(value, UUID):
            self.made.append(UUID(int=number))
        elif isinstance(value, str):
            self.made.append(f"filled in {number}")
        elif isinstance(value, datetime):
            self.made.append(_LONG_AGO + timedelta(days=number))
        elif isinstance(value, date):
            self.made.append(_LONG_AGO.date() + timedelta(days=number))
        else:
            raise TypeError(f"{type(value).__name__} cannot be filled in")
        return self.made[-1]
