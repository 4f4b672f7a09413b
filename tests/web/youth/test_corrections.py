"""Verander dit: he asks to change a line, his coach answers, and both stay."""

import pytest
from django.test import Client

from ipta.accounts.models import Person
from ipta.dossiers import commands as dossiers
from ipta.dossiers.corrections.commands import answer_correction
from ipta.dossiers.corrections.models import Correction
from ipta.dossiers.models import Dossier, NetworkPerson, Note
from ipta.scans.told.commands import cite
from ipta.web.lines import KINDS
from tests.web.youth.asking import address

WISH = "Ik was er wel, om tien uur. ⏰"


@pytest.fixture
def asked(sems: Client, note: Note) -> Correction:
    response = sems.post(address("ask_correction", "gesprek", note.pk), {"wish": WISH})
    assert response.headers["Location"] == address("notes")
    return Correction.objects.get()


def test_beside_every_line_he_can_ask_to_change_it(sems: Client, note: Note) -> None:
    way = address("ask_correction", "gesprek", note.pk)
    assert way in sems.get(address("notes")).text
    assert sems.get(way).status_code == 200


def test_it_stands_beside_the_line_with_the_day_of_the_answer(sems: Client, asked: Correction) -> None:
    page = sems.get(address("notes")).text
    assert WISH in page
    assert "Je krijgt antwoord." in page


def test_the_answer_stands_there_too(sems: Client, asked: Correction, noor: Person) -> None:
    answer_correction(asked, outcome="kept", reason="Zo zei de balie het.", by=noor)
    page = sems.get(address("notes")).text
    for words in (WISH, "Niet aangepast", "Zo zei de balie het.", "zegt Noor"):
        assert words in page


def test_it_stays_when_the_note_gets_better_words(
    sems: Client, asked: Correction, dossier: Dossier, note: Note, noor: Person
) -> None:
    dossiers.note(dossier, text="Hij was er om tien uur.", replaces=note, by=noor)
    answer_correction(asked, outcome="changed", reason="", by=noor)
    page = sems.get(address("notes")).text
    assert WISH in page
    assert "Aangepast" in page


def test_it_stays_when_what_was_said_gets_better_words(sems: Client, dossier: Dossier, noor: Person) -> None:
    said = cite(dossier, kind="school", text="Hij spijbelt", source="School", by=noor)
    sems.post(address("ask_correction", "gezegd", said.pk), {"wish": WISH})
    cite(dossier, kind="school", text="Hij was ziek", source="School", replaces=said, by=noor)
    assert WISH in sems.get(address("told")).text


def test_it_stays_when_the_line_itself_was_taken_away(
    sems: Client, dossier: Dossier, ria: NetworkPerson, noor: Person
) -> None:
    sems.post(address("ask_correction", "mens", ria.pk), {"wish": WISH})
    dossiers.remove_person(ria, by=noor)
    assert WISH in sems.get(address("my_side")).text
    assert address("my_side") in sems.get(address("about_me")).text


def test_it_goes_along_on_paper(sems: Client, asked: Correction) -> None:
    assert WISH in sems.get(address("paper")).text


@pytest.mark.parametrize(("wish", "says"), [("", "Schrijf op wat er moet staan."), ("z" * 4001, "te lang")])
def test_what_is_not_right_yet_comes_back(sems: Client, note: Note, wish: str, says: str) -> None:
    response = sems.post(address("ask_correction", "gesprek", note.pk), {"wish": wish})
    assert response.status_code == 422
    assert says in response.text
    assert not Correction.objects.exists()


def test_a_line_of_somebody_else_is_not_there(kims: Client, note: Note) -> None:
    assert kims.get(address("ask_correction", "gesprek", note.pk)).status_code == 404
    assert kims.post(address("ask_correction", "gesprek", note.pk), {"wish": WISH}).status_code == 404


@pytest.mark.parametrize("kind", ["onzin", "message"])
def test_a_kind_that_is_none_is_not_there(sems: Client, note: Note, kind: str) -> None:
    assert sems.get(address("ask_correction", kind, note.pk)).status_code == 404


def test_every_kind_names_rows_and_a_page_that_are_there(dossier: Dossier, sems: Client) -> None:
    for kind in KINDS.values():
        assert hasattr(dossier, kind.rows)
        assert sems.get(address(kind.page.partition(":")[2])).status_code == 200
