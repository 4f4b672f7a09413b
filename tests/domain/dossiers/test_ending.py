"""`set_intensity`, `end`, `reopen`: less, none, and back without being asked anything twice."""

import pytest

from ipta.accounts.models import Person
from ipta.base.verdict import Impossible
from ipta.dossiers import commands as dossiers
from ipta.dossiers.models import Dossier, Ending, Intensity, Note, PhaseSpan
from ipta.sharing.queries import caseload_of
from tests.asking import assert_refused, text, verbs
from tests.cast import days_ago, fresh


def test_intensity_goes_down_and_up_again(dossier: Dossier, noor: Person) -> None:
    for intensity in (Intensity.LIGHT, Intensity.AFTERCARE, Intensity.INTENSIVE):
        dossiers.set_intensity(dossier, intensity, by=noor)
        assert fresh(dossier).intensity == intensity
    assert verbs(dossier)[-3:] == ["intensity.set"] * 3


def test_an_intensity_is_one_of_three(dossier: Dossier, noor: Person) -> None:
    with pytest.raises(ValueError, match="extreme"):
        dossiers.set_intensity(dossier, "extreme", by=noor)
    assert fresh(dossier).intensity == Intensity.INTENSIVE


@pytest.mark.parametrize("reason", Ending.values)
def test_it_ends_with_a_reason_that_judges_nobody(reason: str, dossier: Dossier, noor: Person) -> None:
    dossiers.end(dossier, reason=reason, by=noor)
    ended = fresh(dossier)
    assert (ended.is_taking_part, ended.end_reason) == (False, reason)
    assert not PhaseSpan.objects.filter(dossier=dossier, until=None).exists()
    assert verbs(dossier)[-1] == "dossier.ended"


def test_an_unknown_reason_ends_nothing(dossier: Dossier, noor: Person) -> None:
    with pytest.raises(ValueError, match="no_show"):
        dossiers.end(dossier, reason="no_show", by=noor)
    assert fresh(dossier).is_taking_part


def test_after_the_end_the_youth_still_reads_everything_and_the_coach_stays(
    dossier: Dossier, note: Note, noor: Person, sem: Person
) -> None:
    dossiers.end(dossier, reason="stable", by=noor)
    assert text(sem, note, "text")
    assert caseload_of(noor).get() == dossier


def test_it_does_not_end_twice(dossier: Dossier, noor: Person) -> None:
    dossiers.end(dossier, reason="stable", by=noor, on=days_ago(5))
    with pytest.raises(Impossible, match="al gestopt"):
        dossiers.end(fresh(dossier), reason="no_contact", by=noor)
    assert (fresh(dossier).ended_on, fresh(dossier).end_reason) == (days_ago(5), "stable")


def test_coming_back_asks_nothing_twice(dossier: Dossier, note: Note, noor: Person, sem: Person) -> None:
    dossiers.set_intensity(dossier, "aftercare", by=noor)
    dossiers.end(dossier, reason="stopped", by=noor)
    dossiers.reopen(dossier, by=noor)
    back = fresh(dossier)
    assert back.is_taking_part
    assert (back.youth, back.intensity, back.end_reason) == (sem, "intensive", "")
    assert text(sem, note, "text")
    assert verbs(dossier)[-2:] == ["dossier.reopened", "phase.started"]


def test_what_did_not_end_does_not_open_again(dossier: Dossier, noor: Person) -> None:
    with pytest.raises(Impossible, match="loopt nog"):
        dossiers.reopen(dossier, by=noor)


def test_only_the_coach(dossier: Dossier, outsiders: list[Person], sem: Person, noor: Person) -> None:
    assert_refused(dossiers.set_intensity, dossier, "light", by=[*outsiders, sem])
    assert_refused(dossiers.end, dossier, reason="stable", by=[*outsiders, sem])
    dossiers.end(dossier, reason="stable", by=noor)
    assert_refused(dossiers.reopen, dossier, by=[*outsiders, sem])
