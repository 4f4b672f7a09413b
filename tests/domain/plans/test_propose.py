"""`propose`: a text of the plan, on top of the newest one."""

import json

import pytest

from ipta.accounts.models import Person
from ipta.dossiers import commands as dossiers
from ipta.dossiers.models import Coachship, Dossier
from ipta.plans import commands as plans
from ipta.plans.models import PlanVersion
from ipta.plans.rules import ELEMENTS
from tests.asking import assert_refused, assert_sealed, last_entry, raw, text
from tests.cast import fresh


@pytest.mark.parametrize("who", ["noor", "sem"])
def test_both_owners_write_it(
    who: str, dossier: Dossier, plan: PlanVersion, sem: Person, request: pytest.FixtureRequest
) -> None:
    by = request.getfixturevalue(who)
    newer = plans.propose(
        dossier,
        based_on=1,
        goals=[{"domain": "housing", "goal": "een kamer", "youth": "bij mijn zus weg", "coach": "kan in mei"}],
        elements={name: f"{name} tekst" for name in ELEMENTS},
        strategy="learn",
        by=by,
    )
    assert (newer.number, newer.author, newer.strategy) == (2, by, "learn")
    assert text(sem, newer, "youth_learns") == "youth_learns tekst"
    assert "bij mijn zus weg" in text(sem, newer, "goals")
    assert_sealed(newer, "kamer", "zus", "tekst")
    assert last_entry(dossier).facts == {"version": 2}


def test_the_text_before_is_never_changed(dossier: Dossier, plan: PlanVersion, noor: Person) -> None:
    before = raw(plan, "goals"), raw(plan, "most_important")
    plans.propose(dossier, based_on=1, goals=[], elements={"most_important": "anders"}, by=noor)
    assert (raw(plan, "goals"), raw(plan, "most_important")) == before


@pytest.mark.parametrize("based_on", [0, 2, -1])
def test_who_wrote_on_an_older_text_gets_the_newer_one_beside_his_own(
    based_on: int, dossier: Dossier, plan: PlanVersion, noor: Person
) -> None:
    with pytest.raises(plans.OutOfDate, match="intussen veranderd") as late:
        plans.propose(dossier, based_on=based_on, goals=[], elements={}, by=noor)
    assert late.value.newest == plan
    assert PlanVersion.objects.filter(dossier=dossier).count() == 1


def test_a_plan_that_does_not_exist_cannot_be_built_on(scouted: Dossier, noor: Person) -> None:
    with pytest.raises(plans.OutOfDate) as late:
        plans.propose(scouted, based_on=3, goals=[], elements={}, by=noor)
    assert late.value.newest is None


def test_what_is_no_domain_and_no_strategy_is_left_out(dossier: Dossier, plan: PlanVersion, noor: Person) -> None:
    newer = plans.propose(
        dossier,
        based_on=1,
        goals=[{"domain": "moon", "goal": "doel"}, {"domain": "work", "goal": "  "}],
        elements={"most_important": "x", "nonsense": "y"},
        strategy="shout",
        by=noor,
    )
    assert newer.strategy == ""
    (goal,) = json.loads(text(noor, newer, "goals"))
    assert goal == {"key": goal["key"], "domain": "", "goal": "doel", "youth": "", "coach": ""}


def test_a_stand_in_may(dossier: Dossier, plan: PlanVersion, standing_in: Coachship, stef: Person) -> None:
    assert plans.propose(dossier, based_on=1, goals=[], elements={}, by=stef)


def test_once_it_ended_the_youth_writes_no_new_plan(
    dossier: Dossier, plan: PlanVersion, noor: Person, sem: Person
) -> None:
    dossiers.end(dossier, reason="stable", by=noor)
    assert_refused(plans.propose, fresh(dossier), based_on=1, goals=[], elements={}, by=[sem])


def test_nobody_else_may(dossier: Dossier, outsiders: list[Person]) -> None:
    assert_refused(plans.propose, dossier, based_on=1, goals=[], elements={}, by=outsiders, match="Alleen de jongere")
