"""What a warning may be: how much, to whom, how long, and when the youth reads of it. Pure: no Django, no table.

Source: "Daarnaast is er ook een plicht tot het delen van informatie die kan bijdragen aan het voorkomen van
incidenten"; security design, 5.4; decision 35.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

LONGEST_HOURS: Final = 72
HOURS: Final = (4, 24, 72)
MOST_ITEMS: Final = 8
MOST_SECTIONS: Final = 3
# How many lines a list shows to pick from: the latest. Nobody picks a section as a whole.
SHOWN: Final = 12
LONGEST_WAIT: Final = timedelta(days=14)
MOST_POSTPONED: Final = 2  # once when it is made, and once more
ANSWER_WITHIN: Final = timedelta(hours=LONGEST_HOURS)  # what was asked longer ago is asked anew
CONFIRM_WITHIN: Final = timedelta(hours=1)  # where acute danger went first
TOLD_FOR: Final = timedelta(days=28)  # how long the youth finds it on his first page

# Who can be asked to think along: a role by their name in `accounts`, other than that of a coach.
SECONDS: Final = ("project_leader", "privacy_officer", "professional")

GROUND: Final = "warning"  # what the reading log says of who reads on it
KINDS: Final = ("known", "note", "step", "appointment", "somebody", "paper")


def ground_of(warning: object) -> str:
    return f"{GROUND}:{warning}"


@dataclass(frozen=True, slots=True)
class Picked:
    """A line of the dossier as it is told: which one, where it lies, and its words."""

    kind: str
    line: UUID
    section: str
    words: str

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.line}"


def too_much(items: Collection[Picked]) -> str:
    """Why this is more than a warning may tell; empty when it is not."""
    if len(items) > MOST_ITEMS:
        return "Kies niet meer dan acht regels. Deel alleen wat nodig is."
    if len({item.section for item in items}) > MOST_SECTIONS:
        return "Kies uit niet meer dan drie onderdelen. Deel alleen wat nodig is."
    return ""


def may_wait_until(day: date, *, since: date) -> bool:
    """Whether the youth may be told as late as this. `since`: today, or the day he would be told otherwise."""
    return since < day <= since + LONGEST_WAIT
