"""Letters: larger, darker, easier, read aloud more slowly; on this device, without script, also before coming in."""

import re
from http.cookies import SimpleCookie

import pytest
from django.test import Client

from ipta.dossiers.models import Dossier
from ipta.web import look
from tests.web.youth.asking import EVERYTHING_USUAL, address

LARGEST = {"size": "largest", "contrast": "strong", "font": "easy", "voice": "slow"}


def classes(page: str) -> str:
    found = re.search(r'<html lang="\w+"(?: class="([^"]*)")?>', page)
    assert found
    return found[1] or ""


def test_what_he_chose_stands_on_every_page(sems: Client, dossier: Dossier) -> None:
    assert classes(sems.get(address("home")).text) == ""
    answer = sems.post(address("letters"), {**LARGEST, "next": address("plan")})
    assert answer.headers["Location"] == address("plan")
    for name in ("home", "plan", "looks", "promise", "letters"):
        assert classes(sems.get(address(name)).text) == "size-largest contrast-strong font-easy voice-slow"


def test_who_is_not_in_yet_chooses_too_and_the_door_is_as_he_chose(anonymous: Client) -> None:
    assert "Letters" in anonymous.get("/binnen/").text
    assert anonymous.get(address("letters")).status_code == 200
    assert anonymous.post(address("letters"), {**LARGEST, "next": "/binnen/"}).headers["Location"] == "/binnen/"
    assert "size-largest" in classes(anonymous.get("/binnen/").text)


def test_back_to_usual_leaves_no_class(sems: Client) -> None:
    sems.post(address("letters"), LARGEST)
    sems.post(address("letters"), EVERYTHING_USUAL)
    assert classes(sems.get(address("home")).text) == ""


def test_it_is_kept_by_the_device_out_of_reach_of_scripts_and_says_nothing_of_him(sems: Client) -> None:
    cookie: SimpleCookie = sems.post(address("letters"), LARGEST).cookies
    kept = cookie[look.COOKIE]
    assert kept.value == "largest.strong.easy.slow"
    assert kept["httponly"] and kept["samesite"] == "Lax"
    assert int(kept["max-age"]) == 400 * 24 * 3600


def test_it_is_still_there_after_leaving(sems: Client) -> None:
    sems.post(address("letters"), LARGEST)
    sems.post(address("leave"))
    assert "size-largest" in classes(sems.get("/binnen/").text)


@pytest.mark.parametrize("value", ["", "x", "largest", "<b>.strong", "..", "largest.strong.easy.slow.more", "é" * 500])
def test_whatever_a_browser_sends_as_its_choice_the_page_stays_whole(sems: Client, value: str) -> None:
    sems.cookies[look.COOKIE] = value
    page = sems.get(address("home"))
    assert page.status_code == 200
    assert set(classes(page.text).split()) <= {"size-largest", "contrast-strong", "font-easy", "voice-slow"}


@pytest.mark.parametrize("left_out", LARGEST)
def test_what_is_no_answer_is_asked_again(sems: Client, left_out: str) -> None:
    answer = sems.post(address("letters"), {**LARGEST, left_out: "reusachtig"})
    assert answer.status_code == 422
    assert look.COOKIE not in answer.cookies


@pytest.mark.parametrize("page", ["//elders.nl", "https://elders.nl/", "javascript:alert(1)", ""])
def test_it_never_leads_to_another_site(sems: Client, page: str) -> None:
    assert sems.post(address("letters"), {**LARGEST, "next": page}).headers["Location"] == address("home")
