"""The plan becomes the agenda by itself."""

from ipta.wraparound.rules import agenda_of


def test_goals_come_first_then_what_somebody_wrote() -> None:
    goals = [{"domain": "housing", "goal": "Een kamer"}, {"domain": "money", "goal": ""}]
    assert agenda_of(goals, {"remember": "Ik slaap uit", "taken_over": ""}) == {
        "goal_housing": "Een kamer",
        "remember": "Ik slaap uit",
    }


def test_two_goals_on_one_domain_keep_apart_and_one_without_a_domain_has_a_key_too() -> None:
    goals = [{"domain": "work", "goal": "Lassen"}, {"goal": "Rust"}, {"domain": "work", "goal": "Rijbewijs"}]
    assert agenda_of(goals, {}) == {"goal_work": "Lassen", "goal_other": "Rust", "goal_work_2": "Rijbewijs"}


def test_a_goal_keeps_its_key_when_the_plan_gets_another_order() -> None:
    one, other = {"domain": "work", "goal": "Lassen"}, {"domain": "money", "goal": "Geen brieven"}
    assert agenda_of([one, other], {}) == agenda_of([other, one], {})
