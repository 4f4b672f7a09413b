"""Rows for the tables of the application, whose columns are asked of its own models."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import NOT_PROVIDED, Field, Model

Row = tuple[Any, ...]
Rows = dict["Table", list[Row]]


class Table:
    """A table and the columns of which a row is given; the other ones get what the model itself would put there."""

    def __init__(self, model: type[Model], *given: str) -> None:
        fields = {field.attname: field for field in model._meta.concrete_fields}
        others = [name for name, field in fields.items() if name not in given and not _counts_itself(field)]
        self.name = model._meta.db_table
        self.is_of_keys = model._meta.app_label == "vault"
        self.columns = tuple(str(fields[name].column) for name in (*given, *others))
        self._rest = tuple(_usual(fields[name]) for name in others)

    def row(self, *values: Any) -> Row:
        return (*values, *self._rest)


def _counts_itself(field: Field[Any, Any]) -> bool:
    """Whether the database gives the number of the row."""
    return bool(getattr(field, "db_returning", False)) and field.primary_key


def _usual(field: Field[Any, Any]) -> Any:
    """A value that is the same for every row; whatever differs must be given."""
    if field.default is not NOT_PROVIDED and not callable(field.default):
        return field.default
    if field.default in {dict, list}:
        return field.default()
    if field.null:
        return None
    if field.empty_strings_allowed:
        return ""
    raise TypeError(f"{field}: say in bench/dossier.py what stands here")


def merge(into: Rows, rows: Rows) -> None:
    for table, more in rows.items():
        into.setdefault(table, []).extend(more)


def count(rows: Rows) -> int:
    return sum(map(len, rows.values()))


def columns_of(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)
