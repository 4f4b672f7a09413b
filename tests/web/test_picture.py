"""The picture per part of life, drawn: two lines on one scale, and never one between them."""

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipta.scans.queries import Heard
from ipta.scans.rules import PARTS
from ipta.web.picture import EDGE, HIGH, IN_THE_METHOD, WIDE, parts_of

DAYS = st.dates(date(2025, 1, 1), date(2026, 12, 31))
SAID = st.lists(st.tuples(DAYS, st.dictionaries(st.sampled_from(sorted(PARTS)), st.integers(1, 5))), max_size=6)


def said(*times: tuple[date, dict[str, int]]) -> list[Heard]:
    """Sheets as they are heard: the newest first."""
    rows = sorted(times, key=lambda one: one[0], reverse=True)
    sheets: Any = [Heard(SimpleNamespace(about_on=on), levels, "", False) for on, levels in rows]  # type: ignore[arg-type]
    return sheets


@given(coach=SAID, youth=SAID)
def test_every_point_of_a_line_lies_in_the_drawing_and_later_is_further_on(
    coach: list[tuple[date, dict[str, int]]], youth: list[tuple[date, dict[str, int]]]
) -> None:
    for part in parts_of(said(*coach), said(*youth), IN_THE_METHOD):
        assert part.moments
        if part.movement is None:
            assert len(part.moments) == 1
            continue
        for _who, _points, dots in part.movement.lines:
            assert [dot.x for dot in dots] == sorted(dot.x for dot in dots)
            assert all(EDGE <= dot.x <= WIDE - EDGE and EDGE <= dot.y <= HIGH - EDGE for dot in dots)
        assert sum(len(dots) for *_, dots in part.movement.lines) == sum(
            (moment.coach is not None) + (moment.youth is not None) for moment in part.moments
        )


@pytest.mark.parametrize(
    ("levels", "turn"), [((2, 4), "vooruit"), ((4, 2), "achteruit"), ((3, 1, 3), "gelijk gebleven")]
)
def test_which_way_it_went_is_told_in_words(levels: tuple[int, ...], turn: str) -> None:
    times = [(date(2026, 1, 1) + timedelta(days=30 * n), {"money": level}) for n, level in enumerate(levels)]
    (part,) = parts_of(said(*times), [], IN_THE_METHOD)
    assert part.turn == turn
    assert part.movement
    assert part.movement.coach[0].y == HIGH - EDGE - (levels[0] - 1) * (HIGH - 2 * EDGE) / 4


def test_two_voices_are_two_lines_and_never_one_between_them() -> None:
    day = date(2026, 1, 1)
    later = day + timedelta(days=9)
    (part,) = parts_of(said((day, {"money": 1}), (later, {"money": 1})), said((later, {"money": 5})), IN_THE_METHOD)
    assert part.movement
    assert (len(part.movement.coach), len(part.movement.youth)) == (2, 1)
    assert part.now.is_worth_a_talk
