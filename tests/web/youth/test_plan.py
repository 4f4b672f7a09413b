"""Mijn plan: to read, with both voices, and to say yes to."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from ipta.accounts.models import Person
from ipta.base import clock
from ipta.dossiers.models import Dossier
from ipta.plans import commands
from ipta.plans.models import PlanVersion
from ipta.scans import commands as scans
from ipta.sharing.door import Reader
from tests.asking import verbs
from tests.cast import fresh
from tests.web.youth.asking import address, propose

YES = "Ja, dit is mijn plan"


def test_he_reads_what_he_said_and_what_his_coach_said(sems: Client, plan: PlanVersion) -> None:
    page = sems.get(address("plan")).text
    assert "Jij zegt" in page
    assert "ik wil" in page
    assert "Noor zegt" in page
    assert "hij kan" in page
    assert "kwetter-sem-plan belangrijk" in page


def test_an_element_nobody_wrote_yet_is_one_tap_away(sems: Client, plan: PlanVersion) -> None:
    page = sems.get(address("plan")).text
    assert "Dit kan ik leren" in page
    assert f"{address('propose')}?deel=youth_learns" in page


def test_how_they_go_about_it_stands_in_his_words(sems: Client, dossier: Dossier, noor: Person) -> None:
    commands.propose(dossier, based_on=1, goals=[], elements={}, strategy="take_over", by=noor)
    assert "Er komt eerst rust" in sems.get(address("plan")).text


def test_his_yes_is_one_tap(sems: Client, plan: PlanVersion, dossier: Dossier) -> None:
    assert YES in sems.get(address("plan")).text
    sems.post(address("agree"), {"number": 1})
    assert verbs(dossier)[-1] == "plan.agreed"
    page = sems.get(address("plan")).text
    assert YES not in page
    assert "Jij zei ja" in page


def test_when_both_said_yes_it_counts(sems: Client, plan: PlanVersion, noor: Person) -> None:
    commands.agree(plan, by=noor)
    sems.post(address("agree"), {"number": 1})
    assert fresh(plan).in_force_from
    assert "Dit plan geldt nu." in sems.get(address("plan")).text


def test_saying_yes_twice_is_saying_it_once(sems: Client, plan: PlanVersion) -> None:
    for _ in range(2):
        assert sems.post(address("agree"), {"number": 1}).status_code == 302
    assert plan.agreements.count() == 1


def test_his_yes_goes_to_the_text_he_has_read(sems: Client, plan: PlanVersion, dossier: Dossier, noor: Person) -> None:
    propose(dossier, noor, "iets anders")
    response = sems.post(address("agree"), {"number": 1}, follow=True)
    assert "Er is net een nieuwe tekst gekomen. Lees die eerst." in response.text
    assert not plan.agreements.exists()


@pytest.mark.parametrize("number", ["", "x", "-1", "99", "9" * 40, "½"])
def test_a_yes_to_nothing_is_no_yes(sems: Client, plan: PlanVersion, number: str) -> None:
    assert sems.post(address("agree"), {"number": number}).status_code == 404
    assert not plan.agreements.exists()


def test_the_plan_that_still_counts_stays_in_sight(
    sems: Client, plan: PlanVersion, dossier: Dossier, noor: Person, sem: Person
) -> None:
    commands.agree(plan, by=noor)
    commands.agree(plan, by=sem)
    propose(dossier, noor, "Elke dag op tijd")
    page = sems.get(address("plan")).text
    assert "Dit is een nieuwe tekst van Noor." in page
    assert "Het plan dat nu nog geldt" in page


def test_no_text_ever_goes_away(sems: Client, plan: PlanVersion, dossier: Dossier, noor: Person) -> None:
    propose(dossier, noor, "Elke dag op tijd")
    assert address("version", 1) in sems.get(address("plan")).text
    assert "kwetter-sem-plan belangrijk" in sems.get(address("version", 1)).text


# --- in his own words ----------------------------------------------------------------


def typed(page: Any, **changes: str) -> dict[str, str]:
    """The form as it stood on the page, with some words changed."""
    draft = page.context["draft"]
    fields = [*draft.form, *draft.goals.management_form, *(field for goal in draft.goals for field in goal)]
    said = {re.sub("_youth$", "-youth", name): words for name, words in changes.items()}
    return {field.html_name: str("" if field.value() is None else field.value()) for field in fields} | said


def goals_in(version: PlanVersion, reader: Reader) -> list[dict[str, str]]:
    """As they were written: each has a key besides."""
    return [{name: text for name, text in goal.items() if name != "key"} for goal in reader.json(version.goals)]


def says(dossier: Dossier, sem: Person, name: str) -> str:
    return str((Reader(sem).json(newest(dossier).voices) or {}).get(name, {}).get("youth", ""))


def newest(dossier: Dossier) -> PlanVersion:
    found = dossier.planversion_set.first()
    assert found is not None
    return found


def say(browser: Client, **changes: str) -> Any:
    return browser.post(address("propose"), typed(browser.get(address("propose")), **changes))


def test_he_changes_one_thing_and_the_rest_stays(
    sems: Client, sem: Person, plan: PlanVersion, dossier: Dossier
) -> None:
    assert say(sems, youth_does_youth="Ik bel zelf. 💪").status_code == 302
    version, reader = newest(dossier), Reader(sem)
    assert (version.number, version.author) == (2, sem)
    assert says(dossier, sem, "youth_does") == "Ik bel zelf. 💪"
    assert reader.text(version.most_important) == "kwetter-sem-plan belangrijk"
    assert reader.json(version.goals) == Reader(sem).json(plan.goals)


def test_only_what_he_tapped_stands_open(sems: Client, plan: PlanVersion) -> None:
    questions = sems.get(address("propose") + "?deel=youth_does").context["questions"]
    assert [question.key for question in questions if question.is_open] == ["youth_does"]


def test_the_voice_of_the_coach_is_not_his_to_change(
    sems: Client, sem: Person, plan: PlanVersion, dossier: Dossier
) -> None:
    say(sems, **{"goal-0-goal": "Lasser worden", "goal-0-youth": "liever buiten", "goal-0-coach": "verzonnen"})
    (goal,) = goals_in(newest(dossier), Reader(sem))
    assert goal == {"domain": "work", "goal": "Lasser worden", "youth": "liever buiten", "coach": "hij kan"}


def test_a_goal_of_his_own_comes_below(sems: Client, sem: Person, plan: PlanVersion, dossier: Dossier) -> None:
    say(sems, **{"goal-1-goal": "Een kamer", "goal-1-youth": "rust", "goal-1-domain": "housing"})
    goals = goals_in(newest(dossier), Reader(sem))
    assert goals[1] == {"domain": "housing", "goal": "Een kamer", "youth": "rust", "coach": ""}


def test_words_about_a_goal_without_the_goal_are_not_lost(sems: Client, plan: PlanVersion) -> None:
    response = say(sems, **{"goal-1-youth": "alleen dit"})
    assert response.status_code == 422
    assert "alleen dit" in response.text
    assert "Schrijf ook het doel op." in response.text


def test_too_long_comes_back_whole(sems: Client, plan: PlanVersion, dossier: Dossier) -> None:
    long = "woord " * 700
    response = say(sems, youth_learns_youth=long)
    assert response.status_code == 422
    assert long.strip() in response.text
    assert "Dit is te lang." in response.text
    assert newest(dossier) == plan


def test_the_first_text_may_be_his(sems: Client, dossier: Dossier, plan: PlanVersion) -> None:
    plan.delete()
    assert "Nog geen plan" in sems.get(address("plan")).text
    assert say(sems, most_important_youth="Rust").status_code == 302
    assert newest(dossier).number == 1


def test_pressing_twice_makes_one_text(sems: Client, plan: PlanVersion, dossier: Dossier) -> None:
    page = sems.get(address("propose"))
    words = typed(page, youth_does_youth="Ik bel zelf.", once="6f1c2a56-7d0f-4c39-9d0e-0d5a4be5ca57")
    for _ in range(2):
        assert sems.post(address("propose"), words).status_code == 302
    assert newest(dossier).number == 2


def test_what_he_did_not_change_asks_for_no_new_yes(sems: Client, plan: PlanVersion, dossier: Dossier) -> None:
    assert (
        "Je veranderde niets." in sems.post(address("propose"), typed(sems.get(address("propose"))), follow=True).text
    )
    assert newest(dossier) == plan


def test_his_coach_wrote_at_the_same_time_and_neither_notices(
    sems: Client, sem: Person, plan: PlanVersion, dossier: Dossier, noor: Person
) -> None:
    page = sems.get(address("propose"))
    voices = {"youth_does": {"youth": "", "coach": "Ik rijd mee"}}
    (goal,) = Reader(noor).json(plan.goals)
    other = {"domain": "money", "goal": "Sparen", "youth": "", "coach": "klein beginnen"}
    here = {**goal, "coach": "hij kan het nu al"}
    elements = {"most_important": "kwetter-sem-plan belangrijk"}
    commands.propose(dossier, based_on=1, goals=[other, here], elements=elements, voices=voices, by=noor)

    sent = typed(page, youth_does_youth="Ik bel zelf", **{"goal-0-youth": "ik wil heel graag"})
    response = sems.post(address("propose"), sent, follow=True)

    assert "Alle woorden staan er nu in." in response.text
    version, reader = newest(dossier), Reader(sem)
    assert version.number == 3
    assert reader.json(version.voices) == {"youth_does": {"youth": "Ik bel zelf", "coach": "Ik rijd mee"}}
    assert goals_in(version, reader) == [
        other,
        {"domain": "work", "goal": goal["goal"], "youth": "ik wil heel graag", "coach": "hij kan het nu al"},
    ]


def test_two_people_with_the_same_words_he_sees_both_and_decides(
    sems: Client, sem: Person, plan: PlanVersion, dossier: Dossier, noor: Person
) -> None:
    page = sems.get(address("propose"))
    propose(dossier, noor, "", voices={"youth_does": {"youth": "Noor schreef dit", "typed": "coach"}})
    response = sems.post(address("propose"), typed(page, youth_does_youth="Ik schreef dit"))

    assert response.status_code == 409
    assert "Terwijl jij schreef, schreef Noor ook." in response.text
    assert "Ik schreef dit" in response.text
    assert "Noor schreef dit" in response.text
    assert newest(dossier).number == 2, "nothing was overwritten"

    assert sems.post(address("propose"), typed(response)).status_code == 302
    assert newest(dossier).number == 3
    assert says(dossier, sem, "youth_does") == "Ik schreef dit"


def test_a_goal_that_came_meanwhile_is_not_dropped_unseen(
    sems: Client, sem: Person, plan: PlanVersion, dossier: Dossier, noor: Person
) -> None:
    page = sems.get(address("propose"))
    goals = [*Reader(noor).json(plan.goals), {"goal": "Een eigen kamer", "coach": "eerst inschrijven"}]
    commands.propose(dossier, based_on=1, goals=goals, elements={}, by=noor)
    sems.post(address("propose"), typed(page, youth_does_youth="Ik schreef dit"))
    there = Reader(sem).json(newest(dossier).goals)
    assert [goal["goal"] for goal in there] == ["kwetter-sem-plan doel", "Een eigen kamer"]
    assert there[1]["coach"] == "eerst inschrijven"


def test_two_tabs_of_his_own_are_two_texts_too(sems: Client, plan: PlanVersion, dossier: Dossier) -> None:
    one, other = sems.get(address("propose")), sems.get(address("propose"))
    sems.post(address("propose"), typed(one, youth_does_youth="eerst dit"))
    response = sems.post(address("propose"), typed(other, youth_does_youth="toen dat"))
    assert response.status_code == 409
    assert "Je schreef dit plan ook op een andere plek." in response.text
    assert "eerst dit" in response.text
    assert "toen dat" in response.text


def test_what_the_coach_typed_in_his_words_is_marked_until_he_says_it_himself(
    sems: Client, sem: Person, plan: PlanVersion, dossier: Dossier, noor: Person
) -> None:
    propose(dossier, noor, "", voices={"remember": {"youth": "niet bellen", "typed": "coach"}})
    assert "In jouw woorden. Noor schreef het op." in sems.get(address("plan")).text
    say(sems, youth_does_youth="Ik bel zelf")
    assert "In jouw woorden. Noor schreef het op." in sems.get(address("plan")).text, "he changed other words"
    say(sems, remember_youth="liever een app")
    assert "In jouw woorden. Noor schreef het op." not in sems.get(address("plan")).text


def test_what_became_other_words_is_marked_in_the_sentence(
    sems: Client, plan: PlanVersion, dossier: Dossier, noor: Person, sem: Person
) -> None:
    for owner in (noor, sem):
        commands.agree(plan, by=owner)
    commands.propose(dossier, based_on=1, goals=[], elements={"most_important": "Rust in huis"}, by=noor)
    page = sems.get(address("plan")).text
    assert "Wat er anders is" in page
    assert "Rust in huis</ins>" in page
    assert "kwetter-sem-plan belangrijk</del>" in page
    beside = sems.get(address("version", 2), {"met": "1"})
    assert beside.context["before"].number == 1


def test_what_the_scan_showed_stands_beside_his_goal(
    sems: Client, plan: PlanVersion, dossier: Dossier, sem: Person
) -> None:
    scans.tell(dossier, ratings={"work": 1}, by=sem)
    (row,) = sems.get(address("plan")).context["goals"]
    assert (row.seen.face, row.seen.level) == (1, 3)
    assert "heel slecht" in sems.get(address("plan")).text


def test_a_scan_of_after_the_text_says_nothing_of_then(
    sems: Client, plan: PlanVersion, dossier: Dossier, sem: Person
) -> None:
    PlanVersion.objects.filter(pk=plan.pk).update(written_at=clock.now() - timedelta(days=20))
    (row,) = sems.get(address("plan")).context["goals"]
    assert row.seen is None


def test_a_step_stands_under_its_goal_and_is_made_there_in_one_tap(
    sems: Client, plan: PlanVersion, dossier: Dossier, sem: Person
) -> None:
    (goal,) = Reader(sem).json(plan.goals)
    form = f"{address('promise')}?doel={goal['key']}"
    assert form in sems.get(address("plan")).text
    assert goal["goal"] in sems.get(form).text
    typed_here = {"text": "Bel de garage", "owner": "youth", "way": "do", "goal": goal["key"]}
    assert sems.post(form, typed_here).headers["Location"] == address("plan")
    (row,) = sems.get(address("plan")).context["goals"]
    assert [step.text for step in row.steps] == ["Bel de garage"]
    assert dossier.step_set.latest("promised_at").domain == "work"


@pytest.mark.parametrize(
    "broken",
    [
        {"based_on": ""},
        {"based_on": "x"},
        {"goal-TOTAL_FORMS": "x"},
        {"goal-TOTAL_FORMS": "999999"},
        {"goal-0-key": "77"},
        {"goal-0-key": "²"},
        {"goal-0-strategy": "toveren"},
        {"together": "maan most_important"},
        {"goal-0-domain": "maan"},
        {"strategy": "toveren"},
    ],
)
def test_a_form_somebody_fiddled_with_breaks_nothing(sems: Client, plan: PlanVersion, broken: dict[str, str]) -> None:
    assert say(sems, youth_does_youth="dit", **broken).status_code in {302, 409, 422}
