"""`propose`: at every element what the youth says and what the coach says; a goal keeps its key from text to text."""

import json
from typing import Any

from ipta.accounts.models import Person
from ipta.dossiers.models import Dossier
from ipta.plans import commands as plans
from ipta.plans.models import PlanVersion
from ipta.plans.rules import SPOKEN_OF
from tests.asking import assert_sealed, text


def words(person: Person, version: PlanVersion, name: str) -> Any:
    return json.loads(text(person, version, name) or "null")


def test_both_have_a_voice_at_every_element(dossier: Dossier, plan: PlanVersion, noor: Person, sem: Person) -> None:
    voices = {name: {"youth": f"sem over {name}", "coach": f"noor over {name}"} for name in SPOKEN_OF}
    version = plans.propose(dossier, based_on=1, goals=[], elements={}, voices=voices, by=noor)
    assert words(sem, version, "voices") == voices
    assert_sealed(version, "sem over", "noor over")


def test_an_element_nobody_speaks_of_stands_nowhere(dossier: Dossier, plan: PlanVersion, noor: Person) -> None:
    voices = {"remember": {"youth": "  ", "coach": ""}, "moon": {"youth": "x"}, "youth_does": {"coach": " bellen "}}
    version = plans.propose(dossier, based_on=1, goals=[], elements={}, voices=voices, by=noor)
    assert words(noor, version, "voices") == {"youth_does": {"youth": "", "coach": "bellen"}}


def test_it_is_known_that_the_coach_typed_it(dossier: Dossier, plan: PlanVersion, noor: Person) -> None:
    voices = {
        "remember": {"youth": "niet bellen", "typed": "coach"},
        "youth_does": {"coach": "ja", "typed": "coach"},
        "taken_over": {"youth": "post", "typed": "nobody"},
    }
    version = plans.propose(dossier, based_on=1, goals=[], elements={}, voices=voices, by=noor)
    typed = {name: said.get("typed") for name, said in words(noor, version, "voices").items()}
    assert typed == {"remember": "coach", "youth_does": None, "taken_over": None}


def test_a_goal_has_a_strategy_of_its_own(dossier: Dossier, plan: PlanVersion, noor: Person) -> None:
    goals = [{"goal": "Schulden weg", "strategy": "take_over"}, {"goal": "Lassen", "strategy": "shout"}]
    version = plans.propose(dossier, based_on=1, goals=goals, elements={}, strategy="learn", by=noor)
    assert [goal.get("strategy") for goal in words(noor, version, "goals")] == ["take_over", None]
    assert version.strategy == "learn"


def test_a_goal_keeps_its_key_and_a_new_one_gets_its_own(dossier: Dossier, plan: PlanVersion, noor: Person) -> None:
    first = plans.propose(dossier, based_on=1, goals=[{"goal": "Lassen"}], elements={}, by=noor)
    (lassen,) = words(noor, first, "goals")
    goals = [{"goal": "Een kamer"}, {**lassen, "goal": "Leren lassen"}]
    second = plans.propose(dossier, based_on=2, goals=goals, elements={}, by=noor)
    room, welding = words(noor, second, "goals")
    assert welding["key"] == lassen["key"]
    assert room["key"] not in {"", lassen["key"]}
