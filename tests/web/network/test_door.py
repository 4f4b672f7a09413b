"""The way in of a guest: a link, and on each new device a code that he got another way."""

import re

import pytest
from django.http import HttpResponse
from django.test import Client

from ipta.accounts import guests
from ipta.accounts.guests import Way
from ipta.accounts.models import Device, GuestLink, Person
from ipta.base import clock
from ipta.dossiers.models import NetworkPerson
from ipta.sharing import commands as sharing
from ipta.sharing.guests import cut_guest, invite_guest, renew_code
from ipta.sharing.rules import USUAL_GRANT
from ipta.web.entry import tries
from tests.asking import row_counts
from tests.cast import CANARY, canary, days_ago, fresh
from tests.house.site import body


@pytest.fixture
def way(ria: NetworkPerson, sem: Person) -> Way:
    sharing_with = invite_guest(ria, by=sem)
    sharing.grant(ria.dossier, section="plan", to=sharing_with.link.person, purpose="samen", by=sem)
    return sharing_with


def at(way: Way) -> str:
    return f"/mee/{way.token}/"


def said(response: HttpResponse, token: str) -> str:
    """The page without its own address, and without what is random on every page."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", body(response).replace(token, ""))


def test_a_robot_that_previews_the_link_reads_and_changes_nothing(way: Way) -> None:
    before = row_counts()
    page = Client().get(at(way))
    assert page.status_code == 200
    assert CANARY not in page.text
    for word in ("IPTA", "Noor", "Sem", "Zoetermeer", "coach", "plan"):
        assert word not in page.text.replace("/static/", ""), word
    assert row_counts() == before


def test_with_the_code_he_comes_in_and_reads_what_was_shared(way: Way) -> None:
    phone = Client(headers={"user-agent": "Mozilla/5.0 (iPhone)"})
    response = phone.post(at(way), {"code": way.code.lower()}, follow=True)
    assert response.redirect_chain == [("/mee/", 302)]
    assert canary("sem", "plan") in response.text
    assert Device.objects.get(person=way.link.person).label == "iPhone"


def test_next_time_the_link_alone_opens_on_this_device_and_nowhere_else(way: Way) -> None:
    phone = Client()
    phone.post(at(way), {"code": way.code})
    phone.cookies.pop("sessie")
    assert phone.get(at(way)).headers["Location"] == "/mee/"
    assert phone.get("/mee/").status_code == 200
    wandered = Client()
    assert wandered.get(at(way)).status_code == 200
    assert wandered.get("/mee/").headers["Location"] == "/mee/verder/?next=/mee/"


def test_coming_back_by_the_link_writes_no_more_than_a_session(way: Way) -> None:
    phone = Client()
    phone.post(at(way), {"code": way.code})
    phone.cookies.pop("sessie")
    before = row_counts()
    phone.get(at(way))
    now = row_counts()
    assert {table for table in now if now[table] != before[table]} == {"accounts.Session"}


def test_a_session_that_ended_goes_on_where_he_was(way: Way) -> None:
    phone = Client()
    phone.post(at(way), {"code": way.code})
    phone.cookies.pop("sessie")
    response = phone.get("/mee/", follow=True)
    assert response.redirect_chain == [("/mee/verder/?next=/mee/", 302), ("/mee/", 302)]
    assert "Open je link nog een keer" in Client().get("/mee/verder/").text


def test_five_wrong_codes_shut_it_and_a_new_code_opens_it(way: Way, ria: NetworkPerson, noor: Person) -> None:
    stranger = Client()
    for left in (4, 3, 2, 1):
        response = stranger.post(at(way), {"code": "AAAAAA"})
        assert response.status_code == 422
        assert f"nog {left} keer" in response.text
    assert stranger.post(at(way), {"code": "AAAAAA"}).status_code == 423
    assert "even dicht" in stranger.get(at(way)).text
    assert stranger.post(at(way), {"code": way.code}).status_code == 423
    code = renew_code(fresh(ria), by=noor)
    assert Client().post(at(way), {"code": code}).headers["Location"] == "/mee/"


def test_no_code_is_no_try(way: Way) -> None:
    assert Client().post(at(way), {"code": ""}).status_code == 422
    assert fresh(way.link).wrong_codes == 0


def test_who_tries_many_links_waits(way: Way, ria: NetworkPerson, sem: Person) -> None:
    stranger = Client()
    for number in range(tries.MOST):
        if number % 4 == 0:
            GuestLink.objects.update(wrong_codes=0)
        assert stranger.post(at(way), {"code": "AAAAAA"}).status_code == 422
    GuestLink.objects.update(wrong_codes=0)
    assert stranger.post(at(way), {"code": way.code}).status_code == 429


@pytest.mark.parametrize("what", ["never there", "cut", "over", "replaced"])
def test_whatever_is_wrong_with_a_link_the_page_is_the_same(
    what: str, way: Way, ria: NetworkPerson, sem: Person
) -> None:
    token, nothing = way.token, Client().get("/mee/bestaat-niet-of-niet-meer/")
    assert nothing.status_code == 404
    if what == "never there":
        token = "iets-anders"
    if what == "cut":
        cut_guest(ria, by=sem)
    if what == "over":
        GuestLink.objects.update(ends_on=days_ago(1))
    if what == "replaced":
        invite_guest(fresh(ria), by=sem)
    for response in (Client().get(f"/mee/{token}/"), Client().post(f"/mee/{token}/", {"code": way.code})):
        assert (response.status_code, said(response, token)) == (404, said(nothing, "bestaat-niet-of-niet-meer"))


def test_the_last_day_ends_a_session_that_is_still_open(way: Way) -> None:
    phone = Client()
    phone.post(at(way), {"code": way.code})
    GuestLink.objects.update(ends_on=days_ago(1))
    assert phone.get("/mee/").headers["Location"] == "/mee/verder/?next=/mee/"


def test_a_cut_link_ends_what_is_open_at_the_next_tap(way: Way, ria: NetworkPerson, noor: Person) -> None:
    phone = Client()
    phone.post(at(way), {"code": way.code})
    cut_guest(ria, by=noor)
    assert phone.get("/mee/", follow=True).redirect_chain == [("/mee/verder/?next=/mee/", 302)]
    assert phone.get(at(way)).status_code == 404


def test_two_guests_share_a_telephone(way: Way, kim: Person) -> None:
    uncle = NetworkPerson.objects.get(dossier=kim.dossier)
    other = invite_guest(uncle, by=kim)
    phone = Client()
    phone.post(at(way), {"code": way.code})
    phone.post(at(other), {"code": other.code})
    assert phone.get(at(way)).headers["Location"] == "/mee/"
    assert canary("sem", "plan") in phone.get("/mee/").text
    assert phone.get(at(other)).headers["Location"] == "/mee/"
    assert CANARY not in phone.get("/mee/").text


def test_going_away_leaves_nothing_on_the_screen_and_the_device_known(way: Way) -> None:
    phone = Client()
    phone.post(at(way), {"code": way.code})
    gone = phone.post("/mee/weg/")
    assert gone.headers["Location"] == "/binnen/weg/"
    assert gone.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert phone.get(at(way)).headers["Location"] == "/mee/"


def test_he_finds_no_other_desk(way: Way) -> None:
    phone = Client()
    phone.post(at(way), {"code": way.code})
    assert phone.get("/").headers["Location"] == "/mee/"
    for elsewhere in (
        "/ik/",
        "/vandaag/",
        "/gedeeld/",
        "/gemeente/mensen/",
        "/toezicht/",
        "/accounts/password/change/",
    ):
        assert phone.get(elsewhere).status_code == 404, elsewhere


def test_the_page_of_a_guest_is_for_guests(client_for: object, sem: Person, noor: Person, dana: Person) -> None:
    for person in (sem, noor, dana):
        assert client_for(person).get("/mee/").status_code == 404  # type: ignore[operator]


def test_it_lasts_as_long_as_it_says(way: Way) -> None:
    with clock.at(clock.now() + USUAL_GRANT):
        assert guests.find_link(way.token) is not None
