"""The whole thread once, by its commands: from the street to aftercare, while a stranger reads nothing."""

import pytest

from ipta.accounts.models import Municipality, Person
from ipta.base.verdict import Refused
from ipta.dossiers import commands as dossiers
from ipta.dossiers.models import Dossier
from ipta.journal.models import Entry
from ipta.journal.rules import first_fault
from ipta.placements import commands as placements
from ipta.plans import commands as plans
from ipta.plans.models import PlanVersion
from ipta.scans import commands as scans
from ipta.scouting import commands as scouting
from tests.asking import assert_refused, looks, text, verbs
from tests.cast import fresh


def walk(zoetermeer: Municipality, noor: Person) -> Dossier:
    """Everything that happens to one youth, in the order it usually happens."""
    dossier: Dossier = scouting.meet(zoetermeer, nickname="Mo", where="sportschool", by=noor).dossier
    scouting.welcome(dossier, first_name="Mohamed", by=noor)
    assert dossier.youth
    scans.rate(dossier, ratings={"money": 1, "work": "unknown"}, by=noor)
    scans.tell(dossier, ratings={"money": 4}, by=dossier.youth)
    version = plans.propose(dossier, based_on=0, goals=[{"domain": "work", "goal": "lassen"}], elements={}, by=noor)
    plans.agree(version, by=noor)
    plans.agree(version, by=dossier.youth)
    placement = placements.agree(dossier, kind="trial", what="werkplaats", by=noor)
    placements.start(placement, by=noor)
    placements.stop(placement, reason="no_fit", by=noor)
    dossiers.set_intensity(dossier, "light", by=noor)
    dossiers.end(dossier, reason="stable", by=noor)
    dossiers.reopen(dossier, by=noor)
    return dossier


@pytest.fixture
def walked(zoetermeer: Municipality, noor: Person) -> Dossier:
    found: Dossier = fresh(walk(zoetermeer, noor))
    return found


def test_everything_is_still_there_at_the_end(walked: Dossier, noor: Person) -> None:
    assert text(noor, walked, "first_name") == "Mohamed"
    assert PlanVersion.objects.filter(dossier=walked).in_force().exists()
    assert walked.is_taking_part


def test_the_journal_tells_the_whole_way(walked: Dossier) -> None:
    told = verbs(walked)
    for verb in ("dossier.begun", "youth.met", "youth.welcomed", "scan.rated", "scan.told", "plan.in_force",
                 "placement.started", "placement.stopped", "dossier.ended", "dossier.reopened"):  # fmt: skip
        assert verb in told
    assert first_fault(list(Entry.objects.filter(about=walked.id))) is None


def test_a_stranger_with_a_caseload_of_his_own_reads_and_writes_nothing(
    walked: Dossier, bram: Person, kim_dossier: Dossier
) -> None:
    with pytest.raises(Refused):
        text(bram, walked, "first_name")
    assert_refused(dossiers.note, walked, text="?", by=[bram])
    assert [(look.person_id, look.result) for look in looks(walked)] == [(bram.id, "refused")]
