"""What was said in the talk, and what stood there before."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from ipta.dossiers.models import Dossier
from ipta.scans.talk.models import Saying, SayingQuerySet


@dataclass(frozen=True, slots=True)
class Words:
    """The newest words, and the earlier ones that stood in their place, newest first."""

    now: Saying
    before: tuple[Saying, ...]

    @property
    def is_taken_back(self) -> bool:
        return self.now.taken_back_at is not None


def sayings_of(dossier: Dossier) -> SayingQuerySet:
    """Everything that was ever said on a card, oldest first."""
    return Saying.objects.filter(dossier=dossier).select_related("by")


def in_place(sayings: Iterable[Saying]) -> list[Words]:
    """The same, with earlier words under those that took their place; newest first. No word is left out."""
    rows = list(sayings)
    by_id = {row.pk: row for row in rows}
    replaced = {row.replaces_id for row in rows}
    return [Words(row, _before(row, by_id)) for row in reversed(rows) if row.pk not in replaced]


def _before(saying: Saying, by_id: dict[UUID, Saying]) -> tuple[Saying, ...]:
    earlier: list[Saying] = []
    there = by_id.get(saying.replaces_id) if saying.replaces_id else None
    while there is not None:
        earlier.append(there)
        there = by_id.get(there.replaces_id) if there.replaces_id else None
    return tuple(earlier)
