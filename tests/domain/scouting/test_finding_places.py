"""The book of finding places: shared by the coaches of one municipality, sealed under a key of that municipality."""

import pytest
from django.db import connection

from ipta.accounts.models import Municipality, Person
from ipta.base.verdict import Refused
from ipta.scouting import commands as scouting
from ipta.scouting.models import FindingPlace, Observation
from ipta.scouting.queries import areas, places_visible_to
from ipta.sharing import books
from ipta.sharing.door import Reader
from ipta.vault import seals
from ipta.vault.models import HouseKey
from tests.asking import assert_refused, assert_sealed, last_entry, verbs
from tests.cast import days_ago, fresh


def test_a_place_comes_in_the_book(zoetermeer: Municipality, noor: Person, bram: Person) -> None:
    made = scouting.add_finding_place(
        zoetermeer, kind="sport", name=" Boksschool ", area="2711", hours="na achten", opens_doors="Trainer Ed", by=noor
    )
    assert (made.name, made.kind, made.area) == ("Boksschool", "sport", "2711")
    assert places_visible_to(bram).get() == made
    assert books.text(bram, fresh(made).opens_doors) == "Trainer Ed"
    assert books.text(bram, fresh(made).hours) == "na achten"
    assert_sealed(made, "Trainer", "achten")
    assert last_entry(zoetermeer).facts == {"place": str(made.id), "kind": "sport"}


def test_a_colleague_writes_what_is_otherwise_now(barbershop: FindingPlace, bram: Person) -> None:
    scouting.change_finding_place(barbershop, opens_doors="Zijn broer", added_by="x", by=bram)
    changed = fresh(barbershop)
    assert (changed.name, changed.kind, changed.added_by_id) == ("Kapper Said", "barber", barbershop.added_by_id)
    assert books.text(bram, changed.opens_doors) == "Zijn broer"
    assert verbs(barbershop.municipality)[-1] == "finding_place.changed"


def test_a_place_is_of_a_kind_that_the_method_names(barbershop: FindingPlace, noor: Person) -> None:
    for kind in ("moon", "unknown"):
        with pytest.raises(ValueError, match=kind):
            scouting.add_finding_place(barbershop.municipality, kind=kind, name="x", by=noor)
        with pytest.raises(ValueError, match=kind):
            scouting.change_finding_place(barbershop, kind=kind, by=noor)
    assert FindingPlace.objects.count() == 1


def test_what_was_seen_is_kept_newest_first(barbershop: FindingPlace, noor: Person, bram: Person) -> None:
    seen = scouting.observe(barbershop, words="Nieuwe groep\x00 bij de deur.", on=days_ago(3), by=bram)
    scouting.observe(barbershop, words="Gisteren dicht.", on=days_ago(1), by=noor)
    rows = Observation.objects.filter(place=barbershop)
    said = [books.text(bram, row.words) for row in rows]
    assert said == ["Op vrijdag zit het vol.", "Gisteren dicht.", "Nieuwe groep bij de deur."]
    assert (seen.author, seen.seen_on) == (bram, days_ago(3))
    assert_sealed(seen, "groep", "deur")
    assert last_entry(barbershop.municipality).facts["place"] == str(barbershop.id)


def test_the_book_ends_at_the_border(barbershop: FindingPlace, yara: Person) -> None:
    assert not places_visible_to(yara).exists()
    with pytest.raises(Refused, match="Alleen een coach van deze gemeente"):
        books.text(yara, barbershop.opens_doors)


def test_who_is_no_coach_here_reads_and_writes_nothing(
    barbershop: FindingPlace, yara: Person, nel: Person, sem: Person, dana: Person, lotte: Person, fem: Person
) -> None:
    strangers = [yara, nel, sem, dana, lotte, fem]
    for somebody in strangers:
        assert not places_visible_to(somebody).exists()
        with pytest.raises(Refused):
            books.text(somebody, barbershop.opens_doors)
    town = barbershop.municipality
    assert_refused(scouting.add_finding_place, town, kind="sport", name="x", by=strangers, match="Alleen een coach")
    assert_refused(scouting.change_finding_place, barbershop, name="x", by=strangers, match="Alleen een coach")
    assert_refused(scouting.observe, barbershop, words="x", by=strangers, match="Alleen een coach")


def test_the_doors_of_book_and_dossier_open_only_their_own(
    barbershop: FindingPlace, scouted: object, noor: Person
) -> None:
    with pytest.raises(TypeError):
        Reader(noor).text(fresh(barbershop).opens_doors)
    with pytest.raises(TypeError):
        books.text(noor, fresh(scouted).nickname)
    assert str(fresh(barbershop).opens_doors) == "•••"


def test_each_municipality_has_a_key_of_its_own_and_words_do_not_move(
    barbershop: FindingPlace, schiedam: Municipality, yara: Person, noor: Person
) -> None:
    theirs = scouting.add_finding_place(schiedam, kind="barber", name="Knip", opens_doors="Ali", by=yara)
    purposes = set(HouseKey.objects.values_list("purpose", flat=True))
    assert {"book:GM0637", "book:GM0606"} <= purposes
    with connection.cursor() as cursor:
        cursor.execute("SELECT opens_doors FROM scouting_findingplace WHERE name = 'Knip'")
        (blob,) = cursor.fetchone()
    FindingPlace.objects.filter(pk=barbershop.pk).update(opens_doors=bytes(blob))
    with pytest.raises(seals.Unreadable):
        books.text(noor, fresh(barbershop).opens_doors)
    assert books.text(yara, fresh(theirs).opens_doors) == "Ali"


def test_the_map_knows_the_areas_of_a_municipality() -> None:
    zoetermeer = {area.code for area in areas()["GM0637"]}
    assert {"2711", "2725"} <= zoetermeer
    assert all(50 < area.lat < 54 and 3 < area.lon < 8 for them in areas().values() for area in them)
    assert "GM9999" not in areas()
