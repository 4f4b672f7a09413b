"""A question to a specialist in a real browser: asked, handed over, answered without an account, read on Vandaag."""

from ipta.accounts.models import Person
from ipta.dossiers.models import Dossier
from ipta.dossiers.specialists.commands import add_specialist
from ipta.sharing.models import HelpRequest
from tests.browser.conftest import Open
from tests.browser.test_screens import looks_right, small_targets


def test_a_specialist_is_asked_and_answers(
    dossier: Dossier, noor: Person, sem: Person, lotte: Person, open_browser: Open
) -> None:
    add_specialist(
        dossier.municipality, organisation="Schuldhulp Zoetermeer", name="Mira", fields=["money", "work"],
        answers_within=3, phone="079 123 45 67", email="mira@schuldhulp.example", agreement="Bellen tussen 9 en 12",
        by=lotte,
    )  # fmt: skip
    hers = open_browser(noor)
    hers.goto("/specialisten/")
    looks_right(hers, "directory")
    hers.goto(f"/jongeren/{dossier.pk}/")
    hers.get_by_role("link", name="Hulp").first.click()
    hers.get_by_role("link", name="Hulp vragen").click()
    hers.get_by_role("radio", name="Schuldhulp Zoetermeer").check()
    hers.get_by_label("Wat wil je vragen?").fill("Kan iemand de post met hem openmaken?")
    hers.get_by_label("Samen besproken").check()
    looks_right(hers, "ask")
    hers.get_by_role("button", name="Maak de link").click()
    looks_right(hers, "link")
    url = hers.locator(".share__url").inner_text()

    theirs = open_browser()
    theirs.goto(url)
    looks_right(theirs, "door")
    theirs.get_by_role("button", name="Lees de vraag").click()
    looks_right(theirs, "question")
    assert small_targets(theirs) == []
    theirs.get_by_label("Jouw woorden").fill("Ja, woensdag om 10 uur.")
    theirs.get_by_role("button", name="Verstuur").click()
    theirs.get_by_role("heading", name="Dank je wel").wait_for()
    looks_right(theirs, "thanks")
    theirs.goto(url[:-3] + "/")
    looks_right(theirs, "gone")

    hers.goto("/vandaag/?deel=antwoorden")
    looks_right(hers, "today")
    hers.get_by_role("button", name="Lees").click()
    hers.get_by_text("Ja, woensdag om 10 uur.").wait_for()
    looks_right(hers, "answer")
    assert HelpRequest.objects.get().read_at

    his = open_browser(sem)
    his.goto("/ik/over-mij/hulp/")
    looks_right(his, "asked")
    leads = open_browser(lotte)
    for address in ("", "nieuw/"):
        leads.goto(f"/gemeente/specialisten/{address}")
        looks_right(leads, f"specialists {address}")
