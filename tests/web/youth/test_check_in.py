"""Hoe was je week, on his own desk: how often he wants it, one polite line on his page, and his own line over time."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from ipta.accounts.models import Person
from ipta.base import clock
from ipta.dossiers.models import Dossier
from ipta.scans.check_in import commands
from ipta.scans.check_in.queries import URL
from ipta.scans.instruments import shelf
from ipta.scans.instruments.answers import Answers
from ipta.scans.instruments.commands import sign_off, start_sheet
from ipta.scans.instruments.queries import version_for
from ipta.scans.instruments.values import value_of
from ipta.scans.models import CheckInRhythm, FilledSheet
from ipta.vault import keyring
from tests.asking import verbs
from tests.cast import days_ago

Enter = Callable[[Person], Client]
PAGE = "/ik/over-mij/je-week/"
OFFER = "Drie vragen, een halve minuut. Alleen als je wilt."


@pytest.fixture
def sems(client_for: Enter, sem: Person, dossier: Dossier) -> Client:
    shelf.load_shipped()
    return client_for(sem)


def said(dossier: Dossier, by: Person, days: int, code: str) -> FilledSheet:
    version = version_for(dossier.municipality, URL)
    assert version
    answer = value_of("Coding", {"system": "urn:ipta:how-much", "code": code})
    sheet = start_sheet(dossier, version, voice="youth", by=by, on=days_ago(days))
    return sign_off(sheet, Answers({("rest",): (answer,)}), seen=0, by=by)


def test_he_chooses_how_often_and_his_page_asks_it(sems: Client, dossier: Dossier) -> None:
    assert OFFER not in sems.get("/ik/").text
    assert sems.post(PAGE, {"often": "weekly"}).headers["Location"] == PAGE
    assert OFFER in sems.get("/ik/").text
    assert 'value="weekly" checked' in sems.get(PAGE).text
    sems.post(PAGE, {"often": "never"})
    assert OFFER not in sems.get("/ik/").text
    assert verbs(dossier)[-2:] == ["check_in.rhythm_set"] * 2


def test_one_tap_begins_and_when_it_is_done_the_line_is_gone(sems: Client, dossier: Dossier) -> None:
    sems.post(PAGE, {"often": "weekly"})
    begun = sems.post(reverse("youth:begin_sheet"), {"list": URL, "voice": "youth"})
    sheet = FilledSheet.objects.open().get()
    assert begun.headers["Location"] == reverse("youth:sheet", args=[sheet.pk])
    assert OFFER in sems.get("/ik/").text
    sems.post(begun.headers["Location"], {"seen": "0", "action": "sign"})
    assert OFFER not in sems.get("/ik/").text


def test_his_line_stands_there_with_a_table_that_says_the_same(sems: Client, dossier: Dossier, sem: Person) -> None:
    assert "<polyline" not in sems.get(PAGE).text
    said(dossier, sem, 14, "4")
    said(dossier, sem, 7, "0")
    page = sems.get(PAGE).text
    assert page.count("<polyline") == 1
    assert page.count('<svg class="week-line__drawing"') == 3
    table = page.partition("<table")[2].partition("</table>")[0]
    assert table.index("niet") < table.index("helemaal"), "the newest first"
    assert "style=" not in page


def test_twice_on_a_day_stand_in_the_order_in_which_he_said_them(sems: Client, dossier: Dossier, sem: Person) -> None:
    for code in ("4", "0"):
        said(dossier, sem, 0, code)
    table = sems.get(PAGE).text.partition("<table")[2].partition("</table>")[0]
    assert table.index("niet") < table.index("helemaal"), "the newest first"


def test_the_coach_has_no_line_and_reads_what_was_filled_in(
    sems: Client, noor: Person, client_for: Enter, dossier: Dossier, sem: Person
) -> None:
    made, noors = said(dossier, sem, 7, "0"), client_for(noor)
    pages = [reverse("coach:sheets", args=[dossier.pk]), reverse("coach:sheet", args=[dossier.pk, made.pk])]
    assert all("<polyline" not in noors.get(page).text for page in pages)
    assert "Hoe was je week?" in noors.get(pages[0]).text
    assert noors.get(PAGE).status_code == 404


@pytest.mark.parametrize("often", ["", "daily"])
def test_no_answer_is_said_and_kept_from_nothing(often: str, sems: Client) -> None:
    answer = sems.post(PAGE, {"often": often})
    assert answer.status_code == 422
    assert not CheckInRhythm.objects.exists()


def test_when_it_all_has_ended_he_still_reads_his_line(sems: Client, dossier: Dossier, sem: Person) -> None:
    commands.set_rhythm(dossier, often="weekly", by=sem)
    said(dossier, sem, 20, "3")
    Dossier.objects.filter(pk=dossier.pk).update(ended_on=clock.today())
    page = sems.get(PAGE).text
    assert "<circle" in page
    assert 'name="often"' not in page
    assert OFFER not in sems.get("/ik/").text
    assert sems.post(PAGE, {"often": "never"}).headers["Location"] == PAGE
    assert CheckInRhythm.objects.get().often == "weekly"


def test_what_was_erased_is_said_and_not_drawn(sems: Client, dossier: Dossier, sem: Person) -> None:
    said(dossier, sem, 7, "4")
    keyring.destroy(dossier.pk, ["scores"])
    page = sems.get(PAGE).text
    assert "Dit is gewist." in page
    assert "<polyline" not in page
    assert "<circle class" not in page
