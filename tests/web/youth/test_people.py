"""Mijn mensen: who is around him."""

import pytest
from django.test import Client

from ipta.accounts.models import Person
from ipta.dossiers.models import Dossier, NetworkPerson
from ipta.sharing.models import Grant
from tests.asking import text, verbs
from tests.web.youth.asking import address

TYPED = {"name": "Yassin ✨", "kind": "family", "relation": "mijn broer", "reach": "06 12", "helps_with": "Luistert"}


def test_he_sees_his_coach_his_people_and_who_reads_along(sems: Client, dossier: Dossier, granted: Grant) -> None:
    page = sems.get(address("people")).text
    for words in ("Noor Voorbeeld", "kwetter-sem-family naam", "Dana Voorbeeld", "Leest je plan"):
        assert words in page


def test_he_adds_somebody(sems: Client, dossier: Dossier, sem: Person) -> None:
    assert sems.post(address("add_person"), TYPED).headers["Location"] == address("people")
    added = dossier.networkperson_set.latest("added_at")
    assert {name: text(sem, added, name) for name in ("name", "relation", "reach", "helps_with")} == {
        name: TYPED[name] for name in ("name", "relation", "reach", "helps_with")
    }


def test_being_listed_gives_nobody_a_right(sems: Client, dossier: Dossier) -> None:
    sems.post(address("add_person"), TYPED)
    assert not dossier.grant_set.exists()


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"name": ""}, "Schrijf een naam op."),
        ({"name": "n" * 121}, "Dit is te lang."),
        ({"kind": ""}, "Kies er een."),
        ({"kind": "vijand"}, "Kies een van de antwoorden die er staan."),
        ({"helps_with": "h" * 501}, "Dit is te lang."),
    ],
)
def test_what_is_not_right_yet_comes_back_with_every_word(
    sems: Client, dossier: Dossier, wrong: dict[str, str], says: str
) -> None:
    response = sems.post(address("add_person"), TYPED | wrong)
    assert response.status_code == 422
    assert says in response.text
    words = TYPED | wrong
    for name in ("name", "relation", "reach", "helps_with"):
        assert words[name] in response.text
    assert dossier.networkperson_set.count() == 1


def test_pressing_twice_adds_one(sems: Client, dossier: Dossier) -> None:
    words = TYPED | {"once": "6f1c2a56-7d0f-4c39-9d0e-0d5a4be5ca57"}
    for _ in range(2):
        assert sems.post(address("add_person"), words).status_code == 302
    assert dossier.networkperson_set.count() == 2


def test_he_takes_somebody_off_the_page(sems: Client, ria: NetworkPerson, dossier: Dossier) -> None:
    assert sems.post(address("remove_person", ria.pk)).status_code == 302
    assert not dossier.networkperson_set.exists()
    assert verbs(dossier)[-1] == "network.removed"
