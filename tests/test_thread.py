"""The whole thread once, by its commands."""

import datetime

import pytest

from ipta.accounts.models import Municipality, Person, Post
from ipta.base.verdict import Refused
from ipta.dossiers import commands as dossiers
from ipta.dossiers.models import Dossier
from ipta.journal.models import Entry
from ipta.journal.rules import first_fault
from ipta.placements import commands as placements
from ipta.plans import commands as plans
from ipta.scans import commands as scans
from ipta.scouting import commands as scouting
from ipta.sharing.door import Reader
from ipta.sharing.models import Look

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture
def town() -> Municipality:
    return Municipality.objects.create(code="GM0637", name="Zoetermeer")


def coach(town: Municipality, name: str) -> Person:
    person = Person.objects.create(email=f"{name}@example.org", first_name=name)
    Post.objects.create(person=person, municipality=town, role="coach", since=datetime.date(2020, 1, 1))
    return person


def test_a_youth_goes_the_whole_way_and_a_stranger_reads_nothing(town: Municipality) -> None:
    noor, bram = coach(town, "Noor"), coach(town, "Bram")
    scouting.meet(town, nickname="Kim", by=bram)
    dossier = scouting.meet(town, nickname="Mo", where="sportschool", safety="niet thuis langsgaan", by=noor).dossier
    scouting.welcome(dossier, first_name="Sem", by=noor)
    scans.rate(dossier, ratings={"money": 1, "work": "unknown"}, by=noor)
    assert dossier.step_set.get().kind == "direct"
    version = plans.propose(dossier, based_on=0, goals=[{"domain": "work", "goal": "lassen"}], elements={}, by=noor)
    plans.agree(version, by=noor)
    assert version.in_force_from is None
    plans.agree(version, by=dossier.youth)
    version.refresh_from_db()
    assert version.in_force_from
    placement = placements.agree(dossier, kind="trial", what="werkplaats", by=noor)
    placements.start(placement, by=noor)
    placements.stop(placement, reason="no_fit", by=noor)
    dossiers.end(dossier, reason="stable", by=noor)
    dossiers.reopen(dossier, by=noor)

    dossier = Dossier.objects.get(pk=dossier.pk)
    assert str(dossier.first_name) == "•••"
    assert Reader(noor).text(dossier.first_name) == "Sem"
    with pytest.raises(Refused):
        Reader(bram).text(dossier.first_name)
    with pytest.raises(Refused):
        dossiers.note(dossier, text="?", by=bram)
    lines = list(Entry.objects.filter(about=dossier.id))
    assert first_fault(lines) is None
    assert [line.verb for line in lines][-2:] == ["dossier.reopened", "phase.started"]
    assert {(look.person_id, look.result) for look in Look.objects.filter(about=dossier.id)} == {
        (noor.id, "opened"),
        (bram.id, "refused"),
    }


def test_somebody_who_is_not_signed_in_is_sent_to_the_door(client: object) -> None:
    assert client.get("/").status_code == 302
