"""A dossier of which everything was erased: its pages still open and say so, and nobody loses a word on it."""

import html
import json
from collections.abc import Callable
from contextlib import nullcontext

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from ipta.accounts.models import Person
from ipta.base.verdict import Impossible
from ipta.dossiers import commands
from ipta.dossiers.models import Dossier
from ipta.sharing import erasure
from ipta.sharing.door import GONE
from ipta.vault.rules import SECTIONS
from ipta.web import asking
from tests.cast import CANARY
from tests.conftest import sign_in
from tests.house.forms import Form, send
from tests.house.site import Site, body, undone
from tests.house.test_at_rest import ABOUT_FIRMS_AND_STAFF
from tests.house.test_nasty import DESKS, forms_of, pages

WORDS = "Dit wil ik graag bewaren"
TOLD = "Dit onderdeel is gewist. Er kan niets meer bij."
# What is typed here is about somebody else, or about nothing that was erased.
ABOUT_OTHERS = ABOUT_FIRMS_AND_STAFF | {"coach:scout", "coach:refer", "coach:finding_place"}
A_FILE = ("/papieren/", "/stem/")  # what stood in it is not there any more, as when it was taken away
THE_PACKAGE = "verhaal.json"  # it says in a list of its own what is gone

Browser = Callable[[], Client]


@pytest.fixture
def erase(site: Site, pepijn: Person) -> Callable[[], None]:
    """Erase the whole of sem's dossier."""
    return lambda: erasure.shred(site.dossier, by=site.people["functional manager"], second=pepijn)


@pytest.mark.parametrize("desk", ["coach", "youth"])
def test_every_page_still_opens_and_says_that_it_is_gone(desk: str, site: Site, erase: Callable[[], None]) -> None:
    browser = site.browser(DESKS[desk])
    before = {page: browser().get(page) for page in pages(site, desk)}
    with_words = [page for page, answer in before.items() if CANARY in body(answer) and THE_PACKAGE not in page]
    assert len(with_words) > 12
    erase()
    after = {page: browser().get(page) for page in before}
    for page, answer in after.items():
        is_gone_too = any(part in page for part in A_FILE) and answer.status_code == 404
        assert answer.status_code == before[page].status_code or is_gone_too, page
        assert CANARY not in body(answer), page
        assert page not in with_words or is_gone_too or GONE in html.unescape(body(answer)), f"{page} says nothing"


def test_the_file_he_takes_along_lists_what_is_gone(site: Site, erase: Callable[[], None]) -> None:
    browser = site.browser("the youth")
    erase()
    taken = json.loads(body(browser().get(site.address("youth:download"))))
    assert taken["gone"] == sorted(SECTIONS)
    assert GONE not in json.dumps(taken)


@pytest.mark.slow
@pytest.mark.parametrize("desk", ["coach", "youth"])
def test_who_writes_there_is_told_and_keeps_every_word(desk: str, site: Site, erase: Callable[[], None]) -> None:
    browser = site.browser(DESKS[desk])
    open_pages = _forms(site, desk)  # of who had the page open while it was erased
    came_in = {form.route for form in open_pages if form.texts and _sent(browser, form).status_code == 302}
    erase()
    wrong = []
    for form in open_pages:
        answer = _sent(browser, form)
        is_kept = WORDS in html.unescape(body(answer)) or form.route not in came_in or not form.texts
        if answer.status_code >= 500 or not is_kept:
            wrong.append(f"{form.route} from before answers {answer.status_code}")
    for form in _forms(site, desk):
        answer = _sent(browser, form)
        shown = html.unescape(body(answer))
        is_told = answer.status_code in {409, 422} and TOLD in shown and WORDS in shown
        if form.route in came_in and form.texts and not is_told:
            wrong.append(f"{form.route} answers {answer.status_code} without the words or the reason")
    assert not wrong, "\n".join(wrong)
    assert len(came_in) > 7


def _forms(site: Site, desk: str) -> list[Form]:
    """The forms in which somebody writes of sem."""
    mine = [form for form in forms_of(site, desk) if form.route not in ABOUT_OTHERS]
    about_another = [form for form in mine if form.action.startswith("/jongeren/") and _sem(site) not in form.action]
    return [form for form in mine if form not in about_another]


def _sem(site: Site) -> str:
    return str(site.dossier.pk)


def _sent(browser: Browser, form: Form) -> HttpResponse:
    with undone():
        return send(browser(), form, form.with_text(WORDS))


def test_what_no_view_expected_is_said_on_the_page_it_came_from_and_kept(
    dossier: Dossier, noor: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A command that says that something is impossible never makes a page of faults."""

    def refuse(*_: object, **__: object) -> None:
        raise Impossible("Vandaag niet.")

    hers, page = sign_in(noor), f"/jongeren/{dossier.id}/stappen/nieuw/"
    hers.get(page)
    monkeypatch.setattr(commands, "promise", refuse)
    monkeypatch.setattr(asking, "told", lambda _: nullcontext())  # a view that forgot to ask what can be said
    typed = {"text": WORDS, "owner": "coach", "kind": "step"}
    answer = hers.post(page, typed, headers={"Referer": f"http://testserver{page}"})
    assert (answer.status_code, answer.headers["Location"]) == (302, page)
    shown = html.unescape(hers.get(page).text)
    assert "Vandaag niet." in shown and WORDS in shown


@pytest.mark.parametrize(
    "elsewhere", ["", "https://evil.example/x", "//evil.example/x", "http://testserver//evil.example"]
)
def test_nobody_is_sent_to_another_site_by_it(
    elsewhere: str, dossier: Dossier, noor: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise Impossible("Vandaag niet.")

    monkeypatch.setattr(commands, "set_intensity", refuse)
    hers = sign_in(noor)
    address = reverse("coach:set_intensity", args=[dossier.id])
    answer = hers.post(address, {"intensity": "light"}, headers={"Referer": elsewhere})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
