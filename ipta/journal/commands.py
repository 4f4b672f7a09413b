"""Writing in the journal. The one `commands` file without `@command`: it is what every command calls."""

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any, Protocol
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.db.models import QuerySet

from ipta.base import clock
from ipta.base.command import mark_recorded
from ipta.base.prepared import prepared
from ipta.journal.models import Chain, Entry, Line


class Actor(Protocol):
    id: UUID


class About(Protocol):
    id: UUID


def record(verb: str, *, by: Actor, about: About, **facts: Any) -> Entry:
    """Write that this happened, in the transaction of what happened.

    `about`: the dossier, or the municipality. `facts`: ids, numbers and keys, never words of people.
    """
    entry = Entry(person_id=by.id, about=about.id, verb=verb, facts={k: _bare(v) for k, v in facts.items()})
    append("journal", [entry])
    mark_recorded()
    return entry


def _bare(value: Any) -> Any:
    return value if isinstance(value, int | bool | None) else str(value)


_gathered: ContextVar[dict[str, list[Line]] | None] = ContextVar("gathered_lines", default=None)


@contextmanager
def gathered() -> Iterator[None]:
    """Write the lines of a long piece of work (a life in the demo) all at once at its end: a third of the time.

    It is one transaction: whoever catches a fault inside must let the whole piece of work go.
    """
    waiting: dict[str, list[Line]] = {}
    token = _gathered.set(waiting)
    try:
        with transaction.atomic():
            yield
            for kind, lines in waiting.items():
                _link(kind, lines)
    finally:
        _gathered.reset(token)


def append(kind: str, lines: Sequence[Line]) -> None:
    """Put lines at the end of the chains they are about, all at once."""
    now = clock.now()
    for line in lines:
        line.id, line.at = uuid4(), now
    waiting = _gathered.get()
    if waiting is None:
        _link(kind, lines)
    else:
        waiting.setdefault(kind, []).extend(lines)


@transaction.atomic(savepoint=False)
def _link(kind: str, lines: Sequence[Line]) -> None:
    heads = _locked_heads(kind, {line.about for line in lines})
    for line in lines:
        head = heads[line.about]
        line.number, line.previous = head.number + 1, head.hash
        line.hash = line.computed_hash()
        head.number, head.hash = line.number, line.hash
    _write(lines, heads.values())


def _write(lines: Sequence[Line], heads: Collection[Chain]) -> None:
    """Put lines down, and how their chains end now."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for (sql, fields), rows in ((_insertion(type(lines[0])), lines), (_ENDING, heads)):
                content = [{name: getattr(row, name) for name in fields} for row in rows]
                cursor.execute(sql, [json.dumps(content, default=str)])
    else:
        type(lines[0])._default_manager.bulk_create(lines)
        # an upsert: a third of the time of bulk_update, which builds a CASE for every row
        Chain.objects.bulk_create(
            heads, update_conflicts=True, unique_fields=["kind", "about"], update_fields=["number", "hash"]
        )


# PostgreSQL is given all rows as one value: a third of the time of one for each field of each row.


@cache
def _insertion(model: type[Line]) -> tuple[str, Sequence[str]]:
    fields = model._meta.concrete_fields
    names = [field.attname for field in fields]
    types = ", ".join(f"{field.attname} {field.db_type(connection)}" for field in fields)
    into = f"INSERT INTO {model._meta.db_table} ({', '.join(names)})"
    rows = f"SELECT {', '.join(names)} FROM json_to_recordset(%s) AS line({types})"  # noqa: S608 - our own columns
    return f"{into} {rows}", names


_ENDING = (
    "UPDATE journal_chain SET number = line.number, hash = line.hash "
    "FROM json_to_recordset(%s) AS line(id bigint, number integer, hash varchar) WHERE journal_chain.id = line.id",
    ("id", "number", "hash"),
)


def _locked_heads(kind: str, abouts: Iterable[UUID]) -> dict[UUID, Chain]:
    wanted = set(abouts)
    heads = {head.about: head for head in _heads(kind=kind, abouts=wanted)}
    if new := wanted - heads.keys():
        Chain.objects.bulk_create((Chain(kind=kind, about=about) for about in new), ignore_conflicts=True)
        heads = {head.about: head for head in _heads(kind=kind, abouts=wanted)}
    return heads


@prepared
def _heads(kind: str, abouts: Collection[UUID]) -> QuerySet[Chain]:
    return Chain.objects.select_for_update().filter(kind=kind, about__in=abouts).order_by("about")
