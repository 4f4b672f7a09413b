"""Both logs as lines of text: for the auditor (`verify`), line by line, however many there are."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.db.models import TextField, UUIDField
from django.db.models.functions import Cast
from psycopg import IsolationLevel

from ipta.base import clock
from ipta.base.verdict import Impossible
from ipta.journal import rules
from ipta.journal.models import Chain, Line, logs
from ipta.journal.verify import canonical

AT_ONCE = 5000


def heads() -> Iterator[str]:
    """The last line of every chain: `<about> <log> <number> <hash>`."""
    rows = Chain.objects.filter(number__gt=0).values_list(Cast("about", TextField()), "kind", "number", "hash")
    for about, kind, number, hash in rows.iterator(AT_ONCE):
        yield f"{about.replace('-', '')} {kind} {number} {hash}"


def dump() -> Iterator[str]:
    """A first line that says of when it is, the heads, the lines of every chain in order, and a last line."""
    with _one_moment():
        yield canonical({"dump": 1, "made_at": rules.plain(clock.now())}) + "\n"
        for head in heads():
            yield canonical({"head": head}) + "\n"
        count = 0
        for model in logs():
            for text in _lines(model):
                yield text
                count += 1
        yield canonical({"end": count}) + "\n"


def _lines(model: type[Line]) -> Iterator[str]:
    """Each line as it was hashed, so that who verifies need not know what is in it."""
    ids = {field.name for field in model._meta.concrete_fields if isinstance(field, UUIDField)}
    # ids as text: making a UUID of each takes longer than everything else together
    columns = [Cast(name, TextField()) if name in ids else name for name in model.hashed]
    rows: Any = model._default_manager.order_by("about", "number").values_list("previous", "hash", *columns)
    try:
        for previous, hash, *values in rows.iterator(AT_ONCE):
            named = zip(model.hashed, values, strict=True)
            content = rules.canonical({name: _dashed(value) if name in ids else value for name, value in named})
            before, own = json.dumps(previous), json.dumps(hash)
            yield f'{{"log":"{model.log}","previous":{before},"hash":{own},"line":{content}}}\n'
    except ValueError as fault:
        raise Impossible(f"A line of the log {model.log} cannot be read any more: it was changed.") from fault


def _dashed(id: str) -> str:
    """An id in its usual form: SQLite keeps it without dashes."""
    return f"{id[:8]}-{id[8:12]}-{id[12:16]}-{id[16:20]}-{id[20:]}" if len(id) == 32 else id


@contextmanager
def _one_moment() -> Iterator[None]:
    """The database as it is at one moment, for as long as reading takes. Whoever writes meanwhile is not held up."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with _repeatable(), transaction.atomic():
            yield
    else:
        with connection.cursor() as cursor:
            cursor.execute("BEGIN")  # not IMMEDIATE, which would keep others from writing
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")


@contextmanager
def _repeatable() -> Iterator[None]:
    connection.ensure_connection()
    usual = connection.connection.isolation_level
    connection.connection.isolation_level = IsolationLevel.REPEATABLE_READ
    try:
        yield
    finally:
        connection.connection.isolation_level = usual
