"""What the method says of the wrap-around meeting. Source: "Wrap around": "Het door jongere en coach samen voorbereide
plan wordt in een (in principe eenmalig) wrap around overleg besproken"."""

from collections.abc import Iterable, Mapping
from typing import Final

# What it is called among the appointments, on a lock screen too: it tells nothing.
APPOINTMENT: Final = "Samen om tafel"
MOST_POINTS: Final = 60
MOST_GUESTS: Final = 40
MOST_REMARKS: Final = 200


def agenda_of(goals: Iterable[Mapping[str, str]], elements: Mapping[str, str]) -> dict[str, str]:
    """The plan as points of an agenda: every goal, then every element that somebody wrote, each under a lasting key.

    A goal is known by its domain, so that what was said of it stays with it when the plan gets another text.
    """
    found: dict[str, str] = {}
    for goal in goals:
        if goal.get("goal"):
            found[_free(f"goal_{goal.get('domain') or 'other'}", found)] = goal["goal"]
    return found | {key: words for key, words in elements.items() if words}


def _free(key: str, taken: Mapping[str, str]) -> str:
    count, free = 2, key
    while free in taken:
        free, count = f"{key}_{count}", count + 1
    return free
