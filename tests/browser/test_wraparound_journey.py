"""Youth and coach prepare the talk about his plan by thumb: a point comes off, one is difficult, people are asked."""

import re

import pytest

from ipta.accounts.models import Person
from ipta.dossiers import commands as dossiers
from ipta.dossiers.models import Dossier
from ipta.wraparound.models import Invitee, Meeting
from tests.browser.conftest import Open
from tests.browser.test_screens import fits_a_thumb
from tests.browser.thumb import choose, fill, press, sees
from tests.cast import days_ago


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])
def test_the_talk_is_prepared_by_both(
    open_browser: Open, sem: Person, noor: Person, dossier: Dossier, javascript: bool
) -> None:
    dossiers.add_person(dossier, kind="family", name="Tante Ria", by=sem)
    his = open_browser(sem, javascript=javascript)
    his.goto("/ik/plan/")
    his.get_by_role("link", name="Het grote gesprek").click()
    press(his, "Begin hier")
    fill(his, {"Of ongeveer wanneer?": "Na school", "Waar?": "Buurthuis"})
    press(his, "Klaar")
    sees(his, "Na school", "Hier praten we over")
    his.locator("a[href$='/punt/most_important/']").click()
    his.get_by_label("Dit bespreken we niet").check(force=True)
    press(his, "Klaar")
    sees(his, "Jij wilt dit niet")
    press(his, "Iemand vragen")
    choose(his, "Wie vraag je?", "Tante Ria")
    press(his, "Klaar")
    his.get_by_role("link", name=re.compile("Tante Ria")).click()
    sees(his, "Ik vraag jou erbij. We gaan samen om tafel.")
    if javascript:
        fits_a_thumb(his, "the words to send")
    choose(his, "Wat was het antwoord?", "Ja")
    press(his, "Klaar")
    sees(his, "Ja, komt")
    if javascript:
        fits_a_thumb(his, "his talk")

    hers = open_browser(noor, javascript=javascript)
    hers.goto(f"/jongeren/{dossier.pk}/plan/")
    hers.get_by_role("link", name="Wrap-around overleg").click()
    sees(hers, "Na school", "De jongere wil dit niet", "Tante Ria")
    hers.locator("a[href*='/punt/goal_']").first.click()
    hers.get_by_label("Dit is een lastig punt").check(force=True)
    fill(hers, {"Waarom is het lastig?": "Er is geen kamer"})
    press(hers, "Klaar")
    sees(hers, "Lastig punt, zegt de coach · Er is geen kamer")
    press(hers, "Waar en wanneer")
    fill(hers, {"Welke dag?": days_ago(-9).isoformat(), "Hoe laat?": "14:30"})
    press(hers, "Klaar")
    sees(hers, "14.30 uur")
    if javascript:
        fits_a_thumb(hers, "her agenda of the talk")

    his.goto("/ik/afspraken/")
    sees(his, "Samen om tafel")
    assert Meeting.objects.get().appointment is not None
    assert Invitee.objects.get().answer == "yes"
