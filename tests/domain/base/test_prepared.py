"""A prepared question answers as one that is written anew each time, whatever is filled in."""

from collections.abc import Collection
from datetime import UTC, date, datetime, timedelta
from threading import Thread
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.db.models import Q, QuerySet
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from ipta.accounts.models import Municipality, Person
from ipta.base import clock
from ipta.base.prepared import MOST, prepared
from ipta.dossiers.models import Coachship, Dossier, Note, PhaseSpan
from ipta.sharing import policies
from ipta.sharing.models import Emergency, Grant

DAY = date(2026, 3, 3)


@prepared
def spans(dossiers: Collection[UUID], phase: str, since: date) -> QuerySet[PhaseSpan]:
    return PhaseSpan.objects.filter(dossier__in=dossiers, phase=phase, since__lte=since).order_by("since", "pk")


@prepared
def begun(dossier: UUID) -> QuerySet[PhaseSpan]:
    return PhaseSpan.objects.filter(dossier=dossier, since__lte=clock.today()).select_related("dossier")


def put(dossier: Dossier, *days: date, phase: str = "invest") -> None:
    PhaseSpan.objects.all().delete()
    for day in days:
        PhaseSpan.objects.create(dossier=dossier, phase=phase, since=day, until=day)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    others=some.lists(some.uuids(), max_size=4),
    is_there=some.booleans(),
    phase=some.sampled_from(["invest", "filled in 1", "", "' OR 1=1 --", "%s"]),
    day=some.dates(DAY - timedelta(days=3), DAY + timedelta(days=3)),
)
def test_it_answers_as_the_question_itself(
    dossier: Dossier, others: list[UUID], is_there: bool, phase: str, day: date
) -> None:
    put(dossier, DAY - timedelta(days=1), DAY, DAY + timedelta(days=1))
    values: dict[str, Any] = {"dossiers": [*others, *[dossier.pk] * is_there], "phase": phase, "since": day}
    assert spans(**values) == list(spans.write(**values))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(towns=some.integers(0, 2), strangers=some.lists(some.uuids(), max_size=2), at=some.integers(-400, 400))
def test_on_what_ground_somebody_reads_is_asked_as_it_is_written(
    dossier: Dossier, noor: Person, towns: int, strangers: list[UUID], at: int
) -> None:
    values: dict[str, Any] = {
        "person": noor.pk,
        "municipalities": [*[dossier.municipality_id] * towns, *strangers],
        "dossiers": [dossier.pk, *strangers],
    }
    with clock.at(datetime.now(UTC) + timedelta(days=at)):
        assert sorted(policies._held(**values)) == sorted(policies._held.write(**values))


def test_it_is_written_once(dossier: Dossier) -> None:
    put(dossier, DAY)
    written = []

    @prepared
    def of(dossier: UUID) -> QuerySet[PhaseSpan]:
        written.append(dossier)
        return PhaseSpan.objects.filter(dossier=dossier)

    with CaptureQueriesContext(connection) as asked:
        assert [len(of(dossier=dossier.pk)), len(of(dossier=uuid4())), len(of(dossier=dossier.pk))] == [1, 0, 1]
    assert len(asked) == 3
    assert len(written) == 1


def test_the_clock_goes_on(dossier: Dossier) -> None:
    put(dossier, DAY)
    noon = datetime(2026, 3, 2, 12, tzinfo=UTC)
    with clock.at(noon):
        assert begun(dossier=dossier.pk) == []
    with clock.at(noon + timedelta(days=1)):
        assert len(begun(dossier=dossier.pk)) == 1


def test_a_moment_that_would_stand_still_is_refused() -> None:
    @prepared
    def lately(person: UUID) -> QuerySet[Emergency]:
        return Emergency.objects.lately().filter(taken_by=person)

    with pytest.raises(ValueError, match="the same for ever"):
        lately(person=uuid4())


def test_somebody_who_would_be_asked_for_ever_is_refused() -> None:
    noor = uuid4()

    @prepared
    def of_noor(dossier: UUID) -> QuerySet[Coachship]:
        return Coachship.objects.filter(dossier=dossier, coach=noor)

    with pytest.raises(ValueError, match="the same for ever"):
        of_noor(dossier=uuid4())


def test_a_value_that_is_left_out_is_refused() -> None:
    @prepared
    def everybodys(person: UUID) -> QuerySet[Grant]:
        return Grant.objects.now()

    with pytest.raises(ValueError, match="stands nowhere"):
        everybodys(person=uuid4())


def test_what_is_no_value_is_part_of_the_form(dossier: Dossier) -> None:
    @prepared
    def of(dossier: UUID, is_open: bool | None) -> QuerySet[PhaseSpan]:
        open_ones = Q() if is_open is None else Q(until__isnull=is_open)
        return PhaseSpan.objects.filter(open_ones, dossier=dossier)

    put(dossier, DAY)
    assert [len(of(dossier=dossier.pk, is_open=how)) for how in (True, False, None)] == [0, 1, 1]


def test_where_nothing_can_fit_nothing_is_asked(dossier: Dossier) -> None:
    with CaptureQueriesContext(connection) as asked:
        assert spans(dossiers=[], phase="invest", since=DAY) == []
    assert len(asked) == 0


def test_what_is_kept_does_not_grow_for_ever(dossier: Dossier) -> None:
    @prepared
    def of(dossier: UUID, number: int) -> QuerySet[PhaseSpan]:
        return PhaseSpan.objects.filter(dossier=dossier).exclude(phase=str(number))

    for number in range(MOST + 3):
        of(dossier=dossier.pk, number=number)
    assert len(of._kept.__dict__) <= MOST


def test_two_threads_do_not_share_what_is_filled_in() -> None:
    @prepared
    def of(dossier: UUID) -> QuerySet[Note]:
        return Note.objects.filter(dossier=dossier)

    of(dossier=uuid4())
    seen: list[int] = []
    other = Thread(target=lambda: seen.append(len(of._kept.__dict__)))
    other.start()
    other.join()
    assert seen == [0]


def test_rows_come_with_what_they_hang_under(dossier: Dossier) -> None:
    put(dossier, DAY)
    (span,) = begun(dossier=dossier.pk)
    with CaptureQueriesContext(connection) as asked:
        assert span.dossier == dossier
    assert len(asked) == 0
    assert Municipality.objects.filter(pk=span.dossier.municipality_id).exists()
