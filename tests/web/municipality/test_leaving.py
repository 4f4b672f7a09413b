"""A coach who leaves: nobody stays behind without a coach, and nothing of his stays behind."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from ipta.accounts import commands as accounts
from ipta.accounts import left, links
from ipta.accounts.models import CalendarFeed, Link, Municipality, Person, Post, Role, Session
from ipta.dossiers.models import Coachship, Dossier
from ipta.scouting import due
from ipta.scouting.commands import introduce_oneself
from ipta.scouting.models import CoachPage
from tests.asking import last_entry
from tests.cast import CANARY, days_ago, fresh

Enter = Callable[[Person], Client]


def stops(person: Person) -> str:
    return f"/gemeente/mensen/{Post.objects.now().get(person=person).pk}/stopt/"


def coach_of(dossier: Dossier) -> Person:
    return Coachship.objects.now().get(dossier=dossier, is_stand_in=False).coach


# --- who goes on ----------------------------------------------------------------------------------------------------


def test_the_manager_sees_how_many_and_not_whom(
    client_for: Enter, fem: Person, bram: Person, dossier: Dossier, scouted: Dossier, noor: Person
) -> None:
    shown = client_for(fem).get(stops(noor)).text
    assert "loopt nog mee met 2 jongeren." in shown
    assert "Bram Voorbeeld" in shown
    assert CANARY not in shown
    assert str(dossier.pk) not in shown


def test_without_somebody_who_goes_on_the_role_does_not_stop(
    client_for: Enter, fem: Person, bram: Person, dossier: Dossier, noor: Person
) -> None:
    shown = client_for(fem).post(stops(noor))
    assert shown.status_code == 422
    assert "Kies wie het overneemt." in shown.text
    assert fresh(noor).is_somewhere(Role.COACH)


def test_who_is_chosen_goes_on_and_the_manager_sees_nothing(
    client_for: Enter, fem: Person, bram: Person, dossier: Dossier, noor: Person
) -> None:
    hers = client_for(fem)
    shown = hers.post(stops(noor), {"coach": str(bram.pk)}, follow=True)
    assert "De rol is gestopt." in shown.text
    assert coach_of(dossier) == bram
    assert not fresh(noor).has_post
    assert hers.get(reverse("coach:youth", args=[dossier.pk])).status_code == 404


def test_nobody_to_go_on_says_what_to_do_first(client_for: Enter, fem: Person, dossier: Dossier, noor: Person) -> None:
    assert "Geef eerst iemand de rol van coach." in client_for(fem).get(stops(noor)).text


@pytest.mark.parametrize("who", ["noor", "fem", "yara", "dana"])
def test_only_another_coach_of_the_town_is_chosen(
    who: str, client_for: Enter, fem: Person, bram: Person, dossier: Dossier, noor: Person,
    request: pytest.FixtureRequest
) -> None:  # fmt: skip
    chosen = request.getfixturevalue(who)
    assert client_for(fem).post(stops(noor), {"coach": str(chosen.pk)}).status_code == 422
    assert coach_of(dossier) == noor


def test_a_role_without_youths_asks_for_nobody(client_for: Enter, fem: Person, dana: Person) -> None:
    hers = client_for(fem)
    assert "Wie neemt het over?" not in hers.get(stops(dana)).text
    hers.post(stops(dana))
    assert not fresh(dana).has_post


def test_a_coach_of_another_town_is_not_theirs_to_end(client_for: Enter, vera: Person, noor: Person) -> None:
    hers = client_for(vera)
    assert {hers.get(stops(noor)).status_code, hers.post(stops(noor)).status_code} == {404}


# --- nothing stays behind -------------------------------------------------------------------------------------------


@pytest.fixture
def ways_in(noor: Person, zoetermeer: Municipality) -> dict[str, str]:
    """Everything a coach made with which somebody, or he himself, comes in."""
    page = introduce_oneself(zoetermeer, story="Ik ben Noor.", why="", reach="", by=noor)
    referral = links.make(Link.Kind.REFERRAL, noor.pk, by=noor, lasts=timedelta(days=30))
    return {
        "feed": reverse("coach:feed", args=[accounts.make_feed(zoetermeer, by=noor)]),
        "page": reverse("coach:who", args=[page.token]),
        "referral": reverse("coach:refer", args=[referral]),
    }


def opens(ways_in: dict[str, str]) -> set[str]:
    return {name for name, url in ways_in.items() if Client().get(url).status_code == 200}


def test_every_way_in_he_made_ends_with_the_role(
    client_for: Enter, fem: Person, noor: Person, ways_in: dict[str, str]
) -> None:
    assert opens(ways_in) == {"feed", "page", "referral"}
    client_for(fem).post(stops(noor))
    assert opens(ways_in) == set()


def test_also_when_the_last_day_came_by_itself(noor: Person, ways_in: dict[str, str]) -> None:
    Post.objects.filter(person=noor).update(until=days_ago(0))
    assert opens(ways_in) == set()


def test_tick_takes_away_what_he_left(
    client_for: Enter, noor: Person, ways_in: dict[str, str], zoetermeer: Municipality
) -> None:
    hers = client_for(noor)
    Post.objects.filter(person=noor).update(until=days_ago(0))
    left.clear_away()
    due.close_pages()
    assert not CalendarFeed.objects.running().filter(person=noor).exists()
    assert not Link.objects.open().filter(made_by=noor).exists()
    assert not CoachPage.objects.get(person=noor).is_open
    assert last_entry(zoetermeer).verb == "coach_page.closed"
    assert not Session.objects.filter(person=noor).exists()
    assert hers.get("/vandaag/").status_code == 302


def test_tick_leaves_alone_who_works_here_or_will_again(
    client_for: Enter, noor: Person, ways_in: dict[str, str], zoetermeer: Municipality
) -> None:
    Post.objects.filter(person=noor).update(until=days_ago(0))
    Post.objects.create(person=noor, municipality=zoetermeer, role=Role.COACH, since=days_ago(-3))
    left.clear_away()
    due.close_pages()
    assert CalendarFeed.objects.running().filter(person=noor).exists()
    assert CoachPage.objects.get(person=noor).is_open


def test_what_he_was_typing_is_no_longer_his_to_find(
    client_for: Enter, noor: Person, bram: Person, fem: Person, dossier: Dossier
) -> None:
    hers = client_for(noor)
    page = reverse("coach:note_about", args=[dossier.pk])
    typed = {"text": "Half een zin.", "once": "11111111-1111-4111-8111-111111111111"}
    assert hers.post(page, typed, headers={"X-Requested-With": "fetch"}).status_code == 204
    client_for(fem).post(stops(noor), {"coach": str(bram.pk)})
    assert "Half een zin." not in client_for(bram).get(page).text, "a draft is of who typed it"
    assert client_for(fresh(noor)).get(page).status_code == 404
