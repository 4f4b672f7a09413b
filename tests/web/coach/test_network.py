"""The people around the youth: listed, and therefore not yet readers."""

from itertools import combinations
from math import hypot
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from ipta.accounts.models import Person
from ipta.dossiers import commands
from ipta.dossiers.models import Dossier, NetworkPerson
from ipta.dossiers.rules import DOES
from ipta.web import around
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


# --- circles ---------------------------------------------------------------------------------------------


def change_of(dossier: Dossier, somebody: NetworkPerson) -> str:
    return reverse("coach:change_person", args=[dossier.pk, somebody.pk])


def test_the_coach_sees_the_circles_and_changes_somebody(noors: Client, noor: Person, dossier: Dossier) -> None:
    rob = commands.add_person(dossier, kind="other", name="Rob", ties={"near": "far", "does": "pulls"}, by=noor)
    book = reverse("coach:network", args=[dossier.pk])
    assert "Rob: verder weg" in noors.get(book).text
    form = noors.get(change_of(dossier, rob)).context["form"]
    typed = {"name": "Rob", "kind": "other", "near": "near", "worked_at": "Garage Jansen", "seen": form["seen"].value()}
    assert noors.post(change_of(dossier, rob), typed).headers["Location"] == book
    shown = noors.get(book).text
    assert "Rob: heel dichtbij" in shown
    assert "Garage Jansen" in shown
    assert reverse("coach:add_workplace") in shown, "where he worked feeds the book"


def test_nobody_else_changes_somebody(brams: Client, noor: Person, dossier: Dossier) -> None:
    rob = commands.add_person(dossier, kind="other", name="Rob", by=noor)
    assert brams.get(change_of(dossier, rob)).status_code == 404
    assert brams.post(change_of(dossier, rob), {"name": "x", "kind": "other"}).status_code == 404


people = st.lists(
    st.tuples(st.uuids(), st.text(max_size=20), st.sampled_from(["", *around.RINGS]), st.sampled_from(["", *DOES])),
    max_size=25,
)


@given(people)
def test_everybody_with_a_place_is_drawn_on_his_circle_and_nobody_else(
    around_him: list[tuple[UUID, str, str, str]],
) -> None:
    picture = around.drawn(around_him)
    wanted = [(pk, near) for pk, _, near, _ in around_him if near]
    if picture is None:
        assert wanted == []
        return
    assert sorted(dot.id for dot in picture.dots) == sorted(pk for pk, _ in wanted)
    reach = {dot.id: hypot(dot.x - picture.middle, dot.y - picture.middle) for dot in picture.dots}
    for pk, near in wanted:
        assert any(abs(reach[pk] - around.RINGS[one]) < 0.2 for other, one in wanted if other == pk), near
    assert all(0 <= dot.x <= picture.width and 0 <= dot.y <= picture.width for dot in picture.dots)


@pytest.mark.parametrize("count", range(2, 8))
def test_a_thumb_hits_one_of_them(count: int) -> None:
    """Two on the inner circle stand far enough apart, up to seven; on the others there is more room."""
    picture = around.drawn([(UUID(int=n), f"N{n}", "near", "") for n in range(count)])
    assert picture is not None
    for one, other in combinations(picture.dots, 2):
        assert hypot(one.x - other.x, one.y - other.y) > 48
