"""Invented questionnaires of every shape, filled in, sent away and read back."""

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ipta.scans.instruments import definition, responses, schema
from ipta.scans.instruments.answers import Answers
from ipta.scans.instruments.asked import places, spoken
from ipta.scans.instruments.checks import complaints
from ipta.scans.instruments.faults import NotUnderstood
from ipta.scans.instruments.opening import plain
from ipta.scans.instruments.responses import Response
from ipta.scans.instruments.scoring import score
from tests.method.instruments.made import (
    FHIR,
    WEIGHT,
    Json,
    answers_to,
    faults_of_the_whole_schema,
    questionnaires,
)


@given(st.data())
@settings(max_examples=200)
def test_what_was_answered_comes_in_as_it_went_out(data: st.DataObject) -> None:
    source = plain(data.draw(questionnaires()))
    asked = definition.read(json.dumps(source).encode())
    answers = data.draw(answers_to(asked))
    assert complaints(asked, answers) == []
    sent = Response(answers, authored="2026-03-03T14:30:00+01:00", subject="urn:uuid:1", voice="youth")
    found = json.dumps(responses.response_of(asked, sent)).encode()
    assert schema.faults_of(json.loads(found), "QuestionnaireResponse") == []
    assert responses.read(asked, found) == Response(
        spoken(asked, answers), authored=sent.authored, subject=sent.subject, voice="youth"
    )
    assert Answers.from_json(json.loads(json.dumps(answers.to_json()))) == answers


@given(st.data())
def test_a_score_is_what_one_reckons_by_hand(data: st.DataObject) -> None:
    source = plain(data.draw(questionnaires()))
    asked = definition.read_definition(source)
    answers = data.draw(answers_to(asked))
    found = score(asked, answers)
    sent = responses.response_of(asked, Response(answers))
    by_hand, groups = _reckoned(source, sent)
    assert found.total == (sum(by_hand) if by_hand else None)
    assert dict(found.groups) == groups
    questions = [place for place in places(asked, answers) if place.is_asked and place.item.has_answer]
    assert found.answered + found.unknown + found.open == len(questions)


def _reckoned(source: Json, sent: Json) -> tuple[list[Decimal], dict[str, Decimal]]:
    """Without any of the code it tests: out of the two files alone."""
    weights: dict[tuple[str, str], Decimal] = {}
    kinds: dict[str, str] = {}

    def learn(items: list[Json]) -> None:
        for each in items:
            kinds[each["linkId"]] = each["type"]
            for option in each.get("answerOption", []):
                for extension in option.get("extension", []):
                    assert extension["url"] == WEIGHT
                    weights[each["linkId"], option["valueCoding"]["code"]] = Decimal(str(extension["valueDecimal"]))
            learn(each.get("item", []))

    learn(source["item"])
    found: list[Decimal] = []
    groups: dict[str, Decimal] = {}

    def add(items: list[Json], above: tuple[str, ...]) -> None:
        for each in items:
            link = each["linkId"]
            for answer in each.get("answer", []):
                weight = weights.get((link, answer.get("valueCoding", {}).get("code", "")))
                if weight is not None:
                    found.append(weight)
                    for group in above:
                        groups[group] = groups.get(group, Decimal(0)) + weight
                add(answer.get("item", []), above)
            add(each.get("item", []), (*above, link) if kinds[link] == "group" else above)

    add(sent.get("item", []), ())
    return found, groups


@pytest.mark.skipif(not FHIR.exists(), reason="the schema of HL7 lies beside the checkout")
@given(st.data())
@settings(max_examples=3)
def test_what_goes_out_is_what_hl7_says_it_is(data: st.DataObject) -> None:
    source = plain(data.draw(questionnaires()))
    asked = definition.read_definition(source)
    sent = responses.response_of(asked, Response(data.draw(answers_to(asked)), about_on="2026-03-03"))
    assert faults_of_the_whole_schema(source) == []
    assert faults_of_the_whole_schema(sent) == []


nonsense: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@given(st.data())
@settings(max_examples=200)
def test_a_mangled_definition_is_refused_with_a_place_and_never_a_crash(data: st.DataObject) -> None:
    source = plain(data.draw(questionnaires()))
    _mangle(data, source)
    try:
        definition.read(json.dumps(source).encode())
    except NotUnderstood as refused:
        assert refused.faults
        assert all(fault.reason for fault in refused.faults)


@given(st.data())
@settings(max_examples=200)
def test_mangled_answers_are_refused_with_a_place_and_never_a_crash(data: st.DataObject) -> None:
    asked = definition.read_definition(plain(data.draw(questionnaires())))
    sent = responses.response_of(asked, Response(data.draw(answers_to(asked))))
    _mangle(data, sent)
    try:
        found = responses.read(asked, json.dumps(sent).encode())
    except NotUnderstood as refused:
        assert all(fault.reason for fault in refused.faults)
    else:
        assert complaints(asked, found.answers) == []


def _mangle(data: st.DataObject, found: Json) -> None:
    """Somewhere something else, something gone, or something twice."""
    here: Any = found
    while True:
        steps = list(here) if isinstance(here, dict) else list(range(len(here)))
        if not steps:
            return
        step = data.draw(st.sampled_from(steps))
        if isinstance(here[step], dict | list) and here[step] and data.draw(st.integers(0, 3)):
            here = here[step]
            continue
        match data.draw(st.sampled_from(["other", "gone", "twice", "more"])):
            case "other":
                here[step] = data.draw(nonsense)
            case "gone":
                del here[step]
            case "twice" if isinstance(here, list):
                here.append(here[step])
            case _ if isinstance(here, dict):
                here[data.draw(st.sampled_from(["extension", "modifierExtension", "enableWhen", "x"]))] = data.draw(
                    nonsense
                )
        return


@given(st.binary(max_size=200))
def test_whatever_is_in_a_file_it_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(NotUnderstood):
        definition.read(content)
