"""Filling in, adding up, and taking along: by hand, a sentence at a time."""

import json
from decimal import Decimal
from typing import Any

import pytest

from ipta.scans.instruments import responses
from ipta.scans.instruments.answers import MOST_TIMES, Answers
from ipta.scans.instruments.asked import at_first, places, spoken
from ipta.scans.instruments.checks import complaints
from ipta.scans.instruments.faults import NotUnderstood
from ipta.scans.instruments.questions import Questionnaire
from ipta.scans.instruments.responses import Response
from ipta.scans.instruments.scoring import score
from ipta.scans.instruments.values import NoValue, Value, value_of
from tests.method.instruments.made import HL7, Json, asking, choice, coding, item, said, unknown, when

# --- answers ------------------------------------------------------------------------------------------------------


def told(asked: Questionnaire, answers: Answers, *, is_done: bool = False) -> list[str]:
    return [str(complaint) for complaint in complaints(asked, answers, is_done=is_done)]


def test_nothing_must_be_answered_before_somebody_signs_off() -> None:
    asked = asking(item("a", required=True), item("b"))
    assert told(asked, Answers()) == []
    assert told(asked, Answers(), is_done=True) == ["Vraag a?: Dit is nog niet ingevuld."]


def test_i_do_not_know_yet_is_an_answer() -> None:
    asked = asking(choice("a", 1, 2, required=True))
    assert told(asked, said(a=unknown()), is_done=True) == []


def test_i_do_not_know_goes_with_no_other_answer() -> None:
    asked = asking(choice("a", 1, 2, repeats=True))
    assert "gaat niet samen" in told(asked, Answers({("a",): (coding("a"), unknown())}))[0]


def test_two_may_be_chosen_unless_one_stands_alone_or_is_chosen_twice() -> None:
    several = choice("a", 1, 2, 3, repeats=True)
    several["answerOption"][2]["extension"].append(
        {"url": f"{HL7}/questionnaire-optionExclusive", "valueBoolean": True}
    )
    asked = asking(several)
    assert told(asked, Answers({("a",): (coding("a"), coding("b"))})) == []
    assert "gaat niet samen" in told(asked, Answers({("a",): (coding("a"), coding("c"))}))[0]
    assert told(asked, said(a=coding("c"))) == []
    assert "twee keer" in told(asked, Answers({("a",): (coding("a"), coding("a"))}))[0]


def test_what_is_not_asked_need_not_be_answered() -> None:
    asked = asking(item("a", "boolean"), item("b", required=True, enableWhen=[when("a", answerBoolean=True)]))
    assert told(asked, said(a=False), is_done=True) == []
    assert told(asked, said(a=True), is_done=True) == ["Vraag b?: Dit is nog niet ingevuld."]


def numbers(**more: Any) -> Json:
    return item("a", "integer", extension=[{"url": f"{HL7}/{url}", "valueInteger": n} for url, n in more.items()])


WRONG: dict[str, tuple[Json, Value, str]] = {
    "another kind": (item("a", "integer"), value_of("String", "drie"), "past niet bij de vraag"),
    "an answer that is not there": (choice("a", 1), coding("z"), "Kies een van de antwoorden"),
    "words of one's own at a choice": (choice("a", 1), value_of("String", "anders"), "Kies een van de antwoorden"),
    "too long": (item("a", maxLength=3), value_of("String", "vier"), "Er passen 3 tekens"),
    "too little": (numbers(minValue=2), value_of("Integer", 1), "Het minste is 2"),
    "too much": (numbers(maxValue=2), value_of("Integer", 3), "Het meeste is 2"),
    "two lines where one fits": (item("a"), value_of("String", "een\ntwee"), "één regel"),
    "too short": (
        item("a", extension=[{"url": f"{HL7}/minLength", "valueInteger": 3}]),
        value_of("String", "ja"),
        "minstens 3 tekens",
    ),
    "more digits than fit": (
        item("a", "decimal", extension=[{"url": f"{HL7}/maxDecimalPlaces", "valueInteger": 1}]),
        value_of("Decimal", Decimal("1.25")),
        "Achter de komma passen 1 cijfers",
    ),
    "what stands fast": (
        item("a", "integer", readOnly=True, initial=[{"valueInteger": 1}]),
        value_of("Integer", 2),
        "ligt vast",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_an_answer_that_cannot_be_says_why_and_names_its_question(name: str) -> None:
    asked, value, reason = WRONG[name]
    found = told(asking(asked), Answers({("a",): (value,)}))
    assert len(found) == 1
    assert found[0].startswith("Vraag a?: ")
    assert reason in found[0]


def test_an_open_choice_takes_words_of_ones_own() -> None:
    asked = asking(choice("a", 1) | {"type": "open-choice"})
    assert told(asked, said(a="anders")) == []


def test_one_answer_where_one_can_be() -> None:
    asked = asking(item("a"), choice("b", 1, 2, repeats=True, extension=[
        {"url": f"{HL7}/questionnaire-maxOccurs", "valueInteger": 1}]))  # fmt: skip
    two = (value_of("String", "x"), value_of("String", "y"))
    assert "maar één antwoord" in told(asked, Answers({("a",): two}))[0]
    assert "maar één antwoord" in told(asked, Answers({("b",): (coding("a"), coding("b"))}))[0]


@pytest.mark.parametrize("at", [("x",), ("g",), ("a", 0, "b"), ("g", 1, "b"), ("b",), ("tekst",)])
def test_an_answer_to_nothing_is_not_taken(at: tuple[str | int, ...]) -> None:
    asked = asking(item("a"), item("g", "group", item=[item("b")]), item("tekst", "display"))
    assert "staat hier niet in de lijst" in told(asked, Answers({at: (value_of("String", "x"),)}))[0]


@pytest.mark.parametrize("at", [(), ("g", 0), ("g", MOST_TIMES, "a"), ("g", -1, "a"), (0,), ("g", "0", "a")])
def test_a_place_that_cannot_be_is_no_place(at: tuple[Any, ...]) -> None:
    with pytest.raises(NoValue):
        Answers({at: (value_of("String", "x"),)})


# --- what is asked ------------------------------------------------------------------------------------------------


def open_ones(asked: Questionnaire, answers: Answers) -> set[str]:
    return {".".join(map(str, place.at)) for place in places(asked, answers) if place.is_asked}


MEETS = [
    (item("a", "boolean"), when("a", answerBoolean=True), True, False),
    (item("a", "integer"), when("a", "!=", answerInteger=3), 4, 3),
    (item("a", "integer"), when("a", ">", answerInteger=3), 4, 3),
    (item("a", "integer"), when("a", ">=", answerInteger=3), 3, 2),
    (item("a", "integer"), when("a", "<", answerInteger=3), 2, 3),
    (item("a", "integer"), when("a", "<=", answerInteger=3), 3, 4),
    (choice("a", 1, 2), when("a", answerCoding={"system": "urn:test:keuzes", "code": "b"}), coding("b"), coding("a")),
    (
        item("a", "date"),
        when("a", ">", answerDate="2000-01-01"),
        value_of("Date", "2000-01-02"),
        value_of("Date", "1999"),
    ),
    (
        item("a", "dateTime"),
        when("a", answerDateTime="2026-03-03T12:00:00Z"),
        value_of("DateTime", "2026-03-03T13:00:00+01:00"),
        value_of("DateTime", "2026-03-03T12:00:00+01:00"),
    ),
    (
        item("a", "time"),
        when("a", "<=", answerTime="11:11:11"),
        value_of("Time", "11:11:11"),
        value_of("Time", "12:00:00"),
    ),
    (
        item("a", "quantity"),
        when("a", ">", answerQuantity={"value": 2, "unit": "uur"}),
        value_of("Quantity", {"value": 3, "unit": "uur"}),
        value_of("Quantity", {"value": 3, "unit": "dagen"}),
    ),
]


@pytest.mark.parametrize(("question", "condition", "met", "not_met"), MEETS)
def test_a_condition_is_met_or_it_is_not(question: Json, condition: Json, met: Any, not_met: Any) -> None:
    asked = asking(question, item("b", enableWhen=[condition]))
    assert "b" in open_ones(asked, said(a=met))
    assert "b" not in open_ones(asked, said(a=not_met))


def test_without_an_answer_only_not_that_one_holds() -> None:
    asked = asking(
        item("a", "integer"),
        item("is", enableWhen=[when("a", answerInteger=1)]),
        item("is_not", enableWhen=[when("a", "!=", answerInteger=1)]),
        item("is_there", enableWhen=[when("a", "exists", answerBoolean=True)]),
        item("is_not_there", enableWhen=[when("a", "exists", answerBoolean=False)]),
    )
    assert open_ones(asked, Answers()) == {"a", "is_not", "is_not_there"}


def test_all_of_them_or_one_of_them() -> None:
    both = [when("a", answerBoolean=True), when("b", answerBoolean=True)]
    asked = asking(
        item("a", "boolean"),
        item("b", "boolean"),
        item("all", enableWhen=both, enableBehavior="all"),
        item("any", enableWhen=both, enableBehavior="any"),
    )
    assert open_ones(asked, said(a=True, b=False)) == {"a", "b", "any"}


def test_an_answer_to_what_is_not_asked_counts_as_none_and_is_not_lost() -> None:
    asked = asking(
        item("a", "boolean"),
        item("b", "boolean", enableWhen=[when("a", answerBoolean=True)]),
        item("c", enableWhen=[when("b", answerBoolean=True)]),
    )
    answers = said(a=False, b=True, c="iets")
    assert open_ones(asked, answers) == {"a"}
    assert spoken(asked, answers) == said(a=False)
    assert Answers.from_json(json.loads(json.dumps(answers.to_json()))) == answers


def test_in_a_group_that_repeats_each_looks_at_its_own() -> None:
    asked = asking(
        item("g", "group", repeats=True, item=[
            item("a", "boolean"), item("b", enableWhen=[when("a", answerBoolean=True)]),
        ])
    )  # fmt: skip
    yes, no = (value_of("Boolean", True),), (value_of("Boolean", False),)
    assert open_ones(asked, Answers({("g", 0, "a"): no, ("g", 1, "a"): yes})) == {"g", "g.0.a", "g.1.a", "g.1.b"}


def test_in_a_group_that_is_not_asked_nothing_is() -> None:
    asked = asking(
        item("a", "boolean"),
        item("g", "group", enableWhen=[when("a", answerBoolean=True)], item=[
            item("h", "group", item=[item("b", required=True, item=[item("c")])])]),
    )  # fmt: skip
    inside = ("g", 0, "h", 0, "b")
    x = (value_of("String", "x"),)
    assert open_ones(asked, Answers({("a",): (value_of("Boolean", False),), inside: x, (*inside, 0, "c"): x})) == {"a"}
    assert open_ones(asked, said(a=True)) == {"a", "g", "g.0.h", "g.0.h.0.b"}


def test_below_a_question_each_answer_has_its_own() -> None:
    asked = asking(choice("a", 1, 2, repeats=True, item=[
        item("b", enableWhen=[when("a", answerCoding={"system": "urn:test:keuzes", "code": "b"})])]))  # fmt: skip
    assert open_ones(asked, Answers({("a",): (coding("a"), coding("b"))})) == {"a", "a.1.b"}


def test_a_group_that_was_emptied_leaves_no_gap() -> None:
    asked = asking(item("g", "group", repeats=True, item=[item("a")]))
    x = (value_of("String", "x"),)
    assert spoken(asked, Answers({("g", 2, "a"): x})) == Answers({("g", 0, "a"): x})


def test_what_stands_ready_is_there_at_first() -> None:
    ready = choice("b", 1, 2)
    ready["answerOption"][1]["initialSelected"] = True
    asked = asking(item("a", "integer", initial=[{"valueInteger": 50}]), ready, item("c"))
    found = at_first(asked)
    assert {at: [value.words for value in values] for at, values in found.said.items()} == {
        ("a",): ["50"],
        ("b",): ["keuze 1"],
    }


# --- what it adds up to -------------------------------------------------------------------------------------------


def test_weights_are_added_up_by_group_and_unknown_weighs_nothing() -> None:
    asked = asking(
        item("g", "group", item=[choice("a", 1, 2), choice("b", 4, 8), item("h", "group", item=[choice("c", 0.5, 9)])]),
        choice("d", 3),
        item("e"),
    )
    found = score(asked, Answers({
        ("g", 0, "a"): (coding("b"),), ("g", 0, "b"): (unknown(),), ("g", 0, "h", 0, "c"): (coding("a"),),
        ("d",): (coding("a"),),
    }))  # fmt: skip
    assert (found.total, dict(found.groups)) == (Decimal("5.5"), {"g": Decimal("2.5"), "h": Decimal("0.5")})
    assert (found.answered, found.unknown, found.open) == (3, 1, 1)


def test_without_a_weight_there_is_no_total() -> None:
    asked = asking(choice("a", None, None), item("b", "integer"))
    assert score(asked, said(a=coding("a"), b=7)).total is None
    assert score(asking(choice("a", 0)), said(a=coding("a"))).total == 0


def test_what_is_not_asked_weighs_nothing() -> None:
    asked = asking(item("a", "boolean"), choice("b", 5, enableWhen=[when("a", answerBoolean=True)]))
    assert score(asked, said(a=False, b=coding("a"))).total is None
    assert score(asked, said(a=True, b=coding("a"))).total == 5


@pytest.mark.parametrize("url", ["itemWeight", "ordinalValue"])
def test_a_weight_is_read_by_both_its_names_and_in_both_its_places(url: str) -> None:
    weight = {"url": f"{HL7}/{url}", "valueDecimal": 3}
    options = [
        {"valueCoding": {"system": "urn:test:keuzes", "code": "a", "extension": [weight]}},
        {"valueCoding": {"system": "urn:test:keuzes", "code": "b"}, "extension": [weight]},
    ]
    asked = asking(item("a", "choice", answerOption=options))
    assert [score(asked, said(a=coding(code))).total for code in "ab"] == [3, 3]


# --- taking along -------------------------------------------------------------------------------------------------


def test_answers_go_along_with_what_they_answer_and_without_a_name() -> None:
    asked = asking(item("a"), version="2")
    sent = responses.response_of(
        asked,
        Response(
            answers=Answers({("a",): (value_of("String", "ja"),)}),
            subject="urn:uuid:1",
            voice="youth",
            about_on="2026-03-03",
            replaces="urn:uuid:2",
        ),
    )
    assert sent["questionnaire"] == "urn:test:lijst|2"
    assert sent["subject"] == {"identifier": {"system": "urn:ietf:rfc:3986", "value": "urn:uuid:1"}}
    assert sent["item"] == [{"linkId": "a", "text": "Vraag a?", "answer": [{"valueString": "ja"}]}]
    back = responses.read_response(asked, sent)
    assert (back.voice, back.about_on, back.replaces) == ("youth", "2026-03-03", "urn:uuid:2")


ANSWERS: dict[str, tuple[Json, str, str]] = {
    "another questionnaire": ({"questionnaire": "urn:iets:anders"}, "questionnaire", "een andere vragenlijst"),
    "another version": ({"questionnaire": "urn:test:lijst|9"}, "questionnaire", "een andere versie"),
    "what was a mistake": ({"status": "entered-in-error"}, "status", "gelden niet"),
    "no status": ({"status": None}, "status", "kent FHIR R4"),
    "a question nobody asks": ({"item": [{"linkId": "x"}]}, "item[0]", "staat hier niet in de lijst"),
    "the same question twice": ({"item": [{"linkId": "a"}, {"linkId": "a"}]}, "item[1]", "vaker dan kan"),
    "a question that repeats, in two places": (
        {"item": [{"linkId": "e", "answer": [{"valueString": x}]} for x in "xy"]},
        "item[1]",
        "vaker dan kan",
    ),
    "what hangs under a question, and under none of its answers": (
        {"item": [{"linkId": "a", "item": [{"linkId": "b"}]}]},
        "item[0]",
        "hoort bij een antwoord",
    ),
    "too many answers": (
        {"item": [{"linkId": "e", "answer": [{"valueString": "x"}] * (MOST_TIMES + 1)}]},
        "item[0]",
        "te veel antwoorden",
    ),
    "a moment that does not exist": ({"authored": "2026-02-30"}, "authored", "geen datum die bestaat"),
    "no value": ({"item": [{"linkId": "a", "answer": [{}]}]}, "item[0].answer[0]", "precies één waarde"),
    "two values": (
        {"item": [{"linkId": "a", "answer": [{"valueString": "x", "valueInteger": 1}]}]},
        "item[0].answer[0]",
        "precies één waarde",
    ),
    "another kind": ({"item": [{"linkId": "a", "answer": [{"valueInteger": 1}]}]}, "a", "past niet bij de vraag"),
    "a group that answers": (
        {"item": [{"linkId": "g", "answer": [{"valueString": "x"}]}]},
        "item[0]",
        "Dit is geen vraag",
    ),
    "a modifier": (
        {"item": [{"linkId": "a", "modifierExtension": [{"url": "urn:niet", "valueBoolean": True}]}]},
        "item[0]",
        "verandert de betekenis",
    ),
    "an answer to what was not asked": (
        {"item": [{"linkId": "c", "answer": [{"valueString": "x"}]}]},
        "item",
        "niet gesteld",
    ),
    "done, and something is missing": ({"status": "completed"}, "b", "nog niet ingevuld"),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_answers_that_are_not_understood_are_refused_with_their_place(name: str) -> None:
    asked = asking(
        item("a"), item("b", "boolean", required=True), item("c", enableWhen=[when("b", answerBoolean=True)]),
        item("g", "group", item=[item("d")]), item("e", repeats=True), version="2",
    )  # fmt: skip
    change, where, reason = ANSWERS[name]
    found = {"resourceType": "QuestionnaireResponse", "status": "in-progress"} | change
    with pytest.raises(NotUnderstood) as refusal:
        responses.read_response(asked, found)
    assert any(fault.where == where and reason in fault.reason for fault in refusal.value.faults), refusal.value
