"""A real browser: a telephone of 360 points wide, in Dutch. What a page complains about fails the test."""

import os
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

from ipta.accounts.models import Person
from tests.browser.chromium import FLAGS, PHONE
from tests.conftest import sign_in

PATIENCE = 10_000  # ms: two browsers share two processors
expect.set_options(timeout=PATIENCE)

# Playwright keeps an event loop in this thread; the database is only used between its steps.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

Open = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.nodeid.startswith("tests/browser/"):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.django_db(databases=["default", "keys"], transaction=True))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=os.environ["IPTA_CHROMIUM"], args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_browser(chromium: Browser, live_server: object) -> Iterator[Open]:
    """A browser of one's own: `open_browser(person)` is signed in already, `open_browser()` is not."""
    contexts = []
    complaints: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        # The browser itself reports every 4xx answer; those are the test's own business.
        if message.type in {"error", "warning"} and "Failed to load resource" not in message.text:
            complaints.append(message.text)

    def start(person: Person | None = None, *, javascript: bool = True, language: str = "nl-NL") -> Page:
        base = live_server.url  # type: ignore[attr-defined]
        context = chromium.new_context(
            viewport=PHONE, locale=language, java_script_enabled=javascript, base_url=base, has_touch=True
        )
        contexts.append(context)
        if person:
            session = sign_in(person).cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": base}])
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("console", listen)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield start
    for context in contexts:
        context.close()
    assert complaints == []
