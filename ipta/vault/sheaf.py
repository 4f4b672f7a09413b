"""Many sealed texts at once, without a row of the model for each: making those takes longer than opening them.

A sheaf is as shut as a row: only the door of `sharing` opens it.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import BinaryField, CharField, F, Model, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

from ipta.base.prepared import prepared


@dataclass(frozen=True, slots=True)
class Source:
    """A model with sealed fields, the column that tells how new a row is, and the one that tells whose it is."""

    model: type[Model]
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


class Sources:
    """Those that are gathered together. How new their rows are can be compared between them."""

    def __init__(self, *sources: Source) -> None:
        self.sources = sources
        self._rows = prepared(self._written)

    def gathered(self, dossiers: Collection[UUID]) -> list[Sheaf]:
        """All that is sealed of these dossiers, in one query."""
        found: dict[tuple[Any, ...], Sheaf] = {}
        for number, row, dossier, section, when, *blobs in self._rows(dossiers=dossiers):
            if any(blobs):
                at, source = (number, dossier, section), self.sources[number]
                sheaf = found.get(at) or found.setdefault(at, Sheaf(source, UUID(dossier), section))
                sheaf.straws.append(Straw(row.replace("-", ""), when, blobs[: len(source.fields)]))
        return list(found.values())

    def _written(self, dossiers: Collection[UUID]) -> QuerySet[Any, Any]:
        width = max(len(source.fields) for source in self.sources)
        first, *others = [_columns(number, source, width, dossiers) for number, source in enumerate(self.sources)]
        return first.union(*others, all=True)


def _columns(number: int, source: Source, width: int, dossiers: Collection[UUID]) -> QuerySet[Any, Any]:
    """The columns of one source, as wide as the widest.

    Ids, times and days are words: making ours of them takes longer than all the rest. A day comes before its hours.
    """
    section = source.model.section  # type: ignore[attr-defined]  # every model with sealed fields says it
    where = Value(section, CharField()) if isinstance(section, str) else F("section")
    words = [Cast(name, CharField()) for name in ("pk", source.dossier)]
    nothing = [Cast(Value(None), BinaryField())] * (width - len(source.fields))
    sealed: list[Combinable] = [*map(F, source.fields), *nothing]
    rows = source.model._default_manager.filter(**{f"{source.dossier}__in": dossiers}).order_by()
    return rows.values_list(Value(number), *words, where, Cast(source.when, CharField()), *sealed)
