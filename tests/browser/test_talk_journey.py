"""The talk and what others said, with one thumb: the coach types his words, and the youth says them better himself."""

import pytest

from ipta.accounts.models import Person
from ipta.dossiers.models import Dossier
from ipta.scans.models import OwnAnswer, Saying, SecondLook
from tests.browser.conftest import Open
from tests.browser.test_screens import fits_a_thumb


@pytest.mark.parametrize("javascript", [True, False])
def test_they_talk_and_each_keeps_his_own_words(
    open_browser: Open, noor: Person, sem: Person, dossier: Dossier, javascript: bool
) -> None:
    hers = open_browser(noor, javascript=javascript)
    hers.goto(f"/jongeren/{dossier.pk}/scan/")
    hers.get_by_role("link", name="Het gesprek").tap()
    hers.get_by_text("Zin om?").wait_for()
    hers.get_by_role("link", name="Nu niet").tap()
    hers.get_by_role("link", name="Ja, deze").tap()  # one card further: his future can wait
    hers.get_by_role("heading", name="Werk dat ik wil").wait_for()
    hers.get_by_label("In de woorden van").fill("Ik wil lassen.")
    hers.get_by_text("Iets wat je zelf opmerkt").tap()
    hers.get_by_label("Wat merk je zelf op?").fill("Hij straalde.")
    hers.get_by_role("button", name="Klaar").tap()
    hers.get_by_text("Bewaard.").wait_for()
    if javascript:
        fits_a_thumb(hers, "a card of the coach")

    his = open_browser(sem, javascript=javascript)
    his.goto("/ik/over-mij/")
    his.get_by_role("link", name="Ons gesprek").tap()
    his.get_by_role("link", name="Werk dat ik wil").tap()
    his.get_by_text("Noor schreef het voor je op").wait_for()
    if javascript:
        fits_a_thumb(his, "a card of the youth")
    his.get_by_role("link", name="Beter zeggen").tap()
    his.get_by_label("Hoe zeg je het beter?").fill("Ik wil lassen, buiten. 🔥")
    his.get_by_role("button", name="Klaar").tap()
    his.get_by_text("Ik wil lassen, buiten. 🔥").wait_for()
    his.get_by_role("button", name="Neem terug").tap()
    his.get_by_text("Dit is teruggenomen").tap()
    his.get_by_role("button", name="Toch wel").tap()
    his.get_by_text("Het staat er weer.").wait_for()
    assert Saying.objects.standing([dossier.pk]).count() == 2


@pytest.mark.parametrize("javascript", [True, False])
def test_what_school_said_is_asked_of_him_and_looked_at_again(
    open_browser: Open, noor: Person, sem: Person, dossier: Dossier, javascript: bool
) -> None:
    hers = open_browser(noor, javascript=javascript)
    hers.goto(f"/jongeren/{dossier.pk}/scan/")
    hers.get_by_role("link", name="Van anderen").tap()
    hers.get_by_role("link", name="Iets van een ander").tap()
    hers.get_by_role("radio", name="School").check()
    hers.get_by_label("Wat is er gezegd?").fill("Kwam vaak niet.")
    hers.get_by_label("Wie zei dit?").fill("Els, mentor")
    hers.get_by_label("Wanneer was dat?").fill("maart 2024")
    hers.get_by_role("button", name="Klaar").tap()
    hers.get_by_text("Els, mentor · maart 2024").wait_for()

    his = open_browser(sem, javascript=javascript)
    his.goto("/ik/")
    his.get_by_role("link", name="Iemand zei iets over jou").tap()
    his.get_by_role("link", name="Klopt dit? Zeg het").tap()
    his.get_by_role("radio", name="Deels").check()
    his.get_by_label("Wil je er iets bij zeggen?").fill("De bus reed niet. 🚌")
    if javascript:
        fits_a_thumb(his, "an answer")
    his.get_by_role("button", name="Klaar").tap()
    his.get_by_text("De bus reed niet. 🚌").wait_for()
    if javascript:
        fits_a_thumb(his, "what others said, for the youth")
    assert OwnAnswer.objects.get().by == sem

    hers.reload()
    hers.get_by_text("De bus reed niet. 🚌").wait_for()
    hers.get_by_role("link", name="Past niet bij mijn indruk").tap()
    hers.get_by_label("Wat past er niet?").fill("Bij mij altijd op tijd.")
    if javascript:
        fits_a_thumb(hers, "a reason to look again")
    hers.get_by_role("button", name="Klaar").tap()
    hers.get_by_text("Het staat bij Vandaag").wait_for()
    hers.goto("/vandaag/?deel=nog-eens")
    if javascript:
        fits_a_thumb(hers, "today")
    hers.get_by_role("link", name="Bekijk").tap()
    hers.get_by_role("link", name="Wat kwam eruit?").tap()
    hers.get_by_label("Wat kwam eruit?").fill("Het was één maand.")
    hers.get_by_role("button", name="Klaar").tap()
    hers.get_by_text("Het was één maand.").wait_for()
    if javascript:
        fits_a_thumb(hers, "what others said, for the coach")
    assert not SecondLook.objects.open().exists()
