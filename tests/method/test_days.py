"""Days on which people work, and on which nobody does."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipta.base.days import holiday, is_workday, workdays_after, workdays_between

DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 4, 27), "Koningsdag"),
        (date(2025, 4, 26), "Koningsdag"),  # the 27th was a Sunday
        (date(2026, 5, 14), "Hemelvaartsdag"),
        (date(2025, 5, 5), "Bevrijdingsdag"),  # once in five years a day off
        (date(2026, 5, 5), ""),
        (date(2026, 4, 3), ""),  # Good Friday: most people work
        (date(2026, 12, 26), "Tweede kerstdag"),
    ],
)
def test_the_days_off_of_the_country_are_known(day: date, name: str) -> None:
    assert holiday(day) == name


def test_between_christmas_and_new_year_an_answer_takes_longer() -> None:
    thursday = date(2026, 12, 24)
    assert workdays_after(thursday, 1) == date(2026, 12, 28)
    assert workdays_after(thursday, 5) == date(2027, 1, 4)
    assert workdays_between(thursday, date(2027, 1, 4)) == 5


@given(DAYS, st.integers(1, 30))
def test_a_term_ends_on_a_day_on_which_somebody_works_and_counts_back(day: date, count: int) -> None:
    end = workdays_after(day, count)
    assert is_workday(end)
    assert workdays_between(day, end) == count


@given(DAYS, DAYS)
def test_nothing_passes_before_it_begins(day: date, other: date) -> None:
    since, until = max(day, other), min(day, other)
    assert workdays_between(since, until) == 0
    assert workdays_between(until, since) <= (since - until).days
    assert workdays_after(day, 0) == day
    assert workdays_between(day, day + timedelta(days=7)) <= 5
