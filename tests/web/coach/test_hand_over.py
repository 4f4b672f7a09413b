"""Another coach: on a day, with what he must know; and somebody who stands in and knows when he is done."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from ipta.accounts.models import Person
from ipta.dossiers import commands
from ipta.dossiers.models import Appointment, Coachship, Dossier, Step
from tests.asking import looks, verbs
from tests.cast import CANARY, canary, days_ago
from tests.web.coach.shared import assert_is_not_there, assert_same_work_for_more, of, post_twice

SignIn = Callable[[Person], Client]
WORDS = "Zijn oma stelde ons voor. Bel nooit voor twaalf uur."
MONDAY = days_ago(-5)
NEW = {"deel": "nieuw-bij-jou"}


def given(coach: Person, on: date = MONDAY, words: str = WORDS) -> dict[str, str]:
    return {"coach": str(coach.pk), "on": f"{on}", "words": words}


def at_noon(on: date) -> time_machine.travel:
    return time_machine.travel(datetime.combine(on, time(12), tzinfo=UTC))


@pytest.fixture
def planned(dossier: Dossier, noor: Person, bram: Person) -> Coachship:
    return commands.hand_over(dossier, to=bram, on=MONDAY, words=WORDS, by=noor)


# --- planning it ----------------------------------------------------------------------------------------------------


def test_until_the_day_the_coach_reads_on_and_sees_who_comes(noors: Client, bram: Person, dossier: Dossier) -> None:
    shown = noors.post(of(dossier, "hand_over"), given(bram), follow=True)
    assert shown.redirect_chain == [(of(dossier, "course"), 302)]
    assert "Tot die dag ben jij het." in shown.text
    for page in ("course", "youth"):
        assert "is Bram Voorbeeld de coach." in noors.get(of(dossier, page)).text


def test_a_second_tap_plans_it_once(noors: Client, bram: Person, dossier: Dossier) -> None:
    post_twice(noors, of(dossier, "hand_over"), given(bram))
    assert verbs(dossier).count("coach.planned") == 1


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"words": ""}, "Schrijf op wat je collega moet weten."),
        ({"words": " \n "}, "Schrijf op wat je collega moet weten."),
        ({"on": ""}, "Kies de dag waarop je collega begint."),
        ({"on": f"{days_ago(1)}"}, "Deze dag is al geweest."),
        ({"on": f"{days_ago(-190)}"}, "Kies een dag in de komende zes maanden."),
        ({"coach": ""}, "Kies een coach."),
    ],
)
def test_what_is_missing_is_said_and_no_word_is_lost(
    noors: Client, bram: Person, dossier: Dossier, wrong: dict[str, str], says: str
) -> None:
    shown = noors.post(of(dossier, "hand_over"), given(bram) | wrong)
    assert shown.status_code == 422
    assert says in shown.text
    assert not Coachship.objects.planned().filter(dossier=dossier).exists()
    if "words" not in wrong:
        assert WORDS in shown.text


def test_it_says_what_goes_along(noors: Client, noor: Person, bram: Person, dossier: Dossier) -> None:
    for text in ("Fiets regelen", "Zijn moeder bellen"):
        commands.promise(dossier, text=text, owner=Step.Owner.COACH, by=noor)
    commands.promise(dossier, text="Op tijd opstaan", owner=Step.Owner.YOUTH, by=noor)
    Appointment.objects.filter(dossier=dossier).update(outcome="")
    assert "2 beloftes van jou en 1 afspraak." in noors.get(of(dossier, "hand_over")).text


def test_what_was_planned_comes_back_to_be_changed(
    noors: Client, planned: Coachship, bram: Person, dossier: Dossier
) -> None:
    shown = noors.get(of(dossier, "hand_over"))
    assert WORDS in shown.text
    assert f'value="{MONDAY}"' in shown.text
    noors.post(of(dossier, "hand_over"), given(bram, MONDAY + timedelta(days=2), "Hij heeft een hond."))
    assert Coachship.objects.planned().get(dossier=dossier).since == MONDAY + timedelta(days=2)


def test_it_can_be_called_off_with_one_tap(noors: Client, planned: Coachship, dossier: Dossier) -> None:
    assert of(dossier, "stay") in noors.get(of(dossier, "course")).text
    assert "Jij blijft de coach." in noors.post(of(dossier, "stay"), follow=True).text
    assert "Er is geen overdracht meer gepland." in noors.post(of(dossier, "stay"), follow=True).text
    assert verbs(dossier).count("coach.stayed") == 1


# --- Vandaag, the first page and the timeline -----------------------------------------------------------------------


def test_who_comes_hears_that_somebody_comes_and_not_who(brams: Client, planned: Coachship, dossier: Dossier) -> None:
    shown = brams.get(reverse("coach:today")).text
    assert "neem je een jongere over van Noor." in shown
    assert f"{CANARY}-sem" not in shown
    assert str(dossier.pk) not in shown
    assert_is_not_there([brams], [of(dossier, "youth"), of(dossier, "hand_over"), of(dossier, "stay")])


def test_also_who_coaches_nobody_yet_hears_it(client_for: SignIn, noor: Person, stef: Person, dossier: Dossier) -> None:
    commands.hand_over(dossier, to=stef, on=MONDAY, words=WORDS, by=noor)
    assert "neem je een jongere over van Noor." in client_for(stef).get(reverse("coach:today")).text


def test_two_on_one_day_are_one_line(
    brams: Client, planned: Coachship, scouted: Dossier, noor: Person, bram: Person
) -> None:
    commands.hand_over(scouted, to=bram, on=MONDAY, words=WORDS, by=noor)
    assert "neem je 2 jongeren over van Noor." in brams.get(reverse("coach:today")).text


def test_the_old_coach_is_told_a_week_before(noors: Client, planned: Coachship) -> None:
    shown = noors.get(reverse("coach:today"), {"deel": "loopt-af"}).text
    assert "Bram neemt het over" in shown


def test_on_the_day_it_stands_on_vandaag_with_the_way_to_the_words(
    client_for: SignIn, planned: Coachship, noor: Person, bram: Person, dossier: Dossier
) -> None:
    with at_noon(MONDAY):
        his = client_for(bram)
        shown = his.get(reverse("coach:today"), NEW).text
        assert "Overgenomen van Noor" in shown
        assert of(dossier, "youth") in shown
        assert canary("sem", "identity") in shown
        page = his.get(of(dossier, "youth")).text
        assert WORDS in page
        assert "Noor Voorbeeld schreef dit bij de overdracht" in page
        hers = client_for(noor)
        assert f"{CANARY}-sem" not in hers.get(reverse("coach:today")).text
        assert hers.get(of(dossier, "youth")).status_code == 404


def test_what_the_coach_of_before_promised_is_now_the_new_ones(
    client_for: SignIn, planned: Coachship, noor: Person, bram: Person, dossier: Dossier
) -> None:
    commands.promise(dossier, text="Fiets regelen", owner=Step.Owner.COACH, due_on=MONDAY, by=noor)
    with at_noon(MONDAY):
        shown = client_for(bram).get(reverse("coach:today"), {"deel": "jij-beloofde"}).text
    assert "Fiets regelen" in shown


@pytest.mark.parametrize(("after", "is_there"), [(6, True), (7, False)])
def test_after_a_week_it_is_no_news_any_more(
    client_for: SignIn, planned: Coachship, bram: Person, after: int, is_there: bool
) -> None:
    with at_noon(MONDAY + timedelta(days=after)):
        assert ("Overgenomen van" in client_for(bram).get(reverse("coach:today"), NEW).text) is is_there


@pytest.mark.parametrize(("after", "is_there"), [(41, True), (42, False)])
def test_the_words_stand_at_the_top_in_the_first_weeks_and_stay_on_the_timeline(
    client_for: SignIn, planned: Coachship, bram: Person, dossier: Dossier, after: int, is_there: bool
) -> None:
    with at_noon(MONDAY + timedelta(days=after)):
        his = client_for(bram)
        assert (WORDS in his.get(of(dossier, "youth")).text) is is_there
        shown = his.get(of(dossier, "timeline")).text
    assert WORDS in shown
    assert "Bram Voorbeeld wordt de coach" in shown


def test_the_first_coach_took_over_from_nobody(noors: Client, scouted: Dossier) -> None:
    assert "Overgenomen" not in noors.get(reverse("coach:today"), NEW).text


def test_reading_the_words_stands_in_the_log(
    client_for: SignIn, planned: Coachship, bram: Person, dossier: Dossier
) -> None:
    with at_noon(MONDAY):
        before = len(looks(dossier))
        client_for(bram).get(of(dossier, "youth"))
        assert "contacts" in {look.section for look in looks(dossier)[before:]}


def test_who_was_the_coach_before_can_be_read_back(
    client_for: SignIn, planned: Coachship, bram: Person, dossier: Dossier
) -> None:
    with at_noon(MONDAY):
        before = client_for(bram).get(of(dossier, "course")).context["walking"].before
    assert [(one.coach.first_name, one.last_day) for one in before] == [("Noor", MONDAY - timedelta(days=1))]


def test_more_that_were_taken_over_ask_the_database_no_more(
    client_for: SignIn, noor: Person, bram: Person, kim_dossier: Dossier, more_lives: Callable[[int], list[Dossier]],
    dossier: Dossier, queries: Callable[[], object]
) -> None:  # fmt: skip
    commands.hand_over(dossier, to=bram, words=WORDS, by=noor)
    his = client_for(bram)

    def more(count: int) -> list[Dossier]:
        lives = more_lives(count)
        for life in lives:
            commands.hand_over(life, to=bram, words=WORDS, by=noor)
        return lives

    assert_same_work_for_more(queries, lambda: his.get(reverse("coach:today"), NEW).text, more)


# --- standing in ----------------------------------------------------------------------------------------------------


def lent(coach: Person, first: date, last: date, words: str = "") -> dict[str, str]:
    return {"coach": str(coach.pk), "first_day": f"{first}", "last_day": f"{last}", "words": words}


def test_a_holiday_is_arranged_before_it_begins_and_told_on_its_first_day(
    noors: Client, client_for: SignIn, stef: Person, dossier: Dossier
) -> None:
    noors.post(of(dossier, "stand_in"), lent(stef, MONDAY, MONDAY + timedelta(days=6), WORDS))
    assert "vervangt van" in noors.get(of(dossier, "course")).text
    assert "vervang je Noor bij een jongere." in client_for(stef).get(reverse("coach:today")).text
    with at_noon(MONDAY):
        his = client_for(stef)
        assert "Je vervangt Noor" in his.get(reverse("coach:today"), NEW).text
        assert WORDS in his.get(of(dossier, "youth")).text


def test_the_words_for_a_stand_in_are_not_what_the_coach_must_know(
    noors: Client, stef: Person, dossier: Dossier
) -> None:
    noors.post(of(dossier, "stand_in"), lent(stef, days_ago(0), MONDAY, WORDS))
    assert WORDS not in noors.get(of(dossier, "youth")).text
    assert WORDS in noors.get(of(dossier, "timeline")).text


def test_back_earlier_ends_it(noors: Client, client_for: SignIn, standing_in: Coachship, dossier: Dossier) -> None:
    stop = of(dossier, "stand_down", standing_in.pk)
    assert stop in noors.get(of(dossier, "course")).text
    assert "De vervanging is gestopt." in noors.post(stop, follow=True).text
    assert client_for(standing_in.coach).get(of(dossier, "youth")).status_code == 404
    assert "Deze vervanging is al voorbij." in noors.post(stop, follow=True).text


@pytest.mark.parametrize(
    ("first", "last", "says"),
    [
        (days_ago(-3), days_ago(-2), "Dit is vóór de eerste dag."),
        (days_ago(2), days_ago(-2), "Deze dag is al geweest."),
        (days_ago(-3), days_ago(-400), "Kies een dag binnen een jaar."),
    ],
)
def test_days_that_cannot_be_are_said(
    noors: Client, stef: Person, dossier: Dossier, first: date, last: date, says: str
) -> None:
    shown = noors.post(of(dossier, "stand_in"), lent(stef, first, last))
    assert shown.status_code == 422
    assert says in shown.text


def test_nobody_stands_in_for_who_is_no_longer_the_coach(
    noors: Client, planned: Coachship, stef: Person, dossier: Dossier
) -> None:
    shown = noors.post(of(dossier, "stand_in"), lent(stef, days_ago(0), MONDAY))
    assert shown.status_code == 422
    assert "Dan is een ander al de coach." in shown.text


def test_a_stand_in_calls_nothing_off(
    client_for: SignIn,
    planned: Coachship,
    standing_in: Coachship,
    brams: Client,
    kim_dossier: Dossier,
    dossier: Dossier,
) -> None:
    urls = [of(dossier, "stay"), of(dossier, "stand_down", standing_in.pk)]
    assert_is_not_there([client_for(standing_in.coach), brams], urls)
    assert_is_not_there([brams], [of(kim_dossier, "stand_down", standing_in.pk)])
