"""A letter came: photographed, kept, opened and taken away with one thumb, also where no script runs."""

from pathlib import Path

import pytest

from ipta.accounts.models import Person
from ipta.dossiers.models import Dossier
from tests import files
from tests.asking import text
from tests.browser.conftest import Open
from tests.browser.thumb import choose, fill, press, sees


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])
def test_a_youth_keeps_a_letter_and_his_coach_opens_it(
    open_browser: Open, sem: Person, noor: Person, dossier: Dossier, tmp_path: Path, javascript: bool
) -> None:
    photo = tmp_path / "IMG_1.jpg"
    photo.write_bytes(files.photo())
    page = open_browser(sem, javascript=javascript)

    page.goto("/ik/over-mij/")
    page.get_by_role("link", name="Mijn papieren").click()
    page.get_by_role("link", name="Papier erbij").click()
    page.get_by_label("Maak een foto of kies een bestand").set_input_files(photo)
    choose(page, "Waar gaat het over?", "Geld")
    fill(page, {"Hoe heet het?": "Brief van de bank"})
    press(page, "Klaar")
    sees(page, "Je papier staat erbij.")

    paper = dossier.paper_set.get(section="money")
    assert text(noor, paper, "name") == "Brief van de bank"
    page = open_browser(noor, javascript=javascript)
    page.goto(f"/jongeren/{dossier.pk}/papieren/")
    with page.expect_download(timeout=30_000) as opened:
        page.get_by_role("link", name="Openen: Brief van de bank").click()
    assert opened.value.suggested_filename == "Brief van de bank.jpg"
    assert files.HIDDEN not in Path(opened.value.path()).read_bytes()


def test_a_wrong_file_is_said_beside_the_words_that_were_typed(
    open_browser: Open, noor: Person, dossier: Dossier, tmp_path: Path
) -> None:
    wrong = tmp_path / "brief.jpg"
    wrong.write_bytes(files.SCRIPT)
    page = open_browser(noor)

    page.goto(f"/jongeren/{dossier.pk}/papieren/nieuw/")
    page.get_by_label("Maak een foto of kies een bestand").set_input_files(wrong)
    fill(page, {"Hoe heet het?": "Brief van opa"})
    press(page, "Bewaren")

    sees(page, "Dit soort bestand kunnen we niet bewaren.")
    assert page.get_by_label("Hoe heet het?").input_value() == "Brief van opa"
