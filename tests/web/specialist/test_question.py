"""A specialist without an account reads a question through a link, and answers it."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from ipta.accounts.commands import leave
from ipta.accounts.models import Link, Person, Post
from ipta.dossiers.models import Coachship, Dossier, Specialist
from ipta.dossiers.specialists.commands import add_specialist
from ipta.sharing.help import commands
from ipta.sharing.models import HelpRequest
from tests.asking import looks, row_counts, text
from tests.cast import CANARY, canary, days_ago, fresh

QUESTION = "Kan iemand de post met hem openmaken?"
ANSWER = {"reply": "answer", "words": "Ja, woensdag om 10 uur."}
ONCE = "11111111-1111-4111-8111-111111111111"


@pytest.fixture
def specialist(dossier: Dossier, lotte: Person) -> Specialist:
    return add_specialist(
        dossier.municipality, organisation="Schuldhulp Zoetermeer", name="Mira", fields=["money"], answers_within=3,
        by=lotte,
    )  # fmt: skip


@pytest.fixture
def link(dossier: Dossier, specialist: Specialist, noor: Person) -> str:
    _question, token = commands.ask_help(dossier, specialist, question=QUESTION, is_discussed=True, by=noor)
    return f"/hulp/{token}/"


def question() -> HelpRequest:
    return HelpRequest.objects.get()


def test_a_robot_that_looks_reads_nothing(link: str, dossier: Dossier) -> None:
    before = row_counts()
    page = Client().get(link)
    assert page.status_code == 200
    assert "Lees de vraag" in page.text
    for word in (QUESTION, "Noor", "IPTA", "Mira", CANARY):
        assert word not in page.text
    assert "<title>Een vraag</title>" in page.text
    assert row_counts() == before
    assert question().opened_at is None


def test_the_button_shows_the_question_and_who_asks(link: str, noor: Person) -> None:
    page = Client().post(link)
    assert page.status_code == 200
    for words in (QUESTION, "Van Noor, IPTA Zoetermeer", noor.email, "Een antwoord helpt het meest tot en met"):
        assert str(words) in page.text
    assert CANARY not in page.text
    assert "no-store" in page.headers["Cache-Control"]


def test_whoever_reads_stands_in_the_reading_log_and_the_youth_sees_it(
    link: str, dossier: Dossier, sem: Person, client_for: Callable[[Person], Client]
) -> None:
    Client().post(link)
    line = looks(dossier)[-1]
    assert (line.reader_name, line.ground) == ("Mira", f"help:{question().pk}")
    page = client_for(sem).get("/ik/wie-keek/").text
    assert "Mira" in page
    assert "Schuldhulp Zoetermeer" in page
    assert "Meer was er niet te lezen." in page


def test_an_answer_comes_in_the_dossier_and_the_link_says_thank_you(link: str, noor: Person) -> None:
    browser = Client()
    browser.post(link)
    answer = browser.post(link, ANSWER)
    assert answer.headers["Location"] == link
    thanks = browser.get(link).text
    assert "Dank je wel" in thanks
    assert QUESTION not in thanks + browser.post(link).text
    assert text(noor, question(), "answer") == ANSWER["words"]


@pytest.mark.parametrize("reply", ["cannot", "call"])
def test_no_and_call_me_are_answers_without_words(link: str, reply: str) -> None:
    assert Client().post(link, {"reply": reply, "words": ""}).status_code == 302
    assert question().reply == reply


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"reply": "answer", "words": " "}, "Schrijf je antwoord op"),
        ({"reply": "", "words": "Ja hoor, dat kan"}, "Kies een van de drie."),
        ({"reply": "x", "words": "Ja hoor, dat kan"}, "Kies een van de antwoorden die er staan."),
        ({"reply": "answer", "words": "Ja hoor " * 20000}, "Dit is te lang."),
    ],
)
def test_what_is_not_right_yet_keeps_every_word(link: str, wrong: dict[str, str], said: str) -> None:
    page = Client().post(link, wrong)
    assert page.status_code == 422
    assert said in page.text
    assert QUESTION in page.text
    assert wrong["words"].strip() in page.text
    assert question().answered_at is None


def test_two_taps_are_one_answer(link: str) -> None:
    browser, typed = Client(), ANSWER | {"once": ONCE}
    assert browser.post(link, typed).status_code == 302
    again = browser.post(link, typed)
    assert again.status_code == 200
    assert "Dank je wel" in again.text


def test_a_second_answer_replaces_nothing_and_is_not_lost(link: str, noor: Person) -> None:
    Client().post(link, ANSWER)
    other = Client().post(link, {"reply": "answer", "words": "Nee, toch donderdag."})
    assert other.status_code == 409
    assert "Er was al geantwoord" in other.text
    assert "Nee, toch donderdag." in other.text
    assert text(noor, question(), "answer") == ANSWER["words"]


def test_every_link_that_does_not_work_gives_the_same_page(link: str, dossier: Dossier, noor: Person) -> None:
    def gone(at: str = link) -> str:
        page = Client().get(at)
        assert (page.status_code, Client().post(at, ANSWER).status_code) == (404, 404), at
        return page.text.partition("<main")[2].partition("</main>")[0]

    wrong = [link[:-2] + "/", "/hulp/x/", "/hulp/%00/", "/hulp/" + "a" * 3000 + "/"]
    pages = {gone(at) for at in wrong}
    for change in ({"ends_at": timezone.now()}, {"ended_at": timezone.now()}, {"kind": Link.Kind.REFERRAL}):
        before = Link.objects.values(*change).get()
        Link.objects.update(**change)
        pages.add(gone())
        Link.objects.update(**before)
    commands.close_help(question(), by=noor)
    pages.add(gone())
    assert len(pages) == 1
    assert "Deze link werkt niet (meer)" in pages.pop()


def test_it_ends_with_the_coachship_of_who_made_it(link: str, dossier: Dossier, noor: Person) -> None:
    Coachship.objects.filter(dossier=dossier, coach=noor).update(until=days_ago(0))
    assert Client().post(link).status_code == 404
    assert looks(dossier) == [] or looks(dossier)[-1].ground != f"help:{question().pk}"


def test_it_ends_with_the_post_of_who_made_it(link: str, noor: Person, fem: Person) -> None:
    leave(Post.objects.get(person=noor), by=fem)
    assert Client().post(link).status_code == 404


def test_who_is_signed_in_himself_reads_and_answers_as_anybody(
    link: str, yara: Person, noor: Person, client_for: Callable[[Person], Client]
) -> None:
    theirs = client_for(yara)
    assert QUESTION in theirs.post(link).text
    assert theirs.post(link, ANSWER).status_code == 302
    assert fresh(question()).reply == "answer"


def test_a_letter_under_another_secret_opens_nothing(link: str) -> None:
    HelpRequest.objects.update(letter=b"\x01" + b"x" * 60)
    assert Client().post(link).status_code == 404
    assert canary("sem", "contacts") not in Client().post(link).text


def test_the_youth_reads_what_was_asked_and_answered(
    link: str, sem: Person, client_for: Callable[[Person], Client]
) -> None:
    his = client_for(sem)
    assert "Nog geen antwoord. Dat komt uiterlijk" in his.get("/ik/over-mij/hulp/").text
    HelpRequest.objects.update(due_on=days_ago(1))
    assert "Je coach gaat er achteraan." in his.get("/ik/over-mij/hulp/").text
    Client().post(link, ANSWER)
    page = his.get("/ik/over-mij/hulp/").text
    for words in (QUESTION, ANSWER["words"], "Noor vroeg dit aan Mira, Schuldhulp Zoetermeer."):
        assert words in page


def test_another_youth_finds_only_his_own(link: str, kim: Person, client_for: Callable[[Person], Client]) -> None:
    assert "Nog niets gevraagd over jou" in client_for(kim).get("/ik/over-mij/hulp/").text
