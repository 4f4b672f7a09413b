"""The form of a dossier package: what it may hold and how large it may be. Field names are those of the code."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime
from re import compile as pattern
from typing import Any, Final
from uuid import UUID

from ipta.base.verdict import Impossible

FORMAT: Final = "ipta-dossier"
# 1 without papers; 2 without whom an appointment is with; 3 without questions and hand-overs; 4 without the talk, what
# others said, tests and messages, and with levels of life domains instead of questionnaires
OLDEST: Final = 1
VERSION: Final = 5

MAX_BYTES: Final = 80 * 1024 * 1024  # papers take a third more in base64 than in a dossier
MAX_DEPTH: Final = 8
MAX_VALUES: Final = 500_000
MAX_LINES: Final = 10_000  # of one kind: twenty years of contacts, every day
SHOWN: Final = 100  # of the faults, in the message; `PackageFault.faults` holds them all
YEARS: Final = range(1900, 2101)
YOUTH: Final = "youth"  # how a line says that the youth himself wrote it

DAY_FORM: Final = pattern(r"\d{4}-\d{2}-\d{2}")
ROUGH_FORM: Final = pattern(r"\d{4}(-\d{2}){0,2}")
MOMENT_FORM: Final = pattern(r"\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?([Zz]|[+-]\d{2}:\d{2})")
ID_FORM: Final = r"^[a-z0-9_-]{1,60}$"
KEY_FORM: Final = r"^[a-z][a-z0-9_]{0,39}$"
GOAL_FORM: Final = r"^[a-z0-9-]{1,12}$"
VERB_FORM: Final = r"^[a-z_]{1,29}\.[a-z_]{1,29}$"
FACT_FORM: Final = pattern(r"[a-z0-9_:,.-]{0,200}")  # the journal holds ids, numbers and keys, never anybody's words
CONTROL: Final = pattern("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, and where: `notes[3].happened_at`."""

    place: str
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}" if self.place else self.message


class PackageFault(Impossible):
    """This package is not read in. Nothing of it is."""

    def __init__(self, *faults: Fault) -> None:
        self.faults = list(dict.fromkeys(faults))
        lines = [f"  {fault}" for fault in self.faults[:SHOWN]]
        if len(self.faults) > SHOWN:
            lines.append(f"  en nog {len(self.faults) - SHOWN}.")
        super().__init__("\n".join(["Dit pakket kan niet worden ingelezen. Er is niets veranderd.", *lines]))


def day(text: str) -> date:
    """A day such as 2026-03-03. Raises `ValueError` for what is no day."""
    found = date.fromisoformat(text)
    if not DAY_FORM.fullmatch(text) or found.year not in YEARS:
        raise ValueError(text)
    return found


def rough_days(text: str) -> tuple[date, date]:
    """The first and the last day of a day, a month (2026-03) or a year (2026). Raises `ValueError`."""
    if not ROUGH_FORM.fullmatch(text):
        raise ValueError(text)
    first = day(f"{text}-01-01"[:10])
    last_month = first.month if how_rough(text) == "month" else 12
    last = first.replace(month=last_month, day=monthrange(first.year, last_month)[1])
    return first, last if how_rough(text) else first


def how_rough(text: str) -> str:
    """`year`, `month`, or nothing when it is a day."""
    return {4: "year", 7: "month"}.get(len(text), "")


def as_rough(found: date, rough: str) -> str:
    return found.isoformat()[: {"year": 4, "month": 7}.get(rough, 10)]


def moment(text: str) -> datetime:
    """A moment with its distance to UTC, such as 2026-03-03T14:30:00+01:00. Raises `ValueError`."""
    found = datetime.fromisoformat(text.upper())
    if not MOMENT_FORM.fullmatch(text) or found.year not in YEARS:
        raise ValueError(text)
    return found


def identity(text: str) -> UUID:
    """A UUID in its usual form. Raises `ValueError`."""
    found = UUID(text)
    if str(found) != text.lower():
        raise ValueError(text)
    return found


def place_of(path: Any) -> str:
    """`["notes", 3, "text"]` as `notes[3].text`; names that nobody here chose are cut short and printable."""
    place = ""
    for step in path:
        if isinstance(step, int):
            place += f"[{step}]"
        else:
            name = "".join(c if c.isprintable() else "?" for c in str(step))[:40]
            place += f".{name}" if place else name
    return place
