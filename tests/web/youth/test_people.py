"""Mijn mensen: who is around him."""

import pytest
from django.test import Client

from ipta.accounts.models import Person
from ipta.dossiers import commands
from ipta.dossiers.models import Dossier, NetworkPerson
from ipta.sharing.door import Reader
from ipta.sharing.models import Grant
from tests.asking import text, verbs
from tests.cast import fresh
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


# --- how near, and what somebody does ---------------------------------------------------------------------


NEAR = {
    "name": "Opa", "kind": "family", "near": "near", "does": "lifts", "gives": ["sleep", "emotional"],
    "own_words": "Bij hem is het rustig", "bridges": "on", "worked_at": "Bij de haven",
}  # fmt: skip


def test_somebody_stands_in_the_circles_and_in_the_list(sems: Client, sem: Person, dossier: Dossier) -> None:
    assert sems.post(address("add_person"), NEAR).status_code == 302
    opa = dossier.networkperson_set.latest("added_at")
    reader = Reader(sem)
    assert reader.json(opa.ties) == {"near": "near", "gives": ["emotional", "sleep"], "does": "lifts", "bridges": True}
    page = sems.get(address("people")).text
    assert f'href="#regel-{opa.pk}"' in page
    assert f'id="regel-{opa.pk}"' in page
    for words in ("Bij hem is het rustig", "Trekt me omhoog", "Een plek om te slapen", "Opa: heel dichtbij"):
        assert words in page


def test_who_has_no_place_in_the_circles_stands_in_the_list_alone(sems: Client, dossier: Dossier) -> None:
    assert "Mensen in kringen" not in sems.get(address("people")).text
    assert dossier.networkperson_set.exists()


def test_he_changes_what_he_thinks_of_somebody(sems: Client, sem: Person, dossier: Dossier) -> None:
    sems.post(address("add_person"), NEAR)
    opa = dossier.networkperson_set.latest("added_at")
    change = address("change_person", opa.pk)
    page = sems.get(change)
    seen = page.context["form"]["seen"].value()
    assert "Bij hem is het rustig" in page.text
    assert sems.post(change, NEAR | {"near": "far", "does": "both", "seen": seen}).status_code == 302
    assert Reader(sem).json(fresh(opa).ties)["near"] == "far"
    assert verbs(dossier)[-1] == "network.changed"


def test_what_his_coach_changed_in_the_meantime_is_not_written_over(
    sems: Client, sem: Person, noor: Person, dossier: Dossier
) -> None:
    sems.post(address("add_person"), NEAR)
    opa = dossier.networkperson_set.latest("added_at")
    change = address("change_person", opa.pk)
    seen = sems.get(change).context["form"]["seen"].value()
    commands.change_person(opa, kind="family", ties={"near": "around"}, name="Opa Jan", by=noor)
    answer = sems.post(change, NEAR | {"own_words": "Hij luistert", "seen": seen})
    assert answer.status_code == 409
    for words in ("Iemand anders veranderde dit net ook", "Opa Jan", "Erbij", "Hij luistert"):
        assert words in answer.text


@pytest.mark.parametrize("wrong", [{"near": "moon"}, {"does": "hate"}, {"gives": ["money"]}, {"own_words": "a" * 501}])
def test_what_is_no_answer_comes_back(sems: Client, dossier: Dossier, wrong: dict[str, object]) -> None:
    answer = sems.post(address("add_person"), NEAR | wrong)
    assert answer.status_code == 422
    assert "Opa" in answer.text
