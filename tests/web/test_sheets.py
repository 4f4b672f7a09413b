"""A questionnaire on a page: what a browser sends back is what was answered, whatever was asked."""

import json
from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st

from ipta.scans.instruments import definition
from ipta.scans.instruments.answers import Answers
from ipta.scans.instruments.asked import places
from ipta.scans.instruments.opening import plain
from ipta.scans.instruments.questions import Questionnaire
from ipta.scans.instruments.scoring import score
from ipta.scans.instruments.values import Value, value_of
from ipta.web import sheets
from tests.method.instruments.made import answers_to, asking, choice, coding, item, questionnaires, said, when


def sent_by_a_browser(asked: Questionnaire, answers: Answers, **more: str) -> QueryDict:
    """What comes in when somebody presses a button on the page with these answers."""
    typed = QueryDict(mutable=True)
    for question in sheets.questions(asked, answers):
        if question.kind in {"heading", "words"}:
            continue
        typed.appendlist(sheets.HERE, question.name)
        if question.kind in {"options", "several"}:
            typed.setlist(question.name, [one.value for one in question.answers if one.is_chosen])
            if question.item.kind == "open-choice":
                typed[question.own_name] = question.own
        else:
            typed.setlist(question.name, list(question.texts))
    for name, text in more.items():
        typed[name] = text
    return typed


def shown(asked: Questionnaire, answers: Answers) -> dict[Any, tuple[Value, ...]]:
    """What stands on the page of it."""
    there = {place.at for place in places(asked, answers) if place.is_asked}
    return {at: values for at, values in answers.said.items() if at in there and values}


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_a_page_that_nobody_touches_changes_nothing(data: st.DataObject) -> None:
    asked = definition.read(json.dumps(plain(data.draw(questionnaires()))).encode())
    answers = data.draw(answers_to(asked))
    sent = sheets.sent(asked, sent_by_a_browser(asked, answers), answers)
    assert sent.unread == {}
    assert {at: values for at, values in sent.answers.said.items() if values} == dict(answers.said)


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_what_is_typed_on_an_empty_page_is_what_was_meant(data: st.DataObject) -> None:
    asked = definition.read(json.dumps(plain(data.draw(questionnaires()))).encode())
    answers = data.draw(answers_to(asked))
    sent = sheets.sent(asked, sent_by_a_browser(asked, answers), Answers())
    assert sent.unread == {}
    for at, values in shown(asked, answers).items():
        kind, got = asked.by_link[str(at[-1])].kind, sent.answers.at(at)
        if kind == "boolean" and len(values) > 1:
            continue  # more than one yes or no cannot be tapped
        assert len(got) == len(values)
        if kind not in {"dateTime", "time", "quantity"}:  # a browser knows no zone, no seconds, and no unit
            assert all(any(one.is_as(other) for other in values) for one in got), kind


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_every_question_has_a_place_of_its_own_on_the_page(data: st.DataObject) -> None:
    asked = definition.read(json.dumps(plain(data.draw(questionnaires()))).encode())
    answers = data.draw(answers_to(asked))
    found = [one for one in sheets.questions(asked, answers) if one.kind not in {"heading", "words"}]
    assert len({one.name for one in found}) == len(found)
    assert all(sheets.name_of(sheets.place_of(one.name) or ()) == one.name for one in found)
    lines = [line for line in sheets.told(asked, answers, score(asked, answers)) if not line.is_heading]
    there = shown(asked, answers)
    hidden = {link for link, inner in asked.by_link.items() if inner.is_hidden}
    assert len(lines) == len([at for at in there if at[-1] not in hidden])


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_who_looks_it_over_sees_everything_that_may_ever_be_asked(data: st.DataObject) -> None:
    asked = definition.read(json.dumps(plain(data.draw(questionnaires()))).encode())
    answers = data.draw(answers_to(asked))
    every = sheets.in_all(asked)
    assert len({one.id for one in every}) == len(every)
    seen = [one.item.link_id for one in every]
    assert {one.item.link_id for one in sheets.questions(asked, answers)} <= set(seen)
    assert seen == [link for link in asked.by_link if link in seen], "in the order in which it is asked"


ONE = asking(
    choice("a", 1, 2),
    item("b", "text", enableWhen=[when("a", answerCoding={"system": "urn:test:keuzes", "code": "b"})]),
)


def test_what_is_asked_after_an_answer_comes_by_itself_and_is_kept_when_it_goes() -> None:
    names = [one.item.link_id for one in sheets.questions(ONE, Answers())]
    assert names == ["a"]
    answers = Answers({("a",): (coding("b"),), ("b",): (value_of("String", "omdat"),)})
    assert [one.item.link_id for one in sheets.questions(ONE, answers)] == ["a", "b"]
    typed = sent_by_a_browser(ONE, Answers({("a",): (coding("a"),)}))
    kept = sheets.sent(ONE, typed, answers).answers
    assert kept.at(("b",)) == answers.at(("b",)), "a tap on the wrong answer throws nothing away"


def test_the_first_question_says_that_others_hang_on_it() -> None:
    first, *_ = sheets.questions(ONE, Answers())
    assert first.is_decisive


def test_a_word_of_help_beside_a_question_is_nothing_that_comes_after_its_answer() -> None:
    control = {"coding": [{"code": "help"}]}
    extension = {"url": "http://hl7.org/fhir/StructureDefinition/questionnaire-itemControl"}
    said = item("hulp", "display", extension=[extension | {"valueCodeableConcept": control}])
    helped, followed = (choice(link, 1, 2, item=[inner]) for link, inner in (("a", said), ("b", item("c", "text"))))
    found = sheets.questions(asking(helped, followed), Answers())
    assert [one.is_decisive for one in found] == [False, True]


def test_what_an_answer_means_stands_beside_it_while_choosing_and_afterwards() -> None:
    means = {"url": "http://hl7.org/fhir/StructureDefinition/valueset-concept-definition", "valueString": "Zo zit het."}
    asked = asking(
        item("a", "choice", answerOption=[
            {"valueCoding": {"system": "urn:test:keuzes", "code": "a", "display": "ja"}, "extension": [means]},
            {"valueCoding": {"system": "urn:test:keuzes", "code": "b", "display": "nee"}},
        ])
    )  # fmt: skip
    (question,) = sheets.questions(asked, Answers())
    assert question.is_explained
    assert [one.about for one in question.answers] == ["Zo zit het.", ""]
    for code, about in (("a", "Zo zit het."), ("b", "")):
        answers = Answers({("a",): (coding(code),)})
        (line,) = sheets.told(asked, answers, score(asked, answers))
        assert (line.words, line.about) == ([{"a": "ja", "b": "nee"}[code]], about)


def test_a_group_may_be_there_once_more() -> None:
    asked = asking(item("wie", "group", repeats=True, item=[item("naam"), item("leeftijd", "integer")]))
    typed = sent_by_a_browser(asked, Answers(), more=sheets.name_of(("wie",)))
    sent = sheets.sent(asked, typed, Answers())
    again = sheets.questions(asked, sent.answers)
    assert [one.name for one in again if one.item.link_id == "naam"] == [
        sheets.name_of(("wie", 0, "naam")), sheets.name_of(("wie", 1, "naam"))
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "typed", "says"),
    [
        ("integer", "drie", "geen getal"),
        ("integer", "2,5", "geen heel getal"),
        ("integer", "9" * 400, "heel getal"),
        ("decimal", "NaN", "getal"),
        ("date", "31-02-2026", "datum"),
        ("date", "2026-02-31", "datum"),
        ("time", "25:00", "tijd"),
        ("dateTime", "gisteren", "datum"),
        ("url", "twee woorden", "adres"),
    ],
)
def test_what_cannot_be_read_comes_back_as_it_was_typed(kind: str, typed: str, says: str) -> None:
    asked = asking(item("x", kind))
    data = QueryDict(mutable=True)
    data.setlist(sheets.HERE, [sheets.name_of(("x",))])
    data[sheets.name_of(("x",))] = typed
    sent = sheets.sent(asked, data, said(x="vroeger"))
    assert says in sent.unread[("x",)][1]
    (question,) = sheets.questions(asked, sent.answers, unread=sent.unread)
    assert question.texts == [typed]
    assert says in question.error


@pytest.mark.parametrize(
    "name", ["", "a:", "a:x/1", "a:x/-1/y", "a:x/100/y", "a:x/a/y", "b:x", "a:%ff", "a:" + "x/0/" * 50 + "y"]
)
def test_names_that_nobody_gave_change_nothing(name: str) -> None:
    data = QueryDict(mutable=True)
    data.setlist(sheets.HERE, [name])
    data[name] = "x"
    assert sheets.sent(ONE, data, Answers()).answers.said.keys() <= {()}


@pytest.mark.parametrize("value", ["#9", "#-1", "1", "b", "#", "#²"])
def test_an_answer_that_was_not_offered_is_none(value: str) -> None:
    data = QueryDict(mutable=True)
    data.setlist(sheets.HERE, [sheets.name_of(("a",))])
    data[sheets.name_of(("a",))] = value
    sent = sheets.sent(ONE, data, Answers())
    assert sent.answers.at(("a",)) == ()
