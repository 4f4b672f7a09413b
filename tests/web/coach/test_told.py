"""Van anderen, on the coach's telephone: who said it, what he says of it, what does not fit and what came of that."""

from collections.abc import Callable
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from ipta.accounts.models import Person
from ipta.dossiers import commands as dossiers
from ipta.dossiers.models import Coachship, Dossier
from ipta.scans.models import OwnAnswer, SecondLook, Statement
from ipta.scans.told import commands
from ipta.sharing import commands as sharing
from ipta.sharing import erasure
from tests.asking import text, verbs
from tests.cast import days_ago
from tests.web.coach.shared import (
    LONG,
    assert_is_not_there,
    assert_same_number,
    assert_same_work_for_more,
    forget_looks,
    of,
    post_twice,
    sections_read,
)

SAID = {"kind": "school", "text": "Kwam vaak niet. 🏫", "source": "Els, mentor"}
SignIn = Callable[[Person], Client]


@pytest.fixture
def statement(dossier: Dossier, noor: Person) -> Statement:
    return commands.cite(dossier, about_on=date(2023, 1, 1), rough="year", by=noor, **SAID)


def page(client: Client, dossier: Dossier, name: str, *args: Any) -> str:
    response = client.get(of(dossier, name, *args))
    assert response.status_code == 200
    return unescape(response.text)


# --- what others said ----------------------------------------------------------------


def test_the_scan_leads_there_and_an_empty_page_says_what_it_is_for(noors: Client, dossier: Dossier) -> None:
    assert of(dossier, "told") in page(noors, dossier, "scan")
    shown = page(noors, dossier, "told")
    assert "Nog niets van anderen" in shown and of(dossier, "cite") in shown


@pytest.mark.parametrize(
    ("typed", "about_on", "rough", "shown"),
    [
        ("2023", date(2023, 1, 1), {"about_on": "year"}, "Els, mentor · 2023 · "),
        ("maart 2024", date(2024, 3, 1), {"about_on": "month"}, "Els, mentor · maart 2024 · "),
        ("3-4-2024", date(2024, 4, 3), {}, "Els, mentor · 3 april 2024 · "),
        ("", None, {}, "Els, mentor · opgeschreven door Noor"),
    ],
)
def test_a_rough_day_is_enough(
    noors: Client, dossier: Dossier, noor: Person, typed: str, about_on: date | None, rough: Any, shown: str
) -> None:
    response = noors.post(of(dossier, "cite"), SAID | {"about": typed})
    assert response.headers["Location"] == of(dossier, "told")
    found = Statement.objects.get(dossier=dossier)
    assert (found.about_on, found.rough, text(noor, found, "source")) == (about_on, rough, "Els, mentor")
    whole = page(noors, dossier, "told")
    assert "Kwam vaak niet. 🏫" in whole and shown in whole


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"text": ""}, "Schrijf op wat er gezegd is."),
        ({"source": " \u200b "}, "Schrijf op van wie dit komt."),
        ({"kind": ""}, "Kies waar het over gaat."),
        ({"kind": "gossip"}, "Kies een van de antwoorden"),
        ({"text": LONG}, "te lang"),
        ({"about": "vorig jaar"}, "Schrijf een jaar, een maand of een dag."),
        ({"about": "2099"}, "Deze dag komt nog."),
    ],
)
def test_what_is_not_right_yet_comes_back_with_every_word(
    noors: Client, dossier: Dossier, wrong: dict[str, str], says: str
) -> None:
    typed = SAID | {"about": "2023"} | wrong
    response = noors.post(of(dossier, "cite"), typed)
    assert response.status_code == 422
    shown = unescape(response.text)
    assert says in shown
    assert all(typed[name].strip(" \u200b") in shown for name in ("text", "source", "about"))
    assert not Statement.objects.exists()


def test_two_taps_are_one(noors: Client, dossier: Dossier) -> None:
    post_twice(noors, of(dossier, "cite"), SAID)
    assert verbs(dossier).count("statement.cited") == 1


def test_a_better_text_takes_its_place_and_the_first_stays_with_what_he_said(
    noors: Client, dossier: Dossier, statement: Statement, sem: Person
) -> None:
    commands.answer(statement, reply="no", words="Ik was er wel", by=sem)
    typed = page(noors, dossier, "cite_better", statement.pk)
    assert "Kwam vaak niet. 🏫" in typed and 'value="2023"' in typed
    post_twice(noors, of(dossier, "cite_better", statement.pk), SAID | {"text": "Kwam soms niet."})
    shown = page(noors, dossier, "told")
    first, before = shown.partition("Dit stond er eerst")[::2]
    assert "Kwam soms niet." in first and "zei hier nog niets over" in first
    assert "Kwam vaak niet. 🏫" in before and "Ik was er wel" in before
    late = noors.post(of(dossier, "cite_better", statement.pk), SAID | {"text": "Nog beter"})
    assert late.status_code == 422 and "al verbeterd" in late.text and "Nog beter" in late.text


# --- what he says of it --------------------------------------------------------------


def test_they_answer_it_together_and_who_typed_it_is_said(
    noors: Client, dossier: Dossier, statement: Statement, sem: Person
) -> None:
    post_twice(noors, of(dossier, "answer_told", statement.pk), {"reply": "partly", "words": "Door de bus 🚌"})
    shown = page(noors, dossier, "told")
    assert "Deels" in shown and "Door de bus 🚌" in shown and "getypt door Noor" in shown
    commands.answer(statement, reply="unknown", by=sem)
    shown = page(noors, dossier, "told")
    assert shown.index("Weet ik niet") < shown.index("Deels"), "the newest first, and no answer goes away"
    assert OwnAnswer.objects.count() == 2


def test_what_he_answers_himself_is_news(
    client_for: SignIn, noors: Client, dossier: Dossier, statement: Statement, noor: Person, sem: Person, stef: Person,
    standing_in: Coachship,
) -> None:  # fmt: skip
    commands.answer(statement, reply="no", by=noor)
    assert "Zei of iets klopt" not in noors.get("/vandaag/?deel=nieuw").text
    commands.answer(statement, reply="no", words="Nooit", by=sem)
    shown = noors.get("/vandaag/?deel=nieuw").text
    assert "Zei of iets klopt" in shown and of(dossier, "told") in shown and "Nooit" not in shown
    assert "Zei of iets klopt" not in client_for(stef).get("/vandaag/?deel=nieuw").text


@pytest.mark.parametrize("reply", ["", "perhaps"])
def test_an_answer_is_one_of_four(noors: Client, dossier: Dossier, statement: Statement, reply: str) -> None:
    response = noors.post(of(dossier, "answer_told", statement.pk), {"reply": reply, "words": "Hmm"})
    assert response.status_code == 422 and "Hmm" in response.text
    assert not OwnAnswer.objects.exists()


# --- what does not fit ---------------------------------------------------------------


def test_what_does_not_fit_stands_on_vandaag_and_on_the_scan_until_something_came_of_it(
    noors: Client, dossier: Dossier, statement: Statement
) -> None:
    line = "wat een ander zei, vandaag"
    assert line not in noors.get("/vandaag/?deel=nog-eens").text
    post_twice(noors, of(dossier, "look_again", statement.pk), {"why": "Bij mij altijd op tijd"})
    look = SecondLook.objects.get()
    today = unescape(noors.get("/vandaag/?deel=nog-eens").text)
    assert line in today and f"{of(dossier, 'told')}#regel-{statement.pk}" in today
    assert "op tijd" not in today and "School" not in today, "without a word of it"
    assert "Kijk hier nog eens naar" in page(noors, dossier, "scan")
    shown = page(noors, dossier, "told")
    assert "Bij mij altijd op tijd" in shown and of(dossier, "look_again", statement.pk) not in shown
    assert "Bij mij altijd op tijd" in page(noors, dossier, "conclude", look.pk)
    assert noors.post(of(dossier, "conclude", look.pk), {"came_of": "Het was één maand"}).status_code == 302
    assert line not in noors.get("/vandaag/?deel=nog-eens").text
    assert "Kijk hier nog eens naar" not in page(noors, dossier, "scan")
    shown = page(noors, dossier, "told")
    assert "Bij mij altijd op tijd" in shown and "Het was één maand" in shown


def test_a_reason_that_was_given_already_is_told_and_keeps_its_words(
    noors: Client, dossier: Dossier, statement: Statement, noor: Person
) -> None:
    look = commands.look_again(statement, why="Past niet", by=noor)
    again = noors.post(of(dossier, "look_again", statement.pk), {"why": "Past echt niet"})
    assert again.status_code == 422 and "al opnieuw" in again.text and "Past echt niet" in again.text
    empty = noors.post(of(dossier, "conclude", look.pk), {"came_of": " "})
    assert empty.status_code == 422 and "Schrijf op wat eruit kwam." in empty.text


def test_vandaag_asks_the_database_as_often_for_fifteen_youths(
    queries: Callable[[], Any], noors: Client, noor: Person, more_lives: Callable[[int], list[Dossier]]
) -> None:
    def lives(count: int) -> None:
        for life in more_lives(count):
            commands.look_again(commands.cite(life, by=noor, **SAID), why="Past niet", by=noor)

    for at in ("/vandaag/", "/vandaag/?deel=nog-eens"):
        assert_same_work_for_more(queries, lambda at=at: noors.get(at), lives)


def test_who_takes_over_goes_on_looking(
    client_for: SignIn, dossier: Dossier, statement: Statement, noor: Person, bram: Person, time_machine: Any
) -> None:
    """From his first day on, also where the question was asked of the database on the day before."""
    commands.look_again(statement, why="Past niet", by=noor)
    dossiers.hand_over(dossier, to=bram, on=days_ago(-1), by=noor)
    assert "wat een ander zei" in client_for(noor).get("/vandaag/?deel=nog-eens").text
    assert "wat een ander zei" not in client_for(bram).get("/vandaag/?deel=nog-eens").text
    time_machine.move_to(timezone.now() + timedelta(days=1))
    assert "wat een ander zei, gisteren" in client_for(bram).get("/vandaag/?deel=nog-eens").text


def test_who_stands_in_is_not_asked_to_settle_it(
    client_for: SignIn, dossier: Dossier, statement: Statement, noor: Person, stef: Person, standing_in: Coachship
) -> None:
    commands.look_again(statement, why="Past niet", by=noor)
    assert "wat een ander zei" not in client_for(stef).get("/vandaag/").text


# --- who reads what --------------------------------------------------------------------


def test_each_lies_behind_the_key_of_what_it_is_about(
    client_for: SignIn, noors: Client, dossier: Dossier, statement: Statement, noor: Person, stef: Person,
    standing_in: Coachship,
) -> None:  # fmt: skip
    police = commands.cite(dossier, by=noor, **SAID | {"kind": "justice", "text": "Een zaak loopt"})
    look = commands.look_again(police, why="Past niet", by=noor)
    forget_looks()
    assert "Een zaak loopt" in page(noors, dossier, "told")
    assert sections_read(dossier, noor) == {"identity", "work", "justice"}
    his = client_for(stef)
    shown = page(his, dossier, "told")
    assert "Kwam vaak niet" in shown and "Een zaak loopt" not in shown
    assert sections_read(dossier, stef) == {"identity", "work"}
    assert "Kijk hier nog eens naar" not in page(his, dossier, "scan")
    assert "Een zaak loopt" not in page(his, dossier, "timeline")
    for name, pk in (("cite_better", police), ("answer_told", police), ("look_again", police), ("conclude", look)):
        assert his.get(of(dossier, name, pk.pk)).status_code == 404
    refused = his.post(of(dossier, "cite"), SAID | {"kind": "justice", "text": "Nog een zaak"})
    assert refused.status_code == 422 and "nu niet open voor jou" in refused.text and "Nog een zaak" in refused.text
    assert his.post(of(dossier, "cite"), SAID).status_code == 302


def test_nobody_elses_coach_finds_it(
    browsers_of_strangers: list[Client], dossier: Dossier, statement: Statement, noor: Person, kim_dossier: Dossier
) -> None:
    look = commands.look_again(statement, why="Past niet", by=noor)
    names = [("told",), ("cite",), ("conclude", look.pk)]
    names += [(name, statement.pk) for name in ("cite_better", "answer_told", "look_again")]
    assert_is_not_there(browsers_of_strangers, [of(dossier, *name) for name in names])
    (brams, *_others) = browsers_of_strangers
    for name in (("cite_better", statement.pk), ("conclude", look.pk)):
        assert brams.get(of(kim_dossier, *name)).status_code == 404


def test_who_came_in_with_the_emergency_button_reads_and_writes_nothing(
    client_for: SignIn, dossier: Dossier, statement: Statement, bram: Person
) -> None:
    sharing.take(dossier, reason="Hij staat voor de deur en Noor neemt niet op.", by=bram)
    his = client_for(bram)
    shown = page(his, dossier, "told")
    assert "Kwam vaak niet" in shown and of(dossier, "cite") not in shown and "Vraag het samen" not in shown
    assert his.post(of(dossier, "cite"), SAID).status_code == 404


def test_before_the_yes_nothing_comes_from_elsewhere(noors: Client, scouted: Dossier) -> None:
    assert "Dit komt na de ja" in page(noors, scouted, "told")
    assert noors.get(of(scouted, "cite")).status_code == 404


def test_the_timeline_and_the_search_know_it(
    noors: Client, dossier: Dossier, statement: Statement, noor: Person, sem: Person
) -> None:
    commands.answer(statement, reply="no", words="Nooit gespijbeld", by=sem)
    commands.conclude(commands.look_again(statement, why="Klokvast", by=noor), came_of="Roosterfout", by=noor)
    commands.cite(dossier, replaces=statement, by=noor, **SAID)
    shown = page(noors, dossier, "timeline")
    assert "Van anderen: School" in shown and "Van anderen: School (later verbeterd)" in shown
    for words in ("mentor", "gespijbeld", "klokvast", "roosterfout"):
        assert f"{of(dossier, 'told')}#regel-" in unescape(noors.post("/zoeken/", {"wanted": words}).text), words


@pytest.mark.parametrize("name", ["told", "scan", "timeline"])
def test_more_of_it_asks_the_database_no_more(
    queries: Callable[[], Any], noors: Client, dossier: Dossier, noor: Person, sem: Person, name: str
) -> None:
    def more() -> None:
        statement = commands.cite(dossier, by=noor, **SAID)
        commands.answer(statement, reply="yes", by=sem)
        commands.look_again(statement, why="Past niet", by=noor)
        commands.cite(dossier, replaces=statement, by=noor, **SAID)

    more()
    assert_same_number(queries, lambda: page(noors, dossier, name), more)


def test_what_was_erased_says_so_and_loses_no_new_word(
    noors: Client, dossier: Dossier, statement: Statement, noor: Person, sem: Person, fem: Person, pepijn: Person
) -> None:
    commands.answer(statement, reply="no", words="Ik was er wel", by=sem)
    look = commands.look_again(statement, why="Past niet", by=noor)
    erasure.shred(dossier, section="work", by=fem, second=pepijn)
    forms: list[tuple[tuple[Any, ...], dict[str, str]]] = [
        (("cite_better", statement.pk), SAID | {"text": "Nog iets"}),
        (("answer_told", statement.pk), {"reply": "yes", "words": "Nog iets"}),
        (("conclude", look.pk), {"came_of": "Nog iets"}),
    ]
    for name in (("told",), *(name for name, _typed in forms)):
        assert "Dit is gewist." in page(noors, dossier, *name)
    for name, typed in forms:
        response = noors.post(of(dossier, *name), typed)
        assert response.status_code == 422
        assert "Nog iets" in response.text and "Er kan niets meer bij" in response.text


def test_when_it_has_ended_it_can_still_be_read_and_answered(
    noors: Client, dossier: Dossier, statement: Statement, noor: Person
) -> None:
    dossiers.end(dossier, reason="stable", by=noor)
    assert "Kwam vaak niet" in page(noors, dossier, "told")
    assert noors.post(of(dossier, "answer_told", statement.pk), {"reply": "no"}).status_code == 302
