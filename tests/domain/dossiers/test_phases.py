"""`start_phase`, `end_phase`: "De verschillende fasen zullen in de praktijk soms door elkaar lopen"."""

import pytest

from ipta.accounts.models import Person
from ipta.base.verdict import Impossible
from ipta.dossiers import commands as dossiers
from ipta.dossiers.models import Dossier, PhaseSpan
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
