"""Which dossiers somebody may know of, and who looked."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Q, QuerySet
from django.utils import timezone

from ipta.accounts.models import Person, Post, Role
from ipta.base import acting, clock
from ipta.base.acting import HOUSE
from ipta.base.prepared import prepared
from ipta.dossiers.models import Coachship, Dossier, NetworkPerson, Step
from ipta.sharing.models import Emergency, Grant, Look, Warning
from ipta.sharing.rules import ITEMS, SECTION_NAMES, ids_of
from ipta.sharing.warning.rules import GROUND as WARNING


def dossiers_visible_to(person: Person) -> QuerySet[Dossier]:
    """The dossiers this person has any right to, now. Every list and every look-up starts here."""
    if person.is_youth:
        return _dossiers().filter(youth=person)
    seen = Q(pk__in=Grant.objects.held_by(person).values("dossier"))
    if person.is_somewhere(Role.COACH):
        seen |= Q(pk__in=Coachship.objects.held_by(person).values("dossier"))
        seen |= Q(pk__in=Emergency.objects.held_by(person).values("dossier"))
    return _dossiers().filter(seen)


def caseload_of(person: Person) -> QuerySet[Dossier]:
    """The dossiers this person coaches now, ended ones included: the coach stays available.

    What he opened in an emergency is not his to coach, and stands on no list of his: he would open it by passing by.
    """
    if not person.is_somewhere(Role.COACH):
        return Dossier.objects.none()
    return coached(person.pk, person.municipalities_as(Role.COACH))


def coached(coach: UUID, municipalities: Collection[UUID]) -> QuerySet[Dossier]:
    """The same, of somebody who is a coach in these municipalities."""
    return _dossiers().filter(pk__in=Coachship.objects.of(coach, municipalities).values("dossier"))


def caseload(person: Person) -> list[Dossier]:
    """The same, fetched."""
    return _caseload(coach=person.pk, municipalities=person.municipalities_as(Role.COACH))


_caseload = prepared(coached)


@prepared
def of_youth(youth: UUID) -> QuerySet[Dossier]:
    """The dossier that is his own."""
    return _dossiers().filter(youth=youth)


def _dossiers() -> QuerySet[Dossier]:
    return Dossier.objects.select_related("municipality")


def has_item(dossier: Dossier, section: str, item: UUID | None, kind: Grant.Item) -> bool:
    """Whether this one thing lies in this dossier and in this section: else a grant of the one would open the other."""
    label, _section = ITEMS[kind]
    row: Any = apps.get_model(label)._default_manager.filter(dossier=dossier, pk=item).first()
    return row is not None and row.section == section


def promises_unread(somebody: NetworkPerson) -> list[Step]:
    """What he promised, is open, and was not shared with him: not the plan, not the step, not what it is part of."""
    grants = Grant.objects.now().filter(
        dossier=somebody.dossier_id, to=somebody.account_id, shared_section=Step.section
    )
    if somebody.account_id is None or grants.of_sections().exists():
        return []
    reads = grants.of_items().values("item")
    promised = somebody.steps.filter(done_on=None, dropped_on=None)
    return list(promised.exclude(pk__in=reads).exclude(parent__in=reads).exclude(parent__in=promised.values("pk")))


@dataclass(frozen=True, slots=True)
class DayOfLooking:
    """What one person read on one day, as the youth reads it (lines of a day are merged, NEN 7513)."""

    day: date
    reader: str
    reader_id: UUID
    role: str
    organisation: str
    sections: tuple[str, ...]
    is_refused: bool
    is_self: bool
    last_at: datetime
    emergency: UUID | None = None  # of which the reason can be read
    warning: UUID | None = None  # on which it was read, without his yes
    number: int = 0  # of the last line, by which it can be named
    is_doubted: bool = False  # the youth said that it is not right
    times: int = 1  # how often: one request is one time
    grants: frozenset[UUID] = frozenset()  # by which it could be read


def looks_at(dossier: Dossier, *, days: int = 92) -> list[DayOfLooking]:
    """Who looked, newest first. What was read with the emergency button, or through a link, stands apart."""
    merged: dict[tuple[date, UUID, str, str], DayOfLooking] = {}
    since = clock.now() - timedelta(days=days)
    doubted = set(dossier.doubt_set.values_list("day", "reader"))
    requests: defaultdict[tuple[date, UUID, str, str], set[UUID]] = defaultdict(set)
    for look in told_lines(dossier).filter(at__gte=since).order_by("number"):
        day = timezone.localdate(look.at)
        emergency = _which(look, "emergency")
        key = (day, look.person_id, look.result, _apart(look))
        before = merged.pop(key, None)
        name = SECTION_NAMES[look.section]
        seen = before.sections if before else ()
        requests[key].add(look.request_id)
        merged[key] = DayOfLooking(
            day=day,
            reader=look.reader_name,
            reader_id=look.person_id,
            role=look.reader_role,
            organisation=look.reader_organisation,
            sections=seen if name in seen else (*seen, name),
            is_refused=look.result == "refused",
            is_self=look.person_id == dossier.youth_id and look.reader_role == "youth",
            last_at=look.at,
            emergency=emergency,
            warning=_which(look, WARNING),
            number=look.number,
            is_doubted=(day, look.person_id) in doubted,
            times=len(requests[key]),
            grants=(before.grants if before else frozenset()) | _grant_of(look),
        )
    return list(reversed(merged.values()))


def told_lines(dossier: Dossier) -> QuerySet[Look]:
    """The lines of the reading log as the youth reads them: of a warning from the moment he is told of it.

    The line stands in the chain from the moment somebody read; it shows on the page when he may know why.
    """
    untold = Q(ground__startswith=f"{WARNING}:")
    told = [f"{WARNING}:{pk}" for pk in Warning.objects.filter(dossier=dossier).told().values_list("pk", flat=True)]
    return Look.objects.filter(~untold | Q(ground__in=told), about=dossier.id)


def look_numbered(dossier: Dossier, number: int) -> Look | None:
    """A line of the reading log of this dossier, by somebody else than the youth himself; not by the house."""
    look = told_lines(dossier).filter(number=number).first()
    return look if look and look.person_id not in {dossier.youth_id, HOUSE.id} else None


def _apart(look: Look) -> str:
    """The ground, where it stands on a line of its own: the emergency button, and who read through a link."""
    return look.ground if look.ground.startswith(("emergency:", "help:", "invite:", f"{WARNING}:")) else ""


def _grant_of(look: Look) -> frozenset[UUID]:
    which = _which(look, "grant")
    return frozenset([which] if which else [])


def _which(look: Look, wanted: str) -> UUID | None:
    """The emergency or the warning on which it was read."""
    kind, _, which = look.ground.partition(":")
    return UUID(which) if kind == wanted else None


# --- the emergency button ---------------------------------------------------------------------------------------


def dossier_numbered(number: str, municipalities: Collection[UUID]) -> Dossier | None:
    """The one dossier of these municipalities with this number; None too when there are two.

    The only look-up of dossiers that does not begin with who may see them: who asks has no right to it yet. It gives no
    more than where the dossier lies.
    """
    ids = ids_of(number)
    if ids is None:
        return None
    rows = Dossier.objects.filter(municipality__in=municipalities, id__gte=ids[0], id__lte=ids[1])
    with acting.as_work():
        found = list(rows.select_related("municipality").only("id", "municipality")[:2])
    return found[0] if len(found) == 1 else None


def told_of(emergency: Emergency) -> list[Person]:
    """Who gets a mail about it, as things are now: who walks along, who leads and who gives the roles there."""
    municipality = emergency.dossier.municipality_id
    posts = Post.objects.now().filter(municipality=municipality)
    coaches = posts.filter(role=Role.COACH, person__in=_coaches_of(emergency))
    leaders = posts.filter(role__in=[Role.PROJECT_LEADER, Role.FUNCTIONAL_MANAGER])
    wanted = Q(pk__in=coaches.values("person")) | Q(pk__in=leaders.values("person"))
    found = Person.objects.filter(wanted, is_active=True).exclude(email=None).exclude(pk=emergency.taken_by_id)
    return list(found.order_by("email"))


def _coaches_of(emergency: Emergency) -> QuerySet[Coachship, UUID]:
    return Coachship.objects.now().filter(dossier=emergency.dossier_id).values_list("coach", flat=True)
