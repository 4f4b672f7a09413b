"""Four telephones of 360 points: a youth, his coach, his mother and who helps with his debts. Together they hold what
the method asks of a plan: both voices, who may read what, one talk, what each promised, and what makes them meet again.
"""

import re
from dataclasses import dataclass
from datetime import timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from ipta.accounts.models import Person
from ipta.base import acting, clock
from ipta.dossiers import commands as dossiers
from ipta.dossiers.models import Dossier, NetworkPerson
from ipta.guarding.due import look
from ipta.plans.models import PlanVersion
from ipta.wraparound.models import Meeting
from tests.browser.conftest import Open
from tests.browser.test_guest_journey import comes_in
from tests.browser.test_screens import fits_a_thumb, looks_right
from tests.browser.thumb import choose, fill, press, sees
from tests.cast import days_ago

MOTHER, HELPER = "Mama Fatima", "Els van de schulden"
SAID = "Ik bel zelf elke week de garage"


@dataclass
class Four:
    """Who hold a telephone, and the people around him by their names."""

    his: Page
    hers: Page
    mothers: Page
    helpers: Page
    around: dict[str, NetworkPerson]


@pytest.fixture
def four(open_browser: Open, sem: Person, noor: Person, dossier: Dossier) -> Four:
    around = {
        MOTHER: dossiers.add_person(dossier, kind="family", name=MOTHER, relation="moeder", by=sem),
        HELPER: dossiers.add_person(dossier, kind="professional", name=HELPER, relation="schuldhulp", by=noor),
    }
    return Four(open_browser(sem), open_browser(noor), open_browser(), open_browser(), around)


def test_four_people_hold_one_plan(four: Four, dossier: Dossier) -> None:
    _write_in_two_voices(four, dossier)
    links = {name: _give_a_page(four, name) for name in (MOTHER, HELPER)}
    _let_them_read(four, links)
    invitations = _ask_them_to_come(four, dossier)
    _answer(four, invitations)
    _sit_down(four, dossier)
    _agree(four, dossier)
    _read_what_they_promised(four)
    _meet_again(four, dossier)
    _take_it_back(four)
    _read_who_looked(four)


def _write_in_two_voices(four: Four, dossier: Dossier) -> None:
    four.his.goto("/ik/plan/aanpassen/?deel=youth_does")
    _open(four.his, "youth_does-youth").fill(SAID)
    press(four.his, "Klaar")
    four.hers.goto(f"/jongeren/{dossier.pk}/plan/schrijven/?deel=youth_does")
    _open(four.hers, "youth_does-coach").fill("Hij belt, ik luister mee")
    press(four.hers, "Klaar")
    four.his.goto("/ik/plan/")
    sees(four.his, SAID, "Hij belt, ik luister mee", "Noor zegt")
    fits_a_thumb(four.his, "the plan in two voices")
    press(four.his, "Ja, dit is mijn plan")
    four.hers.goto(f"/jongeren/{dossier.pk}/plan/")
    press(four.hers, "Ja, dit is ons plan")
    assert PlanVersion.objects.in_force().first() is not None


def _give_a_page(four: Four, name: str) -> tuple[str, str]:
    four.his.goto(f"/ik/mensen/{four.around[name].pk}/meelezen/")
    press(four.his, "Geef een eigen pagina")
    return four.his.locator(".share__url").inner_text(), four.his.locator(".code__letters").inner_text()


def _let_them_read(four: Four, links: dict[str, tuple[str, str]]) -> None:
    for name, part, why in ((MOTHER, "Je plan", "Mam, lees mee"), (HELPER, "Geld", "Om de schulden te regelen")):
        four.his.goto("/ik/delen/nieuw/")
        four.his.get_by_role("radio", name=re.compile(name)).check()
        choose(four.his, "Wat mag die lezen?", part)
        fill(four.his, {"Of zeg het zelf": why})
        press(four.his, "Klaar")
        _say_it_twice(four.his)
        sees(four.his, why)
    fits_a_thumb(four.his, "the cockpit of the reins")
    comes_in(four.mothers, *links[MOTHER], javascript=False)
    sees(four.mothers, "Mam, lees mee", SAID)
    comes_in(four.helpers, *links[HELPER], javascript=False)
    sees(four.helpers, "Om de schulden te regelen")
    expect(four.helpers.get_by_text(SAID)).to_have_count(0)


def _say_it_twice(page: Page) -> None:
    """Of money he is asked a second time."""
    sure = page.get_by_label("Ja, ook over geld")
    if sure.count():
        sure.check(force=True)
        press(page, "Klaar")


def _ask_them_to_come(four: Four, dossier: Dossier) -> dict[str, str]:
    four.hers.goto(f"/jongeren/{dossier.pk}/overleg/waar-en-wanneer/")
    fill(four.hers, {"Welke dag?": days_ago(-9).isoformat(), "Hoe laat?": "14:30", "Waar?": "Buurthuis De Kern"})
    press(four.hers, "Klaar")
    found = {}
    for name in (MOTHER, HELPER):
        press(four.hers, "Iemand vragen")
        choose(four.hers, "Wie vraag je?", name)
        press(four.hers, "Klaar")
        four.hers.get_by_role("link", name=re.compile(name)).first.click()
        press(four.hers, "Maak een link")
        link = re.search(r"/kom/\S+/", four.hers.locator(".share__url").inner_text())
        assert link
        found[name] = link[0]
        four.hers.goto(f"/jongeren/{dossier.pk}/overleg/")
    return found


def _answer(four: Four, invitations: dict[str, str]) -> None:
    for phone, name, answer in ((four.mothers, MOTHER, "Ja, ik kom"), (four.helpers, HELPER, "Ja, ik kom")):
        phone.goto(invitations[name])
        press(phone, "Open de uitnodiging")
        sees(phone, "Buurthuis De Kern")
        fits_a_thumb(phone, "an invitation")
        choose(phone, "Kom je?", answer)
        press(phone, "Stuur mijn antwoord")
        sees(phone, "Fijn dat je komt.")


def _sit_down(four: Four, dossier: Dossier) -> None:
    """At the table the plan gets another text: what changed can be read, and both say yes once more."""
    four.hers.goto(f"/jongeren/{dossier.pk}/overleg/aan-tafel/")
    there = four.hers.get_by_role("region", name="Wie is er?").get_by_role("button", name="Is er")
    for _each in range(there.count()):
        there.first.click()
        four.hers.wait_for_load_state()
    point = four.hers.locator("#punt-youth_does")
    point.get_by_role("button", name="Bespreken").click()
    expect(point.get_by_role("button", name="Besproken")).to_be_visible()
    four.his.goto("/ik/plan/aanpassen/?deel=youth_does")
    _open(four.his, "youth_does-youth").fill(f"{SAID} en de schuldhulp")
    press(four.his, "Klaar")
    four.hers.goto(f"/jongeren/{dossier.pk}/plan/")
    sees(four.hers, "en de schuldhulp")
    press(four.hers, "Ja, dit is ons plan")
    four.his.goto("/ik/plan/")
    expect(four.his.locator("ins").filter(has_text="schuldhulp").first).to_be_attached()
    press(four.his, "Ja, dit is mijn plan")
    newest = PlanVersion.objects.filter(dossier=dossier).first()
    assert newest == PlanVersion.objects.in_force().first()


def _agree(four: Four, dossier: Dossier) -> None:
    for name, promise in ((MOTHER, "Hem op tijd wekken"), (HELPER, "De schuldeisers bellen")):
        dossiers.promise(
            dossier, text=promise, owner="network", somebody=four.around[name], due_on=days_ago(-20), by=_coach(dossier)
        )
    _say_yes_herself(four, dossier)
    four.hers.goto(f"/jongeren/{dossier.pk}/overleg/afspraken/")
    four.hers.get_by_role("region", name="Eerder weer praten").get_by_role("link", name="Iets erbij").click()
    choose(four.hers, "Wanneer praten jullie weer?", "Een tijd geen contact")
    fill(four.hers, {"Na hoeveel dagen?": "5"})
    press(four.hers, "Klaar")
    while (said := four.hers.get_by_role("button", name="Zei ja aan tafel")).count():
        said.first.click()
        four.hers.wait_for_load_state()
    press(four.hers, "Ja, dit is goed")
    four.his.goto("/ik/overleg/afspraken/")
    press(four.his, "Ja, dit is goed")
    sees(four.his, "Iedereen zei ja.", "zelf: ja, dat doe ik")
    press(four.his, "Ja, deel het")
    fits_a_thumb(four.his, "what they agreed on")
    four.mothers.goto("/mee/")
    sees(four.mothers, "Je zei ja op")
    four.his.goto("/ik/overleg/aan-tafel/")
    press(four.his, "Het gesprek is geweest")
    assert Meeting.objects.held().count() == 1


def _say_yes_herself(four: Four, dossier: Dossier) -> None:
    """On her own telephone. What is agreed afterwards asks her nothing; another line of hers does."""
    for words in ("Kookt elke dag", "Kookt op zondag"):
        four.hers.goto(f"/jongeren/{dossier.pk}/overleg/afspraken/")
        four.hers.get_by_role("region", name="Ieders rol").get_by_role("link", name=MOTHER).click()
        fill(four.hers, {"Wat doet deze persoon?": words, "Voor welke dag?": days_ago(-2).isoformat()})
        if words == "Kookt op zondag":
            four.mothers.goto("/mee/")
            sees(four.mothers, "Kookt elke dag", "Bijna")
        press(four.hers, "Klaar")
    fits_a_thumb(four.mothers, "what she said at the table")
    looks_right(four.mothers, "network:home")
    press(four.mothers, "Ja, dat doe ik")
    sees(four.mothers, "Dit is net veranderd.", "Kookt op zondag")
    press(four.mothers, "Ja, dat doe ik")
    sees(four.mothers, "Dank je wel. Jouw ja staat erbij.", "Je zei ja op")
    expect(four.mothers.get_by_role("button", name="Ja, dat doe ik")).to_have_count(0)
    fits_a_thumb(four.mothers, "her yes")


def _coach(dossier: Dossier) -> Person:
    coach: Person = dossier.coachship_set.get(until=None, is_stand_in=False).coach
    return coach


def _read_what_they_promised(four: Four) -> None:
    for phone, promise, not_his in (
        (four.mothers, "Hem op tijd wekken", "De schuldeisers bellen"),
        (four.helpers, "De schuldeisers bellen", "Hem op tijd wekken"),
    ):
        phone.goto("/mee/")
        mine = phone.get_by_role("region", name="Wat ik beloofde")
        expect(mine.get_by_text(promise).first).to_be_visible()
        expect(mine.get_by_text(not_his)).to_have_count(0)
        fits_a_thumb(phone, "what somebody promised")
    four.helpers.get_by_text("Hoe ging het?").first.click()
    four.helpers.get_by_label("Gelukt", exact=True).check(force=True)
    press(four.helpers, "Klaar")
    sees(four.helpers, "Dank je wel")


def _meet_again(four: Four, dossier: Dossier) -> None:
    with clock.at(clock.now() + timedelta(days=6)), acting.as_work():
        assert len(look().true) == 1
    four.hers.goto("/vandaag/?deel=om-tafel")
    sees(four.hers, "Nog een keer om tafel?")
    four.his.goto("/ik/")
    four.his.get_by_role("link", name="Nog een keer om tafel?").click()
    sees(four.his, "Er zijn 5 dagen zonder contact.")
    press(four.his, "Ja, gesprek voorbereiden")
    press(four.his, "Klaar")
    assert Meeting.objects.ahead().filter(dossier=dossier).count() == 1


def _take_it_back(four: Four) -> None:
    four.his.goto("/ik/delen/")
    card = four.his.locator(".card").filter(has_text=MOTHER)
    while (stop := card.get_by_role("button", name="Stop met delen")).count():
        stop.first.click()
        four.his.wait_for_load_state()
    four.mothers.goto("/mee/")
    for word in (SAID, "Mam, lees mee", "Hem op tijd wekken"):
        expect(four.mothers.get_by_text(word)).to_have_count(0)
    sees(four.mothers, "Er is nu niets met jou gedeeld")


def _read_who_looked(four: Four) -> None:
    four.his.goto("/ik/wie-keek/")
    sees(four.his, "je coach", MOTHER, HELPER, "Daar had je ja op gezegd.")
    fits_a_thumb(four.his, "who looked")


def _open(page: Page, name: str) -> Locator:
    """The field of this name, with what it is folded in opened as a thumb does."""
    field = page.locator(f"[name={name}]")
    if not field.is_visible():
        page.locator(f"details:has([name={name}]) > summary").click()
    return field
