"""The phases of a dossier on one line: a stretch each, where they overlap one above the other."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ipta.web.components.thread import Phase

WIDTH, HEIGHT = 200, 8
LANES = 2


@dataclass(frozen=True, slots=True)
class Stretches:
    """Lines to draw (x, y, how long), and what they say in words."""

    lines: list[tuple[float, float, float]]
    words: str


def drawn(phases: Sequence[Phase], since: date, until: date) -> Stretches | None:
    """From the first contact until today; None where there is nothing to draw yet."""
    days = (until - since).days
    if not phases or days <= 0:
        return None
    lines, ends = [], [float("-inf")] * LANES
    for phase in sorted(phases, key=lambda phase: phase.since):
        start = _place(phase.since, since, days)
        end = max(_place(phase.until or until, since, days), start + 2)
        lane = next((number for number, taken in enumerate(ends) if taken <= start), LANES - 1)
        ends[lane] = end
        lines.append((round(start, 1), 2.0 + lane * 4, round(end - start, 1)))
    running = [phase.name for phase in phases if phase.until is None]
    return Stretches(lines, ", ".join(running) or phases[-1].name)


def _place(day: date, since: date, days: int) -> float:
    return min(max((day - since).days / days, 0), 1) * (WIDTH - 2)
