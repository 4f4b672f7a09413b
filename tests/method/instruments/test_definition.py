"""Reading a definition. What is not understood is refused with the place and the reason, and never passed over."""

import json
from decimal import Decimal
from typing import Any

import pytest

from ipta.scans.instruments import definition
from ipta.scans.instruments.faults import Fault, NotUnderstood
from ipta.scans.instruments.opening import LARGEST
from ipta.scans.instruments.schema import FILE
from tests.method.instruments.made import DONT_KNOW, FHIR, HL7, Json, asking, choice, item, questionnaire, when

SDC = "http://hl7.org/fhir/uv/sdc/StructureDefinition"
FORMULA = {"language": "text/fhirpath", "expression": "1 + 1"}
LIST = {
    "resourceType": "ValueSet",
    "id": "l",
    "status": "active",
    "compose": {"include": [{"system": "urn:x", "concept": [{"code": "a"}, {"code": "b", "display": "bé"}]}]},
}


def refused(found: Json) -> list[Fault]:
    with pytest.raises(NotUnderstood) as refusal:
        definition.read(json.dumps(found).encode())
    return list(refusal.value.faults)


def extension(url: str, **value: Any) -> Json:
    return {"extension": [{"url": f"{HL7}/{url}", **value}]}


def test_a_question_keeps_all_that_is_said_of_it() -> None:
    found = asking(
        item("groep", "group", item=[
            choice("a", 1, 2.5, prefix="1.", required=True, repeats=True),
            item("b", "integer", **{"extension": [
                {"url": f"{HL7}/minValue", "valueInteger": 1},
                {"url": f"{HL7}/maxValue", "valueInteger": 5},
                {"url": f"{HL7}/questionnaire-sliderStepValue", "valueInteger": 2},
                {"url": f"{HL7}/questionnaire-itemControl", "valueCodeableConcept": {"coding": [{"code": "slider"}]}},
                {"url": f"{HL7}/questionnaire-hidden", "valueBoolean": True},
                {"url": f"{HL7}/questionnaire-unit", "valueCoding": {"code": "h", "display": "uur"}},
            ]}, enableWhen=[when("a", "exists", answerBoolean=True)]),
        ]),
        version="3", title="Lijst", publisher="Wij",
    )  # fmt: skip
    a, b = found.by_link["a"], found.by_link["b"]
    assert (found.canonical, found.title, found.above["a"]) == ("urn:test:lijst|3", "Lijst", ("groep",))
    assert [option.weight for option in a.options] == [1, Decimal("2.5"), None]
    assert (a.prefix, a.is_required, a.is_repeated, a.may_be_unknown) == ("1.", True, True, True)
    assert (b.control, b.step, b.is_hidden, b.may_be_unknown) == ("slider", 2, True, False)
    assert b.minimum is not None and b.maximum is not None and b.unit is not None
    assert (b.minimum.content, b.maximum.content, b.unit.display) == (1, 5, "uur")
    assert b.conditions[0].question == "a"


def test_answers_may_come_along_as_a_list() -> None:
    found = asking(item("a", "choice", answerValueSet="#l"), contained=[LIST])
    assert [option.value.words for option in found.by_link["a"].options] == ["a", "bé"]


def test_an_extension_nobody_knows_does_nothing_and_stays() -> None:
    source = questionnaire(item("a", **{"extension": [{"url": "urn:eigen:kleur", "valueString": "rood"}]}))
    assert definition.read_definition(source).source == source


REFUSED = {
    "a type nobody knows": (item("a", "kleur"), "item[0].type", "kent FHIR R4"),
    "a file as an answer": (item("a", "attachment"), "item[0].type", "Een bestand vragen"),
    "a reference as an answer": (item("a", "reference"), "item[0].type", "buiten de vragenlijst"),
    "a list that is elsewhere": (
        item("a", "choice", answerValueSet="http://loinc.org/vs/LL358-3"),
        "item[0].answerValueSet",
        "zit niet in het bestand",
    ),
    "a choice without answers": (item("a", "choice"), "item[0]", "niets te kiezen"),
    "answers to what is no choice": (choice("a", 1) | {"type": "string"}, "item[0]", "Alleen een keuzevraag"),
    "the same answer twice": (
        item("a", "choice", answerOption=[{"valueCoding": DONT_KNOW}, {"valueCoding": DONT_KNOW | {"display": "x"}}]),
        "item[0]",
        "Twee antwoorden zijn hetzelfde",
    ),
    "a modifier": (
        item("a", modifierExtension=[{"url": "urn:omgekeerd", "valueBoolean": True}]),
        "item[0].modifierExtension",
        "verandert de betekenis",
    ),
    "a reckoned answer": (
        item("a", "integer", extension=[{"url": f"{SDC}/sdc-questionnaire-calculatedExpression",
                                         "valueExpression": FORMULA}]),
        "item[0].extension[0]",
        "rekent de vragenlijst zelf",
    ),
    "a formula deep in a text": (
        item("a", _text={"extension": [{"url": "urn:x", "extension": [{"url": "y", "valueExpression": FORMULA}]}]}),
        "item[0]._text.extension[0].extension[0]",
        "rekent de vragenlijst zelf",
    ),
    "a pattern": (item("a", **extension("regex", valueString="(a+)+")), "item[0].extension[0]", "Een patroon"),
    "a group without questions": (item("a", "group"), "item[0]", "Een groep zonder vragen"),
    "a text that is required": (item("a", "display", required=True), "item[0]", "vraagt niets"),
    "no linkId": ({"type": "string", "text": "?"}, "item[0]", "geen linkId"),
    "an answer ready that does not fit": (
        item("a", "integer", initial=[{"valueString": "x"}]),
        "item[0].initial[0].valueString",
        "past niet bij de vraag",
    ),
    "two answers ready where one can be": (
        item("a", "integer", initial=[{"valueInteger": 1}, {"valueInteger": 2}]),
        "item[0]",
        "maar één antwoord klaarstaan",
    ),
    "a day that does not exist": (
        item("a", "date", initial=[{"valueDate": "2026-02-30"}]),
        "item[0].initial[0]",
        "geen datum die bestaat",
    ),
    "a bound of another kind": (
        item("a", "integer", **extension("minValue", valueDate="2026-01-01")),
        "item[0].extension[0].valueDate",
        "past niet bij de vraag",
    ),
    "bounds the wrong way round": (
        item("a", "integer", extension=[{"url": f"{HL7}/minValue", "valueInteger": 5},
                                        {"url": f"{HL7}/maxValue", "valueInteger": 1}]),
        "item[0]",
        "groter dan het grootste",
    ),
    "more than one where repeats is off": (
        item("a", **extension("questionnaire-maxOccurs", valueInteger=3)),
        "item[0]",
        "repeats staat uit",
    ),
    "a length of a day": (item("a", "date", maxLength=3), "item[0]", "heeft geen lengte"),
    "a field of another language": (item("a", kleur="rood"), "item[0]", "Dit veld kent FHIR R4 hier niet"),
    "a word where a number belongs": (item("a", maxLength="lang"), "item[0].maxLength", "Hier hoort een getal"),
    "nothing where something belongs": (item("a", code=[None]), "item[0].code[0]", "Hier hoort een groep velden"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_understood_is_refused_with_its_place(name: str) -> None:
    asked, where, reason = REFUSED[name]
    faults = [fault for fault in refused(questionnaire(asked, item("z"))) if fault.where == where]
    assert any(reason in fault.reason for fault in faults), refused(questionnaire(asked, item("z")))
    assert all(fault.link_id == asked.get("linkId", "") for fault in faults)


CONDITIONS = {
    "a question that is not there": (
        [item("a"), item("b", enableWhen=[when("x", answerString="1")])],
        "die er niet is",
    ),
    "a group": (
        [item("g", "group", item=[item("a")]), item("b", enableWhen=[when("g", "exists", answerBoolean=True)])],
        "die er niet is",
    ),
    "an operator nobody knows": ([item("a"), item("b", enableWhen=[when("a", "~", answerString="1")])], "kent FHIR R4"),
    "an answer nobody can choose": (
        [choice("a", 1), item("b", enableWhen=[when("a", answerCoding={"system": "urn:test:keuzes", "code": "z"})])],
        "niet gegeven worden",
    ),
    "a text as answer to a choice": (
        [choice("a", 1), item("b", enableWhen=[when("a", answerString="a")])],
        "niet gegeven worden",
    ),
    "more than yes": (
        [item("a", "boolean"), item("b", enableWhen=[when("a", ">", answerBoolean=True)])],
        "niet groter of kleiner",
    ),
    "whether it is there, with a number": (
        [item("a", "integer"), item("b", enableWhen=[when("a", "exists", answerInteger=1)])],
        "hoort ja of nee",
    ),
    "two conditions, and nobody says whether both": (
        [item("a"), item("b", enableWhen=[when("a", answerString="1"), when("a", "!=", answerString="2")])],
        "enableBehavior",
    ),
    "a question that waits for itself": ([item("a", enableWhen=[when("a", answerString="1")])], "wachten op elkaar"),
    "two that wait for each other": (
        [item("a", enableWhen=[when("b", answerString="1")]), item("b", enableWhen=[when("a", answerString="1")])],
        "wachten op elkaar",
    ),
    "a group that waits for what lies in it": (
        [item("g", "group", item=[item("a")], enableWhen=[when("a", answerString="1")])],
        "wachten op elkaar",
    ),
}


@pytest.mark.parametrize("name", CONDITIONS)
def test_a_condition_that_cannot_be_followed_is_refused(name: str) -> None:
    items, reason = CONDITIONS[name]
    assert any(reason in fault.reason for fault in refused(questionnaire(*items)))


def test_a_thousand_questions_that_wait_one_after_the_other_are_refused_quickly() -> None:
    chain = [item(str(n), **({"enableWhen": [when(str(n - 1), answerString="1")]} if n else {})) for n in range(900)]
    assert "te veel na elkaar" in refused(questionnaire(*chain))[0].reason


@pytest.mark.parametrize("change", [
    {"compose": {"include": [{"system": "urn:x"}]}},
    {"compose": {"include": [{"valueSet": ["urn:elders"]}]}},
    {"compose": {"include": [{"system": "urn:x", "filter": [{"property": "a", "op": "=", "value": "b"}]}]}},
])  # fmt: skip
def test_a_list_of_which_the_answers_are_elsewhere_is_refused(change: Json) -> None:
    faults = refused(questionnaire(item("a", "choice", answerValueSet="#l"), contained=[LIST | change]))
    assert (faults[0].where, "moeten er zelf in staan" in faults[0].reason) == ("contained[0].compose.include[0]", True)


@pytest.mark.parametrize("change", [{"compose": {"include": []}}, {}, {"expansion": {}}])
def test_a_list_without_answers_is_none(change: Json) -> None:
    bare = {name: said for name, said in LIST.items() if name != "compose"}
    faults = refused(questionnaire(item("a", "choice", answerValueSet="#l"), contained=[bare | change]))
    assert any("moeten er zelf in staan" in fault.reason for fault in faults)


def test_an_answer_that_stands_ready_is_one_of_the_list() -> None:
    ready = [{"valueCoding": {"system": "urn:x", "code": "a"}}]
    asked = asking(item("a", "choice", answerValueSet="#l", initial=ready), contained=[LIST])
    assert [value.words for value in asked.by_link["a"].initial] == ["a"]
    ready[0]["valueCoding"]["code"] = "z"
    faults = refused(questionnaire(item("a", "choice", answerValueSet="#l", initial=ready), contained=[LIST]))
    assert [fault.reason for fault in faults] == ["Het antwoord dat klaarstaat, is er niet bij."]


def test_a_list_may_be_written_out_flat_and_no_other_way() -> None:
    flat: list[Json] = [{"system": "urn:x", "code": "a", "display": "eerste"}, {"system": "urn:x", "code": "b"}]
    lists = {"resourceType": "ValueSet", "id": "l", "status": "active"}
    dated = {"timestamp": "2026-01-01"}
    asked = asking(
        item("a", "choice", answerValueSet="#l"), contained=[lists | {"expansion": dated | {"contains": flat}}]
    )
    assert [option.value.words for option in asked.by_link["a"].options] == ["eerste", "b"]
    for odd in ({"contains": [{"code": "c"}]}, {"abstract": True}, {"inactive": True}):
        deep = lists | {"expansion": dated | {"contains": [flat[0] | odd]}}
        faults = refused(questionnaire(item("a", "choice", answerValueSet="#l"), contained=[deep]))
        assert (faults[0].where, "platte lijst" in faults[0].reason) == ("contained[0].expansion", True)


@pytest.mark.parametrize("said", [-1, 1.5])
def test_how_many_is_a_whole_number(said: Any) -> None:
    least = extension("questionnaire-minOccurs", valueInteger=said)
    assert refused(questionnaire(item("a", repeats=True, **least)))[0].reason.startswith("Hier hoort een heel getal")
    none = extension("questionnaire-minOccurs", valueInteger=0)
    assert asking(item("a", repeats=True, **none)).by_link["a"].min_times == 0


def test_a_thousand_and_one_questions_are_too_many_and_a_thousand_are_not() -> None:
    many = [item(str(n)) for n in range(1001)]
    assert refused(questionnaire(*many))[0].reason.startswith("Er staan te veel vragen in")
    assert len(asking(*many[1:]).by_link) == 1000


def test_a_file_full_of_mistakes_is_refused_at_once() -> None:
    assert len(refused(questionnaire(*[item("a", kleur="rood") for _ in range(900)]))) == 100


@pytest.mark.parametrize("url", ["urn:x|1", "urn:x#1"])
def test_a_url_leaves_room_for_its_version(url: str) -> None:
    assert refused(questionnaire(item("a"), url=url))[0].where == "url"


def test_without_a_url_its_id_tells_which_it_is() -> None:
    bare = {name: said for name, said in questionnaire(item("a")).items() if name != "url"}
    assert definition.read_definition(bare | {"id": "x"}).canonical == "urn:ipta:questionnaire:x|1"
    assert refused(bare)[0].reason.startswith("Zonder url")


def test_every_reason_is_told_at_once() -> None:
    faults = refused(questionnaire(item("a", "attachment"), item("a"), item("b", "choice")))
    assert {fault.where for fault in faults} == {"item[0].type", "item[1].linkId", "item[2]"}


FILES = {
    "no JSON": (b"{", "geen JSON"),
    "no text": (b"\xff\xfe\x00", "geen tekst in UTF-8"),
    "a list": (b"[]", "geen Questionnaire"),
    "another resource": (b'{"resourceType": "Patient"}', "geen Questionnaire van FHIR R4. Er staat: Patient"),
    "too large": (b" " * (LARGEST + 1), "te groot"),
    "a field that is there twice": (b'{"resourceType": "Questionnaire", "id": "a", "id": "b"}', "twee keer"),
    "no number": (b'{"resourceType": "Questionnaire", "x": NaN}', "geen getal"),
    "a number nobody can keep": (b'{"resourceType": "Questionnaire", "x": 1e999}', "te lang of te groot"),
    "a sign that is none": (b'{"resourceType": "Questionnaire", "title": "a\\u0000"}', "een teken dat niet kan"),
    "half a sign": (b'{"resourceType": "Questionnaire", "title": "\\ud800"}', "een teken dat niet kan"),
    "a tower of brackets": (b'{"resourceType": "Questionnaire", "x": ' + b"[" * 900 + b"]" * 900 + b"}", "te diep"),
    "a higher tower": (b"[" * 100_000, "te diep"),
}


@pytest.mark.parametrize("name", FILES)
def test_what_is_no_questionnaire_is_one_plain_sentence(name: str) -> None:
    content, reason = FILES[name]
    with pytest.raises(NotUnderstood, match=reason):
        definition.read(content)


@pytest.mark.skipif(not FHIR.exists(), reason="the schema of HL7 lies beside the checkout")
def test_the_schema_we_ship_is_that_of_hl7_without_the_descriptions() -> None:
    ours = json.loads(FILE.read_text())["definitions"]
    theirs = json.loads((FHIR / "fhir-r4.schema.json").read_text())["definitions"]

    def bare(found: Any) -> Any:
        if isinstance(found, dict):
            return {k: bare(v) for k, v in found.items() if k != "description" or not isinstance(v, str)}
        return [bare(each) for each in found] if isinstance(found, list) else found

    assert {"Questionnaire", "QuestionnaireResponse", "ValueSet"} <= set(ours)
    assert {name: said for name, said in ours.items() if name != "ResourceList"} == {
        name: bare(theirs[name]) for name in ours if name != "ResourceList"
    }


def test_a_list_that_is_named_too_often_is_refused_before_a_page_is_made_of_it() -> None:
    concepts = [{"code": str(n), "display": str(n)} for n in range(500)]
    many = LIST | {"compose": {"include": [{"system": "urn:x", "concept": concepts}]}}

    def asks(questions: int) -> Json:
        return questionnaire(
            *(item(f"v{n}", "choice", answerValueSet="#l") for n in range(questions)), contained=[many]
        )

    assert len(definition.read_definition(asks(20)).items) == 20
    assert [fault.reason for fault in refused(asks(21))] == [
        "Bij elkaar zijn er te veel antwoorden om uit te kiezen. Hooguit 10000 kan."
    ]
