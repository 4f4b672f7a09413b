"""A questionnaire with one thumb: what is tapped brings what comes after it, and without a script a button does."""

import pytest

from ipta.accounts.models import Person
from ipta.dossiers.models import Dossier
from tests.browser.conftest import Open
from tests.browser.test_screens import fits_a_thumb


@pytest.mark.parametrize("javascript", [True, False])
def test_what_is_tapped_brings_what_comes_after_it(
    open_browser: Open, noor: Person, dossier: Dossier, javascript: bool
) -> None:
    page = open_browser(noor, javascript=javascript)
    page.goto(f"/jongeren/{dossier.pk}/scan/lijsten/")
    page.locator(".offer", has_text="Wat kan in de weg staan").get_by_role("button", name="Invullen").tap()
    page.get_by_role("group", name="Angst").wait_for()  # the page has come: a tap does not wait for it
    if javascript:
        fits_a_thumb(page, "a questionnaire")
    page.get_by_role("group", name="Angst").get_by_label("speelt", exact=True).tap()
    if not javascript:
        page.get_by_role("button", name="Verder").last.tap()
    page.get_by_label("Wat zag of hoorde je?").fill("Hij komt niet meer op het plein")
    page.get_by_role("button", name="Klaar").tap()
    page.get_by_text("Klaar. Dit verandert niet meer.").wait_for()
    assert page.get_by_text("Hij komt niet meer op het plein").is_visible()
    if javascript:
        fits_a_thumb(page, "a questionnaire that is done")
