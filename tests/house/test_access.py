"""The access table: every address of the site, asked for by every member of the cast, beside docs/access.md."""

import re
import time
from statistics import median

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ipta.vault.rules import SECTIONS
from tests.house.evidence import Report
from tests.house.matrix import ADDRESSES, LOCKS, OTHER_METHODS, READS, WITHOUT_RIGHTS, Asking, is_turned_away, rows
from tests.house.site import MEMBERS, ROUTES, Site, body, undone

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


# Sections in which the cast has a view of the youth only, beside a line that is not there: he takes it along.
TAKEN_ALONG_ONLY = {"money", "health", "living", "justice", "story", "messages"}
# Who has no right is asked as well, but not in every quick run.
EACH = [pytest.param(m, marks=pytest.mark.slow) if m in WITHOUT_RIGHTS else m for m in MEMBERS]


@pytest.mark.parametrize("member", EACH)
def test_nobody_gets_further_than_the_table_says(member: str, site: Site, evidence: Report) -> None:
    ask, began = Asking(site, member), time.process_time()
    ask.everywhere()
    evidence("Leaks in the canary matrix", len(ask.stolen), aim=0)
    evidence("Cells in the canary matrix", ask.cells)
    evidence("The canary matrix takes (seconds of one core)", time.process_time() - began, unit="s", at_most=360)
    evidence("Texts without a line in the reading log", ask.unlogged, aim=0)
    assert not ask.wrong, "\n".join(ask.wrong)
    readable = READS.get(member, set()) - (set() if member == "the youth" else TAKEN_ALONG_ONLY)
    missing = {section for section in readable if ("sem", section) not in ask.seen}
    assert not missing, f"{member} has a right to {sorted(missing)}, and sees it nowhere"


def test_a_method_that_no_address_answers_is_turned_away_for_everybody() -> None:
    """So the matrix need not ask it as each member. The two of Django and allauth look at the method themselves."""
    asked = {(name, method) for name in ADDRESSES for method in OTHER_METHODS}
    answered = {name for name, method in asked if not is_turned_away(name, method)}
    assert answered == {"account_logout", "set_language"}


# --- What is not there, and what is not yours --------------------------------------------


@pytest.mark.parametrize("member", ["another coach", "the youth", "functional manager"])
def test_what_is_not_there_answers_as_what_is_not_yours(member: str, site: Site) -> None:
    """Asked for an id that never was, each gets the same page; also who may read all there is."""
    ask = Asking(site, member)
    for name, address in ADDRESSES.items():
        if nothing := site.address_of_nothing(name):
            for method in address.answers:
                with undone():
                    response = ask.send(method, nothing, address)
                assert (response.status_code, body(response)) == (404, ask.not_there), f"{method} {name}"


# --- Forms and pages of other sites --------------------------------------------------------


def test_a_form_from_another_site_changes_nothing(site: Site) -> None:
    """Without the token every sending is refused, whoever is signed in."""
    managed = (("functional manager", "municipality:"), ("functional manager", "law:"))
    for member, desk in (("his coach", "coach:"), ("the youth", "youth:"), *managed):
        browser = site.browser(member)()
        strict = Client(enforce_csrf_checks=True)
        strict.cookies = browser.cookies
        for name, address in ADDRESSES.items():
            if name.startswith(desk) and "sends" in address.how:
                with undone():
                    response = strict.post(site.address(name), site.sent(name))
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


# --- Nothing to learn from how long it takes -----------------------------------------------


def test_what_is_forbidden_asks_the_database_the_same_as_what_is_not_there(site: Site) -> None:
    """The same statements in the same order: no clock can tell them apart. On the walls' side too."""
    browser = site.browser("another coach")
    compared = 0
    for name, address in ADDRESSES.items():
        if address.lock.startswith("dossier") and "looks" in address.how:
            asked = [_statements(browser(), at) for at in (site.address(name), site.address_of_nothing(name))]
            assert asked[0] == asked[1], name
            compared += 1
    assert compared > 20


def _statements(client: Client, at: str) -> list[str]:
    with undone(), CaptureQueriesContext(connection) as asked:
        client.get(at)
    return [re.sub(r"'[^']*'|\b[0-9a-f]{32}\b|\d+", "?", query["sql"]) for query in asked]


@pytest.mark.slow
def test_what_is_forbidden_takes_as_long_as_what_is_not_there(site: Site) -> None:
    """Turn by turn, so that a busy machine is as busy for both. What counts is how quick it can be: nobody who asks
    sees less noise than that. The best of three, since a busy machine can only make a difference and never hide one.
    """
    client = site.browser("another coach")()
    pair = [site.address("coach:timeline"), site.address_of_nothing("coach:timeline")]
    assert any(_difference(client, pair) < 0.001 for _attempt in range(3))


def _difference(client: Client, pair: list[str]) -> float:
    """Between the quickest fifth of the one and of the other, in seconds."""
    took: dict[str, list[float]] = {at: [] for at in pair}
    for call in range(120):
        for at in pair if call % 2 else reversed(pair):
            began = time.perf_counter()
            client.get(at)
            took[at].append(time.perf_counter() - began)
    one, other = (median(sorted(times)[: len(times) // 5]) for times in took.values())
    return abs(one - other)
