"""A functional manager gives and ends roles, in his own municipality alone."""

import re
from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client

from ipta.accounts.models import Municipality, Person, Post, Role
from tests.asking import last_entry
from tests.web.coach.shared import post_twice

Enter = Callable[[Person], Client]
PAGE = "/gemeente/mensen/"


@pytest.fixture
def words(zoetermeer: Municipality) -> dict[str, str]:
    return {
        "municipality": str(zoetermeer.pk),
        "role": Role.COACH,
        "first_name": "Tarik",
        "last_name": "Aksoy",
        "email": "tarik@voorbeeld.example",
        "organisation": "IPTA Zoetermeer",
    }


def test_a_new_colleague_gets_a_role_and_a_mail_to_choose_a_password(
    client_for: Enter, fem: Person, words: dict[str, str], zoetermeer: Municipality
) -> None:
    answer = client_for(fem).post(PAGE, words, follow=True)

    assert "Tarik Aksoy" in answer.text
    tarik = Person.objects.get(email="tarik@voorbeeld.example")
    assert tarik.role_in(zoetermeer) == Role.COACH
    assert last_entry(zoetermeer).verb == "post.given"
    assert mail.outbox[0].to == ["tarik@voorbeeld.example"]
    link = re.search(r"http://testserver(/accounts/password/reset/key/\S+)", str(mail.outbox[0].body))
    assert link and Client().get(link[1]).status_code == 302


def test_the_chosen_password_lets_him_in_as_far_as_the_second_factor(
    client_for: Enter, fem: Person, words: dict[str, str]
) -> None:
    client_for(fem).post(PAGE, words)
    link = re.search(r"http://testserver(\S+/key/\S+)", str(mail.outbox[0].body))
    assert link
    his = Client()
    form = his.get(link[1], follow=True)
    his.post(
        form.request["PATH_INFO"], {"password1": "een heel lang wachtwoord", "password2": "een heel lang wachtwoord"}
    )
    his.post("/accounts/login/", {"login": "tarik@voorbeeld.example", "password": "een heel lang wachtwoord"})

    assert his.get("/vandaag/").headers["Location"].startswith("/accounts/2fa/totp/activate/")


def test_somebody_who_is_known_gets_one_more_role_and_no_second_account(
    client_for: Enter, fem: Person, yara: Person, words: dict[str, str], zoetermeer: Municipality
) -> None:
    client_for(fem).post(PAGE, words | {"email": "YARA@voorbeeld.example", "role": Role.PROFESSIONAL})

    assert Person.objects.get(email__iexact="yara@voorbeeld.example").role_in(zoetermeer) == Role.PROFESSIONAL


def test_a_second_tap_gives_no_second_role_and_sends_no_second_mail(
    client_for: Enter, fem: Person, words: dict[str, str]
) -> None:
    post_twice(client_for(fem), PAGE, words)

    assert Post.objects.filter(person__email="tarik@voorbeeld.example").count() == 1
    assert len(mail.outbox) == 1


def test_a_role_somebody_has_already_is_not_given_again(
    client_for: Enter, fem: Person, noor: Person, words: dict[str, str]
) -> None:
    answer = client_for(fem).post(PAGE, words | {"email": str(noor.email)})

    assert answer.status_code == 422
    assert "Deze persoon heeft deze rol al." in answer.text
    assert 'value="Aksoy"' in answer.text


def test_words_typed_before_the_session_ended_come_back(client_for: Enter, fem: Person, words: dict[str, str]) -> None:
    hers = client_for(fem)
    hers.get(PAGE)
    del hers.cookies["sessie"]
    hers.post(PAGE, words)
    hers.cookies["sessie"] = client_for(fem).cookies["sessie"].value

    back = hers.get(PAGE).text

    assert "We hebben je tekst bewaard" in back
    assert 'value="Aksoy"' in back


def test_a_role_that_stops_is_over_at_the_next_request(client_for: Enter, fem: Person, noor: Person) -> None:
    post = Post.objects.get(person=noor)
    hers = client_for(noor)
    assert hers.get("/vandaag/").status_code == 200

    client_for(fem).post(f"{PAGE}{post.pk}/stopt/")

    answer = hers.get("/vandaag/")  # no post left: every session of hers ended at once
    assert answer.headers["Location"].startswith("/accounts/login/")


def test_a_half_filled_form_keeps_every_word(client_for: Enter, fem: Person, words: dict[str, str]) -> None:
    answer = client_for(fem).post(PAGE, words | {"email": "tarik"})

    assert answer.status_code == 422
    assert "Dit is geen e-mailadres" in answer.text
    assert 'value="Aksoy"' in answer.text


def test_nobody_gives_himself_a_role(client_for: Enter, fem: Person, words: dict[str, str]) -> None:
    answer = client_for(fem).post(PAGE, words | {"email": str(fem.email)})

    assert answer.status_code == 422
    assert "Je kunt jezelf geen rol geven" in answer.text


def test_another_municipality_is_out_of_reach(
    client_for: Enter, fem: Person, yara: Person, schiedam: Municipality, words: dict[str, str]
) -> None:
    hers = client_for(fem)

    assert "Yara" not in hers.get(PAGE).text
    assert hers.post(f"{PAGE}{Post.objects.get(person=yara).pk}/stopt/").status_code == 404
    assert hers.post(PAGE, words | {"municipality": str(schiedam.pk)}).status_code == 422


@pytest.mark.parametrize("who", ["noor", "dana", "lotte", "sem"])
def test_for_others_the_page_is_not_there(who: str, request: pytest.FixtureRequest, client_for: Enter) -> None:
    assert client_for(request.getfixturevalue(who)).get(PAGE).status_code == 404
