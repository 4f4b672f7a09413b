"""A day as somebody remembers it: a year, a month, or the day itself."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipta.base.rough import MONTHS, as_typed, read_rough

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("typed", "day", "rough"),
    [
        ("2023", date(2023, 1, 1), "year"),
        (" 2023 ", date(2023, 1, 1), "year"),
        ("maart 2024", date(2024, 3, 1), "month"),
        ("Mrt 2024", date(2024, 3, 1), "month"),
        ("mei 2024", date(2024, 5, 1), "month"),
        ("May 2024", date(2024, 5, 1), "month"),
        ("3-2024", date(2024, 3, 1), "month"),
        ("03/2024", date(2024, 3, 1), "month"),
        ("2024-03", date(2024, 3, 1), "month"),
        ("3-4-2024", date(2024, 4, 3), ""),
        ("3 april 2024", date(2024, 4, 3), ""),
        ("3 apr. 2024", date(2024, 4, 3), ""),
        ("2024-04-03", date(2024, 4, 3), ""),
        ("29-2-2024", date(2024, 2, 29), ""),
    ],
)
def test_people_write_days_in_many_ways(typed: str, day: date, rough: str) -> None:
    assert read_rough(typed) == (day, rough)


@pytest.mark.parametrize(
    "typed",
    [
        "", "vorig jaar", "ergens in 2023", "23", "0000", "1899", "2101", "13-2024", "0-2024", "30-2-2024", "29-2-2023",
        "aug", "xyz 2024", "ma 2024", "1 2 3 4", "٢٠٢٣", "2023-1-1-1", "9" * 5000, "mei" * 400 + " 2024", "\x00",
    ],
)  # fmt: skip
def test_what_is_no_day_says_so(typed: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_rough(typed)


@given(DAYS, st.sampled_from(["", "month", "year"]))
def test_what_was_understood_is_understood_again(day: date, rough: str) -> None:
    found, how = read_rough(as_typed(day, rough))
    assert how == rough
    first = {"year": day.replace(month=1, day=1), "month": day.replace(day=1)}.get(rough, day)
    assert found == first <= day


@given(DAYS, st.sampled_from([0, 1, 2]))
def test_every_name_of_a_month_is_known(day: date, which: int) -> None:
    names = MONTHS[day.month - 1]
    name = names[which % len(names)]
    assert read_rough(f"{day.day} {name} {day.year}") == (day, "")
    assert read_rough(f"{name.upper()} {day.year}") == (day.replace(day=1), "month")


@given(st.text(max_size=20))
def test_anything_else_is_an_answer_or_no_day(typed: str) -> None:
    try:
        day, rough = read_rough(typed)
    except ValueError:
        return
    assert rough in {"", "month", "year"}
    assert date(1900, 1, 1) <= day <= date(2100, 12, 31)


def test_no_day_is_nothing_to_type() -> None:
    assert as_typed(None, "") == ""
