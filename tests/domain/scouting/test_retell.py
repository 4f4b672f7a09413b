"""`meet` and `retell`: the chain from the place to the first talk, and lightly whether it fits."""

import pytest

from ipta.accounts.models import Municipality, Person
from ipta.base.verdict import Impossible
from ipta.dossiers.models import Dossier
from ipta.scouting import commands as scouting
from ipta.scouting.models import Find, FindingPlace
from tests.asking import assert_refused, assert_sealed, last_entry, text
from tests.cast import fresh


def test_a_place_of_the_book_stands_in_the_words_as_well(
    zoetermeer: Municipality, barbershop: FindingPlace, noor: Person
) -> None:
    find = scouting.meet(zoetermeer, nickname="Y.", place=barbershop, known_from="de buurt", age="19", by=noor)
    assert find.kind == "barber"
    assert text(noor, find, "where") == "Kapper Said"
    assert text(noor, find, "place_in_book") == str(barbershop.id)
    assert_sealed(find, str(barbershop.id), barbershop.id.hex, "buurt", "Said")


def test_a_place_of_another_town_is_none(schiedam: Municipality, yara: Person, barbershop: FindingPlace) -> None:
    with pytest.raises(Impossible, match="uit het boek van je gemeente"):
        scouting.meet(schiedam, nickname="x", place=barbershop, by=yara)
    assert not Dossier.objects.exists()


def test_what_is_told_later_stands_beside_what_was_known(scouted: Dossier, noor: Person) -> None:
    find = Find.objects.get(dossier=scouted)
    before = text(noor, find, "wants")
    scouting.retell(
        find, by=noor, introduced_by="oom Jan\x00", plays=["money", "moon"], motivated="unsure", kind="sport"
    )
    told = fresh(find)
    assert (text(noor, told, "introduced_by"), text(noor, told, "wants")) == ("oom Jan", before)
    assert text(noor, told, "plays") == '["money"]'
    assert (told.kind, text(noor, told, "motivated")) == ("sport", "unsure")
    assert_sealed(told, "money", "unsure", "oom Jan")
    assert last_entry(scouted).facts == {"fields": "introduced_by,kind,motivated,plays"}


def test_the_place_of_the_book_can_be_taken_off(scouted: Dossier, barbershop: FindingPlace, noor: Person) -> None:
    find = Find.objects.get(dossier=scouted)
    scouting.retell(find, place=barbershop, by=noor)
    scouting.retell(fresh(find), place=None, where="de hoek", by=noor)
    assert text(noor, fresh(find), "place_in_book") == ""
    assert text(noor, fresh(find), "where") == "de hoek"


def test_what_is_no_answer_of_the_method_is_none(scouted: Dossier, noor: Person) -> None:
    find = Find.objects.get(dossier=scouted)
    scouting.retell(find, motivated="10", by=noor)
    assert text(noor, fresh(find), "motivated") == ""
    with pytest.raises(ValueError, match="moon"):
        scouting.retell(find, kind="moon", by=noor)


def test_only_his_coach_tells_it(scouted: Dossier, outsiders: list[Person], sem: Person) -> None:
    find = Find.objects.get(dossier=scouted)
    assert_refused(scouting.retell, find, age="20", by=[*outsiders, sem], match="Alleen de coach")
