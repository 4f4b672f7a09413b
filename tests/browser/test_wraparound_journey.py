"""The talk about his plan by thumb: prepared by both, held on two telephones, agreed on, and looked at again."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from ipta.accounts.models import Person
from ipta.base import acting, clock
from ipta.dossiers import commands as dossiers
from ipta.dossiers.models import Dossier
from ipta.guarding.due import look
from ipta.wraparound import commands as wraparound
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


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])
def test_from_the_table_to_a_proposal_for_another_talk(
    open_browser: Open, sem: Person, noor: Person, dossier: Dossier, javascript: bool
) -> None:
    """Two telephones on one table: points, a difficult one left, what was agreed, and what came true of it."""
    made = wraparound.prepare_meeting(dossier, place="Buurthuis", leader="Noor", by=noor)
    wraparound.mark_point(made, "most_important", is_hard=True, why="Ruzie thuis", by=sem)
    guest = wraparound.invite(made, name="Tante Ria", kind="network", by=sem)

    # She answers on a telephone of her own, without an account.
    hers = open_browser(noor, javascript=javascript)
    hers.goto(f"/jongeren/{dossier.pk}/overleg/wie/{guest.pk}/")
    press(hers, "Maak een link")
    link = re.search(r"/kom/\S+/", hers.locator(".share__url").inner_text())
    assert link
    aunt = open_browser(javascript=javascript)
    aunt.goto(link[0])
    press(aunt, "Open de uitnodiging")
    sees(aunt, "Hoi Tante Ria", "Noor nodigt je uit", "Buurthuis")
    if javascript:
        fits_a_thumb(aunt, "an invitation")
    choose(aunt, "Kom je?", "Ja, ik kom")
    fill(aunt, {"Wil je iets meenemen of vragen?": "Ik bak een taart"})
    press(aunt, "Stuur mijn antwoord")
    sees(aunt, "Fijn dat je komt.")

    # Both at the table.
    his = open_browser(sem, javascript=javascript)
    his.goto("/ik/overleg/")
    sees(his, "Ik bak een taart")
    press(his, "Nu aan tafel")
    sees(his, "Lastig punt op tafel")
    hers.goto(f"/jongeren/{dossier.pk}/overleg/")
    press(hers, "Aan tafel")
    if javascript:
        fits_a_thumb(hers, "her table")
        _lose_the_line(hers, made)
    else:
        hers.locator("#punt-goal_work").get_by_role("button", name="Bespreken").click()
    expect(hers.locator("#punt-goal_work").get_by_role("button", name="Besproken")).to_be_visible()
    his.locator("#punt-goal_work").get_by_role("link", name="Schrijf erbij").click()
    fill(his, {"Wat is er gezegd?": "Ik wil rust"})
    press(his, "Schrijf erbij")
    hers.reload()
    sees(hers, "Ik wil rust")
    hers.get_by_role("region", name="Wie is er?").get_by_role("button", name="Is er").nth(1).click()
    hers.wait_for_load_state()

    # What they agree on.
    press(hers, "Naar de afspraken")
    hers.get_by_role("link", name="Tante Ria").click()
    fill(hers, {"Wat doet deze persoon?": "Belt elke zondag"})
    press(hers, "Klaar")
    sees(hers, "Belt elke zondag")
    hers.get_by_role("region", name="Eerder weer praten").get_by_role("link", name="Iets erbij").click()
    choose(hers, "Wanneer praten jullie weer?", "Een tijd geen contact")
    fill(hers, {"Na hoeveel dagen?": "5"})
    press(hers, "Klaar")
    press(hers, "Zei ja aan tafel")
    press(hers, "Ja, dit is goed")
    his.goto("/ik/overleg/afspraken/")
    if javascript:
        fits_a_thumb(his, "what they agreed on")
    press(his, "Ja, dit is goed")
    sees(his, "Iedereen zei ja.")

    # The end forgets nothing difficult.
    his.goto("/ik/overleg/aan-tafel/")
    press(his, "Het gesprek is geweest")
    press(his, "Toch niet")
    choose(his, "Komt het later?", "Later wel")
    fill(his, {"Waarom?": "Nu was het te druk"})
    press(his, "Klaar")
    his.goto("/ik/")
    expect(his.get_by_text("Een lastig punt is nog niet besproken")).to_have_count(0)
    hers.goto("/vandaag/?deel=om-tafel")
    sees(hers, "Een lastig punt kwam niet op tafel")

    # A while later it is so; they choose.
    with clock.at(clock.now() + timedelta(days=6)), acting.as_work():
        assert len(look().true) == 1
    his.goto("/ik/")
    his.get_by_role("link", name="Nog een keer om tafel?").click()
    sees(his, "Er zijn 5 dagen zonder contact.", "Jullie kiezen wat je doet.")
    press(his, "Ja, gesprek voorbereiden")
    assert his.get_by_label("Waarom nog een gesprek?").input_value() == "Er zijn 5 dagen zonder contact."
    fill(his, {"Waar?": "Weer het buurthuis"})
    press(his, "Klaar")
    sees(his, "Weer het buurthuis")
    assert Meeting.objects.ahead().count() == 1


def _lose_the_line(page: Page, made: Meeting) -> None:
    """A tap without a line is kept, shown, and sent by itself as soon as there is one."""
    page.context.set_offline(True)
    page.locator("#punt-goal_work").get_by_role("button", name="Bespreken").click()
    sees(page, "Geen verbinding. Straks gaat het vanzelf.")
    assert not made.points.filter(key="goal_work").exists()
    page.context.set_offline(False)
    expect(page.locator("[data-tap-status]")).to_have_text("")
    assert made.points.get(key="goal_work").tabled_at is not None
