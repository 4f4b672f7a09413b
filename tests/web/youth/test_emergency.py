"""The youth is told at once who used the emergency button, reads why, and stops it."""

from datetime import timedelta

import pytest
from django.test import Client

from ipta.accounts.models import Person
from ipta.base import clock
from ipta.dossiers.models import Coachship, Dossier, Note
from ipta.sharing import commands as sharing
from ipta.sharing.door import Reader
from ipta.sharing.models import Emergency
from ipta.sharing.rules import EMERGENCY_TOLD, number_of, spaced
from tests.cast import fresh
from tests.web.youth.asking import address, sections_read

REASON = "Je stond op straat en Noor nam niet op."


@pytest.fixture
def taken(dossier: Dossier, bram: Person) -> Emergency:
    return sharing.take(dossier, reason=REASON, by=bram)


def test_his_first_page_says_so_at_once(sems: Client, taken: Emergency, bram: Person) -> None:
    assert "Bram kijkt nu mee, met een noodknop" in sems.get(address("home")).text
    sharing.end(taken, by=bram)
    assert "Bram keek mee, met een noodknop" in sems.get(address("home")).text


def test_his_first_page_opens_no_more_than_before(sems: Client, taken: Emergency, dossier: Dossier) -> None:
    with_it = sections_read(dossier, sems, "home")
    Emergency.objects.all().delete()
    assert sections_read(dossier, sems, "home") == with_it


def test_after_a_week_the_first_page_is_quiet_and_who_looked_still_tells(
    sems: Client, dossier: Dossier, note: Note, bram: Person
) -> None:
    with clock.at(clock.now() - EMERGENCY_TOLD - timedelta(minutes=1)):
        sharing.take(dossier, reason=REASON, by=bram)
        Reader(bram).text(note.text)
    assert "noodknop" not in sems.get(address("home")).text
    page = sems.get(address("looks")).text
    assert "keek Bram met een noodknop." in page
    assert f"Waarom: {REASON}" in page


def test_who_looked_tells_who_what_and_why_in_the_words_that_were_typed(
    sems: Client, taken: Emergency, note: Note, bram: Person
) -> None:
    Reader(bram).text(note.text)
    page = sems.get(address("looks")).text
    assert "keek Bram met een noodknop." in page
    assert f"Waarom: {REASON}" in page
    assert "een andere coach" in page


def test_it_is_told_also_when_nothing_was_read_yet(sems: Client, taken: Emergency) -> None:
    page = sems.get(address("looks")).text
    assert "Kijkt nu mee, met een noodknop." in page
    assert REASON in page


def test_what_a_stand_in_may_read_anyway_is_not_called_an_emergency(
    sems: Client, dossier: Dossier, note: Note, standing_in: Coachship, stef: Person
) -> None:
    sharing.take(dossier, reason=REASON, by=stef)
    Reader(stef).text(note.text)
    page = sems.get(address("looks")).text
    assert "Je coach was er even niet." in page
    assert "Stef keek met een noodknop." not in page


def test_he_stops_it_with_one_tap(sems: Client, taken: Emergency, dossier: Dossier) -> None:
    stop = address("end_emergency", taken.pk)
    assert f'action="{stop}"' in sems.get(address("looks")).text
    assert sems.post(stop).headers["Location"] == address("looks")
    assert not fresh(taken).is_running
    page = sems.get(address("looks")).text
    assert f'action="{stop}"' not in page
    assert "Dat is nu voorbij." in page


def test_another_youth_stops_nothing(kims: Client, taken: Emergency) -> None:
    assert kims.post(address("end_emergency", taken.pk)).status_code == 404
    assert fresh(taken).is_running


def test_he_sees_the_number_he_can_say(sems: Client, dossier: Dossier) -> None:
    assert f"Jouw nummer is {spaced(number_of(dossier.pk))}." in sems.get(address("home")).text
