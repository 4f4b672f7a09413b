"""Tests on the coach's desk: proposed, and nothing more before the youth's yes."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from ipta.accounts.models import Person
from ipta.base import clock
from ipta.dossiers.models import Dossier
from ipta.dossiers.papers.checking import Checked
from ipta.dossiers.papers.commands import add_paper
from ipta.scans.assessments import commands
from ipta.scans.models import Assessment
from tests.asking import text
from tests.cast import days_ago, fresh
from tests.web.coach.shared import post_twice

Enter = Callable[[Person], Client]


@pytest.fixture
def page(dossier: Dossier) -> str:
    return reverse("coach:assessments", args=[dossier.pk])


@pytest.fixture
def beroepentest(dossier: Dossier, noor: Person) -> Assessment:
    return commands.propose_assessment(dossier, what="Beroepentest", why="Hij twijfelt", by=noor)


def at(one: Assessment, what: str) -> str:
    return reverse(f"coach:{what}_assessment", args=[one.dossier_id, one.pk])


def test_the_coach_proposes_one(noors: Client, noor: Person, dossier: Dossier, page: str) -> None:
    typed = {"what": "Beroepentest", "why": "Hij twijfelt", "by_whom": "Het werkplein"}
    assert noors.post(f"{page}nieuw/", typed).headers["Location"] == page
    made = Assessment.objects.get()
    assert text(noor, made, "by_whom") == "Het werkplein"
    seen = noors.get(page).text
    assert "Beroepentest" in seen
    assert "Nog niet" in seen
    assert "Plannen" not in seen


def test_a_button_pressed_twice_proposes_once(noors: Client, page: str) -> None:
    post_twice(noors, f"{page}nieuw/", {"what": "Beroepentest"})
    assert Assessment.objects.count() == 1


def test_an_empty_one_is_said(noors: Client, page: str) -> None:
    answer = noors.post(f"{page}nieuw/", {"what": "", "why": "Omdat"})
    assert answer.status_code == 422
    assert "Schrijf op welke test het is." in answer.text
    assert "Omdat" in answer.text


def test_before_his_yes_a_day_and_an_outcome_are_refused_and_kept(noors: Client, beroepentest: Assessment) -> None:
    today = clock.today().isoformat()
    for what, typed in (("plan", {"on": today}), ("finish", {"on": today, "outcome": "Past bij techniek"})):
        answer = noors.post(at(beroepentest, what), typed)
        assert answer.status_code == 422
        assert "Dit kan pas als de jongere zelf ja heeft gezegd." in answer.text
        assert typed.get("outcome", "") in answer.text


def test_his_spoken_yes_is_noted_then_it_is_planned_and_done(
    noors: Client, noor: Person, beroepentest: Assessment, page: str
) -> None:
    assert noors.post(at(beroepentest, "answer"), {"answer": "yes"}).headers["Location"] == page
    assert "Gezegd tegen de coach" in noors.get(page).text
    noors.post(at(beroepentest, "plan"), {"on": clock.today().isoformat()})
    assert "Gepland op" in noors.get(page).text
    noors.post(at(beroepentest, "finish"), {"on": days_ago(0).isoformat(), "outcome": "Past bij techniek"})
    seen = noors.get(page).text
    assert "Past bij techniek" in seen
    assert "Het is gedaan" not in seen
    assert text(noor, beroepentest, "outcome") == "Past bij techniek"


def test_the_outcome_may_lie_in_a_paper(
    noors: Client, noor: Person, dossier: Dossier, beroepentest: Assessment
) -> None:
    paper = add_paper(dossier, Checked("pdf", b"%PDF-1.5", is_scanned=False), by=noor, name="Uitslag", section="work")
    commands.answer_assessment(beroepentest, answer="yes", by=noor)
    assert "Uitslag" in noors.get(at(beroepentest, "finish")).text
    noors.post(at(beroepentest, "finish"), {"on": clock.today().isoformat(), "outcome": "", "paper": str(paper.pk)})
    assert fresh(beroepentest).paper == paper
    link = reverse("coach:open_paper", args=[dossier.pk, paper.pk])
    assert link in noors.get(reverse("coach:assessments", args=[dossier.pk])).text


def test_what_he_typed_himself_has_no_button_here(
    noors: Client, sem: Person, beroepentest: Assessment, page: str
) -> None:
    commands.answer_assessment(beroepentest, answer="no", own_words="Ik weet wat ik wil", by=sem)
    seen = noors.get(page).text
    assert "Ik weet wat ik wil" in seen
    assert "Zei ja" not in seen
    answer = noors.post(at(beroepentest, "answer"), {"answer": "yes"}, follow=True)
    assert "De jongere heeft dit zelf ingevuld." in answer.text
    assert fresh(beroepentest).answer == "no"


def test_an_answer_that_is_none_is_said(noors: Client, beroepentest: Assessment) -> None:
    assert "Kies ja of nee." in noors.post(at(beroepentest, "answer"), {"answer": "x"}, follow=True).text


def test_nobody_else_finds_it(
    client_for: Enter, bram: Person, yara: Person, kim_dossier: Dossier, beroepentest: Assessment
) -> None:
    browsers = [client_for(person) for person in (bram, yara)]
    mixed = reverse("coach:plan_assessment", args=[kim_dossier.pk, beroepentest.pk])
    for browser in browsers:
        for page in (at(beroepentest, "plan"), at(beroepentest, "finish"), mixed):
            assert browser.get(page).status_code == 404
        assert browser.post(at(beroepentest, "answer"), {"answer": "yes"}).status_code == 404
    assert fresh(beroepentest).answer == ""
