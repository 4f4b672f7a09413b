"""Mijn kant: beside any line somebody wrote he can say how it was."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from ipta.accounts.models import Person
from ipta.dossiers.commands import hand_over
from ipta.dossiers.models import Dossier, View
from ipta.dossiers.specialists.commands import add_specialist
from ipta.scans.assessments.commands import propose_assessment
from ipta.scans.told.commands import cite
from ipta.sharing.commands import take
from ipta.sharing.door import Reader
from ipta.sharing.help.commands import ask_help
from ipta.web.lines import KINDS
from tests.asking import verbs
from tests.cast import days_ago
from tests.web.youth.asking import address

WORDS = "Zo was het niet. Ik was boos op de bus. 🚌"
LINES = {
    "gesprek": ("note_set", "notes"),
    "stap": ("step_set", "steps"),
    "plan": ("planversion_set", "plan"),
    "scan": ("filledsheet_set", "scans"),
    "werk": ("placement_set", "work"),
    "afspraak": ("appointment_set", "appointments"),
    "mens": ("networkperson_set", "people"),
    "begin": ("find_set", "known"),
    "coach": ("briefing_set", "people"),
    "papier": ("paper_set", "papers"),
    "gezegd": ("statement_set", "told"),
    "vraag": ("helprequest_set", "helps"),
    "test": ("assessment_set", "assessments"),
    "nood": ("emergency_set", "looks"),
}
ELSEWHERE = {"kaart", "verteld"}  # in test_talk.py and test_warning.py: they have a page for each line

SignIn = Callable[[Person], Client]


@pytest.fixture(params=LINES)
def line(request: pytest.FixtureRequest, dossier: Dossier, noor: Person, bram: Person) -> tuple[str, Any, str]:
    rows, page = LINES[request.param]
    if request.param == "coach":
        hand_over(dossier, to=bram, on=days_ago(-5), words="Bel nooit voor twaalf uur.", by=noor)
    if request.param == "gezegd":
        cite(dossier, kind="school", text="Hij spijbelt", source="School", by=noor)
    if request.param == "vraag":
        words = {"organisation": "Wonen Plus", "fields": ["housing"], "answers_within": 3}
        specialist = add_specialist(dossier.municipality, by=request.getfixturevalue("fem"), **words)
        ask_help(dossier, specialist, question="Kan het snel?", is_discussed=True, by=noor)
    if request.param == "test":
        propose_assessment(dossier, what="Een test", by=noor)
    if request.param == "nood":
        take(dossier, reason="Je stond op straat en Noor nam niet op.", by=bram)
    return request.param, getattr(dossier, rows).first(), page


def test_every_kind_of_line_is_tried() -> None:
    assert set(KINDS) == set(LINES) | ELSEWHERE


def given(dossier: Dossier, line: Any) -> View:
    return View.objects.get(dossier=dossier, line=line.pk)


def test_his_side_stands_beside_the_line_and_his_coach_reads_it(
    sems: Client, dossier: Dossier, noor: Person, line: tuple[str, Any, str]
) -> None:
    kind, row, page = line
    assert address("view", kind, row.pk) in sems.get(address(page)).text
    response = sems.post(address("view", kind, row.pk), {"text": WORDS})
    assert response.headers["Location"] == address(page)
    assert WORDS in sems.get(address(page)).text
    view = given(dossier, row)
    assert view.section == row.section
    assert Reader(noor).text(view.text) == WORDS


def test_every_side_goes_along_on_paper(sems: Client, line: tuple[str, Any, str]) -> None:
    kind, row, _page = line
    sems.post(address("view", kind, row.pk), {"text": WORDS})
    assert WORDS in sems.get(address("paper")).text


@pytest.mark.parametrize(
    ("text", "says"), [("", "Schrijf een paar woorden."), ("  ", "Schrijf een paar woorden."), ("z" * 4001, "te lang")]
)
def test_what_is_not_right_yet_comes_back(sems: Client, dossier: Dossier, text: str, says: str) -> None:
    note = dossier.note_set.get()
    response = sems.post(address("view", "gesprek", note.pk), {"text": text})
    assert response.status_code == 422
    assert says in response.text
    assert text.strip() in response.text
    assert not View.objects.filter(line=note.pk).exists()


def test_pressing_twice_says_it_once(sems: Client, dossier: Dossier) -> None:
    note = dossier.note_set.get()
    for _ in range(2):
        sems.post(address("view", "gesprek", note.pk), {"text": WORDS, "once": "6f1c2a56-7d0f-4c39-9d0e-0d5a4be5ca57"})
    assert verbs(dossier).count("view.given") == 1


def test_his_side_stays_his_to_tell_when_it_has_ended(sems: Client, ended: Dossier) -> None:
    note = ended.note_set.get()
    assert sems.post(address("view", "gesprek", note.pk), {"text": WORDS}).status_code == 302
    assert given(ended, note)


def test_a_line_of_another_kind_is_not_there(sems: Client, dossier: Dossier) -> None:
    assert sems.get(address("view", "stap", dossier.note_set.get().pk)).status_code == 404


def test_nobody_tells_his_side_for_him(client_for: SignIn, noor: Person, dossier: Dossier) -> None:
    path = address("view", "gesprek", dossier.note_set.get().pk)
    assert client_for(noor).post(path, {"text": WORDS}).status_code == 404
