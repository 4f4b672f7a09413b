"""Answers as another house reads them: a QuestionnaireResponse of FHIR R4, out and in.

Whose answers they are is a number of this house, never a name. Of what comes in, names of people are not taken over.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from ipta.scans.instruments import schema
from ipta.scans.instruments.answers import MOST_TIMES, Answers, At
from ipta.scans.instruments.asked import spoken
from ipta.scans.instruments.checks import complaints
from ipta.scans.instruments.faults import Fault, NotUnderstood, _
from ipta.scans.instruments.opening import Json, of_kind, opened, plain
from ipta.scans.instruments.questions import Item, Questionnaire
from ipta.scans.instruments.values import NoValue, Value, read_value, value_of, written

IN_PROGRESS, COMPLETED, AMENDED = "in-progress", "completed", "amended"
STATUSES: Final = (IN_PROGRESS, COMPLETED, AMENDED)
URN: Final = "urn:ietf:rfc:3986"
# What FHIR R4 has no place for.
EXTENSIONS: Final = {
    "voice": ("urn:ipta:voice", "Code"),
    "about_on": ("urn:ipta:about-on", "Date"),
    "replaces": ("urn:ipta:replaces", "Uri"),
}
REFERENCES: Final = ("subject", "author", "source")


@dataclass(frozen=True, slots=True)
class Response:
    """A sheet on its way out or in. People and sheets are numbers: urn:uuid:..."""

    answers: Answers
    status: str = IN_PROGRESS
    authored: str = ""  # when it was written or signed off
    subject: str = ""
    author: str = ""
    source: str = ""  # whose answers they are
    identifier: str = ""
    voice: str = ""
    about_on: str = ""
    replaces: str = ""


def response_of(asked: Questionnaire, said: Response) -> Json:
    """What goes out: the answers to what is asked, and no others."""
    extensions: list[Json] = []
    for name, (url, kind) in EXTENSIONS.items():
        if value := getattr(said, name):
            extensions.append({"url": url, f"value{kind}": value})
    found: Json = {"resourceType": "QuestionnaireResponse"}
    if extensions:
        found["extension"] = extensions
    if said.identifier:
        found["identifier"] = {"system": URN, "value": said.identifier}
    found |= {"questionnaire": asked.canonical, "status": said.status}
    if said.authored:
        found["authored"] = said.authored
    for name in REFERENCES:
        if number := getattr(said, name):
            found[name] = {"identifier": {"system": URN, "value": number}}
    if items := _items(asked.items, spoken(asked, said.answers), ()):
        found["item"] = items
    made: Json = plain(found)
    return made


def _items(items: Sequence[Item], answers: Answers, under: At) -> list[Json]:
    found: list[Json] = []
    for item in items:
        at = (*under, item.link_id)
        head: Json = {"linkId": item.link_id} | ({"text": item.text} if item.text else {})
        if item.has_answer:
            if values := answers.at(at):
                said = [written(value) | _inside(item, answers, (*at, n)) for n, value in enumerate(values)]
                found.append(head | {"answer": said})
        else:
            found += [head | _inside(item, answers, (*at, n)) for n in range(answers.times(at))]
    return found


def _inside(item: Item, answers: Answers, at: At) -> Json:
    items = _items(item.items, answers, at)
    return {"item": items} if items else {}


# --- in -----------------------------------------------------------------------------------------------------------


def read(asked: Questionnaire, content: bytes) -> Response:
    """The answers in this file. Raises `NotUnderstood` with every place and reason."""
    return read_response(asked, opened(content, "QuestionnaireResponse"))


def read_response(asked: Questionnaire, found: Json) -> Response:
    """The same of a response that is JSON already."""
    of_kind(found, "QuestionnaireResponse")
    if faults := schema.faults_of(found, "QuestionnaireResponse"):
        raise NotUnderstood(faults)
    faults = list(_about(asked, found))
    said: dict[At, tuple[Value, ...]] = {}
    _take(found.get("item", []), asked.items, (), "", said, faults)
    if faults:
        raise NotUnderstood(faults)
    answers = Answers(said)
    is_done = found["status"] != IN_PROGRESS
    if wrong := complaints(asked, answers, is_done=is_done):
        places = [".".join(map(str, complaint.at)) for complaint in wrong]
        links = [str(complaint.at[-1]) for complaint in wrong]
        told = zip(places, wrong, links, strict=True)
        raise NotUnderstood([Fault(where, str(complaint), link) for where, complaint, link in told])
    heard = spoken(asked, answers)  # without the groups that hold nothing
    if len(heard.said) < len(answers.said):
        raise NotUnderstood([Fault("item", _("Hier staan antwoorden op vragen die niet gesteld zijn."))])
    return Response(
        answers=heard,
        status=found["status"],
        authored=found.get("authored", ""),
        identifier=found.get("identifier", {}).get("value", ""),
        **{name: found.get(name, {}).get("identifier", {}).get("value", "") for name in REFERENCES},
        **_extensions(found),
    )


def _extensions(found: Json) -> dict[str, str]:
    said = {each["url"]: each for each in found.get("extension", [])}
    return {name: said.get(url, {}).get(f"value{kind}", "") for name, (url, kind) in EXTENSIONS.items()}


def _about(asked: Questionnaire, found: Json) -> Iterator[Fault]:
    """Whether it answers this questionnaire, and still holds."""
    if found.get("status") not in STATUSES:
        yield Fault("status", _("Deze antwoorden gelden niet."), about=str(found.get("status")))
    said = found.get("questionnaire", "")
    url, _bar, version = said.partition("|")
    relative = f"Questionnaire/{asked.source.get('id', '')}"
    if said and url not in {asked.url, relative}:
        yield Fault("questionnaire", _("Dit zijn antwoorden op een andere vragenlijst."), about=said)
    elif version and version != asked.version:
        yield Fault("questionnaire", _("Dit zijn antwoorden op een andere versie."), about=said)
    if "authored" in found:
        try:
            value_of("DateTime", found["authored"])
        except NoValue as fault:
            yield Fault("authored", str(fault))
    yield from _modifiers(found, "")


def _modifiers(found: Any, where: str) -> Iterator[Fault]:
    if isinstance(found, list):
        for number, value in enumerate(found):
            yield from _modifiers(value, f"{where}[{number}]")
    elif isinstance(found, dict):
        if found.get("modifierExtension") or found.get("implicitRules"):
            yield Fault(where, _("Dit verandert de betekenis, en we kennen het niet."))
        for name, value in found.items():
            yield from _modifiers(value, f"{where}.{name}".lstrip("."))


def _take(
    found: Sequence[Json],
    items: Sequence[Item],
    under: At,
    where: str,
    said: dict[At, tuple[Value, ...]],
    faults: list[Fault],
) -> None:
    """Take the answers of these items over. Each fault is kept with its place."""
    known = {item.link_id: item for item in items}
    seen: dict[str, int] = {}
    for number, each in enumerate(found):
        here = f"{where}.item[{number}]".lstrip(".")
        link_id = each.get("linkId", "")
        item, before = known.get(link_id), seen.get(link_id, 0)
        seen[link_id] = before + 1
        if item is None:
            faults.append(Fault(here, _("Deze vraag staat hier niet in de lijst."), link_id))
        elif before >= (MOST_TIMES if item.is_repeated and not item.has_answer else 1):
            faults.append(Fault(here, _("Deze vraag staat er vaker dan kan."), link_id))
        elif item.has_answer:
            _take_question(each, item, (*under, link_id), here, said, faults)
        elif "answer" in each:
            faults.append(Fault(here, _("Dit is geen vraag."), link_id))
        else:
            _take(each.get("item", []), item.items, (*under, link_id, before), here, said, faults)


def _take_question(
    found: Json, item: Item, at: At, where: str, said: dict[At, tuple[Value, ...]], faults: list[Fault]
) -> None:
    if "item" in found:
        faults.append(Fault(where, _("Wat onder een vraag hangt, hoort bij een antwoord."), item.link_id))
    if len(found.get("answer", [])) > MOST_TIMES:
        faults.append(Fault(where, _("Hier staan te veel antwoorden."), item.link_id))
        return
    values = []
    for number, each in enumerate(found.get("answer", [])):
        here = f"{where}.answer[{number}]"
        try:
            read = read_value(each)
        except NoValue as fault:
            faults.append(Fault(here, str(fault), item.link_id))
            continue
        if read is None:
            faults.append(Fault(here, _("Hier hoort precies één waarde."), item.link_id))
            continue
        values.append(read[1])
        _take(each.get("item", []), item.items, (*at, number), here, said, faults)
    if values:
        said[at] = tuple(values)
