"""The whole thread, once, on a telephone, in Dutch: from a nickname to aftercare, as coach and as youth.

What is carried is a package as another house would send it: one of the published cases where they lie beside the
checkout, and an invented one everywhere.
"""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from ipta.accounts.models import Municipality, Person
from ipta.api.package import import_package
from ipta.dossiers.models import Dossier
from ipta.dossiers.rules import DOMAINS
from ipta.journal.models import Entry
from ipta.scans.rules import PARTS
from ipta.sharing.models import Look
from tests.asking import verbs
from tests.browser.conftest import Open
from tests.browser.facts import Facts, invented, published
from tests.browser.thumb import choose, fill, press, sees

PIN = "739152"


class Coach:
    """The coach, with the telephone in one hand."""

    def __init__(self, page: Page, dossier: Dossier) -> None:
        self.page = page
        self.youth = f"/jongeren/{dossier.pk}/"

    def goes_to(self, part: str = "") -> Page:
        self.page.goto(f"{self.youth}{part}")
        return self.page

    def writes(self, text: str, *, how: str) -> None:
        page = self.goes_to("notitie/")
        choose(page, "Hoe?", how)
        fill(page, {"Wat?": text})
        press(page, "Klaar")
        sees(page, "Genoteerd")

    def hears_the_yes(self, facts: Facts) -> None:
        page = self.goes_to()
        press(page, "Doet mee", exact=False)
        choose(page, "Hoe hoorde de jongere dit?", "Samen gelezen")
        fill(page, {"Voornaam": facts.name})
        press(page, "Doet mee")
        sees(page, "het dossier is begonnen")

    def hands_over_a_code(self) -> str:
        page = self.goes_to("telefoon/")
        press(page, "Geef een code")
        return page.locator(".code__letters").inner_text().replace(" ", "")

    def scans(self) -> None:
        page = self.goes_to("scan/invullen/")
        for name in DOMAINS.values():
            choose(page, name, "beperkt")
        choose(page, "Financiën", "acuut")
        press(page, "Klaar")
        sees(page, "directe actie")

    def writes_the_plan(self, facts: Facts) -> None:
        page = self.goes_to("plan/schrijven/")
        fill(page, {"Wat is het doel?": facts.goal})
        for element, words in facts.elements.items():
            page.locator(f"details:has([name={element}-youth]) > summary").click()
            page.locator(f"[name={element}-youth]").fill(words)
        press(page, "Klaar")
        press(page, "Ja, dit is ons plan")

    def agrees_on_a_place(self, facts: Facts) -> None:
        page = self.goes_to("werk/nieuw/")
        choose(page, "Wat voor plek?", "Werkervaringsplek")
        fill(page, {"Een nieuw bedrijf?": facts.employer, "Wat gaat de jongere doen?": facts.work})
        press(page, "Klaar")
        sees(page, facts.employer)

    def begins_there(self) -> None:
        page = self.goes_to("werk/")
        press(page, "Eerste dag")
        press(page, "Klaar")
        sees(page, "De eerste dag staat op de draad")

    def sets_intensity(self, degree: str) -> None:
        page = self.goes_to("begeleiding/")
        press(page, degree, exact=False)
        sees(page, "Bewaard")

    def rounds_off(self) -> None:
        page = self.goes_to("begeleiding/afronden/")
        page.get_by_role("group", name="Waarom rond je af?").get_by_role("radio").first.check()
        press(page, "Samen afronden")
        sees(page, "Terugkomen kan altijd")

    def welcomes_back(self) -> None:
        page = self.goes_to("begeleiding/")
        press(page, "Weer terug")
        sees(page, "Welkom terug")


class Youth:
    """The youth, on a telephone of his own."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def comes_in(self, code: str) -> None:
        page = self.page
        page.goto(f"/binnen/#{code}")
        expect(page.get_by_label("Je code")).not_to_have_value("")
        press(page, "Verder")
        fill(page, {"Kies een pincode": PIN, "Typ hem nog een keer": PIN})
        press(page, "Klaar")
        sees(page, "Mijn plan")

    def tells_how_it_goes(self) -> None:
        page = self.page
        page.goto("/ik/over-mij/hoe-gaat-het/vertellen/")
        for number in range(1, len(PARTS) + 1):  # one question at a time; a tap goes on by itself
            sees(page, f"{number} van {len(PARTS) + 1}")
            page.get_by_role("radio", name="gaat wel").click()
        press(page, "Klaar")
        sees(page, "Dank je")

    def says_yes(self, facts: Facts) -> None:
        page = self.page
        page.goto("/ik/plan/")
        sees(page, facts.goal)
        press(page, "Ja, dit is mijn plan")
        sees(page, "zeiden allebei ja")

    def puts_his_side_beside(self, part: str, words: str) -> None:
        page = self.page
        page.goto(part)
        press(page, "Mijn kant")
        fill(page, {"Hoe zie jij het?": words})
        press(page, "Klaar")
        sees(page, words)

    def makes_a_step(self, text: str) -> None:
        page = self.page
        page.goto("/ik/stappen/nieuw/")
        fill(page, {"Wat ga je doen?": text})
        page.get_by_label("Wanneer is het klaar?").fill((timezone.localdate() + timedelta(days=3)).isoformat())
        press(page, "Klaar")
        page.goto("/ik/")
        sees(page, text)
        press(page, "Gelukt")

    def takes_everything_along(self) -> str:
        self.page.goto("/ik/meenemen/")
        with self.page.expect_download() as download:
            self.page.locator("a[href$='verhaal.json']").click()
        return download.value.path().read_text()


@pytest.mark.parametrize("facts", [invented, published], ids=["invented", "published"])
def test_one_youth_from_nickname_to_aftercare(
    open_browser: Open, noor: Person, zoetermeer: Municipality, facts: Any
) -> None:
    story: Facts = facts()
    dossier = import_package(story.first_contact, zoetermeer, noor, by=noor).dossier
    coach, youth = Coach(open_browser(noor), dossier), Youth(open_browser())

    # scout
    sees(coach.goes_to(), story.nickname)
    for words in story.told:
        coach.writes(words, how="Gesproken")
    coach.hears_the_yes(story)
    youth.comes_in(coach.hands_over_a_code())

    # quick scan: two views, side by side; what is acute stands on the coach's first page
    coach.scans()
    coach.page.goto("/vandaag/")
    sees(coach.page, "financiën")
    youth.tells_how_it_goes()
    sees(coach.goes_to("scan/"), "gaat wel", "acute problematiek")

    # plan: in force at the second yes
    coach.writes_the_plan(story)
    youth.says_yes(story)
    youth.puts_his_side_beside("/ik/plan/", "Ik wil vooral zelf kiezen.")
    youth.makes_a_step("Bellen met de sportschool")

    # a place to work
    coach.agrees_on_a_place(story)
    coach.begins_there()
    youth.page.goto("/ik/over-mij/werk/")
    sees(youth.page, story.employer)

    # coaching, a dip, and aftercare
    coach.sets_intensity("Licht")
    coach.sets_intensity("Intensief")
    coach.sets_intensity("Nazorg")
    coach.writes("Hij belt zelf als er iets is.", how="Gebeld")
    coach.rounds_off()
    coach.welcomes_back()

    # the youth reads everything, sees who looked, and takes it along
    youth.page.goto("/ik/wie-keek/")
    sees(youth.page, "Noor")
    taken = youth.takes_everything_along()
    assert "Ik wil vooral zelf kiezen." in taken
    for words in (story.goal, story.work, *story.told):
        assert json.dumps(words, ensure_ascii=False)[1:-1] in taken

    reads_like_the_story(dossier, noor, youth_id=Dossier.objects.get(pk=dossier.pk).youth_id)


def reads_like_the_story(dossier: Dossier, coach: Person, youth_id: Any) -> None:
    """The journal tells what happened in the order in which it happened, and by whom."""
    told = verbs(dossier)
    story = [
        "dossier.imported",
        "dossier.joined",
        "code.handed",
        "scan.rated",
        "scan.told",
        "plan.proposed",
        "plan.agreed",
        "plan.agreed",
        "view.given",
        "step.promised",
        "step.done",
        "placement.agreed",
        "placement.started",
        "intensity.set",
        "dossier.ended",
        "dossier.reopened",
        "dossier.exported",
    ]
    place = 0
    for verb in story:
        assert verb in told[place:], f"{verb} is missing after {told[:place]}"
        place = told.index(verb, place) + 1
    by = {entry.verb: entry.person_id for entry in Entry.objects.filter(about=dossier.pk)}
    assert by["scan.rated"] == coach.id
    assert by["scan.told"] == youth_id
    assert {look.person_id for look in Look.objects.filter(about=dossier.pk)} == {coach.id, youth_id}
