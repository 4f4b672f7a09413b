"""A reminder of an appointment: asked by youth and coach, seen on his page, sent by the coach from Vandaag."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import unquote
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from ipta.accounts.models import Person
from ipta.base import acting
from ipta.dossiers import commands
from ipta.dossiers.models import Appointment, Dossier, Reminder
from ipta.sharing.models import Look
from ipta.sharing.reminding import send_due
from tests.asking import text, verbs
from tests.cast import fresh

SignIn = Callable[[Person], Client]
HERE = ZoneInfo("Europe/Amsterdam")
MEETING = datetime(2027, 3, 16, 10, 0, tzinfo=HERE)
AFTERNOON = datetime(2027, 3, 15, 16, 30, tzinfo=HERE)
MORNING = datetime(2027, 3, 16, 8, 30, tzinfo=HERE)
MINE = reverse("youth:remind")
TYPED = {"moments": ["evening", "hour"], "way": "chat", "words": "Hé baas!", "to": ""}


@pytest.fixture
def meeting(dossier: Dossier, noor: Person) -> Appointment:
    return commands.appoint(dossier, what="Naar de garage", starts_at=MEETING, place="Dorpsstraat 3", by=noor)


@pytest.fixture
def noors(noor: Person, dossier: Dossier, client_for: SignIn) -> Client:
    return client_for(noor)


@pytest.fixture
def sems(sem: Person, dossier: Dossier, client_for: SignIn) -> Client:
    return client_for(sem)


def ours(dossier: Dossier) -> str:
    return reverse("coach:remind", args=[dossier.pk])


def wish(dossier: Dossier, by: Person, **more: Any) -> None:
    commands.wish_reminders(dossier, by=by, **TYPED | more)


# --- choosing ------------------------------------------------------------------------------------------


def test_he_chooses_way_moments_and_words_himself(sems: Client, sem: Person, dossier: Dossier) -> None:
    answer = sems.post(MINE, TYPED | {"moments": ["hour"], "way": "mail", "to": "sem@voorbeeld.example"})
    assert answer.headers["Location"] == reverse("youth:appointments")
    there = fresh(dossier)
    assert (there.remind_by, there.remind_evening, there.remind_hour) == ("mail", False, True)
    assert text(sem, there, "remind_words") == "Hé baas!"
    assert "Een uur ervoor, met een mail" in sems.get(reverse("youth:appointments")).text


def test_his_coach_fills_it_in_with_him_and_both_see_it(noors: Client, sems: Client, dossier: Dossier) -> None:
    assert noors.post(ours(dossier), TYPED).status_code == 302
    assert "Hé baas!" in sems.get(MINE).text
    assert "Hé baas!" in noors.get(ours(dossier)).text
    assert verbs(dossier)[-1] == "reminders.wished"


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"way": ""}, "Kies hoe je de herinnering krijgt."),
        ({"way": "duif"}, "Kies een van de antwoorden"),
        ({"moments": ["midnight"]}, "Kies een van de antwoorden"),
        ({"words": "a" * 81}, "Dit is te lang."),
        ({"way": "mail", "to": "geen adres"}, "Dit is geen mailadres."),
        ({"way": "mail", "to": ""}, "Dit is geen mailadres."),
        ({"way": "text", "to": "112"}, "Dit is geen telefoonnummer."),
        ({"way": "text", "to": ""}, "Dit is geen telefoonnummer."),
    ],
)
def test_what_is_not_right_comes_back_with_every_word(
    sems: Client, dossier: Dossier, wrong: dict[str, Any], says: str, settings: Any
) -> None:
    settings.TEXT_URL = "https://gateway.example/"
    answer = sems.post(MINE, TYPED | wrong)
    assert answer.status_code == 422
    assert says in answer.text
    assert (TYPED | wrong)["words"] in answer.text
    assert fresh(dossier).remind_by == "page"


def test_a_number_is_kept_as_telephones_want_it(sems: Client, sem: Person, dossier: Dossier, settings: Any) -> None:
    settings.TEXT_URL = "https://gateway.example/"
    sems.post(MINE, TYPED | {"way": "text", "to": "06 - 12 34 56 78"})
    assert text(sem, fresh(dossier), "remind_to") == "+31612345678"


def test_an_address_that_nobody_needs_is_not_kept(sems: Client, sem: Person, dossier: Dossier) -> None:
    sems.post(MINE, TYPED | {"way": "page", "to": "sem@voorbeeld.example"})
    assert text(sem, fresh(dossier), "remind_to") == ""


def test_without_a_gateway_no_text_message_is_offered(sems: Client, dossier: Dossier, settings: Any) -> None:
    settings.TEXT_FOR = ["GM9999"]
    assert "Een sms" not in sems.get(MINE).text
    assert sems.post(MINE, TYPED | {"way": "text", "to": "0612345678"}).status_code == 422


def test_what_was_said_about_contact_is_said_once_more(noors: Client, noor: Person, dossier: Dossier) -> None:
    commands.describe(dossier, careful=["by_social", "at_morning"], by=noor)
    typed = TYPED | {"way": "mail", "to": "sem@voorbeeld.example", "moments": ["evening"]}
    answer = noors.post(ours(dossier), typed)
    assert answer.status_code == 422
    for said in ("Contact mag alleen op een andere manier", "Contact mag niet in de avond"):
        assert said in answer.text
    assert noors.post(ours(dossier), typed | {"gezegd": "way:only moments:evening"}).status_code == 302


def test_nobody_else_finds_the_page(dossier: Dossier, bram: Person, client_for: SignIn) -> None:
    assert client_for(bram).get(ours(dossier)).status_code == 404
    assert client_for(bram).post(ours(dossier), TYPED).status_code == 404


# --- on his own page --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("now", "is_there"), [(AFTERNOON, True), (MORNING, True), (AFTERNOON.replace(hour=12), False)])
def test_his_first_page_says_it_in_his_own_words(
    client_for: SignIn, sem: Person, dossier: Dossier, meeting: Appointment, now: datetime, is_there: bool
) -> None:
    Appointment.objects.exclude(pk=meeting.pk).delete()
    wish(dossier, sem, way="page")
    with time_machine.travel(now, tick=False):
        page = client_for(sem).get(reverse("youth:home")).text
    assert ("Hé baas!" in page) == is_there
    assert "Naar de garage" in page


# --- Vandaag ---------------------------------------------------------------------------------------------


def vandaag(client_for: SignIn, noor: Person, now: datetime) -> str:
    with time_machine.travel(now, tick=False):
        return client_for(noor).get(reverse("coach:today")).text


def test_the_afternoon_before_the_coach_sends_it_with_one_tap(
    client_for: SignIn, noor: Person, sem: Person, dossier: Dossier, meeting: Appointment
) -> None:
    commands.describe(dossier, reach={"whatsapp": "06 12345678"}, by=noor)
    wish(dossier, sem)
    page = unquote(vandaag(client_for, noor, AFTERNOON))
    assert "Stuur een herinnering" in page
    assert "https://wa.me/31612345678?text=Hé baas! Morgen om 10.00 uur." in page
    assert "Dorpsstraat" not in page.partition("wa.me")[2].partition('"')[0]


def test_what_was_sent_is_done_and_the_other_comes_in_its_time(
    client_for: SignIn, noor: Person, sem: Person, dossier: Dossier, meeting: Appointment
) -> None:
    wish(dossier, sem)
    sent = reverse("coach:reminded", args=[dossier.pk, meeting.pk])
    with time_machine.travel(AFTERNOON, tick=False):
        for _ in range(2):
            assert client_for(noor).post(sent, {"moment": "evening"}).status_code == 302
    assert Reminder.objects.get().outcome == "sent"
    assert "Stuur een herinnering" not in vandaag(client_for, noor, AFTERNOON + timedelta(minutes=5))
    assert "Stuur een herinnering" in vandaag(client_for, noor, MORNING)


@pytest.mark.parametrize("moment", ["", "midnight"])
def test_a_moment_that_is_none_is_not_there(noors: Client, dossier: Dossier, meeting: Appointment, moment: str) -> None:
    assert noors.post(reverse("coach:reminded", args=[dossier.pk, meeting.pk]), {"moment": moment}).status_code == 404


def test_what_did_not_come_through_stands_on_vandaag(
    client_for: SignIn, noor: Person, sem: Person, dossier: Dossier, meeting: Appointment, settings: Any
) -> None:
    settings.TEXT_URL = "http://127.0.0.1:9/"
    wish(dossier, sem, way="text", to="+31612345678")
    with time_machine.travel(AFTERNOON.replace(hour=19, minute=5), tick=False), acting.as_work():
        assert send_due().faults == [meeting.pk]
    assert "Herinnering kwam niet aan" in vandaag(client_for, noor, AFTERNOON.replace(hour=19, minute=30))
    assert "Herinnering kwam niet aan" not in vandaag(client_for, noor, MEETING + timedelta(minutes=5))


def test_who_wants_none_is_not_on_it(client_for: SignIn, noor: Person, sem: Person, meeting: Appointment) -> None:
    assert "Stuur een herinnering" not in vandaag(client_for, noor, AFTERNOON)


# --- who looked --------------------------------------------------------------------------------------------


def test_he_reads_that_the_computer_opened_it_and_nobody_is_to_be_asked(
    client_for: SignIn, sem: Person, dossier: Dossier, meeting: Appointment
) -> None:
    wish(dossier, sem, way="mail", to="sem@voorbeeld.example")
    with time_machine.travel(AFTERNOON.replace(hour=19, minute=5), tick=False), acting.as_work():
        send_due()
    Look.objects.exclude(ground="reminder").delete()
    with time_machine.travel(AFTERNOON.replace(hour=20), tick=False):
        page = client_for(sem).get(reverse("youth:looks")).text
    assert "De computer" in page
    assert "Geen mens heeft het gelezen." in page
    assert reverse("youth:doubt", args=[1]) not in page
