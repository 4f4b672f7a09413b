"""Tests and scans that others do, in words for both desks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from ipta.dossiers.models import Dossier
from ipta.scans.models import Assessment
from ipta.sharing.door import Reader


@dataclass(frozen=True, slots=True)
class Shown:
    """One of them, and where it stands."""

    pk: UUID
    what: str
    why: str
    by_whom: str
    by: str  # who proposed it
    at: datetime
    answer: str
    how: Any
    is_typed: bool  # by himself
    own_words: str
    planned_on: date | None
    done_on: date | None
    outcome: str
    paper: UUID | None
    is_gone: bool

    @property
    def waits(self) -> bool:
        """For what he thinks of it."""
        return not self.answer and not self.is_gone

    @property
    def is_open(self) -> bool:
        return self.done_on is None and not self.is_gone

    @property
    def may_go_on(self) -> bool:
        return self.is_open and self.answer == Assessment.Answer.YES


def in_words(reader: Reader, dossier: Dossier) -> list[Shown]:
    """All of them, the newest first."""
    rows = Assessment.objects.filter(dossier=dossier).select_related("proposed_by", "paper").defer("paper__content")
    return list(_shown(reader, dossier, rows))


def _shown(reader: Reader, dossier: Dossier, rows: Iterable[Assessment]) -> Iterable[Shown]:
    for row in rows:
        row.dossier = dossier
        yield Shown(
            pk=row.pk,
            what=reader.text(row.what),
            why=reader.text(row.why),
            by_whom=reader.text(row.by_whom),
            by=row.proposed_by.first_name,
            at=row.proposed_at,
            answer=row.answer,
            how=row.get_answered_how_display(),
            is_typed=row.answered_how == Assessment.How.TYPED,
            own_words=reader.text(row.own_words),
            planned_on=row.planned_on,
            done_on=row.done_on,
            outcome=reader.text(row.outcome),
            paper=row.paper_id if row.paper and row.paper.is_there else None,
            is_gone=reader.is_gone(row.what),
        )
