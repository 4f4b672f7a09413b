"""One run: an installation with so many dossiers, filled, asked and measured. Gives figures that JSON can hold."""

import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg

from bench import wire
from bench.client import Browser, NotThere, Visitor, measured
from bench.counting import HEADER
from bench.limits import limits
from bench.pages import ADMIN, FULL, OURS, YOUTH, YOUTH_PATHS, Page, missing
from bench.server import Server
from bench.site import Site, settings_of

CONNECTIONS = (1, 4)
LOGIN, ADMIN_LOGIN = "/accounts/login/", "/admin/login/"
WITHOUT_WALLS = ("today", "list", "overview", "timeline", "dossier", "note")
Run = dict[str, Any]
Visitors = dict[str, list[Visitor]]


def run(site: Site, seconds: float, say: Callable[[str], None]) -> Run:
    """Measure one installation."""
    with fsync(site, is_on=False):
        filled = site.prepare()
    os.sync()
    found: Run = {"database": site.database, "dossiers": site.dossiers, "fill": filled, "of": about(site)}
    who = signed_in(site)
    coaches = who["coaches"]
    say("  the bare parts")
    found["limits"] = limits(site, min(seconds, 2.0)) | _bare(site, seconds)
    found["pages"] = _ours(site, who, seconds, found, say)
    found["admin"] = _admin(site, coaches, seconds, say)
    if site.database == "postgres":
        with lowered(site):
            pages = [page for page in OURS if page.key in WITHOUT_WALLS]
            found["without_walls"] = _timed(site, pages, coaches, seconds, say, "without walls")
    return found


def signed_in(site: Site) -> Visitors:
    """Coaches and youths, with what their browsers hold. They are signed in anew for each run: sessions end."""
    told = json.loads(site.run("bench.signed_in"))
    return {who: [Visitor(**visitor) for visitor in them] for who, them in told.items()}


def about(site: Site) -> dict[str, str]:
    if site.database != "postgres":
        return {}
    with psycopg.connect(f"{site.server} dbname={site.name} user=ipta") as connection:
        asked = ("server_version", "shared_buffers", "fsync", "synchronous_commit")
        return {name: str(connection.execute(f"SHOW {name}").fetchone()[0]) for name in asked}  # type: ignore[index]


# --- the house ---------------------------------------------------------------------------------------------------


def _ours(site: Site, who: Visitors, seconds: float, found: Run, say: Callable[[str], None]) -> list[Run]:
    rows = []
    asked = ((OURS, who["coaches"]), (YOUTH, who["youths"]), (FULL, who["full"]))
    with Server(site, "ipta.wsgi:application", first_page=LOGIN) as server:
        found["ready_after_s"] = round(server.ready_after, 2)
        counts = {key: count for pages, visitors in asked for key, count in _counted(server, pages, visitors)}
        for pages, visitors in asked:
            if pages is FULL:
                found["memory"] = server.memory()
            for page in pages:
                if page.key in counts:
                    say(f"  {page.title}")
                    rows.append(_row(server, page, visitors, seconds) | counts[page.key])
        found["memory_full"] = server.memory()
        found["wire"] = [{"path": path} | wire.visited(server.port, who["youths"][0], path) for path in YOUTH_PATHS]
    return rows


def _admin(site: Site, coaches: Sequence[Visitor], seconds: float, say: Callable[[str], None]) -> list[Run]:
    clear = {"DJANGO_SETTINGS_MODULE": "bench.clear.settings"}
    cookies = json.loads(site.run("bench.clear.signed_in", **clear))
    everybody = [Visitor(dict(cookies), coach.dossiers) for coach in coaches]
    application = "bench.clear.wsgi:application"
    rows = []
    with Server(site, application, first_page=ADMIN_LOGIN, **clear) as server:
        counts = dict(_counted(server, ADMIN, everybody))
        for page in ADMIN:
            say(f"  admin: {page.title}")
            rows.append(_row(server, page, everybody, seconds) | counts[page.key])
    return rows


def _timed(
    site: Site, pages: Iterable[Page], visitors: Sequence[Visitor], seconds: float, say: Callable[[str], None], how: str
) -> list[Run]:
    with Server(site, "ipta.wsgi:application", first_page=LOGIN) as server:
        rows = []
        for page in pages:
            say(f"  {how}: {page.title}")
            _learn(server, page, visitors)
            figures = measured(page.act, visitors, server, connections=1, seconds=seconds)
            rows.append({"key": page.key, "title": page.title, "1": figures.as_dict()})
        return rows


def _row(server: Server, page: Page, visitors: Sequence[Visitor], seconds: float) -> Run:
    row: Run = {"key": page.key, "title": page.title}
    _learn(server, page, visitors)
    for connections in CONNECTIONS:
        figures = measured(page.act, visitors, server, connections=connections, seconds=seconds)
        row[str(connections)] = figures.as_dict()
    return row


def _learn(server: Server, page: Page, visitors: Iterable[Visitor]) -> None:
    """Everybody looks at the form once, before anything is timed."""
    if page.form:
        for visitor in visitors:
            browser = Browser(server.port)
            browser.visitor = visitor
            browser.learn(page.form(visitor))


def _counted(server: Server, pages: Iterable[Page], visitors: Sequence[Visitor]) -> Iterator[tuple[str, Run]]:
    """Of each page how often the database is asked for it and how large it is; and that it says what it should.

    A page that is not there (404 on its first question) is left out. Raises when words are missing.
    """
    for page in pages:
        worst: Run = {"queries": 0}
        try:
            _learn(server, page, visitors[:3])
        except NotThere:
            continue
        for visitor in visitors[:3]:
            browser = Browser(server.port, **{HEADER: "count"})
            browser.visitor = visitor
            for _ in range(2):  # the first time a worker opens its connections and reads its templates
                browser.seen.clear()
                page.act(browser, visitor)
            worst = max(worst, _count(page, browser, visitor), key=lambda count: count["queries"])
        yield page.key, worst


def _count(page: Page, browser: Browser, visitor: Visitor) -> Run:
    wrong = [answer.status for answer in browser.seen if answer.status not in {200, 302}]
    if wrong:
        raise RuntimeError(f"{page.title}: answered {wrong}\n{browser.seen[-1].text[:800]}")
    if absent := missing(page, browser, visitor):
        raise RuntimeError(f"{page.title}: {len(absent)} words are missing, such as {absent[:3]}")
    told = [[float(part) for part in answer.headers[HEADER].split()] for answer in browser.seen]
    return {
        "answers": len(told),
        "queries": int(max(line[0] for line in told)),  # of the answer that asks most
        "around": int(max(line[1] for line in told)),
        "told": int(max(line[2] for line in told)),
        "database_ms": round(sum(line[3] for line in told), 2),
        "bytes": sum(answer.bytes for answer in browser.seen),
        "words_found": len(list(page.shows(visitor))),
    }


# --- what lies under it ------------------------------------------------------------------------------------------


def _bare(site: Site, seconds: float) -> dict[str, Any]:
    """The server without anything behind it. What the client costs is best seen here."""
    with Server(site, "bench.bare:application", first_page="/") as server:
        visitors = [Visitor()]
        found = {
            str(connections): measured(
                _bare_page, visitors, server, connections=connections, seconds=min(seconds, 2.0)
            ).as_dict()
            for connections in CONNECTIONS
        }
    return {"bare_server": found}


def _bare_page(browser: Browser, _: Visitor) -> None:
    browser.get("/")


@contextmanager
def fsync(site: Site, *, is_on: bool) -> Iterator[None]:
    """Without waiting for the disk while a PostgreSQL is filled; what is measured always waits."""
    if site.database != "postgres":
        yield
        return
    with psycopg.connect(f"{site.server} dbname=postgres user=ipta", autocommit=True) as connection:
        connection.execute(f"ALTER SYSTEM SET fsync = {'on' if is_on else 'off'}")
        connection.execute("SELECT pg_reload_conf()")
        try:
            yield
        finally:
            connection.execute("ALTER SYSTEM RESET fsync")
            connection.execute("SELECT pg_reload_conf()")
            connection.execute("CHECKPOINT")


@contextmanager
def lowered(site: Site) -> Iterator[None]:
    """Without row-level security for a while, to see what it costs. Who asks is still told under its seal."""
    names = settings_of(site.environment())
    _walls(site, names, "DISABLE")
    try:
        yield
    finally:
        _walls(site, names, "ENABLE")


def _walls(site: Site, names: dict[str, str], verb: str) -> None:
    for name in (names["texts"], names["keys"]):
        with psycopg.connect(f"{site.server} dbname={name} user=ipta", autocommit=True) as connection:
            walled = connection.execute("SELECT relname FROM pg_class WHERE relforcerowsecurity").fetchall()
            for (table,) in walled:
                connection.execute(f'ALTER TABLE "{table}" {verb} ROW LEVEL SECURITY')
