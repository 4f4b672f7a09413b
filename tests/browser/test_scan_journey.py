"""A whole quick scan on a telephone: the talk, what others said, the matrix, his own view, one picture of it all.

What is said is taken from the published case that tells most, where those lie beside the checkout; an invented one
everywhere.
"""

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from ipta.accounts.models import Municipality, Person
from ipta.dossiers.models import Dossier, Specialist, Step
from ipta.dossiers.rules import DOMAINS
from tests import cases
from tests.browser.conftest import Open
from tests.browser.test_screens import fits_a_thumb
from tests.browser.thumb import choose, fill, press, sees

MOST_TAPS = 20
COUNTS = (
    "addEventListener('click', () => sessionStorage.setItem('taps', Number(sessionStorage.getItem('taps')) + 1), true)"
)
ABOUT = {
    "wonen": "housing", "school": "work", "werk": "work", "werkverleden": "work", "dagbesteding": "time",
    "gezondheid": "mental", "netwerk": "network", "gezin": "home", "inkomen": "money", "administratie": "instrumental",
    "justitie": "justice", "straat": "participation",
}  # fmt: skip


@dataclass(frozen=True)
class Story:
    """What is known of somebody, part of life by part of life, and what he dreams of."""

    parts: dict[str, str]
    wish: str


def invented() -> Story:
    return Story({"housing": "Slaapt bij vrienden op de bank.", "money": "Brieven blijven dicht."}, "Fietsen maken.")


def published() -> Story:
    told = [case for case in map(cases.read, cases.files()) if cases.is_of_a_youth(case) and "situatie" in case]
    if not told:
        pytest.skip(f"no published cases here: {cases.FOLDER} is not there")
    case = max(told, key=lambda one: len(one["situatie"]))
    parts = {ABOUT[key]: str(text) for key, text in case["situatie"].items() if key in ABOUT}
    return Story(parts, str(case["situatie"].get("droom") or case.get("aanpak") or "Rust, en een eigen plek."))


@pytest.fixture
def housing_help(zoetermeer: Municipality, noor: Person) -> Specialist:
    return Specialist.objects.create(
        municipality=zoetermeer, organisation="Woonpunt", fields=["housing"], phone="079 123 45 67", added_by=noor
    )


def tap(page: Page, question: str, level: int) -> None:
    page.get_by_role("group", name=question).get_by_role("radio", name=re.compile(f"^{level}")).tap()


def rates(page: Page, story: Story) -> int:
    """The matrix, tap by tap, from the page of the scan on. Gives the number of taps."""
    page.add_init_script(COUNTS)
    page.reload()
    page.evaluate("sessionStorage.removeItem('taps')")
    press(page, "Opnieuw kijken")
    for domain, name in DOMAINS.items():
        tap(page, name, 1 if domain == "housing" else 2 if domain in story.parts else 4)
    tap(page, "Alles bij elkaar", 3)
    press(page, "Klaar")
    sees(page, "als directe actie")
    return int(page.evaluate("sessionStorage.getItem('taps')"))


@pytest.mark.usefixtures("housing_help")
@pytest.mark.parametrize("story", [invented, published], ids=["invented", "published"])
def test_a_whole_quick_scan_on_a_telephone(
    open_browser: Open, noor: Person, sem: Person, dossier: Dossier, story: object
) -> None:
    told: Story = story()  # type: ignore[operator]
    hers = open_browser(noor)
    scan = f"/jongeren/{dossier.pk}/scan/"

    # an equal talk comes first
    hers.goto(scan)
    press(hers, "Het gesprek")
    press(hers, "Mijn toekomst", exact=False)
    hers.get_by_label("In de woorden van").fill(told.wish)
    press(hers, "Klaar")
    sees(hers, "Bewaard.")

    # what others said
    hers.goto(scan)
    press(hers, "Van anderen")
    press(hers, "Iets van een ander")
    hers.get_by_role("radio", name="Wonen").check()
    fill(hers, {"Wat is er gezegd?": next(iter(told.parts.values())), "Wie zei dit?": "De woonbegeleider"})
    press(hers, "Klaar")

    # the matrix
    hers.goto(scan)
    taps = rates(hers, told)
    assert taps <= MOST_TAPS, f"{taps} taps"

    # what cannot wait stands on Vandaag, with who can help
    assert Step.objects.get(dossier=dossier, kind=Step.Kind.DIRECT).domain == "housing"
    hers.goto("/vandaag/")
    sees(hers, "Nu iets doen: huisvesting")
    hers.get_by_text("Nu iets doen: huisvesting").first.tap()
    expect(hers.get_by_role("link", name="Bel Woonpunt")).to_have_attribute("href", "tel:+31791234567")
    fits_a_thumb(hers, "today with what is acute")

    # his own view, by faces
    his = open_browser(sem)
    his.goto("/ik/over-mij/hoe-gaat-het/vertellen/")
    for _ in DOMAINS:
        his.locator("[data-one]:visible").get_by_role("radio", name="goed", exact=True).tap()
        his.wait_for_timeout(450)  # it goes on by itself
    his.locator("[data-one]:visible").get_by_role("radio", name="heel goed", exact=True).tap()
    his.get_by_label(re.compile("Wil je nog iets vertellen")).fill("Ik red me wel. 💪")
    press(his, "Klaar")
    sees(his, "Jullie zien dit anders.")

    # he does not agree with a line
    his.goto("/ik/over-mij/van-anderen/")
    press(his, "Klopt dit? Zeg het")
    his.get_by_role("radio", name="Nee").check()
    fill(his, {"Wil je er iets bij zeggen?": "Zo was het niet."})
    press(his, "Klaar")
    sees(his, "Zo was het niet.")

    # one picture for both
    his.goto("/ik/over-mij/in-beeld/")
    sees(his, "Hoe het met je gaat", told.wish.splitlines()[0][:40])
    fits_a_thumb(his, "in beeld for the youth")
    hers.goto(f"/jongeren/{dossier.pk}/in-beeld/")
    sees(hers, "Situatie per leefgebied", "Praat hierover")
    expect(hers.locator("svg.movement").first).to_be_visible()
    fits_a_thumb(hers, "in beeld for the coach")
    paper = hers.request.get(f"/jongeren/{dossier.pk}/in-beeld/papier.pdf")
    assert paper.body().startswith(b"%PDF-")


def test_one_domain_at_a_time_is_remembered_on_this_telephone(
    open_browser: Open, noor: Person, dossier: Dossier
) -> None:
    page = open_browser(noor)
    page.goto(f"/jongeren/{dossier.pk}/scan/invullen/")
    press(page, "Eén per keer")
    sees(page, "Vraag 1 van 15")
    tap(page, "Financiën", 4)
    sees(page, "Vraag 2 van 15")
    fits_a_thumb(page, "one domain at a time")
    page.goto(f"/jongeren/{dossier.pk}/scan/invullen/")
    sees(page, "Vraag 1 van 15")
    press(page, "Alles onder elkaar")
    choose(page, "Huisvesting", "voldoende")
    choose(page, "Justitie", "volledig")
