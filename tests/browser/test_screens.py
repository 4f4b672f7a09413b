"""Every screen, found by tapping: fits a telephone and a laptop, and works for who cannot see, or has no script."""

from collections import deque
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import resolve
from playwright.sync_api import Page

from ipta.accounts.models import Person
from ipta.dossiers import commands
from ipta.dossiers.models import Dossier
from ipta.dossiers.rules import CAREFUL
from ipta.law import commands as law
from ipta.law.models import Proof
from ipta.scans.instruments import shelf
from ipta.scouting import commands as scouting
from ipta.scouting.models import Find, FindingPlace
from tests.browser.chromium import LAPTOP, PHONE
from tests.browser.conftest import Open
from tests.cast import CANARY, days_ago

NOT_A_SCREEN = {
    "youth:download",
    "coach:calendar_file",
    "youth:calendar",
    "youth:open_paper",
    "youth:voice",
    "coach:voice",
    "coach:open_paper",
    "coach:picture_pdf",
    "coach:plan_pdf",
    "coach:plan_pocket",
    "youth:picture_pdf",
    "youth:plan_pdf",
    "youth:plan_pocket",
    "coach:shared_paper",
    "municipality:take_out_instrument",
    "law:proof_pdf",
    "law:register_pdf",
    "law:dpia_pdf",
}  # files
AXE_RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def screens(page: Page, start: str, look: Callable[[Page, str], None]) -> set[str]:
    """Follow every link from here, one address of each kind, and look at each page. Gives their names."""
    seen: set[str] = set()
    waiting = deque([start])
    while waiting:
        address = waiting.popleft()
        name = resolve(urlsplit(address).path).view_name
        if name in seen or name in NOT_A_SCREEN:
            continue
        seen.add(name)
        answer = page.goto(address)
        assert answer is not None and answer.status == 200, f"{name}: {address} answers {answer and answer.status}"
        look(page, name)
        links = page.eval_on_selector_all("a[href^='/']", "all => all.map(a => a.getAttribute('href'))")
        waiting.extend(link for link in links if not link.startswith("/static/"))
    return seen


def looks_right(page: Page, name: str) -> None:
    page.wait_for_load_state()
    for size in (LAPTOP, PHONE):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        wide = page.locator("html").evaluate(
            "html => html.scrollWidth"
        )  # waits for one, where a page is just coming in
        assert wide <= size["width"], f"{name}: {wide} points wide on a screen of {size['width']}"
    assert page.locator("h1").count() == 1, f"{name}: one h1"
    assert CANARY not in page.title(), f"{name}: the title says whose page it is"
    assert CANARY not in page.url
    faults = Axe().run(page, options=AXE_RULES).response["violations"]
    told = [f"{fault['id']}: {fault['nodes'][0]['html'][:300]}" for fault in faults]
    assert told == [], f"{name}: {told}"


def small_targets(page: Page) -> list[str]:
    """What a thumb must hit, and is smaller than 44 points (links inside a sentence may be)."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll('button, .utrecht-button, select, input:not([type=hidden])')]
            .filter(e => e.checkVisibility() && !e.closest('label, .visually-hidden'))
            .map(e => [e, e.getBoundingClientRect()])
            .filter(([e, box]) => box.width > 1 && (box.height < 43.5 || box.width < 43.5))
            .map(([e, box]) => `${e.outerHTML.slice(0, 120)} ${box.width}x${box.height}`)"""
    )
    return found


def fits_a_thumb(page: Page, name: str) -> None:
    looks_right(page, name)
    assert small_targets(page) == [], name


@pytest.mark.parametrize("language", ["nl-NL", "en-GB"])
def test_every_screen_of_the_coach_is_right(
    open_browser: Open, noor: Person, dossier: Dossier, sem: Person, language: str
) -> None:
    page = open_browser(noor, language=language)

    seen = screens(page, "/vandaag/", fits_a_thumb)

    assert {"coach:youth", "coach:scan", "coach:plan", "coach:work", "coach:course", "coach:network"} <= seen


def test_every_screen_about_somebody_without_a_yes_is_right(
    open_browser: Open, noor: Person, scouted: Dossier, barbershop: FindingPlace
) -> None:
    """With all there can be on it: what to mind, the chain, somebody too young, and a day on which it goes."""
    commands.describe(scouted, careful=CAREFUL, may_know="zijn zus", reach={"whatsapp": "06 12345678"}, by=noor)
    told = {"introduced_by": "Said", "known_from": "de buurt", "age": "15", "plays": ["money"], "motivated": "unsure"}
    scouting.retell(Find.objects.get(dossier=scouted), place=barbershop, by=noor, **told)
    Dossier.objects.filter(pk=scouted.pk).update(found_on=days_ago(36))

    seen = screens(open_browser(noor), f"/jongeren/{scouted.pk}/", fits_a_thumb)

    assert {"coach:finding_places", "coach:finding_place", "coach:add_finding_place", "coach:retell"} <= seen
    assert {"coach:change_finding_place", "coach:keep", "coach:join", "coach:scout"} <= seen


@pytest.mark.parametrize("language", ["nl-NL", "en-GB"])
def test_every_screen_of_the_youth_is_right(open_browser: Open, dossier: Dossier, sem: Person, language: str) -> None:
    page = open_browser(sem, language=language)

    seen = screens(page, "/ik/", fits_a_thumb)

    assert {"youth:plan", "youth:appointments", "youth:people", "youth:looks", "youth:about_me"} <= seen


def test_every_screen_of_a_functional_manager_is_right(open_browser: Open, fem: Person) -> None:
    shelf.load_shipped()

    seen = screens(open_browser(fem), "/gemeente/mensen/", fits_a_thumb)

    assert {"municipality:people", "municipality:instruments", "municipality:instrument"} <= seen
    assert {"law:home", "law:term", "law:choose_term", "law:state_ground", "law:register", "law:dpia"} <= seen


def test_every_screen_about_erasing_is_right(
    open_browser: Open, dossier: Dossier, sem: Person, fem: Person, pepijn: Person
) -> None:
    """With something that waits for each of the two, something that is held, and a proof."""
    law.ask_erasure(law.wish(dossier, "plan", by=sem), by=fem)
    law.wish(dossier, "scans", by=sem)
    law.ask_hold(dossier, why="complaint", until=days_ago(-30), by=fem)
    kept = {"mark": "0" * 64, "kind": "people", "rule": "Regel", "sections": ["family"], "rows": 2}
    Proof.objects.create(municipality=dossier.municipality, **kept)

    for person, found in ((fem, {"law:refuse_erasure"}), (pepijn, {"oversight:weeks"})):
        seen = screens(open_browser(person), "/gemeente/wet/", fits_a_thumb)
        assert {"law:erasure", "law:ask_hold", "law:proof"} | found <= seen


@pytest.mark.parametrize("start", ["/accounts/login/", "/binnen/", "/accounts/password/reset/", "/proef/"])
def test_every_screen_before_signing_in_is_right(open_browser: Open, start: str, settings: object) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]

    screens(open_browser(), start, fits_a_thumb)


def test_the_pages_for_when_it_goes_wrong_are_right(open_browser: Open) -> None:
    page = open_browser()
    page.goto("/nergens/")

    assert page.locator("h1").inner_text() == "Deze pagina is er niet"
    looks_right(page, "404")


def test_the_gallery_shows_every_component_and_is_right(open_browser: Open) -> None:
    page = open_browser()
    page.goto("/stijl/")
    looks_right(page, "gallery")
