"""`start_phase`, `end_phase`: "De verschillende fasen zullen in de praktijk soms door elkaar lopen"."""

import pytest

from ipta.accounts.models import Person
from ipta.base.verdict import Impossible
from ipta.dossiers import commands as dossiers
from ipta.dossiers.models import Dossier, PhaseSpan
from ipta.dossiers.rules import PHASES, phases
from tests.asking import assert_refused, verbs
from tests.cast import days_ago, fresh


def running(dossier: Dossier) -> set[str]:
    return set(PhaseSpan.objects.filter(dossier=dossier, until=None).values_list("phase", flat=True))


def test_phases_overlap(dossier: Dossier, noor: Person) -> None:
    dossiers.start_phase(dossier, "match", by=noor)
    assert running(dossier) == {"scan", "match"}
    assert verbs(dossier)[-1] == "phase.started"


def test_a_phase_comes_back(dossier: Dossier, noor: Person) -> None:
    dossiers.end_phase(PhaseSpan.objects.get(dossier=dossier, phase="scan"), by=noor, on=days_ago(3))
    assert running(dossier) == set()
    dossiers.start_phase(dossier, "scan", by=noor)
    assert PhaseSpan.objects.filter(dossier=dossier, phase="scan").count() == 2
    assert verbs(dossier)[-2:] == ["phase.ended", "phase.started"]


def test_a_phase_does_not_run_twice(dossier: Dossier, noor: Person) -> None:
    with pytest.raises(Impossible, match="loopt al"):
        dossiers.start_phase(dossier, "scan", by=noor)
    assert PhaseSpan.objects.filter(dossier=dossier, phase="scan").count() == 1


def test_a_phase_does_not_end_before_it_began(dossier: Dossier, noor: Person) -> None:
    span = PhaseSpan.objects.get(dossier=dossier, phase="scan")
    dossiers.end_phase(span, by=noor, on=days_ago(1000))
    assert fresh(span).until == span.since


def test_only_the_coach(dossier: Dossier, outsiders: list[Person], sem: Person) -> None:
    assert_refused(dossiers.start_phase, dossier, "coach", by=[*outsiders, sem])
    span = PhaseSpan.objects.get(dossier=dossier, phase="scan")
    assert_refused(dossiers.end_phase, span, by=[*outsiders, sem])


def test_a_municipality_gives_its_own_names_and_leaves_a_phase_out(dossier: Dossier, fem: Person) -> None:
    here = dossier.municipality
    dossiers.name_phases(here, {**PHASES, "scout": "Vinden", "match": "", "own_1": "Wonen"}, by=fem)
    assert phases(fresh(here).phases) == {"scout": "Vinden", "scan": "Quick scan", "coach": "Coachen", "own_1": "Wonen"}
    assert verbs(here)[-1] == "phases.named"


def test_at_least_one_phase_stays(dossier: Dossier, fem: Person) -> None:
    with pytest.raises(Impossible, match="minstens één fase"):
        dossiers.name_phases(dossier.municipality, {}, by=fem)


def test_threads_that_run_keep_what_they_have(dossier: Dossier, fem: Person) -> None:
    before = running(dossier)
    dossiers.name_phases(dossier.municipality, {**PHASES, "scan": ""}, by=fem)
    assert running(dossier) == before


def test_only_the_functional_manager_names_them(
    dossier: Dossier, outsiders: list[Person], sem: Person, noor: Person, fem: Person
) -> None:
    others = [person for person in outsiders if person != fem]
    assert_refused(dossiers.name_phases, dossier.municipality, PHASES, by=[*others, sem, noor])
