"""How old somebody can be, out of the words his coach wrote down."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipta.scans.instruments.ages import possible_ages

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("born", "ages"),
    [
        ("2002-11-23", (24, 24)),
        ("2002-11-24", (23, 23)),
        ("23-11-2002", (24, 24)),
        ("24/11/2002", (23, 23)),
        ("1.3.2008", (18, 18)),
        ("3 maart 2008", (18, 18)),
        ("3 mrt. 2008", (18, 18)),
        ("  23   November  2002 ", (24, 24)),
        ("29-2-2008", (18, 18)),
        ("2002", (23, 24)),
        ("geboren in 2002", (23, 24)),
        ("november 2002", (23, 24)),
        ("maart 2008", (18, 18)),
    ],
)
def test_a_day_a_month_or_a_year_tells_it(born: str, ages: tuple[int, int]) -> None:
    assert possible_ages(born, TODAY) == ages


@pytest.mark.parametrize(
    "born",
    ["", "twintiger", "17", "17 jaar", "ongeveer 2002", "31-2-2008", "32 maart 2008", "2008-13-01", "3 foo 2008",
     "2030", "1899", "1900", "١٢-٣-٢٠٠٨", "2002 of 2003", "0-0-2008"],
)  # fmt: skip
def test_other_words_tell_nothing(born: str) -> None:
    assert possible_ages(born, TODAY) is None


@given(st.dates(date(1910, 1, 1), TODAY))
def test_a_rough_day_holds_the_exact_age(born: date) -> None:
    exact = possible_ages(born.isoformat(), TODAY)
    rough = possible_ages(str(born.year), TODAY)
    if exact and rough:
        assert rough[0] <= exact[0] == exact[1] <= rough[1] <= rough[0] + 1


@given(st.text(max_size=30))
def test_no_words_break_it(born: str) -> None:
    ages = possible_ages(born, TODAY)
    assert ages is None or 0 <= ages[0] <= ages[1] <= 120
