"""Which card is suggested: one nobody spoke of, and none when all that is left was left for now."""

from hypothesis import given
from hypothesis import strategies as st

from ipta.scans.talk.rules import CARDS, next_card

SOME_CARDS = st.sets(st.sampled_from(CARDS))


@given(SOME_CARDS, SOME_CARDS)
def test_a_suggestion_is_always_new_and_never_what_was_left(talked_of: set[str], left: set[str]) -> None:
    card = next_card(talked_of, left)
    assert (card is None) == (talked_of | left == set(CARDS))
    assert card not in talked_of | left


def test_the_talk_may_begin_anywhere() -> None:
    assert next_card(()) == "future"
    assert next_card({"future", "good_at"}) == "work"
    assert next_card(set(CARDS)) is None
