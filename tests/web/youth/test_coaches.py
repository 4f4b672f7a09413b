"""Who his coach is: told before it changes, and what one coach wrote to the other is his to read."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine
from django.test import Client

from ipta.accounts.models import Person
from ipta.dossiers import commands
from ipta.dossiers.models import Coachship, Dossier
from tests.cast import days_ago
from tests.web.youth.asking import address

WORDS = "Zijn oma stelde ons voor. Bel nooit voor twaalf uur."
MONDAY = days_ago(-5)


@pytest.fixture
def planned(dossier: Dossier, noor: Person, bram: Person) -> Coachship:
    return commands.hand_over(dossier, to=bram, on=MONDAY, words=WORDS, by=noor)


def days_later(client_for: Callable[[Person], Client], sem: Person, days: int) -> str:
    with time_machine.travel(datetime.combine(MONDAY + timedelta(days=days), time(12), tzinfo=UTC)):
        return client_for(sem).get(address("home")).text


def test_he_is_told_before_it_changes(sems: Client, planned: Coachship) -> None:
    home = sems.get(address("home")).text
    assert "is Bram je coach" in home
    assert "Tot die dag is Noor er voor je." in home
    assert "Noor is je coach." in home
    assert "jouw coach vanaf" in sems.get(address("people")).text


def test_from_the_day_on_he_reads_who_is_new(
    client_for: Callable[[Person], Client], sem: Person, planned: Coachship
) -> None:
    home = days_later(client_for, sem, 0)
    assert "Bram is nu je coach" in home
    assert "Eerst was dat Noor." in home
    assert "Bram is je coach." in home
    assert "is nu je coach" not in days_later(client_for, sem, 21), "by then it is no news"


def test_called_off_it_is_gone_from_his_page(sems: Client, planned: Coachship, dossier: Dossier, noor: Person) -> None:
    commands.stay(dossier, by=noor)
    assert "Bram" not in sems.get(address("home")).text
    assert WORDS not in sems.get(address("people")).text


def test_he_reads_what_the_one_wrote_to_the_other_and_says_how_it_was(
    sems: Client, planned: Coachship, dossier: Dossier, sem: Person
) -> None:
    page = sems.get(address("people")).text
    assert "Dit schreef Noor voor Bram" in page
    assert WORDS in page
    side = address("view", "coach", planned.briefing_id)
    assert side in page
    sems.post(side, {"text": "Bellen mag best eerder."})
    assert "Bellen mag best eerder." in sems.get(address("people")).text


def test_what_he_says_of_it_is_read_by_the_new_coach(
    client_for: Callable[[Person], Client], planned: Coachship, dossier: Dossier, sem: Person, bram: Person
) -> None:
    commands.view(planned.briefing, by=sem, text="Bellen mag best eerder.")
    with time_machine.travel(datetime.combine(MONDAY, time(12), tzinfo=UTC)):
        assert "Bellen mag best eerder." in client_for(bram).get(f"/jongeren/{dossier.pk}/tijdlijn/").text


def test_he_knows_who_is_there_while_his_coach_is_away(sems: Client, standing_in: Coachship) -> None:
    home = sems.get(address("home")).text
    assert "Noor is er even niet" in home
    assert "Stef helpt je tot en met" in home
    assert "helpt je tot en met" in sems.get(address("people")).text


def test_of_who_was_his_coach_he_reads_until_when(sems: Client, olga: Person, dossier: Dossier) -> None:
    assert "Olga was je coach tot en met" in sems.get(address("people")).text


def test_where_nothing_changes_nothing_is_said(sems: Client) -> None:
    home = sems.get(address("home")).text
    assert "nu je coach" not in home
    assert "er even niet" not in home
