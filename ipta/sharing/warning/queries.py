"""Which warnings there are about a youth, who is asked to think along, and how many there were: numbers alone."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from ipta.accounts.models import Link, Municipality, Person, Post, Role
from ipta.base import acting, clock
from ipta.dossiers.models import Dossier
from ipta.sharing.models import Consultation, ConsultationQuerySet, Warning, WarningQuerySet
from ipta.sharing.rules import number_of, spaced
from ipta.sharing.warning.rules import CONFIRM_WITHIN, SECONDS, TOLD_FOR

WITH_PEOPLE = ("made_by", "given_by", "consultation__second")


def warnings_about(dossier: Dossier) -> WarningQuerySet:
    """Of a dossier that was looked up already, for who walks along."""
    rows = Warning.objects.filter(dossier=dossier).select_related(*WITH_PEOPLE)
    return rows.prefetch_related("items").defer("letter")


def told_about(dossier: Dossier) -> WarningQuerySet:
    """Those the youth reads of."""
    return warnings_about(dossier).told()


def lately_told(dossier: Dossier) -> WarningQuerySet:
    """Those he finds on his first page."""
    return Warning.objects.filter(dossier=dossier).told().filter(tells_at__gt=clock.now() - TOLD_FOR)


def warning_of(link: Link) -> Warning | None:
    """Where this link leads to."""
    return Warning.objects.filter(pk=link.about).select_related("consultation").first()


def who_could_think_along(dossier: Dossier) -> list[tuple[Person, list[str]]]:
    """Colleagues in another role in his municipality, each with the names of those roles."""
    posts = Post.objects.now().filter(municipality=dossier.municipality_id, person__is_active=True)
    coaches = posts.filter(role=Role.COACH).values("person")
    found: dict[Person, list[str]] = {}
    for post in posts.filter(role__in=SECONDS).exclude(person__in=coaches).select_related("person").order_by("pk"):
        found.setdefault(post.person, []).append(str(Role(post.role).label))
    return sorted(found.items(), key=lambda one: str(one[0]))


def doubted_as(warning: Warning) -> tuple[date, UUID]:
    """How a doubt about it is kept: as of what who told it did on that day."""
    return timezone.localdate(warning.given_at or warning.made_at), warning.given_by_id or warning.made_by_id


def asked_of(person: Person) -> ConsultationQuerySet:
    """What this person is asked, the newest first."""
    rows = Consultation.objects.asked_of(person)
    return rows.filter(Q(answer="") | Q(answered_at__gt=clock.now() - TOLD_FOR)).select_related(
        "asked_by", "municipality"
    )


# --- numbers, for who reads no dossier ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Month:
    """How often it happened in a month: no name, no youth, no word."""

    first: date
    begun: int
    given: int
    refused: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """A youth who is told later: by whose doing and until when, without what it is about."""

    number: str
    by: str
    since: datetime
    until: datetime
    is_longer: bool


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """Told because danger was acute, and the second person has not said yet whether that was right."""

    number: str
    by: str
    second: str
    given_at: datetime
    is_late: bool


def months_of(municipality: Municipality) -> list[Month]:
    """The months in which it happened, the newest first. The house counts: nobody who reads this sees a warning."""
    rows = Warning.objects.filter(dossier__municipality=municipality).order_by()
    with acting.as_work():
        found = list(rows.values_list("made_at", "given_at", "consultation__answer"))
    begun = Counter(_month(made_at) for made_at, _, _ in found)
    given = Counter(_month(made_at) for made_at, given_at, _ in found if given_at)
    refused = Counter(_month(made_at) for made_at, _, answer in found if answer == Consultation.Answer.NO)
    return [Month(first, begun[first], given[first], refused[first]) for first in sorted(begun, reverse=True)]


def _month(moment: datetime) -> date:
    return timezone.localdate(moment).replace(day=1)


def postponed_in(municipality: Municipality) -> list[Waiting]:
    """Of which a youth still has to read, on a day that somebody set."""
    rows = Warning.objects.filter(dossier__municipality=municipality, times_postponed__gt=0, tells_at__gt=clock.now())
    with acting.as_work():
        found = list(rows.select_related("made_by").defer("letter").order_by("tells_at"))
    return [
        Waiting(_number(one.dossier_id), str(one.made_by), one.made_at, one.tells_at, one.times_postponed > 1)
        for one in found
    ]


def unconfirmed_in(municipality: Municipality) -> list[Unconfirmed]:
    with acting.as_work():
        found = list(_unconfirmed().filter(dossier__municipality=municipality))
    late = clock.now() - CONFIRM_WITHIN
    return [
        Unconfirmed(
            _number(one.dossier_id),
            str(one.given_by),
            str(one.asked_of.second),
            one.given_at,  # type: ignore[arg-type]  # it was given
            one.given_at <= late,  # type: ignore[operator]
        )
        for one in found
    ]


def _unconfirmed() -> WarningQuerySet:
    rows = Warning.objects.filter(given_at__isnull=False, consultation__answer="")
    return rows.select_related("given_by", "consultation__second").defer("letter").order_by("given_at")


def _number(dossier: UUID) -> str:
    return spaced(number_of(dossier))


# --- what is due --------------------------------------------------------------------------------------------------


def to_alarm() -> Iterable[Warning]:
    """For the house: told an hour ago or longer, without an answer, and nobody was alarmed."""
    return _unconfirmed().filter(given_at__lte=clock.now() - CONFIRM_WITHIN, alarmed_at=None)


def to_clear() -> Iterable[Warning]:
    """For the house: of which the time is over, and whose letter is still there."""
    return Warning.objects.filter(until__lte=clock.now()).exclude(letter=b"").select_related("dossier")
