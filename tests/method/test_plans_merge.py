"""Two people write on from the same text of the plan: whoever comes second, no word of either is lost."""

from hypothesis import given
from hypothesis import strategies as st

from ipta.plans.rules import GOAL_WORDS, Draft, merge

TEXTS = st.sampled_from(["", "bellen", "rust", "een kamer"])
GOALS = st.fixed_dictionaries(dict.fromkeys(GOAL_WORDS, TEXTS) | {"goal": st.sampled_from(["werk", "kamer"])})
DRAFTS = st.builds(
    Draft,
    goals=st.dictionaries(st.sampled_from(["a", "b", "c"]), GOALS),
    pieces=st.fixed_dictionaries(dict.fromkeys(("remember/youth", "remember/coach", "strategy"), TEXTS)),
)


def parts(draft: Draft) -> dict[str, str]:
    goals = {f"{key}/{name}": goal.get(name, "") for key, goal in draft.goals.items() for name in GOAL_WORDS}
    return goals | dict(draft.pieces)


@given(base=DRAFTS, theirs=DRAFTS, ours=DRAFTS)
def test_no_word_of_either_is_lost(base: Draft, theirs: Draft, ours: Draft) -> None:
    """What one of the two wrote stands in what comes of it, or a person reads both and decides."""
    merged = merge(base, theirs, ours)
    kept, before = parts(merged.draft), parts(base)
    for written in (theirs, ours):
        for name, text in parts(written).items():
            if text and text != before.get(name, ""):
                of_goal = written.goals.get(name.split("/")[0])
                stands_there = kept.get(name) == text or of_goal in merged.draft.goals.values()
                assert stands_there or name in merged.clashes


@given(base=DRAFTS, theirs=DRAFTS)
def test_who_changed_nothing_is_in_nobodys_way(base: Draft, theirs: Draft) -> None:
    for merged in (merge(base, theirs, base), merge(base, base, theirs)):
        assert merged.is_clear
        assert parts(merged.draft) == parts(theirs)


@given(base=DRAFTS, theirs=DRAFTS, ours=DRAFTS)
def test_only_what_both_changed_is_for_a_person_to_decide(base: Draft, theirs: Draft, ours: Draft) -> None:
    before, there, here = parts(base), parts(theirs), parts(ours)
    for name in merge(base, theirs, ours).clashes:
        assert there.get(name, "") != before.get(name, "") or here.get(name, "") != before.get(name, "")
        assert there.get(name) != here.get(name)


def test_each_his_own_voice_makes_one_text() -> None:
    base = Draft({"a": {"goal": "Een kamer", "youth": "", "coach": ""}}, {"remember/youth": "", "remember/coach": ""})
    youth = Draft({"a": {"goal": "Een kamer", "youth": "snel"}}, {"remember/youth": "ik slaap lang"})
    coach = Draft({"a": {"goal": "Een kamer", "coach": "inschrijven"}}, {"remember/coach": "na elf uur"})
    merged = merge(base, coach, youth)
    assert merged.is_clear
    assert merged.draft.goals["a"]["youth"] == "snel"
    assert merged.draft.goals["a"]["coach"] == "inschrijven"
    assert merged.draft.pieces == {"remember/youth": "ik slaap lang", "remember/coach": "na elf uur"}


def test_the_same_words_changed_by_both_wait_for_a_person() -> None:
    base, theirs, ours = (Draft({}, {"strategy": said}) for said in ("", "learn", "take_over"))
    merged = merge(base, theirs, ours)
    assert merged.clashes == {"strategy"}
    assert merged.draft.pieces["strategy"] == "take_over"


def test_a_goal_that_one_took_away_and_the_other_wrote_on_stays() -> None:
    goal = {"goal": "Een kamer", "youth": "", "coach": ""}
    base, longer = Draft({"a": goal}, {}), Draft({"a": {**goal, "youth": "bij mijn zus weg"}}, {})
    for theirs, ours in ((longer, Draft({}, {})), (Draft({}, {}), longer)):
        merged = merge(base, theirs, ours)
        assert merged.draft.goals["a"]["youth"] == "bij mijn zus weg"
        assert merged.clashes == {"a/youth"}


def test_a_goal_that_both_brought_in_stands_there_once() -> None:
    goal = {"domain": "housing", "goal": "Een kamer", "youth": "", "coach": "", "strategy": ""}
    merged = merge(Draft({}, {}), Draft({"a": goal}, {}), Draft({"b": dict(goal)}, {}))
    assert list(merged.draft.goals) == ["a"]
