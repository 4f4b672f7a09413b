"""`tell`: the youth's own view. It stands beside the coach's and is never averaged with it."""

import pytest

from ipta.accounts.models import Person
from ipta.base.verdict import Impossible
from ipta.dossiers import commands as dossiers
from ipta.dossiers.models import Dossier, Step
from ipta.scans import commands as scans
from ipta.scans.models import FilledSheet
from tests.asking import assert_refused, assert_sealed, levels, remark, verbs
from tests.cast import fresh


@pytest.mark.parametrize("who", ["sem", "noor"])
def test_he_types_it_himself_or_his_coach_does(
    who: str, dossier: Dossier, sem: Person, request: pytest.FixtureRequest
) -> None:
    by = request.getfixturevalue(who)
    sheet = scans.tell(dossier, ratings={"money": 5}, remark="gaat prima", by=by)
    assert (sheet.voice, sheet.by) == (FilledSheet.Voice.YOUTH, by)
    assert remark(sem, sheet) == "gaat prima"
    assert_sealed(sheet, "gaat prima")
    assert verbs(dossier)[-1] == "scan.told"


def test_his_view_raises_no_alarm(dossier: Dossier, sem: Person) -> None:
    scans.tell(dossier, ratings={"money": 1}, by=sem)
    assert not Step.objects.filter(dossier=dossier, kind=Step.Kind.DIRECT).exists()


def test_both_sheets_stay_apart(dossier: Dossier, sem: Person, noor: Person) -> None:
    coachs = FilledSheet.objects.get(dossier=dossier, voice=FilledSheet.Voice.COACH)
    scans.tell(dossier, ratings={"money": 5}, by=sem)
    assert levels(noor, coachs) == {"money": 2, "work": 3}


def test_an_empty_sheet_is_none(dossier: Dossier, sem: Person) -> None:
    with pytest.raises(Impossible, match="minstens één"):
        scans.tell(dossier, ratings={}, by=sem)


def test_once_it_ended_he_tells_it_to_his_coach(dossier: Dossier, sem: Person, noor: Person) -> None:
    dossiers.end(dossier, reason="stable", by=noor)
    assert_refused(scans.tell, fresh(dossier), ratings={"money": 3}, by=[sem])
    assert scans.tell(fresh(dossier), ratings={"money": 3}, by=noor)


def test_nobody_else_speaks_for_him(dossier: Dossier, outsiders: list[Person]) -> None:
    assert_refused(scans.tell, dossier, ratings={"money": 3}, by=outsiders, match="Alleen de jongere en de coach")
