"""Waarom mag dit? Each purpose in plain words, those of his municipality first; and his parents see nothing."""

from django.test import Client

from ipta.accounts.models import Municipality, Person
from ipta.law import commands
from ipta.law.rules import PLAIN
from tests.web.youth.asking import address


def test_every_purpose_is_told_in_plain_words(sems: Client) -> None:
    page = sems.get(address("why")).content.decode()
    assert all(text in page for text in PLAIN.values())
    assert "Je ouders zien niets." in page


def test_what_his_municipality_says_goes_before(sems: Client, zoetermeer: Municipality, fem: Person) -> None:
    said = {"articles": "AVG art. 6, hier", "plain": "Zo doen wij dat hier.", "why": "Jurist."}
    commands.state_ground(zoetermeer, "match", by=fem, **said)
    page = sems.get(address("why")).content.decode()
    assert said["plain"] in page
    assert said["articles"] in page
    assert PLAIN["match"] not in page


def test_there_is_a_door_to_it(sems: Client) -> None:
    page = sems.get(address("about_me")).content.decode()
    assert address("why") in page
    assert address("keeping") in page
