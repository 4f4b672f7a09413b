"""What others said, with what stood there before, what the youth answered and what was looked at again."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeVar
from uuid import UUID

from ipta.dossiers.models import Dossier
from ipta.scans.told.models import OwnAnswer, SecondLook, Statement


class _Beside(Protocol):
    statement_id: UUID


Row = TypeVar("Row", bound=_Beside)


@dataclass(frozen=True, slots=True)
class Told:
    """The newest text of a statement, the earlier ones newest first, and what stands beside each, oldest first."""

    now: Statement
    before: tuple[Statement, ...]
    answers: Mapping[UUID, list[OwnAnswer]]
    looks: Mapping[UUID, list[SecondLook]]

    @property
    def texts(self) -> tuple[Statement, ...]:
        return (self.now, *self.before)

    @property
    def open_look(self) -> SecondLook | None:
        """Also one of an earlier text: a better text is no outcome."""
        return next((look for text in self.texts for look in self.looks.get(text.pk, ()) if not look.closed_at), None)


def told_of(dossier: Dossier) -> list[Told]:
    """Everything others said of him, what came in last first."""
    rows = list(Statement.objects.filter(dossier=dossier).select_related("by"))
    if not rows:
        return []
    answers = _beside(OwnAnswer.objects.filter(dossier=dossier).select_related("by"))
    looks = _beside(SecondLook.objects.filter(dossier=dossier).select_related("by"))
    by_id = {row.pk: row for row in rows}
    replaced = {row.replaces_id for row in rows}
    standing = [row for row in reversed(rows) if row.pk not in replaced]
    return [Told(row, tuple(_before(row, by_id)), answers, looks) for row in standing]


def texts_of(statement: Statement) -> list[UUID]:
    """This text and those before it."""
    rows = Statement.objects.filter(dossier=statement.dossier_id).defer("text", "source")
    by_id = {row.pk: row for row in rows}
    return [statement.pk, *(row.pk for row in _before(statement, by_id))]


def _before(statement: Statement, by_id: Mapping[UUID, Statement]) -> Iterable[Statement]:
    there = by_id.get(statement.replaces_id) if statement.replaces_id else None
    while there is not None:
        yield there
        there = by_id.get(there.replaces_id) if there.replaces_id else None


def _beside(rows: Iterable[Row]) -> dict[UUID, list[Row]]:
    found: defaultdict[UUID, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.statement_id].append(row)
    return dict(found)
