"""Van anderen: he reads what others said of him, and says whether it is right."""

from html import unescape

import pytest
from django.test import Client

from ipta.accounts.models import Person
from ipta.dossiers import commands as dossiers
from ipta.dossiers.models import Dossier
from ipta.scans.models import OwnAnswer, Statement
from ipta.scans.told import commands
from ipta.sharing import erasure
from tests.asking import text
from tests.web.youth.asking import address, queries

SAID = {"kind": "school", "text": "Kwam vaak niet. 🏫", "source": "Els, mentor"}
ONCE = "6f1c2a56-7d0f-4c39-9d0e-0d5a4be5ca57"


@pytest.fixture
def statement(dossier: Dossier, noor: Person) -> Statement:
    return commands.cite(dossier, by=noor, **SAID)


def page(client: Client, name: str, *args: object) -> str:
    response = client.get(address(name, *args))
    assert response.status_code == 200
    return unescape(response.text)


def test_his_page_says_that_somebody_said_something_until_he_answers(
    sems: Client, dossier: Dossier, sem: Person, noor: Person
) -> None:
    assert "Iemand zei iets over jou" not in page(sems, "home")
    assert "Hier staat nog niets" in page(sems, "told")
    statement = commands.cite(dossier, by=noor, **SAID)
    assert "Iemand zei iets over jou" in page(sems, "home")
    assert address("told") in page(sems, "about_me")
    shown = page(sems, "told")
    assert "Kwam vaak niet. 🏫" in shown and "Dit zei: Els, mentor." in shown and "Noor schreef het op." in shown
    commands.answer(statement, reply="no", by=sem)
    assert "Iemand zei iets over jou" not in page(sems, "home")
    commands.cite(dossier, replaces=statement, by=noor, **SAID)
    assert "Iemand zei iets over jou" in page(sems, "home"), "another text is another question"


@pytest.mark.parametrize(
    ("reply", "word"), [("yes", "Ja"), ("partly", "Deels"), ("no", "Nee"), ("unknown", "Weet ik niet")]
)
def test_he_says_whether_it_is_right(
    sems: Client, dossier: Dossier, statement: Statement, noor: Person, reply: str, word: str
) -> None:
    asked = page(sems, "answer_told", statement.pk)
    assert "Klopt dit volgens jou?" in asked and "Kwam vaak niet. 🏫" in asked
    for _tap in range(2):
        sent = {"reply": reply, "words": "Door de bus 🚌 مرحبا", "once": ONCE}
        response = sems.post(address("answer_told", statement.pk), sent)
        assert response.headers["Location"] == address("told")
    own = OwnAnswer.objects.get()
    assert (text(noor, own, "reply"), text(noor, own, "words")) == (reply, "Door de bus 🚌 مرحبا")
    shown = page(sems, "told")
    assert f"<strong>{word}</strong>" in shown and "Door de bus 🚌 مرحبا" in shown


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"words": "Hmm"}, "Kies er een."),
        ({"reply": "x", "words": "Hmm"}, "Kies een van de antwoorden"),
        ({"reply": "no", "words": "z" * 4001}, "te lang"),
    ],
)
def test_what_is_not_right_yet_comes_back(sems: Client, statement: Statement, typed: dict[str, str], says: str) -> None:
    response = sems.post(address("answer_told", statement.pk), typed)
    assert response.status_code == 422
    assert says in response.text and typed["words"] in response.text
    assert not OwnAnswer.objects.exists()


def test_another_answer_stands_beside_the_first(sems: Client, statement: Statement, sem: Person, noor: Person) -> None:
    commands.answer(statement, reply="yes", words="Dat klopt wel", by=noor)
    sems.post(address("answer_told", statement.pk), {"reply": "no", "words": "Toch niet"})
    shown = page(sems, "told")
    assert shown.index("Toch niet") < shown.index("Dat klopt wel")
    assert "Noor schreef het voor je op" in shown


def test_he_reads_why_his_coach_looks_again_and_what_came_of_it(
    sems: Client, dossier: Dossier, statement: Statement, noor: Person
) -> None:
    look = commands.look_again(statement, why="Bij mij altijd op tijd", by=noor)
    assert "Bij mij altijd op tijd" in page(sems, "told")
    commands.conclude(look, came_of="Het was één maand", by=noor)
    commands.cite(dossier, replaces=statement, by=noor, **SAID | {"text": "Kwam soms niet."})
    for name in ("told", "paper"):
        shown = page(sems, name)
        for words in ("Kwam soms niet.", "Kwam vaak niet. 🏫", "Bij mij altijd op tijd", "Het was één maand"):
            assert words in shown, f"{words} on {name}"


def test_it_stays_his_when_it_has_ended(sems: Client, dossier: Dossier, statement: Statement, noor: Person) -> None:
    dossiers.end(dossier, reason="stable", by=noor)
    assert "Kwam vaak niet" in page(sems, "told")
    assert sems.post(address("answer_told", statement.pk), {"reply": "no"}).status_code == 302


def test_another_youth_finds_nothing_of_it(kims: Client, statement: Statement) -> None:
    assert "Kwam vaak niet" not in page(kims, "told")
    assert kims.get(address("answer_told", statement.pk)).status_code == 404
    assert kims.post(address("answer_told", statement.pk), {"reply": "yes"}).status_code == 404


def test_more_of_it_asks_the_database_no_more(
    sems: Client, dossier: Dossier, statement: Statement, noor: Person
) -> None:
    commands.answer(statement, reply="yes", by=noor)
    commands.look_again(statement, why="Past niet", by=noor)
    few = queries(sems, address("told"))
    for _time in range(3):
        more = commands.cite(dossier, by=noor, **SAID)
        commands.answer(more, reply="yes", by=noor)
        commands.look_again(more, why="Past niet", by=noor)
    assert queries(sems, address("told")) == few


def test_what_was_erased_says_so_and_loses_no_new_word(
    sems: Client, dossier: Dossier, statement: Statement, fem: Person, pepijn: Person
) -> None:
    erasure.shred(dossier, section="work", by=fem, second=pepijn)
    assert "Dit is gewist." in page(sems, "told") and "Dit is gewist." in page(sems, "answer_told", statement.pk)
    response = sems.post(address("answer_told", statement.pk), {"reply": "no", "words": "Nog iets"})
    assert response.status_code == 422
    assert "Nog iets" in response.text and "Er kan niets meer bij" in response.text
