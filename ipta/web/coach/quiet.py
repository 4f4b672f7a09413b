"""Who has not been spoken for a while. The machine counts days; what to do about it is the coach's."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet
from django.utils import timezone

from ipta.base.prepared import prepared
from ipta.dossiers.models import Dossier, Intensity, Note
from ipta.scouting.queries import Try

# After how many days the page of today names somebody. Lighter guidance, longer quiet.
DAYS = {Intensity.INTENSIVE: 7, Intensity.LIGHT: 30, Intensity.AFTERCARE: 90}


@dataclass(frozen=True, slots=True)
class Contact:
    """When he was last spoken, and how often it was tried since the beginning."""

    spoken_on: date | None
    last_on: date | None
    attempts: int


def contacts_with(dossiers: Collection[Dossier]) -> dict[UUID, Contact]:
    """One query. A note that was corrected does not count twice."""
    lines = _contacts(dossiers=[dossier.pk for dossier in dossiers])
    found = {line["dossier"]: Contact(_day(line["spoken"]), _day(line["last"]), line["attempts"]) for line in lines}
    return {dossier.pk: found.get(dossier.pk, Contact(None, None, 0)) for dossier in dossiers}


@prepared
def _contacts(dossiers: Collection[UUID]) -> QuerySet[Note, Any]:
    return (
        Note.objects.standing(dossiers)
        .order_by()
        .values("dossier")
        .annotate(
            spoken=Max("happened_at", filter=Q(is_reached=True)),
            last=Max("happened_at"),
            attempts=Count("pk", filter=Q(is_reached=False)),
        )
    )


def contact_in(tries: Collection[Try]) -> Contact:
    """The same of one dossier, out of what was fetched already."""
    spoken = max((one.at for one in tries if one.is_reached), default=None)
    last = max((one.at for one in tries), default=None)
    return Contact(_day(spoken), _day(last), sum(not one.is_reached for one in tries))


def quiet_since(dossier: Dossier, contact: Contact, today: date) -> date | None:
    """Since when it is quiet, if that is longer than fits this guidance."""
    begun = dossier.joined_on or dossier.found_on
    since = contact.spoken_on or begun
    limit = DAYS[Intensity(dossier.intensity)]
    return since if dossier.ended_on is None and (today - since).days >= limit else None


def _day(moment: object) -> date | None:
    return timezone.localtime(moment).date() if moment else None  # type: ignore[arg-type]
