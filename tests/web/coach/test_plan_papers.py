"""The plan on paper: whole, and on one page for a pocket."""

from io import BytesIO
from typing import Any

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from ipta.accounts.models import Person
from ipta.dossiers import commands as dossiers
from ipta.dossiers.models import Dossier
from ipta.plans import commands as plans
from ipta.vault import keyring
from ipta.web import paper_plan, printing
from tests.cast import canary, days_ago
from tests.conftest import sign_in
from tests.web.coach.shared import assert_is_not_there, of, sections_read

NAMES = ("plan_pdf", "plan_pocket")
POCKET = {"title": "Mijn plan", "lang": "nl", "steps_title": "Dit doe ik nu", "coach": "Lukt het niet? Bel Noor."}


@pytest.fixture
def sems(sem: Person) -> Client:
    return sign_in(sem)


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, dict[str, Any]]]:
    """What comes on paper, in words."""
    found: list[tuple[str, dict[str, Any]]] = []

    def pdf(template: str, data: dict[str, Any]) -> bytes:
        found.append((template, data))
        return b"%PDF-"

    monkeypatch.setattr(paper_plan.printing, "pdf", pdf)
    return found


@pytest.mark.parametrize("name", NAMES)
def test_both_desks_have_it_on_paper_and_the_log_knows(
    name: str, noors: Client, sems: Client, noor: Person, dossier: Dossier
) -> None:
    for client, page in ((noors, of(dossier, name)), (sems, reverse(f"youth:{name}"))):
        found = client.get(page)
        assert found.headers["Content-Type"] == "application/pdf"
        with pikepdf.open(BytesIO(found.content)) as paper:
            assert str(paper.docinfo["/Title"]) == "Mijn plan"
            assert canary("sem", "identity") not in str(list(paper.open_outline().root))
    assert "plan" in sections_read(dossier, noor)


def test_whole_it_has_both_voices_the_steps_and_who_said_yes(
    sems: Client, dossier: Dossier, noor: Person, sem: Person, printed: list[tuple[str, dict[str, Any]]]
) -> None:
    version = dossier.planversion_set.first()
    assert version is not None
    plans.agree(version, by=sem)
    sems.get(reverse("youth:plan_pdf"))
    data = printed[0][1]
    assert data["goals"][0]["text"] == f"{canary('sem', 'plan')} doel"
    assert [voice["text"] for voice in data["goals"][0]["voices"]] == ["ik wil", "hij kan"]
    assert data["parts"][0]["text"] == f"{canary('sem', 'plan')} belangrijk"
    assert {"text": f"{canary('sem', 'plan')} stap", "who": "jij"}.items() <= data["steps"][0].items()
    assert any(yes.startswith("Jij zei ja op") for yes in data["yeses"])


def test_in_the_pocket_stands_what_he_does_next_and_nothing_of_others(
    sems: Client, dossier: Dossier, noor: Person, printed: list[tuple[str, dict[str, Any]]]
) -> None:
    for n in range(4):
        dossiers.promise(dossier, text=f"Stap {n} " + "x" * 200, owner="youth", due_on=days_ago(-n), by=noor)
    dossiers.promise(dossier, text="Noor belt de gemeente", owner="coach", due_on=days_ago(0), by=noor)
    sems.get(reverse("youth:plan_pocket"))
    template, data = printed[0]
    assert template == "pocket.typ"
    assert len(data["steps"]) == paper_plan.MOST_STEPS
    assert all(len(step["text"]) <= paper_plan.LONGEST for step in data["steps"])
    assert "Noor belt de gemeente" not in str(data)
    assert "Noor" in data["coach"]


@given(
    goals=st.lists(st.text(max_size=paper_plan.LONGEST), max_size=paper_plan.MOST_GOALS),
    steps=st.lists(st.text(max_size=paper_plan.LONGEST), max_size=paper_plan.MOST_STEPS),
)
@settings(max_examples=40)
def test_whatever_he_wants_it_is_one_page(goals: list[str], steps: list[str]) -> None:
    data = POCKET | {"goals": goals, "steps": [{"text": step, "day": "ma 23 nov"} for step in steps]}
    with pikepdf.open(BytesIO(printing.pdf("pocket.typ", data))) as paper:
        assert len(paper.pages) == 1


def test_the_longest_words_still_fit_on_it() -> None:
    long = "Wmw " * 22
    data = POCKET | {"goals": [long] * 3, "steps": [{"text": "W" * 90, "day": "ma 23 nov"}] * 3}
    with pikepdf.open(BytesIO(printing.pdf("pocket.typ", data))) as paper:
        assert len(paper.pages) == 1


def test_what_was_erased_says_so_on_paper(
    noors: Client, dossier: Dossier, printed: list[tuple[str, dict[str, Any]]]
) -> None:
    keyring.destroy(dossier.pk, ["plan"])
    noors.get(of(dossier, "plan_pdf"))
    assert (printed[0][1]["gone"], printed[0][1]["goals"][0]["text"]) == ("Dit is gewist.", "Dit is gewist.")


def test_without_a_plan_there_is_no_paper_and_nobody_else_finds_it(
    browsers_of_strangers: list[Client], noors: Client, scouted: Dossier, dossier: Dossier
) -> None:
    assert_is_not_there([noors], [of(scouted, name) for name in NAMES])
    assert_is_not_there(browsers_of_strangers, [of(dossier, name) for name in NAMES])
