"""A colleague lost telephone and recovery codes: a functional manager asks, a second person says yes."""

from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client

from ipta.accounts.models import LostFactor, Person, Post
from tests.web.account.signing import give_password, is_in, with_password, with_telephone

Enter = Callable[[Person], Client]
PAGE = "/gemeente/tweede-sleutels/"


@pytest.fixture
def coach(noor: Person) -> Person:
    with_telephone(with_password(noor))
    return noor


@pytest.fixture
def asked(client_for: Enter, fem: Person, lotte: Person, coach: Person) -> LostFactor:
    answer = client_for(fem).post(PAGE, {"post": Post.objects.get(person=coach).pk}, follow=True)
    assert "Een tweede persoon moet nu ook ja zeggen" in answer.text
    return LostFactor.objects.get()


def test_the_whole_way(client_for: Enter, asked: LostFactor, lotte: Person, coach: Person) -> None:
    leader = client_for(lotte)
    page = leader.get(PAGE).text
    assert "Noor Voorbeeld" in page
    assert "Tweede sleutel eraf" in page

    answer = leader.post(f"{PAGE}{asked.pk}/eraf/", follow=True)

    assert "De tweede sleutel is eraf." in answer.text
    browser = Client()
    give_password(browser, coach)
    assert browser.get("/vandaag/").headers["Location"].startswith("/accounts/2fa/totp/activate/")
    assert not is_in(browser)


def test_the_second_person_is_asked_by_a_mail_that_names_nobody(asked: LostFactor, lotte: Person) -> None:
    message = mail.outbox[0]
    assert message.to == [lotte.email]
    assert f"http://testserver{PAGE}" in str(message.body)
    words = f"{message.subject}{message.body}".lower()
    assert not [word for word in ("noor", "fem", "ipta", "telefoon", "code") if word in words]


def test_the_colleague_hears_by_a_mail_that_something_changed(
    client_for: Enter, asked: LostFactor, lotte: Person, coach: Person
) -> None:
    mail.outbox.clear()
    client_for(lotte).post(f"{PAGE}{asked.pk}/eraf/")
    (message,) = mail.outbox
    assert message.to == [coach.email]
    assert message.subject == "Er is iets veranderd aan je account"
    assert "Bel dan meteen je functioneel beheerder." in str(message.body)


def test_who_asked_cannot_say_yes_and_can_call_it_off(client_for: Enter, asked: LostFactor, fem: Person) -> None:
    hers = client_for(fem)
    assert "Tweede sleutel eraf</" not in hers.get(PAGE).text
    assert hers.post(f"{PAGE}{asked.pk}/eraf/").status_code == 404
    assert "Er verandert niets." in hers.post(f"{PAGE}{asked.pk}/toch-niet/", follow=True).text
    assert Authenticator.objects.filter(user=asked.person).exists()
    assert LostFactor.objects.get().ended_at


def test_twice_is_told_in_plain_words(client_for: Enter, asked: LostFactor, fem: Person, coach: Person) -> None:
    answer = client_for(fem).post(PAGE, {"post": Post.objects.get(person=coach).pk})
    assert answer.status_code == 422
    assert "Dit is al gevraagd." in answer.text


def test_a_project_leader_asks_nothing_and_finds_the_page_from_the_beginning(client_for: Enter, lotte: Person) -> None:
    leader = client_for(lotte)
    assert PAGE in leader.get("/").text
    assert "Er wacht niets op jou." in leader.get(PAGE).text
    assert "/gemeente/mensen/" not in leader.get(PAGE).text
    assert leader.post(PAGE, {"post": Post.objects.get(person=lotte).pk}).status_code == 422
    assert not LostFactor.objects.exists()


def test_another_municipality_sees_nothing_of_it(client_for: Enter, asked: LostFactor, vera: Person) -> None:
    hers = client_for(vera)
    assert "Noor" not in hers.get(PAGE).text
    for what in ("eraf", "toch-niet"):
        assert hers.post(f"{PAGE}{asked.pk}/{what}/").status_code == 404
    assert hers.post(PAGE, {"post": Post.objects.get(person=asked.person).pk}).status_code == 422


@pytest.mark.parametrize("who", ["noor", "dana", "sem"])
def test_for_others_the_page_is_not_there(
    who: str, request: pytest.FixtureRequest, client_for: Enter, asked: LostFactor
) -> None:
    theirs = client_for(request.getfixturevalue(who))
    assert theirs.get(PAGE).status_code == 404
    assert theirs.post(f"{PAGE}{asked.pk}/eraf/").status_code == 404
