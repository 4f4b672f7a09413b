"""Asking a specialist: what a coach may rely on, from the directory to the answer on Vandaag."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from ipta.accounts.models import Person
from ipta.dossiers.models import Dossier, Specialist
from ipta.dossiers.specialists.commands import add_specialist
from ipta.sharing.help import commands
from ipta.sharing.models import HelpRequest
from tests.cast import days_ago, fresh
from tests.web.coach.shared import LONG, ONCE, assert_is_not_there, forget_looks, of, sections_read

TODAY, DIRECTORY = "/vandaag/", "/specialisten/"
QUESTION = "Kan iemand de post met hem openmaken?"
Asked = tuple[HelpRequest, str]


@pytest.fixture
def specialist(dossier: Dossier, lotte: Person) -> Specialist:
    return add_specialist(
        dossier.municipality, organisation="Schuldhulp Zoetermeer", name="Mira", fields=["money"], answers_within=3,
        phone="079 123 45 67", email="mira@schuldhulp.example", agreement="Bellen tussen 9 en 12", by=lotte,
    )  # fmt: skip


@pytest.fixture
def asked(dossier: Dossier, specialist: Specialist, noor: Person) -> Asked:
    return commands.ask_help(dossier, specialist, question=QUESTION, is_discussed=True, by=noor)


def typed(to: Specialist, **other: Any) -> dict[str, Any]:
    return {"specialist": str(to.pk), "question": QUESTION, "is_discussed": "on"} | other


def make_late(question: HelpRequest, days: int = 1) -> None:
    HelpRequest.objects.filter(pk=question.pk).update(due_on=days_ago(days))


# --- the directory ------------------------------------------------------------------------------------------------


def test_the_directory_tells_on_what_a_coach_may_rely(noors: Client, specialist: Specialist) -> None:
    page = noors.get(DIRECTORY).text
    for words in (
        "Schuldhulp Zoetermeer",
        "Mira",
        "Inkomen en schulden",
        "binnen 3 werkdagen",
        "Bellen tussen 9 en 12",
    ):
        assert words in page
    assert 'href="tel:+31791234567"' in page
    assert DIRECTORY in noors.get("/meer/").text


def test_it_can_be_narrowed_down_to_what_is_needed(noors: Client, specialist: Specialist) -> None:
    assert "Mira" in noors.get(DIRECTORY, {"voor": "money"}).text
    assert "Mira" not in noors.get(DIRECTORY, {"voor": "housing"}).text
    assert "Mira" in noors.get(DIRECTORY, {"voor": "x" * 3000}).text


def test_who_is_not_reachable_stands_in_it_no_longer(noors: Client, specialist: Specialist) -> None:
    Specialist.objects.update(is_reachable=False)
    assert "Mira" not in noors.get(DIRECTORY).text


def test_an_agreement_that_ended_is_said(noors: Client, specialist: Specialist) -> None:
    Specialist.objects.update(until=days_ago(1))
    assert "Bel eerst of het nog zo is." in noors.get(DIRECTORY).text


def test_it_ends_at_the_border(specialist: Specialist, yara: Person, client_for: Callable[[Person], Client]) -> None:
    assert "Mira" not in client_for(yara).get(DIRECTORY).text


# --- asking -------------------------------------------------------------------------------------------------------


def test_a_question_gives_a_link_to_hand_over(noors: Client, dossier: Dossier, specialist: Specialist) -> None:
    answer = noors.post(of(dossier, "ask_help"), typed(specialist))
    assert answer.status_code == 200
    (url,) = set(re.findall(r"http://testserver/hulp/[^/\"<]+/", answer.text))
    assert "https://wa.me/?text=" in answer.text
    assert "mailto:mira%40schuldhulp.example?subject=Een%20vraag" in answer.text
    assert QUESTION not in answer.text
    assert QUESTION in Client().post(url).text
    assert QUESTION in noors.get(of(dossier, "help", HelpRequest.objects.get().pk)).text


def test_a_second_tap_asks_nothing_twice(noors: Client, dossier: Dossier, specialist: Specialist) -> None:
    noors.post(of(dossier, "ask_help"), typed(specialist, once=ONCE))
    again = noors.post(of(dossier, "ask_help"), typed(specialist, once=ONCE))
    assert again.headers["Location"] == of(dossier, "helps")
    assert HelpRequest.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"is_discussed": ""}, "Bespreek dit eerst samen."),
        ({"question": " "}, "Schrijf op wat je wilt vragen."),
        ({"question": LONG}, "Dit is te lang."),
        ({"specialist": ""}, "Kies aan wie je het vraagt."),
        ({"specialist": "x"}, "Kies een van de antwoorden die er staan."),
    ],
)
def test_what_is_not_right_yet_comes_back_with_every_word(
    noors: Client, dossier: Dossier, specialist: Specialist, wrong: dict[str, str], said: str
) -> None:
    answer = noors.post(of(dossier, "ask_help"), typed(specialist, **wrong))
    assert answer.status_code == 422
    assert said in answer.text
    assert wrong.get("question", QUESTION).strip() in answer.text
    assert not HelpRequest.objects.exists()


def test_his_name_is_said_once_and_may_stay(
    noors: Client, dossier: Dossier, specialist: Specialist, noor: Person
) -> None:
    name = re.search(r"one-head__name\">(\S+)", noors.get(of(dossier, "youth")).text)
    assert name
    words = typed(specialist, question=f"Kan {name[1]} bij jullie terecht?")
    answer = noors.post(of(dossier, "ask_help"), words)
    assert answer.status_code == 422
    assert "De specialist leest dat ook." in answer.text
    told = re.search(r'name="gezegd" value="([^"]+)"', answer.text)
    assert told
    assert noors.post(of(dossier, "ask_help"), words | {"gezegd": told[1]}).status_code == 200


def test_the_form_says_who_reads_it(noors: Client, dossier: Dossier, specialist: Specialist) -> None:
    assert "Wat je hier schrijft leest de specialist." in noors.get(of(dossier, "ask_help")).text


def test_a_new_link_ends_the_old_one(noors: Client, dossier: Dossier, asked: Asked) -> None:
    page = noors.post(of(dossier, "send_again", asked[0].pk)).text
    (url,) = set(re.findall(r"http://testserver/hulp/[^/\"<]+/", page))
    assert QUESTION in Client().post(url).text
    assert Client().get(f"/hulp/{asked[1]}/").status_code == 404


def test_closing_ends_it(noors: Client, dossier: Dossier, asked: Asked) -> None:
    assert noors.post(of(dossier, "close_help", asked[0].pk)).status_code == 302
    assert Client().get(f"/hulp/{asked[1]}/").status_code == 404
    assert "Klaar, zonder antwoord" in noors.get(of(dossier, "helps")).text


def test_nobody_else_finds_it(browsers_of_strangers: list[Client], dossier: Dossier, asked: Asked) -> None:
    pages = [of(dossier, name) for name in ("helps", "ask_help")]
    pages += [of(dossier, name, asked[0].pk) for name in ("help", "send_again", "read_answer", "close_help")]
    assert_is_not_there(browsers_of_strangers, pages)


def test_it_reads_no_more_than_who_it_is_and_what_was_asked(
    noors: Client, dossier: Dossier, asked: Asked, noor: Person
) -> None:
    forget_looks()
    noors.get(of(dossier, "help", asked[0].pk))
    assert sections_read(dossier, noor) == {"identity", "contacts"}


# --- what comes of it ---------------------------------------------------------------------------------------------


def test_an_answer_stands_on_vandaag_until_it_was_opened(
    noors: Client, dossier: Dossier, asked: Asked, noor: Person
) -> None:
    assert "Mira antwoordde" not in noors.get(TODAY).text
    commands.answer_help(asked[0], reply="answer", words="Ja, woensdag.", by=noor)
    page = noors.get(TODAY).text
    assert "Mira antwoordde" in page
    assert "Ja, woensdag." not in page
    opens = noors.post(of(dossier, "read_answer", asked[0].pk))
    assert opens.headers["Location"] == of(dossier, "help", asked[0].pk)
    assert "Ja, woensdag." in noors.get(opens.headers["Location"]).text
    assert "Mira antwoordde" not in noors.get(TODAY).text


def test_who_is_late_can_be_called_or_reminded(noors: Client, dossier: Dossier, asked: Asked) -> None:
    assert "nog niet geantwoord" not in noors.get(TODAY).text
    make_late(asked[0])
    page = noors.get(TODAY).text
    assert "Mira heeft nog niet geantwoord" in page
    assert "Bel Mira" in page
    assert of(dossier, "help", asked[0].pk) in page


def test_on_the_day_itself_nobody_is_late(noors: Client, asked: Asked) -> None:
    make_late(asked[0], days=0)
    assert "nog niet geantwoord" not in noors.get(TODAY).text


def test_it_counts_in_working_days(noors: Client, dossier: Dossier, asked: Asked) -> None:
    make_late(asked[0], days=7)
    due = fresh(asked[0]).due_on
    assert due == timezone.localdate() - timedelta(days=7)
    assert re.search(r"Wacht nog op antwoord, [45] werkdagen te laat", noors.get(of(dossier, "helps")).text)


def test_the_words_of_question_and_answer_are_found(
    noors: Client, dossier: Dossier, asked: Asked, noor: Person
) -> None:
    commands.answer_help(asked[0], reply="answer", words="Neem de aanmaningen mee.", by=noor)
    for word in ("openmaken", "aanmaningen"):
        assert of(dossier, "help", asked[0].pk) in noors.post("/zoeken/", {"wanted": word}).text
