"""The book of finding places on the screen: a map, a list, and what was seen."""

import html
import re
from math import hypot

import pytest
from django.test import Client
from django.urls import reverse

from ipta.accounts.models import Municipality, Person, Post, Role
from ipta.scouting import commands as scouting
from ipta.scouting.models import FindingPlace, Observation
from ipta.scouting.queries import areas
from ipta.sharing import books
from ipta.web.coach.places_map import APART, HEIGHT, WIDTH, map_of
from tests.cast import days_ago, fresh
from tests.conftest import sign_in
from tests.web.coach.shared import ONCE, assert_is_not_there, assert_same_number

BOOK, NEW = "/vindplaatsen/", "/vindplaatsen/nieuw/"


def page(client: Client, url: str) -> str:
    return html.unescape(client.get(url).content.decode())


def of(place: FindingPlace, name: str = "finding_place") -> str:
    return reverse(f"coach:{name}", args=[place.pk])


def test_an_empty_book_says_how_to_begin(noors: Client) -> None:
    assert "Begin met de plek waar je vandaag was" in page(noors, BOOK)


def test_the_book_shows_the_places_by_area_and_on_the_map(noors: Client, barbershop: FindingPlace) -> None:
    scouting.add_finding_place(barbershop.municipality, kind="street", name="Plein", by=barbershop.added_by)
    shown = page(noors, BOOK)
    assert "Kapper Said" in shown and "Gebied 2711" in shown
    assert "Plein" in shown and "Nog zonder gebied" in shown
    assert 'href="#gebied-2711"' in shown and 'id="gebied-2711"' in shown
    assert 'aria-label="Gebied 2711: 1 plek"' in shown
    assert "Kaart van Zoetermeer" in shown


def test_the_map_keeps_within_its_paper_and_lays_the_north_above(zoetermeer: Municipality) -> None:
    drawn = map_of(zoetermeer, {"2711": 2}, lambda area: f"a{area}")
    assert drawn is not None
    (busy,) = drawn.busy
    assert (busy.area, busy.count, busy.href) == ("2711", 2, "#a2711")
    dots = {dot.area: dot for dot in (*drawn.quiet, *drawn.busy)}
    assert all(0 < dot.x < WIDTH and 0 < dot.y < HEIGHT for dot in dots.values())
    known = {area.code: area for area in areas()["GM0637"]}
    north, south = (pick(known.values(), key=lambda area: area.lat).code for pick in (max, min))
    west, east = (pick(known.values(), key=lambda area: area.lon).code for pick in (min, max))
    assert dots[north].y < dots[south].y
    assert dots[west].x < dots[east].x


def test_places_that_lie_close_are_drawn_apart_for_a_thumb(zoetermeer: Municipality) -> None:
    drawn = map_of(zoetermeer, {area.code: 1 for area in areas()["GM0637"][:8]}, str)
    assert drawn is not None
    dots = drawn.busy
    for number, one in enumerate(dots):
        for other in dots[:number]:
            assert hypot(one.x - other.x, one.y - other.y) > APART - 6, (one.area, other.area)


def test_a_town_full_of_places_can_be_drawn(db: None) -> None:
    drawn = map_of(Municipality(code="GM0363"), {area.code: 2 for area in areas()["GM0363"]}, str)
    assert drawn and not drawn.quiet and all(0 < d.x < WIDTH and 0 < d.y < HEIGHT for d in drawn.busy)


def test_a_municipality_of_which_no_area_is_known_has_a_list_alone(db: None) -> None:
    assert map_of(Municipality(code="GM9999", name="Nergens"), {}, str) is None


def test_every_municipality_can_be_drawn(db: None) -> None:
    for code in areas():
        drawn = map_of(Municipality(code=code), {}, str)
        assert drawn and all(0 <= dot.x <= WIDTH and 0 <= dot.y <= HEIGHT for dot in drawn.quiet), code


def test_name_and_kind_are_enough(noors: Client, noor: Person) -> None:
    assert noors.post(NEW, {"name": "Plein", "kind": "street"}).headers["Location"] == BOOK
    place = FindingPlace.objects.get()
    assert (place.name, place.kind, place.municipality.name) == ("Plein", "street", "Zoetermeer")


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"name": ""}, "Schrijf op hoe de plek heet"),
        ({"kind": ""}, "Kies wat voor plek het is"),
        ({"kind": "unknown"}, "Kies een van de antwoorden"),
        ({"area": "0123"}, "begint met vier cijfers"),
        ({"area": "27AB"}, "begint met vier cijfers"),
        ({"hours": "x" * 201}, "Dit is te lang"),
    ],
)
def test_what_is_not_right_yet_comes_back_with_every_word(noors: Client, wrong: dict[str, str], says: str) -> None:
    response = noors.post(NEW, {"name": "Plein", "kind": "street", "opens_doors": "De beheerder", **wrong})
    shown = html.unescape(response.content.decode())
    assert response.status_code == 422
    assert says in shown and "De beheerder" in shown
    assert not FindingPlace.objects.exists()


def test_two_taps_write_one_place_and_one_observation(noors: Client, barbershop: FindingPlace) -> None:
    for _tap in range(2):
        noors.post(NEW, {"name": "Plein", "kind": "street", "once": ONCE})
        noors.post(of(barbershop), {"words": "Druk", "once": ONCE.replace("1", "2")})
    assert FindingPlace.objects.count() == 2
    assert Observation.objects.count() == 2


def test_a_coach_of_two_towns_says_which(noor: Person, schiedam: Municipality) -> None:
    Post.objects.create(person=noor, municipality=schiedam, role=Role.COACH, since=days_ago(1))
    hers = sign_in(noor)
    assert hers.post(NEW, {"name": "Plein", "kind": "street"}).status_code == 422
    hers.post(NEW, {"name": "Plein", "kind": "street", "municipality": str(schiedam.pk)})
    assert FindingPlace.objects.get().municipality == schiedam


def test_a_place_tells_who_opens_doors_and_what_was_seen(brams: Client, barbershop: FindingPlace) -> None:
    shown = page(brams, of(barbershop))
    assert "Said zelf" in shown and "Op vrijdag zit het vol." in shown and "Noor" in shown


def test_what_was_seen_today_stands_on_top(noors: Client, noor: Person, barbershop: FindingPlace) -> None:
    assert noors.post(of(barbershop), {"words": "Nieuwe groep"}).status_code == 302
    shown = page(noors, of(barbershop))
    assert shown.index("Nieuwe groep") < shown.index("Op vrijdag zit het vol.")
    assert noors.post(of(barbershop), {"words": ""}).status_code == 422
    answer = noors.post(of(barbershop), {"words": "Morgen druk", "on": days_ago(-1).isoformat()})
    assert answer.status_code == 422 and "Morgen druk" in answer.content.decode()
    assert Observation.objects.count() == 2


def test_a_colleague_fills_it_in_and_nobody_is_written_over_unseen(
    brams: Client, bram: Person, noor: Person, barbershop: FindingPlace
) -> None:
    at = of(barbershop, "change_finding_place")
    form = brams.get(at).context["form"]
    opened = {bound.html_name: str(bound.value() or "") for bound in form}
    scouting.change_finding_place(barbershop, opens_doors="Zijn broer", by=noor)
    answer = brams.post(at, opened | {"opens_doors": "Zijn zus"})
    assert answer.status_code == 409
    assert "Zijn broer" in answer.content.decode() and "Zijn zus" in answer.content.decode()
    again = {bound.html_name: str(bound.value() or "") for bound in answer.context["form"]}
    assert brams.post(at, again).status_code == 302
    assert books.text(bram, fresh(barbershop).opens_doors) == "Zijn zus"


def test_the_book_of_another_town_is_not_there(barbershop: FindingPlace, yara: Person, ali_dossier: object) -> None:
    hers = sign_in(yara)
    assert "Kapper Said" not in page(hers, BOOK)
    assert_is_not_there([hers], [of(barbershop), of(barbershop, "change_finding_place")])


def test_a_thick_book_asks_the_database_as_often(
    noors: Client, noor: Person, barbershop: FindingPlace, queries: object
) -> None:
    def more() -> None:
        place = scouting.add_finding_place(barbershop.municipality, kind="street", name="Hoek", area="2712", by=noor)
        scouting.observe(place, words="Stil", by=noor)
        scouting.observe(barbershop, words="Stil", by=noor)

    assert_same_number(queries, lambda: noors.get(BOOK), more)  # type: ignore[arg-type]
    assert_same_number(queries, lambda: noors.get(of(barbershop)), more)  # type: ignore[arg-type]


def test_words_wait_while_they_are_typed(noors: Client, barbershop: FindingPlace) -> None:
    for at in (NEW, of(barbershop), of(barbershop, "change_finding_place")):
        noors.get(at)
        kept = noors.post(
            at, {"opens_doors": "Bij de deur", "words": "Bij de deur"}, headers={"X-Requested-With": "fetch"}
        )
        assert kept.status_code == 204
        assert re.search("Bij de deur", page(noors, at)), at
