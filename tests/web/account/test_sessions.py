"""A session begins anew at signing in, ends to the second, and ends everywhere at once when somebody leaves."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone

from ipta.accounts import commands, sessions
from ipta.accounts.models import Municipality, Person, Post, Role, Session
from ipta.base import clock as house_clock
from ipta.dossiers import commands as dossiers
from ipta.dossiers.models import Coachship, Dossier
from tests.cast import days_ago, fresh
from tests.conftest import sign_in
from tests.web.account.signing import (
    PASSWORD,
    code_of,
    enter,
    give_code,
    give_password,
    is_in,
    with_password,
    with_telephone,
)

Enter = Callable[[Person], Client]
TWELVE_HOURS = 12 * 60 * 60


def page_of(person: Person) -> str:
    return "/ik/" if person.is_youth else "/vandaag/"


@pytest.fixture(params=["noor", "sem"])
def somebody(request: pytest.FixtureRequest, dossier: Dossier) -> Person:
    person: Person = request.getfixturevalue(request.param)
    return person


# --- Beginning -------------------------------------------------------------------------------------


def test_signing_in_makes_a_new_session_at_each_step(noor: Person) -> None:
    secret = with_telephone(with_password(noor))
    browser = Client()
    browser.get("/accounts/login/")
    browser.session["planted"] = 1
    session = browser.session
    session["planted"] = "by somebody else"
    session.save()
    browser.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    keys = [session.session_key]
    give_password(browser, noor)
    give_code(browser, code_of(secret))
    keys.append(browser.session.session_key)
    assert is_in(browser)
    assert len(set(keys)) == 2
    assert not sessions.SessionStore().exists(keys[0]), "the old one is no session any more"


def test_a_key_that_somebody_made_up_is_not_taken(noor: Person) -> None:
    browser = Client()
    browser.cookies[settings.SESSION_COOKIE_NAME] = "verzonnen" * 3
    secret = with_telephone(with_password(noor))
    give_password(browser, noor)
    give_code(browser, code_of(secret))
    assert browser.cookies[settings.SESSION_COOKIE_NAME].value != "verzonnen" * 3


# --- Ending, to the second ---------------------------------------------------------------------------


@pytest.mark.parametrize(("seconds", "is_over"), [(-1, False), (0, True), (1, True)])
def test_a_session_rests_so_long_and_not_a_second_more(
    somebody: Person, client_for: Enter, seconds: int, is_over: bool
) -> None:
    rest = settings.YOUTH_REST if somebody.is_youth else settings.STAFF_REST
    with time_machine.travel(timezone.now().replace(microsecond=0), tick=False) as clock:
        browser = client_for(somebody)
        assert browser.get(page_of(somebody)).status_code == 200
        clock.shift(timedelta(seconds=rest + seconds))
        assert (browser.get(page_of(somebody)).status_code == 302) is is_over


@pytest.mark.parametrize(("seconds", "is_over"), [(-1, False), (0, True), (1, True)])
def test_after_twelve_hours_it_is_over_however_busy(
    somebody: Person, client_for: Enter, seconds: int, is_over: bool
) -> None:
    with time_machine.travel(timezone.now().replace(microsecond=0), tick=False) as clock:
        browser, began = client_for(somebody), timezone.now()
        while (timezone.now() - began).total_seconds() < TWELVE_HOURS - 600:
            assert browser.get(page_of(somebody)).status_code == 200
            clock.shift(timedelta(minutes=10))
        assert browser.get(page_of(somebody)).status_code == 200
        clock.move_to(began + timedelta(seconds=TWELVE_HOURS + seconds))
        assert (browser.get(page_of(somebody)).status_code == 302) is is_over


def test_a_browser_keeps_the_cookie_no_longer_than_the_session(somebody: Person, client_for: Enter) -> None:
    browser = client_for(somebody)
    browser.get(page_of(somebody))
    rest = settings.YOUTH_REST if somebody.is_youth else settings.STAFF_REST
    assert int(browser.cookies[settings.SESSION_COOKIE_NAME]["max-age"]) == rest


# --- What lies in the database -------------------------------------------------------------------------


def test_nobody_signs_in_with_what_lies_in_the_database(noor: Person) -> None:
    browser = sign_in(noor)
    assert is_in(browser)
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_key, session_data FROM accounts_session")
        ((key, data),) = cursor.fetchall()
    assert browser.session.session_key not in (key, data)
    assert str(noor.pk) not in data
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = key
    assert not is_in(thief)


def test_a_session_cannot_be_put_in_the_place_of_another(noor: Person, bram: Person) -> None:
    """Somebody who can write in the database gives himself the content of her session."""
    hers, his = sign_in(noor), sign_in(bram)
    assert is_in(hers)
    assert is_in(his)
    stolen = Session.objects.get(person=noor)
    Session.objects.filter(person=bram).update(session_data=stolen.session_data)
    assert his.get("/vandaag/").status_code == 302


def test_with_another_secret_key_everybody_is_out(noor: Person, settings: Any) -> None:
    browser = sign_in(noor)
    settings.SECRET_KEY = "een andere sleutel"
    assert browser.get("/vandaag/").status_code == 302


# --- Where am I signed in --------------------------------------------------------------------------------


def test_she_sees_where_she_is_signed_in_and_ends_all_others(noor: Person) -> None:
    here, there = sign_in(noor), sign_in(noor)
    there.get("/vandaag/", headers={"User-Agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0)"})
    here.get("/vandaag/", headers={"User-Agent": "Mozilla/5.0 (Windows NT 10.0)"})
    page = here.get("/accounts/sessions/").text
    assert "iPhone" in page
    assert "Windows-computer" in page
    assert page.count("Dit apparaat") == 1

    here.post("/accounts/sessions/")

    assert is_in(here)
    assert not is_in(there)
    assert "iPhone" not in here.get("/accounts/sessions/").text


def test_of_somebody_else_nothing_is_shown_or_ended(noor: Person, bram: Person) -> None:
    hers, his = sign_in(noor), sign_in(bram)
    his.get("/vandaag/", headers={"User-Agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0)"})
    assert "iPhone" not in hers.get("/accounts/sessions/").text
    hers.post("/accounts/sessions/")
    assert is_in(his)


# --- All at once ---------------------------------------------------------------------------------------------


def test_signing_out_ends_it_on_the_server_and_empties_the_browser(noor: Person) -> None:
    browser = sign_in(noor)
    assert is_in(browser)
    cookie = browser.cookies[settings.SESSION_COOKIE_NAME].value
    answer = browser.post("/accounts/logout/")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    browser.cookies[settings.SESSION_COOKIE_NAME] = cookie
    assert not is_in(browser)


def test_weg_does_the_same_for_a_youth(sem: Person, client_for: Enter) -> None:
    browser = client_for(sem)
    assert browser.get("/ik/").status_code == 200
    answer = browser.post("/ik/weg/")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert browser.get("/ik/").status_code == 302


def test_another_password_ends_what_was_open_elsewhere(noor: Person) -> None:
    secret = with_telephone(with_password(noor))
    here = enter(noor, secret)
    with time_machine.travel(timezone.now() + timedelta(seconds=31)):
        there = enter(noor, secret)
        words = {
            "oldpassword": PASSWORD,
            "password1": "vijf bomen in de straat",
            "password2": "vijf bomen in de straat",
        }
        assert here.post("/accounts/password/change/", words).status_code == 302
        assert is_in(here)
        assert not is_in(there)
        assert Session.objects.filter(person=noor).count() == 1


def test_a_password_chosen_by_mail_ends_everything(noor: Person, mailoutbox: list[Any]) -> None:
    browser = sign_in(noor)
    assert is_in(browser)
    stranger = Client()
    stranger.post("/accounts/password/reset/", {"email": str(noor.email)})
    link = str(mailoutbox[0].body).partition("http://testserver")[2].split()[0]
    form = stranger.get(link, follow=True)
    words = {"password1": "vijf bomen in de straat", "password2": "vijf bomen in de straat"}
    stranger.post(form.request["PATH_INFO"], words)
    assert not is_in(browser)
    assert not is_in(stranger), "who has the mail has no second factor yet"


def test_who_leaves_is_out_everywhere_at_once(noor: Person, fem: Person) -> None:
    browsers = [sign_in(noor), sign_in(noor)]
    assert all(map(is_in, browsers))
    commands.leave(Post.objects.get(person=noor), by=fem)
    assert not Session.objects.filter(person=noor).exists()
    for browser in browsers:
        assert browser.get("/vandaag/").headers["Location"].startswith("/accounts/login/")


def test_who_keeps_another_role_stays_in_with_that_one_alone(
    noor: Person, fem: Person, dossier: Dossier, schiedam: Municipality
) -> None:
    Post.objects.create(person=noor, municipality=schiedam, role=Role.COACH, since=days_ago(9))
    browser = sign_in(noor)
    page = f"/jongeren/{dossier.pk}/"
    assert browser.get(page).status_code == 200
    commands.leave(Post.objects.get(person=noor, municipality=dossier.municipality), by=fem)
    assert browser.get(page).status_code == 404
    assert browser.post(f"{page}stappen/nieuw/", {"text": "Nog iets"}).status_code == 404
    assert browser.get("/vandaag/").status_code == 200, "she is still a coach elsewhere"


def test_a_role_that_ends_on_a_day_gives_nothing_from_that_day_on(noor: Person, dossier: Dossier) -> None:
    browser = sign_in(noor)
    Post.objects.filter(person=noor).update(until=days_ago(0))
    assert browser.get(f"/jongeren/{dossier.pk}/").status_code == 404
    assert house_clock.today() == days_ago(0)


def test_what_was_open_of_a_youth_closes_when_another_coach_goes_on(
    noor: Person, bram: Person, dossier: Dossier
) -> None:
    hers, his = sign_in(noor), sign_in(bram)
    page = f"/jongeren/{dossier.pk}/"
    open_pages = ["", "tijdlijn/", "plan/", "scan/", "mensen/", "werk/", "notitie/", "telefoon/"]
    assert [hers.get(page + part).status_code for part in open_pages] == [200] * len(open_pages)
    assert his.get(page).status_code == 404

    dossiers.hand_over(dossier, to=bram, by=noor)

    assert [hers.get(page + part).status_code for part in open_pages] == [404] * len(open_pages)
    assert hers.post(f"{page}notitie/", {"channel": "met", "text": "Nog iets"}).status_code == 404
    assert his.get(page).status_code == 200


def test_a_stand_in_is_out_when_his_days_are_over(stef: Person, standing_in: Coachship, dossier: Dossier) -> None:
    browser = sign_in(stef)
    assert browser.get(f"/jongeren/{dossier.pk}/").status_code == 200
    Coachship.objects.filter(pk=standing_in.pk).update(until=days_ago(0))
    assert browser.get(f"/jongeren/{dossier.pk}/").status_code == 404


def test_an_account_that_is_closed_is_out_at_the_next_request(noor: Person) -> None:
    browser = sign_in(noor)
    assert is_in(browser)
    Person.objects.filter(pk=noor.pk).update(is_active=False)
    assert not is_in(browser)
    assert not fresh(noor).is_active
