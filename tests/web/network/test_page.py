"""The page of a guest: what was shared with him, in plain blocks, and nothing else."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from ipta.accounts.models import Person
from ipta.dossiers import commands as dossiers
from ipta.dossiers.models import Appointment, Dossier, Message, NetworkPerson, Note, Paper, Step
from ipta.plans import commands as plans
from ipta.plans.models import PlanVersion
from ipta.sharing import commands as sharing
from ipta.sharing.models import Grant
from ipta.sharing.rules import SHAREABLE
from tests.asking import looks, text
from tests.cast import CANARY, canary, fresh
from tests.conftest import sign_in

Share = Callable[..., Grant]


@pytest.fixture
def share(dossier: Dossier, mother: Person, sem: Person) -> Share:
    def given(section: str = "plan", **item: Any) -> Grant:
        grant: Grant = sharing.grant(dossier, section=section, to=mother, purpose="Mam, lees je mee?", by=sem, **item)
        return grant

    return given


@pytest.fixture
def rias(mother: Person) -> Client:
    return sign_in(mother)


def test_with_nothing_shared_the_page_says_so_kindly(rias: Client) -> None:
    page = rias.get("/mee/")
    assert "Er is nu niets met jou gedeeld" in page.text
    assert CANARY not in page.text


def test_what_was_withdrawn_leaves_nothing_of_before(rias: Client, share: Share, sem: Person) -> None:
    given = share()
    assert canary("sem", "plan") in rias.get("/mee/").text
    sharing.revoke(given, by=sem)
    page = rias.get("/mee/").text
    assert CANARY not in page
    assert "Mam, lees je mee?" not in page


@pytest.mark.parametrize("section", SHAREABLE)
def test_of_each_section_that_and_no_other(rias: Client, share: Share, section: str) -> None:
    share(section)
    page = rias.get("/mee/").text
    assert "Mam, lees je mee?" in page
    others = {canary("sem", name) for name in (*SHAREABLE, "identity", "family", "justice", "messages")}
    assert not [word for word in others - {canary("sem", section)} if word in page]


def test_the_plan_comes_with_both_voices_and_its_steps(
    rias: Client, share: Share, plan: PlanVersion, sem: Person, noor: Person
) -> None:
    share()
    plans.agree(plan, by=sem)
    plans.agree(plan, by=noor)
    page = rias.get("/mee/").text
    for words in ("doel", "belangrijk", "stap"):
        assert f"{canary('sem', 'plan')} {words}" in page
    for voice in ("ik wil", "hij kan"):
        assert voice in page


def test_one_step_is_one_step(rias: Client, share: Share, step: Step, dossier: Dossier, noor: Person) -> None:
    dossiers.promise(dossier, text="iets anders dan dat", owner="coach", by=noor)
    share(item=step.pk, item_kind="step")
    page = rias.get("/mee/").text
    assert f"{canary('sem', 'plan')} stap" in page
    assert "iets anders dan dat" not in page
    assert f"{canary('sem', 'plan')} papier" not in page


def test_a_step_brings_its_small_steps_on_her_page_and_where_they_look_what_she_sees(
    rias: Client, share: Share, step: Step, dossier: Dossier, mother: Person, sem: Person, noor: Person
) -> None:
    first, dropped = dossiers.cut(step, texts=["Dozen halen", "Een busje regelen"], by=sem)
    dossiers.drop(dropped, by=sem)
    pages = ("/mee/", f"/ik/delen/zo-ziet/{mother.pk}/", f"/jongeren/{dossier.pk}/mensen/zo-ziet/{mother.pk}/")
    given = share(item=step.pk, item_kind="step")
    for client, page in zip((rias, sign_in(sem), sign_in(noor)), pages, strict=True):
        shown = client.get(page).text
        assert "Dozen halen" in shown, page
        assert "Een busje regelen" not in shown
    sharing.revoke(given, by=sem)
    share(item=first.pk, item_kind="step")
    shown = rias.get("/mee/").text
    assert "Dozen halen" in shown
    assert canary("sem", "plan") not in shown


def test_the_whole_plan_shows_small_steps_too(rias: Client, share: Share, step: Step, sem: Person) -> None:
    dossiers.cut(step, texts=["Dozen halen"], by=sem)
    share()
    assert "Dozen halen" in rias.get("/mee/").text


def test_one_thing_of_each_kind_stands_there_alone(
    rias: Client, share: Share, dossier: Dossier, paper: Paper, note: Note, plan: PlanVersion
) -> None:
    appointment = Appointment.objects.get(dossier=dossier)
    words = {"appointment": "wat", "paper": "papier", "note": "notitie", "plan": "belangrijk"}
    for kind, row in {"appointment": appointment, "paper": paper, "note": note, "plan": plan}.items():
        given = share(row.section, item=row.pk, item_kind=kind)
        page = rias.get("/mee/").text
        assert f"{canary('sem', row.section)} {words[kind]}" in page
        assert f"{canary('sem', 'plan')} stap" not in page
        given.delete()


def test_a_paper_opens_when_it_was_shared_and_not_otherwise(
    rias: Client, share: Share, paper: Paper, step: Step
) -> None:
    at = f"/mee/papier/{paper.pk}/"
    assert rias.get(at).status_code == 404
    share(item=step.pk, item_kind="step")
    assert rias.get(at).status_code == 404
    share(item=paper.pk, item_kind="paper")
    assert at in rias.get("/mee/").text
    assert rias.get(at).content.startswith(b"%PDF")


def test_each_opening_stands_in_the_log_once(rias: Client, share: Share, dossier: Dossier, mother: Person) -> None:
    given, other = share(), share("work")
    before = len(looks(dossier))
    rias.get("/mee/")
    new = [(look.person_id, look.ground, look.reader_role) for look in looks(dossier)[before:]]
    assert sorted(new) == sorted((mother.pk, f"grant:{one.pk}", "guest") for one in (given, other))


def test_a_professional_sees_the_same_blocks(
    share: Share, dana: Person, rias: Client, dossier: Dossier, step: Step, sem: Person
) -> None:
    what = {"section": "plan", "item": step.pk, "item_kind": "step"}
    sharing.grant(dossier, to=dana, purpose="Mam, lees je mee?", by=sem, **what)
    share("plan", item=step.pk, item_kind="step")
    danas = sign_in(dana).get(f"/gedeeld/{dossier.pk}/plan/")
    mothers = rias.get("/mee/")
    assert danas.context["blocks"][0].content["steps"] == mothers.context["blocks"][0].content["steps"]
    assert "bloc" not in danas.context["blocks"][0].content
    assert sign_in(dana).get(f"/gedeeld/{dossier.pk}/work/").status_code == 404


# --- a question -------------------------------------------------------------------------


def test_a_question_lands_with_youth_and_coach(
    rias: Client, share: Share, dossier: Dossier, sem: Person, noor: Person, ria: NetworkPerson
) -> None:
    share()
    asked = rias.post("/mee/vraag/", {"text": "Zal ik hem wekken?"}, follow=True)
    assert "Je vraag is weg" in asked.text
    message = Message.objects.get(dossier=dossier)
    assert text(sem, message, "text") == "Zal ik hem wekken?"
    assert "iemand uit je netwerk" in sign_in(sem).get("/ik/").text
    sign_in(noor).post(f"/jongeren/{dossier.pk}/berichten/lezen/")
    name = canary("sem", "family")
    for browser, at in ((sign_in(sem), "/ik/berichten/"), (sign_in(noor), f"/jongeren/{dossier.pk}/berichten/")):
        page = browser.get(at).text
        assert "Zal ik hem wekken?" in page
        assert name in page.lower()
    assert "Zal ik hem wekken?" not in rias.get("/mee/").text


def test_nothing_shared_is_nothing_to_ask(rias: Client) -> None:
    assert rias.post("/mee/vraag/", {"text": "Hallo?"}).status_code == 404
    assert not Message.objects.exists()


def test_an_empty_question_and_one_that_is_too_long_stay_where_they_are(rias: Client, share: Share) -> None:
    share()
    assert rias.post("/mee/vraag/", {"text": " "}).status_code == 422
    long = rias.post("/mee/vraag/", {"text": "a" * 501})
    assert long.status_code == 422
    assert "a" * 501 in long.text
    assert not Message.objects.exists()


# --- what the youth and the coach see ---------------------------------------------------------


def test_the_youth_reads_in_his_log_who_it_was(rias: Client, share: Share, sem: Person) -> None:
    share()
    rias.get("/mee/")
    page = sign_in(sem).get("/ik/wie-keek/").text
    assert f"{canary('sem', 'family')} naam" in page
    assert "Daar had je ja op gezegd." in page


def test_whose_name_went_away_is_somebody(rias: Client, share: Share, sem: Person, ria: NetworkPerson) -> None:
    share()
    rias.get("/mee/")
    dossiers.remove_person(ria, by=sem)
    assert "Iemand uit je netwerk" in sign_in(sem).get("/ik/wie-keek/").text


def test_the_youth_shares_with_her_by_her_name(mother: Person, sem: Person) -> None:
    browser = sign_in(sem)
    form = browser.get(f"/ik/delen/nieuw/?met={mother.pk}").text
    assert f"{canary('sem', 'family')} naam, moeder" in form
    sent = {"to": str(mother.pk), "section": "work", "reason": "0", "period": "92"}
    assert browser.post("/ik/delen/nieuw/", sent).status_code == 302
    assert Grant.objects.get().to == mother
    assert f"{canary('sem', 'family')} naam" in browser.get("/ik/delen/").text


def test_he_shows_one_thing_and_nothing_beside_it(
    mother: Person, sem: Person, step: Step, kim_dossier: Dossier
) -> None:
    browser, at = sign_in(sem), f"/ik/delen/een/step/{step.pk}/"
    page = browser.get(at)
    assert f"{canary('sem', 'plan')} stap" in page.text
    assert browser.post(at, {"to": str(mother.pk), "reason": "4", "period": "30"}).status_code == 302
    given = Grant.objects.get()
    assert (given.item, given.item_kind, given.shared_section) == (step.pk, "step", "plan")
    assert "Alleen stap" in browser.get("/ik/delen/").text
    others = Step.objects.get(dossier=kim_dossier)
    for wrong in (
        f"/ik/delen/een/step/{others.pk}/",
        f"/ik/delen/een/note/{step.pk}/",
        f"/ik/delen/een/raar/{step.pk}/",
    ):
        assert browser.get(wrong).status_code == 404


@pytest.mark.parametrize("who", ["sem", "noor"])
def test_zo_ziet_die_het_is_what_she_sees(
    who: str, share: Share, rias: Client, dossier: Dossier, mother: Person, step: Step, request: pytest.FixtureRequest
) -> None:
    share("work")
    share("plan", item=step.pk, item_kind="step")
    person = request.getfixturevalue(who)
    base = "/ik/delen/" if who == "sem" else f"/jongeren/{dossier.pk}/mensen/"
    before = len(looks(dossier))
    page = sign_in(person).get(f"{base}zo-ziet/{mother.pk}/")
    assert mother.pk not in {look.person_id for look in looks(dossier)[before:]}
    hers = rias.get("/mee/").context["blocks"]
    assert [block.content for block in page.context["seen"].blocks] == [block.content for block in hers]
    assert f"{canary('sem', 'plan')} stap" in page.text
    assert "Je kijkt mee" in page.text


def test_of_a_stranger_there_is_nothing_to_see(
    sem: Person,
    noor: Person,
    bram: Person,
    mother: Person,
    dossier: Dossier,
    kim_dossier: Dossier,
    stef: Person,
    standing_in: Any,
) -> None:
    assert sign_in(sem).get(f"/ik/delen/zo-ziet/{bram.pk}/").status_code == 404
    assert sign_in(noor).get(f"/jongeren/{dossier.pk}/mensen/zo-ziet/{bram.pk}/").status_code == 404
    assert sign_in(bram).get(f"/jongeren/{kim_dossier.pk}/mensen/zo-ziet/{mother.pk}/").status_code == 404
    assert sign_in(stef).get(f"/jongeren/{dossier.pk}/mensen/zo-ziet/{mother.pk}/").status_code == 404


# --- giving it -----------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["sem", "noor"])
def test_giving_a_page_shows_link_and_code_once(
    who: str, ria: NetworkPerson, dossier: Dossier, request: pytest.FixtureRequest
) -> None:
    browser = sign_in(request.getfixturevalue(who))
    base = f"/ik/mensen/{ria.pk}/" if who == "sem" else f"/jongeren/{dossier.pk}/mensen/{ria.pk}/"
    assert "Geef een eigen pagina" in browser.get(f"{base}meelezen/").text
    given = browser.post(f"{base}meelezen/link/")
    link, code = given.context["link"], given.context["code"]
    assert link in given.text
    assert "wa.me" in given.text
    assert code in given.text
    assert code not in link
    message = given.text.split("wa.me")[1].split('"')[0]
    assert code.replace(" ", "") not in message.replace("%20", "")
    phone = Client(headers={"user-agent": "Mozilla/5.0 (iPhone)"})
    assert phone.post(link.removeprefix("http://testserver"), {"code": code}).headers["Location"] == "/mee/"
    after = browser.get(f"{base}meelezen/").text
    assert "iPhone" in after
    assert code not in after
    renewed = browser.post(f"{base}meelezen/code/")
    assert renewed.context["code"] != code
    assert "wa.me" not in renewed.text
    assert browser.post(f"{base}meelezen/stop/").status_code == 302
    assert phone.get("/mee/").headers["Location"] == "/mee/verder/?next=/mee/"
    assert "Geef een eigen pagina" in browser.get(f"{base}meelezen/").text
    assert fresh(ria).account.is_guest


def test_a_locked_link_is_told_to_both(ria: NetworkPerson, mother: Person, sem: Person, noor: Person) -> None:
    from ipta.accounts.models import GuestLink

    GuestLink.objects.update(wrong_codes=5)
    for browser, at in (
        (sign_in(sem), f"/ik/mensen/{ria.pk}/meelezen/"),
        (sign_in(noor), f"/jongeren/{ria.dossier_id}/mensen/{ria.pk}/meelezen/"),
    ):
        assert "De link is op slot" in browser.get(at).text


def test_who_has_an_account_gets_no_link(ria: NetworkPerson, dana: Person, sem: Person) -> None:
    NetworkPerson.objects.filter(pk=ria.pk).update(account=dana)
    browser = sign_in(sem)
    assert "heeft een account" in browser.get(f"/ik/mensen/{ria.pk}/meelezen/").text
    assert browser.post(f"/ik/mensen/{ria.pk}/meelezen/link/", follow=True).status_code == 200
    assert fresh(ria).account == dana


# --- what she promised -------------------------------------------------------------------------


@pytest.fixture
def promised(dossier: Dossier, ria: NetworkPerson, mother: Person, noor: Person) -> Step:
    ria.refresh_from_db()
    found: Step = dossiers.promise(dossier, text="Hem op tijd wekken", owner="network", somebody=ria, by=noor)
    return found


def test_a_name_beside_a_step_opens_nothing(rias: Client, step: Step, promised: Step, share: Share) -> None:
    share("plan", item=step.pk, item_kind="step")
    page = rias.get("/mee/")
    assert page.context["promises"] == []
    assert "Hem op tijd wekken" not in page.text
    assert rias.post(f"/mee/beloofd/{promised.pk}/", {"outcome": "worked"}).status_code == 404


@pytest.mark.parametrize("is_whole", [True, False])
def test_what_she_promised_stands_first_and_she_says_how_it_went(
    is_whole: bool, rias: Client, promised: Step, share: Share, sem: Person
) -> None:
    share("plan", **({} if is_whole else {"item": promised.pk, "item_kind": "step"}))
    assert [one.step.text for one in rias.get("/mee/").context["promises"]] == ["Hem op tijd wekken"]
    said = {"outcome": "otherwise", "words": "Hij was al wakker"}
    assert rias.post(f"/mee/beloofd/{promised.pk}/", said).status_code == 302
    step = fresh(promised)
    assert step.outcome == "otherwise"
    assert text(sem, step, "progress") == "Hij was al wakker"
    assert rias.get("/mee/").context["promises"] == []


def test_of_another_she_says_nothing(rias: Client, share: Share, step: Step) -> None:
    share()
    assert rias.post(f"/mee/beloofd/{step.pk}/", {"outcome": "worked"}).status_code == 404
    assert fresh(step).outcome == ""


def test_without_an_answer_it_is_asked_again(rias: Client, share: Share, promised: Step) -> None:
    share()
    assert rias.post(f"/mee/beloofd/{promised.pk}/", {"words": "Nou"}).status_code == 422
    assert "Nou" in rias.post(f"/mee/beloofd/{promised.pk}/", {"words": "Nou"}).text
    assert fresh(promised).is_open
