"""Words of ESCO while one types: with a thumb, with the keyboard alone, and without a script."""

import pytest
from playwright.sync_api import Page

from ipta.accounts.models import Person
from ipta.dossiers.models import Dossier
from ipta.reference.loading import load_shipped
from ipta.workplaces.models import Workplace
from tests.browser.conftest import Open
from tests.browser.test_screens import fits_a_thumb


@pytest.fixture
def page(open_browser: Open, noor: Person, dossier: Dossier) -> Page:
    load_shipped()
    return open_browser(noor)


def test_a_word_is_taken_with_a_thumb(page: Page) -> None:
    page.goto("/werkplekken/nieuw/")
    page.get_by_label("Bedrijf").fill("Super de Boer")
    page.get_by_label("Wat voor werk?").press_sequentially("vakken")
    fits_a_thumb(page, "words that are offered")
    page.get_by_role("option").filter(has_text="schappenvuller").tap()
    assert page.get_by_label("Wat voor werk?").input_value() == "vakkenvuller"
    assert page.get_by_role("listbox").count() == 0
    page.get_by_role("button", name="Klaar").tap()
    page.get_by_role("link", name="Super de Boer").tap()
    page.get_by_text("ESCO-classificatie van de Europese Commissie").wait_for()
    fits_a_thumb(page, "a workplace with its occupation")


def test_the_keyboard_alone_takes_several_and_lets_go(page: Page, workplace: Workplace) -> None:
    page.goto(f"/werkplekken/{workplace.pk}/beeld/")
    field = page.get_by_label("Wat je moet kunnen")
    field.press_sequentially("omgaan met str")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant") == page.get_by_role("option").first.get_attribute("id")
    page.keyboard.press("Enter")
    assert field.input_value() == "omgaan met stress, "
    field.press_sequentially("tillen en omgaan")
    field.press_sequentially(" met con")
    page.keyboard.press("Escape")
    assert page.get_by_role("listbox").count() == 0
    page.get_by_role("button", name="Klaar").click()
    page.get_by_text("omgaan met stress, tillen en omgaan met con").wait_for()


def test_without_a_script_the_same_words_count(open_browser: Open, noor: Person, workplace: Workplace) -> None:
    load_shipped()
    page = open_browser(noor, javascript=False)
    page.goto(f"/werkplekken/{workplace.pk}/aanvullen/")
    page.get_by_label("Wat voor werk?").fill("Heftruckchauffeur")
    page.get_by_role("button", name="Klaar").click()
    page.get_by_text("Heftruckbestuurders").wait_for()
