"""Vragen: what he fills in himself, alone, and what was filled in about him."""

from typing import Any

import pytest
from django.test import Client

from ipta.accounts.models import Person
from ipta.dossiers.models import Dossier
from ipta.scans.instruments import commands, shelf
from ipta.scans.instruments.definition import read_definition
from ipta.scans.models import FilledSheet, InstrumentVersion
from ipta.web import sheets
from tests.cast import fresh
from tests.method.instruments.made import choice, coding, questionnaire, said
from tests.web.youth.asking import address

A = sheets.name_of(("a",))


@pytest.fixture
def version() -> InstrumentVersion:
    source = questionnaire(choice("a", 1, 2), title="Hoe was je week?")
    return shelf.shelve(read_definition(source), None, None)[0]


def begin(client: Client, version: InstrumentVersion, voice: str = "youth") -> Any:
    return client.post(address("begin_sheet"), {"list": version.instrument.url, "voice": voice})


def test_he_fills_in_a_list_and_reads_it_back(sems: Client, sem: Person, version: InstrumentVersion) -> None:
    assert "Hoe was je week?" in sems.get(address("sheets")).text
    where = begin(sems, version).headers["Location"]
    sheet = FilledSheet.objects.open().get()
    assert (sheet.by, sheet.voice) == (sem, "youth")
    page = sems.get(where).text
    assert "Vraag a?" in page
    assert "Met wie samen?" not in page
    assert sems.post(where, {"here": [A], A: "#1", "seen": 0, "action": "sign"}).status_code == 302
    assert "keuze 1" in sems.get(where).text
    assert fresh(sheet).signed_off_at


def test_everything_may_be_skipped(sems: Client, version: InstrumentVersion) -> None:
    where = begin(sems, version).headers["Location"]
    assert sems.post(where, {"here": [A], "seen": 0, "action": "sign"}).status_code == 302


def test_he_reads_what_his_coach_filled_in_and_does_not_change_it(
    sems: Client, noor: Person, dossier: Dossier, version: InstrumentVersion
) -> None:
    sheet = commands.start_sheet(dossier, version, voice="coach", by=noor)
    where = address("sheet", sheet.pk)
    assert "Nog niet klaar." in sems.get(where).text
    commands.sign_off(sheet, said(a=coding("b")), seen=0, by=noor)
    assert "keuze 1" in sems.get(where).text
    assert sems.post(where, {"here": [A], A: "#0", "seen": 1, "action": "sign"}).status_code == 200
    assert fresh(sheet).times_saved == 1
    assert "Hoe was je week?" in sems.get(address("sheets")).text


def test_he_begins_none_in_the_voice_of_his_coach(sems: Client, version: InstrumentVersion) -> None:
    assert begin(sems, version, "coach").status_code == 404


def test_once_more_begins_with_the_same_answers(sems: Client, version: InstrumentVersion) -> None:
    where = begin(sems, version).headers["Location"]
    sems.post(where, {"here": [A], A: "#1", "seen": 0, "action": "sign"})
    again = sems.post(address("sheet_again", FilledSheet.objects.get(version=version).pk), {"how": "same"})
    assert 'value="#1" checked' in sems.get(again.headers["Location"]).text
