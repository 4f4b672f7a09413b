"""When what was agreed dissolves. Source: "ontbindende voorwaarden en redenen voor nieuw overleg".

Pure: it is told what the record knows by itself, and says whether a condition is true. It opens no word and no score.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

LATE, STOPPED, ACUTE, SILENT, DAY, WORDS = "late", "stopped", "acute", "silent", "day", "words"
COUNTS_DAYS: Final = (LATE, SILENT)
USUAL_DAYS: Final = {LATE: 7, SILENT: 14}
LONGEST: Final = 365
MOST_CONDITIONS: Final = 20


@dataclass(frozen=True, slots=True)
class Facts:
    """What the record tells of one dossier since a condition was made."""

    open_steps: Collection[date] = ()  # the days on which promises that are still open were due
    stopped: Collection[date] = ()  # the days on which a placement stopped
    acute: Collection[str] = field(default=())  # domains in which something since then could not wait
    spoken_on: date | None = None  # the last day on which he was spoken


def is_true(
    kind: str, facts: Facts, *, since: date, today: date, days: int = 0, on: date | None = None, domain: str = ""
) -> bool:
    """Whether this is so today. Days count from the meeting on: what was late before it, was known at the table.

    What somebody put in free words only a person can see: the house never says it came true.
    """
    wait = timedelta(days=days)
    if kind == LATE:
        return any(max(due, since) + wait <= today for due in facts.open_steps if due < today)
    if kind == SILENT:
        return max(facts.spoken_on or since, since) + wait <= today
    if kind == STOPPED:
        return any(since <= stopped <= today for stopped in facts.stopped)
    if kind == ACUTE:
        return domain in facts.acute
    return kind == DAY and on is not None and on <= today
