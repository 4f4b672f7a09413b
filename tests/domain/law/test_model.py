"""Terms, holds and the house in any order: nothing goes before its day, untold or held; in the end all of it goes."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ipta.accounts.models import Person
from ipta.base import acting, clock
from ipta.base.verdict import Impossible
from ipta.dossiers import commands as dossiers
from ipta.dossiers.models import Dossier
from ipta.law import commands, due
from ipta.law.models import Hold, Proof
from ipta.law.rules import KINDS
from tests.cast import fresh

KIND = st.sampled_from(sorted(KINDS))
MOVES = st.one_of(
    st.tuples(st.just("wait"), st.sampled_from((1, 10, 29, 30, 31, 200, 366, 800))),
    st.tuples(st.just("wait"), st.sampled_from((1, 30, 366))),
    st.tuples(st.just("term"), KIND, st.sampled_from((1, 2, 5, 7, 10))),
    st.tuples(st.just("hold"), st.integers(1, 300)),
    st.tuples(st.just("end_hold")),
    st.tuples(st.just("wish"), KIND),
    st.tuples(st.just("end")),
    st.tuples(st.just("reopen")),
)
USUAL = {"contacts": 2, "people": 2, "scans": 2, "special": 2, "plan": 5}


@dataclass
class Model:
    """What the house should do, told once more in days and years."""

    today: date
    years: dict[str, int] = field(default_factory=lambda: dict(USUAL))
    ended: date | None = None
    held_until: date | None = None
    told: dict[str, date] = field(default_factory=dict)
    wished: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)

    @property
    def is_held(self) -> bool:
        return self.held_until is not None and self.held_until >= self.today

    def over(self, kind: str) -> date | None:
        years = max(self.years.values()) if kind == "rest" else self.years[kind]
        if self.ended is None:
            return None
        try:
            return self.ended.replace(year=self.ended.year + years)
        except ValueError:
            return self.ended.replace(year=self.ended.year + years, day=28)

    def tick(self) -> None:
        if "rest" in self.gone:
            return
        if not self.is_held:
            self.gone |= self.wished
            self.wished = set()
        for kind in (*USUAL, "rest"):
            over = self.over(kind)
            if over is None or self.is_held or self.today < over - timedelta(days=30):
                self.told.pop(kind, None)
            elif kind not in self.gone:
                told = self.told.setdefault(kind, self.today)
                if self.today >= over and self.today >= told + timedelta(days=30):
                    self.gone.add(kind)


class Reality:
    def __init__(self, dossier: Dossier, people: dict[str, Person]) -> None:
        self.pk, self.people, self.now = dossier.pk, people, timezone.now()

    @property
    def dossier(self) -> Dossier:
        return Dossier.objects.select_related("municipality").get(pk=self.pk)

    def wait(self, days: int) -> None:
        self.now += timedelta(days=days)

    def term(self, kind: str, years: int) -> None:
        commands.choose_term(self.dossier.municipality, kind, years=years, why="Zo.", by=self.people["fem"])

    def hold(self, days: int) -> None:
        until = clock.today() + timedelta(days=days)
        hold = commands.ask_hold(self.dossier, why="court", until=until, by=self.people["pepijn"])
        commands.agree_hold(hold, by=self.people["fem"])

    def end_hold(self) -> None:
        for hold in Hold.objects.running():
            commands.end_hold(hold, by=self.people["fem"])

    def wish(self, kind: str) -> None:
        dossier = self.dossier
        assert dossier.youth
        wish = commands.wish(dossier, kind, by=dossier.youth)
        commands.ask_erasure(wish, by=self.people["fem"])
        commands.agree_erasure(wish, by=self.people["pepijn"])

    def end(self) -> None:
        dossiers.end(self.dossier, reason="moved", by=self.people["noor"])

    def reopen(self) -> None:
        dossiers.reopen(self.dossier, by=self.people["noor"])

    def tick(self) -> due.Done:
        with acting.as_work():
            done = due.keep_the_terms()
        assert done.faults == []
        return done


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic(), transaction.atomic(using="keys"):
        yield
        transaction.set_rollback(True)
        transaction.set_rollback(True, using="keys")


def happens(move: tuple[Any, ...], model: Model) -> None:
    """The same in the model, of a move that reality took."""
    match move:
        case ("term", kind, years):
            model.years[kind] = years
        case ("hold", days):
            model.held_until = model.today + timedelta(days=days)
        case ("end_hold",):
            model.held_until = None
        case ("wish", kind):
            model.wished.add(kind)
        case ("end",):
            model.ended = model.today
        case ("reopen",):
            model.ended = None


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=st.lists(MOVES, min_size=3, max_size=14))
def test_what_goes_is_what_the_rules_say_in_any_order(
    moves: list[tuple[Any, ...]], dossier: Dossier, noor: Person, fem: Person, pepijn: Person
) -> None:
    with undone():
        reality = Reality(fresh(dossier), {"noor": noor, "fem": fem, "pepijn": pepijn})
        model = Model(clock.today())
        for move in [("end",), *moves, ("end",), ("wait", 366), ("tick",), *[("wait", 4000), ("wait", 30)]]:
            step(move, reality, model)
        assert model.gone >= {"rest"}
        assert not Dossier.objects.filter(pk=dossier.pk).exists()


def step(move: tuple[Any, ...], reality: Reality, model: Model) -> None:
    verb, *about = move
    if verb == "wait":
        reality.wait(*about)
        model.today = timezone.localdate(reality.now)
    with at(reality.now):
        if verb not in ("wait", "tick") and "rest" not in model.gone:
            try:
                getattr(reality, verb)(*about)
            except Impossible:
                pass
            else:
                happens(move, model)
        before = set(Proof.objects.values_list("kind", flat=True))
        reality.tick()
        model.tick()
        now = set(Proof.objects.values_list("kind", flat=True))
        assert now == model.gone, move
        assert not (model.is_held and now - before), "nothing goes during a hold"
        reality.tick()
        assert set(Proof.objects.values_list("kind", flat=True)) == now, "twice is once"


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    with clock.at(moment):
        yield


@pytest.mark.parametrize("years", [1, 20])
def test_the_model_itself_knows_the_day(years: int) -> None:
    model = Model(date(2026, 1, 1), ended=date(2024, 2, 29))
    model.years["scans"] = years
    assert model.over("scans") == date(2024 + years, 2, 28 if years == 1 else 29)
