"""What somebody around the youth asks besides, and what the youth asks of him; and how both desks name him."""

import pytest
from django.test import Client

from ipta.accounts.models import Person
from ipta.dossiers.models import Dossier, Step
from ipta.sharing import commands as sharing
from ipta.sharing.asked.commands import answer_request
from ipta.sharing.asked.models import SharingRequest
from ipta.sharing.door import Reader
from ipta.sharing.models import Grant
from ipta.sharing.why.commands import ask_why
from ipta.sharing.why.models import LookQuestion
from tests.asking import looks, text
from tests.cast import canary, fresh
from tests.conftest import sign_in
from tests.web.coach.shared import post_twice

WHY = "Dan kan ik meedenken over de huur."
NAME = canary("sem", "family")


@pytest.fixture
def shown(dossier: Dossier, sem: Person, mother: Person) -> Grant:
    """His mother reads his plan."""
    given: Grant = sharing.grant(dossier, section="plan", to=mother, purpose="samen", by=sem)
    return given


@pytest.fixture
def rias(mother: Person, shown: Grant) -> Client:
    return sign_in(mother)


def test_she_asks_for_more_and_hears_no_more_than_yes_or_no(rias: Client, mother: Person, sem: Person) -> None:
    assert "/mee/meer/" in rias.get("/mee/").text
    post_twice(rias, "/mee/meer/", {"section": "living", "reason": WHY})
    asked = SharingRequest.objects.get()
    assert (asked.to, asked.asked_by) == (mother, mother)
    assert "wonen (wacht nog)" in rias.get("/mee/").text
    answer_request(asked, answer="no", by=sem)
    assert "wonen (nee)" in rias.get("/mee/").text


def test_he_finds_her_question_under_her_name_and_his_yes_opens_it(
    rias: Client, dossier: Dossier, mother: Person, sem: Person
) -> None:
    rias.post("/mee/meer/", {"section": "living", "reason": WHY})
    sems = sign_in(sem)
    home = sems.get("/ik/").text
    assert f"Mag {NAME}" in home
    asked = SharingRequest.objects.get()
    page = f"/ik/delen/vraag/{asked.pk}/"
    assert NAME in sems.get(page).text
    sems.post(page, {"answer": "yes", "period": "92"})
    assert Reader(fresh(mother)).may(dossier, "living")


def test_to_who_reads_nothing_there_is_nothing_to_ask(rias: Client, shown: Grant, sem: Person) -> None:
    sharing.revoke(shown, by=sem)
    assert rias.get("/mee/meer/").status_code == 404


def test_both_desks_call_her_by_her_name_and_show_what_she_sees(
    dossier: Dossier, shown: Grant, mother: Person, sem: Person, noor: Person
) -> None:
    for person, base in ((sem, "/ik"), (noor, f"/jongeren/{dossier.pk}")):
        client = sign_in(person)
        page = client.get(f"{base}/delen/")
        (holder,) = [one for one in page.context["reins"].holders if one.person == mother.pk]
        assert NAME in holder.name
        assert holder.seen_by in page.text
        assert client.get(holder.seen_by).status_code == 200


def test_one_thing_is_shown_by_what_it_is_called(
    dossier: Dossier, step: Step, mother: Person, sem: Person, noor: Person
) -> None:
    given = sharing.grant(dossier, section="plan", to=mother, purpose="samen", item=step.pk, item_kind="step", by=sem)
    for person, base in ((sem, "/ik"), (noor, f"/jongeren/{dossier.pk}")):
        (holder,) = [
            one for one in sign_in(person).get(f"{base}/delen/").context["reins"].holders if one.person == mother.pk
        ]
        assert holder.things[0].what.startswith(f"alleen stap “{canary('sem', 'plan')}")
    sems = sign_in(sem)
    sems.post(f"/ik/delen/{given.pk}/stop/")
    sems.post(f"/ik/delen/{given.pk}/weer/")
    again = dossier.grant_set.now().get()
    assert (again.item, again.item_kind) == (step.pk, "step")


def test_stopping_the_one_thing_leaves_the_whole_part_alone(
    dossier: Dossier, step: Step, shown: Grant, mother: Person, sem: Person
) -> None:
    given = sharing.grant(dossier, section="plan", to=mother, purpose="samen", item=step.pk, item_kind="step", by=sem)
    sign_in(sem).post(f"/ik/delen/{given.pk}/stop/")
    assert list(dossier.grant_set.now()) == [shown]


@pytest.fixture
def why(dossier: Dossier, rias: Client, step: Step, mother: Person, sem: Person) -> LookQuestion:
    text(mother, step, "text")
    found: LookQuestion = ask_why(dossier, looks(dossier)[-1], by=sem)
    return found


def test_she_says_why_she_looked(rias: Client, why: LookQuestion, sem: Person) -> None:
    page = f"/mee/waarom/{why.pk}/"
    assert page in rias.get("/mee/").text
    assert rias.post(page, {"words": ""}).status_code == 422
    post_twice(rias, page, {"words": "Voor het eten van zondag."})
    assert text(sem, why, "answer") == "Voor het eten van zondag."
    assert rias.get(page).headers["Location"] == "/mee/"


def test_a_question_to_somebody_else_is_not_there(rias: Client, why: LookQuestion, dana: Person, sem: Person) -> None:
    LookQuestion.objects.filter(pk=why.pk).update(reader=dana)
    assert rias.get(f"/mee/waarom/{why.pk}/").status_code == 404
