"""Where no script runs, everything is still there: an old telephone, a strict browser, a bad line."""

from ipta.accounts.models import Person
from ipta.dossiers.models import Dossier, Note
from ipta.plans.models import PlanVersion
from ipta.scans.models import FilledSheet
from ipta.sharing.entry import hand_code
from tests.browser.conftest import Open
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
