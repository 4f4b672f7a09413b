"""The whole site for tests that walk all of it: every route, an address for it with real objects, every member."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import models, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from ipta.accounts import entry, guests, rules
from ipta.accounts.models import CalendarFeed, Device, GuestLink, Link, LostFactor, Person, Post, Role
from ipta.base import clock
from ipta.dossiers.commands import cut, drop, promise, settle
from ipta.dossiers.corrections.commands import answer_correction, ask_correction
from ipta.dossiers.corrections.models import Correction
from ipta.dossiers.messages.checking import Voice
from ipta.dossiers.messages.commands import open_messages, send_message, take_back_message
from ipta.dossiers.models import (
    Appointment,
    Coachship,
    Dossier,
    Message,
    NetworkPerson,
    Note,
    Paper,
    PhaseSpan,
    Specialist,
    Step,
)
from ipta.dossiers.specialists.commands import add_specialist
from ipta.law import commands as law
from ipta.law.models import Hold, Proof, Wish
from ipta.placements.models import Placement
from ipta.plans import commands as plans
from ipta.plans.rules import ELEMENTS, SPOKEN_OF
from ipta.scans.assessments.commands import answer_assessment, propose_assessment
from ipta.scans.instruments.answers import Answers
from ipta.scans.instruments.commands import load_instrument, save_answers, sign_off, start_sheet
from ipta.scans.instruments.definition import read_definition
from ipta.scans.instruments.shelf import shelve
from ipta.scans.instruments.values import value_of
from ipta.scans.models import Assessment, FilledSheet, InstrumentVersion, Saying, SecondLook, Statement
from ipta.scans.talk.commands import say, say_better, take_back
from ipta.scans.told.commands import answer, cite, conclude, look_again
from ipta.scans.told.sections import SECTION_OF
from ipta.scouting import commands as scouting
from ipta.scouting.models import CoachPage, FindingPlace, Referral
from ipta.sharing import commands as sharing
from ipta.sharing import door
from ipta.sharing.asked.commands import ask_for
from ipta.sharing.asked.models import SharingRequest
from ipta.sharing.entry import hand_code
from ipta.sharing.guests import invite_guest
from ipta.sharing.help.commands import answer_help, ask_help
from ipta.sharing.models import Consultation, Emergency, Grant, HelpRequest, Warning
from ipta.sharing.review import Week
from ipta.sharing.rules import number_of
from ipta.sharing.warning.commands import Receiver, Wait, answer_consultation, give, warn
from ipta.sharing.warning.reading import told
from ipta.sharing.warning.rules import Picked
from ipta.sharing.why.commands import explain
from ipta.sharing.why.models import LookQuestion
from ipta.workplaces.models import Workplace
from ipta.wraparound import commands as wraparound
from ipta.wraparound.agreed import commands as agreed
from ipta.wraparound.invited.commands import send_invitation
from ipta.wraparound.invited.letters import Letter
from ipta.wraparound.models import Condition, Contribution, Invitee, Meeting
from ipta.wraparound.table import commands as table
from tests import files
from tests.cast import CANARY, canary, days_ago, staff
from tests.conftest import BY_PASSWORD, sign_in
from tests.method.instruments.made import file_of, item, questionnaire

SHARED_WITH_DANA = "plan"
LAST_WEEK = Week.of(days_ago(7))


@dataclass(frozen=True)
class Route:
    name: str
    pattern: str
    view: Callable[..., HttpResponse]
    parts: tuple[str, ...]  # what stands in the address: pk, note, number ...

    @property
    def desk(self) -> str:
        return getattr(self.view, "desk", "")


def routes(
    resolver: URLResolver | None = None, space: str = "", before: str = "/", parts: tuple[str, ...] = ()
) -> Iterator[Route]:
    """Every route of the site, out of the URL configuration."""
    for found in (resolver or get_resolver()).url_patterns:
        pattern = before + str(found.pattern)
        if isinstance(found, URLResolver):
            inner = f"{space}{found.namespace}:" if found.namespace else space
            yield from routes(found, inner, pattern, parts + _parts(found))
        else:
            yield Route(f"{space}{found.name}", pattern, found.callback, parts + _parts(found))


def _parts(pattern: URLPattern | URLResolver) -> tuple[str, ...]:
    return tuple(pattern.pattern.converters or pattern.pattern.regex.groupindex)  # type: ignore[attr-defined]


ROUTES = {route.name: route for route in routes()}

# Which row of sem's stands in an address. `pk` says something else at each desk.
YOUTH_ROWS = {
    "youth:report": Step, "youth:finish": Step, "youth:drop": Step,
    "youth:settle": Step, "youth:cut": Step,
    "youth:close_appointment": Appointment, "youth:calendar": Appointment,
    "youth:remove_person": NetworkPerson, "youth:change_person": NetworkPerson,
    "youth:guest": NetworkPerson, "youth:invite_guest": NetworkPerson, "youth:renew_code": NetworkPerson,
    "youth:cut_guest": NetworkPerson, "network:paper": Paper, "youth:grant_item": Step,
    "youth:share_promised": NetworkPerson,
    "network:take_on": Contribution,
    "youth:revoke": Grant, "youth:grant_again": Grant, "youth:confirm": Grant,
    "youth:answer_request": SharingRequest, "youth:see_answer": LookQuestion, "youth:ask_correction": Note,
    "youth:end_emergency": Emergency, "youth:view": Note, "youth:remove_device": Device,
    "youth:answer_assessment": Assessment,
    "youth:sheet": FilledSheet, "youth:sheet_again": FilledSheet,
    "youth:say_better": Saying, "youth:take_back": Saying,
    "youth:answer_told": Statement,
    "youth:invitee": Invitee, "youth:uninvite": Invitee, "youth:send_invitation": Invitee,
    "youth:drop_condition": Condition, "youth:come_true": Condition, "youth:put_aside": Condition,
    "youth:agreed_at": Meeting,
    "youth:complain": Warning,
    "youth:call_off_wish": Wish,
    "youth:open_paper": Paper, "youth:remove_paper": Paper,
}  # fmt: skip
COACH_ROWS = {
    "note": Note, "step": Step, "appointment": Appointment, "placement": Placement, "somebody": NetworkPerson,
    "span": PhaseSpan, "ship": Coachship, "device": Device, "workplace": Workplace,
    "sheet": FilledSheet, "saying": Saying, "statement": Statement, "look": SecondLook,
    "emergency": Emergency, "grant": Grant, "item": Step, "asked": SharingRequest, "correction": Correction,
    "paper": Paper, "message": Message, "place": FindingPlace, "question": HelpRequest, "specialist": Specialist,
    "version": InstrumentVersion, "assessment": Assessment,
    "invitee": Invitee, "condition": Condition, "meeting": Meeting,
    "warning": Warning, "consult": Consultation,
    "wish": Wish, "hold": Hold, "proof": Proof,
}  # fmt: skip
IN_BOOKS = (Workplace, FindingPlace, Specialist, Proof)  # of a municipality, not of a dossier
# Whose dossier stands in an address, and whose row, when the two are mixed.
MIXED = {
    "his coach": ("sem", "kim"), "stand-in": ("sem", "kim"), "emergency": ("sem", "kim"),
    "another coach": ("kim", "sem"), "coach elsewhere": ("ali", "sem"),
}  # fmt: skip
WORDS: dict[str, Any] = {
    "year": LAST_WEEK.year, "week": LAST_WEEK.number, "number": 1, "section": SHARED_WITH_DANA, "kind": "gesprek",
    "uidb36": "1", "key": "a-b", "token": "het-geheim-van-een-adres",
    "shelf": "skill", "which": "jongeren", "card": "toekomst", "point": "own_1", "who": "jongere",
    "record": "contacts", "purpose": "match",
}  # fmt: skip
# What a button sends that is no form: without it the view cannot know what was meant.
SENT = {
    "coach:close_appointment": {"outcome": "happened"},
    "coach:reminded": {"moment": "evening"},
    "youth:close_appointment": {"outcome": "happened"},
    "coach:settle": {"outcome": "worked"},
    "youth:settle": {"outcome": "worked"},
    "coach:tell_referrer": {"told": "trying"},
    "coach:set_intensity": {"intensity": "light"},
    "coach:start_phase": {"phase": "match"},
    "coach:search": {"wanted": CANARY},
    "coach:agree": {"number": "3"},
    "coach:witness": {"number": "3"},
    "youth:agree": {"number": "1"},  # also of another youth, who has no other text
    "coach:attend": {"wie": "jongere"},
    "youth:attend": {"wie": "jongere"},
    "coach:answer_assessment": {"answer": "no"},
    "coach:begin_sheet": {"list": "urn:ipta:test:lijst", "voice": "coach"},
    "youth:begin_sheet": {"list": "urn:ipta:test:lijst", "voice": "youth"},
}


TOKENS = {kind: f"de-link-{kind}" for kind in [*Link.Kind.values, "guest"]}
LINKS = {
    "coach:refer": Link.Kind.REFERRAL, "coach:referred": Link.Kind.REFERRED, "network:door": "guest",
    "invited:invitation": Link.Kind.INVITE, "receiver:letter": Link.Kind.WARNING,
}  # fmt: skip


# Days ago that it began and ended, and whether the youth took it back.
OTHER_GUESTS = {
    "guest withdrawn": (9, -80, True),
    "guest expired": (90, 1, False),
    "guest to come": (-2, -80, False),
}


class Site:
    """Sem's dossier with everything in it that an address can name, and everybody who might ask for it."""

    def __init__(self, dossier: Dossier, people: dict[str, Person], opened: set[tuple[str, str]]) -> None:
        self.dossier, self.people = dossier, people
        self.opened = opened  # what the door opened, until somebody clears it
        self.told_to_logs: list[str] = []  # what stood in a log line that should stand in none
        self.dossiers = {
            "sem": dossier,
            "kim": people["another youth"].dossier,
            "ali": people["youth elsewhere"].dossier,
        }
        self.dossier_ids = {who: str(theirs.pk) for who, theirs in self.dossiers.items()}
        self._addresses: dict[str, str] = {}

    def address(self, name: str) -> str:
        """The address of this route about sem."""
        if name not in self._addresses:
            self._addresses[name] = reverse(name, kwargs=self._parts(name))
        return self._addresses[name]

    def address_of_nothing(self, name: str) -> str:
        """The same address about something that was never there; empty when it names nothing."""
        parts = self._parts(name)
        ids = [part for part, value in parts.items() if not isinstance(value, str | int)]
        return reverse(name, kwargs=parts | {ids[0]: uuid4()}) if ids else ""

    def mixed(self, name: str, member: str) -> Iterator[str]:
        """The same address with a dossier this member reads and a row of another one."""
        if member not in MIXED or ROUTES[name].desk != "coach" or "pk" not in ROUTES[name].parts:
            return
        own, other = (self.dossiers[who] for who in MIXED[member])
        parts = self._parts(name)
        for part in parts.keys() & (COACH_ROWS.keys() - {"workplace", "place", "version"}):
            with suppress(AttributeError, ObjectDoesNotExist):  # the other has no such row
                yield reverse(name, kwargs=parts | {"pk": own.pk, part: self._row(COACH_ROWS[part], other)})

    def sent(self, name: str) -> dict[str, str]:
        """What a form or a button of this route sends, where the view cannot do without."""
        if name == "coach:take":
            return {"number": number_of(self.dossier.pk), "reason": "Hij staat voor de deur en Noor neemt niet op."}
        return SENT.get(name, {})

    def _parts(self, name: str) -> dict[str, Any]:
        return {part: self._value(name, part) for part in ROUTES[name].parts}

    def _value(self, name: str, part: str) -> Any:
        if part == "token" and name in LINKS:
            return TOKENS[LINKS[name]]
        if part == "kind" and name in {"youth:grant_item", "coach:grant_item", "coach:ask_for_item"}:
            return "step"
        if part in WORDS:
            return WORDS[part]
        if part == "municipality":
            return self.dossier.municipality_id
        if part == "post":
            return Post.objects.get(person=self.people["guest"]).pk
        if part == "person" or name == "youth:seen_by":
            return self.people["network guest"].pk
        if name == "network:settle":
            return Step.objects.exclude(somebody=None).get(dossier=self.dossier).pk
        if part == "lost":
            return LostFactor.objects.get().pk
        if part == "why":
            who = self.people["network guest" if name.startswith("network:") else "guest"]
            return LookQuestion.objects.get(dossier=self.dossier, reader=who).pk
        if part == "message" or name in ("youth:voice", "youth:take_back_message"):
            return self._message(name)
        if part == "pk" and name.startswith("mfa_"):
            return 1
        if part == "pk" and name.startswith("coach:"):
            return self.dossier.pk
        return self._row(YOUTH_ROWS[name] if part == "pk" else COACH_ROWS[part], self.dossier)

    def _message(self, name: str) -> Any:
        """One with a voice, or one of who can take it back."""
        if name.endswith(":voice"):
            return self.dossier.message_set.exclude(kind="").get().pk
        writer = self.people["the youth" if name.startswith("youth:") else "his coach"]
        return self.dossier.message_set.filter(written_by=writer, taken_back_at=None).first().pk  # type: ignore[union-attr]

    @staticmethod
    def _row(model: type[models.Model], dossier: Dossier) -> Any:
        if model is Emergency:
            return Emergency.objects.now().get(dossier=dossier).pk
        if model is Coachship:
            return Coachship.objects.now().filter(dossier=dossier, is_stand_in=True).first().pk  # type: ignore[union-attr]
        if model is InstrumentVersion:
            return InstrumentVersion.objects.exclude(instrument__municipality=None).get().pk
        if model is Device:
            return Device.objects.get(person=dossier.youth).pk
        rows = {
            Invitee: Invitee.objects.filter(came_along=False),  # of the meeting that is being prepared
            Condition: Condition.objects.asking(),
            Contribution: Contribution.objects.exclude(invitee__somebody=None),
        }.get(model, model._default_manager.all())
        return (rows if model in IN_BOOKS else rows.filter(dossier=dossier)).first().pk  # type: ignore[union-attr]

    def browser(self, member: str) -> Callable[[], Client]:
        """The browser of this member, each time as he left it after signing in."""
        client = Client()
        if member == "no second factor":
            client.force_login(self.people["his coach"], backend=BY_PASSWORD)
        elif member != "nobody":
            client = sign_in(self.people[member])
        client.get("/binnen/weg/")  # the first answer writes the session: once here, and not undone at every page
        if member == "network guest cut":
            guests.close(self.people[member])
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
    """What one reads there: what was looked for is marked, and a mark cuts no word in two."""
    return response.content.decode(errors="replace").replace("<mark>", "").replace("</mark>", "")


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
        "coach elsewhere": "yara", "coach to come": "tess", "coach of before": "olga", "stand-in of before": "jip",
        "emergency": "rik", "emergency of before": "ivo",
        "somebody who left": "nel", "another youth": "kim", "guest": "dana", "project leader": "lotte",
        "functional manager": "fem", "manager elsewhere": "vera", "youth elsewhere": "ali",
        "privacy officer": "pepijn",
    }  # fmt: skip
    people = {member: request.getfixturevalue(name) for member, name in names.items()}
    door.Reader(people["his coach"]).unlock([world], "identity")  # a reading that the youth can name by its number: 1
    _links(world, people["his coach"])
    _plan(world, people["his coach"], people["the youth"])
    CoachPage.objects.create(person=people["his coach"], token=WORDS["token"], story="Hoi.", photo=b"een foto")
    CalendarFeed.objects.create(person=people["his coach"], token_hash=rules.hashed(WORDS["token"]))
    other_manager = staff("Ada", "Gemeente Zoetermeer", (world.municipality, Role.FUNCTIONAL_MANAGER))
    LostFactor.objects.create(person=people["guest"], municipality=world.municipality, asked_by=other_manager)
    people["professional"] = staff("Pim", "Wijkteam Zoetermeer", (world.municipality, Role.PROFESSIONAL))
    people |= _guests(world, people["guest"], by=people["the youth"])
    people |= _network(world, people["the youth"])
    code = entry.find_code(hand_code(world, by=people["his coach"]))
    assert code
    entry.use_code(code, pin="8316", label="Mijn telefoon")
    found = Site(world, people, opened)
    _ask_help(world, people["his coach"], people["functional manager"], monkeypatch)
    _fill_in(world, people["his coach"], people["the youth"])
    people["second person"] = staff("Sara", "Gedragsdeskundigen", (world.municipality, Role.PROFESSIONAL))
    _warn(world, people["his coach"], people["second person"], monkeypatch)
    _talk(world, people["his coach"], people["the youth"])
    _write(world, people["his coach"], people["the youth"])
    _tell(world, people["his coach"], people["the youth"])
    _lay_on_the_table(world, people["his coach"], people["the youth"], monkeypatch)
    _hold_the_reins(world, people)
    _keep_the_law(world, people["his coach"], people["the youth"], asked_by=other_manager)
    own = file_of(item("eigen"), url="urn:ipta:test:eigen", title="Van de gemeente")
    load_instrument(world.municipality, own, by=people["functional manager"], is_draft=True)
    _listen_to_the_logs(found, request)
    return found


def _links(dossier: Dossier, coach: Person) -> None:
    """He was brought in by somebody without an account."""
    scouting.tell_referrer(
        Referral.objects.create(dossier=dossier, role="police", knows="yes", name=f"{CANARY}-sem-contacts"),
        "talking",
        by=coach,
    )
    ends_at = clock.now() + timedelta(days=9)
    about = {Link.Kind.REFERRAL: coach.pk, Link.Kind.REFERRED: Referral.objects.get(dossier=dossier).pk}
    for kind, pk in about.items():
        token_hash = rules.hashed(TOKENS[kind])
        Link.objects.create(kind=kind, about=pk, token_hash=token_hash, made_by=coach, ends_at=ends_at)


def _plan(dossier: Dossier, coach: Person, youth: Person) -> None:
    """A text in force in which both speak of everything, and one that waits; a step in small ones, and one dropped."""
    word = canary("sem", "plan")
    both = {"youth": f"{word} zegt hij", "coach": f"{word} zegt zij", "typed": "coach"}
    text = {
        "goals": [{"domain": "work", "goal": f"{word} wens", "strategy": "learn", **both}],
        "elements": dict.fromkeys(ELEMENTS, f"{word} samen"),
        "voices": dict.fromkeys(SPOKEN_OF, both),
        "strategy": "learn",
    }
    in_force = plans.propose(dossier, based_on=1, by=coach, **text)
    for by in (coach, youth):
        plans.agree(in_force, by=by)
    plans.propose(dossier, based_on=2, by=youth, **text)
    whole = promise(dossier, text=f"{word} geheel", owner="youth", domain="work", by=youth)
    first, _second = cut(whole, texts=[f"{word} klein", f"{word} kleiner"], by=coach)
    settle(first, outcome="otherwise", words=f"{word} zo ging het", by=youth)
    drop(promise(dossier, text=f"{word} niet meer nodig", owner="coach", by=coach), by=coach)


def _ask_help(dossier: Dossier, coach: Person, manager: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two questions to a specialist, one of them answered. Who has the link reads it: no word of it is a canary."""
    words = {"organisation": "Wonen Plus", "fields": ["housing"], "answers_within": 3}
    specialist = add_specialist(dossier.municipality, by=manager, **words)
    before, _token = ask_help(dossier, specialist, question="Kan het snel?", is_discussed=True, by=coach)
    answer_help(before, reply="answer", words="Ja, woensdag.", by=coach)
    with monkeypatch.context() as patch:
        patch.setattr(rules, "new_token", lambda: WORDS["token"])
        ask_help(dossier, specialist, question="Kan hij komen kijken?", is_discussed=True, by=coach)


LIST = "urn:ipta:test:lijst"


def _warn(dossier: Dossier, coach: Person, second: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    """Something he is told of later, something nobody told yet, and something that was told, with a link that works.

    Who has the link, and who thinks along, reads what was meant for him: no word of that is a canary.
    """
    word = canary("sem", "contacts")
    named = Receiver(f"{word} naam", f"{word} functie", f"{word} organisatie")
    picked = [Picked("note", uuid4(), "contacts", f"{word} gekozen")]
    pia = staff("Pia", "Wijkteam", (dossier.municipality, Role.PROFESSIONAL))
    for wait in (Wait(clock.today() + timedelta(days=3), f"{word} nu zou het gevaarlijk zijn"), None):
        asked = warn(
            dossier, ground="code", facts=f"{word} dit zijn de feiten.", receiver=named, items=picked, way="voice",
            hours=24, second=pia, wait=wait, by=coach,
        )  # fmt: skip
        answer_consultation(asked.asked_of, answer="yes", words=f"{word} eens", by=pia)
    items = [Picked("step", uuid4(), "plan", "Een stap.")]
    warning = warn(
        dossier, ground="acute", facts="Hij gaat morgen iemand opwachten.", receiver=Receiver("Ans", "", "Politie"),
        items=items, way="link", hours=72, second=second, by=coach,
    )  # fmt: skip
    with monkeypatch.context() as patch:
        patch.setattr(rules, "new_token", lambda: TOKENS[Link.Kind.WARNING])
        give(warning, told=told(warning, door.Reader(coach)), by=coach)


def _fill_in(dossier: Dossier, coach: Person, youth: Person) -> None:
    """A questionnaire that is done, and then one that the youth has begun, each with a word of its own in it."""
    asks = questionnaire(item("woorden", "text"), url=LIST, title="Wat gaat goed?")
    version, _is_new = shelve(read_definition(asks), None, None)
    for voice, by in (("coach", coach), ("youth", youth)):
        sheet = start_sheet(dossier, version, voice=voice, by=by)
        answers = Answers({("woorden",): (value_of("String", f"{canary('sem', 'scores')} lijst"),)})
        keep = sign_off if voice == "coach" else save_answers
        keep(sheet, answers, seen=0, by=by, together_with=f"{canary('sem', 'scores')} samen")
    word = canary("sem", "scores")
    test = propose_assessment(dossier, what=f"{word} test", why=f"{word} want", by_whom=f"{word} wie", by=coach)
    answer_assessment(test, answer="yes", own_words=f"{word} goed", by=coach)


def _talk(dossier: Dossier, coach: Person, youth: Person) -> None:
    """Words of each voice, said better and taken back. The first ones his coach typed for him: both may change them."""
    word = canary("sem", "scores")
    say(dossier, card="future", text=f"{word} toekomst", by=coach)
    say(dossier, card="future", text=f"{word} opgemerkt", voice="coach", by=coach)
    say_better(say(dossier, card="future", text=f"{word} eerst", by=youth), text=f"{word} beter", by=youth)
    take_back(say(dossier, card="people", text=f"{word} terug", by=youth), by=youth)


def _write(dossier: Dossier, coach: Person, youth: Person) -> None:
    """Messages both ways, opened and not, with a voice in which the word can be heard; the last ones wait."""
    word = canary("sem", "contacts")
    voice = Voice("webm", files.VOICE + word.encode())
    take_back_message(send_message(dossier, text=f"{word} terug", by=youth), by=youth)
    send_message(dossier, text=f"{word} aan jou", by=coach)
    open_messages(dossier, by=youth)
    send_message(dossier, text=f"{word} bij de stem", voice=voice, by=youth)
    open_messages(dossier, by=coach)
    for by in (coach, youth):
        send_message(dossier, text=f"{word} nog dicht", by=by)


def _tell(dossier: Dossier, coach: Person, youth: Person) -> None:
    """What others said of each kind, the first one out of a section that a stand-in does not read."""
    for kind in ("justice", *SECTION_OF):
        word = canary("sem", SECTION_OF[kind])
        said = {"text": f"{word} gezegd", "source": f"{word} bron"}
        statement = cite(dossier, kind=kind, by=coach, **said)
        answer(statement, reply="partly", words=f"{word} klopt", by=youth)
        look = look_again(statement, why=f"{word} waarom", by=coach)
        if kind == "money":
            conclude(look, came_of=f"{word} uitkomst", by=coach)
            cite(dossier, kind=kind, replaces=statement, by=coach, **said)


def _lay_on_the_table(dossier: Dossier, coach: Person, youth: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    """A meeting that was called off, one that was held, and one that is being prepared, all with words in them."""
    word = canary("sem", "plan")
    wraparound.call_off_meeting(wraparound.prepare_meeting(dossier, by=coach), why=f"{word} af", by=coach)
    before = wraparound.prepare_meeting(dossier, place=f"{word} toen", by=coach)
    _agree_at_the_table(before, coach, youth)
    wraparound.end_meeting(before, by=coach)
    arranged = {"when": f"{word} ooit", "place": f"{word} waar", "leader": f"{word} leidt", "reason": f"{word} weer"}
    meeting = wraparound.prepare_meeting(dossier, by=youth, **arranged)
    wraparound.add_point(meeting, text=f"{word} punt", by=coach)
    wraparound.mark_point(meeting, "own_1", is_hard=True, why=f"{word} lastig", by=coach)
    guest = wraparound.invite(meeting, name=f"{word} gast", kind="network", may_see="agenda", by=youth)
    wraparound.note_reply(guest, answer="other", words=f"{word} later", may_see="agenda", by=coach)
    table.set_aside(meeting.points.get(key="own_1"), why=f"{word} waarom niet", is_later=True, by=coach)
    _agree_at_the_table(meeting, coach, youth)
    mother = NetworkPerson.objects.filter(dossier=dossier).first()  # who has a page, and reads there what she does
    meeting.invitees.filter(came_along=True).update(somebody=mother)
    true = before.agreement.conditions.get()
    agreed.put_aside(agreed.come_true(true, by=coach), why=f"{word} nu niet", by=coach)
    agreed.come_true(agreed.set_condition(meeting, kind="words", text=f"{word} weer ruzie", by=youth), by=youth)
    # Who has the link reads it: no word of it is a canary.
    with monkeypatch.context() as patch:
        patch.setattr(rules, "new_token", lambda: TOKENS[Link.Kind.INVITE])
        send_invitation(guest, Letter("Tante", "Noor", False, "In mei", "Buurthuis", "network", ["Werk"]), by=coach)


def _agree_at_the_table(meeting: Meeting, coach: Person, youth: Person) -> None:
    word = canary("sem", "plan")
    table.note_point(meeting, "remember", text=f"{word} gezegd", by=youth)
    along = table.bring_along(meeting, name=f"{word} er ook bij", kind="network", by=coach)
    agreed.contribute(meeting, invitee=along, text=f"{word} rol", by=coach)
    agreed.contribute(meeting, voice="youth", text=f"{word} mijn rol", by=youth)
    agreed.keep_informed(meeting, informed=f"{word} de app", again="needed", by=coach)
    agreed.set_condition(meeting, kind="words", text=f"{word} ruzie", by=youth)
    agreed.say_yes(meeting, number=meeting.agreement.number, by=youth)


def _hold_the_reins(dossier: Dossier, people: dict[str, Person]) -> None:
    """Asked to see more, typed aloud, asked why and told so, asked to change and answered: each with words in it."""
    coach, youth = people["his coach"], people["the youth"]
    ask_for(dossier, section="living", to=people["guest"], reason=f"{canary('sem', 'living')} reden", by=coach)
    word = canary("sem", "plan")
    sharing.grant(dossier, section="plan", to=people["network guest"], purpose=f"{word} hardop", aloud=True, by=coach)
    for member in ("guest", "network guest"):
        LookQuestion.objects.create(dossier=dossier, day=days_ago(1), reader=people[member])
    told = LookQuestion.objects.create(dossier=dossier, day=days_ago(1), reader=coach)
    explain(told, words=f"{canary('sem', 'messages')} daarom", by=coach)
    note, word = Note.objects.filter(dossier=dossier).get(), canary("sem", "contacts")
    ask_correction(note, kind="gesprek", wish=f"{word} anders", by=youth)
    done = ask_correction(note, kind="gesprek", wish=f"{word} ook anders", by=youth)
    answer_correction(done, outcome="kept", reason=f"{word} niet", by=coach)


def _keep_the_law(dossier: Dossier, coach: Person, youth: Person, *, asked_by: Person) -> None:
    """Something he wants erased, a hold that waits for a second person, a proof, and what was weighed about parents."""
    law.ask_erasure(law.wish(dossier, "scans", by=youth), by=asked_by)
    law.ask_hold(dossier, why="complaint", until=days_ago(-90), by=asked_by)
    law.weigh(dossier, outcome="himself", reason=f"{canary('sem', 'family')} ouders", by=coach)
    Proof.objects.create(
        municipality=dossier.municipality, mark="0" * 64, kind="contacts", rule="x", sections=["contacts"], rows=3
    )


def _listen_to_the_logs(site: Site, request: pytest.FixtureRequest) -> None:
    """Every log line of whatever level, but those in which the database tells what it was asked."""

    class Listening(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if record.name != "django.db.backends" and CANARY in self.format(record):
                site.told_to_logs.append(self.format(record))

    root, listening = logging.getLogger(), Listening()
    level = root.level
    root.addHandler(listening)
    root.setLevel(logging.DEBUG)

    def stop() -> None:
        root.removeHandler(listening)
        root.setLevel(level)

    request.addfinalizer(stop)


def _guests(dossier: Dossier, guest: Person, *, by: Person) -> dict[str, Person]:
    """The one with whom the plan is shared now, and those whose time is over, or has still to come."""
    sharing.grant(dossier, section=SHARED_WITH_DANA, to=guest, purpose="samen plannen", by=by)
    found = {}
    for member, (since, until, is_revoked) in OTHER_GUESTS.items():
        found[member] = staff(member.split()[-1].title(), "Wijkteam", (dossier.municipality, Role.PROFESSIONAL))
        Grant.objects.create(
            dossier=dossier, shared_section=SHARED_WITH_DANA, to=found[member], purpose="samen plannen", given_by=by,
            since=days_ago(since), until=days_ago(until), revoked_at=clock.now() if is_revoked else None,
        )  # fmt: skip
    return found


def _network(dossier: Dossier, by: Person) -> dict[str, Person]:
    """Who has no account: his mother, and an uncle whose link will be cut."""
    mother = NetworkPerson.objects.get(dossier=dossier)
    uncle = NetworkPerson.objects.create(dossier=dossier, kind="family", name=f"{canary('sem', 'family')} oom")
    found = {}
    for member, somebody in (("network guest", mother), ("network guest cut", uncle)):
        link = invite_guest(somebody, by=by).link
        found[member] = link.person
        sharing.grant(dossier, section=SHARED_WITH_DANA, to=found[member], purpose="samen", by=by)
    promise(dossier, text=f"{canary('sem', 'plan')} beloofd", owner="network", somebody=mother, by=by)
    token_hash = rules.hashed(TOKENS["guest"])
    GuestLink.objects.filter(person=found["network guest"]).update(token_hash=token_hash)
    return found


def _watch_the_door(monkeypatch: pytest.MonkeyPatch) -> set[tuple[str, str]]:
    """The places of which the door really opened a text."""
    opened: set[tuple[str, str]] = set()
    open_text = door.Reader.text

    def watched(reader: door.Reader, sealed: Any) -> str:
        text: str = open_text(reader, sealed)
        if text:
            opened.add((str(sealed.dossier_id), sealed.section))
        return text

    open_many = door.Reader.words

    def watched_many(reader: door.Reader, *many: Any) -> Iterator[Any]:
        for sheaf, straw, texts in open_many(reader, *many):
            opened.add((str(sheaf.dossier_id), sheaf.section))
            yield sheaf, straw, texts

    monkeypatch.setattr(door.Reader, "text", watched)
    monkeypatch.setattr(door.Reader, "words", watched_many)
    return opened


MEMBERS = (
    "the youth", "his coach", "stand-in", "another coach", "coach elsewhere", "coach to come",
    "coach of before", "stand-in of before",
    "emergency", "emergency of before", "somebody who left", "another youth", "guest", "guest withdrawn",
    "guest expired", "guest to come", "professional", "network guest", "network guest cut", "project leader",
    "functional manager", "manager elsewhere", "privacy officer", "second person", "nobody", "no second factor",
)  # fmt: skip
