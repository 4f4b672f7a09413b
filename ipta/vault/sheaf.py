"""Many sealed texts at once, without a row of the model for each: making those takes longer than opening them.

A sheaf is as shut as a row: only the door of `sharing` opens it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connections
from django.db.models import BinaryField, CharField, F, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce


@dataclass(frozen=True, slots=True)
class Source:
    """Rows with the same sealed fields, and the column that tells how new a row is."""

    rows: QuerySet[Any]
    fields: Sequence[str]
    when: str
    dossier: str = "dossier_id"


class Straw(NamedTuple):
    """One row: its id in 32 signs, how new it is as the database says it, and what is sealed in each of its fields."""

    row: str
    when: Any
    blobs: Sequence[bytes]


@dataclass(frozen=True, slots=True)
class Sheaf:
    """The rows of one source in one section of one dossier."""

    source: Source
    dossier_id: UUID
    section: str
    straws: list[Straw] = field(default_factory=list)


def gathered(sources: Sequence[Source]) -> list[Sheaf]:
    """All that is sealed in these rows, in one query. How new they are can be compared between sources."""
    found: dict[tuple[Any, ...], Sheaf] = {}
    for number, row, dossier, section, when, *blobs in _rows(sources):
        if any(blobs):
            at, source = (number, dossier, section), sources[number]
            sheaf = found.get(at) or found.setdefault(at, Sheaf(source, UUID(str(dossier)), section))
            sheaf.straws.append(Straw(str(row).replace("-", ""), when, blobs[: len(source.fields)]))
    return list(found.values())


def _rows(sources: Sequence[Source]) -> list[tuple[Any, ...]]:
    """As the database gives them: turning every id and time into ours takes longer than all the rest."""
    width = max(len(source.fields) for source in sources)
    first, *others = [_columns(number, source, width) for number, source in enumerate(sources)]
    connection = connections[first.db]
    sql, params = first.union(*others, all=True).query.get_compiler(connection=connection).as_sql()
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _columns(number: int, source: Source, width: int) -> QuerySet[Any, Any]:
    """The columns of one source, as wide as the widest. Days stand between times as their first moment."""
    section = source.rows.model.section
    where = Value(section, CharField()) if isinstance(section, str) else F("section")
    when = Coalesce(source.when, source.when)  # or the driver of SQLite makes times of them, one by one
    nothing = [Value(b"", BinaryField())] * (width - len(source.fields))
    sealed: list[Combinable] = [*map(F, source.fields), *nothing]
    return source.rows.order_by().values_list(Value(number), F("pk"), F(source.dossier), where, when, *sealed)
