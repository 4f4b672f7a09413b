"""A test on the youth's desk: asked politely, his own yes or no, and what came of it."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from ipta.accounts.models import Person
from ipta.base import clock
from ipta.dossiers.models import Dossier
from ipta.dossiers.papers.checking import Checked
from ipta.dossiers.papers.commands import add_paper, remove_paper
from ipta.scans.assessments import commands
from ipta.scans.models import Assessment
from tests.asking import text
from tests.cast import fresh

Enter = Callable[[Person], Client]
PAGE = "/ik/over-mij/uitzoeken/"
ASKED = "Wil je iets laten uitzoeken?"


@pytest.fixture
def asked(dossier: Dossier, noor: Person) -> Assessment:
    return commands.propose_assessment(
        dossier, what="Beroepentest", why="Je twijfelt", by_whom="Het werkplein", by=noor
    )


@pytest.fixture
def sems(client_for: Enter, sem: Person, dossier: Dossier) -> Client:
    return client_for(sem)


def test_his_page_asks_it_until_he_has_answered(sems: Client, asked: Assessment) -> None:
    assert ASKED in sems.get("/ik/").text
    assert "Beroepentest" in sems.get(PAGE).text
    sems.post(f"{PAGE}{asked.pk}/", {"answer": "no", "own_words": "Ik weet het al"})
    assert ASKED not in sems.get("/ik/").text
    there = fresh(asked)
    assert (there.answer, there.answered_how) == ("no", "typed")


def test_he_says_yes_in_his_own_words_and_may_change_his_mind(sems: Client, sem: Person, asked: Assessment) -> None:
    assert sems.post(f"{PAGE}{asked.pk}/", {"answer": "yes", "own_words": "Graag"}).headers["Location"] == PAGE
    again = sems.get(f"{PAGE}{asked.pk}/").text
    assert 'value="yes" checked' in again
    assert "Graag" in again
    sems.post(f"{PAGE}{asked.pk}/", {"answer": "no", "own_words": ""})
    assert (fresh(asked).answer, text(sem, asked, "own_words")) == ("no", "")


def test_no_answer_is_said_and_his_words_stay(sems: Client, asked: Assessment) -> None:
    answer = sems.post(f"{PAGE}{asked.pk}/", {"answer": "", "own_words": "Mag ik eerst bellen?"})
    assert answer.status_code == 422
    assert "Kies ja of nee." in answer.text
    assert "Mag ik eerst bellen?" in answer.text


def test_he_reads_what_came_of_it(sems: Client, sem: Person, noor: Person, asked: Assessment) -> None:
    commands.answer_assessment(asked, answer="yes", by=sem)
    commands.finish_assessment(asked, outcome="Techniek past bij jou", by=noor)
    page = sems.get(PAGE).text
    assert "Techniek past bij jou" in page
    assert "Toch anders" not in page
    answer = sems.post(f"{PAGE}{asked.pk}/", {"answer": "no", "own_words": "Toch niet"})
    assert (answer.status_code, fresh(asked).answer) == (422, "yes")
    assert "Toch niet" in answer.text


def test_he_opens_the_paper_in_which_it_stands(
    sems: Client, sem: Person, noor: Person, dossier: Dossier, asked: Assessment
) -> None:
    letter = Checked("pdf", b"%PDF-1.5", is_scanned=False)
    paper = add_paper(dossier, letter, by=noor, name="Uitslag", section="work")
    commands.answer_assessment(asked, answer="yes", by=sem)
    commands.finish_assessment(asked, paper=paper, by=noor)
    link = reverse("youth:open_paper", args=[paper.pk])
    assert link in sems.get(PAGE).text
    remove_paper(paper, by=noor)
    assert link not in sems.get(PAGE).text


def test_when_it_all_has_ended_he_reads_and_nothing_is_asked(sems: Client, dossier: Dossier, asked: Assessment) -> None:
    Dossier.objects.filter(pk=dossier.pk).update(ended_on=clock.today())
    assert ASKED not in sems.get("/ik/").text
    page = sems.get(PAGE).text
    assert "Beroepentest" in page
    assert "Zeg wat je wilt" not in page
    assert sems.post(f"{PAGE}{asked.pk}/", {"answer": "yes"}).headers["Location"] == PAGE
    assert fresh(asked).answer == ""


def test_that_of_somebody_else_is_not_there(
    client_for: Enter, kim: Person, kim_dossier: Dossier, asked: Assessment
) -> None:
    browser = client_for(kim)
    assert browser.get(f"{PAGE}{asked.pk}/").status_code == 404
    assert browser.post(f"{PAGE}{asked.pk}/", {"answer": "yes"}).status_code == 404
    assert "Beroepentest" not in browser.get(PAGE).text
