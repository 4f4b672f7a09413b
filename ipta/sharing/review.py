"""What stands out in a week of reading, for the privacy officer who judges it. Pure: no Django, no table.

A hospital was fined because 85 of its people looked at one well-known patient and nobody went through the log (Dutch
Data Protection Authority, 18 June 2019). The machine counts and lays beside each other; a person judges, and each
reading that is found here may have a good reason. Source: security design, sections 2, 4 (7) and 7.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

USUAL_HOURS: Final = (7, 23)  # coaches of youths work in the evening and at the weekend
LEAST_MANY: Final = 12  # dossiers opened one by one in a day: up to here it is ordinary work, for whatever caseload
MANY_OF_CASELOAD: Final = 0.75  # above that: more than this part of the caseload
BY_OTHERS: Final = {
    "help",
    "invite",
    "warning",
    "reminder",
}  # who has a link or was asked; the house: no relation to look for
MANY_READERS: Final = 6  # of one dossier in a week: more than a coach, a stand-in and a few with whom was shared
REVIEW_WITHIN: Final = timedelta(days=7)  # after the week is over


class Rule(StrEnum):
    """Why something stands out."""

    REPORTED = "reported"
    REFUSED = "refused"
    GROUND_GONE = "ground_gone"
    EMERGENCY = "emergency"
    MANY_READERS = "many_readers"
    MANY = "many"
    AT_NIGHT = "at_night"


class Verdict(StrEnum):
    """What the privacy officer makes of it. No free text: what was talked about stays out of the system."""

    EXPLAINED = "explained"
    TALK = "talk"
    INCIDENT = "incident"


# --- weeks --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, order=True)
class Week:
    """From Monday up to and with Sunday."""

    monday: date

    @classmethod
    def of(cls, day: date) -> "Week":
        return cls(day - timedelta(days=day.weekday()))

    @classmethod
    def numbered(cls, year: int, number: int) -> "Week":
        """By its number in the calendar. Raises `ValueError` when there is no such week."""
        return cls(date.fromisocalendar(year, number, 1))

    @property
    def sunday(self) -> date:
        return self.monday + timedelta(days=6)

    @property
    def year(self) -> int:
        return self.monday.isocalendar().year

    @property
    def number(self) -> int:
        return self.monday.isocalendar().week

    @property
    def due(self) -> date:
        """The last day on which it can be signed in time."""
        return self.sunday + REVIEW_WITHIN

    def is_over(self, today: date) -> bool:
        return today > self.sunday

    def is_late(self, today: date) -> bool:
        return today > self.due

    def until(self, last: "Week") -> Iterator["Week"]:
        """This week and those after it, up to and with the last, the newest first."""
        while last >= self:
            yield last
            last = Week(last.monday - timedelta(days=7))


# --- what was read, and by what right -------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Read:
    """A line of the reading log. `at` is local time."""

    reader: UUID
    dossier: UUID
    section: str
    ground: str
    is_refused: bool
    request: UUID
    at: datetime

    @property
    def day(self) -> date:
        return self.at.date()

    @property
    def relation(self) -> str:
        return self.ground.partition(":")[0]


@dataclass(frozen=True, slots=True)
class Right:
    """Somebody could read a dossier from a day until a day: as coach, as stand-in, or what was shared with him."""

    reader: UUID
    dossier: UUID
    relation: str  # coach, stand_in, grant:<id>, youth
    since: date
    until: date | None = None
    section: str = ""  # the one that was shared; empty: whatever the relation opens

    def held_on(self, day: date) -> bool:
        """By the day: who handed over in the afternoon read rightly in the morning."""
        return self.since <= day and (self.until is None or self.until >= day)


@dataclass(frozen=True, slots=True)
class Doubted:
    """A youth says of the reading of one day that it is not right."""

    dossier: UUID
    reader: UUID
    day: date


@dataclass(frozen=True, slots=True)
class Reading:
    """A week of a municipality: what was read, who could, and what youths say of it."""

    reads: Collection[Read]
    rights: Collection[Right]
    doubts: Collection[Doubted] = ()
    hours: tuple[int, int] = USUAL_HOURS


@dataclass(frozen=True, slots=True)
class Signal:
    """Something to look at, with what one needs to judge it: no name of a youth, no word of a dossier."""

    rule: Rule
    readers: tuple[UUID, ...]
    dossiers: tuple[UUID, ...]
    days: tuple[date, ...]
    sections: tuple[str, ...]
    relations: tuple[str, ...]
    times: int
    key: str  # by which it is judged: the same as long as it is about the same

    def facts(self) -> dict[str, Any]:
        """As it is kept when it is judged: ids, days, keys and a number."""
        return {
            "readers": list(map(str, self.readers)),
            "dossiers": list(map(str, self.dossiers)),
            "days": [day.isoformat() for day in self.days],
            "sections": list(self.sections),
            "relations": list(self.relations),
            "times": self.times,
        }

    @classmethod
    def told(cls, rule: str, key: str, facts: Mapping[str, Any]) -> "Signal":
        """As it was kept."""
        return cls(
            rule=Rule(rule),
            key=key,
            readers=tuple(map(UUID, facts["readers"])),
            dossiers=tuple(map(UUID, facts["dossiers"])),
            days=tuple(map(date.fromisoformat, facts["days"])),
            sections=tuple(facts["sections"]),
            relations=tuple(facts["relations"]),
            times=facts["times"],
        )


# --- the rules ------------------------------------------------------------------------------------


def what_stands_out(reading: Reading) -> list[Signal]:
    """Every signal of a week, in the order of the rules."""
    return [signal for rule in Rule for signal in _RULES[rule](reading)]


def _reported(reading: Reading) -> Iterator[Signal]:
    """The youth himself says so."""
    for doubt in reading.doubts:
        seen = [r for r in reading.reads if (r.dossier, r.reader, r.day) == (doubt.dossier, doubt.reader, doubt.day)]
        yield _signal(
            Rule.REPORTED, seen, about=(doubt.dossier, doubt.reader, doubt.day), readers=[doubt.reader],
            dossiers=[doubt.dossier], days=[doubt.day],
        )  # fmt: skip


def _refused(reading: Reading) -> Iterator[Signal]:
    """Tried what was not his to read."""
    yield from _per_reader(Rule.REFUSED, (read for read in reading.reads if read.is_refused))


def _ground_gone(reading: Reading) -> Iterator[Signal]:
    """Opened, but the right on which it was opened is not to be found for that day."""
    held = defaultdict(list)
    for right in reading.rights:
        held[right.reader, right.dossier].append(right)

    def is_held(read: Read) -> bool:
        relation = read.ground if read.relation == "grant" else read.relation
        return any(
            right.relation == relation and right.held_on(read.day) and right.section in {"", read.section}
            for right in held[read.reader, read.dossier]
        )

    yield from _per_reader(
        Rule.GROUND_GONE,
        (read for read in _opened(reading) if read.relation != "emergency" and not is_held(read)),
    )


def _emergency(reading: Reading) -> Iterator[Signal]:
    """The emergency button, each time and each dossier: it is judged within a week."""
    pressed = defaultdict(list)
    for read in _opened(reading):
        if read.relation == "emergency":
            pressed[read.reader, read.dossier].append(read)
    for about, reads in sorted(pressed.items()):
        yield _signal(Rule.EMERGENCY, reads, about=about)


def _many_readers(reading: Reading) -> Iterator[Signal]:
    """One dossier that many came to look at."""
    by_dossier = defaultdict(list)
    for read in _opened(reading):
        if read.relation != "youth":
            by_dossier[read.dossier].append(read)
    for dossier, reads in sorted(by_dossier.items()):
        if len({read.reader for read in reads}) >= MANY_READERS:
            yield _signal(Rule.MANY_READERS, reads, about=(dossier,))


def _many(reading: Reading) -> Iterator[Signal]:
    """In one day more dossiers one by one than ordinary work asks of this caseload."""
    caseload: Mapping[UUID, set[UUID]] = defaultdict(set)
    for right in reading.rights:
        caseload[right.reader].add(right.dossier)
    found = []
    for (reader, _), reads in sorted(_by_day(_one_by_one(reading)).items()):
        if len({read.dossier for read in reads}) > max(LEAST_MANY, MANY_OF_CASELOAD * len(caseload[reader])):
            found += reads
    yield from _per_reader(Rule.MANY, found)


def _at_night(reading: Reading) -> Iterator[Signal]:
    """Outside the usual hours. An emergency has a signal of its own."""
    first, last = reading.hours
    yield from _per_reader(
        Rule.AT_NIGHT,
        (
            read
            for read in _opened(reading)
            if read.relation not in {"youth", "emergency"} and not first <= read.at.hour < last
        ),
    )


_RULES: Final[Mapping[Rule, Callable[[Reading], Iterator[Signal]]]] = {
    Rule.REPORTED: _reported,
    Rule.REFUSED: _refused,
    Rule.GROUND_GONE: _ground_gone,
    Rule.EMERGENCY: _emergency,
    Rule.MANY_READERS: _many_readers,
    Rule.MANY: _many,
    Rule.AT_NIGHT: _at_night,
}


def _opened(reading: Reading) -> list[Read]:
    """Without what a specialist read through a link: that line bears the name of the coach who sent it."""
    return [read for read in reading.reads if not read.is_refused and read.relation not in BY_OTHERS]


def _one_by_one(reading: Reading) -> Iterator[Read]:
    """What was read on a page about one dossier: a list opens the names of a whole caseload at once."""
    asked = defaultdict(list)
    for read in _opened(reading):
        asked[read.reader, read.request].append(read)
    for reads in asked.values():
        if len({read.dossier for read in reads}) == 1:
            yield from reads


def _by_day(reads: Iterable[Read]) -> dict[tuple[UUID, date], list[Read]]:
    found = defaultdict(list)
    for read in reads:
        found[read.reader, read.day].append(read)
    return found


def _per_reader(rule: Rule, reads: Iterable[Read]) -> Iterator[Signal]:
    """One signal for each reader, whatever he did of it in this week."""
    by_reader = defaultdict(list)
    for read in reads:
        by_reader[read.reader].append(read)
    for reader, his in sorted(by_reader.items()):
        yield _signal(rule, his, about=(reader,))


def _signal(
    rule: Rule,
    reads: Collection[Read],
    *,
    about: tuple[object, ...],
    readers: Iterable[UUID] = (),
    dossiers: Iterable[UUID] = (),
    days: Iterable[date] = (),
) -> Signal:
    said = "|".join([rule, *map(str, about)])
    return Signal(
        rule=rule,
        readers=_each(readers, (read.reader for read in reads)),
        dossiers=_each(dossiers, (read.dossier for read in reads)),
        days=_each(days, (read.day for read in reads)),
        sections=_each(read.section for read in reads),
        relations=_each(read.relation for read in reads),
        times=len({read.request for read in reads}),
        key=hashlib.sha256(said.encode()).hexdigest()[:16],
    )


def _each(*groups: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(sorted(set().union(*groups)))
