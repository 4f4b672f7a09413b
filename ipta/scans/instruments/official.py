"""Texts of others, out of a table that a municipality has the right to use: none of them stands in this house.

The texts of the Zelfredzaamheid-Matrix come beside the levels of our own definition of it; the questions of the BSA
become a questionnaire. What comes out is a Questionnaire like any other, and is read like any other. See decision 28.
"""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from ipta.dossiers.rules import DOMAINS
from ipta.scans.instruments.faults import Fault, NotUnderstood, _
from ipta.scans.instruments.questions import DOMAIN, VOICE, ZRM_LEVEL
from ipta.scans.instruments.tables import Row, plain_name, rows
from ipta.scans.instruments.values import DATA_ABSENT
from ipta.scans.rules import LEVELS

Json = dict[str, Any]

URN: Final = "urn:ipta:instrument:"
MATRICES: Final = ("zrm-2017", "zrm-jongeren")
BSA: Final = "bsa"
KINDS: Final = (*MATRICES, BSA)

LONGEST_TEXT: Final = 1_500  # of one cell of the matrix: so that all of them together always fit in a definition
LONGEST_QUESTION: Final = 500
QUESTIONS: Final = 18
BSA_AGES: Final = (4, 23)
# Three answers to each question. The manual tells what a total means; here is only added up.
APPLIES: Final = {0: "klopt niet", 1: "klopt een beetje", 2: "klopt"}
PARTS: Final = {"sociaal": "social", "conceptueel": "conceptual", "praktisch": "practical"}

_SHIPPED: Final = Path(__file__).parent / "shipped"
_HL7: Final = "http://hl7.org/fhir/StructureDefinition/"
_MATRIX: Final = {"domein": ("domain",), "niveau": ("level",), "tekst": ("text",)}
_LIST: Final = {"nummer": ("number",), "onderdeel": ("part",), "vraag": ("question",)}
_DOMAIN_OF: Final = {plain_name(name): domain for domain, name in DOMAINS.items()} | {key: key for key in DOMAINS}
_LEVEL_OF: Final = {plain_name(name): level for level, name in LEVELS.items()}
_TWICE: Final = _("Dit staat er al, op een eerdere regel.")
_EMPTY: Final = _("Hier staat niets.")
_TOO_LONG: Final = _("Deze tekst is te lang.")


def definition_of(kind: str, content: bytes, version: str) -> bytes:
    """The table as the file of a Questionnaire. The same table makes the same file.

    Raises `NotUnderstood` with every line and reason: all of it comes in, or nothing.
    """
    made = _bsa(content, version) if kind == BSA else _matrix(kind, content, version)
    return json.dumps(made, ensure_ascii=False).encode()


# --- the matrix ---------------------------------------------------------------------------------------------------


def _matrix(kind: str, content: bytes, version: str) -> Json:
    texts = _cells(rows(content, _MATRIX))
    made: Json = json.loads((_SHIPPED / f"{kind}.json").read_text(encoding="utf-8"))
    (levels,) = made["contained"]
    made["contained"] = [_levels_of(domain, levels, texts) for domain in DOMAINS]
    for item in made["item"]:
        if domain := _coded(item):
            item["answerValueSet"] = f"#levels-{domain}"
    del made["date"]  # of our own words, and another day would make another file
    title = made["title"]
    return made | {
        "version": version,
        "publisher": "GGD Amsterdam",
        "copyright": f"De {title} en de teksten per niveau zijn van GGD Amsterdam. Versie: {version}. "
        "De hulpzinnen zijn van IPTA. Alleen te gebruiken door wie daar het recht toe heeft.",
    }


def _coded(item: Json) -> str:
    return next((str(each["code"]) for each in item.get("code", []) if each["system"] == DOMAIN), "")


def _levels_of(domain: str, levels: Json, texts: Mapping[tuple[str, int], str]) -> Json:
    """The levels with what each of them means here, where FHIR keeps what a code means within a list."""
    made: Json = json.loads(json.dumps(levels))
    for include in made["compose"]["include"]:
        for concept in include["concept"] if include["system"] == ZRM_LEVEL else ():
            told = {"url": f"{_HL7}valueset-concept-definition", "valueString": texts[domain, int(concept["code"])]}
            concept["extension"] = [*concept["extension"], told]
    return made | {"id": f"levels-{domain}", "title": f"{levels['title']}: {DOMAINS[domain]}"}


def _cells(table: list[Row]) -> dict[tuple[str, int], str]:
    """The text of each domain and level. Raises `NotUnderstood`."""
    found: dict[tuple[str, int], str] = {}
    faults: list[Fault] = []
    for row in table:
        domain, level = _domain(row.cells["domein"]), _level(row.cells["niveau"])
        wrong = list(_wrong_cell(row, domain, level, (domain, level) in found))
        faults += wrong
        if not wrong and level:
            found[domain, level] = row.cells["tekst"]
    if not faults:
        missing = [
            f"{DOMAINS[domain]} {level}" for domain in DOMAINS for level in LEVELS if (domain, level) not in found
        ]
        last = table[-1].line if table else 1
        faults = [Fault("", _("Na deze regel ontbreekt nog een tekst."), about=name, line=last) for name in missing]
    if faults:
        raise NotUnderstood(faults)
    return found


def _wrong_cell(row: Row, domain: str, level: int | None, is_there: bool) -> Iterator[Fault]:
    cells, line = row.cells, row.line
    if not domain:
        yield Fault("domein", _("Dit leefgebied kennen we niet."), about=cells["domein"], line=line)
    if level is None:
        yield Fault("niveau", _("Een niveau is een getal van 1 tot en met 5."), about=cells["niveau"], line=line)
    if is_there:
        yield Fault("", _TWICE, about=f"{cells['domein']} {cells['niveau']}", line=line)
    yield from _wrong_text(row, "tekst", LONGEST_TEXT)


def _wrong_text(row: Row, column: str, longest: int) -> Iterator[Fault]:
    if not row.cells[column]:
        yield Fault(column, _EMPTY, line=row.line)
    elif len(row.cells[column]) > longest:
        yield Fault(column, _TOO_LONG, about=row.cells[column], line=row.line)


def _domain(said: str) -> str:
    return _DOMAIN_OF.get(plain_name(said), "")


def _level(said: str) -> int | None:
    """1 to 5, also as "niveau 3" or as the matrix calls it."""
    if found := re.fullmatch(r"(?:niveau|level)?\s*([1-5])", said.casefold()):
        return int(found[1])
    return None if re.search(r"\d", said) else _LEVEL_OF.get(plain_name(said))


# --- the BSA ------------------------------------------------------------------------------------------------------


_HOW: Final = (
    "Vul dit in na een gesprek, zonder de jongere erbij. Die leest het later mee. "
    "Weet je iets nog niet? Dat is ook een antwoord."
)


def _bsa(content: bytes, version: str) -> Json:
    asked = _questions(rows(content, _LIST))
    low, high = ({"value": age, "system": "http://unitsofmeasure.org", "code": "a"} for age in BSA_AGES)
    age = {"system": "http://terminology.hl7.org/CodeSystem/usage-context-type", "code": "age"}
    return {
        "resourceType": "Questionnaire",
        "id": BSA,
        "language": "nl",
        "contained": [_applies()],
        "url": f"{URN}{BSA}",
        "version": version,
        "name": BSA,
        "title": "Beoordeling Sociaal Aanpassingsvermogen (BSA)",
        "status": "active",
        "publisher": "Nederlands Jeugdinstituut",
        "description": "Gemaakt voor 4 tot en met 23 jaar. De coach vult dit in na een gesprek.",
        "useContext": [{"code": age, "valueRange": {"low": low, "high": high}}],
        "copyright": f"De vragen zijn van het Nederlands Jeugdinstituut. Versie: {version}. "
        "Alleen te gebruiken door wie daar het recht toe heeft.",
        "code": [{"system": VOICE, "code": "coach"}],
        "item": [{"linkId": "how", "text": _HOW, "type": "display"}, *(_part(name, asked) for name in PARTS)],
    }


def _applies() -> Json:
    weight = f"{_HL7}ordinalValue"
    concepts = [
        {"extension": [{"url": weight, "valueDecimal": points}], "code": str(points), "display": words}
        for points, words in APPLIES.items()
    ]
    unknown = {"system": DATA_ABSENT, "concept": [{"code": "asked-unknown", "display": "Weet ik nog niet"}]}
    include = [{"system": "urn:ipta:applies", "concept": concepts}, unknown]
    return {"resourceType": "ValueSet", "id": "applies", "status": "active", "compose": {"include": include}}


def _part(name: str, asked: Mapping[int, tuple[str, str]]) -> Json:
    """One of the three parts, whose points are added up by themselves."""
    inside = [
        {
            "linkId": f"{BSA}-{number}",
            "prefix": str(number),
            "text": text,
            "type": "choice",
            "required": True,
            "answerValueSet": "#applies",
        }
        for number, (part, text) in sorted(asked.items())
        if part == name
    ]
    return {"linkId": PARTS[name], "text": name.capitalize(), "type": "group", "item": inside}


def _questions(table: list[Row]) -> dict[int, tuple[str, str]]:
    """By its number the part and the words of each question. Raises `NotUnderstood`."""
    found: dict[int, tuple[str, str]] = {}
    faults: list[Fault] = []
    for row in table:
        number, part = _number(row.cells["nummer"]), plain_name(row.cells["onderdeel"])
        wrong = list(_wrong_question(row, number, part, number in found))
        faults += wrong
        if not wrong and number:
            found[number] = part, row.cells["vraag"]
    if not faults:
        last = table[-1].line if table else 1
        missing = [str(number) for number in range(1, QUESTIONS + 1) if number not in found]
        faults = [Fault("", _("Na deze regel ontbreekt nog een vraag."), about=one, line=last) for one in missing]
        empty = [name for name in PARTS if name not in {part for part, _text in found.values()}]
        faults += [Fault("onderdeel", _("Van dit onderdeel is er geen vraag."), about=one, line=last) for one in empty]
    if faults:
        raise NotUnderstood(faults)
    return found


def _wrong_question(row: Row, number: int | None, part: str, is_there: bool) -> Iterator[Fault]:
    cells, line = row.cells, row.line
    if number is None:
        yield Fault("nummer", _("Een nummer is een getal van 1 tot en met 18."), about=cells["nummer"], line=line)
    if part not in PARTS:
        reason = _("Een onderdeel is sociaal, conceptueel of praktisch.")
        yield Fault("onderdeel", reason, about=cells["onderdeel"], line=line)
    if is_there:
        yield Fault("", _TWICE, about=cells["nummer"], line=line)
    yield from _wrong_text(row, "vraag", LONGEST_QUESTION)


def _number(said: str) -> int | None:
    found = re.fullmatch(r"([0-9]{1,2})\.?", said)
    return int(found[1]) if found and 1 <= int(found[1]) <= QUESTIONS else None
