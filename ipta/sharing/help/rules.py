"""How long a link to a question works, and how quick the answers come. Pure: no Django, no table."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from typing import Final

LINK_AFTER_DUE: Final = timedelta(days=28)  # a late answer still helps
GROUND: Final = "help"  # what the reading log says of who read a question through a link


def ground_of(question: object) -> str:
    return f"{GROUND}:{question}"


def link_lasts(today: date, due_on: date) -> timedelta:
    """From now until four weeks after the day of the agreement."""
    return max(due_on - today, timedelta()) + LINK_AFTER_DUE


@dataclass(frozen=True, slots=True)
class Promptness:
    """What came of the questions to one specialist: numbers, beside what was agreed."""

    asked: int = 0
    answered: int = 0
    in_time: int = 0
    late: int = 0  # open, and the day has passed
    median_days: float | None = None  # working days until the answer


def promptness(*, asked: int, late: int, answers: Collection[tuple[int, bool]]) -> Promptness:
    """`answers`: of each how many working days it took, and whether it came in time."""
    return Promptness(
        asked=asked,
        answered=len(answers),
        in_time=sum(in_time for _days, in_time in answers),
        late=late,
        median_days=median(days for days, _in_time in answers) if answers else None,
    )
