"""The people around the youth: listed, and therefore not yet readers."""

from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from ipta.accounts.models import Person
from ipta.dossiers import commands
from ipta.dossiers.models import Dossier, NetworkPerson
from tests.asking import looks, text
from tests.cast import canary


@pytest.fixture
def network(dossier: Dossier) -> str:
    return reverse("coach:network", args=[dossier.pk])


@pytest.fixture
def add(dossier: Dossier) -> str:
    return reverse("coach:add_person", args=[dossier.pk])


TYPED = {"name": "Said", "kind": "other", "relation": "kapper", "reach": "06 12345678", "helps_with": "Wekt hem"}


def test_people_stand_by_what_they_are(noors: Client, network: str) -> None:
    shown = noors.get(network).content.decode()
    assert shown.index("Familie") < shown.index(f"{canary('sem', 'family')} naam")


def test_somebody_can_be_added(noors: Client, noor: Person, dossier: Dossier, add: str, network: str) -> None:
    assert noors.post(add, TYPED).headers["Location"] == network
    somebody = NetworkPerson.objects.get(dossier=dossier, kind="other")
    words = ("name", "relation", "reach", "helps_with")
    assert {name: text(noor, somebody, name) for name in words} == {name: TYPED[name] for name in words}


def test_a_number_can_be_called_under_the_warning(noors: Client, add: str, network: str) -> None:
    noors.post(add, TYPED)
    shown = noors.get(network).content.decode()
    assert shown.index(f"{canary('sem', 'identity')} veilig") < shown.index("tel:+31612345678")


def test_what_is_no_number_is_shown_as_it_was_written(noors: Client, add: str, network: str) -> None:
    noors.post(add, TYPED | {"reach": "via het loket"})
    shown = noors.get(network).content.decode()
    assert "via het loket" in shown
    assert "tel:" not in shown


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"name": " "}, "Schrijf een naam op."),
        ({"name": "a" * 121}, "Dit is te lang."),
        ({"kind": ""}, "Kies wie het is."),
        ({"kind": "vijand"}, "Kies een van de antwoorden die er staan."),
    ],
)
def test_what_is_not_right_yet_comes_back_with_every_word(
    noors: Client, dossier: Dossier, add: str, wrong: dict[str, str], says: str
) -> None:
    response = noors.post(add, TYPED | wrong)
    shown = response.content.decode()
    assert response.status_code == 422
    assert says in shown
    for words in ("kapper", "06 12345678", "Wekt hem"):
        assert words in shown
    assert NetworkPerson.objects.filter(dossier=dossier).count() == 1


def test_a_second_tap_adds_once(noors: Client, dossier: Dossier, add: str) -> None:
    for _tap in range(2):
        noors.post(add, TYPED | {"once": "11111111-1111-4111-8111-111111111111"})
    assert NetworkPerson.objects.filter(dossier=dossier).count() == 2


def test_somebody_can_go(noors: Client, dossier: Dossier, ria: NetworkPerson, network: str) -> None:
    remove = reverse("coach:remove_person", args=[dossier.pk, ria.pk])
    assert remove in noors.get(network).content.decode()
    assert noors.get(remove).status_code == 405
    noors.post(remove)
    assert "Nog niemand opgeschreven" in noors.get(network).content.decode()
    assert noors.post(remove).status_code == 404


def test_an_unknown_person_is_not_found(noors: Client, dossier: Dossier, kim_dossier: Dossier) -> None:
    theirs = NetworkPerson.objects.get(dossier=kim_dossier)
    for pk in (UUID(int=1), theirs.pk):
        assert noors.post(reverse("coach:remove_person", args=[dossier.pk, pk])).status_code == 404
    assert NetworkPerson.objects.filter(pk=theirs.pk).exists()


def test_looking_is_written_down(noors: Client, dossier: Dossier, network: str) -> None:
    before = len(looks(dossier))
    noors.get(network)
    assert {look.section for look in looks(dossier)[before:]} == {"identity", "family"}


def test_many_people_take_no_more_queries(
    noors: Client, noor: Person, dossier: Dossier, network: str, queries: Any
) -> None:
    noors.get(network)
    with queries() as few:
        noors.get(network)
    for number in range(10):
        commands.add_person(dossier, name=f"Neef {number}", kind="family", by=noor)
    with queries() as many:
        noors.get(network)
    assert many.count == few.count
