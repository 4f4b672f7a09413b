"""The nastiest things people and machines send, to every form of every desk: no fault, and no word lost."""

import html
import re
from collections.abc import Callable, Iterator

import pytest
from django.http import HttpResponse
from django.test import Client

from ipta.scouting import commands as scouting
from tests.house.evidence import Report
from tests.house.forms import Form, forms_on, send
from tests.house.matrix import ADDRESSES
from tests.house.site import Site, body, undone

LOST = "raakte een letter kwijt"
MEGABYTE = "Het was een lange dag. " * 45_000
TEXTS = {
    "nothing to see": "  \t \u200b\u3164\u2060 \n ",
    "everything at once": (
        "Zoë & Çağla 👨‍👩‍👧‍👦 مرحبا \u202egpj.exe een\r\ntwee\rdrie\n\nvier "
        "<script>alert(1)</script> <svg onload=alert(1)> \"'>{{ 7*7 }} {% now 'Y' %} ${jndi:x} %s%n "
        "=HYPERLINK(1) @SUM +1 -1 javascript:alert(1) '; DROP TABLE dossiers_note; -- \\ %00 ../../etc"
    ),
    "NUL and bells": "voor\x00na\x07\x1b[31m",
    "half a sign": "voor\ud800na",
    "a megabyte": MEGABYTE,
}
# Turn by turn: all dates, times, numbers, choices and hidden fields of a form at once.
DATES = ["0001-01-01", "9999-12-31", "1" * 5000]
TIMES = ["24:00", "02:30", "\x00"]
NUMBERS = ["-1", str(2**40), "1" * 5000]
CHOICES = ["nonsense", "<script>", "1" * 5000]
HIDDEN = ["//evil.example/", "{}", "1" * 5000]
Browser = Callable[[], Client]
# Out again, or a way in: that is tried in `test_the_way_in_holds`.
LEAVING = {"account_logout", "set_language", "youth:leave", "network:leave", "network:door"}
# Sent by a button that these pages do not show today, that stands on a page of the way in, or by a script.
ELSEWHERE = {
    "coach:reopen", "coach:open_device", "coach:close_appointment", "coach:reminded", "coach:tell_referrer",
    "coach:suggest", "coach:sheet_again", "youth:sheet_again", "youth:grant_again", "oversight:judge",
    "municipality:retire", "youth:set_away", "coach:come_true", "youth:come_true",
    "law:ask_erasure", "law:agree_erasure", "law:agree_hold",
    "youth:share_promises", "youth:share_promised", "coach:give_warning", "coach:tell_now",
}  # fmt: skip
OF_A_GUEST = {"coach:ask_more", "coach:explain"}  # who is no coach of his, and reads a part that was shared
DESKS = {
    "coach": "his coach",
    "shared": "guest",
    "youth": "the youth",
    "municipality": "functional manager",
    "oversight": "privacy officer",
    "law": "functional manager",
    "network": "network guest",
}
# How Django itself says what is wrong: true, and for nobody who fills in a form with his thumb.
RAW = re.compile(
    r"Selecteer een geldige|is geen geldig|Voer een|ManagementForm|Zorg ervoor|Dit veld is verplicht|[Nn]ull|UUID"
)


def names_of(desk: str, how: str) -> set[str]:
    """The addresses of this desk that look, or that send."""
    if desk == "shared":
        return OF_A_GUEST
    return {a.name for a in ADDRESSES.values() if how in a.how and a.name.startswith(f"{desk}:")} - OF_A_GUEST


def pages(site: Site, desk: str) -> list[str]:
    """What somebody at this desk can look at, about sem."""
    return [site.address(name) for name in sorted(names_of(desk, "looks"))]


def forms_of(site: Site, desk: str) -> list[Form]:
    """Every form of the desk, also those for somebody of whom no more is known than a nickname."""
    at = pages(site, desk)
    if desk == "coach":
        new = scouting.meet(site.dossier.municipality, nickname="Rox", by=site.people["his coach"]).dossier
        about = (site.address(name) for name in ("coach:youth", "coach:join", "coach:describe", "coach:keep"))
        at += [page.replace(str(site.dossier.pk), str(new.pk)) for page in about]
    with undone():
        return [form for form in forms_on(site.browser(DESKS[desk]), at) if form.route not in LEAVING]


@pytest.mark.slow
@pytest.mark.parametrize("desk", DESKS)
def test_every_form_stands_whatever_is_sent(desk: str, site: Site, evidence: Report) -> None:
    """No fault, no word lost, nothing shown as it was not typed, nobody sent to another site."""
    forms = forms_of(site, desk)
    assert names_of(desk, "sends") - {form.route for form in forms} - ELSEWHERE - LEAVING == set(), (
        "a form was not found"
    )
    browser, wrong = site.browser(DESKS[desk]), []
    for form in forms:
        wrong += [*_about_texts(browser, form), *_about_answers(browser, form), *_about_half_a_form(browser, form)]
    evidence("What nasty inputs broke (5xx, lost words, unescaped)", len(wrong), aim=0)
    evidence("Forms to which nasty inputs were sent", len(forms))
    assert not wrong, "\n".join(wrong)


def _about_texts(browser: Browser, form: Form) -> Iterator[str]:
    for kind, text in TEXTS.items() if form.texts else ():
        fields = form.texts[:1] if text is MEGABYTE else form.texts
        with undone():
            response = send(browser(), form, form.answers(**dict.fromkeys(fields, text)))
            if response.status_code in {409, 422} and not _is_kept(text, response):
                yield f"{form.route}, {kind}: the words are lost"
            if kind == "half a sign" and response.status_code in {302, 422} and LOST not in body(response):
                yield f"{form.route}, {kind}: it is not said that a letter is lost"
            if response.status_code == 302 and kind == "everything at once":
                response = browser().get(response.headers["Location"])
        if response.status_code >= 400 and response.status_code not in {404, 409, 422}:
            yield f"{form.route}, {kind}: answers {response.status_code}"
        if "<script>alert(1)" in body(response) or "<svg onload" in body(response):
            yield f"{form.route}, {kind}: shows it unescaped"


def _is_kept(text: str, response: HttpResponse) -> bool:
    """Every word that was typed stands on the page. What is no text at all may come back as a replacement sign."""
    shown = html.unescape(body(response)).replace("\r\n", "\n").replace("\r", "\n")
    words = text.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    return words.strip() in shown


def _about_answers(browser: Browser, form: Form) -> Iterator[str]:
    """Dates, times, numbers and choices that are none, and what is hidden changed by somebody."""
    kinds = {"date": DATES, "time": TIMES, "number": NUMBERS, "hidden": HIDDEN}
    for turn, choice in enumerate(CHOICES):
        given = {name: values[turn] for kind, values in kinds.items() for name in form.of_kind(kind)}
        given |= dict.fromkeys(form.of_kind("radio", "select", "button", "checkbox"), choice)
        if given:
            yield from _sent(browser, form, form.with_text("Gewone woorden") | given)


def _about_half_a_form(browser: Browser, form: Form) -> Iterator[str]:
    """Without a field, and with fields nobody asked for."""
    extra = {
        "id": "1",
        "by": "x",
        "dossier": "x",
        "is_youth": "1",
        "role": "coach",
        "municipality": "1",
        "_method": "PUT",
    }
    if form.fields:
        yield from _sent(browser, form, {})
    yield from _sent(browser, form, extra | form.answers())


def _sent(browser: Browser, form: Form, answers: dict[str, str]) -> Iterator[str]:
    with undone():
        response = send(browser(), form, answers)
    where = response.headers.get("Location", "/")
    if response.status_code == 422 and (raw := RAW.search(html.unescape(body(response)))):
        yield f"{form.route} {str(answers)[:200]} says {raw[0]}"
    if response.status_code >= 500 or not where.startswith("/") or where.startswith("//"):
        yield f"{form.route} {str(answers)[:200]} -> {response.status_code} {where}"


@pytest.mark.parametrize("words", [TEXTS["everything at once"] + "\x00\x07", "1" * 5000], ids=["signs", "digits"])
def test_nothing_in_an_address_breaks_a_page(words: str, site: Site) -> None:
    """Searching, turning pages, choosing whom it is about."""
    for desk, member in DESKS.items():
        browser = site.browser(member)
        short = words[:3000]
        for page in pages(site, desk):
            with undone():
                response = browser().get(
                    page, dict.fromkeys(("zoek", "page", "over", "plek", "next", "q", "sort"), short)
                )
            assert response.status_code < 500, page


@pytest.mark.parametrize("words", TEXTS.values(), ids=TEXTS)
def test_the_way_in_holds(words: str, site: Site) -> None:
    for member in ("nobody", "the youth"):
        browser = site.browser(member)
        for name in (
            "entry:code",
            "entry:other",
            "entry:choose",
            "entry:pin",
            "network:door",
            "network:again",
            "account_login",
            "account_reset_password",
        ):
            sent = dict.fromkeys(
                ("code", "pin", "again", "label", "login", "password", "email", "next"), words[:50_000]
            )
            form = Form(site.address(name), ())
            with undone():
                response = send(browser(), form, sent)
            assert response.status_code < 500, name
            assert not response.headers.get("Location", "/").startswith(("//", "http")), name


ACCOUNT = (
    "login",
    "password",
    "oldpassword",
    "password1",
    "password2",
    "code",
    "name",
    "credential",
    "language",
    "next",
)


@pytest.mark.slow
def test_the_own_account_holds(site: Site) -> None:
    """Passwords, second factors, the language: what staff send about themselves."""
    browser = site.browser("his coach")
    sends = [a.name for a in ADDRESSES.values() if "sends" in a.how and a.name.startswith(("account_", "mfa_", "set_"))]
    assert len(sends) > 10
    for name in set(sends) - LEAVING:
        for kind, words in TEXTS.items():
            with undone():
                response = send(browser(), Form(site.address(name), ()), dict.fromkeys(ACCOUNT, words[:50_000]))
            where = response.headers.get("Location", "/")
            assert response.status_code < 500, f"{name}, {kind}"
            assert where.startswith("/") and not where.startswith("//"), f"{name}, {kind} -> {where}"
