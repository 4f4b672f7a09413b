"""What the method says of scouting: when somebody leaves, whether it fits, and what works to reach him."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipta.dossiers.rules import AGES
from ipta.scouting.rules import (
    MISSED_AT_LEAST,
    REACHED_AT_LEAST,
    TERMS,
    Attempt,
    Works,
    is_warned,
    leaves_on,
    outside,
    what_works,
)

FOUND = date(2026, 3, 2)
ATTEMPTS = st.lists(
    st.builds(Attempt, st.sampled_from(["met", "whatsapp", "called"]), st.integers(0, 23), st.booleans()), max_size=14
)


def tries(channel: str, *hours: int, reached: bool) -> list[Attempt]:
    return [Attempt(channel, hour, reached) for hour in hours]


# --- what works -----------------------------------------------------------------------


def test_it_says_by_which_way_and_from_what_hour_he_is_reached() -> None:
    attempts = [*tries("whatsapp", 14, 16, 20, reached=True), *tries("whatsapp", 9, 11, reached=False)]
    assert what_works(attempts) == Works("whatsapp", reached=3, tried=5, from_hour=14)


def test_of_an_hour_it_is_silent_when_too_few_came_earlier() -> None:
    attempts = [*tries("whatsapp", 14, 16, 20, reached=True), *tries("whatsapp", 9, 15, reached=False)]
    works = what_works(attempts)
    assert works is not None and works.from_hour is None


@pytest.mark.parametrize(
    "attempts",
    [
        [],
        tries("whatsapp", 14, 16, reached=True),
        tries("whatsapp", *range(9, 20), reached=False),
        [*tries("met", 12, 13, 14, reached=True), *tries("called", 12, 13, 14, reached=True)],
        [*tries("called", 12, 13, 14, reached=True), *tries("called", 9, 10, 11, reached=False)],
    ],
    ids=["nothing", "too little", "never reached", "two ways alike", "as often not"],
)
def test_it_says_nothing_when_there_is_too_little(attempts: list[Attempt]) -> None:
    assert what_works(attempts) is None


@given(ATTEMPTS)
def test_whatever_it_says_is_in_the_notes(attempts: list[Attempt]) -> None:
    works = what_works(attempts)
    if works is None:
        return
    mine = [attempt for attempt in attempts if attempt.channel == works.channel]
    reached = [attempt for attempt in mine if attempt.is_reached]
    assert (works.reached, works.tried) == (len(reached), len(mine))
    assert works.reached >= REACHED_AT_LEAST and 2 * works.reached > works.tried
    if works.from_hour is not None:
        assert works.from_hour == min(attempt.hour for attempt in reached)
        assert sum(attempt.hour < works.from_hour for attempt in mine) >= MISSED_AT_LEAST


@given(ATTEMPTS, st.randoms())
def test_the_order_in_which_it_was_written_does_not_matter(attempts: list[Attempt], chance: object) -> None:
    mixed = list(attempts)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert what_works(mixed) == what_works(attempts)


@given(ATTEMPTS)
def test_never_reached_in_a_way_never_names_it(attempts: list[Attempt]) -> None:
    works = what_works([Attempt(a.channel, a.hour, is_reached=False) for a in attempts])
    assert works is None


# --- does it fit -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("age", "says"),
    [
        ("", ""),
        ("weet ik niet", ""),
        ("16", ""),
        ("27", ""),
        ("rond de 20", ""),
        ("15", "younger"),
        ("net 28", "older"),
        ("15 of 16", ""),
        ("geboren in 2009", ""),
    ],
)
def test_only_an_age_that_is_surely_outside_is_said_to_be_so(age: str, says: str) -> None:
    assert outside(age, AGES) == says


@given(st.text(max_size=40))
def test_any_words_for_an_age_will_do(age: str) -> None:
    assert outside(age, AGES) in {"", "younger", "older"}


# --- when he leaves ------------------------------------------------------------------------


def test_after_six_weeks_or_once_twelve() -> None:
    assert leaves_on(FOUND, 42, is_kept=False) == FOUND + timedelta(weeks=6)
    assert leaves_on(FOUND, 42, is_kept=True) == FOUND + timedelta(weeks=12)


@given(st.sampled_from(TERMS), st.booleans())
def test_the_coach_hears_it_seven_days_before(weeks: int, is_kept: bool) -> None:
    leaves = leaves_on(FOUND, weeks * 7, is_kept=is_kept)
    assert not is_warned(leaves, leaves - timedelta(days=8))
    assert is_warned(leaves, leaves - timedelta(days=7))
    assert leaves - timedelta(days=7) >= FOUND
