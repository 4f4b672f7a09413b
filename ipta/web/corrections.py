"""What the youth asked to change, and what came of it, in words for both desks."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext

from ipta.base.prepared import prepared
from ipta.dossiers.corrections.models import Correction, CorrectionAnswer
from ipta.dossiers.models import Dossier
from ipta.sharing.door import Reader


@dataclass(frozen=True, slots=True)
class Shown:
    """A question to change a line, with its answer where there is one."""

    pk: UUID
    line: UUID
    kind: str
    wish: str
    asked_at: datetime
    due_on: date
    outcome: str = ""
    is_changed: bool = False
    reason: str = ""
    by: str = ""
    answered_at: datetime | None = None

    @property
    def waits(self) -> bool:
        return self.answered_at is None


def of(dossier: Dossier, lines: Collection[UUID]) -> list[Correction]:
    """Those about these lines, the oldest first."""
    return _of(dossier=dossier.pk, lines=lines) if lines else []


@prepared
def _of(dossier: UUID, lines: Collection[UUID]) -> QuerySet[Correction]:
    return with_answers().filter(dossier=dossier, line__in=lines)


def with_answers() -> QuerySet[Correction]:
    return Correction.objects.select_related("correctionanswer__answered_by").order_by("asked_at")


def all_of(dossier: Dossier, reader: Reader) -> list[Shown]:
    """All that this person may read, those that wait first, then the newest."""
    rows = [row for row in with_answers().filter(dossier=dossier) if reader.may(dossier, row.section)]
    found = in_words(reader, rows)
    found.sort(key=lambda one: one.asked_at, reverse=True)
    return sorted(found, key=lambda one: not one.waits)


def in_words(reader: Reader, rows: Iterable[Correction]) -> list[Shown]:
    return [_shown(reader, row, getattr(row, "correctionanswer", None)) for row in rows]


def _shown(reader: Reader, row: Correction, answer: CorrectionAnswer | None) -> Shown:
    asked = Shown(row.pk, row.line, row.kind, reader.text(row.wish), row.asked_at, row.due_on)
    if answer is None:
        return asked
    return Shown(
        asked.pk,
        asked.line,
        asked.kind,
        asked.wish,
        asked.asked_at,
        asked.due_on,
        outcome=str(answer.get_outcome_display()),
        is_changed=answer.outcome == CorrectionAnswer.Outcome.CHANGED,
        reason=reader.text(answer.reason),
        by=answer.answered_by.first_name or gettext("Je coach"),
        answered_at=answer.answered_at,
    )
