"""Noodtoegang on the screen: a number and a reason open a dossier, and everybody concerned sees it."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ipta.accounts.models import Person
from ipta.dossiers import commands as dossiers
from ipta.dossiers.models import Coachship, Dossier, Note, Step
from ipta.journal.models import Entry
from ipta.sharing import commands as sharing
from ipta.sharing.models import Emergency, Look
from ipta.sharing.rules import EMERGENCY_LASTS, EMERGENCY_TOLD, WRONG_NUMBERS, number_of, spaced
from tests.asking import looks, row_counts, text, verbs
from tests.cast import CANARY, canary, fresh
from tests.house.forms import forms_on
from tests.web.coach.shared import ONCE, assert_is_not_there, forget_looks, of, sections_read

PAGE = reverse("coach:take")
TODAY = reverse("coach:today")
REASON = "Hij staat voor de deur en weet niet waarheen."
READING = ("youth", "timeline", "scan", "plan", "versions", "work", "network", "note_about")


@pytest.fixture
def typed(dossier: Dossier) -> dict[str, str]:
    return {"number": spaced(number_of(dossier.pk)).lower(), "reason": REASON}


@pytest.fixture
def taken(dossier: Dossier, bram: Person, kim_dossier: Dossier) -> Emergency:
    return sharing.take(dossier, reason=REASON, by=bram)


@pytest.fixture
def stefs(stef: Person, standing_in: Coachship, client_for: Callable[[Person], Client]) -> Client:
    return client_for(stef)


# --- opening ----------------------------------------------------------------------------


def test_a_number_and_a_reason_open_the_dossier(brams: Client, dossier: Dossier, typed: dict[str, str]) -> None:
    answer = brams.post(PAGE, typed)
    assert answer.headers["Location"] == of(dossier, "youth")
    shown = brams.get(of(dossier, "youth")).text
    assert canary("sem", "identity") in shown
    assert "Noodtoegang tot" in shown


def test_before_it_that_page_was_not_there(brams: Client, dossier: Dossier) -> None:
    assert_is_not_there([brams], [of(dossier, name) for name in READING])


@pytest.mark.parametrize("missing", ["number", "reason"])
def test_both_are_asked_and_what_was_typed_stays(
    missing: str, brams: Client, dossier: Dossier, typed: dict[str, str]
) -> None:
    before = row_counts()
    answer = brams.post(PAGE, typed | {missing: " "})
    assert answer.status_code == 422
    assert all(value in answer.text for name, value in typed.items() if name != missing)
    assert row_counts() == before


def test_a_word_is_no_reason(brams: Client, dossier: Dossier, typed: dict[str, str]) -> None:
    answer = brams.post(PAGE, typed | {"reason": "nood!"})
    assert answer.status_code == 422
    assert "Schrijf in een hele zin waarom dit niet kan wachten." in answer.text
    assert not Emergency.objects.exists()


def test_a_name_is_no_number_and_the_answer_tells_nothing(
    brams: Client, dossier: Dossier, ali_dossier: Dossier, typed: dict[str, str]
) -> None:
    """What is not there, is elsewhere or is a name: one and the same answer."""
    answers = [
        brams.post(PAGE, typed | {"number": number}) for number in ("BCD FGH JMN", number_of(ali_dossier.pk), "kwetter")
    ]
    assert {answer.status_code for answer in answers} == {422}
    typed_and_random = re.compile(r'value="[^"]*"|X-CSRFToken": "[^"]*"')
    assert len({typed_and_random.sub("", answer.text) for answer in answers}) == 1
    assert "Dit nummer kennen we niet." in answers[0].text
    assert looks(dossier) == looks(ali_dossier) == []


def test_after_five_wrong_numbers_the_right_one_waits_too(
    brams: Client, dossier: Dossier, typed: dict[str, str], olga: Person, client_for: Callable[[Person], Client]
) -> None:
    for _ in range(WRONG_NUMBERS):
        brams.post(PAGE, typed | {"number": "BCD FGH JMN"})
    answer = brams.post(PAGE, typed)
    assert answer.status_code == 422
    assert "Wacht een uur" in answer.text
    assert Entry.objects.filter(verb="emergency.missed").count() == WRONG_NUMBERS
    assert client_for(olga).post(PAGE, typed).status_code == 302


def test_two_taps_are_one(brams: Client, dossier: Dossier, typed: dict[str, str]) -> None:
    for _ in range(2):
        assert brams.post(PAGE, typed | {"once": ONCE}).headers["Location"] == of(dossier, "youth")
    assert verbs(dossier).count("emergency.taken") == 1


def test_the_number_of_ones_own_youth_leads_to_his_page(noors: Client, dossier: Dossier, typed: dict[str, str]) -> None:
    answer = noors.post(PAGE, typed, follow=True)
    assert "Je leest alles al." in answer.text
    assert not Emergency.objects.exists()


def test_the_page_tells_beforehand_who_will_see_it(brams: Client) -> None:
    shown = brams.get(PAGE).text
    assert "De jongere en de coach zien meteen dat jij meeleest, en waarom." in shown
    assert "Na vier uur stopt het vanzelf." in shown


def test_it_is_found_under_more(brams: Client) -> None:
    assert f'href="{PAGE}"' in brams.get(reverse("coach:more")).text


# --- reading ----------------------------------------------------------------------------


@pytest.mark.parametrize("name", READING)
def test_each_page_that_reads_is_open_and_written_in_the_log(
    name: str, brams: Client, bram: Person, taken: Emergency, dossier: Dossier
) -> None:
    forget_looks()
    assert brams.get(of(dossier, name)).status_code == 200
    lines = Look.objects.filter(about=dossier.pk)
    assert "identity" in sections_read(dossier, bram)
    assert {line.ground for line in lines} == {f"emergency:{taken.pk}"}


def test_every_way_on_these_pages_leads_somewhere(brams: Client, taken: Emergency, dossier: Dossier) -> None:
    """No button that is not for him: each link opens, each form is taken."""
    pages = [of(dossier, name) for name in READING] + [
        of(dossier, "version", 1),
        of(dossier, "step", Step.objects.get(dossier=dossier).pk),
        PAGE,
        TODAY,
    ]
    links = {link for page in pages for link in re.findall(r'<a [^>]*href="(/[^"#?]*)', brams.get(page).text)}
    assert len(links) > 8
    assert [link for link in links if brams.get(link).status_code not in {200, 302}] == []
    for form in forms_on(lambda: brams, pages):
        if "/nood/" not in form.action and not form.action.startswith(("/accounts/", "/taal/")):
            assert brams.post(form.action, form.with_text("x")).status_code in {302, 422}, form.action


def test_his_lists_do_not_name_the_youth_and_open_nothing(
    brams: Client, bram: Person, taken: Emergency, dossier: Dossier
) -> None:
    forget_looks()
    for name in ("coach:today", "coach:youths", "coach:note", "coach:more", "coach:take", "coach:shared"):
        assert f"{CANARY}-sem" not in brams.get(reverse(name)).text, name
    assert sections_read(dossier, bram) == set()
    assert "Je hebt noodtoegang" in brams.get(TODAY).text
    assert of(dossier, "youth") in brams.get(PAGE).text


@pytest.mark.parametrize("hours", [4, 30])
def test_after_four_hours_it_is_as_before(hours: int, brams: Client, taken: Emergency, dossier: Dossier) -> None:
    assert brams.get(of(dossier, "youth")).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(hours=hours), tick=False):
        brams.force_login(fresh(taken.taken_by), backend="allauth.account.auth_backends.AuthenticationBackend")
        assert_is_not_there([brams], [of(dossier, name) for name in READING])
        assert "Je hebt noodtoegang" not in brams.get(TODAY).text


def test_he_writes_a_note_and_what_must_happen_at_once(
    brams: Client, noor: Person, taken: Emergency, dossier: Dossier
) -> None:
    typed = {
        "over": str(dossier.pk),
        "channel": "met",
        "text": "Hij slaapt bij zijn oom.",
        "next_step": "Bel om negen uur",
    }
    assert brams.post(of(dossier, "note_about"), typed).headers["Location"] == of(dossier, "youth")
    line, step = Note.objects.get(dossier=dossier, author=taken.taken_by), Step.objects.get(kind=Step.Kind.DIRECT)
    assert (text(noor, line, "text"), text(noor, step, "text")) == ("Hij slaapt bij zijn oom.", "Bel om negen uur")


def test_two_taps_write_one_note(brams: Client, taken: Emergency, dossier: Dossier) -> None:
    typed = {"over": str(dossier.pk), "channel": "met", "text": "Hij slaapt bij zijn oom.", "once": ONCE}
    for _ in range(2):
        assert brams.post(of(dossier, "note_about"), typed).status_code == 302
    assert Note.objects.filter(dossier=dossier, author=taken.taken_by).count() == 1


# --- the stand-in -----------------------------------------------------------------------


def test_a_stand_in_finds_a_quiet_button_where_a_part_is_closed(stefs: Client, dossier: Dossier) -> None:
    button = f"{PAGE}?nummer={number_of(dossier.pk)}"
    assert f'href="{button}"' in stefs.get(of(dossier, "youth")).text
    assert f'href="{button}"' in stefs.get(of(dossier, "network")).text
    assert f'value="{number_of(dossier.pk)}"' in stefs.get(button).text


def test_after_it_that_part_is_open_and_what_he_could_do_he_still_can(
    stefs: Client, stef: Person, dossier: Dossier, typed: dict[str, str]
) -> None:
    assert canary("sem", "family") not in stefs.get(of(dossier, "network")).text
    stefs.post(PAGE, typed)
    forget_looks()
    shown = stefs.get(of(dossier, "network")).text
    assert canary("sem", "family") in shown
    assert "Noodtoegang tot" in shown
    grounds = dict(Look.objects.filter(about=dossier.pk).values_list("section", "ground"))
    assert grounds == {"identity": "stand_in", "family": f"emergency:{Emergency.objects.get().pk}"}
    assert stefs.get(of(dossier, "promise")).status_code == 200
    assert "Noodtoegang tot het hele dossier" not in stefs.get(of(dossier, "youth")).text


def test_his_own_coach_has_no_such_button(noors: Client, dossier: Dossier) -> None:
    assert PAGE not in noors.get(of(dossier, "youth")).text


# --- the coach is told -------------------------------------------------------------------


def test_vandaag_says_who_and_where_as_long_as_it_runs_and_a_week_after(
    noors: Client, noor: Person, taken: Emergency, dossier: Dossier
) -> None:
    assert f"Bram Voorbeeld leest mee bij {canary('sem', 'identity')} voornaam Achternaam" in noors.get(TODAY).text
    for later, is_told in (
        (EMERGENCY_LASTS, True),
        (EMERGENCY_TOLD - timedelta(hours=1), True),
        (EMERGENCY_TOLD, False),
    ):
        with time_machine.travel(taken.taken_at + later + timedelta(minutes=1), tick=False):
            noors.force_login(fresh(noor), backend="allauth.account.auth_backends.AuthenticationBackend")
            assert ("Bram Voorbeeld las mee" in noors.get(TODAY).text) is is_told


def test_the_page_of_the_youth_tells_why_and_stops_it(
    noors: Client, taken: Emergency, dossier: Dossier, brams: Client
) -> None:
    shown = noors.get(of(dossier, "youth")).text
    assert "Bram Voorbeeld leest mee met de noodknop" in shown
    assert REASON in shown
    stop = reverse("coach:end_emergency", args=[taken.pk])
    assert f'action="{stop}"' in shown
    assert noors.post(stop).headers["Location"] == of(dossier, "youth")
    assert_is_not_there([brams], [of(dossier, name) for name in READING])
    assert "Bram Voorbeeld las mee met de noodknop" in noors.get(of(dossier, "youth")).text


def test_it_is_told_of_a_trajectory_that_ended_as_well(
    noors: Client, noor: Person, taken: Emergency, dossier: Dossier
) -> None:
    dossiers.end(dossier, reason="stable", by=noor)
    assert "Bram Voorbeeld leest mee" in noors.get(TODAY).text


def test_nobody_else_is_told(
    brams: Client, taken: Emergency, olga: Person, client_for: Callable[[Person], Client]
) -> None:
    for browser in (brams, client_for(olga)):
        assert "leest mee" not in browser.get(TODAY).text
        assert REASON not in browser.get(TODAY).text


def test_who_came_in_is_told_nothing_of_others_who_did(
    brams: Client, taken: Emergency, dossier: Dossier, olga: Person
) -> None:
    sharing.take(dossier, reason="Olga weet waar zijn zus woont.", by=olga)
    assert "Olga weet" not in brams.get(of(dossier, "youth")).text


def test_klaar_ends_it(brams: Client, taken: Emergency, dossier: Dossier) -> None:
    stop = reverse("coach:end_emergency", args=[taken.pk])
    assert f'action="{stop}"' in brams.get(of(dossier, "plan")).text
    assert brams.post(stop).headers["Location"] == PAGE
    assert brams.post(stop).headers["Location"] == PAGE
    assert_is_not_there([brams], [of(dossier, name) for name in READING])


def test_a_stranger_ends_nothing(
    taken: Emergency, browsers_of_strangers: list[Client], olga: Person, client_for: Callable[[Person], Client]
) -> None:
    stop = reverse("coach:end_emergency", args=[taken.pk])
    strangers = [
        browser for browser in browsers_of_strangers if browser.session.get("_auth_user_id") != str(taken.taken_by_id)
    ]
    assert len(strangers) == 2
    for browser in strangers:
        assert browser.post(stop).status_code == 404
    assert fresh(taken).is_running


# --- the number ---------------------------------------------------------------------------


def test_the_coach_sees_the_number_he_can_say_over_the_telephone(noors: Client, dossier: Dossier) -> None:
    assert spaced(number_of(dossier.pk)) in noors.get(of(dossier, "youth")).text
