"""The whole site for tests that walk all of it: every route, an address for it with real objects, every member."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest
from django.db import models, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from ipta.accounts import entry
from ipta.accounts.models import Device, Person, Post, Role
from ipta.dossiers.models import Appointment, Dossier, NetworkPerson, Note, PhaseSpan, Step
from ipta.placements.models import Placement
from ipta.sharing import commands as sharing
from ipta.sharing import door
from ipta.sharing.entry import hand_code
from ipta.sharing.models import Grant
from ipta.workplaces.models import Workplace
from tests.cast import staff
from tests.conftest import BY_PASSWORD, sign_in

SHARED_WITH_DANA = "plan"


@dataclass(frozen=True)
class Route:
    name: str
    pattern: str
    desk: str
    parts: tuple[str, ...]  # what stands in the address: pk, note, number ...


def routes(resolver: URLResolver | None = None, space: str = "", before: str = "/") -> Iterator[Route]:
    """Every route of the site, out of the URL configuration."""
    for found in (resolver or get_resolver()).url_patterns:
        pattern = before + str(found.pattern)
        if isinstance(found, URLResolver):
            inner = f"{space}{found.namespace}:" if found.namespace else space
            yield from routes(found, inner, pattern)
        else:
            yield Route(f"{space}{found.name}", pattern, getattr(found.callback, "desk", ""), _parts(found))


def _parts(pattern: URLPattern) -> tuple[str, ...]:
    return tuple(pattern.pattern.converters or pattern.pattern.regex.groupindex)  # type: ignore[attr-defined]


ROUTES = {route.name: route for route in routes()}

# Which row of sem's stands in an address. `pk` says something else at each desk.
YOUTH_ROWS = {
    "youth:report": Step, "youth:finish": Step, "youth:drop": Step,
    "youth:close_appointment": Appointment, "youth:calendar": Appointment,
    "youth:remove_person": NetworkPerson, "youth:revoke": Grant, "youth:grant_again": Grant,
    "youth:view": Note, "youth:remove_device": Device,
}  # fmt: skip
COACH_ROWS = {
    "note": Note, "step": Step, "appointment": Appointment, "placement": Placement, "somebody": NetworkPerson,
    "span": PhaseSpan, "device": Device, "workplace": Workplace,
}  # fmt: skip
WORDS = {
    "number": 1, "section": SHARED_WITH_DANA, "kind": "gesprek", "uidb36": "1", "key": "a-b",
}  # fmt: skip
# What a button sends that is no form: without it the view cannot know what was meant.
SENT = {
    "coach:close_appointment": {"outcome": "happened"},
    "youth:close_appointment": {"outcome": "happened"},
    "coach:set_intensity": {"intensity": "light"},
    "coach:start_phase": {"phase": "match"},
    "coach:agree": {"number": "1"},
    "coach:witness": {"number": "1"},
    "youth:agree": {"number": "1"},
}


class Site:
    """Sem's dossier with everything in it that an address can name, and everybody who might ask for it."""

    def __init__(self, dossier: Dossier, people: dict[str, Person], opened: set[tuple[str, str]]) -> None:
        self.dossier, self.people = dossier, people
        self.opened = opened  # what the door opened, until somebody clears it
        self.dossier_ids = {"sem": str(dossier.pk)}
        for who, member in (("kim", "another youth"), ("ali", "youth elsewhere")):
            self.dossier_ids[who] = str(people[member].dossier.pk)
        self._addresses: dict[str, str] = {}

    def address(self, name: str) -> str:
        """The address of this route about sem."""
        if name not in self._addresses:
            kwargs = {part: self._value(name, part) for part in ROUTES[name].parts}
            self._addresses[name] = reverse(name, kwargs=kwargs)
        return self._addresses[name]

    def address_of_nothing(self, name: str) -> str:
        """The same address about something that was never there; empty when it names nothing."""
        kwargs = {part: self._value(name, part) for part in ROUTES[name].parts}
        ids = [part for part, value in kwargs.items() if not isinstance(value, str | int)]
        return reverse(name, kwargs=kwargs | {ids[0]: uuid4()}) if ids else ""

    def _value(self, name: str, part: str) -> Any:
        if part in WORDS:
            return WORDS[part]
        if part == "municipality":
            return self.dossier.municipality_id
        if part == "municipality":
            return self.dossier.municipality_id
        if part == "post":
            return Post.objects.get(person=self.people["guest"]).pk
        if part == "pk" and name.startswith("coach:"):
            return self.dossier.pk
        model: type[models.Model] = YOUTH_ROWS[name] if part == "pk" else COACH_ROWS[part]
        if model is Device:
            return Device.objects.get(person=self.dossier.youth).pk
        rows = model._default_manager.all()
        return (rows if model is Workplace else rows.filter(dossier=self.dossier)).first().pk  # type: ignore[union-attr]

    def browser(self, member: str) -> Callable[[], Client]:
        """The browser of this member, each time as he left it after signing in."""
        client = Client()
        if member == "no second factor":
            client.force_login(self.people["his coach"], backend=BY_PASSWORD)
        elif member != "nobody":
            client = sign_in(self.people[member])
        client.raise_request_exception = False
        cookies = client.cookies.output(header="", sep=";")

        def fresh() -> Client:
            client.cookies.clear()
            client.cookies.load(cookies)
            return client

        return fresh


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens inside did not happen afterwards."""
    with transaction.atomic(), transaction.atomic(using="keys"):
        yield
        transaction.set_rollback(True)
        transaction.set_rollback(True, using="keys")


def body(response: HttpResponse) -> str:
    return response.content.decode(errors="replace")


@pytest.fixture
def site(
    world: Dossier,
    kim: Person,
    ali: Person,
    stef: Person,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> Site:
    """Everybody, with their names in docs/access.md."""
    # What a page was made of is not looked at here, and remembering it takes a third of the time.
    monkeypatch.setattr("django.test.client.store_rendered_templates", lambda *_, **__: None)
    opened = _watch_the_door(monkeypatch)
    names = {
        "the youth": "sem", "his coach": "noor", "stand-in": "stef", "another coach": "bram",
        "coach elsewhere": "yara", "coach of before": "olga", "stand-in of before": "jip",
        "somebody who left": "nel", "another youth": "kim", "guest": "dana", "project leader": "lotte",
        "functional manager": "fem", "manager elsewhere": "vera", "youth elsewhere": "ali",
    }  # fmt: skip
    people = {member: request.getfixturevalue(name) for member, name in names.items()}
    people["professional"] = staff("Pim", "Wijkteam Zoetermeer", (world.municipality, Role.PROFESSIONAL))
    sharing.grant(world, section=SHARED_WITH_DANA, to=people["guest"], purpose="samen plannen", by=people["the youth"])
    code = entry.find_code(hand_code(world, by=people["his coach"]))
    assert code
    entry.use_code(code, pin="8316", label="Mijn telefoon")
    return Site(world, people, opened)


def _watch_the_door(monkeypatch: pytest.MonkeyPatch) -> set[tuple[str, str]]:
    """The places of which the door really opened a text."""
    opened: set[tuple[str, str]] = set()
    open_text = door.Reader.text

    def watched(reader: door.Reader, sealed: Any) -> str:
        text: str = open_text(reader, sealed)
        if text:
            opened.add((str(sealed.dossier_id), sealed.section))
        return text

    monkeypatch.setattr(door.Reader, "text", watched)
    return opened


MEMBERS = (
    "the youth", "his coach", "stand-in", "another coach", "coach elsewhere", "coach of before", "stand-in of before",
    "somebody who left", "another youth", "guest", "professional", "project leader", "functional manager",
    "manager elsewhere", "nobody", "no second factor",
)  # fmt: skip
