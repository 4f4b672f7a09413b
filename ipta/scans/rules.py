"""The picture per life domain: what is asked, the names of the levels, two voices beside each other.

The questions themselves are instruments (`scans/instruments/shipped`). Source: modelwerkwijze, "Een beeld vormen";
names of domains and levels after the ZRM 2017, of which the cell texts belong to GGD Amsterdam and are not in here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from ipta.dossiers.rules import DOMAINS

LEVELS: Final = {
    1: "acute problematiek",
    2: "niet zelfredzaam",
    3: "beperkt zelfredzaam",
    4: "voldoende zelfredzaam",
    5: "volledig zelfredzaam",
}
DIRECT_ACTION: Final = 1

# The matrix has no domain for it, and the method wants to know it: it is asked beside the thirteen.
WELLBEING: Final = "wellbeing"
PARTS: Final = DOMAINS | {WELLBEING: "Welbevinden"}

# "Van belang voor de IPTA-aanpak zijn in ieder geval dagbesteding, financiën, gezondheid, woonsituatie en welbevinden."
MINIMUM: Final = frozenset({"time", "work", "money", "mental", "physical", "housing", WELLBEING})

FACES: Final = {1: "heel slecht", 2: "niet goed", 3: "gaat wel", 4: "goed", 5: "heel goed"}


@dataclass(frozen=True, slots=True)
class Beside:
    """One domain: what the coach rated and what the youth says. Never averaged."""

    domain: str
    coach: int | None
    youth: int | None

    @property
    def is_worth_a_talk(self) -> bool:
        """They see it two or more levels apart: something to talk about, not something to settle."""
        return self.coach is not None and self.youth is not None and abs(self.coach - self.youth) >= 2


def beside(coach: Mapping[str, int], youth: Mapping[str, int]) -> list[Beside]:
    """Both views of all that is asked, in the order of the instrument."""
    return [Beside(part, coach.get(part), youth.get(part)) for part in PARTS]


def newest(said: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """The level that was said last of each part of life. `said`: sheet by sheet, the newest first."""
    found: dict[str, int] = {}
    for levels in said:
        found = {**levels, **found}
    return found


def tidy_ratings(ratings: Mapping[str, object]) -> dict[str, int]:
    """Known parts of life with a level 1-5; "weet ik niet" is simply absent. Raises `ValueError` for anything else."""
    tidy = {}
    for domain, level in ratings.items():
        if domain not in PARTS:
            raise ValueError(domain)
        if level in (None, "", "unknown"):
            continue
        if str(level) not in {"1", "2", "3", "4", "5"}:
            raise ValueError(f"{domain}: {level}")
        tidy[domain] = int(str(level))
    return tidy
