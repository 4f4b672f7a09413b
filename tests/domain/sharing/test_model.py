"""Sharing against a plain model: whatever happens in whatever order, the door opens where a child would say it does.

A tiny world finds faults that a wide one hides: one dossier, two sections, three people who may come and go.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ipta.accounts import commands as accounts
from ipta.accounts.models import Person, Post
from ipta.base.verdict import Impossible, Refused
from ipta.dossiers import commands as dossiers
from ipta.dossiers.models import Dossier
from ipta.sharing import commands as sharing
from ipta.sharing import policies
from ipta.sharing.models import Grant
from ipta.sharing.queries import caseload_of, dossiers_visible_to
from tests.cast import days_ago, fresh

SECTIONS = ("plan", "money")  # a stand-in reads the one and not the other
READERS = ("dana", "bram", "noor")
COACHES = ("noor", "bram", "stef")

who = st.sampled_from(READERS)
coach = st.sampled_from(COACHES)
days = st.integers(0, 12)
MOVES = st.one_of(
    st.tuples(st.just("grant"), who, st.sampled_from(SECTIONS), days),
    st.tuples(st.just("revoke"), st.integers(0, 5)),
    st.tuples(st.just("wait"), st.integers(1, 8)),
    st.tuples(st.just("hand_over"), coach),
    st.tuples(st.just("stand_in"), coach, days),
    st.tuples(st.just("leave"), st.sampled_from(("dana", "bram", "stef"))),
)


@dataclass
class Given:
    to: str
    section: str
    until: int
    is_stopped: bool = False


@dataclass
class Model:
    """The world in days from today, with nothing clever in it."""

    today: int = 0
    coach: str = "noor"
    given: list[Given] = field(default_factory=list)
    stand_ins: list[tuple[str, int]] = field(default_factory=list)
    gone: set[str] = field(default_factory=set)

    def reads(self, person: str, section: str) -> bool:
        if person in self.gone:
            return False
        if person == self.coach:
            return True
        if section == "plan" and self.stands_in_until(person):
            return True
        return any(
            g.to == person and g.section == section and not g.is_stopped and self.today <= g.until for g in self.given
        )

    def is_coach(self, person: str) -> bool:
        return person not in self.gone and (person == self.coach or self.stands_in_until(person) > 0)

    def stands_in_until(self, person: str) -> int:
        """The first day without; 0 when he does not stand in today."""
        return max((until for name, until in self.stand_ins if name == person and until > self.today), default=0)


class World:
    """The same moves played on the house, a day at a time."""

    def __init__(self, dossier: Dossier, people: dict[str, Person]) -> None:
        self.dossier, self.people, self.model = dossier, people, Model()
        self.grants: list[UUID] = []

    def person(self, name: str) -> Person:
        """As the next request would find him."""
        found: Person = fresh(self.people[name])
        return found

    def day(self, ahead: int) -> Any:
        return days_ago(0) + timedelta(days=ahead)

    def grant(self, to: str, section: str, ahead: int) -> None:
        given = sharing.grant(
            self.dossier, section=section, to=self.person(to), purpose="x", until=self.day(ahead), by=self.person("sem")
        )
        self.grants.append(given.pk)
        self.model.given.append(Given(to, section, self.model.today + ahead))

    def revoke(self, number: int) -> None:
        if number < len(self.grants):
            sharing.revoke(Grant.objects.get(pk=self.grants[number]), by=self.person("sem"))
            self.model.given[number].is_stopped = True

    def hand_over(self, to: str) -> None:
        by = self.model.coach
        if to in self.model.gone or to == by:
            with pytest.raises((Impossible, Refused)):
                dossiers.hand_over(self.dossier, to=self.person(to), by=self.person(by))
        elif by not in self.model.gone:
            dossiers.hand_over(self.dossier, to=self.person(to), by=self.person(by))
            self.model.coach, self.model.stand_ins = to, []  # who stood in did so for the coach of before

    def stand_in(self, name: str, ahead: int) -> None:
        by = self.model.coach
        if by in self.model.gone:
            return
        last = self.model.today + ahead
        if name in self.model.gone or ahead == 0 or self.model.stands_in_until(name) >= last:
            with pytest.raises(Impossible):
                dossiers.stand_in(self.dossier, coach=self.person(name), until=self.day(ahead), by=self.person(by))
        else:
            dossiers.stand_in(self.dossier, coach=self.person(name), until=self.day(ahead), by=self.person(by))
            self.model.stand_ins.append((name, last))

    def leave(self, name: str) -> None:
        for post in Post.objects.now().filter(person=self.people[name]):
            accounts.leave(post, by=self.person("fem"))
        self.model.gone.add(name)

    def agrees_with_the_model(self) -> None:
        for name in {*READERS, *COACHES}:
            person, model = self.person(name), self.model
            can = {section for section in SECTIONS if policies.can_open(person, self.dossier, section)}
            assert can == {section for section in SECTIONS if model.reads(name, section)}, (name, model)
            assert dossiers_visible_to(person).exists() == bool(can), (name, model)
            assert caseload_of(person).exists() == model.is_coach(name), (name, model)


@pytest.fixture
def people(
    dossier: Dossier, sem: Person, noor: Person, bram: Person, stef: Person, dana: Person, fem: Person
) -> Iterator[dict[str, Person]]:
    yield {"sem": sem, "noor": noor, "bram": bram, "stef": stef, "dana": dana, "fem": fem}


@given(moves=st.lists(MOVES, min_size=3, max_size=7))
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_who_reads_what_after_any_row_of_events(
    moves: list[tuple[Any, ...]], dossier: Dossier, people: dict[str, Person]
) -> None:
    noon = datetime.combine(days_ago(0), time(12), tzinfo=UTC)
    with transaction.atomic(), time_machine.travel(noon, tick=False) as clock:
        world = World(dossier, people)
        for move, *what in moves:
            if move == "wait":
                clock.shift(timedelta(days=what[0]))
                world.model.today += what[0]
            else:
                getattr(world, move)(*what)
            world.agrees_with_the_model()
        transaction.set_rollback(True)
