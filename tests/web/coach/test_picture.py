"""In beeld: three blocks on one page, the same for both desks and on paper."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ipta.accounts.models import Person
from ipta.dossiers import commands as dossiers
from ipta.dossiers.models import Dossier
from ipta.scans import commands as scans
from ipta.scans.instruments import commands as sheets
from ipta.scans.instruments.answers import Answers
from ipta.scans.instruments.queries import asked_by, version_for
from ipta.scans.instruments.values import Value
from ipta.scans.rules import PARTS
from ipta.scans.talk import commands as talk
from ipta.vault import keyring
from ipta.web import paper_picture
from ipta.web.picture import BASIC_SKILLS
from tests.asking import looks
from tests.cast import canary
from tests.conftest import sign_in
from tests.web.coach.shared import assert_is_not_there, assert_same_number, of, sections_read


@pytest.fixture
def sems(sem: Person) -> Client:
    return sign_in(sem)


@pytest.fixture
def known(dossier: Dossier, noor: Person, sem: Person) -> None:
    scans.tell(dossier, ratings={"money": 5, "wellbeing": 4}, by=sem)
    version = version_for(dossier.municipality, BASIC_SKILLS)
    assert version is not None
    asked = asked_by(version)
    seen, example = asked.by_link["clock"].options[0].value, Value("String", "Zette zelf de wekker.")
    at = ("in-time", 0, "clock")
    answers = Answers({at: (seen,), (*at, 0, "clock-example"): (example,)})
    sheet = sheets.start_sheet(dossier, version, voice="coach", by=noor)
    sheets.sign_off(sheet, answers, seen=0, by=noor)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What comes on paper, in words."""
    found: list[dict[str, Any]] = []

    def pdf(_template: str, data: dict[str, Any]) -> bytes:
        found.append(data)
        return b"%PDF-"

    monkeypatch.setattr(paper_picture.printing, "pdf", pdf)
    return found


@pytest.mark.usefixtures("known")
def test_the_coach_sees_the_three_blocks(noors: Client, dossier: Dossier, noor: Person) -> None:
    shown = noors.get(of(dossier, "picture")).text
    assert "Motivatie en mogelijkheden" in shown
    assert "Klokkijken" in shown
    assert "Zette zelf de wekker." in shown
    assert f"{canary('sem', 'family')} naam" in shown
    assert "Welbevinden" in shown
    assert "Praat hierover" in shown
    assert {"identity", "scores", "family"} <= sections_read(dossier, noor)


@pytest.mark.usefixtures("known")
def test_he_sees_the_same_in_his_own_words(sems: Client) -> None:
    shown = sems.get(reverse("youth:picture")).text
    assert "Hoe het met je gaat" in shown
    assert "Alles bij elkaar" in shown
    assert "dit lukt nog niet alleen" in shown
    assert "Financiën" not in shown


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize("who", ["coach", "youth"])
def test_it_comes_on_paper_for_both_and_the_log_knows(
    who: str, noors: Client, sems: Client, dossier: Dossier, noor: Person, sem: Person
) -> None:
    client, page = (noors, of(dossier, "picture_pdf")) if who == "coach" else (sems, reverse("youth:picture_pdf"))
    before = len(looks(dossier))
    found = client.get(page)
    assert found.headers["Content-Type"] == "application/pdf"
    assert found.headers["Content-Disposition"] == 'inline; filename="in-beeld.pdf"'
    assert found.content.startswith(b"%PDF-")
    assert len(looks(dossier)) > before


@pytest.mark.usefixtures("known")
def test_the_paper_says_what_the_page_says(sems: Client, dossier: Dossier, told: list[dict[str, Any]]) -> None:
    sems.get(reverse("youth:picture_pdf"))
    words = json.dumps(told, ensure_ascii=False)
    for expected in ("Klokkijken", "Zette zelf de wekker.", f"{canary('sem', 'family')} naam", "heel goed"):
        assert expected in words
    assert canary("sem", "identity") not in told[0]["title"]


def test_what_was_erased_says_so(noors: Client, sems: Client, dossier: Dossier, told: list[dict[str, Any]]) -> None:
    keyring.destroy(dossier.pk, ["scores"])
    assert "Dit is gewist." in noors.get(of(dossier, "picture")).text
    assert "Dit is gewist." in sems.get(reverse("youth:picture")).text
    noors.get(of(dossier, "picture_pdf"))
    assert told[0]["gone"] == "Dit is gewist."


def test_before_anything_is_known_it_says_where_it_begins(noors: Client, scouted: Dossier) -> None:
    assert "Dit komt na de ja" in noors.get(of(scouted, "picture")).text
    assert_is_not_there([noors], [of(scouted, "picture_pdf")])


def test_nobody_else_finds_it(browsers_of_strangers: list[Client], dossier: Dossier) -> None:
    assert_is_not_there(browsers_of_strangers, [of(dossier, "picture"), of(dossier, "picture_pdf")])


def test_more_that_is_known_is_no_more_queries(
    noors: Client, noor: Person, sem: Person, dossier: Dossier, queries: Callable[[], Any]
) -> None:
    scans.tell(dossier, ratings={"money": 3}, by=sem)

    def more() -> None:
        scans.rate(dossier, ratings=dict.fromkeys(PARTS, 3), remark="x", by=noor)
        dossiers.add_person(dossier, kind="friend", name="Kees", by=noor)

    assert_same_number(queries, lambda: noors.get(of(dossier, "picture")), more)


def test_his_words_of_the_talk_come_first_and_in_his_voice_alone(
    noors: Client, dossier: Dossier, noor: Person, sem: Person
) -> None:
    talk.say(dossier, card="work", text="Ik wil lassen.", by=sem)
    talk.say(dossier, card="work", text="Hij twijfelt nog.", voice="coach", by=noor)
    talk.take_back(talk.say(dossier, card="future", text="Dit nam ik terug.", by=sem), by=sem)
    shown = noors.get(of(dossier, "picture")).text
    assert "Ik wil lassen." in shown
    assert "Werk dat ik wil" in shown
    assert "Hij twijfelt nog." not in shown
    assert "Dit nam ik terug." not in shown
