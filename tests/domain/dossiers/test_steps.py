"""`promise`, `finish`, `report`, `postpone`, `drop`: a step, from the word to the deed."""

from collections.abc import Callable
from typing import Any

import pytest

from ipta.accounts.models import Person
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
