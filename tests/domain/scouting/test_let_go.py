"""`keep`, `let_go`, `set_term`: who does not join is gone after six weeks, and nothing is left but a count."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connections
from django.db.models import prefetch_related_objects
from django.utils import timezone

from ipta.__main__ import tick
from ipta.accounts.models import Municipality, Person
from ipta.api.package import import_package
from ipta.base import acting, clock
from ipta.base.acting import HOUSE
from ipta.base.verdict import Impossible, Refused
from ipta.dossiers import commands as dossiers
from ipta.dossiers.models import Dossier, Note
from ipta.scouting import commands as scouting
from ipta.scouting import due
from ipta.scouting.models import Find, GoneCount, Place
from ipta.scouting.queries import leaving_soon
from ipta.sharing import erasure
from ipta.vault import keyring
from ipta.vault.models import SectionKey
from ipta.vault.rules import SECTIONS
from ipta.web.models import KeptForm
from tests.asking import assert_refused, last_entry, row_counts, text, verbs
from tests.browser.facts import first_contact
from tests.cast import CANARY, canary, days_ago, fresh
from tests.house.test_at_rest import everything_in_the_databases

# What outlives a dossier: who did what when, without a word; and that its keys were destroyed.
LEFT = {"journal_entry", "journal_chain", "sharing_look", "vault_sectionkey"}


@contextmanager
def after(days: int) -> Iterator[None]:
    with clock.at(timezone.now() + timedelta(days=days)):
        yield


@pytest.fixture
def silent(zoetermeer: Municipality, noor: Person) -> Dossier:
    """Somebody noor tried three times, with a step, an appointment, somebody around him and a note that was better."""
    find = scouting.meet(
        zoetermeer,
        nickname=f"{canary('rox', 'identity')} bijnaam",
        kind=Place.BARBER,
        wants=canary("rox", "contacts"),
        careful=["parents"],
        by=noor,
    )
    dossier: Dossier = find.dossier
    first = dossiers.note(dossier, text=canary("rox", "contacts"), channel="called", by=noor)
    dossiers.note(dossier, text=canary("rox", "contacts"), channel="called", replaces=first, by=noor)
    dossiers.note(dossier, text="", channel="whatsapp", is_reached=False, by=noor)
    dossiers.promise(dossier, text=canary("rox", "plan"), owner="coach", by=noor)
    dossiers.appoint(dossier, what=canary("rox", "appointments"), starts_at=timezone.now(), by=noor)
    dossiers.add_person(dossier, kind="friend", name=canary("rox", "family"), by=noor)
    return dossier


# --- kept six weeks longer -----------------------------------------------------------------


def test_once_it_can_be_kept_six_weeks_longer_with_a_reason(scouted: Dossier, noor: Person) -> None:
    scouting.keep(scouted, why="Hij vroeg om tijd.", by=noor)
    find = Find.objects.get(dossier=scouted)
    assert find.kept_on == clock.today()
    assert text(noor, find, "kept_why") == "Hij vroeg om tijd."
    assert verbs(scouted)[-1] == "youth.kept"
    with pytest.raises(Impossible, match="Nog een keer kan niet"):
        scouting.keep(fresh(scouted), why="toch", by=noor)


def test_who_takes_part_is_not_kept(dossier: Dossier, noor: Person) -> None:
    with pytest.raises(Impossible, match="doet al mee"):
        scouting.keep(dossier, why="x", by=noor)


def test_only_his_coach_keeps_him(scouted: Dossier, outsiders: list[Person], sem: Person) -> None:
    assert_refused(scouting.keep, scouted, why="x", by=[*outsiders, sem], match="Alleen de coach")


def test_the_coach_is_warned_a_week_before(scouted: Dossier, dossier: Dossier, noor: Person) -> None:
    for days, warned in ((34, False), (35, True), (41, True)):
        with after(days):
            assert (scouted.pk in leaving_soon([scouted, dossier])) is warned, days
            assert dossier.pk not in leaving_soon([scouted, dossier])
    scouting.keep(scouted, why="x", by=noor)
    with after(76):
        assert leaving_soon([scouted]) == {}
    with after(77):
        assert leaving_soon([scouted])[scouted.pk].is_kept


# --- gone ---------------------------------------------------------------------------------------


def test_the_day_before_nothing_happens_and_on_the_day_he_goes(silent: Dossier) -> None:
    with after(41):
        assert due.let_go_of_the_silent().gone == []
    with after(42):
        assert due.let_go_of_the_silent().gone == [silent.pk]
        assert due.let_go_of_the_silent().gone == []
    assert not Dossier.objects.filter(pk=silent.pk).exists()


def test_nothing_is_left_of_him_but_a_count_and_lines_without_words(silent: Dossier) -> None:
    pk = silent.pk
    with after(42):
        due.let_go_of_the_silent()
        month = clock.today().replace(day=1)
    spellings = [str(pk).encode(), pk.hex.encode(), pk.bytes]
    found = [(place.split(".")[0], value) for place, value in everything_in_the_databases()]
    assert {table for table, value in found if any(spelling in value for spelling in spellings)} <= LEFT
    assert {table for table, value in found if CANARY.encode() in value} == set()
    counted = GoneCount.objects.get()
    assert (counted.kind, counted.channel, counted.count, counted.month) == ("barber", "whatsapp", 1, month)
    told = last_entry(silent)
    assert (told.verb, told.person_id) == ("dossier.forgotten", HOUSE.id)
    assert verbs(silent)[-2:] == ["youth.let_go", "dossier.forgotten"]


def test_every_key_of_his_is_destroyed_so_that_no_back_up_opens(silent: Dossier) -> None:
    with after(42):
        due.let_go_of_the_silent()
    assert SectionKey.objects.filter(dossier_id=silent.pk, wrapped=None).count() == len(SECTIONS)
    with pytest.raises(keyring.Destroyed):
        keyring.key_for_writing(silent.pk, "contacts", "GM0637")


def test_who_takes_part_and_who_is_kept_stay(silent: Dossier, dossier: Dossier, noor: Person) -> None:
    before = row_counts()
    scouting.keep(silent, why="x", by=noor)
    with after(60):
        assert due.let_go_of_the_silent().gone == []
    assert row_counts(without=["journal.Entry"]) == {k: v for k, v in before.items() if k != "journal.Entry"}
    with after(84):
        assert due.let_go_of_the_silent().gone == [silent.pk]
    assert fresh(dossier).is_taking_part


def test_who_ended_without_a_yes_goes_as_well(scouted: Dossier, noor: Person) -> None:
    dossiers.end(scouted, reason="no_contact", by=noor)
    with after(42):
        assert due.let_go_of_the_silent().gone == [scouted.pk]


def test_who_came_in_from_elsewhere_is_not_gone_before_his_coach_is_told(
    zoetermeer: Municipality, noor: Person
) -> None:
    package = first_contact("Van elders")
    package["course"]["found_on"] = "2025-01-01"
    came = import_package(package, zoetermeer, noor, by=noor).dossier
    assert came.pk in leaving_soon([came])
    with after(6):
        assert due.let_go_of_the_silent().gone == []
    with after(7):
        assert due.let_go_of_the_silent().gone == [came.pk]


def test_a_municipality_chooses_its_term(scouted: Dossier, zoetermeer: Municipality, fem: Person) -> None:
    scouting.set_term(zoetermeer, weeks=3, by=fem)
    assert last_entry(zoetermeer).facts == {"weeks": 3}
    with after(21):
        assert due.let_go_of_the_silent().gone == [scouted.pk]


@pytest.mark.parametrize("weeks", [0, 1, 13, -6, 1000])
def test_a_term_is_between_two_and_twelve_weeks(weeks: int, zoetermeer: Municipality, fem: Person) -> None:
    with pytest.raises(Impossible, match="termijnen die er staan"):
        scouting.set_term(zoetermeer, weeks=weeks, by=fem)


def test_only_the_functional_manager_chooses_it(
    zoetermeer: Municipality, noor: Person, lotte: Person, vera: Person, sem: Person
) -> None:
    assert_refused(scouting.set_term, zoetermeer, weeks=3, by=[noor, lotte, vera, sem], match="functioneel beheerder")


def test_the_same_place_channel_and_month_are_one_count(zoetermeer: Municipality, noor: Person) -> None:
    for _youth in range(3):
        scouting.meet(zoetermeer, nickname="x", by=noor)
    with after(42):
        assert len(due.let_go_of_the_silent().gone) == 3
    counted = GoneCount.objects.get()
    assert (counted.kind, counted.channel, counted.count) == ("unknown", "", 3)


def test_no_person_lets_anybody_go(silent: Dossier, outsiders: list[Person], noor: Person) -> None:
    with after(42):
        assert_refused(scouting.let_go, silent, by=[*outsiders, noor], match="Dit gaat vanzelf")
        assert_refused(erasure.forget, silent, by=[*outsiders, noor], match="Dit gaat vanzelf")


def test_the_house_itself_takes_nobody_who_joined_or_whose_time_is_not_over(dossier: Dossier, silent: Dossier) -> None:
    with pytest.raises(Refused, match="nog niet om"):
        scouting.let_go(silent, by=HOUSE)
    with after(400):
        for take in (scouting.let_go, erasure.forget):
            with pytest.raises(Refused):
                take(dossier, by=HOUSE)
    assert Note.objects.filter(dossier=dossier).exists()


def test_who_says_yes_while_it_is_being_done_stays(silent: Dossier, noor: Person) -> None:
    seen_before = Dossier.objects.select_related("municipality").get(pk=silent.pk)
    scouting.welcome(silent, by=noor)
    with after(42), pytest.raises(Refused, match="nog niet om"):
        scouting.let_go(seen_before, by=HOUSE)
    assert fresh(silent).is_taking_part


def test_a_yes_that_comes_too_late_brings_no_empty_dossier_back(silent: Dossier, noor: Person) -> None:
    seen_before = Dossier.objects.select_related("municipality").get(pk=silent.pk)
    prefetch_related_objects([seen_before], "coachship_set")  # as a page that is open knows it
    with after(42):
        due.let_go_of_the_silent()
    with pytest.raises((DatabaseError, Refused, Impossible)):
        scouting.welcome(seen_before, by=noor)
    assert not Dossier.objects.filter(pk=silent.pk).exists()


# --- bin/ipta tick --------------------------------------------------------------------------------


def test_tick_says_in_counts_what_it_did_and_forgets_what_was_typed_on_his_pages(silent: Dossier) -> None:
    KeptForm.objects.create(browser=silent.pk, path=f"/jongeren/{silent.pk}/notitie/", blob=b"x")
    with after(42), acting.as_work():
        told = tick(None)  # type: ignore[arg-type]
        assert "Gone without a yes: 1." in told and CANARY not in told
        assert "Gone without a yes: 0." in tick(None)  # type: ignore[arg-type]
    assert not KeptForm.objects.exists()


def test_one_that_cannot_be_done_stops_none_of_the_others_and_is_said(
    silent: Dossier, scouted: Dossier, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    let_go = scouting.let_go

    def fail(dossier: Dossier, **given: Any) -> None:
        if dossier.pk == silent.pk:
            raise OSError(CANARY)
        let_go(dossier, **given)

    monkeypatch.setattr(due, "let_go", fail)
    monkeypatch.setattr(due.log, "propagate", False)
    due.log.addHandler(caplog.handler)
    with after(42), acting.as_work(), pytest.raises(ValueError, match=f"tried again the next time: {silent.pk}"):
        tick(None)  # type: ignore[arg-type]
    assert CANARY not in caplog.text and str(silent.pk) in caplog.text
    assert list(Dossier.objects.values_list("pk", flat=True)) == [silent.pk]
    due.log.removeHandler(caplog.handler)
    monkeypatch.undo()
    with after(43):
        assert due.let_go_of_the_silent().gone == [silent.pk]


def test_what_breaks_off_halfway_leaves_everything_as_it_was(silent: Dossier, monkeypatch: pytest.MonkeyPatch) -> None:
    def break_off(*_: object, **__: object) -> None:
        raise OSError

    before = row_counts()
    monkeypatch.setattr(keyring, "destroy", break_off)
    with after(42):
        assert due.let_go_of_the_silent().faults == [silent.pk]
    assert row_counts() == before
    assert connections["default"].is_usable()


def test_a_day_of_the_record_counts_and_not_the_hour(zoetermeer: Municipality, noor: Person) -> None:
    find = scouting.meet(zoetermeer, nickname="x", on=date(2026, 1, 1), by=noor)
    assert due.let_go_of_the_silent().gone == [find.dossier_id]
    assert days_ago(42) > date(2026, 1, 1)
