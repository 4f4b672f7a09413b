"""What he said of his weeks, drawn and in a table. Both say the same, and nothing is added up."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from ipta.scans.instruments.answers import Answers
from ipta.web.week_line import BOTTOM, LEFT, MOST, RIGHT, TOP, drawn
from tests.method.instruments.made import asking, choice, coding, item, unknown

ASKED = asking(choice("rust", 4, 3, 2, 1, 0), choice("zin", 4, 3, 2, 1, 0), item("woorden", "text"))
DAY = date(2026, 3, 2)


def week(number: int, **codes: str) -> tuple[date, Answers]:
    said = {(link,): (coding(code) if code != "?" else unknown(),) for link, code in codes.items()}
    return DAY + timedelta(weeks=number), Answers(said)


def test_each_sentence_has_a_line_of_its_own() -> None:
    found = drawn(ASKED, [week(0, rust="a", zin="e"), week(1, rust="c", zin="a")])
    rust, zin = found.lines
    assert (rust.text, zin.text) == ("Vraag rust?", "Vraag zin?")
    assert rust.parts == [f"{LEFT},{TOP} {RIGHT},{(TOP + BOTTOM) // 2}"]
    assert zin.parts == [f"{LEFT},{BOTTOM} {RIGHT},{TOP}"]


def test_the_table_says_the_same_the_newest_first() -> None:
    found = drawn(ASKED, [week(1, rust="c"), week(0, rust="a", zin="?")])
    assert [(row.on, list(row.said)) for row in found.weeks] == [
        (DAY + timedelta(weeks=1), ["keuze 2", "–"]),
        (DAY, ["keuze 0", "Weet ik nog niet"]),
    ]


def test_where_nothing_was_answered_the_line_is_open() -> None:
    (rust, _zin) = drawn(ASKED, [week(n, rust=code) for n, code in enumerate("ab?cd?e")]).lines
    assert [len(part.split()) for part in rust.parts] == [2, 2]
    assert len(rust.dots) == 5


def test_one_time_is_a_dot() -> None:
    (rust, zin) = drawn(ASKED, [week(0, rust="b")]).lines
    assert (rust.parts, len(rust.dots), zin.dots) == ([], 1, [])


@given(st.lists(st.tuples(st.integers(0, 200), st.sampled_from("abcde?")), max_size=60))
def test_it_stays_within_the_drawing_and_goes_to_the_right(said: list[tuple[int, str]]) -> None:
    found = drawn(ASKED, [week(number, rust=code) for number, code in said])
    assert len(found.weeks) == min(MOST, len(said))
    assert [row.on for row in found.weeks] == sorted((row.on for row in found.weeks), reverse=True)
    for line in found.lines:
        assert all(LEFT <= dot.x <= RIGHT and TOP <= dot.y <= BOTTOM for dot in line.dots)
        assert all(one.x < other.x for one, other in pairwise(line.dots))
