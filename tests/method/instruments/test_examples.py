"""The examples of HL7 (R4 and Structured Data Capture), where they lie beside the checkout.

Each is read, filled in, sent away and read back, or refused for the reason that stands here. What is refused is read
as soon as the reason is taken away.
"""

import json
from typing import Any

import pytest

from ipta.scans.instruments import definition, responses, schema
from ipta.scans.instruments.answers import Answers, At
from ipta.scans.instruments.asked import places, spoken
from ipta.scans.instruments.checks import complaints
from ipta.scans.instruments.faults import NotUnderstood
from ipta.scans.instruments.questions import Item, Questionnaire
from ipta.scans.instruments.responses import Response
from ipta.scans.instruments.values import KIND_OF, Value, value_of
from tests.method.instruments.made import FHIR, Json, faults_of_the_whole_schema

pytestmark = pytest.mark.skipif(not FHIR.exists(), reason="the examples of HL7 lie beside the checkout")

READ = {"Questionnaire-bb", "Questionnaire-f201", "Questionnaire-gcs", "Questionnaire-zika-virus-exposure-assessment"}
ELSEWHERE = "zit niet in het bestand"  # its answers are on a server we do not ask
RECKONS = "rekent de vragenlijst zelf iets uit"
# Each with every reason, and one of the places.
REFUSED = {
    "Questionnaire-3141": ({ELSEWHERE, "niets te kiezen"}, "1.1"),
    "Questionnaire-phq-9-questionnaire": ({ELSEWHERE, RECKONS}, "TotalScore"),
    "Questionnaire-qs1": ({"geen linkId", "niets te kiezen", "buiten de vragenlijst"}, "Account.language.value"),
    "Questionnaire-SDOHCC-QuestionnaireHungerVitalSign": ({RECKONS}, "/88124-3"),
    "Questionnaire-questionnaire-sdc-profile-example-hunger-vital-signs": ({RECKONS}, "/88124-3"),
    "Questionnaire-questionnaire-sdc-profile-example-item-weight": ({RECKONS, "Regels tussen antwoorden"}, "6"),
    "Questionnaire-questionnaire-sdc-profile-example-render": ({ELSEWHERE, "Alleen een keuzevraag"}, "3.2"),
    "Questionnaire-questionnaire-sdc-test-all-data-types": ({ELSEWHERE, "Een bestand vragen"}, "id-attachment"),
    "Questionnaire-questionnaire-sdc-test-enableWhen": ({ELSEWHERE}, "1acf93a7-0890-44cd-be48-542defb35248"),
    "Questionnaire-questionnaire-sdc-test-nested-groups": ({ELSEWHERE}, "34b78239-1df2-49c5-a1ab-8f5691c7ede0"),
}
# The answers that HL7 publishes beside them: some are of another form than the one they are called after.
ANSWERED = {
    "gcs": "",
    "bb": "Deze vraag staat hier niet in de lijst.",  # vitaminKDose1, where the questionnaire says vitaminiKDose1
    "f201": "Wat onder een vraag hangt, hoort bij een antwoord.",  # 1.1 below 1, which is a question
}


def example(name: str) -> Json:
    found: Json = json.loads(next(FHIR.glob(f"*-examples/{name}.json")).read_text())
    return found


def test_every_example_is_on_one_of_both_lists() -> None:
    assert {file.stem for file in FHIR.glob("*-examples/Questionnaire-*.json")} == READ | set(REFUSED)


@pytest.mark.parametrize("name", sorted(READ))
def test_an_example_is_read_filled_in_and_comes_back(name: str) -> None:
    source = example(name)
    _comes_back(definition.read_definition(source))
    assert definition.read_definition(source).source == source


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_an_example_is_refused_for_these_reasons_and_no_others(name: str) -> None:
    reasons, link_id = REFUSED[name]
    with pytest.raises(NotUnderstood) as refusal:
        definition.read_definition(example(name))
    faults = refusal.value.faults
    for fault in faults:
        assert any(reason in fault.reason for reason in reasons), fault
    assert {reason for reason in reasons if any(reason in fault.reason for fault in faults)} == reasons
    assert any(fault.link_id == link_id for fault in faults)


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_it_is_read_once_the_reason_is_gone(name: str) -> None:
    _comes_back(definition.read_definition(_mended(example(name))))


def _mended(found: Json) -> Json:
    """With the lists it asks for, without what it reckons and what nobody can ask here."""
    codes = [{"code": code, "display": code} for code in ("Y", "N", "ASKU")]
    systems = [f"http://terminology.hl7.org/CodeSystem/v2-{number}" for number in ("0532", "0136")]
    include = [{"system": system, "concept": codes} for system in systems]
    sets = {"resourceType": "ValueSet", "id": "meegebracht", "status": "active", "compose": {"include": include}}
    has_expression = '"valueExpression"'
    numbers = iter(range(1000))

    def mended(items: list[Json]) -> list[Json]:
        return [mend(each) for each in items if each["type"] not in {"attachment", "reference"}]

    def mend(each: Json) -> Json:
        each = dict(each)
        each.setdefault("linkId", f"zonder {next(numbers)}")
        each["extension"] = [said for said in each.get("extension", []) if has_expression not in json.dumps(said)]
        if each["type"] == "choice" and "answerOption" not in each and each.get("answerValueSet", "")[:1] != "#":
            each["answerValueSet"] = "#meegebracht"
        if each["type"] == "open-choice":
            each["answerValueSet"] = "#meegebracht"
        if each["type"] == "string" and "answerOption" in each:
            each["type"] = "choice"
        each["item"] = mended(each.get("item", []))
        if each["type"] == "group" and not [inner for inner in each["item"] if inner["type"] != "display"]:
            each.pop("required", None)  # all that could be answered in it is gone
        # A text or a number for a code of a list: FHIR wants the code (answerCoding).
        options = {option["valueCoding"]["code"]: option["valueCoding"] for option in codings}
        for condition in each.get("enableWhen", []):
            said = condition.get("answerString", condition.get("answerInteger"))
            if str(said) in options and condition["question"] in choices:
                for name in ("answerString", "answerInteger"):
                    condition.pop(name, None)
                condition["answerCoding"] = options[str(said)]
            if "answerDecimal" in condition and condition["question"] in choices:
                each = {name: value for name, value in each.items() if name != "enableWhen"}
        return {name: value for name, value in each.items() if value != []}

    flat = _flat(found["item"])
    choices = {each.get("linkId") for each in flat if each["type"] == "choice"}
    codings = [o for each in flat for o in each.get("answerOption", []) if "valueCoding" in o]
    kept = [said for said in found.get("extension", []) if has_expression not in json.dumps(said)]
    contained = [*found.get("contained", []), sets]
    made = found | {"extension": kept, "contained": contained, "item": mended(found["item"])}
    return {name: value for name, value in made.items() if value != []}


def _flat(items: list[Json]) -> list[Json]:
    return [each for item in items for each in (item, *_flat(item.get("item", [])))]


def _comes_back(asked: Questionnaire) -> None:
    for is_yes in (True, False):
        _comes_back_as(asked, _filled(asked, is_yes=is_yes))


def _comes_back_as(asked: Questionnaire, answers: Answers) -> None:
    assert answers
    assert complaints(asked, answers, is_done=True) == []
    sent = responses.response_of(asked, Response(answers, "completed", authored="2026-03-03", subject="urn:uuid:1"))
    assert schema.faults_of(sent, "QuestionnaireResponse") == []
    assert faults_of_the_whole_schema(sent) == []
    back = responses.read(asked, json.dumps(sent).encode())
    assert back.answers == spoken(asked, answers)
    assert (back.status, back.authored, back.subject) == ("completed", "2026-03-03", "urn:uuid:1")


def _filled(asked: Questionnaire, *, is_yes: bool) -> Answers:
    """An answer to whatever is asked, twice where that can be."""
    found: dict[At, tuple[Value, ...]] = {}
    for _round in range(8):
        for place in places(asked, Answers(found)):
            if place.is_asked and place.item.has_answer and not place.item.is_read_only:
                found[place.at] = (_answer(place.item, is_yes),)
                if len(place.at) > 1:
                    *above, _number, last = place.at
                    group = asked.by_link[str(above[-1])]
                    if not group.has_answer and group.is_one_of_more:
                        found[(*above, 1, last)] = (_answer(place.item, is_yes),)
    return spoken(asked, Answers(found))


SAMPLES: dict[str, Any] = {
    "integer": 3, "decimal": 3.25, "date": "2001-02-03", "dateTime": "2001-02-03T04:05:06Z",
    "time": "12:30:00", "string": "een antwoord", "text": "een\nlang antwoord", "url": "https://example.org/",
    "quantity": {"value": 2, "unit": "weken"},
}  # fmt: skip


def _answer(item: Item, is_yes: bool) -> Value:
    if item.options:
        return item.options[0 if is_yes else -1].value
    return value_of(KIND_OF[item.kind], is_yes if item.kind == "boolean" else SAMPLES[item.kind])


@pytest.mark.parametrize("name", sorted(ANSWERED))
def test_the_answers_of_an_example_are_taken_in_or_refused(name: str) -> None:
    asked = definition.read_definition(example(f"Questionnaire-{name}"))
    content = json.dumps(example(f"QuestionnaireResponse-{name}")).encode()
    if reason := ANSWERED[name]:
        with pytest.raises(NotUnderstood, match=reason):
            responses.read(asked, content)
    else:
        assert responses.read(asked, content).answers.at(("1.2",))[0].words == "Localizing pain"


@pytest.mark.parametrize("name", ["3141", "ussg-fht-answers", "questionnaireresponse-sdc-profile-example"])
def test_answers_to_another_form_are_not_taken_for_these(name: str) -> None:
    asked = definition.read_definition(example("Questionnaire-gcs"))
    with pytest.raises(NotUnderstood):
        responses.read_response(asked, example(f"QuestionnaireResponse-{name}"))


def test_the_name_of_somebody_is_not_taken_over() -> None:
    asked = definition.read_definition(example("Questionnaire-gcs"))
    assert "Chalmers" not in repr(responses.read_response(asked, example("QuestionnaireResponse-gcs")))
