"""A functional manager brings in texts of others: refused, mended, looked over, put to use, read by the coach."""

import re
from pathlib import Path

import pytest

from ipta.accounts.models import Person
from ipta.dossiers.models import Dossier
from tests.browser.conftest import Open
from tests.browser.test_screens import fits_a_thumb
from tests.browser.thumb import choose, fill, press, sees
from tests.method.instruments import invented


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])
def test_a_table_is_refused_mended_looked_over_and_used(
    open_browser: Open, fem: Person, noor: Person, dossier: Dossier, tmp_path: Path, javascript: bool
) -> None:
    table = tmp_path / "zrm.csv"
    page = open_browser(fem, javascript=javascript)

    page.goto("/gemeente/vragenlijsten/")
    page.get_by_role("link", name="Vragenlijst erbij").click()
    wrong = [("Humeur", "1", "x"), *invented.matrix_rows()[1:]]
    table.write_text(invented.table(invented.MATRIX_HEAD, wrong), encoding="cp1252")
    choose(page, "Wat wil je laden?", "Teksten van de ZRM 2017 (CSV)")
    page.get_by_label("Bestand", exact=True).set_input_files(table)
    fill(page, {"Welke versie is het?": "2017"})
    press(page, "Laden")
    sees(page, "Dit leefgebied kennen we niet.")
    sees(page, "Regel 2, domein")
    assert page.get_by_label("Welke versie is het?").input_value() == "2017"
    if javascript:
        fits_a_thumb(page, "a table that is refused")

    table.write_text(invented.matrix(), encoding="cp1252")
    page.get_by_label("Bestand", exact=True).set_input_files(table)
    press(page, "Laden")
    sees(page, "Het is binnen.")
    sees(page, "Financiën: zo zit het bij 3")
    if javascript:
        fits_a_thumb(page, "a questionnaire to look over")
    press(page, "In gebruik nemen")
    sees(page, "In gebruik. Coaches zien deze versie vanaf nu.")

    page = open_browser(noor, javascript=javascript)
    page.goto(f"/jongeren/{dossier.pk}/scan/invullen/")
    money = page.get_by_role("group", name="Financiën")
    money.get_by_text("Wat hoort bij welk niveau?").tap()
    assert money.get_by_text("Financiën: zo zit het bij 4").is_visible()
    level = money.get_by_role("radio", name=re.compile("^4"))
    level.tap()
    assert level.is_checked()
    if javascript:
        fits_a_thumb(page, "a matrix with its texts")


def test_a_youth_sees_his_weeks(open_browser: Open, sem: Person, dossier: Dossier) -> None:
    page = open_browser(sem)
    for answer in ("helemaal", "soms"):
        page.goto("/ik/over-mij/je-week/")
        press(page, "Nu invullen")
        page.get_by_role("group", name="Ik heb rust in mijn hoofd.").get_by_label(answer).check(force=True)
        press(page, "Klaar")
        sees(page, "Klaar. Dit verandert niet meer.")
    page.goto("/ik/over-mij/je-week/")
    choose(page, "Hoe vaak wil je deze vragen?", "Elke week")
    press(page, "Bewaren")
    assert page.locator("polyline").count() == 1
    fits_a_thumb(page, "his weeks")
