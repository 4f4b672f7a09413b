"""The book of workplaces: every coach of the municipality reads and writes in it."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from ipta.accounts.models import Municipality, Person, Post
from ipta.workplaces import commands
from ipta.workplaces.models import Workplace
from tests.asking import verbs
from tests.cast import days_ago, fresh
from tests.web.coach.shared import assert_is_not_there, assert_same_number, post_twice

BOOK, NEW = reverse("coach:workplaces"), reverse("coach:add_workplace")
WORDS = {
    "employer": "Bakkerij Vroeg Op",
    "work": "inpakken",
    "place": "Oosterheem",
    "contact": "Ans, 06 12345678",
    "mood": "Gezellig team",
}


def page(workplace: Workplace) -> str:
    return reverse("coach:change_workplace", args=[workplace.pk])


@pytest.fixture
def bakery(zoetermeer: Municipality, noor: Person) -> Workplace:
    return commands.add(zoetermeer, by=noor, **WORDS)


def test_the_book_shows_what_is_known_of_a_firm(noors: Client, bakery: Workplace) -> None:
    shown = noors.get(BOOK).text
    for words in ("Bakkerij Vroeg Op", "inpakken · Oosterheem", "Ans, 06 12345678", "Gezellig team"):
        assert words in shown


def test_a_number_in_the_words_can_be_called(noors: Client, bakery: Workplace) -> None:
    assert 'href="tel:+31612345678"' in noors.get(BOOK).text


def test_where_nobody_can_go_now_stands_apart(noors: Client, noor: Person, bakery: Workplace) -> None:
    commands.change(bakery, is_open=False, by=noor)
    shown = noors.get(BOOK).context
    assert [found.employer for found in shown["closed"]] == ["Bakkerij Vroeg Op"]
    assert shown["open"] == []


@pytest.mark.parametrize("wanted", ["bakkerij", "INPAK", "oosterheem gezellig", "ans"])
def test_a_word_narrows_the_book_down(noors: Client, bakery: Workplace, workplace: Workplace, wanted: str) -> None:
    shown = noors.get(BOOK, {"zoek": wanted}).context
    assert [found.employer for found in shown["open"]] == ["Bakkerij Vroeg Op"]


def test_a_word_that_is_nowhere_finds_nothing_and_shows_the_way_back(noors: Client, bakery: Workplace) -> None:
    assert "Niets gevonden" in noors.get(BOOK, {"zoek": "raketten"}).text


def test_an_empty_book_invites(noors: Client) -> None:
    assert "Het boek is nog leeg" in noors.get(BOOK).text


def test_a_firm_comes_into_the_book(noors: Client, noor: Person, zoetermeer: Municipality) -> None:
    assert noors.post(NEW, WORDS).headers["Location"] == BOOK
    firm = Workplace.objects.get()
    assert {name: getattr(firm, name) for name in WORDS} == WORDS
    assert (firm.municipality, firm.added_by, firm.is_open) == (zoetermeer, noor, True)
    assert verbs(zoetermeer) == ["workplace.added"]


def test_a_name_is_enough(noors: Client) -> None:
    assert noors.post(NEW, {"employer": "Jo"}).status_code == 302


def test_a_coach_of_two_towns_says_which_book(
    noors: Client, noor: Person, schiedam: Municipality, zoetermeer: Municipality
) -> None:
    Post.objects.create(person=noor, municipality=schiedam, role="coach", since=days_ago(1))
    assert "Kies een gemeente." in noors.post(NEW, WORDS).text
    noors.post(NEW, WORDS | {"municipality": str(schiedam.pk)})
    assert Workplace.objects.get().municipality == schiedam
    assert "Schiedam" in noors.get(BOOK).text


def test_a_book_that_is_not_ones_own_cannot_be_written_in(noors: Client, noor: Person, schiedam: Municipality) -> None:
    noors.post(NEW, WORDS | {"municipality": str(schiedam.pk)})
    assert not Workplace.objects.filter(municipality=schiedam).exists()


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"employer": " "}, "Schrijf de naam van het bedrijf op."),
        ({"employer": "a" * 121}, "Dit is te lang."),
        ({"contact": "a" * 201}, "Dit is te lang."),
        ({"mood": "a" * 2001}, "Dit is te lang."),
    ],
)
@pytest.mark.parametrize("is_new", [True, False])
def test_what_is_not_right_yet_comes_back_with_every_word(
    noors: Client, bakery: Workplace, is_new: bool, wrong: dict[str, str], says: str
) -> None:
    sent = WORDS | {"work": "broden tellen"} | wrong
    shown = noors.post(NEW if is_new else page(bakery), sent)
    assert shown.status_code == 422
    assert says in shown.text
    for words in sent.values():
        assert words in shown.text
    assert fresh(bakery).work == "inpakken"


def test_what_is_known_changes_for_every_coach_of_the_town(brams: Client, bakery: Workplace) -> None:
    seen = brams.get(page(bakery)).context["form"]["seen"].value()
    brams.post(page(bakery), WORDS | {"seen": seen, "mood": "Nieuwe baas, ook fijn"})
    bakery = fresh(bakery)
    assert (bakery.mood, bakery.is_open) == ("Nieuwe baas, ook fijn", False)


def test_two_coaches_do_not_write_over_each_other(noors: Client, bram: Person, bakery: Workplace) -> None:
    seen = noors.get(page(bakery)).context["form"]["seen"].value()
    commands.change(bakery, mood="Bram was er: druk", by=bram)

    shown = noors.post(page(bakery), WORDS | {"seen": seen, "mood": "Noor was er: rustig", "is_open": "on"})

    assert shown.status_code == 409
    for words in ("Bram was er: druk", "Noor was er: rustig"):
        assert words in shown.text
    assert [there.label for there in shown.context["others"]] == ["Hoe is het daar?"]
    assert fresh(bakery).mood == "Bram was er: druk"

    again = WORDS | {"seen": shown.context["form"]["seen"].value(), "mood": "Druk, soms rustig", "is_open": "on"}
    noors.post(page(bakery), again)
    assert fresh(bakery).mood == "Druk, soms rustig"


def test_a_second_tap_writes_one_firm(noors: Client) -> None:
    post_twice(noors, NEW, WORDS)
    assert Workplace.objects.count() == 1


def test_the_book_of_another_town_is_closed(
    client_for: Callable[[Person], Client], yara: Person, bakery: Workplace
) -> None:
    hers = client_for(yara)
    assert "Bakkerij" not in hers.get(BOOK).text
    assert_is_not_there([hers], [page(bakery)])


def test_a_firm_that_never_was_is_not_there(noors: Client) -> None:
    assert_is_not_there([noors], [reverse("coach:change_workplace", args=[uuid4()])])


def test_more_firms_are_no_more_queries(
    noors: Client, noor: Person, bakery: Workplace, zoetermeer: Municipality, queries: Callable[[], Any]
) -> None:
    assert_same_number(queries, lambda: noors.get(BOOK), lambda: commands.add(zoetermeer, employer="Nog een", by=noor))
