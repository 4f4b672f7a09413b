"""The front page, and leaving it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from ipta.accounts.models import Person
from ipta.dossiers import commands
from ipta.dossiers.models import Dossier, Step
from ipta.plans import commands as plans
from ipta.plans.models import PlanVersion
from tests.cast import days_ago
from tests.web.youth.asking import address


def test_it_says_hello_and_what_comes_next(sems: Client, dossier: Dossier) -> None:
    page = sems.get(address("home")).text
    assert "Hoi kwetter-sem-identity voornaam" in page
    assert "kwetter-sem-appointments wat" in page
    assert "kwetter-sem-plan stap" in page


def test_a_text_that_waits_for_his_yes_stands_first(sems: Client, sem: Person, plan: PlanVersion) -> None:
    asks = "Er is een nieuwe tekst van je plan"
    assert asks in sems.get(address("home")).text
    plans.agree(plan, by=sem)
    assert asks not in sems.get(address("home")).text


def test_what_went_well_is_celebrated(sems: Client, dossier: Dossier, noor: Person) -> None:
    commands.note(dossier, text="Tien dagen op tijd!", is_celebration=True, by=noor)
    assert "Tien dagen op tijd!" in sems.get(address("home")).text


def test_a_step_he_finished_is_celebrated_too(sems: Client, step: Step, sem: Person) -> None:
    commands.finish(step, by=sem)
    page = sems.get(address("home")).text
    assert "Dit heb jij gedaan" in page
    assert "kwetter-sem-plan stap" in page


def test_an_appointment_that_is_over_asks_how_it_went(sems: Client, dossier: Dossier, noor: Person) -> None:
    commands.appoint(dossier, what="koffie", starts_at=timezone.now() - timedelta(days=1), by=noor)
    assert "Je had een afspraak" in sems.get(address("home")).text


def test_a_step_that_is_late_is_no_reproach(sems: Client, step: Step, sem: Person) -> None:
    commands.postpone(step, until=days_ago(2), by=sem)
    assert "Heb je meer tijd nodig? Dat mag." in sems.get(address("home")).text


def test_leaving_is_at_once_and_leaves_nothing_behind(sems: Client) -> None:
    response = sems.post(address("leave"))
    assert response.headers["Location"] == "/binnen/weg/"
    assert response.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert sems.get(address("home")).status_code == 302


def test_leaving_works_when_the_session_had_ended_already(anonymous: Client) -> None:
    assert anonymous.post(address("leave")).headers["Location"] == "/binnen/weg/"


def test_looking_at_the_address_of_leaving_does_not_leave(sems: Client) -> None:
    assert sems.get(address("leave")).headers["Location"] == address("home")
    assert sems.get(address("home")).status_code == 200


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_nothing_else_is_understood(sems: Client, method: str) -> None:
    assert getattr(sems, method)(address("home")).status_code == 405
