"""An invitation on a telephone without an account: read by a button, answered in three taps, gone when it is over."""

from datetime import timedelta

import pytest
from django.test import Client
from icalendar import Calendar

from ipta.accounts.commands import leave
from ipta.accounts.models import Link, Person, Post
from ipta.base import clock
from ipta.dossiers.models import Coachship
from ipta.wraparound import commands as preparing
from ipta.wraparound.invited import commands
from ipta.wraparound.invited.letters import Letter
from ipta.wraparound.models import Invitee, Meeting
from tests.asking import looks, row_counts, text
from tests.cast import CANARY, canary, fresh

ANSWER = {"answer": "yes", "words": "Graag", "brings": "Ik bak een taart"}
ONCE = "11111111-1111-4111-8111-111111111111"
SOON = clock.now() + timedelta(days=9)


@pytest.fixture
def meeting(dossier: object, noor: Person) -> Meeting:
    return preparing.prepare_meeting(dossier, starts_at=SOON, place="Buurthuis", by=noor)  # type: ignore[arg-type]


@pytest.fixture
def tante(meeting: Meeting, noor: Person) -> Invitee:
    return preparing.invite(meeting, name="Tante Ria", kind="network", by=noor)


def letter(**more: object) -> Letter:
    usual = {"to": "Tante Ria", "asks": "Noor", "is_youth": False, "when": "", "place": "Buurthuis", "kind": "network"}
    return Letter(**usual | more)  # type: ignore[arg-type]


@pytest.fixture
def link(tante: Invitee, noor: Person) -> str:
    return f"/kom/{commands.send_invitation(tante, letter(), by=noor)}/"


def test_a_robot_that_looks_reads_nothing(link: str, tante: Invitee) -> None:
    before = row_counts()
    page = Client().get(link)
    assert page.status_code == 200
    assert "Open de uitnodiging" in page.text
    for word in ("Noor", "Tante", "Buurthuis", "IPTA", CANARY):
        assert word not in page.text
    assert "<title>Een uitnodiging</title>" in page.text
    assert row_counts() == before
    assert fresh(tante).opened_at is None


def test_the_button_says_who_asks_when_and_where(link: str, tante: Invitee) -> None:
    page = Client().post(link)
    for words in ("Hoi Tante Ria", "Noor nodigt je uit", "Buurthuis", "Kom zoals je bent", "Ja, ik kom", " uur"):
        assert words in page.text
    assert CANARY not in page.text
    assert "no-store" in page.headers["Cache-Control"]
    assert looks(tante.dossier)[-1].ground == f"invite:{tante.pk}"


def test_a_professional_is_asked_as_a_human_being_and_his_name_stands_there_if_he_ticked_it(
    tante: Invitee, noor: Person
) -> None:
    said = letter(asks="Sem", is_youth=True, kind="professional", agenda=["Mijn schulden"])
    page = Client().post(f"/kom/{commands.send_invitation(tante, said, by=noor)}/")
    for words in ("Sem wil graag dat jij komt", "niet alleen vanuit je werk", "Mijn schulden"):
        assert words in page.text


def test_his_answer_lands_once_and_thanks(link: str, tante: Invitee, noor: Person) -> None:
    for _tap in range(2):
        page = Client().post(link, ANSWER | {"once": ONCE})
        assert page.status_code == 200
        assert "Fijn dat je komt." in page.text
    there = fresh(tante)
    assert (there.answer, text(noor, there, "brings")) == ("yes", "Ik bak een taart")
    assert "Je hebt al een antwoord gegeven" in Client().post(link).text


def test_an_answer_without_one_keeps_the_words(link: str, tante: Invitee) -> None:
    page = Client().post(link, {"words": "Ik weet het niet", "brings": ""})
    assert page.status_code == 422
    assert "Kies een van de drie." in page.text
    assert "Ik weet het niet" in page.text
    assert fresh(tante).answer == ""


def test_it_goes_into_the_calendar_and_says_nothing_there(link: str) -> None:
    answer = Client().post(link, {"agenda": "1"})
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert (event["SUMMARY"], event["LOCATION"]) == ("Afspraak", "Buurthuis")


def test_another_moment_shows_by_itself_and_another_place_is_asked(link: str, meeting: Meeting, noor: Person) -> None:
    later = SOON + timedelta(days=3)
    preparing.arrange_meeting(meeting, starts_at=later, place="Geheim adres", is_elsewhere=True, by=noor)
    page = Client().post(link)
    assert "De plek is veranderd. Vraag het even na." in page.text
    assert "Buurthuis" not in page.text
    assert "Geheim adres" not in page.text
    assert f"{later.day} " in page.text


@pytest.mark.parametrize("end", ["over", "off the list", "cut", "maker left", "other coach"])
def test_it_ends_with_the_talk_and_with_who_made_it(
    link: str, meeting: Meeting, tante: Invitee, noor: Person, fem: Person, end: str
) -> None:
    if end == "over":
        preparing.end_meeting(meeting, by=noor)
    elif end == "off the list":
        preparing.uninvite(tante, by=noor)
    elif end == "cut":
        Link.objects.update(ended_at=clock.now())
    elif end == "maker left":
        leave(Post.objects.get(person=noor), by=fem)
    else:
        Coachship.objects.update(until=clock.today())
    for answer in (Client().get(link), Client().post(link), Client().post(link, ANSWER)):
        assert answer.status_code == 404
        assert "Deze link werkt niet" in answer.text
        assert canary("sem", "plan") not in answer.text


def test_a_made_up_link_looks_the_same() -> None:
    assert "Deze link werkt niet" in Client().get("/kom/verzonnen/").text
