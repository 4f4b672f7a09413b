"""What a schema cannot tell: lines that refer to lines, days that come after each other, one of a kind."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import chain
from typing import Any

from ipta.api.package import rules
from ipta.api.package.fields import Day, Field, Line, Moment, Who
from ipta.api.package.parts import COURSE, COURSE_IN_ORDER, FIND, PARTS, WITH_IDS, InOrder
from ipta.api.package.rules import Fault
from ipta.base import clock
from ipta.dossiers.papers.rules import MOST_PAPERS

Package = dict[str, Any]
Placed = tuple[str, Package]  # "notes[3]" and that line


def faults_in(data: Package) -> Iterator[Fault]:
    """Everything that is wrong in a package of the right form."""
    yield from _ids(data)
    yield from _references(data)
    yield from _days(data)
    yield from _course(data["course"])
    yield from _phases(data)
    yield from _coaches(data)
    yield from _notes(data)
    yield from _plans(data)
    yield from _agreements(data)
    yield from _placements(data)
    yield from _papers(data)
    yield from _asked_himself(data)
    yield from _asked_around(data)


def lines_of(data: Package, name: str) -> list[Placed]:
    if name == FIND.name:
        return [(name, data[name])] if data.get(name) else []
    return [(f"{name}[{number}]", line) for number, line in enumerate(data.get(name, []))]


def _ids(data: Package) -> Iterator[Fault]:
    named = chain.from_iterable(lines_of(data, name) for name in (*(part.name for part in WITH_IDS), "people"))
    yield from _twice(((place, line["id"]) for place, line in named), "id", "dit id staat er al bij een andere regel.")
    for place, person in lines_of(data, "people"):
        if person["id"] == rules.YOUTH:
            yield Fault(f"{place}.id", "zo heet de jongere zelf al. Kies een ander id.")


def _twice(values: Iterable[tuple[str, Any]], field: str, message: str) -> Iterator[Fault]:
    seen = set()
    for place, value in values:
        if value in seen:
            yield Fault(f"{place}.{field}", message)
        seen.add(value)


# --- references -------------------------------------------------------------------------------------------


def _references(data: Package) -> Iterator[Fault]:
    people = {person["id"] for person in data.get("people", [])}
    if data["course"].get("joined_on"):
        people.add(rules.YOUTH)
    ids = {part.name: {line["id"] for _, line in lines_of(data, part.name)} for part in WITH_IDS}
    ids[""] = set().union(*ids.values())
    for part in PARTS:
        for place, line in lines_of(data, part.name):
            for field in part.fields:
                yield from _reference(place, field, line.get(field.name), people, ids)
    for place, entry in lines_of(data, "history"):
        yield from _reference(place, Who("by"), entry.get("by"), people, ids)


def _reference(place: str, field: Field, value: Any, people: set[str], ids: dict[str, set[str]]) -> Iterator[Fault]:
    if value is None:
        return
    if isinstance(field, Who) and value not in people:
        yield Fault(f"{place}.{field.name}", _WHO[value == rules.YOUTH])
    elif isinstance(field, Line) and value not in ids[field.to]:
        yield Fault(f"{place}.{field.name}", f"dit id staat niet in {field.to or 'dit pakket'}.")


_WHO = {
    False: "dit id staat niet in people.",
    True: "deze jongere deed nog niet mee: course.joined_on is leeg.",
}


# --- days -------------------------------------------------------------------------------------------------


def _days(data: Package) -> Iterator[Fault]:
    everything: list[tuple[Placed, Iterable[Field], InOrder]] = [(("course", data["course"]), COURSE, COURSE_IN_ORDER)]
    everything += [(placed, part.fields, part.in_order) for part in PARTS for placed in lines_of(data, part.name)]
    for (place, line), fields, in_order in everything:
        known = [field for field in fields if isinstance(field, Day) and line.get(field.name)]
        days = {field.name: field.day_of(line[field.name]) for field in known}
        for first, second in in_order:
            if first in days and second in days and days[second] < days[first]:
                yield Fault(f"{place}.{second}", f"deze dag ligt voor {first}.")
        for field in known:
            if field.is_past:
                yield from _past(f"{place}.{field.name}", days[field.name])
    for place, entry in lines_of(data, "history"):
        yield from _past(f"{place}.at", Moment("at").day_of(entry["at"]))


def _past(place: str, found: date) -> Iterator[Fault]:
    if found > clock.today() + timedelta(days=1):  # clocks differ a little
        yield Fault(place, "deze dag moet nog komen.")


# --- what the house holds to ------------------------------------------------------------------------------


def _course(course: Package) -> Iterator[Fault]:
    for day in ("joined_on", "ended_on"):
        if course.get(day) and not course.get("found_on"):
            yield Fault("course.found_on", f"dit veld ontbreekt: er is wel een {day}.")
    if course.get("end_reason") and not course.get("ended_on"):
        yield Fault("course.end_reason", "er is een reden van stoppen, maar geen ended_on.")


def _phases(data: Package) -> Iterator[Fault]:
    running = ((place, span["phase"]) for place, span in lines_of(data, "phases") if not span.get("until"))
    yield from _twice(running, "until", "deze fase loopt al: hij kan niet twee keer tegelijk.")


def _coaches(data: Package) -> Iterator[Fault]:
    ships = lines_of(data, "coaches")
    for place, ship in ships:
        if ship.get("is_stand_in") and not ship.get("until"):
            yield Fault(f"{place}.until", "iemand die invalt heeft een einddag.")
    running = ((place, "coach") for place, ship in ships if not ship.get("until") and not ship.get("is_stand_in"))
    yield from _twice(running, "until", "er is al een coach zonder einddag: het is er een tegelijk.")


def _notes(data: Package) -> Iterator[Fault]:
    notes = lines_of(data, "notes")
    replaced = ((place, note["replaces"]) for place, note in notes if note.get("replaces"))
    yield from _twice(replaced, "replaces", "deze notitie is al door een andere verbeterd.")
    before = {note["id"]: note.get("replaces") for _, note in notes}
    for place, note in notes:
        if _comes_back(note["id"], before):
            yield Fault(f"{place}.replaces", "deze notities verbeteren elkaar in een kring.")


def _comes_back(start: str, before: dict[str, str | None]) -> bool:
    seen, note = {start}, before.get(start)
    while note is not None and note not in seen:
        seen.add(note)
        note = before.get(note)
    return note == start


def _plans(data: Package) -> Iterator[Fault]:
    plans = lines_of(data, "plans")
    yield from _twice(((place, plan["number"]) for place, plan in plans), "number", "dit nummer is er al.")
    yeses = Counter(agreement["plan"] for agreement in data.get("agreements", []))
    for place, plan in plans:
        if plan.get("in_force_from") and yeses[plan["id"]] < 2:
            yield Fault(f"{place}.in_force_from", "een plan geldt pas als de jongere en de coach allebei ja zeiden.")


def _agreements(data: Package) -> Iterator[Fault]:
    agreements = lines_of(data, "agreements")
    owners = ((place, (yes["plan"], yes["owner"])) for place, yes in agreements)
    yield from _twice(owners, "owner", "deze ja staat er al.")
    for place, yes in agreements:
        if not yes["plan"]:
            yield Fault(f"{place}.plan", "zeg bij welk plan deze ja hoort.")
        if (yes["owner"] == "youth") != (yes.get("by") == rules.YOUTH):
            yield Fault(f"{place}.by", "de ja van de jongere is van hemzelf, die van de coach van een ander.")


def _placements(data: Package) -> Iterator[Fault]:
    for place, placement in lines_of(data, "placements"):
        if placement.get("stop_reason") and not placement.get("stopped_on"):
            yield Fault(f"{place}.stop_reason", "er is een reden van stoppen, maar geen stopped_on.")


def _papers(data: Package) -> Iterator[Fault]:
    papers = lines_of(data, "papers")
    if len(papers) > MOST_PAPERS:
        yield Fault("papers", f"te veel: {len(papers)} papieren, hoogstens {MOST_PAPERS}.")
    for place, paper in papers:
        if bool(paper.get("content")) == bool(paper.get("removed_at")):
            yield Fault(f"{place}.content", "een papier heeft een inhoud, of een removed_at als het is weggehaald.")


def _asked_himself(data: Package) -> Iterator[Fault]:
    """Nothing of it without the youth's own yes; and he is asked in one rhythm."""
    for place, _ in lines_of(data, "rhythm")[1:]:
        yield Fault(place, "er kan er maar een zijn.")
    for place, test in lines_of(data, "assessments"):
        if len({bool(test.get(name)) for name in ("answer", "answered_how", "answered_at")}) > 1:
            yield Fault(f"{place}.answer", "een antwoord heeft een answered_at en zegt hoe het is gegeven.")
        for day in ("planned_on", "done_on"):
            if test.get(day) and test.get("answer") != "yes":
                yield Fault(f"{place}.{day}", "dit kan pas als de jongere ja heeft gezegd.")


def _asked_around(data: Package) -> Iterator[Fault]:
    """Who brought him in, and specialists who were asked something."""
    for place, _ in lines_of(data, "referrals")[1:]:
        yield Fault(place, "iemand is een keer aangebracht: er kan er maar een zijn.")
    for place, question in lines_of(data, "questions"):
        if bool(question.get("answered_at")) != bool(question.get("reply")):
            yield Fault(f"{place}.reply", "een antwoord heeft een answered_at en zegt wat voor antwoord het is.")
        if question.get("read_at") and not question.get("answered_at"):
            yield Fault(f"{place}.read_at", "er is nog geen antwoord om te lezen.")
