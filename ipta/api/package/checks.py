"""What a schema cannot tell: lines that refer to lines, days that come after each other, one of a kind."""

from base64 import b64decode
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
from ipta.base.verdict import Impossible
from ipta.dossiers.messages import checking as voices
from ipta.dossiers.messages.rules import MEGABYTE
from ipta.dossiers.messages.rules import MOST_TOGETHER as MOST_SOUND
from ipta.dossiers.papers.rules import MOST_PAPERS
from ipta.scans.instruments import definition, responses
from ipta.scans.instruments.faults import NotUnderstood
from ipta.scans.instruments.questions import Questionnaire
from ipta.scans.told.sections import SECTION_OF

Package = dict[str, Any]
NAMED = ("people", "instruments")  # lists of what is no row of the dossier
Placed = tuple[str, Package]  # "notes[3]" and that line


def faults_in(data: Package) -> Iterator[Fault]:
    """Everything that is wrong in a package of the right form."""
    yield from _ids(data)
    yield from _references(data)
    yield from _days(data)
    yield from _course(data["course"])
    yield from _phases(data)
    yield from _coaches(data)
    for name in ("notes", "sheets", "sayings", "statements"):
        yield from _replaced(lines_of(data, name))
    yield from _sheets(data)
    yield from _told(data)
    yield from _steps(data)
    yield from _plans(data)
    yield from _agreements(data)
    yield from _placements(data)
    yield from _meetings(data)
    yield from _asked_and_answered(data)
    yield from _papers(data)
    yield from _messages(data)
    yield from _asked_himself(data)
    yield from _asked_around(data)


def lines_of(data: Package, name: str) -> list[Placed]:
    if name == FIND.name:
        return [(name, data[name])] if data.get(name) else []
    return [(f"{name}[{number}]", line) for number, line in enumerate(data.get(name, []))]


def _ids(data: Package) -> Iterator[Fault]:
    named = chain.from_iterable(lines_of(data, name) for name in (*(part.name for part in WITH_IDS), *NAMED))
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


def _replaced(lines: list[Placed]) -> Iterator[Fault]:
    """What takes the place of another does so alone, and never of itself."""
    replaced = ((place, line["replaces"]) for place, line in lines if line.get("replaces"))
    yield from _twice(replaced, "replaces", "deze regel is al door een andere verbeterd.")
    before = {line["id"]: line.get("replaces") for _, line in lines}
    for place, line in lines:
        if _comes_back(line["id"], before):
            yield Fault(f"{place}.replaces", "deze regels verbeteren elkaar in een kring.")


def _told(data: Package) -> Iterator[Fault]:
    """What others said, and what stands beside it: each in the section of what it is about, one open look at most."""
    statements = {line["id"]: line for _, line in lines_of(data, "statements")}
    for place, line in lines_of(data, "statements"):
        if line["section"] != SECTION_OF[line["kind"]]:
            yield Fault(f"{place}.section", f"hier hoort {SECTION_OF[line['kind']]}.")
    for name in ("answers", "second_looks"):
        for place, line in lines_of(data, name):
            about = statements.get(line["statement"] or "")
            if line["statement"] is None:
                yield Fault(f"{place}.statement", "zeg bij welke regel dit hoort.")
            elif about and line["section"] != about["section"]:
                yield Fault(f"{place}.section", f"hier hoort {about['section']}.")
    looks = lines_of(data, "second_looks")
    running = ((place, look["statement"]) for place, look in looks if not look.get("closed_at"))
    yield from _twice(running, "closed_at", "hier wordt al opnieuw naar gekeken.")


def _comes_back(start: str, before: dict[str, str | None]) -> bool:
    seen, line = {start}, before.get(start)
    while line is not None and line not in seen:
        seen.add(line)
        line = before.get(line)
    return line == start


def _sheets(data: Package) -> Iterator[Fault]:
    asked = {}
    for place, instrument in lines_of(data, "instruments"):
        try:
            asked[instrument["id"]] = definition.read(instrument["definition"].encode())
        except NotUnderstood as refused:
            yield from _within(f"{place}.definition", refused)
    sheets = lines_of(data, "sheets")
    known = {instrument["id"] for _, instrument in lines_of(data, "instruments")}
    for place, sheet in sheets:
        filled = sheet.get("answers")
        if filled and filled["instrument"] not in known:
            yield Fault(f"{place}.answers.instrument", "dit id staat niet in instruments.")
        elif filled and filled.get("response") and (list_ := asked.get(filled["instrument"])):
            yield from _answers(f"{place}.answers.response", sheet, list_)
    begun = (
        (place, (sheet["answers"]["instrument"], sheet["voice"]))
        for place, sheet in sheets
        if sheet.get("answers") and not sheet.get("signed_off_at")
    )
    yield from _twice(begun, "signed_off_at", "er is al iemand aan deze vragenlijst begonnen: het is er een tegelijk.")


def _answers(place: str, sheet: Package, asked: Questionnaire) -> Iterator[Fault]:
    try:
        said = responses.read(asked, sheet["answers"]["response"].encode())
    except NotUnderstood as refused:
        yield from _within(place, refused)
    else:
        if (said.status == responses.IN_PROGRESS) == bool(sheet.get("signed_off_at")):
            yield Fault(place, "wat af is heeft een signed_off_at en een status die dat ook zegt.")


def _within(place: str, refused: NotUnderstood) -> Iterator[Fault]:
    for fault in refused.faults:
        yield Fault(f"{place}.{fault.where}".rstrip("."), str(fault.reason))


def _steps(data: Package) -> Iterator[Fault]:
    steps = lines_of(data, "steps")
    small = {step["id"] for _, step in steps if step.get("parent")}
    for place, step in steps:
        if step.get("parent") in small:
            yield Fault(f"{place}.parent", "een kleine stap hoort bij een stap die zelf niet klein is.")


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


def _meetings(data: Package) -> Iterator[Fault]:
    meetings = lines_of(data, "meetings")
    for place, meeting in meetings:
        if meeting.get("held_at") and meeting.get("called_off_at"):
            yield Fault(f"{place}.called_off_at", "een gesprek is geweest of ging niet door.")
    ahead = ((place, "") for place, one in meetings if not (one.get("held_at") or one.get("called_off_at")))
    yield from _twice(ahead, "held_at", "er staat al een gesprek klaar: het is er een tegelijk.")
    points = ((place, (point["meeting"], point["key"])) for place, point in lines_of(data, "points"))
    yield from _twice(points, "key", "dit punt is er al.")
    invited = lines_of(data, "invitees")
    known = ((place, (one["meeting"], one["somebody"])) for place, one in invited if one.get("somebody"))
    yield from _twice(known, "somebody", "die is al gevraagd.")
    for place, line in (*lines_of(data, "points"), *invited):
        if not line["meeting"]:
            yield Fault(f"{place}.meeting", "zeg bij welk gesprek dit hoort.")
    yield from _agreed(data)


def _agreed(data: Package) -> Iterator[Fault]:
    """What was said and agreed at the table: each line of something, of one person, and once."""
    belongs = {"remarks": "meeting", "set_aside": "point", "agreed": "meeting"}
    belongs |= dict.fromkeys(("contributions", "conditions", "yeses"), "agreed")
    for name, to in belongs.items():
        for place, line in lines_of(data, name):
            if not line[to]:
                yield Fault(f"{place}.{to}", "zeg waar dit bij hoort.")
    yield from _twice(((place, one["meeting"]) for place, one in lines_of(data, "agreed")), "meeting", "dit is er al.")
    aside = ((place, (one["point"], one["voice"])) for place, one in lines_of(data, "set_aside"))
    yield from _twice(aside, "voice", "dit is er al.")
    for name, of_one_person in (("contributions", _OF_ONE), ("yeses", (*_OF_ONE, "number", "is_to_own_line"))):
        lines = lines_of(data, name)
        for place, line in lines:
            if bool(line.get("voice")) == bool(line.get("invitee")):
                yield Fault(f"{place}.invitee", "dit is van een van beiden, of van een gast.")
            if line.get("is_to_own_line") and not line.get("invitee"):
                yield Fault(f"{place}.is_to_own_line", "dit zegt alleen een gast.")
        of_one = ((place, tuple(line.get(key) or None for key in of_one_person)) for place, line in lines)
        yield from _twice(of_one, "invitee", "dit is er al.")
    for place, line in lines_of(data, "conditions"):
        if line.get("answer") and not line.get("came_true_at"):
            yield Fault(f"{place}.answer", "er is een antwoord, maar geen came_true_at.")


_OF_ONE = ("agreed", "voice", "invitee")


def _asked_and_answered(data: Package) -> Iterator[Fault]:
    """What was asked to be shared or changed, and of who looked: each answered once, and only a yes opens."""
    for place, asked in lines_of(data, "requests"):
        if asked.get("answer") and not asked.get("answered_at"):
            yield Fault(f"{place}.answered_at", "een antwoord heeft een dag waarop het is gegeven.")
        if asked.get("grant") and asked.get("answer") != "yes":
            yield Fault(f"{place}.grant", "dit kan pas als de jongere ja heeft gezegd.")
    granted = ((place, asked["grant"]) for place, asked in lines_of(data, "requests") if asked.get("grant"))
    yield from _twice(granted, "grant", "deze ja staat er al.")
    days = ((place, (why["day"], why.get("reader"))) for place, why in lines_of(data, "whys"))
    yield from _twice(days, "day", "over deze dag is al gevraagd.")
    corrections = {line["id"]: line for _, line in lines_of(data, "corrections")}
    answers = lines_of(data, "correction_answers")
    yield from _twice(((place, one["correction"]) for place, one in answers), "correction", "dit antwoord is er al.")
    for place, one in answers:
        about = corrections.get(one["correction"] or "")
        if one["correction"] is None:
            yield Fault(f"{place}.correction", "zeg bij welke vraag dit hoort.")
        elif about and one["section"] != about["section"]:
            yield Fault(f"{place}.section", f"hier hoort {about['section']}.")


def _papers(data: Package) -> Iterator[Fault]:
    papers = lines_of(data, "papers")
    if len(papers) > MOST_PAPERS:
        yield Fault("papers", f"te veel: {len(papers)} papieren, hoogstens {MOST_PAPERS}.")
    for place, paper in papers:
        if bool(paper.get("content")) == bool(paper.get("removed_at")):
            yield Fault(f"{place}.content", "een papier heeft een inhoud, of een removed_at als het is weggehaald.")


def _messages(data: Package) -> Iterator[Fault]:
    """A voice is looked at as when it is sent; what was taken back holds nothing."""
    together = 0
    for place, message in lines_of(data, "messages"):
        if message.get("taken_back_at") and (message.get("text") or message.get("voice")):
            yield Fault(f"{place}.taken_back_at", "wat is teruggenomen heeft geen tekst en geen stem.")
        if written := message.get("voice"):
            try:
                together += len(voices.check(b64decode(written, validate=True)).content)
            except ValueError:
                yield Fault(f"{place}.voice", "dit is geen base64.")
            except Impossible as objection:
                yield Fault(f"{place}.voice", str(objection))
    if together > MOST_SOUND:
        yield Fault("messages", f"spraak is samen te groot: hoogstens {MOST_SOUND // MEGABYTE} MB.")


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
