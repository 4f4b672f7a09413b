"""The book of workplaces: every coach of the municipality reads and writes in it."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from ipta.accounts.models import Municipality, Person, Post
from ipta.reference.loading import load_shipped
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


# --- one place: the five points, voice beside voice ---------------------------------------------------------


def scan_of(workplace: Workplace) -> str:
    return reverse("coach:scan_workplace", args=[workplace.pk])


def place(workplace: Workplace) -> str:
    return reverse("coach:workplace", args=[workplace.pk])


SEEN = {"voice": "visit", "atmosphere": "Ze lachen veel.", "tasks": "Inpakken", "skills": "tillen, op tijd komen"}


def test_voices_stand_beside_each_other_with_who_and_when(noors: Client, bakery: Workplace, bram: Person) -> None:
    assert noors.post(scan_of(bakery), SEEN | {"on": f"{days_ago(2)}"}).headers["Location"] == place(bakery)
    commands.scan_workplace(bakery, voice="worked", atmosphere="De baas schreeuwt.", by=bram)
    shown = noors.get(place(bakery)).text
    assert shown.index("De baas schreeuwt.") < shown.index("Ze lachen veel."), "the newest first"
    for words in ("Op bezoek", "Van iemand die er werkte", "tillen, op tijd komen", bram.get_full_name()):
        assert words in shown
    assert "Leiding, begeleiding" not in shown, "a point of which nothing is known takes no room"


def test_a_place_without_a_scan_says_what_would_help(noors: Client, bakery: Workplace) -> None:
    assert "Een paar woorden na een bezoek is genoeg." in noors.get(place(bakery)).text


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (dict.fromkeys(SEEN, "") | {"voice": "visit"}, "Schrijf bij een van de punten op"),
        ({"voice": "dream"}, "Kies een van de antwoorden"),
        ({"on": f"{days_ago(-1)}"}, "Deze dag komt nog."),
        ({"skills": "a" * 1001}, "Dit is te lang."),
    ],
)
def test_a_scan_that_is_not_right_comes_back_whole(
    noors: Client, bakery: Workplace, wrong: dict[str, str], says: str
) -> None:
    answer = noors.post(scan_of(bakery), SEEN | wrong)
    assert answer.status_code == 422
    assert says in answer.text
    assert not bakery.scans.exists()


def test_a_scan_sent_twice_stands_there_once(noors: Client, bakery: Workplace) -> None:
    post_twice(noors, scan_of(bakery), SEEN)
    assert bakery.scans.count() == 1


def test_work_with_a_name_shows_what_it_is_officially_and_whose_words_those_are(
    noors: Client, zoetermeer: Municipality, noor: Person
) -> None:
    load_shipped()
    made = commands.add(zoetermeer, employer="Super", work="vakkenvuller", by=noor)
    shown = noors.get(place(made)).text
    assert made.occupation is not None
    assert made.occupation.label in shown
    assert "ESCO-classificatie van de Europese Commissie" in shown


def test_nobody_of_elsewhere_sees_it(bakery: Workplace, yara: Person, client_for: Callable[[Person], Client]) -> None:
    for path in (place(bakery), scan_of(bakery)):
        assert client_for(yara).get(path).status_code == 404
    assert client_for(yara).post(scan_of(bakery), SEEN).status_code == 404


# --- words that are offered ---------------------------------------------------------------------------------


def offered(client: Client, kind: str, typed: str) -> list[str]:
    answer = client.post(reverse("coach:suggest", args=[kind]), {"typed": typed})
    assert answer.status_code == 200
    return [one["name"] for one in answer.json()["found"]]


def test_words_are_offered_while_one_types(noors: Client, bakery: Workplace) -> None:
    load_shipped()
    assert offered(noors, "occupation", "heftruc")[0] == "heftruckchauffeur"
    assert "omgaan met stress" in offered(noors, "skill", "omgaan")
    assert offered(noors, "skill", "h") == offered(noors, "occupation", "") == []


@pytest.mark.parametrize("kind", ["moon", "label"])
def test_there_are_no_other_kinds_of_words(noors: Client, kind: str) -> None:
    assert noors.post(reverse("coach:suggest", args=[kind]), {"typed": "kapper"}).status_code == 404


def test_what_is_typed_stands_in_no_address(noors: Client) -> None:
    assert noors.get(reverse("coach:suggest", args=["skill"]), {"typed": "kapper"}).status_code == 405


def test_both_fields_offer_them(noors: Client, bakery: Workplace) -> None:
    assert f'data-suggest="{reverse("coach:suggest", args=["occupation"])}"' in noors.get(NEW).text
    assert f'data-suggest="{reverse("coach:suggest", args=["skill"])}"' in noors.get(scan_of(bakery)).text
