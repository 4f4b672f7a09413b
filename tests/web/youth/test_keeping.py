"""Hoe lang blijft het? What goes when, what is held, and asking that something goes."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from ipta.accounts.models import Person
from ipta.base import acting, clock
from ipta.dossiers import commands as dossiers
from ipta.dossiers.models import Dossier
from ipta.law import commands, due
from ipta.law.models import Wish
from tests.cast import days_ago, fresh
from tests.conftest import sign_in
from tests.web.youth.asking import address


def shown(browser: Client, name: str = "keeping") -> str:
    return browser.get(address(name)).content.decode()


@pytest.fixture
def ended(dossier: Dossier, noor: Person) -> Dossier:
    """Almost two years ago."""
    dossiers.end(dossier, reason="moved", by=noor)
    Dossier.objects.filter(pk=dossier.pk).update(
        found_on=days_ago(900), joined_on=days_ago(900), ended_on=days_ago(715)
    )
    return fresh(dossier)


def test_while_he_takes_part_nothing_goes(sems: Client) -> None:
    assert "Nog 2 jaar als je klaar bent." in shown(sems)
    assert "gaat er iets weg" not in shown(sems, "home")


def test_a_month_before_it_stands_on_his_first_page_with_the_way_to_take_it_along(sems: Client, ended: Dossier) -> None:
    with acting.as_work():
        due.keep_the_terms()
    assert "gaat er iets weg" in shown(sems, "home")
    page = shown(sems)
    assert "Wil je het bewaren? Neem het mee." in page
    assert address("take_along") in page
    assert "gaat dit weg." in page


def test_his_coach_reads_it_too(ended: Dossier, noor: Person) -> None:
    with acting.as_work():
        due.keep_the_terms()
    page = sign_in(noor).get(reverse("coach:youth", args=[ended.pk])).content.decode()
    assert "gaat er iets weg" in page


def test_a_hold_stands_there_with_its_reason(sems: Client, ended: Dossier, fem: Person, pepijn: Person) -> None:
    hold = commands.ask_hold(ended, why="complaint", until=clock.today() + timedelta(days=60), by=fem)
    assert "Nu gaat er niets weg" not in shown(sems)
    commands.agree_hold(hold, by=pepijn)
    with acting.as_work():
        due.keep_the_terms()
    page = shown(sems)
    assert "Nu gaat er niets weg" in page
    assert "Er loopt een klacht." in page
    assert "gaat er iets weg" not in shown(sems, "home")


def test_what_went_is_said(sems: Client, ended: Dossier) -> None:
    Dossier.objects.filter(pk=ended.pk).update(ended_on=days_ago(800))
    with acting.as_work():
        due.keep_the_terms()
    with clock.at(clock.now() + timedelta(days=30)), acting.as_work():
        assert due.keep_the_terms().destroyed == 4
    assert shown(sems).count("Dit is weg sinds") == 4
    assert sems.get(address("notes")).status_code == 200
    assert sems.get(address("people")).status_code == 200


def test_he_asks_that_something_goes_and_changes_his_mind(sems: Client, dossier: Dossier) -> None:
    assert sems.post(address("wish"), {"kind": "scans"}).status_code == 302
    wish = Wish.objects.get()
    assert "De gemeente kijkt ernaar." in shown(sems)
    again = sems.post(address("wish"), {"kind": "scans"})
    assert again.status_code == 422
    assert "Dit vroeg je al." in again.content.decode()
    sems.post(address("call_off_wish", wish.pk))
    assert fresh(wish).called_off_at
    assert "De gemeente kijkt ernaar." not in shown(sems)


def test_also_when_it_all_ended(sems: Client, ended: Dossier) -> None:
    assert sems.post(address("wish"), {"kind": "all"}).status_code == 302
    assert Wish.objects.get().kind == "all"


def test_a_no_is_told_in_plain_words(sems: Client, dossier: Dossier, sem: Person, fem: Person) -> None:
    commands.refuse_erasure(commands.wish(dossier, "plan", by=sem), why="archive", by=fem)
    assert "De gemeente moet dit nog een paar jaar bewaren." in shown(sems)


def test_without_a_choice_it_comes_back(sems: Client) -> None:
    assert sems.post(address("wish"), {}).status_code == 422
    assert sems.post(address("wish"), {"kind": "rest"}).status_code == 422


def test_a_wish_of_another_is_not_there(kims: Client, dossier: Dossier, sem: Person) -> None:
    wish = commands.wish(dossier, "plan", by=sem)
    assert kims.post(address("call_off_wish", wish.pk)).status_code == 404
