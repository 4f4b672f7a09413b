"""Wie mag wat lezen: one card for each person, one calm question, and what stops by itself."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from ipta.accounts.models import Person
from ipta.dossiers.models import Coachship, Dossier, NetworkPerson, Step
from ipta.plans.models import PlanVersion
from ipta.sharing import commands
from ipta.sharing.asked.commands import answer_request, ask_for
from ipta.sharing.asked.models import SharingRequest
from ipta.sharing.door import Reader
from ipta.sharing.models import Emergency, Grant
from ipta.sharing.rules import ITEMS
from ipta.web.reins import ITEM_WORDS
from ipta.wraparound import commands as wraparound
from ipta.wraparound.agreed import commands as agreed
from ipta.wraparound.table import commands as table
from tests.asking import text
from tests.cast import days_ago, fresh
from tests.conftest import sign_in
from tests.web.youth.asking import address

WHY = "Dan kan ze meepraten over de huur."


@pytest.fixture
def asked(dossier: Dossier, noor: Person, dana: Person) -> SharingRequest:
    found: SharingRequest = ask_for(dossier, section="living", to=dana, reason=WHY, by=noor)
    return found


@pytest.fixture
def aloud(dossier: Dossier, noor: Person, dana: Person) -> Grant:
    given: Grant = commands.grant(dossier, section="plan", to=dana, purpose="Hulp met post", by=noor, aloud=True)
    return given


def page(client: Client, name: str = "grants") -> str:
    return client.get(address(name)).text


# --- one card for each person -------------------------------------------------------------------------------------


def test_each_person_has_a_card_with_what_why_until_when_and_how(
    sems: Client, dossier: Dossier, sem: Person, granted: Grant, dana: Person
) -> None:
    commands.grant(dossier, section="work", to=dana, purpose="Hij zoekt werk.", by=sem)
    reins = sems.get(address("grants")).context["reins"]
    assert [holder.name for holder in reins.holders] == ["Noor Voorbeeld", "Dana Voorbeeld"]
    things = reins.holders[1].things
    assert {(thing.what, thing.why, thing.how) for thing in things} == {
        ("je plan", "Hulp met post", "Jij zei ja."),
        ("je werk", "Hij zoekt werk.", "Jij zei ja."),
    }


def test_it_tells_when_somebody_last_looked(sems: Client, granted: Grant, dana: Person, step: Step) -> None:
    assert "Heeft nog niet gekeken." in page(sems)
    text(dana, step, "text")
    things = sems.get(address("grants")).context["reins"].holders[1].things
    assert things[0].looked == "Keek het laatst: vandaag."


def test_who_stands_in_and_who_pressed_the_button_stand_there_too(
    sems: Client, dossier: Dossier, stef: Person, standing_in: Coachship, bram: Person
) -> None:
    taken: Emergency = commands.take(dossier, reason="Hij staat voor de deur en niemand neemt op.", by=bram)
    holders = {holder.name: holder for holder in sems.get(address("grants")).context["reins"].holders}
    assert "Kan een deel lezen" in holders["Stef Voorbeeld"].words
    assert "Hij staat voor de deur" in holders["Bram Voorbeeld"].words
    sems.post(holders["Bram Voorbeeld"].end)
    assert not fresh(taken).is_running


def test_given_twice_it_stands_there_once_and_stops_in_one_tap(
    sems: Client, sem: Person, dossier: Dossier, granted: Grant, dana: Person, plan: PlanVersion
) -> None:
    commands.grant(dossier, section="plan", to=dana, purpose="Nog eens", until=days_ago(-200), by=sem)
    (thing,) = sems.get(address("grants")).context["reins"].holders[1].things
    assert thing.until == days_ago(-200)
    response = sems.post(thing.stop)
    assert not dossier.grant_set.now().exists()
    assert not Reader(dana).may(dossier, "plan")
    undo = sems.get(response.headers["Location"])
    assert "Toch weer delen" in undo.text
    sems.post(address("grant_again", thing.pk))
    assert Reader(dana).may(dossier, "plan")
    assert "Toch weer delen" not in sems.get(response.headers["Location"]).text


# --- a yes that his coach typed -----------------------------------------------------------------------------------


def test_what_his_coach_typed_stands_on_his_first_page_until_he_says_it_is_so(
    sems: Client, aloud: Grant, dossier: Dossier
) -> None:
    for name in ("home", "grants"):
        assert "Noor schreef dit voor jou op. Klopt dat?" in page(sems, name)
    sems.post(address("confirm", aloud.pk))
    for name in ("home", "grants"):
        assert "Klopt dat?" not in page(sems, name)
    assert "Jij zei ja, Noor schreef het op." in page(sems)
    assert dossier.grant_set.now().exists()


def test_or_stops_it_in_one_tap(sems: Client, aloud: Grant, dossier: Dossier, dana: Person) -> None:
    assert address("revoke", aloud.pk) in page(sems, "home")
    sems.post(address("revoke", aloud.pk))
    assert not Reader(dana).may(dossier, "plan")
    assert "Klopt dat?" not in page(sems, "home")


# --- what is asked ------------------------------------------------------------------------------------------------


def test_what_is_asked_is_one_calm_question(sems: Client, asked: SharingRequest) -> None:
    home = page(sems, "home")
    assert "Mag Dana Voorbeeld hoe je woont lezen?" in home
    assert address("answer_request", asked.pk) in home
    assert WHY in page(sems)


@pytest.mark.parametrize(("answer", "opens"), [("yes", True), ("no", False), ("later", False)])
def test_yes_no_or_later(
    sems: Client, asked: SharingRequest, dossier: Dossier, sem: Person, dana: Person, answer: str, opens: bool
) -> None:
    assert WHY in sems.get(address("answer_request", asked.pk)).text
    sems.post(address("answer_request", asked.pk), {"answer": answer, "period": "30"})
    assert Reader(dana).may(dossier, "living") is opens
    assert "hoe je woont lezen?" not in page(sems, "home")
    if opens:
        given = dossier.grant_set.get()
        assert (text(sem, given, "purpose"), given.until) == (WHY, days_ago(-30))
        assert "Noor vroeg het. Jij zei ja." in page(sems)


def test_an_answer_is_chosen(sems: Client, asked: SharingRequest) -> None:
    response = sems.post(address("answer_request", asked.pk), {"answer": "", "period": "92"})
    assert response.status_code == 422
    assert "Kies er een." in response.text


def test_a_question_of_somebody_else_is_not_there(kims: Client, asked: SharingRequest) -> None:
    assert kims.get(address("answer_request", asked.pk)).status_code == 404


def test_what_was_answered_is_not_asked_again(sems: Client, asked: SharingRequest, sem: Person) -> None:
    answer_request(asked, answer="no", by=sem)
    page = address("answer_request", asked.pk)
    assert sems.get(page).headers["Location"] == address("grants")
    assert "Deze vraag is al klaar." in sems.post(page, {"answer": "yes", "period": "92"}).text


# --- what is extra private ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("section", ["money", "health"])
def test_money_and_health_ask_a_second_yes(sems: Client, dossier: Dossier, dana: Person, section: str) -> None:
    typed: dict[str, Any] = {"to": str(dana.pk), "section": section, "reason": "0", "purpose": "", "period": "92"}
    assert 'name="sure"' not in sems.get(address("grant")).text
    response = sems.post(address("grant"), typed)
    assert response.status_code == 422
    assert 'name="sure"' in response.text
    assert not dossier.grant_set.exists()
    sems.post(address("grant"), typed | {"sure": "on"})
    assert Reader(dana).may(dossier, section)


def test_also_to_share_it_again_and_to_say_yes(
    sems: Client, dossier: Dossier, sem: Person, noor: Person, dana: Person
) -> None:
    given = commands.grant(dossier, section="money", to=dana, purpose="x", by=sem)
    commands.revoke(given, by=sem)
    assert "Weet je het zeker?" in sems.post(address("grant_again", given.pk)).text
    assert not dossier.grant_set.now().exists()
    sems.post(address("grant_again", given.pk), {"sure": "on"})
    assert Reader(dana).may(dossier, "money")
    asked = ask_for(dossier, section="health", to=dana, reason=WHY, by=noor)
    response = sems.post(address("answer_request", asked.pk), {"answer": "yes", "period": "92"})
    assert (response.status_code, Reader(fresh(dana)).may(dossier, "health")) == (422, False)
    assert 'name="sure"' in response.text
    sems.post(address("answer_request", asked.pk), {"answer": "yes", "period": "92", "sure": "on"})
    assert Reader(fresh(dana)).may(dossier, "health")


# --- what stops by itself -----------------------------------------------------------------------------------------


def test_a_week_before_it_stops_it_stands_on_his_first_page(
    sems: Client, dossier: Dossier, sem: Person, dana: Person
) -> None:
    given = commands.grant(dossier, section="plan", to=dana, purpose="x", until=days_ago(-6), by=sem)
    home = page(sems, "home")
    assert "Dana Voorbeeld leest je plan" in home
    assert "Stopt over 6 dagen." in home
    sems.post(address("grant_again", given.pk))
    longest = max(dossier.grant_set.values_list("until", flat=True))
    assert longest == days_ago(0) + timedelta(days=92)
    assert "Stopt over" not in page(sems, "home")
    sems.post(address("grant_again", given.pk))
    assert dossier.grant_set.count() == 2, "longer is longer once"


def test_what_lasts_longer_is_not_announced(sems: Client, granted: Grant) -> None:
    assert "leest je plan" not in page(sems, "home")


# --- one thing of a part ------------------------------------------------------------------------------------------


def test_every_kind_of_thing_that_can_be_shared_has_words() -> None:
    assert {*ITEM_WORDS, Grant.Item.PLAN} == set(Grant.Item.values) == set(ITEMS)


def test_what_somebody_brings_in_stands_on_his_card_by_its_words(
    sems: Client, dossier: Dossier, sem: Person, noor: Person, mother: Person, ria: NetworkPerson
) -> None:
    meeting = wraparound.prepare_meeting(dossier, by=noor)
    guest = wraparound.invite(meeting, name="Ria", kind="network", somebody=ria, by=sem)
    table.note_presence(meeting, was_there=True, invitee=guest, by=noor)
    role = agreed.contribute(meeting, invitee=guest, text="Belt elke zondag", by=noor)
    commands.grant(dossier, section="plan", to=mother, purpose="Fijn!", item=role.pk, item_kind="contribution", by=sem)
    assert "Belt elke zondag" in page(sems)
    assert "Belt elke zondag" in sign_in(noor).get(f"/jongeren/{dossier.pk}/delen/").text
