"""Searching with one thumb, and without leaving the words behind in the browser."""

import pytest

from ipta.accounts.models import Person
from ipta.dossiers import commands
from ipta.dossiers.models import Dossier
from tests.browser.conftest import Open
from tests.browser.test_screens import fits_a_thumb

WORD = "tandarts"


@pytest.mark.parametrize("javascript", [True, False])
def test_a_word_is_found_from_the_page_of_the_youths(
    open_browser: Open, noor: Person, dossier: Dossier, javascript: bool
) -> None:
    commands.note(dossier, text="Morgen om drie uur naar de tandarts in het dorp.", by=noor)
    page = open_browser(noor, javascript=javascript)
    page.goto("/jongeren/")

    page.get_by_label("Zoek bij je jongeren").fill(WORD.upper())
    page.get_by_role("button", name="Zoeken").click()

    assert page.locator("mark").inner_text() == WORD
    assert page.url.endswith("/zoeken/")
    assert page.title() == "Zoeken"
    if javascript:
        fits_a_thumb(page, "what was found")
    page.get_by_role("link", name="Notitie · Gesproken").click()
    assert page.locator(":target").inner_text().count(WORD) == 1


def test_going_back_and_refreshing_give_the_empty_field(open_browser: Open, noor: Person, dossier: Dossier) -> None:
    commands.note(dossier, text="Naar de tandarts.", by=noor)
    page = open_browser(noor)
    page.goto("/zoeken/")
    fits_a_thumb(page, "the empty field")
    field = page.get_by_label("Zoek bij je jongeren")
    for leave in (page.go_back, page.reload):
        field.fill(WORD)
        field.press("Enter")
        page.locator("mark").wait_for()
        if leave == page.go_back:
            page.get_by_role("link", name="Notitie · Gesproken").click()
            page.locator(":target").wait_for()
        leave()
        assert page.url.endswith("/zoeken/")
        assert field.input_value() == ""
        assert WORD not in page.content()
        assert WORD not in page.evaluate("JSON.stringify([history.state, {...sessionStorage}, {...localStorage}])")


def test_what_is_too_short_is_said_beside_the_field(open_browser: Open, noor: Person, dossier: Dossier) -> None:
    page = open_browser(noor)
    page.goto("/zoeken/")
    page.get_by_label("Zoek bij je jongeren").fill("a")
    page.keyboard.press("Enter")
    page.get_by_text("Typ minstens twee letters.").wait_for()
    fits_a_thumb(page, "too short")
