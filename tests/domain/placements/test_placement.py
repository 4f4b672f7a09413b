"""`agree`, `amend`, `start`, `stop`: a place to work, from what was agreed to what came of it."""

from collections.abc import Callable
from typing import Any

import pytest

from ipta.accounts.models import Municipality, Person
from ipta.base.verdict import Impossible
from ipta.dossiers.models import Coachship, Dossier
from ipta.placements import commands as placements
from ipta.placements.models import Placement
from ipta.workplaces import commands as workplaces
from ipta.workplaces.models import Workplace
from tests.asking import assert_refused, assert_sealed, last_entry, text, verbs
from tests.cast import days_ago, fresh

CHANGES: list[tuple[Callable[..., Any], dict[str, Any]]] = [
    (placements.amend, {"points": {"hours": "9-5"}}),
    (placements.start, {}),
    (placements.stop, {"reason": "no_fit"}),
]


def test_what_is_agreed_is_sealed_and_what_is_not_known_stays_empty(
    dossier: Dossier, workplace: Workplace, noor: Person, sem: Person
) -> None:
    place = placements.agree(
        dossier,
        kind=Placement.Kind.EXPERIENCE,
        workplace=workplace,
        what="banden wisselen",
        points={"hours": "drie ochtenden", "income": "  ", "nonsense": "x"},
        by=noor,
    )
    assert text(sem, place, "what") == "banden wisselen"
    assert text(sem, place, "points") == '{"hours": "drie ochtenden"}'
    assert_sealed(place, "banden", "ochtenden")
    assert last_entry(dossier).facts == {"placement": str(place.id), "kind": "experience"}


def test_a_place_may_be_outside_the_book(dossier: Dossier, noor: Person) -> None:
    assert placements.agree(dossier, kind="education", what="mbo niveau 1", by=noor).workplace is None


def test_a_place_comes_from_the_book_of_his_own_municipality(
    dossier: Dossier, noor: Person, schiedam: Municipality, yara: Person
) -> None:
    elsewhere = workplaces.add(schiedam, employer="Fietsenmaker", by=yara)
    with pytest.raises(Impossible, match="boek van deze gemeente"):
        placements.agree(dossier, kind="trial", workplace=elsewhere, by=noor)


def test_a_kind_and_a_reason_are_those_of_the_method(dossier: Dossier, placement: Placement, noor: Person) -> None:
    with pytest.raises(ValueError, match="slavery"):
        placements.agree(dossier, kind="slavery", by=noor)
    with pytest.raises(ValueError, match="his_fault"):
        placements.stop(placement, reason="his_fault", by=noor)


def test_the_first_day_comes_once(placement: Placement, noor: Person) -> None:
    placements.start(placement, by=noor, on=days_ago(5))
    assert fresh(placement).is_running
    with pytest.raises(Impossible, match="al begonnen"):
        placements.start(fresh(placement), by=noor)
    assert fresh(placement).starts_on == days_ago(5)


def test_it_stops_with_words_that_judge_nobody(placement: Placement, noor: Person, sem: Person) -> None:
    placements.start(placement, by=noor, on=days_ago(5))
    placements.stop(fresh(placement), reason="travel", words="drie keer overstappen", by=noor)
    stopped = fresh(placement)
    assert stopped.get_stop_reason_display() == "De reis of het ritme lukte niet"
    assert not stopped.is_running
    assert text(sem, stopped, "stop_words") == "drie keer overstappen"
    assert_sealed(stopped, "overstappen")
    assert verbs(placement.dossier)[-2:] == ["placement.started", "placement.stopped"]


def test_it_does_not_stop_before_it_started(placement: Placement, noor: Person) -> None:
    placements.start(placement, by=noor, on=days_ago(5))
    placements.stop(fresh(placement), reason="done", by=noor, on=days_ago(50))
    assert fresh(placement).stopped_on == days_ago(5)


def test_what_stopped_neither_stops_nor_starts_again(placement: Placement, noor: Person) -> None:
    placements.stop(placement, reason="employer", by=noor, on=days_ago(1))
    with pytest.raises(Impossible, match="al gestopt"):
        placements.stop(fresh(placement), reason="done", by=noor)
    with pytest.raises(Impossible, match="al gestopt"):
        placements.start(fresh(placement), by=noor)


def test_the_agreement_changes_as_the_work_goes_on(placement: Placement, noor: Person) -> None:
    before = text(noor, placement, "what")
    placements.amend(placement, points={"tasks": "ook remmen"}, by=noor)
    assert text(noor, placement, "points") == '{"tasks": "ook remmen"}'
    assert text(noor, placement, "what") == before


def test_a_stand_in_goes_on_with_it(placement: Placement, standing_in: Coachship, stef: Person) -> None:
    placements.start(placement, by=stef)
    assert fresh(placement).is_running


@pytest.mark.parametrize(("change", "words"), CHANGES, ids=["amend", "start", "stop"])
def test_only_the_coach(
    change: Callable[..., Any], words: dict[str, Any], placement: Placement, outsiders: list[Person], sem: Person
) -> None:
    assert_refused(change, placement, by=[*outsiders, sem], match="Alleen de coach", **words)


def test_only_the_coach_agrees(dossier: Dossier, outsiders: list[Person], sem: Person) -> None:
    assert_refused(placements.agree, dossier, kind="job", by=[*outsiders, sem], match="Alleen de coach")
