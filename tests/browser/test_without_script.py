"""Where no script runs, everything is still there: an old telephone, a strict browser, a bad line."""

from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Page, Route

from ipta.accounts.models import Person
from ipta.dossiers.models import Dossier, Note
from ipta.plans.models import PlanVersion
from ipta.scans.models import FilledSheet
from ipta.sharing.entry import hand_code
from tests.browser.chromium import PHONE
from tests.browser.conftest import Open
from tests.browser.test_screens import screens
from tests.browser.thumb import choose, fill, press, sees


def test_a_coach_notes_rates_and_writes_a_plan(open_browser: Open, noor: Person, dossier: Dossier) -> None:
    page = open_browser(noor, javascript=False)
    youth = f"/jongeren/{dossier.pk}/"

    page.goto(f"{youth}notitie/")
    choose(page, "Hoe?", "Gebeld")
    press(page, "Klaar")
    fill(page, {"Wat?": "Hij belde zelf."})
    press(page, "Klaar")
    sees(page, "Genoteerd")
    page.goto(f"{youth}scan/invullen/")
    choose(page, "Huisvesting", "acuut")
    press(page, "Klaar")
    sees(page, "directe actie")
    page.goto(f"{youth}plan/schrijven/")
    press(page, "Nog een doel")
    page.get_by_label("Wat is het doel?").last.fill("Een eigen kamer")
    press(page, "Klaar")

    assert Note.objects.filter(dossier=dossier, channel="called").count() == 1
    assert FilledSheet.objects.filter(dossier=dossier).count() == 2
    assert PlanVersion.objects.filter(dossier=dossier).count() == 2


def test_a_youth_comes_in_says_how_it_goes_and_says_yes(open_browser: Open, noor: Person, dossier: Dossier) -> None:
    code = hand_code(dossier, by=noor)
    page = open_browser(javascript=False)

    page.goto("/binnen/")
    fill(page, {"Je code": code.lower()})
    press(page, "Verder")
    fill(page, {"Kies een pincode": "739152", "Typ hem nog een keer": "739152"})
    press(page, "Klaar")
    sees(page, "Mijn plan")
    page.goto("/ik/over-mij/hoe-gaat-het/vertellen/")
    choose(page, "Hoe woon je?", "niet goed")
    press(page, "Klaar")
    sees(page, "Dank je")
    page.goto("/ik/plan/")
    press(page, "Ja, dit is mijn plan")
    sees(page, "Jij zei ja")
    press(page, "Weg")
    page.goto("/ik/")

    sees(page, "Hoi, daar ben je weer")


# A form that nothing sends, or a thing that only a script would show.
LEFT_ALONE = """() => [...document.querySelectorAll("main form")]
  .filter((form) => !form.querySelector("button:not([type=button]), input[type=submit]"))
  .map((form) => form.outerHTML.slice(0, 200))"""


def test_every_page_of_the_youth_can_be_used(open_browser: Open, sem: Person, dossier: Dossier) -> None:
    def can_be_used(page: Page, name: str) -> None:
        assert page.evaluate(LEFT_ALONE) == [], name
        assert page.get_by_role("button", name="Weg", exact=True).is_visible(), name
        assert page.locator("[data-speak-button]").filter(visible=True).count() == 0, name

    assert len(screens(open_browser(sem, javascript=False), "/ik/", can_be_used)) > 35


def test_a_browser_of_2016_shows_every_page_of_the_youth(open_browser: Open, sem: Person, dossier: Dossier) -> None:
    """It reads nothing inside @layer, and no script: `frontend/old.css` is all the look there is."""
    old = (Path(settings.ROOT) / "frontend" / "old.css").read_text()
    look = old[old.index("{") + 1 : old.rindex("}")]
    page = open_browser(sem, javascript=False)

    def styled(route: Route) -> None:
        route.fulfill(body=look, content_type="text/css")

    page.route("**/app*.css", styled)

    def can_be_read(page: Page, name: str) -> None:
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= PHONE["width"], f"{name}: {wide} points wide"
        low = page.eval_on_selector_all(
            ".utrecht-button",
            "all => all.filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 43)"
            ".map(e => e.innerText)",
        )
        assert low == [], name
        assert page.locator("h1").is_visible(), name

    assert len(screens(page, "/ik/", can_be_read)) > 35


def test_a_youth_does_all_he_can_do(open_browser: Open, sem: Person, noor: Person, dossier: Dossier) -> None:
    page = open_browser(sem, javascript=False)
    soon = timezone.localdate() + timedelta(days=9)

    page.goto("/ik/stappen/nieuw/")
    fill(page, {"Wat ga je doen?": "De huisarts bellen"})
    press(page, "Klaar")
    sees(page, "De huisarts bellen", "Bellen")
    press(page, "Vertel of kies een nieuwe dag")
    page.get_by_role("textbox").first.fill("Ik bel morgen.")
    press(page, "Klaar")
    sees(page, "Ik bel morgen.")
    press(page, "Gelukt")
    sees(page, "gelukt")

    page.goto("/ik/afspraken/nieuw/")
    fill(page, {"Wat ga je doen?": "Kijken bij de garage", "Hoe laat?": "10:00"})
    page.get_by_label("Welke dag?").fill(soon.isoformat())
    press(page, "Klaar")
    if "Klopt de dag?" in page.content():
        press(page, "Klaar")
    sees(page, "Kijken bij de garage")

    page.goto("/ik/mensen/erbij/")
    fill(page, {"Wie?": "Tante Ans"})
    press(page, "Klaar")
    sees(page, "Tante Ans")

    page.goto("/ik/berichten/")
    fill(page, {"Wat wil je zeggen?": "Ik kom morgen."})
    press(page, "Stuur")
    sees(page, "Ik kom morgen.")

    page.goto("/ik/letters/?next=/ik/")
    choose(page, "Hoe groot?", "Heel groot")
    press(page, "Klaar")
    assert page.evaluate("document.documentElement.className") == "size-largest"

    page.goto("/ik/meenemen/")
    press(page, "Weg")
    assert page.url.endswith("/binnen/weg/")
