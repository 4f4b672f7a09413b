"""The desk of the privacy officer: the weeks, what stands out, a judgement by one tap and a name below it."""

import re
from collections.abc import Callable
from datetime import datetime, time, timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from ipta.accounts.models import Municipality, Person, Role
from ipta.dossiers.models import Dossier
from ipta.sharing import commands
from ipta.sharing.door import Reader
from ipta.sharing.models import Doubt, Judgement, Look, Review
from ipta.sharing.review import Week
from ipta.sharing.rules import number_of, spaced
from ipta.sharing.weeks import week_of
from tests.asking import verbs
from tests.cast import CANARY, days_ago, staff

LAST_WEEK, THIS_WEEK = Week.of(days_ago(7)), Week.of(days_ago(0))


def place(here: Municipality, week: Week = LAST_WEEK, more: str = "") -> str:
    return f"/toezicht/{here.pk}/{week.year}/{week.number}/{more}"


@pytest.fixture
def officer(pepijn: Person, client_for: Callable[[Person], Client]) -> Client:
    return client_for(pepijn)


@pytest.fixture
def night(dossier: Dossier, noor: Person) -> Dossier:
    """Noor read sem's plan and money at three in the night of last Tuesday."""
    moment = timezone.make_aware(datetime.combine(LAST_WEEK.monday + timedelta(days=1), time(3)))
    with time_machine.travel(moment, tick=False):
        Reader(noor).unlock([dossier], "plan", "money")
    return dossier


def said(client: Client, at: str) -> str:
    response = client.get(at)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def key_of(here: Municipality) -> str:
    return week_of(here, LAST_WEEK).found[0].signal.key


def test_home_and_the_desk_lead_to_the_weeks(officer: Client, zoetermeer: Municipality) -> None:
    response = officer.get("/", follow=True)
    assert response.redirect_chain[-1][0] == f"/toezicht/{zoetermeer.pk}/"
    assert "Te laat" in response.content.decode()


def test_who_has_two_municipalities_chooses(
    zoetermeer: Municipality, schiedam: Municipality, client_for: Callable[[Person], Client]
) -> None:
    both = staff("Vos", "Regio", (zoetermeer, Role.PRIVACY_OFFICER), (schiedam, Role.PRIVACY_OFFICER))
    page = said(client_for(both), "/toezicht/")
    assert "Zoetermeer" in page
    assert "Schiedam" in page


def test_a_signal_tells_who_when_and_on_what_ground_and_no_name_of_a_youth(
    officer: Client, night: Dossier, zoetermeer: Municipality
) -> None:
    page = said(officer, place(zoetermeer))
    for words in (
        "Gelezen buiten de gewone uren", "Noor Voorbeeld", "IPTA-coach, IPTA Zoetermeer", "geld, plan en stappen",
        "coach van de jongere", spaced(number_of(night.id)),
    ):  # fmt: skip
        assert words in page, words
    assert CANARY not in page
    assert str(night.id) not in page


def test_looking_is_written_in_the_journal(officer: Client, night: Dossier, zoetermeer: Municipality) -> None:
    said(officer, place(zoetermeer))
    assert verbs(zoetermeer) == ["review.opened"]


def test_one_tap_judges_and_one_signs(
    officer: Client, night: Dossier, zoetermeer: Municipality, pepijn: Person
) -> None:
    assert "Ik heb deze week bekeken" not in said(officer, place(zoetermeer))
    at = place(zoetermeer, more="oordeel/")
    response = officer.post(at, {"key": key_of(zoetermeer), "verdict": "explained"})
    assert response.headers["Location"] == f"{place(zoetermeer)}#signaal-{key_of(zoetermeer)}"
    page = said(officer, place(zoetermeer))
    assert "volgens Pepijn Voorbeeld" in page
    assert "Ik heb deze week bekeken" in page
    officer.post(place(zoetermeer, more="tekenen/"))
    assert Review.objects.get().signed_by == pepijn
    assert "Getekend door Pepijn Voorbeeld" in said(officer, f"/toezicht/{zoetermeer.pk}/")
    assert 'name="verdict"' not in said(officer, place(zoetermeer)), "what is signed is fixed"


@pytest.mark.parametrize("sent", [{}, {"verdict": "guilty"}, {"verdict": "explained", "key": "x" * 40}])
def test_what_is_no_judgement_is_said_in_plain_words(
    sent: dict[str, str], officer: Client, night: Dossier, zoetermeer: Municipality
) -> None:
    response = officer.post(place(zoetermeer, more="oordeel/"), {"key": key_of(zoetermeer), **sent}, follow=True)
    assert "Kies verklaard, bespreken of incident." in response.content.decode()
    assert not Judgement.objects.exists()


def test_signing_too_early_is_said_in_plain_words(officer: Client, night: Dossier, zoetermeer: Municipality) -> None:
    response = officer.post(place(zoetermeer, more="tekenen/"), follow=True)
    assert "Beoordeel eerst alles wat er staat." in response.content.decode()
    assert not Review.objects.exists()


def test_the_running_week_is_shown_and_not_judged(officer: Client, zoetermeer: Municipality) -> None:
    page = said(officer, place(zoetermeer, THIS_WEEK))
    assert "Deze week loopt nog" in page
    assert "Ik heb deze week bekeken" not in page


@pytest.mark.parametrize("week", ["2025/53", "2026/0", "9999/1", "0/1"])
def test_a_week_that_is_none_is_not_there(week: str, officer: Client, zoetermeer: Municipality) -> None:
    assert officer.get(f"/toezicht/{zoetermeer.pk}/{week}/").status_code == 404


def test_another_municipality_is_not_there(officer: Client, schiedam: Municipality, zoetermeer: Municipality) -> None:
    for more in ("", "oordeel/", "tekenen/"):
        response = officer.post(place(schiedam, more=more)) if more else officer.get(place(schiedam))
        assert response.status_code == 404
    assert officer.get(f"/toezicht/{schiedam.pk}/").status_code == 404
    assert officer.get(f"/toezicht/{zoetermeer.pk}/").status_code == 200


def test_who_read_himself_is_told_that_somebody_else_signs(
    night: Dossier, zoetermeer: Municipality, client_for: Callable[[Person], Client], noor: Person
) -> None:
    from ipta.accounts.models import Post

    Post.objects.create(person=noor, municipality=zoetermeer, role=Role.PRIVACY_OFFICER, since=days_ago(50))
    client = client_for(Person.objects.get(pk=noor.pk))
    page = said(client, place(zoetermeer))
    assert "Dit gaat over jou. Een ander beoordeelt het." in page
    assert "Je las zelf in deze week. Een ander tekent." in page
    client.post(place(zoetermeer, more="oordeel/"), {"key": key_of(zoetermeer), "verdict": "explained"})
    client.post(place(zoetermeer, more="tekenen/"))
    assert not Judgement.objects.exists()
    assert not Review.objects.exists()


# --- the youth ----------------------------------------------------------------------------------------


@pytest.fixture
def looked(dossier: Dossier, noor: Person) -> Look:
    Reader(noor).unlock([dossier], "plan")
    return Look.objects.get(about=dossier.id)


def test_the_youth_says_that_it_is_not_right_and_finds_it_as_told(
    looked: Look, sem: Person, client_for: Callable[[Person], Client]
) -> None:
    client = client_for(sem)
    assert "Klopt dit niet?" in said(client, "/ik/wie-keek/")
    response = client.post(f"/ik/wie-keek/{looked.number}/klopt-niet/", follow=True)
    assert "Gemeld" in response.content.decode()
    assert Doubt.objects.get().reader_id == looked.person_id
    assert f"/{looked.number}/klopt-niet/" not in said(client, "/ik/wie-keek/")


def test_the_privacy_officer_finds_it_and_his_coach_does_not(
    looked: Look, dossier: Dossier, sem: Person, noor: Person, officer: Client, zoetermeer: Municipality,
    client_for: Callable[[Person], Client],
) -> None:  # fmt: skip
    commands.doubt(dossier, looked, by=sem)
    assert "De jongere zegt: dit klopt niet" in said(officer, place(zoetermeer, THIS_WEEK))
    coach = client_for(noor)
    for at in (f"/jongeren/{dossier.pk}/", f"/jongeren/{dossier.pk}/tijdlijn/", "/vandaag/"):
        assert "klopt" not in said(coach, at).lower()


def test_a_number_that_is_none_or_his_own_is_not_there(
    looked: Look, dossier: Dossier, sem: Person, client_for: Callable[[Person], Client]
) -> None:
    Reader(sem).unlock([dossier], "work")
    own = Look.objects.get(person_id=sem.id, section="work")
    client = client_for(sem)
    for number in (own.number, 9999, 2**40):
        assert client.post(f"/ik/wie-keek/{number}/klopt-niet/").status_code == 404
    assert not Doubt.objects.exists()
