"""Which dossiers somebody may know of, and who looked."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from ipta.accounts.models import Person, Role
from ipta.base import clock
from ipta.dossiers.models import Coachship, Dossier
from ipta.sharing.models import Grant, Look
from ipta.sharing.rules import SECTION_NAMES


def dossiers_visible_to(person: Person) -> QuerySet[Dossier]:
    """The dossiers this person has any right to, now. Every list and every look-up starts here."""
    everything = Dossier.objects.select_related("municipality")
    if person.is_youth:
        return everything.filter(youth=person)
    shared = everything.filter(pk__in=Grant.objects.held_by(person).values("dossier"))
    if not person.is_somewhere(Role.COACH):
        return shared
    return shared | everything.filter(pk__in=Coachship.objects.held_by(person).values("dossier"))


def caseload_of(person: Person) -> QuerySet[Dossier]:
    """The dossiers this person coaches now, ended ones included: the coach stays available."""
    if not person.is_somewhere(Role.COACH):
        return Dossier.objects.none()
    return dossiers_visible_to(person).filter(pk__in=Coachship.objects.held_by(person).values("dossier"))


@dataclass(frozen=True, slots=True)
class DayOfLooking:
    """What one person read on one day, as the youth reads it (lines of a day are merged, NEN 7513)."""

    day: date
    reader: str
    role: str
    organisation: str
    sections: tuple[str, ...]
    is_refused: bool
    is_self: bool
    last_at: datetime


def looks_at(dossier: Dossier, *, days: int = 92) -> list[DayOfLooking]:
    """Who looked, newest first."""
    merged: dict[tuple[date, object, str], DayOfLooking] = {}
    since = clock.now() - timedelta(days=days)
    for look in Look.objects.filter(about=dossier.id, at__gte=since).order_by("number"):
        day = timezone.localdate(look.at)
        key = (day, look.person_id, look.result)
        before = merged.pop(key, None)
        name = SECTION_NAMES[look.section]
        seen = before.sections if before else ()
        merged[key] = DayOfLooking(
            day=day,
            reader=look.reader_name,
            role=look.reader_role,
            organisation=look.reader_organisation,
            sections=seen if name in seen else (*seen, name),
            is_refused=look.result == "refused",
            is_self=look.person_id == dossier.youth_id,
            last_at=look.at,
        )
    return list(reversed(merged.values()))
