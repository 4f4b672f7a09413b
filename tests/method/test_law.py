"""How long what is kept: days that are reckoned, and that every word of a dossier has a kind."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipta.law import rules
from ipta.vault.rules import SECTIONS


def test_every_section_is_of_one_kind_of_record() -> None:
    found = [section for kind in (*rules.KINDS, rules.REST) for section in rules.sections_of(kind)]
    assert sorted(found) == sorted(SECTIONS)


def test_every_kind_says_what_it_is_and_where_its_term_comes_from() -> None:
    kinds = {*rules.KINDS, rules.REST}
    assert rules.SOURCES.keys() == kinds
    assert rules.KIND_NAMES.keys() == rules.KINDS_TO_HIM.keys() == kinds | {rules.WHOLE}
    for kind in rules.KINDS.values():
        assert kind.months in {years * rules.YEAR for years in kind.choices}


def test_every_purpose_has_a_ground_in_two_languages() -> None:
    assert rules.PURPOSE_NAMES.keys() == rules.PURPOSES_TO_HIM.keys() == rules.PURPOSES.keys()
    for purpose in rules.PURPOSES.values():
        assert "art." in purpose.articles
        assert "art." not in purpose.plain
        assert set(purpose.sections) <= set(SECTIONS)


def test_what_a_lawyer_must_look_at_is_said() -> None:
    assert {key for key, purpose in rules.PURPOSES.items() if not purpose.is_to_check} == {"log", "keeping"}


@pytest.mark.parametrize(
    ("ended_on", "months", "over"),
    [
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 12, 15), 24, date(2026, 12, 15)),
        (date(2024, 11, 30), 3, date(2025, 2, 28)),
    ],
)
def test_a_term_ends_on_the_same_day_of_a_later_month_or_the_last_one(ended_on: date, months: int, over: date) -> None:
    assert rules.over_on(ended_on, months) == over


@given(st.dates(date(2015, 1, 1), date(2060, 1, 1)), st.integers(1, 20), st.integers(-60, 60))
def test_nothing_goes_before_its_day_or_untold(ended_on: date, years: int, told_after: int) -> None:
    over = rules.over_on(ended_on, years * rules.YEAR)
    told_on = over + timedelta(days=told_after)
    goes = rules.goes_on(over, told_on)
    assert goes >= over
    assert goes - told_on >= rules.TOLD_BEFORE
    assert over.year - ended_on.year == years


def test_the_rest_goes_with_the_last_of_the_others() -> None:
    assert rules.with_rest({})["rest"] == 60
    assert rules.with_rest({"scans": 180})["rest"] == 180


def test_a_mark_tells_of_a_dossier_only_to_who_knows_it() -> None:
    one, other = uuid4(), uuid4()
    assert rules.mark_of(one) == rules.mark_of(one) != rules.mark_of(other)
    assert one.hex not in rules.mark_of(one)
