"""Wie keek er? Who, what, when and why, in plain words."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from ipta.accounts.models import Person
from ipta.base import clock
from ipta.base.verdict import Refused
from ipta.dossiers.models import Coachship, Dossier
from ipta.plans.models import PlanVersion
from ipta.sharing.door import Reader
from ipta.sharing.models import Grant
from tests.cast import fresh
from tests.web.youth.asking import address


def look(person: Person, plan: PlanVersion) -> None:
    with suppress(Refused):
        Reader(person).text(fresh(plan).most_important)


def test_what_his_coach_read_stands_there_with_the_reason(sems: Client, plan: PlanVersion, noor: Person) -> None:
    look(noor, plan)
    page = sems.get(address("looks")).text
    for words in ("Noor", "jouw coach", "je plan", "Je coach leest mee om je te helpen."):
        assert words in page


def test_what_he_shared_says_that_he_shared_it(sems: Client, plan: PlanVersion, granted: Grant, dana: Person) -> None:
    look(dana, plan)
    page = sems.get(address("looks")).text
    assert "Schuldhulp Zoetermeer" in page
    assert "Jij hebt dit gedeeld." in page


def test_a_stand_in_is_called_so(sems: Client, plan: PlanVersion, standing_in: Coachship, stef: Person) -> None:
    look(stef, plan)
    page = sems.get(address("looks")).text
    assert "valt in voor je coach" in page
    assert "Je coach is er even niet." in page


def test_who_tried_and_might_not_stands_there_too(sems: Client, plan: PlanVersion, bram: Person) -> None:
    look(bram, plan)
    page = sems.get(address("looks")).text
    assert "Bram" in page
    assert "Dat mocht niet. Er was niets te zien." in page


def test_his_own_looking_is_not_held_up_to_him(sems: Client, dossier: Dossier) -> None:
    sems.get(address("plan"))
    assert "Niemand keek" in sems.get(address("looks")).text


def test_the_newest_day_stands_first_and_a_day_holds_everybody(
    sems: Client, plan: PlanVersion, noor: Person, granted: Grant, dana: Person
) -> None:
    for days in (2, 1):
        with clock.at(timezone.now() - timedelta(days=days)):
            look(noor, plan)
            look(dana, plan)
    days_shown = sems.get(address("looks")).context["page"].object_list
    assert [day.day for day in days_shown] == sorted({day.day for day in days_shown}, reverse=True)
    assert [{line.who for line in day.lines} for day in days_shown] == [{"Noor", "Dana"}] * 2


@pytest.mark.parametrize("page", ["2", "999", "x", "-1"])
def test_a_page_too_far_is_no_dead_end(sems: Client, plan: PlanVersion, noor: Person, page: str) -> None:
    look(noor, plan)
    assert sems.get(address("looks"), {"page": page}).status_code == 200
