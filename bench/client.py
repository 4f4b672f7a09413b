"""Browsers that ask and wait, each in a process of its own: `http.client` with a connection that stays open.

A time is from the first byte sent until the last byte read. What the client itself costs is measured on the server that
does nothing, and told beside the figures.
"""

import http.client
import re
import resource
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from html import unescape
from itertools import count
from multiprocessing import get_context
from typing import Any, Protocol
from urllib.parse import urlencode

RENEWED_EVERY = 25  # questions on one connection: each worker of the server gets its part
WARM_UP = 1.5
LEAST = 3  # acts for a figure; one where nobody waits a second for it
_TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')


class NotThere(Exception):
    """This house has no such page."""


@dataclass(slots=True)
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        return unescape(self.body.decode(errors="replace"))

    @property
    def bytes(self) -> int:
        """Over the wire, with the status line and the headers."""
        head = sum(len(name) + len(value) + 4 for name, value in self.headers.items())
        return len(self.body) + head + len("HTTP/1.1 200 OK\r\n\r\n")


@dataclass(slots=True)
class Visitor:
    """Somebody who is signed in. `dossiers`: those of his caseload; the last one is there to write in."""

    cookies: dict[str, str] = field(default_factory=dict)
    dossiers: list[dict[str, Any]] = field(default_factory=list)
    notes: int = 0  # in each of them
    turn: int = 0
    token: str = ""  # what a form must bring back

    def next_dossier(self) -> dict[str, Any]:
        """One after the other, so that no page is asked for twice in a row."""
        self.turn += 1
        return self.dossiers[self.turn % max(len(self.dossiers) - 1, 1)]


class Browser:
    """One connection, with the cookies of one visitor at a time."""

    def __init__(self, port: int, **headers: str) -> None:
        self.port, self.asked, self.headers = port, 0, headers
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=300)
        self.visitor = Visitor()
        self.seen: list[Answer] = []

    def get(self, path: str, **headers: str) -> Answer:
        return self._ask("GET", path, None, headers)

    def post(self, path: str, fields: dict[str, Any]) -> Answer:
        """Send a form, with the token that `learn` found."""
        sent = urlencode({"csrfmiddlewaretoken": self.visitor.token, **fields}, doseq=True)
        return self._ask("POST", path, sent, {"Content-Type": "application/x-www-form-urlencoded"})

    def learn(self, form: str) -> None:
        """Look at a form, to be able to send it. Raises `NotThere`."""
        page = self.get(form)
        if page.status == 404:
            raise NotThere(form)
        found = _TOKEN.search(page.body)
        if found is None:
            raise RuntimeError(f"{form} has no form ({page.status})")
        self.visitor.token = found[1].decode()

    def _ask(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> Answer:
        self.asked += 1
        if self.asked % RENEWED_EVERY == 0:
            self.connection.close()
        cookies = "; ".join(f"{name}={value}" for name, value in self.visitor.cookies.items())
        self.connection.request(method, path, body=body, headers={"Cookie": cookies, **self.headers, **headers})
        response = self.connection.getresponse()
        answer = Answer(response.status, response.msg, response.read())
        for cookie in response.msg.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.visitor.cookies[name] = value
        self.seen.append(answer)
        return answer


Act = Callable[[Browser, Visitor], None]


@dataclass(frozen=True, slots=True)
class Figures:
    """How it went: a second, and per act in milliseconds."""

    per_second: float
    p50: float
    p95: float
    p99: float
    acts: int
    client_ms: float  # processor time of the client itself, per act
    web_ms: float  # processor time of the workers
    database_ms: float  # processor time of PostgreSQL; SQLite works inside the workers

    def as_dict(self) -> dict[str, float]:
        return {name: round(getattr(self, name), 2) for name in self.__slots__}


class Asked(Protocol):
    """A server, and what it has worked since it began."""

    port: int

    def processor_seconds(self) -> tuple[float, float]: ...


def measured(act: Act, visitors: Sequence[Visitor], server: Asked, *, connections: int, seconds: float) -> Figures:
    """Let so many browsers do this one after the other. Raises `RuntimeError` when an act goes wrong."""
    _crowd(act, visitors, server.port, connections, min(WARM_UP, seconds), least=1)
    before = server.processor_seconds()
    found = _crowd(act, visitors, server.port, connections, seconds, least=LEAST if seconds >= 1 else 1)
    after = server.processor_seconds()
    acts = len(found.times)
    cuts = statistics.quantiles(found.times, n=100, method="inclusive") if acts > 1 else found.times * 99
    web, database = (end - begin for begin, end in zip(before, after, strict=True))
    return Figures(
        per_second=found.per_second,
        p50=cuts[49] * 1000,
        p95=cuts[94] * 1000,
        p99=cuts[98] * 1000,
        acts=acts,
        client_ms=found.processor / acts * 1000,
        web_ms=web / acts * 1000,
        database_ms=database / acts * 1000,
    )


@dataclass(slots=True)
class _Found:
    times: list[float] = field(default_factory=list)
    per_second: float = 0.0
    processor: float = 0.0


def _crowd(act: Act, visitors: Sequence[Visitor], port: int, connections: int, seconds: float, *, least: int) -> _Found:
    """Each browser in a process of its own."""
    context = get_context("fork")
    pipes = []
    for number in range(connections):
        ours, theirs = context.Pipe(duplex=False)
        mine = [visitors[i % len(visitors)] for i in range(number, max(len(visitors), connections), connections)]
        process = context.Process(target=_work, args=(act, mine, port, seconds, least, theirs))
        process.start()
        theirs.close()
        pipes.append((process, ours))
    found = _Found()
    for process, pipe in pipes:
        try:
            times, lasted, used = pipe.recv()
        except EOFError:
            raise RuntimeError("a browser of the bench broke off; what it said stands above") from None
        finally:
            process.join()
        found.times += times
        found.per_second += len(times) / lasted
        found.processor += used
    return found


def _work(act: Act, visitors: Sequence[Visitor], port: int, seconds: float, least: int, pipe: Any) -> None:
    browser = Browser(port)
    before, began = _processor_time(), time.perf_counter()
    times = _until(act, browser, visitors, seconds, least=least)
    pipe.send((times, time.perf_counter() - began, _processor_time() - before))
    pipe.close()


def _until(act: Act, browser: Browser, visitors: Sequence[Visitor], seconds: float, *, least: int) -> list[float]:
    times: list[float] = []
    end = time.perf_counter() + seconds
    for turn in count():
        browser.visitor = visitor = visitors[turn % len(visitors)]
        browser.seen.clear()
        began = time.perf_counter()
        act(browser, visitor)
        times.append(time.perf_counter() - began)
        wrong = [answer.status for answer in browser.seen if answer.status not in {200, 302}]
        if wrong:
            raise RuntimeError(f"answered {wrong}: {browser.seen[-1].text[:500]}")
        if time.perf_counter() > end and len(times) >= least:
            return times
    raise AssertionError


def _processor_time() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime
