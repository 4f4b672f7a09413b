"""Questionnaires for the tests: small ones by hand, and invented ones of every shape with answers to them."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from hypothesis import strategies as st
from jsonschema import Draft6Validator

from ipta.scans.instruments import definition
from ipta.scans.instruments.answers import Answers, At
from ipta.scans.instruments.asked import places
from ipta.scans.instruments.opening import plain
from ipta.scans.instruments.questions import Item, Questionnaire
from ipta.scans.instruments.values import DATA_ABSENT, KIND_OF, Value, value_of

Json = dict[str, Any]

SHARED: Final = Path(__file__).resolve().parents[4] / "shared"
FHIR: Final = SHARED / "data" / "schemas" / "fhir"
HL7: Final = "http://hl7.org/fhir/StructureDefinition"
WEIGHT: Final = f"{HL7}/ordinalValue"
DONT_KNOW: Final = {"system": DATA_ABSENT, "code": "asked-unknown", "display": "Weet ik nog niet"}
URL: Final = "urn:test:lijst"
HOWEVER: Final = {"version": "1", "status": "active", "resourceType": "Questionnaire"}


def questionnaire(*items: Json, **more: Any) -> Json:
    return {**HOWEVER, "url": URL, "item": list(items), **more}


def file_of(*items: Json, **more: Any) -> bytes:
    """The same as it lies in a file."""
    return json.dumps(questionnaire(*items, **more)).encode()


def asking(*items: Json, **more: Any) -> Questionnaire:
    """The same, read."""
    return definition.read_definition(questionnaire(*items, **more))


def item(link_id: str, kind: str = "string", **more: Any) -> Json:
    return {"linkId": link_id, "type": kind, "text": f"Vraag {link_id}?", **more}


def choice(link_id: str, *weights: float | None, **more: Any) -> Json:
    """Options a, b, c ... with these weights."""
    options = [
        {"valueCoding": {"system": "urn:test:keuzes", "code": "abcdefgh"[n], "display": f"keuze {n}"}}
        | ({"extension": [{"url": WEIGHT, "valueDecimal": weight}]} if weight is not None else {})
        for n, weight in enumerate(weights)
    ]
    return item(link_id, "choice", answerOption=[*options, {"valueCoding": DONT_KNOW}], **more)


def coding(code: str) -> Value:
    return value_of("Coding", {"system": "urn:test:keuzes", "code": code})


def unknown() -> Value:
    return value_of("Coding", DONT_KNOW)


def when(question: str, operator: str = "=", **answer: Any) -> Json:
    return {"question": question, "operator": operator, **answer}


def said(**answers: Any) -> Answers:
    """Answers at the outside, by linkId: texts, numbers and yes or no."""
    kinds = {bool: "Boolean", int: "Integer", str: "String", Decimal: "Decimal"}
    return Answers(
        {
            (link,): (value if isinstance(value, Value) else value_of(kinds[type(value)], value),)
            for link, value in answers.items()
        }
    )


def faults_of_the_whole_schema(found: Json) -> list[str]:
    """What the schema of HL7 as it was published has against this."""
    schema = json.loads((FHIR / "fhir-r4.schema.json").read_text())
    kind = found["resourceType"]
    # Without the schema of each other resource: of what is contained the reader looks at lists of answers alone.
    only = {"$ref": f"#/definitions/{kind}", "definitions": schema["definitions"]}
    return [error.message for error in Draft6Validator(only).iter_errors(json.loads(json.dumps(plain(found))))]


# --- invented -----------------------------------------------------------------------------------------------------

texts = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=8)
decimals = st.decimals(-999, 999, places=2, allow_nan=False, allow_infinity=False)
VALUES: Final = {
    "boolean": st.booleans(),
    "integer": st.integers(-1000, 1000),
    "decimal": decimals,
    "date": st.dates().map(str),
    "dateTime": st.dates().map(lambda day: f"{day.isoformat()}T12:30:00+01:00"),
    "time": st.times().map(lambda time: time.replace(microsecond=0).isoformat()),
    "string": texts,
    "text": texts,
    "url": st.sampled_from(["https://example.org/a", "urn:uuid:1"]),
    "quantity": st.builds(lambda n: {"value": n, "unit": "uur", "code": "h"}, decimals),
}
plain_kinds = st.sampled_from(sorted(VALUES))
weights = st.lists(st.one_of(st.none(), st.integers(-5, 9), st.sampled_from([0.5, 2.25])), min_size=1, max_size=5)


@st.composite
def questionnaires(draw: st.DrawFn) -> Json:
    """Nested, repeating, conditional, weighed: whatever the reader says it understands."""
    made: list[Json] = []  # the questions so far, to make conditions of

    def one(depth: int) -> Json:
        link_id = f"v{draw(st.integers(0, 9))}.{len(made)}/{depth}"
        found = _question(draw, link_id, depth)
        if made and draw(st.integers(0, 3)) == 0:
            found |= _condition(draw, made)
        if found["type"] not in {"group", "display"}:
            made.append(found)
        else:
            made.append(item(f"niets {len(made)}", "display"))  # so that every linkId is another
        if found["type"] == "group" or (depth < 3 and found["type"] != "display" and draw(st.integers(0, 5)) == 0):
            found["item"] = [one(depth + 1) for _ in range(draw(st.integers(1, 3)))]
        return found

    items = [one(0) for _ in range(draw(st.integers(1, 5)))]
    return questionnaire(*items, title=draw(texts))


def _question(draw: st.DrawFn, link_id: str, depth: int) -> Json:
    kind = draw(st.sampled_from(["plain", "plain", "choice", "choice", "open-choice", "group", "display"]))
    if kind == "group" and depth < 3:
        return item(link_id, "group", repeats=draw(st.booleans()))
    if kind == "display":
        return item(link_id, "display")
    more: Json = {"repeats": True} if draw(st.integers(0, 3)) == 0 else {}
    if kind in {"choice", "open-choice"}:
        return choice(link_id, *draw(weights), **more) | {"type": kind}
    return item(link_id, draw(plain_kinds), **more)


def _condition(draw: st.DrawFn, made: list[Json]) -> Json:
    asked = [each for each in made if each["type"] != "display"]
    if not asked:
        return {}
    on = draw(st.sampled_from(asked))
    if on["type"] == "url" or draw(st.booleans()):  # FHIR has no condition on an address
        return {"enableWhen": [when(on["linkId"], "exists", answerBoolean=draw(st.booleans()))]}
    operator = draw(st.sampled_from(["=", "!="]))
    if "answerOption" in on:
        answer: Json = {"answerCoding": draw(st.sampled_from(on["answerOption"]))["valueCoding"]}
    else:
        answer = {f"answer{KIND_OF[on['type']]}": draw(VALUES[on["type"]])}
        if on["type"] in {"integer", "decimal", "date", "dateTime", "time", "quantity"}:
            operator = draw(st.sampled_from(["=", "!=", ">", "<", ">=", "<="]))
    return {"enableWhen": [when(on["linkId"], operator, **answer)]}


@st.composite
def answers_to(draw: st.DrawFn, asked: Questionnaire) -> Answers:
    """Answers to it, a few times over: what is answered first may bring more to ask."""
    found: dict[At, tuple[Value, ...]] = {}
    for _round in range(3):
        for place in places(asked, Answers(found)):
            at, here = place.at, place.item
            if here.kind == "group" and here.is_repeated:
                at = (*at, draw(st.integers(0, 2)))
                for inner in here.items:
                    if inner.has_answer and draw(st.booleans()):
                        found[(*at, inner.link_id)] = draw(_values(inner))
            elif here.has_answer and draw(st.booleans()):
                found[at] = draw(_values(here))
    return Answers({at: values for at, values in found.items() if values})


@st.composite
def _values(draw: st.DrawFn, here: Item) -> tuple[Value, ...]:
    if here.options:
        known = [option.value for option in here.options if not option.value.is_unknown]
        if here.is_repeated:
            chosen = draw(st.lists(st.sampled_from(known), max_size=3, unique=True))
            return tuple(chosen)
        own = [value_of("String", "iets anders")] if here.kind == "open-choice" else []
        return (draw(st.sampled_from([*known, unknown(), *own])),)
    one = VALUES[here.kind].map(lambda content: value_of(KIND_OF[here.kind], content))
    return tuple(draw(st.lists(one, max_size=3 if here.is_repeated else 1)))
