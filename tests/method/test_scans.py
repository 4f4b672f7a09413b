"""The quick scan, without a database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipta.dossiers.rules import DOMAINS
from ipta.scans import rules

levels = st.dictionaries(st.sampled_from(sorted(rules.PARTS)), st.integers(1, 5))


def test_what_the_method_wants_to_know_in_any_case_is_asked() -> None:
    assert rules.PARTS.keys() >= rules.MINIMUM
    assert rules.PARTS.keys() - DOMAINS.keys() == {"wellbeing"}
    assert set(rules.LEVELS) == set(rules.FACES) == {1, 2, 3, 4, 5}


@given(coach=levels, youth=levels)
def test_both_views_stand_beside_each_other_and_are_never_averaged(
    coach: dict[str, int], youth: dict[str, int]
) -> None:
    lines = rules.beside(coach, youth)
    assert [line.domain for line in lines] == list(rules.PARTS)
    for line in lines:
        assert (line.coach, line.youth) == (coach.get(line.domain), youth.get(line.domain))
        if line.coach and line.youth:
            assert line.is_worth_a_talk == (abs(line.coach - line.youth) >= 2)
        else:
            assert not line.is_worth_a_talk


def test_i_do_not_know_is_simply_absent() -> None:
    assert rules.tidy_ratings({"money": "unknown", "work": None, "time": "", "home": "3"}) == {"home": 3}


@pytest.mark.parametrize("level", [0, 6, -1, "1.0", "１", " 1", 1.5, [1], True])
def test_a_level_is_one_to_five(level: object) -> None:
    with pytest.raises(ValueError, match="money"):
        rules.tidy_ratings({"money": level})
