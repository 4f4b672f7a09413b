"""Which finding places somebody may know of, where they lie, and who leaves when nobody says yes."""

import csv
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from ipta.accounts.models import Person, Role
from ipta.base import clock
from ipta.dossiers.models import Dossier, Note
from ipta.journal.models import Entry
from ipta.scouting.models import Find, FindingPlace
from ipta.scouting.rules import WARNED, Attempt, Works, is_warned, leaves_on, what_works

AREAS = Path(__file__).parent / "data" / "postcode4.csv"


def places_visible_to(person: Person) -> QuerySet[FindingPlace]:
    """The book of the coach's own municipalities."""
    mine = person.municipalities_as(Role.COACH)
    return FindingPlace.objects.filter(municipality__in=mine).select_related("municipality")


@dataclass(frozen=True, slots=True)
class Area:
    """The middle of a postcode area, in degrees."""

    code: str
    lat: float
    lon: float


@cache
def areas() -> dict[str, tuple[Area, ...]]:
    """By the code of a municipality: its postcode areas, from the list that ships with the code (data/README.md)."""
    found: dict[str, list[Area]] = {}
    with AREAS.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            area = Area(row["code"], float(row["lat"]), float(row["lon"]))
            found.setdefault(row["municipality"], []).append(area)
    return {municipality: tuple(them) for municipality, them in found.items()}


# --- what works with somebody ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Try:
    """A line of the contact log without a word of it."""

    channel: str
    at: datetime
    is_reached: bool


def tries_of(dossiers: Collection[UUID]) -> dict[UUID, list[Try]]:
    """How each of these was tried, in one query. A note that was corrected does not count twice."""
    found: dict[UUID, list[Try]] = {dossier: [] for dossier in dossiers}
    lines = Note.objects.standing(dossiers).order_by().values_list("dossier", "channel", "happened_at", "is_reached")
    for dossier, channel, at, is_reached in lines:
        found[dossier].append(Try(channel, at, is_reached))
    return found


def works(tries: Collection[Try]) -> Works | None:
    """What they tell of reaching somebody, if they tell enough."""
    return what_works([Attempt(one.channel, timezone.localtime(one.at).hour, one.is_reached) for one in tries])


# --- who leaves without a yes -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Leaving:
    """When everything about him goes if he does not join, and whether that can be put off once."""

    on: date
    is_kept: bool


def leaving_on(dossier: Dossier) -> date:
    """The day on which everything about him goes, if he does not join before."""
    return leaving([dossier])[dossier.pk].on


def leaving(dossiers: Collection[Dossier]) -> dict[UUID, Leaving]:
    """Of each of these who has not joined: when he goes. Who came in from elsewhere is not gone untold."""
    kept = set(Find.objects.filter(dossier__in=dossiers).exclude(kept_on=None).values_list("dossier", flat=True))
    told_of = _came_in([dossier.pk for dossier in dossiers if dossier.package_id])
    found = {}
    for dossier in dossiers:
        is_kept = dossier.pk in kept
        on = leaves_on(dossier.found_on, dossier.municipality.scout_days, is_kept=is_kept)
        came_in = told_of.get(dossier.pk)
        found[dossier.pk] = Leaving(max(on, came_in + WARNED) if came_in else on, is_kept)
    return found


def _came_in(dossiers: Collection[UUID]) -> dict[UUID, date]:
    """On which day each of these came in as a package."""
    lines = Entry.objects.filter(about__in=dossiers, verb="dossier.imported").values_list("about", "at")
    return {dossier: timezone.localdate(at) for dossier, at in lines}


def leaving_soon(dossiers: Collection[Dossier]) -> dict[UUID, Leaving]:
    """Those of whom the coach must know by now that they go, the first one first."""
    scouted = [dossier for dossier in dossiers if dossier.joined_on is None]
    warned = {pk: them for pk, them in leaving(scouted).items() if is_warned(them.on, clock.today())}
    return dict(sorted(warned.items(), key=lambda item: item[1].on))


def silent() -> list[Dossier]:
    """Everybody of whom the time is over and who did not join, in the whole house."""
    scouted = list(Dossier.objects.filter(joined_on=None).select_related("municipality"))
    leaves = leaving(scouted)
    return [dossier for dossier in scouted if leaves[dossier.pk].on <= clock.today()]
