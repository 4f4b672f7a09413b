"""The matrix: every address of the site x every member x every method, beside docs/access.md.

The table is written by hand and read by people; nothing of it comes from the policies of the code. `Asking` sends one
member to the doors, and notes what went otherwise than the table says: who got in, whose words were on a page, in a
header, a file, a mail or a log line, and what was read without its line in the reading log.
"""

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from urllib.parse import unquote

import pikepdf
from django.core import mail
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory, TestCase

from ipta.sharing.models import Look
from ipta.vault.rules import SECTIONS
from tests.cast import CANARY
from tests.house.code import ROOT
from tests.house.headers import missing
from tests.house.site import MEMBERS, ROUTES, Site, body, undone

TABLE = (ROOT / "docs" / "access.md").read_text()
CODED = re.compile(rf"{CANARY}-(\w+?)-(\w+)")
NOT_IN = {"nobody", "network guest cut"}  # whose session is over is nobody
# Those whose right is over, or who never have one.
WITHOUT_RIGHTS = (
    "coach to come", "coach of before", "stand-in of before", "emergency of before", "somebody who left",
    "guest withdrawn", "guest expired", "guest to come", "professional", "project leader", "manager elsewhere",
)  # fmt: skip
SIGNED_IN = set(MEMBERS) - NOT_IN - {"no second factor"}
HAS_WALLS = connection.vendor == "postgresql"
# The two other dossiers of the cast, so that their words may stand on the pages of their own people.
OWN_DOSSIERS = {"another coach": {"kim"}, "another youth": {"kim"}, "coach elsewhere": {"ali"}}


# --- The table --------------------------------------------------------------------------


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
        who |= SIGNED_IN | NOT_IN
    found = who - {"everybody", "everybody signed in"} - {name.strip() for name in but.split(",")}
    assert found <= set(MEMBERS), f"docs/access.md names {found - set(MEMBERS)}"
    return found


METHODS = {"get": "looks", "post": "sends"}
OTHER_METHODS = ("put", "patch", "delete", "options")
# What people and machines hang on an address to see more: all of it is passed over.
SEARCHING = "q=kwetter&zoek=kwetter&page=2&per_page=1000&sort=-text&order_by=dossier__nickname&filter=all&scope=all"
NAMING = "format=json&export=csv&download=1&expand=all&include=notes,steps&fields=*&dossier={sem}&pk={sem}&id={sem}"


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


@cache
def is_turned_away(name: str, method: str) -> bool:
    """Whether the address refuses this method to everybody: of a request with no session and nobody in it."""
    try:
        response = ROUTES[name].view(getattr(RequestFactory(), method)("/"), **dict.fromkeys(ROUTES[name].parts, ""))
    except AttributeError:  # it looked for the session, or for who asks
        return False
    return response.status_code == HTTPStatus.METHOD_NOT_ALLOWED


# --- One member at every door -----------------------------------------------------------


class Asking:
    """One member at every door, and what went otherwise than the table says."""

    def __init__(self, site: Site, member: str) -> None:
        self.site, self.member = site, member
        self.browser: Callable[[], Client] = site.browser(member)
        self.rights = self._rights()
        self.not_there = body(Client().get("/bestaat-niet/"))  # the same for everybody, signed in or not
        self.wrong: list[str] = []
        self.seen: set[tuple[str, str]] = set()  # whose words of which section were shown
        self.cells = self.unlogged = 0

    @property
    def stolen(self) -> list[str]:
        """What was wrong in the worst way: somebody's words were shown, sent or logged."""
        return [wrong for wrong in self.wrong if any(f": {verb} [" in wrong for verb in ("shows", "mails", "logs"))]

    def _rights(self) -> set[tuple[str, str]]:
        own = {("sem", section) for section in READS.get(self.member, ())}
        return own | {(who, section) for who in OWN_DOSSIERS.get(self.member, ()) for section in SECTIONS}

    def everywhere(self) -> None:
        """Every address, looked at and sent to, with what may hang on it, and with a row of another youth in it.

        Behind the walls of PostgreSQL those without any right share the addresses: each is asked by one of them.
        """
        for number, address in enumerate(ADDRESSES.values()):
            if HAS_WALLS and self.member in WITHOUT_RIGHTS and not self._is_the_turn_of(number, WITHOUT_RIGHTS):
                continue
            at = self.site.address(address.name)
            for method in self._methods(number, address):
                self.ask(address, method, at)
            for query in self._queries(address):
                self.ask(address, "get", f"{at}?{query.format(sem=self.site.dossier.pk)}")
            for mixed in self.site.mixed(address.name, self.member):
                for method in address.answers:
                    self.ask(address, method, mixed, is_there=False)

    def _methods(self, number: int, address: Address) -> Iterator[str]:
        """What an address refuses to everybody alike is asked by one, turn by turn; HEAD by who gets in."""
        is_their_turn = self._is_the_turn_of(number, MEMBERS) and not HAS_WALLS
        for method in (*METHODS, *OTHER_METHODS):
            if is_their_turn or method in address.answers or not is_turned_away(address.name, method):
                yield method
        if is_their_turn or ("get" in address.answers and self._is_let_in(address) and not HAS_WALLS):
            yield "head"

    def _is_the_turn_of(self, number: int, members: tuple[str, ...]) -> bool:
        return members[number % len(members)] == self.member

    def _queries(self, address: Address) -> tuple[str, ...]:
        """Apart for who gets in, so that none hides another; all at once for who does not, where no wall stands."""
        if "get" not in address.answers:
            return ()
        if self._is_let_in(address):
            return (SEARCHING, NAMING)
        return () if HAS_WALLS else (f"{SEARCHING}&{NAMING}",)

    def _is_let_in(self, address: Address) -> bool:
        yes, own = LOCKS[address.lock]
        return self.member in yes | own

    def ask(self, address: Address, method: str, at: str = "", *, is_there: bool = True) -> None:
        """`is_there`: whether what the address names exists; what is mixed of two dossiers does not."""
        self.site.opened.clear()
        self.site.told_to_logs.clear()
        mail.outbox.clear()
        self.cells += 1
        with undone():
            before = Look.objects.count()
            with TestCase.captureOnCommitCallbacks(execute=True):  # mails go when all is written
                response = self.send(method, at or self.site.address(address.name), address)
            objections = [
                self._answers_wrongly(address, method, response) if is_there else self._answers_at_all(response),
                self._shows_too_much(response, before),
                self._tells_too_much(),
                self._lets_a_browser_do_too_much(response),
            ]
        self.wrong += [
            f"{self.member}: {method.upper()} {address.name} -> {response.status_code}: {objection}"
            for objection in filter(None, objections)
        ]

    def send(self, method: str, at: str, address: Address) -> HttpResponse:
        sent = self.site.sent(address.name) if method == "post" else {}
        response: HttpResponse = getattr(self.browser(), method)(at, sent)
        return response

    def _answers_wrongly(self, address: Address, method: str, response: HttpResponse) -> str:
        if response.status_code >= 500:
            return "a fault"
        if response.status_code == 404 and method != "head" and body(response) != self.not_there:
            return "another page than for what is not there"
        if (method if method != "head" else "get") not in address.answers:
            is_said = method == "options" and not body(response)  # which methods there are
            is_turned_away = response.status_code in {302, 404, 405} or is_said
            return "" if is_turned_away else "shows something, and the table does not say so"
        if self._is_let_in(address):
            return self._does_not_get_in(address, response)
        return self._gets_in(address, response)

    def _answers_at_all(self, response: HttpResponse) -> str:
        is_refused = response.status_code == 404 and body(response) in {self.not_there, ""}
        return "" if is_refused else "knows a row of another dossier"

    def _does_not_get_in(self, address: Address, response: HttpResponse) -> str:
        if address.lock in {"everybody", "out", "staff", "own account", "second factor"}:
            return ""  # signing in sends people about: to the door, to the second factor, to the password
        doors = ("/accounts/", "/binnen/?", "/mee/verder/?")
        to_a_door = response.headers.get("Location", "").startswith(doors)
        return "does not get in" if response.status_code == 404 or to_a_door else ""

    def _gets_in(self, address: Address, response: HttpResponse) -> str:
        goes_to = response.headers.get("Location", "") if response.status_code == 302 else ""
        if self.member in NOT_IN and address.lock != "closed":
            doors = ("/accounts/login/", "/binnen/", "/mee/verder/")
            return "" if goes_to.startswith(doors) else "is not sent to the door"
        if self.member == "no second factor":
            return "" if goes_to.startswith("/accounts/2fa/totp/activate/") else "is not sent to set up a second factor"
        return "" if response.status_code == 404 else "gets in"

    def _shows_too_much(self, response: HttpResponse, looks_before: int) -> str:
        """Words of a dossier on the page: each with a right. What was opened: each with its line in the reading log."""
        said = set(CODED.findall("\n".join(everything_in(response))))
        self.seen |= said
        if stolen := said - self.rights:
            return f"shows {sorted(stolen)}"
        count = Look.objects.count() - looks_before
        new = list(Look.objects.order_by("-at", "-number")[:count]) if count else []
        if refused := {look.section for look in new if look.result == "refused"}:
            return f"was stopped by the door alone, for {sorted(refused)}"
        lines = [(str(look.about), look.section) for look in new]
        shown = {(self.site.dossier_ids[who], section) for who, section in said} | self.site.opened
        if unwritten := shown - set(lines):
            self.unlogged += len(unwritten)
            return f"opens without a line in the reading log {sorted(unwritten)}"
        return "writes a line twice" if len(lines) != len(set(lines)) else ""

    def _tells_too_much(self) -> str:
        """No mail says anything of anybody: it is read on a lock screen, by a family. Nor does a log line."""
        mailed = {found for message in mail.outbox for found in CODED.findall(message.message().as_string())}
        logged = set(CODED.findall("\n".join(self.site.told_to_logs)))
        if mailed:
            return f"mails {sorted(mailed)}"
        return f"logs {sorted(logged)}" if logged else ""

    def _lets_a_browser_do_too_much(self, response: HttpResponse) -> str:
        stays = ["stays in the browser"] * ("no-store" not in response.headers.get("Cache-Control", ""))
        return ", ".join(missing(response) + stays)


def everything_in(response: HttpResponse) -> Iterator[str]:
    """All that reaches who asked: the page, its headers, and what stands in a file and in the data about that file."""
    yield unquote(str(response.headers))
    if response.streaming:
        yield b"".join(response).decode(errors="replace")  # type: ignore[call-overload]
        return
    yield body(response)
    if response.content and response.headers.get("Content-Type", "").startswith("application/pdf"):
        yield from _everything_in_pdf(response.content)


def _everything_in_pdf(content: bytes) -> Iterator[str]:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        yield repr(pdf.trailer)
        for thing in pdf.objects:
            yield repr(thing)
            if isinstance(thing, pikepdf.Stream):
                yield thing.read_bytes().decode(errors="replace")
