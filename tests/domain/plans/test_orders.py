"""In whatever order texts come and yeses are said: in force is the newest text to which both said yes."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ipta.accounts.models import Person
from ipta.base.verdict import Refused
from ipta.dossiers.models import Dossier
from ipta.plans import commands as plans
from ipta.plans.models import PlanVersion
from tests.cast import fresh

WHO = st.sampled_from(["sem", "noor"])
MOVES = st.one_of(
    st.tuples(st.just("propose"), WHO, st.just(0)),
    st.tuples(st.just("agree"), WHO, st.integers(1, 4)),
    st.tuples(st.just("witness"), WHO, st.integers(1, 4)),
)


@dataclass
class Model:
    """What a child would say of it: a list of texts, each with who said yes."""

    yes: list[set[str]] = field(default_factory=lambda: [set()])

    def propose(self) -> None:
        self.yes.append(set())

    def says_yes(self, who: str, number: int) -> bool:
        """Only to the newest text. True when it counts."""
        if number != len(self.yes):
            return False
        self.yes[number - 1].add(who)
        return True

    @property
    def in_force(self) -> int | None:
        return next((n for n in range(len(self.yes), 0, -1) if self.yes[n - 1] == {"sem", "noor"}), None)


@pytest.fixture
def people(dossier: Dossier, sem: Person, noor: Person) -> Iterator[dict[str, Person]]:
    yield {"sem": sem, "noor": noor}


@given(moves=st.lists(MOVES, min_size=3, max_size=9))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_in_force_is_the_newest_text_both_said_yes_to(
    moves: list[tuple[str, str, int]], dossier: Dossier, people: dict[str, Person]
) -> None:
    model = Model()
    with transaction.atomic():
        for move, who, number in moves:
            _play(move, who, number, model, dossier, people)
            newest = PlanVersion.objects.filter(dossier=dossier).in_force().first()
            assert (newest.number if newest else None) == model.in_force
        transaction.set_rollback(True)


def _play(move: str, who: str, number: int, model: Model, dossier: Dossier, people: dict[str, Person]) -> None:
    if move == "propose":
        plans.propose(dossier, based_on=len(model.yes), goals=[], elements={}, by=people[who])
        model.propose()
        return
    version = PlanVersion.objects.filter(dossier=dossier, number=number).first()
    if version is None:
        return
    say, owner = (plans.witness, "sem") if move == "witness" else (plans.agree, who)
    if (move == "agree" or who == "noor") and model.says_yes(owner, number):
        say(fresh(version), by=people[who])
    else:
        with pytest.raises(Refused):
            say(fresh(version), by=people[who])
