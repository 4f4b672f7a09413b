"""The goals of the plan as it is now, for who makes a step that serves one."""

from dataclasses import dataclass

from ipta.dossiers.models import Dossier
from ipta.sharing.door import Reader


@dataclass(frozen=True, slots=True)
class Aim:
    key: str
    domain: str
    goal: str


def of(reader: Reader, dossier: Dossier) -> list[Aim]:
    """Of the newest text. Nothing where they were erased."""
    newest = dossier.planversion_set.only("dossier", "goals").first()
    if newest is None or reader.is_gone(newest.goals):
        return []
    found = enumerate(reader.json(newest.goals) or [])
    return [Aim(key_of(place, goal), goal.get("domain", ""), goal.get("goal", "")) for place, goal in found]


def key_of(place: int, goal: dict[str, str]) -> str:
    """A text of before goals had keys knows them by their place; a text never changes."""
    return goal.get("key") or f"doel-{place}"
