"""Scouting with one thumb: a place, an introducer, three attempts, the first talk, the yes. No full name before it."""

import re
from argparse import Namespace
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from ipta.__main__ import tick
from ipta.accounts.models import Municipality, Person
from ipta.base import acting, clock
from ipta.dossiers.models import Dossier, Note
from ipta.scouting import commands as scouting
from ipta.scouting import due
from ipta.scouting.models import FindingPlace, GoneCount
from ipta.web.models import Draft
from tests.asking import text, verbs
from tests.browser.conftest import Open
from tests.browser.thumb import choose, fill, press, sees
from tests.cast import CANARY
from tests.house.test_at_rest import everything_in_the_databases

NAMES = re.compile(r"voornaam|achternaam|geboren|adres\b|woont", re.IGNORECASE)


def asks_no_name(page: Page) -> None:
    """Before the yes nothing on the page asks who he is on paper, or where he lives."""
    labels = page.locator("main").locator("label, legend").all_inner_texts()
    assert [label for label in labels if NAMES.search(label)] == [], page.url


def attempt(page: Page, how: str, outcome: str) -> None:
    """Two taps."""
    choose(page, "Hoe zocht je contact?", how)
    press(page, outcome)
    sees(page, "Genoteerd.")
    asks_no_name(page)


def test_from_the_place_to_the_yes_without_a_name_before_it(
    open_browser: Open, noor: Person, zoetermeer: Municipality
) -> None:
    page = open_browser(noor)

    # the place
    page.goto("/meer/")
    press(page, "Vindplaatsen", exact=False)
    press(page, "Een plek erbij")
    fill(page, {"Welke plek?": "Kapper Said", "Postcode": "2711", "Wie opent hier deuren?": "Said zelf"})
    choose(page, "Wat voor plek?", "Kapper")
    press(page, "Klaar")
    expect(page.get_by_role("link", name="Gebied 2711: 1 plek")).to_be_visible()
    press(page, "Kapper Said", exact=False)
    fill(page, {"Wat zag je?": "Op vrijdag zit het vol."})
    press(page, "Zet erbij")
    sees(page, "Op vrijdag zit het vol.")

    # the introducer, and what to mind
    press(page, "Hier iemand ontmoet")
    asks_no_name(page)
    fill(page, {"Hoe noem je hem of haar?": "Y.", "Wie stelde jullie voor?": "Said", "Hoe kennen die": "uit de buurt"})
    page.get_by_label("De ouders weten het niet").check()
    page.get_by_text("Hoe te bereiken").click()
    fill(page, {"WhatsApp": "06 12345678"})
    press(page, "Klaar")
    sees(
        page,
        "De ouders weten het niet.",
        "Kapper · Kapper Said",
        "Said",
        "Ze kennen elkaar zo: uit de buurt",
        "Nog niet",
    )
    asks_no_name(page)
    dossier = Dossier.objects.get()

    # three attempts, and the first talk
    attempt(page, "App", "Niet bereikt")
    expect(page.get_by_role("radio", name="App")).to_be_checked()  # as the last time
    attempt(page, "App", "Niet bereikt")
    attempt(page, "Gebeld", "Niet bereikt")
    attempt(page, "Opgezocht", "Gesproken")
    expect(page.locator(".chain__step--open")).to_have_count(0)
    assert list(Note.objects.order_by("happened_at").values_list("channel", "is_reached")) == [
        ("whatsapp", False),
        ("whatsapp", False),
        ("called", False),
        ("met", True),
    ]
    page.goto(f"/jongeren/{dossier.pk}/gegevens/")
    asks_no_name(page)

    # the yes: what it means, how it was given, and the dossier with all that was typed
    page.goto(f"/jongeren/{dossier.pk}/")
    press(page, "Doet mee", exact=False)
    sees(page, "Wat betekent meedoen?", "Stoppen mag altijd.")
    choose(page, "Hoe hoorde de jongere dit?", "Voorgelezen")
    fill(page, {"Wie was erbij?": "Said", "Voornaam": "Younes"})
    press(page, "Doet mee")
    sees(page, "het dossier is begonnen")
    page.goto(f"/jongeren/{dossier.pk}/")
    page.get_by_text("Zo begon het").first.click()
    sees(page, "Younes", "Kapper · Kapper Said", "Voorgelezen · Said", "De ouders weten het niet.")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    told = verbs(dossier)
    assert told[:2] == ["dossier.begun", "youth.met"] and told[-1] == "youth.welcomed"
    assert told.count("note.written") == 4
    assert text(noor, dossier, "nickname") == "Y."


@pytest.mark.parametrize("with_script", [True, False], ids=["script", "no script"])
def test_who_stays_silent_is_gone_with_what_was_half_written_about_him(
    open_browser: Open, noor: Person, zoetermeer: Municipality, with_script: bool
) -> None:
    find = scouting.meet(zoetermeer, nickname=f"{CANARY} Rox", kind="street", by=noor)
    page = open_browser(noor, javascript=with_script)
    page.goto(f"/jongeren/{find.dossier_id}/")
    attempt(page, "App", "Niet bereikt")
    if with_script:  # a note that is never sent: the browser keeps it while it is typed
        page.goto(f"/jongeren/{find.dossier_id}/notitie/")
        with page.expect_response(lambda answer: answer.status == 204):
            fill(page, {"Wat?": f"{CANARY} stond bij de bushalte"})
    with clock.at(timezone.now() + timedelta(days=36)):
        assert not due.let_go_of_the_silent().gone
    Dossier.objects.update(found_on=timezone.localdate() - timedelta(days=36))
    page.goto("/vandaag/")
    sees(page, "Zonder ja gaat alles weg")
    Dossier.objects.update(found_on=timezone.localdate() - timedelta(days=42))
    assert Draft.objects.exists() is with_script
    with acting.as_work():
        assert "Gone without a yes: 1." in tick(Namespace())
    assert not Draft.objects.exists()
    page.goto(f"/jongeren/{find.dossier_id}/")
    sees(page, "Deze pagina is er niet")
    assert not [place for place, value in everything_in_the_databases() if CANARY.encode() in value]
    assert GoneCount.objects.get().kind == "street"
    assert not FindingPlace.objects.exists()
