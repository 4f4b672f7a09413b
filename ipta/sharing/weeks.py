"""The reading log of a municipality by the week, for who reviews it. No name of a youth, no word of a dossier.

Asked by municipality and week, along the index of each dossier: it does not grow with the size of the country.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Min, Q, QuerySet
from django.utils import timezone

from ipta.accounts.models import Municipality, Post
from ipta.base import clock
from ipta.dossiers.models import Coachship, Dossier
from ipta.sharing.models import Doubt, Grant, Judgement, Look, Review
from ipta.sharing.review import Doubted, Read, Reading, Right, Signal, Week, what_stands_out


@dataclass(frozen=True, slots=True)
class WeekState:
    """How it stands with the review of a week."""

    week: Week
    review: Review | None
    is_over: bool
    is_late: bool


@dataclass(frozen=True, slots=True)
class Found:
    """A signal, with what was made of it."""

    signal: Signal
    judgement: Judgement | None


@dataclass(frozen=True, slots=True)
class OpenWeek:
    """A week as the privacy officer sees it."""

    municipality: Municipality
    state: WeekState
    found: list[Found]
    lines: int
    readers: int
    dossiers: int


def weeks_of(municipality: Municipality) -> list[WeekState]:
    """Every week since somebody first worked here, the newest first."""
    began = Post.objects.filter(municipality=municipality).aggregate(first=Min("since"))["first"] or clock.today()
    signed = {r.monday: r for r in Review.objects.filter(municipality=municipality).select_related("signed_by")}
    return [_state(week, signed.get(week.monday)) for week in Week.of(began).until(Week.of(clock.today()))]


def _state(week: Week, review: Review | None) -> WeekState:
    today = clock.today()
    return WeekState(week, review, is_over=week.is_over(today), is_late=review is None and week.is_late(today))


def week_of(municipality: Municipality, week: Week) -> OpenWeek:
    """What stands out in a week. Of a signed week: what was judged, as it was then."""
    reviews = Review.objects.filter(municipality=municipality, monday=week.monday)
    review = reviews.select_related("signed_by").first()
    reads = list(_reads(municipality, week))
    judged = judgements(municipality, week)
    if review:
        found = [Found(Signal.told(one.rule, one.key, one.facts), one) for one in judged.values()]
    else:
        reading = _reading(municipality, week, reads)
        found = [Found(signal, judged.get(signal.key)) for signal in what_stands_out(reading)]
    return OpenWeek(
        municipality=municipality,
        state=_state(week, review),
        found=found,
        lines=len(reads),
        readers=len({read.reader for read in reads}),
        dossiers=len({read.dossier for read in reads}),
    )


def judgements(municipality: Municipality, week: Week) -> dict[str, Judgement]:
    """By the key of the signal, in the order in which they were judged."""
    rows = Judgement.objects.filter(municipality=municipality, monday=week.monday).select_related("judged_by")
    return {row.key: row for row in rows.order_by("judged_at")}


def looks_in(municipality: Municipality, week: Week) -> QuerySet[Look]:
    """The lines of the reading log about dossiers of this municipality, in this week."""
    dossiers = Dossier.objects.filter(municipality=municipality).values("pk")
    first, after = _midnight(week.monday), _midnight(week.sunday + timedelta(days=1))
    return Look.objects.filter(about__in=dossiers, at__gte=first, at__lt=after)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _reads(municipality: Municipality, week: Week) -> Iterator[Read]:
    columns = ("person_id", "about", "section", "ground", "result", "request_id", "at")
    for reader, dossier, section, ground, result, request, at in looks_in(municipality, week).values_list(*columns):
        yield Read(reader, dossier, section, ground, result == "refused", request, timezone.localtime(at))


def _reading(municipality: Municipality, week: Week, reads: list[Read]) -> Reading:
    rights = [
        *_coachships(municipality, week),
        *_grants(municipality, reads),
        *_own(municipality),
    ]
    return Reading(reads, rights, list(_doubts(municipality, week)), settings.USUAL_HOURS)


def _coachships(municipality: Municipality, week: Week) -> Iterator[Right]:
    running = Q(until=None) | Q(until__gte=week.monday)
    rows = Coachship.objects.kept().filter(running, dossier__municipality=municipality, since__lte=week.sunday)
    for coach, dossier, is_stand_in, since, until in rows.values_list(
        "coach_id", "dossier_id", "is_stand_in", "since", "until"
    ):
        yield Right(coach, dossier, "stand_in" if is_stand_in else "coach", since, until)


def _grants(municipality: Municipality, reads: list[Read]) -> Iterator[Right]:
    """Those on which was read."""
    used = {UUID(read.ground.partition(":")[2]) for read in reads if read.relation == "grant"}
    for grant in Grant.objects.filter(pk__in=used, dossier__municipality=municipality).defer("purpose"):
        until = min(grant.until, timezone.localdate(grant.revoked_at)) if grant.revoked_at else grant.until
        yield Right(grant.to_id, grant.dossier_id, f"grant:{grant.id}", grant.since, until, grant.shared_section)


def _own(municipality: Municipality) -> Iterator[Right]:
    rows = Dossier.objects.filter(municipality=municipality).exclude(youth=None)
    for dossier, youth in rows.values_list("pk", "youth_id"):
        yield Right(youth, dossier, "youth", date.min)


def _doubts(municipality: Municipality, week: Week) -> Iterator[Doubted]:
    """Those that were raised in this week: it is not signed yet, whatever day they are about."""
    first, after = _midnight(week.monday), _midnight(week.sunday + timedelta(days=1))
    rows = Doubt.objects.filter(dossier__municipality=municipality, raised_at__gte=first, raised_at__lt=after)
    for dossier, reader, day in rows.order_by("raised_at").values_list("dossier_id", "reader_id", "day"):
        yield Doubted(dossier, reader, day)
