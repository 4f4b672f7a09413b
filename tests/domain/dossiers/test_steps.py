"""`promise`, `finish`, `report`, `postpone`, `drop`: a step, from the word to the deed."""

from collections.abc import Callable
from typing import Any

import pytest

from ipta.accounts.models import Person
from ipta.base.verdict import Impossible, Refused
from ipta.dossiers import commands as dossiers
from ipta.dossiers.models import Dossier, Step
from tests.asking import assert_refused, assert_sealed, text, verbs
from tests.cast import days_ago, fresh

CHANGES: list[tuple[Callable[..., Any], dict[str, Any], str]] = [
    (dossiers.finish, {}, "step.done"),
    (dossiers.report, {"progress": "halverwege"}, "step.reported"),
    (dossiers.postpone, {"until": days_ago(-9)}, "step.postponed"),
    (dossiers.drop, {}, "step.dropped"),
]
changes = pytest.mark.parametrize(("change", "words", "verb"), CHANGES, ids=[verb for _, _, verb in CHANGES])


@pytest.mark.parametrize("who", ["noor", "sem"])
def test_both_owners_promise(who: str, dossier: Dossier, sem: Person, request: pytest.FixtureRequest) -> None:
    by = request.getfixturevalue(who)
    step = dossiers.promise(dossier, text="Rijbewijs aanvragen", owner="network", owner_name="Oom Jan", by=by)
    assert text(sem, step, "text") == "Rijbewijs aanvragen"
    assert_sealed(step, "Rijbewijs", "Jan")
    assert step.is_open
    assert verbs(dossier)[-1] == "step.promised"


@changes
@pytest.mark.parametrize("who", ["noor", "sem"])
def test_both_owners_change_it(
    change: Callable[..., Any], words: dict[str, Any], verb: str, who: str, step: Step, request: pytest.FixtureRequest
) -> None:
    change(step, by=request.getfixturevalue(who), **words)
    assert verbs(step.dossier)[-1] == verb


@changes
def test_nobody_else_does(
    change: Callable[..., Any], words: dict[str, Any], verb: str, step: Step, outsiders: list[Person]
) -> None:
    assert_refused(change, step, by=outsiders, **words)


def test_nobody_else_promises_for_him(dossier: Dossier, outsiders: list[Person]) -> None:
    assert_refused(dossiers.promise, dossier, text="x", owner="youth", by=outsiders)


def test_done_is_done(step: Step, sem: Person) -> None:
    dossiers.finish(step, by=sem, on=days_ago(2), progress="Gelukt!")
    done = fresh(step)
    assert done.done_on == days_ago(2)
    assert not done.is_open
    assert text(sem, step, "progress") == "Gelukt!"


def test_finishing_without_words_keeps_the_words_that_were_there(step: Step, sem: Person) -> None:
    dossiers.report(step, progress="halverwege", by=sem)
    dossiers.finish(fresh(step), by=sem)
    assert text(sem, step, "progress") == "halverwege"


def test_a_dropped_step_stays_readable(step: Step, noor: Person, sem: Person) -> None:
    dossiers.drop(step, by=noor)
    assert not fresh(step).is_open
    assert "stap" in text(sem, step, "text")


def test_once_the_trajectory_ended_the_youth_writes_no_more_steps(dossier: Dossier, noor: Person, sem: Person) -> None:
    dossiers.end(dossier, reason="stable", by=noor)
    assert_refused(dossiers.promise, fresh(dossier), text="x", owner="youth", by=[sem])


# --- whose, how, and in small steps -----------------------------------------------------


def test_a_step_knows_whose_it_is_and_keeps_the_name_when_he_goes(dossier: Dossier, noor: Person, sem: Person) -> None:
    ria = dossiers.add_person(dossier, kind="family", name="Ria", by=sem)
    step = dossiers.promise(dossier, text="Meegaan", owner="network", owner_name="Ria", somebody=ria, by=noor)
    assert fresh(step).somebody == ria
    dossiers.remove_person(ria, by=sem)
    assert fresh(step).somebody is None
    assert text(sem, step, "owner_name") == "Ria"


def test_somebody_around_another_youth_has_no_step_here(
    dossier: Dossier, kim_dossier: Dossier, bram: Person, noor: Person
) -> None:
    stranger = dossiers.add_person(kim_dossier, kind="friend", name="Jo", by=bram)
    with pytest.raises(Refused, match="hoort bij iemand anders"):
        dossiers.promise(dossier, text="Meegaan", owner="network", somebody=stranger, by=noor)


@pytest.mark.parametrize("owner", ["youth", "coach"])
def test_what_the_two_do_themselves_is_of_nobody_else(owner: str, dossier: Dossier, noor: Person, sem: Person) -> None:
    ria = dossiers.add_person(dossier, kind="family", name="Ria", by=sem)
    assert dossiers.promise(dossier, text="Bellen", owner=owner, somebody=ria, by=noor).somebody is None


def test_a_step_is_done_learned_or_taken_over_and_serves_a_goal(dossier: Dossier, noor: Person) -> None:
    step = dossiers.promise(dossier, text="Post doen", owner="employer", way="take_over", goal="a1b2", by=noor)
    assert (fresh(step).owner, fresh(step).way, fresh(step).goal) == ("employer", "take_over", "a1b2")


def test_a_step_is_cut_in_small_ones_that_keep_their_order(step: Step, sem: Person) -> None:
    made = dossiers.cut(step, texts=["nummer zoeken", "  ", "bellen"], by=sem)
    assert [text(sem, piece, "text") for piece in step.pieces.all()] == ["nummer zoeken", "bellen"]
    assert {piece.owner for piece in made} == {step.owner}
    assert verbs(step.dossier)[-1] == "step.cut"


def test_small_enough_is_small_enough(step: Step, noor: Person, sem: Person) -> None:
    (piece,) = dossiers.cut(step, texts=["nummer zoeken"], by=noor)
    for whole, texts in ((piece, ["nog kleiner"]), (step, ["", " "])):
        with pytest.raises(Impossible):
            dossiers.cut(whole, texts=texts, by=sem)
    dossiers.finish(step, by=sem)
    with pytest.raises(Impossible):
        dossiers.cut(step, texts=["te laat"], by=sem)


def test_nobody_else_cuts_or_settles(step: Step, outsiders: list[Person]) -> None:
    assert_refused(dossiers.cut, step, texts=["x"], by=outsiders)
    assert_refused(dossiers.settle, step, outcome="worked", by=outsiders)


@pytest.mark.parametrize("close", [dossiers.finish, dossiers.drop])
def test_when_the_whole_is_behind_him_no_small_step_is_left_to_do(
    close: Callable[..., Any], step: Step, sem: Person
) -> None:
    first, second = dossiers.cut(step, texts=["een", "twee"], by=sem)
    dossiers.finish(first, by=sem)
    close(fresh(step), by=sem)
    assert not fresh(second).is_open
    assert fresh(first).outcome == "worked"


@pytest.mark.parametrize(
    ("outcome", "is_open", "verb"),
    [("worked", False, "step.done"), ("otherwise", False, "step.done"), ("not", True, "step.not_worked")],
)
def test_how_it_went_in_his_own_words(outcome: str, is_open: bool, verb: str, step: Step, sem: Person) -> None:
    dossiers.settle(step, outcome=outcome, words="via mijn zus", by=sem)
    told = fresh(step)
    assert (told.outcome, told.is_open) == (outcome, is_open)
    assert text(sem, step, "progress") == "via mijn zus"
    assert verbs(step.dossier)[-1] == verb
