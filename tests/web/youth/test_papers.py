"""Mijn papieren: his to keep, to open, to take away, and to say something about."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from ipta.accounts.models import Person
from ipta.dossiers import commands as dossiers
from ipta.dossiers.models import Dossier, Paper
from ipta.dossiers.papers import checking, commands, workshop
from ipta.dossiers.papers.checking import Checked
from tests import files
from tests.asking import text
from tests.cast import canary
from tests.web.youth.asking import address, queries, sections_read

LETTER = Checked("pdf", b"%PDF-1.5 letter", is_scanned=False)


@pytest.fixture(autouse=True)
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """The workshop without a process of its own: these tests are about the screen."""

    def looked(content: bytes, *, is_ours: bool) -> Any:
        return workshop.clean(content, is_ours=is_ours)

    monkeypatch.setattr(checking, "_through_the_workshop", looked)


def photo() -> SimpleUploadedFile:
    return SimpleUploadedFile("IMG_1.jpg", files.photo())


def page(client: Client) -> str:
    return client.get(address("papers")).content.decode()


def test_he_keeps_a_photo_of_a_letter(sems: Client, sem: Person, noor: Person, dossier: Dossier) -> None:
    sent = {"file": photo(), "section": "money", "name": "Brief van de bank"}
    answer = sems.post(address("add_paper"), sent, follow=True)
    assert "Je papier staat erbij." in answer.content.decode()
    assert "Brief van de bank" in page(sems)
    paper = dossier.paper_set.get(section="money")
    assert paper.added_by == sem
    assert text(noor, paper, "name") == "Brief van de bank"


def test_he_opens_it_as_a_file(sems: Client, paper: Paper) -> None:
    answer = sems.get(address("open_paper", paper.pk))
    assert canary("sem", "plan").encode() in answer.content
    assert answer.headers["Content-Disposition"].startswith("attachment; ")
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_what_is_wrong_is_said_in_plain_words_and_what_he_typed_stays(sems: Client, dossier: Dossier) -> None:
    sent = {"file": SimpleUploadedFile("a.jpg", files.SCRIPT), "name": "Brief van opa", "section": "health"}
    answer = sems.post(address("add_paper"), sent)
    assert answer.status_code == 422
    assert "Dit soort bestand kunnen we niet bewaren." in answer.content.decode()
    assert "Brief van opa" in answer.content.decode()


def test_he_takes_away_what_is_his_and_not_what_his_coach_added(
    sems: Client, noor: Person, dossier: Dossier, paper: Paper
) -> None:
    of_noor = commands.add_paper(dossier, LETTER, by=noor, name="Van Noor", section="work")
    shown = page(sems)
    assert address("remove_paper", paper.pk) in shown
    assert address("remove_paper", of_noor.pk) not in shown
    assert sems.post(address("remove_paper", of_noor.pk)).status_code == 404
    sems.post(address("remove_paper", paper.pk))
    assert "Weggehaald" in page(sems)
    assert sems.get(address("open_paper", paper.pk)).status_code == 404


def test_looking_at_the_address_of_taking_away_takes_nothing_away(sems: Client, paper: Paper) -> None:
    assert sems.get(address("remove_paper", paper.pk)).headers["Location"] == address("papers")
    assert Paper.objects.get(pk=paper.pk).is_there


def test_another_youth_finds_none_of_it(kims: Client, paper: Paper) -> None:
    for name in ("open_paper", "remove_paper"):
        assert kims.post(address(name, paper.pk)).status_code in {404, 405}
    assert kims.get(address("open_paper", paper.pk)).status_code == 404


def test_he_puts_his_side_beside_a_paper(sems: Client, sem: Person, noor: Person, dossier: Dossier) -> None:
    paper = commands.add_paper(dossier, LETTER, by=noor, name="Van de rechter", section="justice")
    sems.post(address("view", "papier", paper.pk), {"text": "Daar was ik niet bij."})
    assert "Daar was ik niet bij." in page(sems)


def test_his_papers_stand_in_his_story_and_on_paper(sems: Client, dossier: Dossier, paper: Paper) -> None:
    assert address("papers") in sems.get(address("about_me")).content.decode()
    assert f"{canary('sem', 'plan')} papier" in sems.get(address("paper")).content.decode()


def test_the_list_reads_the_sections_in_which_papers_lie(sems: Client, noor: Person, dossier: Dossier) -> None:
    commands.add_paper(dossier, LETTER, by=noor, name="Recept", section="health")
    assert sections_read(dossier, sems, "papers") == {"plan", "health"}


def test_a_list_of_many_asks_as_often_as_a_list_of_few(sems: Client, noor: Person, dossier: Dossier) -> None:
    few = queries(sems, address("papers"))
    for number in range(5):
        commands.add_paper(dossier, LETTER, by=noor, name=str(number), section="plan")
    assert queries(sems, address("papers")) <= few + 3  # whether he may take away what others added is asked once


def test_after_the_end_he_still_reads_and_adds_no_more(
    sems: Client, noor: Person, dossier: Dossier, paper: Paper
) -> None:
    dossiers.end(dossier, reason="stable", by=noor)
    assert address("add_paper") not in page(sems)
    assert sems.post(address("add_paper"), {"file": photo()}).headers["Location"] == address("papers")
    assert dossier.paper_set.count() == 1
    assert sems.get(address("open_paper", paper.pk)).status_code == 200
    assert sems.post(address("remove_paper", paper.pk)).status_code == 302
