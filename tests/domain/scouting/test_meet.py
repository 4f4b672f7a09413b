"""`meet`: somebody is noted, under a nickname, with who introduced whom."""

import pytest

from ipta.accounts.models import Municipality, Person
from ipta.dossiers.models import Dossier
from ipta.scouting import commands as scouting
from ipta.scouting.models import Find
from ipta.sharing.queries import caseload_of
from tests.asking import assert_refused, assert_sealed, text, verbs


def test_the_introduction_is_kept_as_a_chain(zoetermeer: Municipality, noor: Person) -> None:
    found = scouting.meet(
        zoetermeer,
        nickname="Kwetter",
        kind=Find.Place.BARBER,
        where="kapper in de Dorpsstraat",
        introduced_by="oom Jan",
        introduction="ze kennen elkaar van vroeger",
        wants="lassen leren",
        by=noor,
    )
    assert text(noor, found, "introduced_by") == "oom Jan"
    assert text(noor, found, "wants") == "lassen leren"
    assert_sealed(found, "Dorpsstraat", "oom Jan", "vroeger", "lassen")
    assert verbs(found.dossier) == ["dossier.begun", "youth.met"]
    assert caseload_of(noor).get() == found.dossier


def test_a_nickname_is_enough(zoetermeer: Municipality, noor: Person) -> None:
    found = scouting.meet(zoetermeer, nickname="Y. van de sportschool", by=noor)
    assert found.kind == Find.Place.UNKNOWN
    assert found.dossier.is_scouted
    assert text(noor, found.dossier, "first_name") == ""


def test_what_to_mind_before_calling_is_kept_with_him(zoetermeer: Municipality, noor: Person) -> None:
    found = scouting.meet(
        zoetermeer, nickname="x", safety="niet thuis langsgaan", reach={"via": "trainer\x00"}, by=noor
    )
    assert text(noor, found.dossier, "safety") == "niet thuis langsgaan"
    assert text(noor, found.dossier, "reach") == '{"via": "trainer"}'


def test_a_colleague_does_not_know_of_him(zoetermeer: Municipality, noor: Person, bram: Person) -> None:
    found = scouting.meet(zoetermeer, nickname="x", by=noor)
    assert found.dossier not in caseload_of(bram)


def test_a_place_is_one_of_those_the_method_names(zoetermeer: Municipality, noor: Person) -> None:
    with pytest.raises(ValueError, match="moon"):
        scouting.meet(zoetermeer, nickname="x", kind="moon", by=noor)
    assert not Dossier.objects.exists()


def test_only_a_coach_of_the_municipality(
    zoetermeer: Municipality, yara: Person, sem: Person, nel: Person, dana: Person, lotte: Person, fem: Person
) -> None:
    assert_refused(
        scouting.meet, zoetermeer, nickname="x", by=[yara, sem, nel, dana, lotte, fem], match="Alleen een coach"
    )
