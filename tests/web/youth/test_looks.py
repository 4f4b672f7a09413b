"""Wie keek er? Who, what, when and why, in plain words."""

from contextlib import suppress
from datetime import datetime, time, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from ipta.accounts.models import Person
from ipta.base import clock
from ipta.base.verdict import Refused
from ipta.dossiers.commands import hand_over
from ipta.dossiers.models import Coachship, Dossier
from ipta.plans.models import PlanVersion
from ipta.sharing import commands as sharing
from ipta.sharing.door import Reader
from ipta.sharing.models import Grant
from ipta.sharing.why.commands import explain
from ipta.sharing.why.models import LookQuestion
from ipta.web.templatetags.ipta_ui import short_day
from tests.cast import fresh
from tests.web.youth.asking import address


def look(person: Person, plan: PlanVersion) -> None:
    with suppress(Refused):
        Reader(person).text(fresh(plan).most_important)


def test_what_his_coach_read_stands_there_with_the_reason(sems: Client, plan: PlanVersion, noor: Person) -> None:
    look(noor, plan)
    page = sems.get(address("looks")).text
    for words in ("Noor", "jouw coach", "keek je coach één keer.", "je plan", "Je coach leest mee om je te helpen."):
        assert words in page


def test_what_he_shared_says_that_he_shared_it(sems: Client, plan: PlanVersion, granted: Grant, dana: Person) -> None:
    look(dana, plan)
    page = sems.get(address("looks")).text
    assert "Schuldhulp Zoetermeer" in page
    assert "las Dana je plan." in page
    assert "Daar had je ja op gezegd." in page


def test_a_stand_in_is_called_so(sems: Client, plan: PlanVersion, standing_in: Coachship, stef: Person) -> None:
    look(stef, plan)
    page = sems.get(address("looks")).text
    assert "viel in voor je coach" in page
    assert "Je coach was er even niet." in page


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


# --- sentences ----------------------------------------------------------------------------------------------------


def test_how_often_is_counted_by_request(sems: Client, plan: PlanVersion, dossier: Dossier, noor: Person) -> None:
    for _ in range(3):
        look(noor, plan)
    reader = Reader(noor)
    reader.text(fresh(plan).most_important)
    reader.text(fresh(dossier).nickname)
    (line,) = sems.get(address("looks")).context["page"].object_list[0].lines
    assert "keek je coach 4 keer." in line.sentence


def test_what_was_taken_back_since_is_told_so(
    sems: Client, plan: PlanVersion, granted: Grant, dana: Person, sem: Person
) -> None:
    look(dana, plan)
    sharing.revoke(granted, by=sem)
    assert "Daar had je toen ja op gezegd. Nu kan het niet meer." in sems.get(address("looks")).text


def test_who_was_his_coach_then_is_called_by_name(
    sems: Client, plan: PlanVersion, dossier: Dossier, noor: Person, bram: Person
) -> None:
    look(noor, plan)
    hand_over(dossier, to=bram, by=noor)
    page = sems.get(address("looks")).text
    assert "keek Noor één keer." in page
    assert "Dat was toen je coach." in page


def test_the_emergency_button_is_told_with_its_reason(
    sems: Client, plan: PlanVersion, dossier: Dossier, bram: Person
) -> None:
    sharing.take(dossier, reason="Hij staat voor de deur en niemand neemt op.", by=bram)
    look(bram, plan)
    page = sems.get(address("looks"))
    assert "keek Bram met een noodknop." in page.text
    assert page.text.count("Hij staat voor de deur") == 2


def test_long_ago_is_told_week_by_week_with_the_days_below(
    sems: Client, plan: PlanVersion, granted: Grant, noor: Person
) -> None:
    today = timezone.localdate()
    monday = today - timedelta(days=today.weekday() + 28)
    for days in (0, 2):
        with clock.at(timezone.make_aware(datetime.combine(monday + timedelta(days=days), time(12)))):
            look(noor, plan)
            look(noor, plan)
    (week,) = sems.get(address("looks")).context["page"].object_list
    (line,) = week.lines
    assert (week.is_week, week.day) == (True, monday)
    assert line.sentence == f"In de week van {short_day(monday)} keek je coach 4 keer. Dat was op 2 dagen."
    assert [day.number > 0 for day in line.days] == [True, True]
    assert address("ask_why", line.days[0].number) in sems.get(address("looks")).text


# --- vraag waarom -------------------------------------------------------------------------------------------------


def test_asking_why_is_one_tap_and_the_answer_comes_here(
    sems: Client, plan: PlanVersion, granted: Grant, dana: Person
) -> None:
    look(dana, plan)
    (line,) = sems.get(address("looks")).context["page"].object_list[0].lines
    for _ in range(2):
        sems.post(address("ask_why", line.number))
    page = sems.get(address("looks")).text
    assert "Jij vroeg waarom. Er is nog geen antwoord." in page
    assert address("ask_why", line.number) not in page
    assert address("doubt", line.number) in page, "that stays beside it"
    asked = LookQuestion.objects.get()
    explain(asked, words="Voor de brief van de gemeente.", by=dana)
    assert "Je vroeg waarom iemand keek" in sems.get(address("home")).text
    assert sems.get(address("looks")).text.count("Voor de brief van de gemeente.") == 2
    sems.post(address("see_answer", asked.pk))
    assert "Je vroeg waarom iemand keek" not in sems.get(address("home")).text
    assert sems.get(address("looks")).text.count("Voor de brief van de gemeente.") == 1


def test_nobody_is_asked_about_himself_or_about_a_stranger(
    sems: Client, kims: Client, plan: PlanVersion, noor: Person
) -> None:
    sems.get(address("plan"))
    look(noor, plan)
    assert sems.post(address("ask_why", 1)).status_code == 404, "that was he himself"
    assert kims.post(address("ask_why", 2)).status_code == 404
    assert sems.post(address("ask_why", 99)).status_code == 404
    assert not LookQuestion.objects.exists()
