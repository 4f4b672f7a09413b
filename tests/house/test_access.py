"""The access table: every address of the site, asked for by every member of the cast, beside docs/access.md.

The table is written by hand and read by people; nothing of it comes from the policies of the code.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.http import HttpResponse
from django.test import Client

from ipta.sharing.models import Look
from ipta.vault.rules import SECTIONS
from tests.cast import CANARY
from tests.house.code import ROOT
from tests.house.site import MEMBERS, ROUTES, SENT, Site, body, undone

TABLE = (ROOT / "docs" / "access.md").read_text()
CODED = re.compile(rf"{CANARY}-(\w+?)-(\w+)")
SIGNED_IN = set(MEMBERS) - {"nobody", "no second factor"}
# The two other dossiers of the cast, so that their words may stand on the pages of their own people.
OWN_DOSSIERS = {"another coach": {"kim"}, "another youth": {"kim"}, "coach elsewhere": {"ali"}}


def rows(heading: str) -> list[list[str]]:
    """The cells of the tables under this heading."""
    text = TABLE.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in text.splitlines() if line.startswith("| ") and not line.startswith("| ---")]
    found = [[cell.strip().strip("`") for cell in line.strip("|").split("|")] for line in lines]
    heads = ("member", "lock", "address")
    return [row for row in found if row[0] not in heads]


def named(cell: str) -> set[str]:
    """Who is meant by a cell: names, or everybody but some."""
    meant, _, but = cell.partition(" but ")
    who = set(filter(None, (name.strip() for part in meant.split(",") for name in part.split(" and "))))
    if "everybody signed in" in who:
        who |= SIGNED_IN
    if "everybody" in who:
        who |= SIGNED_IN | {"nobody"}
    found = who - {"everybody", "everybody signed in"} - {name.strip() for name in but.split(",")}
    assert found <= set(MEMBERS), f"docs/access.md names {found - set(MEMBERS)}"
    return found


METHODS = {"get": "looks", "post": "sends"}


@dataclass(frozen=True)
class Address:
    name: str
    lock: str
    how: frozenset[str]

    @property
    def answers(self) -> set[str]:
        return {method for method, how in METHODS.items() if how in self.how}


LOCKS = {lock: (named(yes), named(own)) for lock, yes, own in rows("The locks")}
ADDRESSES = {name: Address(name, lock, frozenset(how.split(", "))) for _, name, lock, how, _ in rows("The addresses")}
READS = {
    member: {s.strip() for s in sections.split(",")}
    for member, sections in rows("Who reads which section of the dossier")
}


# --- The table itself ------------------------------------------------------------------


def test_every_address_of_the_site_is_in_the_table_and_no_other() -> None:
    listed = [name for _, name, *_ in rows("The addresses")]
    assert sorted(listed) == sorted(set(listed)), "an address is listed twice"
    assert set(listed) == set(ROUTES), "write the new address in docs/access.md, with its lock"


def test_the_table_writes_addresses_as_they_are() -> None:
    for written, name, *_ in rows("The addresses"):
        pattern = re.sub(r"\(\?P<.*?>.*?\)(?=[-/$])", "…", ROUTES[name].pattern.replace("^", "").replace("$", ""))
        assert written.replace("…-…", "…") == re.sub(r"<[^>]*>", "…", pattern).replace("…-…", "…"), name


def test_the_table_names_members_locks_and_sections_that_exist() -> None:
    assert [member for member, _ in rows("The members")] == list(MEMBERS)
    assert {address.lock for address in ADDRESSES.values()} == set(LOCKS)
    assert set().union(*READS.values()) == set(SECTIONS)


# --- Every address x every member ---------------------------------------------------------


# Those whose right is over, or who never have one: asked as well, but not in every quick run.
WITHOUT_RIGHTS = {"coach of before", "stand-in of before", "somebody who left", "professional", "project leader",
                  "manager elsewhere"}  # fmt: skip
EACH = [pytest.param(m, marks=pytest.mark.slow) if m in WITHOUT_RIGHTS else m for m in MEMBERS]


@pytest.mark.parametrize("member", EACH)
def test_nobody_gets_further_than_the_table_says(member: str, site: Site) -> None:
    ask = Asking(site, member)
    for address in ADDRESSES.values():
        for method in METHODS:
            if method in address.answers or method == "get":
                ask.ask(address, method)
    assert not ask.wrong, "\n".join(ask.wrong)


class Asking:
    """One member at every door, and what went otherwise than the table says."""

    def __init__(self, site: Site, member: str) -> None:
        self.site, self.member = site, member
        self.browser: Callable[[], Client] = site.browser(member)
        self.rights = self._rights()
        self.not_there = body(Client().get("/bestaat-niet/"))  # the same for everybody, signed in or not
        self.wrong: list[str] = []

    def _rights(self) -> set[tuple[str, str]]:
        own = {("sem", section) for section in READS.get(self.member, ())}
        return own | {(who, section) for who in OWN_DOSSIERS.get(self.member, ()) for section in SECTIONS}

    def ask(self, address: Address, method: str) -> None:
        self.site.opened.clear()
        with undone():
            before = Look.objects.count()
            response = self._send(method, self.site.address(address.name), address)
            too_much = self._shows_too_much(response, before)
        for objection in (self._answers_wrongly(address, method, response), too_much):
            if objection:
                said = f"{method.upper()} {address.name} -> {response.status_code}"
                self.wrong.append(f"{self.member}: {said}: {objection}")

    def _send(self, method: str, at: str, address: Address) -> HttpResponse:
        sent = SENT.get(address.name, {}) if method == "post" else {}
        response: HttpResponse = getattr(self.browser(), method)(at, sent)
        return response

    def _answers_wrongly(self, address: Address, method: str, response: HttpResponse) -> str:
        if response.status_code >= 500:
            return "a fault"
        if response.status_code == 404 and body(response) != self.not_there:
            return "another page than for what is not there"
        if method not in address.answers:
            return "" if response.status_code in {302, 404, 405} else "shows something, and the table does not say so"
        yes, own = LOCKS[address.lock]
        if self.member in yes | own:
            return self._does_not_get_in(address, response)
        return self._gets_in(address, response)

    def _does_not_get_in(self, address: Address, response: HttpResponse) -> str:
        if address.lock in {"everybody", "out", "staff", "own account", "second factor"}:
            return ""  # signing in sends people about: to the door, to the second factor, to the password
        to_a_door = response.headers.get("Location", "").startswith(("/accounts/", "/binnen/?"))
        return "does not get in" if response.status_code == 404 or to_a_door else ""

    def _gets_in(self, address: Address, response: HttpResponse) -> str:
        goes_to = response.headers.get("Location", "") if response.status_code == 302 else ""
        if self.member == "nobody" and address.lock != "closed":
            return "" if goes_to.startswith(("/accounts/login/", "/binnen/")) else "is not sent to the door"
        if self.member == "no second factor":
            return "" if goes_to.startswith("/accounts/2fa/totp/activate/") else "is not sent to set up a second factor"
        return "" if response.status_code == 404 else "gets in"

    def _shows_too_much(self, response: HttpResponse, looks_before: int) -> str:
        """Words of a dossier on the page: each with a right. What was opened: each with its line in the reading log."""
        said = set(CODED.findall(body(response) + str(response.headers)))
        if stolen := said - self.rights:
            return f"shows {sorted(stolen)}"
        count = Look.objects.count() - looks_before
        new = list(Look.objects.order_by("-at", "-number")[:count]) if count else []
        if refused := {look.section for look in new if look.result == "refused"}:
            return f"was stopped by the door alone, for {sorted(refused)}"
        lines = [(str(look.about), look.section) for look in new]
        shown = {(self.site.dossier_ids[who], section) for who, section in said} | self.site.opened
        if unwritten := shown - set(lines):
            return f"opens without a line in the reading log {sorted(unwritten)}"
        return "writes a line twice" if len(lines) != len(set(lines)) else ""


# --- What is not there, and what is not yours --------------------------------------------


@pytest.mark.parametrize("member", ["another coach", "the youth", "functional manager"])
def test_what_is_not_there_answers_as_what_is_not_yours(member: str, site: Site) -> None:
    """Asked for an id that never was, each gets the same page; also who may read all there is."""
    ask = Asking(site, member)
    for name, address in ADDRESSES.items():
        if nothing := site.address_of_nothing(name):
            for method in address.answers:
                with undone():
                    response = ask._send(method, nothing, address)
                assert (response.status_code, body(response)) == (404, ask.not_there), f"{method} {name}"


# --- Other methods -------------------------------------------------------------------------


def test_no_address_answers_another_method(site: Site) -> None:
    browser = site.browser("his coach")
    for name, address in ADDRESSES.items():
        if ROUTES[name].desk:
            for method in {"get", "post", "put", "delete"} - address.answers:
                response = getattr(browser(), method)(site.address(name))
                is_sent_back = method == "get" and response.status_code in {302, 404}
                assert response.status_code == 405 or is_sent_back, f"{method} {address.name}"


def test_a_form_from_another_site_changes_nothing(site: Site) -> None:
    """Without the token every sending is refused, whoever is signed in."""
    for member, desk in (("his coach", "coach:"), ("the youth", "youth:"), ("functional manager", "municipality:")):
        browser = site.browser(member)()
        strict = Client(enforce_csrf_checks=True)
        strict.cookies = browser.cookies
        for name, address in ADDRESSES.items():
            if name.startswith(desk) and "sends" in address.how:
                with undone():
                    response = strict.post(site.address(name), SENT.get(name, {}))
                assert response.status_code in {403, 404}, f"{member}: {name}"


def test_nothing_of_a_page_stays_in_a_browser_or_tells_another_site_where_one_was(site: Site) -> None:
    for member, desk in (("his coach", "coach:"), ("the youth", "youth:"), ("nobody", "entry:")):
        browser = site.browser(member)
        for name, address in ADDRESSES.items():
            if name.startswith(desk) and "looks" in address.how:
                with undone():
                    response = browser().get(site.address(name))
                headers = response.headers
                assert "no-store" in headers["Cache-Control"], name
                assert headers["Referrer-Policy"] in {"no-referrer", "same-origin"}, name
                assert headers["X-Content-Type-Options"] == "nosniff", name
                assert "default-src 'none'" in headers["Content-Security-Policy"], name
                assert "unsafe" not in headers["Content-Security-Policy"], name
