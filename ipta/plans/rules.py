"""The veranderplan. Source: modelwerkwijze, "Veranderplan" (its eight elements)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from uuid import uuid4

from ipta.dossiers.rules import DOMAINS

# The first element, the goals, stands in rows of its own: one goal per domain.
ELEMENTS: Final = {
    "most_important": "Wat is het belangrijkste om verder te komen?",
    "youth_does": "Wat doe ik zelf?",
    "youth_learns": "Wat kan ik leren?",
    "network_does": "Wat doen de mensen om mij heen?",
    "taken_over": "Wat neemt iemand uit handen, en wie?",
    "remember": "Wat is belangrijk om te onthouden over mij?",
}
MOST_GOALS: Final = len(DOMAINS)
# Source: "Hoofdstrategie: faciliteren, leren, overnemen en structureren, co-creëren". Per goal, with one above all.
STRATEGIES: Final = {
    "facilitate": "Faciliteren: kansen en middelen geven",
    "learn": "Leren: vaardigheden oefenen",
    "take_over": "Overnemen en structuur bieden: rust maken",
    "co_create": "Co-creëren: samen iets nieuws maken",
}
# "Jongere en coach houden hierin samen de regie": at every element both say something, the one beside the other.
VOICES: Final = ("youth", "coach")
SPOKEN_OF: Final = (*ELEMENTS, "approach")  # the approach: what they say of the strategy
GOAL_WORDS: Final = ("domain", "goal", "youth", "coach", "strategy")
BY_COACH: Final = "coach"  # he typed it, in the words of the youth
KEY_LENGTH: Final = 12


def new_key() -> str:
    """What a goal is known by from its first text on."""
    return uuid4().hex[:KEY_LENGTH]


def all_words(together: str, voices: Mapping[str, str]) -> str:
    """Everything that was said of one element, as one text: for an agenda, where it is a point to speak of."""
    return "\n".join(filter(None, dict.fromkeys([together, *(voices.get(voice, "") for voice in VOICES)])))


# --- two people at once -----------------------------------------------------------------------------------------

Goal = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Draft:
    """A text of the plan in pieces: its goals by their keys in their order, and all else by its name."""

    goals: Mapping[str, Goal]
    pieces: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Merged:
    """Two texts that go on from the same one, as one. Of what both changed it holds ours, and a person decides."""

    draft: Draft
    clashes: frozenset[str]  # names of pieces; of a goal `key/what`

    @property
    def is_clear(self) -> bool:
        return not self.clashes


def merge(base: Draft, theirs: Draft, ours: Draft) -> Merged:
    """What each of the two changed. Who changed only his own voice is in nobody's way."""
    clashes: set[str] = set()
    names = dict.fromkeys([*theirs.pieces, *ours.pieces])
    pieces = {
        name: _piece(name, base.pieces.get(name, ""), theirs.pieces.get(name, ""), ours.pieces.get(name, ""), clashes)
        for name in names
    }
    goals = {}
    for key in dict.fromkeys([*theirs.goals, *ours.goals]):
        goal = _goal(key, base, theirs, ours, clashes)
        if goal is not None:
            goals[key] = goal
    return Merged(Draft(goals, pieces), frozenset(clashes))


def _piece(name: str, base: str, theirs: str, ours: str, clashes: set[str]) -> str:
    if base not in {theirs, ours} and theirs != ours:
        clashes.add(name)
    return theirs if ours == base else ours


def _goal(key: str, base: Draft, theirs: Draft, ours: Draft, clashes: set[str]) -> Goal | None:
    """One goal; None when it went. What one took away and the other wrote on stays, and a person decides."""
    before, there, here = base.goals.get(key), theirs.goals.get(key), ours.goals.get(key)
    if there is not None and here is not None:
        said = before or {}
        return {
            what: _piece(f"{key}/{what}", said.get(what, ""), there.get(what, ""), here.get(what, ""), clashes)
            for what in GOAL_WORDS
        }
    left = there if there is not None else here
    if before is None:
        return None if here is not None and _is_said(here, base, theirs, ours) else left
    if left is None or _is_same(left, before):
        return None
    clashes.update(f"{key}/{what}" for what in _changed(before, left))
    return left


def _is_said(goal: Goal, base: Draft, theirs: Draft, ours: Draft) -> bool:
    """Whether they brought in the very same one: somebody wrote in two tabs."""
    new = (said for key, said in theirs.goals.items() if key not in base.goals and key not in ours.goals)
    return any(_is_same(goal, said) for said in new)


def _is_same(one: Goal, other: Goal) -> bool:
    return not any(_changed(one, other))


def _changed(before: Goal, after: Goal) -> Iterator[str]:
    return (what for what in GOAL_WORDS if before.get(what, "") != after.get(what, ""))
