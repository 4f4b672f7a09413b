"""Pictures of the real screens of the demo: a few for the README, or all of them to look at."""

import argparse
import os
import re
from collections import deque
from pathlib import Path

from playwright.sync_api import Browser, Error, Page, sync_playwright

from tests.browser.chromium import FLAGS, LAPTOP, PHONE

README = Path(__file__).resolve().parent.parent.parent / "docs" / "pictures"
COACH, YOUTH = "noor", "sami"
SHOWN = {
    COACH: {"coach-today": "/vandaag/", "coach-note": "/notitie/"},
    YOUTH: {"youth-home": "/ik/", "youth-plan": "/ik/plan/", "youth-looks": "/ik/wie-keek/"},
}
FILES = (".json", ".ics", ".pdf")
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d+")


def step_in(browser: Browser, base: str, who: str) -> Page:
    """The page of somebody of the cast, signed in."""
    page = browser.new_context(base_url=base, viewport=PHONE, locale="nl-NL").new_page()  # type: ignore[arg-type]
    page.goto("/proef/")
    page.locator(f"button[name=who][value={who}]").first.click()
    page.wait_for_load_state()
    return page


def for_readme(browser: Browser, base: str) -> None:
    README.mkdir(exist_ok=True)
    for who, pages in SHOWN.items():
        page = step_in(browser, base, who)
        for name, address in pages.items():
            page.goto(address)
            page.screenshot(path=README / f"{name}.png")
        if who == COACH:
            page.goto("/jongeren/?toon=aftercare")
            page.get_by_role("link", name="Sami").first.click()
            page.wait_for_load_state()
            page.screenshot(path=README / "coach-youth.png")


def all_screens(browser: Browser, base: str, folder: Path) -> None:
    """Follow every link, one address of each kind; a picture of each at both sizes."""
    folder.mkdir(parents=True, exist_ok=True)
    for who, start in ((COACH, "/vandaag/"), (YOUTH, "/ik/")):
        page = step_in(browser, base, who)
        seen: set[str] = set()
        waiting = deque([start])
        while waiting:
            address = waiting.popleft().partition("#")[0]
            kind = UUID.sub("x", address.partition("?")[0])
            if kind in seen or kind.endswith(FILES) or kind.startswith(("/static", "/proef", "/accounts")):
                continue
            seen.add(kind)
            try:
                page.goto(address)
            except Error:  # a file that is saved, not a page
                continue
            name = kind.strip("/").replace("/", "_")
            for size in (LAPTOP, PHONE):
                page.set_viewport_size(size)  # type: ignore[arg-type]
                page.screenshot(path=folder / f"{who}-{name}-{size['width']}.png", full_page=True)
            links = page.eval_on_selector_all("a[href^='/']", "all => all.map(a => a.getAttribute('href'))")
            waiting.extend(links)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("base")
    parser.add_argument("--all", type=Path, metavar="FOLDER")
    wanted = parser.parse_args()
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=os.environ["IPTA_CHROMIUM"], args=FLAGS)
        if wanted.all:
            all_screens(browser, wanted.base, wanted.all)
        else:
            for_readme(browser, wanted.base)
        browser.close()


if __name__ == "__main__":
    main()
