"""His mother reads along: a link and a code, her own page, another telephone, and the end of it."""

import re

import pytest
from playwright.sync_api import Page, expect

from ipta.accounts.models import Person
from ipta.dossiers import commands as dossiers
from ipta.dossiers.models import Dossier, NetworkPerson
from ipta.plans import commands as plans
from ipta.plans.models import PlanVersion
from tests.browser.conftest import Open
from tests.browser.test_screens import fits_a_thumb, looks_right
from tests.browser.thumb import choose, fill, press, sees
from tests.cast import canary


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])
def test_a_mother_reads_what_her_son_shares(
    open_browser: Open,
    sem: Person,
    noor: Person,
    dossier: Dossier,
    ria: NetworkPerson,
    plan: PlanVersion,
    javascript: bool,
) -> None:
    for person in (sem, noor):
        plans.agree(plan, by=person)
    dossiers.promise(dossier, text="Hem op tijd wekken", owner="network", somebody=ria, by=noor)

    his = open_browser(sem, javascript=javascript)
    his.goto("/ik/mensen/")
    his.get_by_role("link", name="Mag meelezen").first.click()
    press(his, "Geef een eigen pagina")
    link, code = his.locator(".share__url").inner_text(), his.locator(".code__letters").inner_text()
    if javascript:
        looks_right(his, "youth:invite_guest")
        fits_a_thumb(his, "link and code")
    press(his, "Gelukt")
    his.get_by_role("link", name="Iets delen").click()
    expect(his.get_by_role("radio", name=re.compile("moeder"))).to_be_checked()
    choose(his, "Wat mag die lezen?", "Je plan")
    fill(his, {"Of zeg het zelf": "Mam, dit is mijn plan"})
    press(his, "Klaar")
    sees(his, "Mam, dit is mijn plan")

    hers = open_browser(javascript=javascript)
    comes_in(hers, link, code, javascript=javascript)
    sees(hers, "Mam, dit is mijn plan", "Wat ik beloofde", "Hem op tijd wekken", f"{canary('sem', 'plan')} doel")
    if javascript:
        looks_right(hers, "network:home")
        fits_a_thumb(hers, "her page")
    hers.get_by_text("Hoe ging het?").first.click()
    hers.get_by_label("Gelukt", exact=True).check(force=True)
    press(hers, "Klaar")
    sees(hers, "Dank je wel")
    fill(hers, {"Je vraag": "Zal ik hem morgen ook wekken?"})
    press(hers, "Verstuur")
    sees(hers, "Je vraag is weg")
    press(hers, "Weg")
    hers.goto(link)  # on this telephone the link alone is enough
    sees(hers, "Mam, dit is mijn plan")

    other = open_browser(javascript=javascript)
    other.goto(link)
    sees(other, "Er is iets met jou gedeeld")
    fill(other, {"De code": "AAAAAA"})
    press(other, "Verder")
    sees(other, "Deze code klopt niet", "nog 4 keer")
    comes_in(other, link, code, javascript=False)
    sees(other, "Mam, dit is mijn plan")

    his.goto("/ik/wie-keek/")
    sees(his, "moeder", "Daar had je ja op gezegd.")
    his.goto("/ik/berichten/")
    press(his, "Lees")
    sees(his, "Zal ik hem morgen ook wekken?")
    his.goto(f"/ik/mensen/{ria.pk}/meelezen/")
    his.get_by_role("link", name="Zo ziet die het").click()
    sees(his, "Je kijkt mee", "Mam, dit is mijn plan")
    if javascript:
        looks_right(his, "youth:seen_by")
    his.go_back()
    if javascript:
        looks_right(his, "youth:guest")
    press(his, "Niet meer laten meelezen")
    sees(his, "Die persoon komt er nu niet meer in")
    for phone in (hers, other):
        phone.goto("/mee/")
        sees(phone, "Open je link nog een keer")
        phone.goto(link)
        sees(phone, "Deze link werkt niet (meer)")


def comes_in(phone: Page, link: str, code: str, *, javascript: bool) -> None:
    phone.goto(link)
    sees(phone, "Er is iets met jou gedeeld")
    if javascript:
        looks_right(phone, "network:door")
        fits_a_thumb(phone, "her door")
    fill(phone, {"De code": code.lower()})
    press(phone, "Verder")


def test_the_coach_gives_a_page_and_looks_what_is_seen(
    open_browser: Open, noor: Person, dossier: Dossier, ria: NetworkPerson
) -> None:
    page = open_browser(noor)
    page.goto(f"/jongeren/{dossier.pk}/mensen/")
    page.get_by_role("link", name="Mag meelezen").first.click()
    looks_right(page, "coach:guest")
    press(page, "Geef een eigen pagina")
    looks_right(page, "coach:invite_guest")
    press(page, "Gelukt")
    sees(page, "Nog niemand kwam binnen met deze link.")
    page.get_by_role("link", name="Zo ziet die het").click()
    sees(page, "Een lege pagina")
    looks_right(page, "coach:seen_by")
