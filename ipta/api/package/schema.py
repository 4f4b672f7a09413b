"""The JSON Schema of a package, made from the table of its parts: `bin/ipta schema` prints it for docs/."""

from collections.abc import Iterable
from functools import cache

from ipta.accounts.models import Person
from ipta.api.package import rules
from ipta.api.package.fields import FHIR, Field, Schema, closed, column_schemas, or_null, text_schema
from ipta.api.package.parts import COURSE, FIND, PARTS, YOUTH, Part
from ipta.vault.rules import SECTIONS

ID: Schema = {"type": "string", "pattern": rules.ID_FORM}
MOMENT: Schema = {"type": "string", "format": "date-time"}
WHAT_IT_IS = {
    "youth": "Who it is about. Before the yes a nickname is all that is known.",
    "course": "From the first contact to the end. Without found_on: the day of the import.",
    "find": "How the youth was found.",
    "people": "Who wrote, coached or was shown something, by name. The youth himself is called 'youth' everywhere.",
    "referrals": "Who brought the youth in, if anybody did: one line at most. Version 4.",
    "phases": "Stretches of the thread; they may overlap and return.",
    "network": "The people around the youth.",
    "notes": "Contacts and attempts. A correction is a new note that replaces the old one.",
    "steps": "What somebody promised.",
    "appointments": "When, where, how to get there and what to bring.",
    "instruments": "The questionnaires that were filled in: Questionnaires of FHIR R4, each as a text. Version 5.",
    "sheets": "Filled-in questionnaires, each in one voice: a QuestionnaireResponse of FHIR R4, as a text. Up to "
    "version 4 levels of life domains; a domain that is absent is not known.",
    "sayings": "Words on the cards of the talk. Better words replace earlier ones; taken back, they stay. Version 5.",
    "statements": "What others said of the youth, with who and when, in the section it is about. Version 5.",
    "answers": "Whether that is right, says the youth. Version 5.",
    "second_looks": "Why it did not fit with what the coach sees, and what came of that. Version 5.",
    "plans": "Versions of the plan.",
    "agreements": "Who said yes to which version.",
    "placements": "Places to work or learn.",
    "meetings": "The talk of youth and coach with those around him about the plan; one at a time is ahead. Version 5.",
    "points": "What was said of a point of its agenda, by the name of the goal or element; own points. Version 5.",
    "invitees": "Who was asked to be there, what he may see beforehand and what he answered. Version 5.",
    "remarks": "What was said of a point at the table, in a voice. Version 5.",
    "set_aside": "Why a difficult point did not come on the table, of each of the two. Version 5.",
    "agreed": "What was agreed at one talk; its number goes up with every change. Version 5.",
    "contributions": "The role of one person at the table: of youth or coach, or of an invitee. Version 5.",
    "conditions": "What makes them sit down again, and whether it came true. Version 5.",
    "yeses": "Who said yes to what was agreed, and to which number of it; or to his own line alone. Version 5.",
    "papers": "Letters, a diploma, a cv: photos and PDFs in base64. Taken away, only the line is left. Version 2.",
    "messages": "What youth and coach wrote each other, with a voice in base64. Version 5.",
    "rhythm": "How often he wants to be asked how his week was: one line at most. Version 5.",
    "assessments": "Tests and scans of others. Without his yes none is planned or done. Version 5.",
    "questions": "What a specialist was asked, and what he answered. What waits is closed at the import. Version 4.",
    "grants": "What was shared with whom: a section, or since version 5 one line of it. It ends at the import.",
    "requests": "Who asked to see something, and what the youth said. What waits ends at the import. Version 5.",
    "whys": "Whom the youth asked why he looked, of which day, and the answer. Version 5.",
    "views": "The youth's own side, beside a line.",
    "corrections": "What the youth asked to change in a line. Version 5.",
    "correction_answers": "Changed, or not and why: one answer to each. Version 5.",
    "briefings": "What whoever goes on must know.",
    "coaches": "Who walked along.",
    "history": "What was done when, and by whom: ids, numbers and keys, no words.",
    "looks": "Who opened which section. In the youth's own copy only; an import does not take it over.",
    "gone": "Sections that were erased: their lines come without words.",
}


@cache
def schema() -> Schema:
    properties: Schema = {
        "format": {"const": rules.FORMAT},
        "version": {"type": "integer", "minimum": rules.OLDEST, "maximum": rules.VERSION},
        "package_id": {"type": "string", "format": "uuid"},
        "exported_at": MOMENT,
        "municipality": closed({"code": text_schema(6), "name": text_schema(60)}),
        "youth": _object(YOUTH, needed=["nickname"]),
        "course": _object(COURSE),
        "find": or_null(_line(FIND)),
        "people": _list(_person()),
        "instruments": _list(closed({"id": ID, "definition": FHIR}, needed=["id", "definition"])),
        **{part.name: _list(_line(part)) for part in PARTS},
        "history": _list(_entry()),
        "looks": _list(_look()),
        "gone": {"type": "array", "maxItems": len(SECTIONS), "items": {"enum": [*SECTIONS]}},
    }
    for name, description in WHAT_IT_IS.items():
        properties[name] = {"description": description, **properties[name]}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:{rules.FORMAT}:{rules.VERSION}",
        "title": "IPTA dossier package",
        "description": "A whole dossier in one file. Only what is required must be there: unknown stays unknown.",
        **closed(properties, needed=["format", "version", "package_id", "youth", "course"]),
    }


def _object(fields: Iterable[Field], needed: Iterable[str] = ()) -> Schema:
    return closed({field.name: field.schema() for field in fields}, needed=[*needed])


def _line(part: Part) -> Schema:
    needed = [field.name for field in part.fields if field.is_needed]
    line = _object(part.fields, needed=needed)
    if part.line:
        line["properties"] = {"id": ID, **line["properties"]}
        line["required"] = ["id", *needed]
    return line


def _list(line: Schema) -> Schema:
    return {"type": "array", "maxItems": rules.MAX_LINES, "items": line}


def _person() -> Schema:
    names = column_schemas(Person, ("first_name", "last_name", "organisation"))
    return closed({"id": ID, **names}, needed=["id"])


def _entry() -> Schema:
    fact = {
        "type": ["string", "integer", "boolean", "null"],
        "pattern": f"^{rules.FACT_FORM.pattern}$",
        "minimum": -(10**9),
        "maximum": 10**9,
    }
    facts = {
        "type": "object",
        "maxProperties": 20,
        "propertyNames": {"pattern": rules.KEY_FORM},
        "additionalProperties": fact,
    }
    verb = {"type": "string", "pattern": rules.VERB_FORM}
    return closed({"at": MOMENT, "did": verb, "by": or_null(ID), "facts": facts}, needed=["at", "did"])


def _look() -> Schema:
    names = {name: text_schema(longest) for name, longest in (("reader", 40), ("role", 20), ("organisation", 80))}
    result = {"enum": ["opened", "refused"]}
    return closed({"at": MOMENT, **names, "section": {"enum": [*SECTIONS]}, "result": result})
