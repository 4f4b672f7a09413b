"""Writing in the journal. The one `commands` file without `@command`: it is what every command calls."""

from collections.abc import Iterable, Sequence
from typing import Any, Protocol
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from ipta.base.command import mark_recorded
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


@transaction.atomic
def append(kind: str, lines: Sequence[Line]) -> None:
    """Put lines at the end of the chains they are about, all at once."""
    heads = _locked_heads(kind, {line.about for line in lines})
    now = timezone.now()
    for line in lines:
        head = heads[line.about]
        line.id, line.at = uuid4(), now
        line.number, line.previous = head.number + 1, head.hash
        line.hash = line.computed_hash()
        head.number, head.hash = line.number, line.hash
    type(lines[0]).objects.bulk_create(lines)  # type: ignore[attr-defined]
    Chain.objects.bulk_update(heads.values(), ["number", "hash"])


def _locked_heads(kind: str, abouts: Iterable[UUID]) -> dict[UUID, Chain]:
    wanted = set(abouts)
    rows = Chain.objects.select_for_update().filter(kind=kind, about__in=wanted).order_by("about")
    heads = {head.about: head for head in rows}
    if new := wanted - heads.keys():
        Chain.objects.bulk_create((Chain(kind=kind, about=about) for about in new), ignore_conflicts=True)
        heads = {head.about: head for head in rows.all()}
    return heads
