"""Instruments on the shelf: of the house for everybody, of a municipality for itself alone. They never change."""

import json
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from ipta.accounts.models import Municipality, Person
from ipta.base.verdict import Impossible, Refused
from ipta.scans.instruments import commands, shelf
from ipta.scans.instruments.definition import read
from ipta.scans.instruments.faults import NotUnderstood
from ipta.scans.instruments.queries import asked_by, instruments_visible_to, version_for
from ipta.scans.models import Instrument, InstrumentVersion
from tests.asking import assert_refused, last_entry, row_counts, verbs
from tests.method.instruments.made import URL, choice, file_of, item


def file(**more: Any) -> bytes:
    return file_of(choice("a", 1, 2), item("b"), title="Lijst", **more)


def of_the_house(**more: Any) -> InstrumentVersion:
    version, _is_new = shelf.shelve(read(file(**more)), None, None)
    return version


def test_a_municipality_brings_in_its_own_copy(zoetermeer: Municipality, fem: Person) -> None:
    content = file(publisher="NJi", copyright="(c) NJi")
    made = commands.load_instrument(zoetermeer, content, by=fem)
    told = made.instrument
    assert (told.municipality, told.url, told.title, told.publisher) == (zoetermeer, URL, "Lijst", "NJi")
    assert (made.version, made.status, made.loaded_by) == ("1", InstrumentVersion.Status.ACTIVE, fem)
    assert made.definition == json.loads(content)
    assert last_entry(zoetermeer).facts == {"instrument": str(told.id), "version": str(made.id)}


def test_only_its_functional_manager_does(
    zoetermeer: Municipality, outsiders: list[Person], noor: Person, fem: Person
) -> None:
    others = [person for person in outsiders if person != fem]
    assert_refused(commands.load_instrument, zoetermeer, file(), by=[*others, noor])


def test_another_municipality_does_not_see_it(
    zoetermeer: Municipality, schiedam: Municipality, fem: Person, bram: Person, yara: Person
) -> None:
    made = commands.load_instrument(zoetermeer, file(), by=fem)
    assert made in instruments_visible_to(bram)
    assert made not in instruments_visible_to(yara)
    assert version_for(zoetermeer, URL) == made
    assert version_for(schiedam, URL) is None


def test_its_own_copy_comes_before_that_of_the_house(
    zoetermeer: Municipality, schiedam: Municipality, fem: Person
) -> None:
    house = of_the_house()
    own = commands.load_instrument(zoetermeer, file(), by=fem)
    assert version_for(zoetermeer, URL) == own
    assert version_for(schiedam, URL) == house


def test_the_same_file_twice_is_one_version(zoetermeer: Municipality, fem: Person) -> None:
    first = commands.load_instrument(zoetermeer, file(), by=fem)
    before = verbs(zoetermeer)
    assert commands.load_instrument(zoetermeer, file(), by=fem) == first
    assert verbs(zoetermeer) == before


def test_a_version_never_gets_other_words(zoetermeer: Municipality, fem: Person) -> None:
    commands.load_instrument(zoetermeer, file(), by=fem)
    with pytest.raises(Impossible, match="nieuw versienummer"):
        commands.load_instrument(zoetermeer, file(description="anders"), by=fem)


def test_a_new_version_takes_its_place_and_the_old_one_stays(zoetermeer: Municipality, fem: Person) -> None:
    first = commands.load_instrument(zoetermeer, file(), by=fem)
    second = commands.load_instrument(zoetermeer, file(version="2"), by=fem)
    first.refresh_from_db()
    assert (first.status, second.instrument) == (InstrumentVersion.Status.RETIRED, first.instrument)
    assert version_for(zoetermeer, URL) == second
    assert asked_by(first).version == "1"


def test_a_draft_is_kept_and_not_used(zoetermeer: Municipality, fem: Person) -> None:
    first = commands.load_instrument(zoetermeer, file(), by=fem)
    commands.load_instrument(zoetermeer, file(version="2", status="draft"), by=fem)
    assert version_for(zoetermeer, URL) == first


def test_it_is_taken_out_of_use(zoetermeer: Municipality, fem: Person, noor: Person) -> None:
    made = commands.load_instrument(zoetermeer, file(), by=fem)
    assert_refused(commands.retire, made, by=[noor])
    commands.retire(made, by=fem)
    assert version_for(zoetermeer, URL) is None
    commands.retire(made, by=fem)
    assert verbs(zoetermeer).count("instrument.retired") == 1


def test_nobody_takes_that_of_the_house_out_of_use(fem: Person) -> None:
    with pytest.raises(Refused, match="van alle gemeenten"):
        commands.retire(of_the_house(), by=fem)


def test_what_is_not_understood_leaves_nothing_behind(zoetermeer: Municipality, fem: Person) -> None:
    before = row_counts()
    with pytest.raises(NotUnderstood, match="Een bestand vragen"):
        commands.load_instrument(zoetermeer, file_of(item("a", "attachment")), by=fem)
    assert row_counts() == before


@pytest.mark.parametrize("more", [{"version": "1" * 61}, {"title": "x" * 201}, {"url": "urn:" + "x" * 252}])
def test_what_does_not_fit_on_the_shelf_is_told(more: dict[str, str], zoetermeer: Municipality, fem: Person) -> None:
    with pytest.raises(Impossible):
        commands.load_instrument(zoetermeer, file_of(item("a"), **more), by=fem)
    assert not Instrument.objects.filter(url=URL).exists()


def test_what_just_fits_stands_on_the_shelf(zoetermeer: Municipality, fem: Person) -> None:
    url = "urn:" + "x" * 251
    made = commands.load_instrument(
        zoetermeer, file_of(item("a"), version="1" * 60, title="x" * 200, url=url, name="x" * 120), by=fem
    )
    assert (len(made.version), made.instrument.url) == (60, url)


def test_without_a_number_its_date_tells_the_version_or_else_what_it_says(
    zoetermeer: Municipality, fem: Person
) -> None:
    without = {name: said for name, said in json.loads(file()).items() if name != "version"}
    dated = commands.load_instrument(zoetermeer, json.dumps(without | {"date": "2015-08-03"}).encode(), by=fem)
    bare = commands.load_instrument(zoetermeer, json.dumps(without).encode(), by=fem)
    assert (dated.version, bare.version) == ("2015-08-03", bare.checksum[:12])
    assert asked_by(bare).canonical == URL


def test_the_database_keeps_one_version_in_use(zoetermeer: Municipality, fem: Person) -> None:
    first = commands.load_instrument(zoetermeer, file(), by=fem)
    commands.load_instrument(zoetermeer, file(version="2"), by=fem)
    with pytest.raises(IntegrityError), transaction.atomic():
        InstrumentVersion.objects.filter(pk=first.pk).update(status=InstrumentVersion.Status.ACTIVE)


def test_in_the_house_a_url_is_there_once() -> None:
    of_the_house()
    with pytest.raises(IntegrityError), transaction.atomic():
        Instrument.objects.create(url=URL)


# --- looked at before it is used ----------------------------------------------------------------------------------


def draft(zoetermeer: Municipality, fem: Person, **more: Any) -> InstrumentVersion:
    return commands.load_instrument(zoetermeer, file(**more), by=fem, is_draft=True)


def test_a_draft_is_put_to_use_in_the_place_of_the_one_before(zoetermeer: Municipality, fem: Person) -> None:
    first = commands.load_instrument(zoetermeer, file(copyright="van eerst"), by=fem)
    second = draft(zoetermeer, fem, version="2", copyright="van later")
    assert second.status == InstrumentVersion.Status.DRAFT
    assert version_for(zoetermeer, URL) == first
    commands.put_to_use(second, by=fem)
    first.refresh_from_db()
    assert (version_for(zoetermeer, URL), first.status) == (second, InstrumentVersion.Status.RETIRED)
    assert Instrument.objects.get(pk=first.instrument_id).copyright == "van later"
    assert last_entry(zoetermeer).facts == {"instrument": str(first.instrument_id), "version": str(second.id)}


def test_a_draft_is_thrown_away_with_an_instrument_that_has_no_other(zoetermeer: Municipality, fem: Person) -> None:
    made = draft(zoetermeer, fem)
    commands.discard(made, by=fem)
    assert not Instrument.objects.filter(url=URL).exists()
    assert verbs(zoetermeer)[-1] == "instrument.discarded"


def test_of_more_versions_only_the_draft_goes(zoetermeer: Municipality, fem: Person) -> None:
    first = commands.load_instrument(zoetermeer, file(), by=fem)
    commands.discard(draft(zoetermeer, fem, version="2"), by=fem)
    assert list(first.instrument.versions.all()) == [first]


def test_what_was_in_use_or_filled_in_is_never_thrown_away(zoetermeer: Municipality, fem: Person) -> None:
    made = draft(zoetermeer, fem)
    commands.put_to_use(made, by=fem)
    stale = InstrumentVersion.objects.get(pk=made.pk)
    stale.status = InstrumentVersion.Status.DRAFT  # as another tab remembers it
    with pytest.raises(Impossible, match="in gebruik geweest"):
        commands.discard(stale, by=fem)


def test_what_somebody_threw_away_meanwhile_is_not_put_to_use(zoetermeer: Municipality, fem: Person) -> None:
    first = commands.load_instrument(zoetermeer, file(), by=fem)
    gone = draft(zoetermeer, fem, version="2")
    commands.discard(InstrumentVersion.objects.get(pk=gone.pk), by=fem)
    with pytest.raises(Impossible, match="weggegooid"):
        commands.put_to_use(gone, by=fem)
    assert version_for(zoetermeer, URL) == first


def test_only_its_functional_manager_puts_it_to_use_or_throws_it_away(
    zoetermeer: Municipality, outsiders: list[Person], noor: Person, fem: Person
) -> None:
    made = draft(zoetermeer, fem)
    others = [noor, *(person for person in outsiders if person != fem)]
    assert_refused(commands.put_to_use, made, by=others)
    assert_refused(commands.discard, made, by=others)
    assert_refused(commands.put_to_use, of_the_house(), by=[fem])
    assert_refused(commands.discard, of_the_house(), by=[fem])
