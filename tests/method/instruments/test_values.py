"""What can be an answer, and which of two is more. At the edges."""

from decimal import Decimal
from typing import Any

import pytest

from ipta.scans.instruments.checks import complaints
from ipta.scans.instruments.opening import LARGEST_NUMBER, fits
from ipta.scans.instruments.values import LONGEST, NoValue, Value, read_value, value_of, written
from tests.method.instruments.made import HL7, Answers, asking, choice, coding, item, said, unknown

GOOD = [
    ("Boolean", False), ("Integer", 2**31 - 1), ("Integer", -(2**31)), ("Decimal", Decimal("-0.5")), ("Date", "2026"),
    ("Date", "2026-03"), ("Date", "2024-02-29"), ("DateTime", "2026-03-03"),
    ("DateTime", "2026-03-03T23:59:59.5+14:00"),
    ("Time", "00:00:00"), ("String", "x" * LONGEST), ("String", "twee\nregels"), ("Uri", "urn:x"),
    ("Coding", {"code": "a"}), ("Coding", {"display": "woorden"}), ("Quantity", {"value": 1}),
    ("Quantity", {"value": 1, "comparator": "<", "unit": "uur"}),
]  # fmt: skip
BAD = [
    ("Boolean", 1), ("Boolean", "true"), ("Integer", True), ("Integer", Decimal("1.0")), ("Integer", 2**31),
    ("Decimal", "1"), ("Decimal", True), ("Decimal", float("nan")), ("Date", "2026-13"), ("Date", "2023-02-29"),
    ("Date", "2026-3-3"), ("Date", "2026-03-03\n"), ("Date", "2026-03-03T12:00:00Z"), ("Date", 2026),
    ("DateTime", "2026-03-03T12:00:00"), ("DateTime", "2026-03-03T12:00Z"), ("DateTime", "2026-03-03T24:00:00Z"),
    ("Time", "12:00"), ("Time", "12:00:60"), ("Time", None), ("String", ""), ("String", " \n"), ("String", "a\0b"),
    ("String", "x" * (LONGEST + 1)), ("String", 1), ("Uri", "twee woorden"), ("Uri", ""), ("Uri", 1), ("Coding", {}),
    ("Coding", {"code": 1}), ("Coding", "a"), ("Quantity", {}), ("Quantity", {"value": 1, "comparator": "~"}),
    ("Quantity", {"value": 1, "unit": 2}), ("Attachment", {"data": ""}), ("Reference", {"reference": "x"}),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "content"), GOOD)
def test_what_can_be_an_answer_is_written_as_it_was_read(kind: str, content: Any) -> None:
    value = value_of(kind, content)
    assert read_value(written(value)) == (f"value{kind}", value)


@pytest.mark.parametrize(("kind", "content"), BAD)
def test_what_cannot_be_an_answer_says_so(kind: str, content: Any) -> None:
    with pytest.raises(NoValue, match="."):
        value_of(kind, content)


@pytest.mark.parametrize("number", [0, -3, LARGEST_NUMBER - 1, Decimal("0.000000000000001"), 0.1])
def test_a_number_of_fifteen_digits_fits(number: Any) -> None:
    assert fits(number)
    assert Decimal(str(float(number))) == Decimal(str(number))


@pytest.mark.parametrize(
    "number", [LARGEST_NUMBER, -LARGEST_NUMBER, Decimal("1234567890.1234567"), Decimal("1E-16"), float("inf")]
)
def test_a_longer_one_does_not(number: Any) -> None:
    assert not fits(number)


def of(kind: str, *contents: Any) -> tuple[Value, ...]:
    return tuple(value_of(kind, content) for content in contents)


@pytest.mark.parametrize(("less", "more"), [
    of("Integer", 1, 2),
    (value_of("Integer", 1), value_of("Decimal", Decimal("1.5"))),
    of("Date", "2020", "2021-03"),
    of("Date", "2020-03", "2020-04-01"),
    (value_of("Date", "2020-03-01"), value_of("DateTime", "2020-03-02T00:00:00Z")),
    of("DateTime", "2020-03-01T12:00:00+02:00", "2020-03-01T11:00:00Z"),
    of("Time", "09:00:00", "09:00:00.5"),
    of("Quantity", {"value": 1, "code": "h"}, {"value": 2, "code": "h", "unit": "uur"}),
])  # fmt: skip
def test_the_one_is_less_than_the_other(less: Value, more: Value) -> None:
    assert less < more
    assert less <= more
    assert more > less
    assert more >= less
    assert not more < less
    assert not more <= less
    assert not less.is_as(more)


@pytest.mark.parametrize(("one", "other"), [
    of("Date", "2020", "2020-03"),  # as far as anybody knows
    of("Quantity", {"value": 1, "code": "h"}, {"value": 2, "code": "d"}),
    of("Quantity", {"value": 1, "code": "h"}, {"value": 2, "code": "h", "comparator": "<"}),
    of("String", "a", "b"),
    (value_of("Integer", 1), value_of("Date", "2020")),
    (value_of("Time", "12:00:00"), value_of("Date", "2020")),
])  # fmt: skip
def test_of_these_nobody_can_say_which_is_more(one: Value, other: Value) -> None:
    assert not (one < other or one > other or one <= other or one >= other)
    assert not one.is_as(other)


@pytest.mark.parametrize(("one", "other"), [
    (value_of("Integer", 3), value_of("Decimal", Decimal("3.0"))),
    of("DateTime", "2020-03-01T12:00:00+01:00", "2020-03-01T11:00:00Z"),
    of("Time", "12:00:00", "12:00:00.0"),
    of("Coding", {"system": "urn:x", "code": "a", "display": "ja"}, {"system": "urn:x", "code": "a"}),
])  # fmt: skip
def test_these_say_the_same(one: Value, other: Value) -> None:
    assert one.is_as(other)
    assert other.is_as(one)


def test_the_same_code_of_another_list_is_another_answer() -> None:
    assert not coding("a").is_as(value_of("Coding", {"system": "urn:x", "code": "a"}))
    assert not unknown().is_as(coding("asked-unknown"))
    assert unknown().is_unknown
    assert not coding("unknown").is_unknown


def test_what_just_fits_is_taken() -> None:
    assert complaints(asking(item("a", maxLength=3)), said(a="vie")) == []
    bounds = [{"url": f"{HL7}/minValue", "valueInteger": 2}, {"url": f"{HL7}/maxValue", "valueInteger": 2}]
    assert complaints(asking(item("a", "integer", extension=bounds)), said(a=2)) == []
    short = [{"url": f"{HL7}/minLength", "valueInteger": 3}]
    assert complaints(asking(item("a", extension=short)), said(a="wel")) == []
    one = [{"url": f"{HL7}/maxDecimalPlaces", "valueInteger": 1}]
    assert complaints(asking(item("a", "decimal", extension=one)), said(a=Decimal("1.50"))) == []


def test_nothing_is_asked_for_unless_somebody_is_done() -> None:
    assert complaints(asking(item("a", required=True)), Answers()) == []


def test_a_choice_that_stands_fast_keeps_its_answer() -> None:
    fast = choice("a", 1, 2, readOnly=True)
    fast["answerOption"][0]["initialSelected"] = True
    asked = asking(fast)
    ready = asked.by_link["a"].options[0].value
    assert complaints(asked, said(a=ready)) == []
    assert [found.reason for found in complaints(asked, said(a=coding("b")))] == ["Dit antwoord ligt vast."]


def test_so_many_are_wanted_once_it_is_answered() -> None:
    least = [{"url": f"{HL7}/questionnaire-minOccurs", "valueInteger": 2}]
    asked = asking(item("a", repeats=True, extension=least))
    x, y = of("String", "x", "y")
    assert complaints(asked, Answers(), is_done=True) == []
    assert "minstens 2" in str(complaints(asked, Answers({("a",): (x,)}), is_done=True)[0])
    assert complaints(asked, Answers({("a",): (x, y)}), is_done=True) == []


def test_a_required_group_wants_an_answer_somewhere_in_it() -> None:
    asked = asking(item("g", "group", required=True, item=[item("a"), item("b")]))
    assert [found.at for found in complaints(asked, Answers(), is_done=True)] == [("g",)]
    answered = Answers({("g", 0, "b"): of("String", "x")})
    assert complaints(asked, answered, is_done=True) == []
