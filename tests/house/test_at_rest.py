"""Nothing of what people say lies anywhere in clear: not in a table, a file, a log, a mail, a session or a cookie.

Every form of both desks is filled in with words that stand nowhere else and sent for real; then everything that is left
behind is searched for them.
"""

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import connections

from ipta.accounts.models import Session
from ipta.web.models import KeptForm
from tests.cast import CANARY
from tests.house.evidence import Report
from tests.house.forms import Form, send
from tests.house.site import Site, body
from tests.house.test_nasty import DESKS, forms_of

WORD = "merel"  # the beginning of every word that is typed below
# The book of workplaces tells of firms and is plain; so is what staff are called. No youth's word is asked there.
# Of a finding place the name is plain as well; what coaches say of it is sealed (test_books).
ABOUT_FIRMS_AND_STAFF = {
    "coach:add_workplace", "coach:change_workplace", "coach:add_finding_place", "coach:change_finding_place",
    "municipality:people", "coach:who_am_i",
}  # fmt: skip
# What somebody looks for is kept nowhere; who has no account has no session that could end.
NOT_KEPT = ABOUT_FIRMS_AND_STAFF | {"coach:search", "coach:refer"}
SIGNED_OFF = {"coach:hand_over", "coach:end", "youth:remove_device", "coach:remove_device"}

pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)


def begin_with_clean_files() -> None:
    """What earlier tests wrote and took back still lies in the pages of SQLite: only what is typed here counts."""
    for alias in ("default", "keys"):
        if connections[alias].vendor == "sqlite":
            with connections[alias].cursor() as cursor:
                cursor.execute("VACUUM")
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def type_everywhere(site: Site, desk: str) -> list[tuple[Form, str]]:
    """Send every form of this desk that asks for words, each with a word of its own. Gives the forms that came in."""
    came_in = []
    browser = site.browser(DESKS[desk])
    for number, form in enumerate(forms_of(site, desk)):
        if form.texts and form.route not in ABOUT_FIRMS_AND_STAFF | SIGNED_OFF:
            word = f"{WORD}-{desk}-{number}"
            response = send(browser(), form, form.with_text(word))
            assert response.status_code < 500, form.route
            if response.status_code == 302:
                came_in.append((form, word))
    return came_in


def type_as_the_session_ends(site: Site, desk: str) -> None:
    """Half-written words, and a session that ended: they are kept, and nobody can read them."""
    browser = site.browser(DESKS[desk])
    asking = [form for form in forms_of(site, desk) if form.texts and form.route not in NOT_KEPT]
    for form in asking[:3]:
        client = browser()
        client.get("/")
        client.cookies.pop("sessie")
        assert send(client, form, form.with_text(f"{WORD}-bewaard")).status_code == 302
    assert KeptForm.objects.count() == 3


def everything_in_the_databases() -> Iterator[tuple[str, bytes]]:
    """Every value of every column of every table, as it lies there."""
    for alias in ("default", "keys"):
        connection = connections[alias]
        with connection.cursor() as cursor:
            for table in connection.introspection.table_names(cursor):
                cursor.execute(f'SELECT * FROM "{table}"')
                columns = [column[0] for column in cursor.description]
                for row in cursor.fetchall():
                    yield from ((f"{table}.{name}", _bytes(value)) for name, value in zip(columns, row, strict=True))


def _bytes(value: Any) -> bytes:
    return bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode("utf-8", "replace")


def everything_in_the_files() -> Iterator[tuple[str, bytes]]:
    """The files of SQLite with what belongs to them: the log of what is yet to be written, the journal."""
    for alias in ("default", "keys"):
        if connections[alias].vendor == "sqlite":
            file = Path(connections[alias].settings_dict["NAME"])
            for found in file.parent.glob(f"{file.name}*"):
                yield found.name, found.read_bytes()


def places_of(words: bytes, content: Iterator[tuple[str, bytes]]) -> set[str]:
    return {place for place, value in content if words in value}


def readable_in(words: str, log: str) -> set[str]:
    """Where these words lie for everybody: in a table, a file, the log, a mail, a session, the cache."""
    found = places_of(words.encode(), everything_in_the_databases())
    found |= places_of(words.encode(), everything_in_the_files())
    others = {
        "log": log,
        "cache": str(getattr(cache, "_cache", "")),
        "mail": "".join(message.message().as_string() for message in mail.outbox),
        "session": "".join(str(session.get_decoded()) for session in Session.objects.all()),
    }
    return found | {place for place, said in others.items() if words in said}


@pytest.mark.parametrize("desk", ["coach", "youth"])
def test_no_word_is_left_in_clear(desk: str, site: Site, caplog: pytest.LogCaptureFixture, evidence: Report) -> None:
    begin_with_clean_files()
    with caplog.at_level(logging.DEBUG):
        logging.getLogger("django.db.backends").setLevel(logging.INFO)
        came_in = type_everywhere(site, desk)
        type_as_the_session_ends(site, desk)
    assert len(came_in) > 7, [form.route for form, _ in came_in]
    for content in (
        everything_in_the_databases(),
        everything_in_the_files(),
    ):  # so that finding nothing means something
        places = places_of(b"Garage Voorbeeld", content)
        assert places or connections["default"].vendor != "sqlite"
    readable = set().union(*(readable_in(words, caplog.text) for words in (WORD, CANARY)))
    evidence("Places where a canary lies readable", len(readable), aim=0)
    assert readable == set()
    assert_the_youth_takes_along(site, [word for form, word in came_in if form.route != "coach:scout"])


def assert_the_youth_takes_along(site: Site, words: list[str]) -> None:
    """Written once, and his: what was typed of him stands in what he takes along."""
    taken = body(site.browser("the youth")().get(site.address("youth:download")))
    assert sum(word in taken for word in words) >= len(words) * 0.7, [word for word in words if word not in taken]


def test_what_is_about_firms_and_places_stands_in_their_books_alone(site: Site) -> None:
    browser = site.browser("his coach")
    for form in forms_of(site, "coach"):
        if form.route in ABOUT_FIRMS_AND_STAFF:
            four_digits = {"area": "2711"} if "area" in form.texts else {}
            send(browser(), form, form.with_text(f"{WORD}-bedrijf") | four_digits)
    tables = {place.split(".")[0] for place in places_of(WORD.encode(), everything_in_the_databases())}
    assert tables == {"workplaces_workplace", "scouting_findingplace", "scouting_coachpage"}
