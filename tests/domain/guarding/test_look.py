"""Guarding what was agreed: each condition comes true once, never before it is so, however often anybody looks."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ipta.accounts.models import Person
from ipta.base import acting, clock
from ipta.dossiers import commands as dossiers
from ipta.dossiers.models import Dossier, Step
from ipta.guarding.due import Done, look
from ipta.journal.models import Entry
from ipta.placements import commands as placements
from ipta.placements.models import Placement
from ipta.sharing.models import Look
from ipta.wraparound import commands as preparing
from ipta.wraparound.agreed import commands
from ipta.wraparound.agreed.rules import Facts, is_true
from ipta.wraparound.models import Condition, Meeting
from tests.asking import verbs
from tests.cast import fresh

NOW = clock.now()


@pytest.fixture
def held(dossier: Dossier, noor: Person) -> Meeting:
    return preparing.end_meeting(preparing.prepare_meeting(dossier, by=noor), by=noor)


def after(days: float) -> datetime:
    return NOW + timedelta(days=days)


def look_after(days: float) -> Done:
    with clock.at(after(days)), acting.as_work():
        return look()


def is_so(condition: Condition) -> bool:
    return fresh(condition).came_true_at is not None


# --- each kind ------------------------------------------------------------------------------------------


def test_a_promise_that_stays_late(held: Meeting, dossier: Dossier, noor: Person) -> None:
    late = commands.set_condition(held, kind="late", days=5, by=noor)
    Step.objects.filter(dossier=dossier).update(done_on=clock.today())
    step = dossiers.promise(dossier, text="Bellen", owner="youth", due_on=after(3).date(), by=noor)
    assert not look_after(7).true
    assert look_after(8).true == [late.pk]
    assert fresh(step).done_on is None


def test_what_is_done_is_not_late(held: Meeting, dossier: Dossier, noor: Person) -> None:
    late = commands.set_condition(held, kind="late", days=5, by=noor)
    Step.objects.filter(dossier=dossier).update(done_on=clock.today())
    step = dossiers.promise(dossier, text="Bellen", owner="youth", due_on=after(3).date(), by=noor)
    dossiers.finish(step, by=noor)
    look_after(90)
    assert not is_so(late)


def test_what_was_late_at_the_table_was_known_there(held: Meeting, dossier: Dossier, noor: Person) -> None:
    Step.objects.filter(dossier=dossier).update(done_on=clock.today())
    Step.objects.filter(pk=dossier.step_set.values("pk")[:1]).update(done_on=None, due_on=after(-30).date())
    late = commands.set_condition(held, kind="late", days=5, by=noor)
    assert not look_after(4).true
    assert look_after(5).true == [late.pk]


def test_a_placement_that_stops(held: Meeting, placement: Placement, noor: Person) -> None:
    stopped = commands.set_condition(held, kind="stopped", by=noor)
    assert not look_after(3).true
    placements.stop(placement, reason="no_fit", by=noor)
    assert look_after(3).true == [stopped.pk]


def test_what_cannot_wait_in_that_part_of_life(held: Meeting, dossier: Dossier, noor: Person) -> None:
    """A level 1 that the coach signs off leaves a direct action. No score is opened, and no line says so."""
    acute = commands.set_condition(held, kind="acute", domain="housing", by=noor)
    before = Look.objects.count()
    dossiers.promise(dossier, text="Nu", owner="coach", domain="money", kind=Step.Kind.DIRECT, by=noor)
    assert not look_after(1).true
    dossiers.promise(dossier, text="Nu", owner="coach", domain="housing", kind=Step.Kind.DIRECT, by=noor)
    assert look_after(1).true == [acute.pk]
    assert Look.objects.count() == before


def test_no_contact(held: Meeting, dossier: Dossier, noor: Person) -> None:
    silent = commands.set_condition(held, kind="silent", days=10, by=noor)
    with clock.at(after(6)):
        dossiers.note(dossier, text="Gebeld", channel="called", by=noor, at=after(6))
    assert not look_after(15).true
    assert look_after(16).true == [silent.pk]


def test_a_day(held: Meeting, noor: Person) -> None:
    day = commands.set_condition(held, kind="day", on=after(9).date(), by=noor)
    assert not look_after(8).true
    assert look_after(9).true == [day.pk]


def test_words_never_come_true_by_themselves(held: Meeting, noor: Person) -> None:
    words = commands.set_condition(held, kind="words", text="Ruzie", by=noor)
    look_after(900)
    assert not is_so(words)


# --- what is looked at ----------------------------------------------------------------------------------


def test_nothing_is_looked_at_before_the_talk_was_held(dossier: Dossier, noor: Person) -> None:
    coming = preparing.prepare_meeting(dossier, by=noor)
    commands.set_condition(coming, kind="day", on=after(2).date(), by=noor)
    assert not look_after(9).true


def test_not_while_another_is_being_prepared_and_not_of_the_one_before(
    held: Meeting, dossier: Dossier, noor: Person
) -> None:
    day = commands.set_condition(held, kind="day", on=after(2).date(), by=noor)
    again = preparing.prepare_meeting(dossier, reason="Weer", by=noor)
    assert not look_after(9).true
    preparing.call_off_meeting(again, by=noor)
    assert look_after(9).true == [day.pk]


def test_another_talk_that_was_held_has_conditions_of_its_own(held: Meeting, dossier: Dossier, noor: Person) -> None:
    commands.set_condition(held, kind="day", on=after(2).date(), by=noor)
    with clock.at(after(1)):
        preparing.end_meeting(preparing.prepare_meeting(dossier, reason="Weer", by=noor), by=noor)
    assert not look_after(9).true


def test_nobody_is_asked_anything_after_the_end(held: Meeting, dossier: Dossier, noor: Person) -> None:
    commands.set_condition(held, kind="day", on=after(2).date(), by=noor)
    Dossier.objects.filter(pk=dossier.pk).update(ended_on=clock.today())
    assert not look_after(9).true


def test_what_goes_wrong_with_one_stops_none_of_the_others(
    held: Meeting, noor: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = commands.set_condition(held, kind="silent", days=1, by=noor)
    right = commands.set_condition(held, kind="day", on=after(2).date(), by=noor)

    def fail(*_args: object, **_kwargs: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("ipta.dossiers.models.NoteQuerySet.standing", fail)
    done = look_after(9)
    assert (done.true, done.faults) == ([right.pk], [wrong.pk])


# --- once, and never before it is so --------------------------------------------------------------------

DAYS = st.integers(min_value=0, max_value=40)
DAY_ZERO = date(2027, 3, 1)
KINDS = ["late", "stopped", "acute", "silent", "day"]


@given(kind=st.sampled_from(KINDS), days=st.integers(1, 20), on=DAYS, event=DAYS, seen=st.lists(DAYS, min_size=1))
def test_a_rule_is_true_from_its_day_on_and_not_before(
    kind: str, days: int, on: int, event: int, seen: list[int]
) -> None:
    """`event`: the day on which a step was due, a placement stopped, he was spoken, or something could not wait."""
    from_day = {
        "late": event + days, "stopped": event, "acute": event, "silent": event + days, "day": on,
    }[kind]  # fmt: skip
    for day in seen:
        today, happened = DAY_ZERO + timedelta(days=day), DAY_ZERO + timedelta(days=event)
        facts = Facts(
            open_steps=[happened],
            stopped=[happened],
            acute=["work"] if day >= event else [],
            spoken_on=happened if day >= event else None,
        )
        found = is_true(
            kind, facts, since=DAY_ZERO, today=today, days=days, on=DAY_ZERO + timedelta(days=on), domain="work"
        )
        if kind == "silent" and day < event:
            assert found == (day >= days)  # he was not spoken since the talk
        else:
            assert found == (day >= from_day)


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    on=st.integers(1, 30),
    silent=st.integers(1, 20),
    spoken=st.none() | st.integers(0, 30),
    looked=st.lists(st.integers(0, 40), min_size=1, max_size=8),
)
def test_however_often_and_in_whatever_order_it_is_looked_each_comes_true_once(
    held: Meeting, noor: Person, on: int, silent: int, spoken: int | None, looked: list[int]
) -> None:
    with undone():
        day = commands.set_condition(held, kind="day", on=after(on).date(), by=noor)
        quiet = commands.set_condition(held, kind="silent", days=silent, by=noor)
        if spoken is not None:
            with clock.at(after(spoken)):
                dossiers.note(held.dossier, text="Gebeld", channel="called", by=noor, at=after(spoken))
        begin = {day.pk: on, quiet.pk: max(spoken or 0, 0) + silent}
        fired: list[object] = []
        for moment in looked:
            for pk in look_after(moment).true:
                assert moment >= begin[pk], "it came true before it was so"
                fired.append(pk)
        should = {pk for pk, since in begin.items() if max(looked) >= since}
        assert sorted(map(str, fired)) == sorted(map(str, should)), "each once, and none forgotten"
        told = Entry.objects.filter(about=held.dossier_id, verb="meeting.condition_true")
        assert told.count() == len(should) == verbs(held.dossier).count("meeting.condition_true")
