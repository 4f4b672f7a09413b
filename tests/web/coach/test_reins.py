"""Delen at the desk of the coach: the same cards, a yes said aloud, a question that waits."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ipta.accounts.models import Person
from ipta.dossiers import commands as dossiers
from ipta.dossiers.models import Appointment, Coachship, Dossier, NetworkPerson, Note, Paper, Step
from ipta.dossiers.papers.checking import check
from ipta.dossiers.papers.commands import add_paper
from ipta.plans.models import PlanVersion
from ipta.sharing import commands
from ipta.sharing.asked.commands import answer_request, ask_for
from ipta.sharing.asked.models import SharingRequest
from ipta.sharing.door import Reader
from ipta.sharing.models import Grant
from ipta.sharing.why.commands import ask_why
from ipta.sharing.why.models import LookQuestion
from tests.asking import looks, text, verbs
from tests.cast import canary, days_ago, fresh
from tests.files import photo
from tests.web.coach.shared import assert_is_not_there, of, post_twice

WHY = "Dan kan ze meepraten over de huur."
SignIn = Callable[[Person], Client]


@pytest.fixture
def granted(dossier: Dossier, sem: Person, dana: Person) -> Grant:
    given: Grant = commands.grant(dossier, section="plan", to=dana, purpose="Hulp met post", by=sem)
    return given


@pytest.fixture
def asked(dossier: Dossier, noor: Person, dana: Person) -> SharingRequest:
    found: SharingRequest = ask_for(dossier, section="living", to=dana, reason=WHY, by=noor)
    return found


@pytest.fixture
def typed(dana: Person) -> dict[str, Any]:
    return {"to": str(dana.pk), "section": "plan", "reason": "0", "purpose": "", "period": "92", "is_said": "on"}


@pytest.fixture
def danas(dana: Person, client_for: SignIn) -> Client:
    return client_for(dana)


def test_the_coach_sees_the_same_cards(noors: Client, dossier: Dossier, granted: Grant) -> None:
    page = noors.get(of(dossier, "grants"))
    assert [holder.name for holder in page.context["reins"].holders] == ["Noor Voorbeeld", "Dana Voorbeeld"]
    for words in ("Plan en stappen", "Hulp met post", "De jongere zei zelf ja."):
        assert words in page.text
    assert of(dossier, "grants") in noors.get(of(dossier, "youth")).text


def test_stopping_is_one_tap_and_can_be_taken_back_aloud(
    noors: Client, dossier: Dossier, granted: Grant, dana: Person
) -> None:
    response = noors.post(of(dossier, "revoke", granted.pk))
    assert not Reader(dana).may(dossier, "plan")
    assert of(dossier, "grant_again", granted.pk) in noors.get(response.headers["Location"]).text
    assert noors.post(of(dossier, "grant_again", granted.pk), {}).status_code == 422
    post_twice(noors, of(dossier, "grant_again", granted.pk), {"is_said": "on"})
    assert dossier.grant_set.now().get().is_aloud
    assert Reader(fresh(dana)).may(dossier, "plan")


def test_said_aloud_and_typed_once(
    noors: Client, dossier: Dossier, sem: Person, dana: Person, typed: dict[str, Any]
) -> None:
    post_twice(noors, of(dossier, "grant"), typed)
    given = dossier.grant_set.get()
    assert (given.is_aloud, given.to, given.until) == (True, dana, days_ago(-92))
    assert text(sem, given, "purpose") == "Die helpt me met geld."
    assert verbs(dossier).count("grant.given_aloud") == 1


def test_without_his_yes_nothing_is_typed(noors: Client, dossier: Dossier, typed: dict[str, Any]) -> None:
    del typed["is_said"]
    response = noors.post(of(dossier, "grant"), typed)
    assert response.status_code == 422
    assert "Vraag het eerst hardop." in response.text
    assert not dossier.grant_set.exists()


@pytest.mark.parametrize("section", ["money", "health"])
def test_money_and_health_ask_a_second_yes(
    noors: Client, dossier: Dossier, typed: dict[str, Any], section: str
) -> None:
    response = noors.post(of(dossier, "grant"), typed | {"section": section})
    assert (response.status_code, dossier.grant_set.exists()) == (422, False)
    noors.post(of(dossier, "grant"), typed | {"section": section, "sure": "on"})
    given = dossier.grant_set.get()
    noors.post(of(dossier, "revoke", given.pk))
    assert noors.post(of(dossier, "grant_again", given.pk), {"is_said": "on"}).status_code == 422
    noors.post(of(dossier, "grant_again", given.pk), {"is_said": "on", "sure": "on"})
    assert dossier.grant_set.now().exists()


def test_a_proposal_waits_for_the_youth(noors: Client, dossier: Dossier, sem: Person, dana: Person) -> None:
    post_twice(noors, of(dossier, "ask_for"), {"to": str(dana.pk), "section": "living", "reason": WHY})
    asked = SharingRequest.objects.get()
    assert text(sem, asked, "reason") == WHY
    page = noors.get(of(dossier, "grants")).text
    assert "Dana Voorbeeld wil lezen: wonen" in page
    again = noors.post(of(dossier, "ask_for"), {"to": str(dana.pk), "section": "living", "reason": WHY})
    assert "Dit is al gevraagd." in again.text


def test_together_they_answer_it(noors: Client, dossier: Dossier, asked: SharingRequest, dana: Person) -> None:
    page = of(dossier, "answer_request", asked.pk)
    assert WHY in noors.get(page).text
    assert noors.post(page, {"answer": "yes", "period": "92"}).status_code == 422
    post_twice(noors, page, {"answer": "yes", "period": "92", "is_said": "on"})
    assert dossier.grant_set.get().is_aloud
    assert Reader(dana).may(dossier, "living")
    assert noors.get(page).headers["Location"] == of(dossier, "grants"), "it is answered"


def test_who_stands_in_sees_it_and_stops_it_and_gives_nothing(
    dossier: Dossier, granted: Grant, asked: SharingRequest, sem: Person, stef: Person, standing_in: Coachship,
    client_for: SignIn, dana: Person,
) -> None:  # fmt: skip
    commands.grant(dossier, section="money", to=dana, purpose="Voor de schulden", by=sem)
    stefs = client_for(stef)
    page = stefs.get(of(dossier, "grants")).text
    assert "Hulp met post" in page
    assert "Voor de schulden" not in page
    assert of(dossier, "grant") not in page
    for name, *row in (
        ("grant",), ("ask_for",), ("grant_again", granted.pk), ("answer_request", asked.pk),
    ):  # fmt: skip
        assert stefs.get(of(dossier, name, *row)).status_code == 404
    stefs.post(of(dossier, "revoke", granted.pk))
    assert not Reader(dana).may(dossier, "plan")


def test_it_is_not_there_for_strangers(
    browsers_of_strangers: list[Client], dossier: Dossier, granted: Grant, asked: SharingRequest
) -> None:
    names = [("grants",), ("grant",), ("ask_for",), ("revoke", granted.pk), ("answer_request", asked.pk)]
    assert_is_not_there(browsers_of_strangers, [of(dossier, *name) for name in names])


# --- what ends by itself --------------------------------------------------------------------------------------------


def test_what_stops_within_a_week_stands_on_vandaag_until_it_goes_on(
    noors: Client, dossier: Dossier, sem: Person, dana: Person
) -> None:
    commands.grant(dossier, section="plan", to=dana, purpose="x", until=days_ago(-6), by=sem)
    page = noors.get(reverse("coach:today") + "?deel=loopt-af")
    assert "Dana leest straks niet meer mee: plan en stappen" in page.text
    assert of(dossier, "grants") in page.text
    commands.grant(dossier, section="plan", to=dana, purpose="x", by=sem)
    assert "leest straks niet meer mee" not in noors.get(reverse("coach:today")).text


# --- somebody asks for himself --------------------------------------------------------------------------------------


def test_who_reads_something_asks_for_more_and_hears_no_more_than_yes_or_no(
    danas: Client, dossier: Dossier, sem: Person, granted: Grant, dana: Person
) -> None:
    page = reverse("coach:ask_more", args=[dossier.pk])
    assert page in danas.get(reverse("coach:shared")).text
    assert "Plan en stappen" not in danas.get(page).text, "that he reads already"
    post_twice(danas, page, {"section": "living", "reason": WHY})
    asked = SharingRequest.objects.get()
    assert (asked.to, asked.asked_by) == (dana, dana)
    for answer, says in (("later", "wonen (wacht nog)"), ("no", "wonen (nee)")):
        answer_request(fresh(asked), answer=answer, by=sem)
        assert says in danas.get(reverse("coach:shared")).text


def test_to_who_reads_nothing_there_is_nothing_to_ask(
    danas: Client, dossier: Dossier, sem: Person, granted: Grant
) -> None:
    commands.revoke(granted, by=sem)
    assert danas.get(reverse("coach:ask_more", args=[dossier.pk])).status_code == 404


# --- vraag waarom ---------------------------------------------------------------------------------------------------


@pytest.fixture
def why(dossier: Dossier, granted: Grant, step: Step, dana: Person, sem: Person) -> LookQuestion:
    text(dana, step, "text")
    found: LookQuestion = ask_why(dossier, looks(dossier)[-1], by=sem)
    return found


def test_who_looked_finds_the_question_and_says_why(
    danas: Client, why: LookQuestion, granted: Grant, sem: Person, dossier: Dossier
) -> None:
    commands.revoke(granted, by=sem)
    page = reverse("coach:explain", args=[why.pk])
    assert page in danas.get(reverse("coach:shared")).text
    assert "plan en stappen" in danas.get(page).text
    assert danas.post(page, {"words": ""}).status_code == 422
    post_twice(danas, page, {"words": "Voor de brief."})
    assert text(sem, why, "answer") == "Voor de brief."
    assert verbs(dossier).count("look.explained") == 1
    assert page not in danas.get(reverse("coach:shared")).text


def test_a_coach_finds_it_on_vandaag(noors: Client, dossier: Dossier, sem: Person, noor: Person, step: Step) -> None:
    text(noor, step, "text")
    asked = ask_why(dossier, next(look for look in looks(dossier) if look.person_id == noor.pk), by=sem)
    assert reverse("coach:explain", args=[asked.pk]) in noors.get(reverse("coach:today")).text


def test_who_coaches_nobody_finds_it_on_vandaag_and_nobody_else_does(
    noors: Client, dossier: Dossier, sem: Person, rik: Person, step: Step, client_for: SignIn
) -> None:
    text(rik, step, "text")
    asked = ask_why(dossier, next(look for look in looks(dossier) if look.person_id == rik.pk), by=sem)
    assert reverse("coach:explain", args=[asked.pk]) in client_for(rik).get(reverse("coach:today")).text
    assert reverse("coach:explain", args=[asked.pk]) not in noors.get(reverse("coach:today")).text


def test_a_question_to_somebody_else_is_not_there(noors: Client, brams: Client, why: LookQuestion) -> None:
    assert_is_not_there([noors, brams], [reverse("coach:explain", args=[why.pk])])


# --- one thing, from where it stands --------------------------------------------------------------------------------


@pytest.fixture
def of_item(dossier: Dossier, step: Step) -> str:
    return of(dossier, "grant_item", "step", step.pk)


def test_from_where_it_stands_one_thing_is_given_aloud(
    noors: Client, dossier: Dossier, step: Step, of_item: str, typed: dict[str, Any], dana: Person
) -> None:
    assert of_item in noors.get(of(dossier, "step", step.pk)).text
    page = noors.get(of_item).text
    assert canary("sem", "plan") in page
    assert 'name="section"' not in page
    del typed["section"]
    assert noors.post(of_item, typed | {"is_said": ""}).status_code == 422
    assert not dossier.grant_set.exists()
    post_twice(noors, of_item, typed)
    given = dossier.grant_set.get()
    assert (given.item, given.item_kind, given.is_aloud) == (step.pk, "step", True)
    assert text(dana, step, "text")
    assert not Reader(dana).may(dossier, "plan")


def test_it_can_be_given_from_the_page_of_each_kind(
    noors: Client, dossier: Dossier, step: Step, note: Note, plan: PlanVersion, paper: Paper
) -> None:
    appointment = Appointment.objects.get(dossier=dossier)
    for kind, row, page in (
        ("step", step, of(dossier, "step", step.pk)), ("note", note, of(dossier, "timeline")),
        ("plan", plan, of(dossier, "plan")), ("plan", plan, of(dossier, "version", plan.number)),
        ("paper", paper, of(dossier, "papers")), ("appointment", appointment, of(dossier, "youth")),
    ):  # fmt: skip
        address = of(dossier, "grant_item", kind, row.pk)
        assert address in noors.get(page).text, kind
        assert noors.get(address).status_code == 200


def test_money_asks_a_second_yes_for_one_thing_too(
    noors: Client, dossier: Dossier, noor: Person, typed: dict[str, Any]
) -> None:
    paper = add_paper(dossier, check(photo()), section="money", name="De brief", by=noor)
    address = of(dossier, "grant_item", "paper", paper.pk)
    assert noors.post(address, typed).status_code == 422
    noors.post(address, typed | {"sure": "on"})
    given = dossier.grant_set.get()
    assert (given.item, given.shared_section) == (paper.pk, "money")
    page = noors.get(of(dossier, "grant_again", given.pk)).text
    assert "alleen papier “De brief”" in page


def test_what_cannot_be_shared_by_itself_is_not_there(noors: Client, dossier: Dossier, kim_dossier: Dossier) -> None:
    others = Step.objects.get(dossier=kim_dossier)
    for kind, pk in (("step", others.pk), ("message", others.pk), ("step", dossier.pk)):
        assert noors.get(of(dossier, "grant_item", kind, pk)).status_code == 404
        assert noors.get(of(dossier, "ask_for_item", kind, pk)).status_code == 404


def test_who_stands_in_and_who_coached_until_it_ended_are_offered_nothing(
    noors: Client, dossier: Dossier, step: Step, note: Note, of_item: str, paper: Paper, stef: Person,
    standing_in: Coachship, client_for: SignIn, noor: Person,
) -> None:  # fmt: skip
    stefs = client_for(stef)
    pages = [of(dossier, "step", step.pk), *(of(dossier, name) for name in ("timeline", "plan", "papers", "youth"))]
    assert not [page for page in pages if "/delen/een/" in stefs.get(page).text]
    assert stefs.get(of_item).status_code == 404
    assert stefs.get(of(dossier, "ask_for_item", "step", step.pk)).status_code == 404
    dossiers.end(dossier, reason="stable", by=noor)
    assert not [page for page in pages if "/delen/een/" in noors.get(page).text]


def test_one_thing_is_asked_of_the_youth_who_reads_what_it_is(
    noors: Client, dossier: Dossier, step: Step, of_item: str, dana: Person, sem: Person, client_for: SignIn
) -> None:
    ask = of(dossier, "ask_for_item", "step", step.pk)
    assert ask in noors.get(of_item).text
    post_twice(noors, ask, {"to": str(dana.pk), "reason": WHY})
    asked = SharingRequest.objects.get()
    called = f"alleen stap “{canary('sem', 'plan')}"
    sems = client_for(sem)
    for client, page in (
        (noors, of(dossier, "grants")), (noors, of(dossier, "answer_request", asked.pk)),
        (sems, reverse("youth:grants")), (sems, reverse("youth:home")),
        (sems, reverse("youth:answer_request", args=[asked.pk])),
    ):  # fmt: skip
        assert called in client.get(page).text, page
    sems.post(reverse("youth:answer_request", args=[asked.pk]), {"answer": "yes", "period": "92"})
    assert dossier.grant_set.get().item == step.pk


# --- what somebody promised -----------------------------------------------------------------------------------------


def test_what_somebody_promised_is_shared_aloud_in_one_go(
    noors: Client, dossier: Dossier, ria: NetworkPerson, mother: Person, noor: Person
) -> None:
    promised = [dossiers.promise(dossier, text=text, owner="network", somebody=ria, by=noor) for text in ("Aa", "Bb")]
    address = of(dossier, "share_promised", ria.pk)
    page = noors.get(of(dossier, "grants")).text
    assert address in page and "Aa" in page
    assert "Bb" in noors.get(address).text
    assert noors.post(address, {}).status_code == 422
    post_twice(noors, address, {"is_said": "on"})
    assert {(given.item, given.is_aloud) for given in dossier.grant_set.all()} == {(row.pk, True) for row in promised}
    assert address not in noors.get(of(dossier, "grants")).text


def test_who_stands_in_is_offered_no_promise(
    dossier: Dossier, ria: NetworkPerson, mother: Person, noor: Person, stef: Person, standing_in: Coachship,
    client_for: SignIn,
) -> None:  # fmt: skip
    dossiers.promise(dossier, text="Aa", owner="network", somebody=ria, by=noor)
    stefs = client_for(stef)
    assert "/delen/beloofd/" not in stefs.get(of(dossier, "grants")).text
    assert stefs.get(of(dossier, "share_promised", ria.pk)).status_code == 404
