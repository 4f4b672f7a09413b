"""What tests ask of the house: what was written down, what lies in the database, who is refused."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from django.apps import apps
from django.db import connections, models

from ipta.accounts.models import Person
from ipta.base.verdict import Refused
from ipta.journal.models import Entry
from ipta.scans.models import FilledSheet
from ipta.scans.queries import hear
from ipta.sharing.door import Reader
from ipta.sharing.models import Look


def verbs(about: models.Model) -> list[str]:
    """What the journal tells of this dossier or municipality, in order."""
    return list(Entry.objects.filter(about=about.pk).order_by("number").values_list("verb", flat=True))


def last_entry(about: models.Model) -> Entry:
    entry = Entry.objects.filter(about=about.pk).order_by("number").last()
    assert entry is not None
    return entry


def looks(about: models.Model) -> list[Look]:
    return list(Look.objects.filter(about=about.pk).order_by("number"))


def text(person: Person, row: models.Model, field: str) -> str:
    """What this person reads there, at a request of its own."""
    return Reader(person).text(getattr(type(row)._default_manager.get(pk=row.pk), field))


def levels(person: Person, sheet: FilledSheet) -> dict[str, int]:
    """The level of each part of life that this sheet speaks of, as this person reads it."""
    return dict(hear(Reader(person), FilledSheet.objects.get(pk=sheet.pk)).levels)


def remark(person: Person, sheet: FilledSheet) -> str:
    """What was said with it."""
    return hear(Reader(person), FilledSheet.objects.get(pk=sheet.pk)).remark


def raw(row: models.Model, field: str) -> bytes:
    """The bytes as they lie in the database."""
    value = type(row)._default_manager.filter(pk=row.pk).values_list(field, flat=True).get()
    return bytes(value)


def assert_refused(
    change: Callable[..., Any], *args: Any, by: Iterable[Person], match: str = "", **kwargs: Any
) -> None:
    """None of these people may do this, and asking leaves nothing behind."""
    before = row_counts()
    for person in by:
        with pytest.raises(Refused, match=match or None):
            change(*args, by=person, **kwargs)
            pytest.fail(f"{person} was let through")
    assert row_counts() == before


def assert_sealed(row: models.Model, *words: str) -> None:
    """None of these words lies readable in any column of the row."""
    table, pk = row._meta.db_table, row._meta.pk
    assert pk is not None
    connection = connections[row._state.db or "default"]
    with connection.cursor() as cursor:
        key = pk.get_db_prep_value(row.pk, connection)
        cursor.execute(f'SELECT * FROM "{table}" WHERE "{pk.column}" = %s', [key])
        found = cursor.fetchone()
    assert found is not None
    content = b"\n".join(bytes(v) if isinstance(v, bytes | memoryview) else str(v).encode() for v in found)
    for word in words:
        assert word.encode() not in content, f"{word} stands readable in {table}"


def row_counts(*, without: Iterable[str] = ()) -> dict[str, int]:
    """How many rows each table has; `without`: models that may change (app.Model)."""
    skip = set(without)
    return {
        model._meta.label: model._base_manager.count()
        for model in apps.get_models()
        if model._meta.label not in skip and model._meta.managed
    }
