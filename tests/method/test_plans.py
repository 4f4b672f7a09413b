"""The veranderplan, as the method describes it."""

from ipta.placements.rules import POINTS
from ipta.plans.rules import ELEMENTS, STRATEGIES


def test_eight_elements() -> None:
    """The goals stand in rows, six texts follow, the main strategy is the eighth."""
    assert len(ELEMENTS) + 2 == 8
    assert list(ELEMENTS) == [
        "most_important", "youth_does", "youth_learns", "network_does", "taken_over", "remember",
    ]  # fmt: skip


def test_four_strategies() -> None:
    assert list(STRATEGIES) == ["facilitate", "learn", "take_over", "co_create"]


def test_nine_points_of_a_placement() -> None:
    assert len(POINTS) == 9
