"""One invented life: strands that each go their own way in time, lived day by day through the commands.

A strand is a generator: it does something through the `Life` it is given, and yields the days it then waits.
"""

import random
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from heapq import heappop, heappush
from itertools import count
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils import timezone

from ipta.accounts.models import Municipality, Person
from ipta.base import clock
from ipta.demo import strands
from ipta.demo.papers import made
from ipta.demo.people import SEED, Youth
from ipta.demo.words import Teller
from ipta.dossiers import commands as dossiers
from ipta.dossiers.messages import commands as messages
from ipta.dossiers.models import Appointment, Dossier, NetworkPerson, Note, OfDossier, Paper, PhaseSpan, Step
from ipta.dossiers.papers import commands as papers
from ipta.dossiers.rules import DOMAINS
from ipta.journal.commands import gathered
from ipta.placements import commands as placements
from ipta.placements.models import Placement
from ipta.plans import commands as plans
from ipta.plans.models import PlanVersion
from ipta.scans import commands as scans
from ipta.scans.models import Statement
from ipta.scans.talk import commands as talk
from ipta.scans.told import commands as told
from ipta.scouting.models import FindingPlace
from ipta.sharing import commands as sharing
from ipta.sharing.door import Reader
from ipta.sharing.guests import invite_guest
from ipta.sharing.models import Grant
from ipta.vault import keyring
from ipta.workplaces.models import Workplace

Strand = Generator[float, None, None]
Words = str | Sequence[str]
T = TypeVar("T")


class Deck:
    """Deals without repeating until everything was dealt once: two lives of one town are seldom alike."""

    def __init__(self, cards: Iterable[Any], rng: random.Random) -> None:
        self.cards, self.rng, self.left = list(cards), rng, list[Any]()

    def deal(self, fits: Callable[[Any], bool] = lambda _: True) -> Any:
        for _ in range(2):
            for place in reversed(range(len(self.left))):
                if fits(self.left[place]):
                    return self.left.pop(place)
            fresh = [card for card in self.cards if card not in self.left]
            self.rng.shuffle(fresh)
            self.left = fresh + self.left
        raise LookupError("nothing fits")


@dataclass(slots=True)
class Around:
    """Who and what there is around the lives of one coach."""

    municipality: Municipality
    coach: Person
    colleague: Person
    professionals: Mapping[str, Person]  # debt, mental, housing
    workplaces: Mapping[str, tuple[Workplace, str]]  # trade -> workplace and the first name of who leads it
    places: Sequence[str]
    finding_places: Sequence[FindingPlace]
    themes: Deck
    trades: Deck
    teller: Teller
    special: set[str]  # what was told of one trade, and is not told again


@dataclass(order=True, slots=True)
class _Next:
    """When a strand goes on."""

    moment: datetime
    order: int
    name: str = field(compare=False)
    strand: Strand = field(compare=False)
    turn: int = field(compare=False, default=0)


class Life:
    """A youth between the first meeting and the night before today."""

    def __init__(self, youth: Youth, around: Around, *, monday: date, today: date, found_ago: int) -> None:
        self.youth, self.around, self.coach = youth, around, around.coach
        self.today, self.until = today, moment(today, 0, 0)
        # Weeks are counted from this Monday, so that a life is the same on whatever day the demo is made.
        self.now = moment(monday - timedelta(days=found_ago), 16, 30)
        self.rng = random.Random(f"{SEED} {youth.slug}")  # noqa: S311 - an invented life is no secret
        self.words = _words(youth, around, self.rng)
        self.levels = {domain: self.any(_USUAL.get(domain, (3, 3, 4))) for domain in DOMAINS}
        self.is_over = False
        self.dossier: Dossier
        self.placement: Placement | None = None
        self.version: PlanVersion | None = None
        self.line: Note | None = None  # the note that was written last
        self.statement: Statement | None = None  # what another said of him last
        self.themes: list[dict[str, Any]] = []
        self.goals: list[Mapping[str, str]] = []
        self.elements: dict[str, dict[str, str]] = {}
        self.about = ""  # the domain of the scene that is played
        self.close: dict[str, NetworkPerson] = {}  # the people around him by their names
        self.promised: Step | None = None  # the step of last
        self._queue: list[_Next] = []
        self._order = count()

    # living

    def live(self, main: Strand, *last: Callable[["Life"], object]) -> Dossier:
        """Run the main strand and all it starts, until today; then the last things. One transaction."""
        self._push(self.now, "main", main)
        with ExitStack() as together:
            for work in (keyring.held(), transaction.atomic(using="keys"), gathered()):
                together.enter_context(work)
            while self._queue and self._queue[0].moment < self.until:
                self._step(heappop(self._queue))
            self.now = max(self.now, self.until - timedelta(hours=3))
            for act in last:
                act(self)
        return self.dossier

    def _step(self, due: _Next) -> None:
        if self.is_over and due.name != "main":
            return
        self.now = max(self.now, due.moment)
        # Each turn has dice of its own, so that one strand more or less leaves the others as they were.
        self.rng = random.Random(f"{SEED} {self.youth.slug} {due.name} {due.turn}")  # noqa: S311
        wait = next(due.strand, None)
        if wait is not None:
            self._push(self._some_hour(due.moment, wait), due.name, due.strand, due.turn + 1)

    def start(self, name: str, strand: Strand, after: float = 0) -> None:
        """Let another strand begin beside those that go on."""
        self._push(self._some_hour(self.now, after), name, strand)

    def _push(self, when: datetime, name: str, strand: Strand, turn: int = 0) -> None:
        heappush(self._queue, _Next(when, next(self._order), name, strand, turn))

    def _some_hour(self, since: datetime, days: float) -> datetime:
        day = timezone.localdate(since) + timedelta(days=round(days))
        if day.weekday() >= 5 and self.rng.random() < 0.8:
            day += timedelta(days=7 - day.weekday())
        return max(since, moment(day, self.rng.randint(9, 19), self.rng.choice((0, 10, 15, 20, 30, 40, 45, 50))))

    def know_coaches(self) -> None:
        """Fetch who walks along once, for all commands that ask it."""
        prefetch_related_objects([self.dossier], "coachship_set")

    @property
    def day(self) -> date:
        return timezone.localdate(self.now)

    @property
    def days_left(self) -> int:
        return (self.today - self.day).days

    def chance(self, likely: float) -> bool:
        return self.rng.random() < likely

    def any(self, things: Sequence[T]) -> T:
        return self.rng.choice(things)

    def say(self, texts: Words) -> str:
        """One of these texts, with the names and words of this life filled in."""
        return self.around.teller.tell([texts] if isinstance(texts, str) else texts, self.words, self.rng)

    def do(self, command: Callable[..., T], thing: Any, **arguments: Any) -> T:
        """Run a command at this moment of the life, by the coach unless `by` says otherwise."""
        arguments.setdefault("by", self.coach)
        with clock.at(self.now):
            result = command(thing, **arguments)
        self.now += timedelta(minutes=self.rng.randint(2, 7))
        return result

    @property
    def himself(self) -> Person:
        assert self.dossier.youth is not None  # noqa: S101 - before the yes nothing is done by the youth
        return self.dossier.youth

    # what happens

    def note(
        self, texts: Words, channel: str = "met", *, reached: bool = True, celebrate: bool = False, place: str = ""
    ) -> Note:
        before = timedelta(minutes=self.rng.randint(5, 55)) if channel in ("met", "visit") else timedelta(0)
        return self.do(
            dossiers.note,
            self.dossier,
            text=self.say(texts),
            channel=channel,
            is_reached=reached,
            is_celebration=celebrate,
            place=self.say(place) if place else "",
            at=self.now - before,
        )

    def promise(self, text: Words, owner: str = "youth", *, days: int = 7, domain: str = "", name: str = "") -> Step:
        """A step; nearly always it is settled around its day."""
        step = self.do(
            dossiers.promise,
            self.dossier,
            text=self.say(text),
            owner=owner,
            owner_name=name,
            somebody=self.close.get(name),
            way="take_over" if owner == "professional" else "do",
            due_on=self.day + timedelta(days=days),
            domain=domain,
            by=self.himself if owner == "youth" and self.chance(0.3) else self.coach,
        )
        self.promised = step
        self.start(f"step {step.promised_at}", self._settle(step), after=days + self.any((-2, -1, 0, 0, 1, 3)))
        return step

    def cut(self, texts: Sequence[str]) -> None:
        """The step of last in small ones, of which the first is done."""
        assert self.promised is not None  # noqa: S101 - promised before it is cut
        first, *_ = self.do(dossiers.cut, self.promised, texts=[self.say(text) for text in texts])
        self.do(dossiers.finish, first, on=self.day)

    def _settle(self, step: Step) -> Strand:
        if self.chance(0.1):
            self.do(dossiers.postpone, step, until=self.day + timedelta(days=7))
            yield 6
        if self.chance(0.07):
            self.do(dossiers.drop, step, on=self.day)
        else:
            self.finish(step)

    def finish(self, step: Step, progress: str = "") -> None:
        by = self.himself if step.owner == "youth" and self.chance(0.5) else self.coach
        self.do(dossiers.finish, step, on=self.day, progress=progress, by=by)

    def appoint(
        self,
        what: str,
        *,
        days: int,
        at: str,
        place: str = "",
        travel: str = "",
        bring: str = "",
        by: Person | None = None,
    ) -> Appointment:
        """An appointment, from today on or in this life. Afterwards it is closed: mostly it went well."""
        hour, minute = map(int, at.split("."))
        day = self.day + timedelta(days=days)
        if day.weekday() >= 5 and day < self.today:
            day += timedelta(days=7 - day.weekday())
        made = self.do(
            dossiers.appoint,
            self.dossier,
            what=self.say(what),
            starts_at=moment(day, hour, minute),
            place=self.say(place),
            travel=self.say(travel),
            bring=self.say(bring),
            by=by or self.coach,
        )
        after = max(self.now, made.starts_at + timedelta(minutes=75))
        self._push(after, f"appointment {made.starts_at}", self._close(made))
        return made

    def _close(self, made: Appointment) -> Strand:
        self.do(dossiers.close_appointment, made, outcome="happened" if self.chance(0.85) else "not")
        yield from ()

    def person(self, kind: str, name: str, relation: str, helps_with: str = "") -> NetworkPerson:
        called = self.say(name)
        self.close[called] = self.do(
            dossiers.add_person,
            self.dossier,
            kind=kind,
            name=called,
            relation=self.say(relation),
            helps_with=self.say(helps_with),
            ties=_ties(kind, len(name)),
        )
        return self.close[called]

    def view(self, line: OfDossier, texts: Words) -> None:
        """The youth puts his own side beside a line."""
        self.do(dossiers.view, line, text=self.say(texts), by=self.himself)

    def paper(self, section: str, form: str, name: str, lines: Sequence[str], by: Person | None = None) -> Paper:
        """Somebody keeps a paper in the dossier."""
        title, told = self.say(name), tuple(self.say(line) for line in lines)
        drawn = made(form, title, told)
        return self.do(papers.add_paper, self.dossier, checked=drawn, name=title, section=section, by=by or self.coach)

    def shift(self, domain: str, by: int) -> None:
        """A level of self-sufficiency goes up or down."""
        self.levels[domain] = max(1, min(5, self.levels[domain] + by))

    def scan(self, coach_remark: Words, own_remark: Words, levels: Mapping[str, int] | None = None) -> list[Step]:
        """A sheet of each voice, on one day. Gives the direct actions that came of it."""
        self.levels |= levels or {}
        own = {name: max(1, min(5, level + self.any((-1, 0, 0, 0, 1, 1)))) for name, level in self.levels.items()}
        for unknown in self.rng.sample(sorted(own), self.rng.randint(0, 3)):
            del own[unknown]
        by = self.himself if self.chance(0.4) else self.coach
        self.do(scans.tell, self.dossier, ratings=own, remark=self.say(own_remark), on=self.day, by=by)
        self.do(scans.rate, self.dossier, ratings=self.levels, remark=self.say(coach_remark), on=self.day)
        if 1 not in self.levels.values():
            return []
        return list(self.dossier.step_set.filter(kind=Step.Kind.DIRECT, done_on=None, dropped_on=None))

    def message(self, by: str, text: str) -> None:
        """Who writes back has read what came before."""
        person = self.himself if by == "youth" else self.coach
        self.do(messages.open_messages, self.dossier, by=person)
        self.do(messages.send_message, self.dossier, text=self.say(text), by=person)

    def card(self, key: str, voice: str, by: str, text: str) -> None:
        """Words on a card of the talk."""
        person = self.himself if by == "youth" else self.coach
        self.do(talk.say, self.dossier, card=key, voice=voice, text=self.say(text), by=person)

    def told(self, kind: str, years_ago: int, text: str, source: str) -> None:
        """What somebody elsewhere said of him, some years ago."""
        about_on = self.day.replace(year=self.day.year - years_ago, month=1, day=1)
        said = {"text": self.say(text), "source": self.say(source)}
        self.statement = self.do(told.cite, self.dossier, kind=kind, about_on=about_on, rough="year", **said)

    def answer(self, reply: str, words: str) -> None:
        """What he says of that."""
        assert self.statement is not None  # noqa: S101 - an answer follows what was said
        self.do(told.answer, self.statement, reply=reply, words=self.say(words), by=self.himself)

    def again(self, why: str, came_of: str) -> None:
        """It does not fit, and what came of looking again."""
        assert self.statement is not None  # noqa: S101 - it follows what was said
        look = self.do(told.look_again, self.statement, why=self.say(why))
        if came_of:
            self.do(told.conclude, look, came_of=self.say(came_of))

    def propose(
        self, goals: Sequence[Mapping[str, str]], voices: Mapping[str, dict[str, str]], strategy: str
    ) -> PlanVersion:
        """A new text of the plan, by one of the two. A goal about the same is the same goal."""
        self.version = self.do(
            plans.propose,
            self.dossier,
            based_on=self.version.number if self.version else 0,
            goals=[{"key": goal["domain"][:12], "strategy": _STRATEGY_OF[goal["domain"]], **goal} for goal in goals],
            elements={},
            voices={name: said | {"typed": "coach" if name == "remember" else ""} for name, said in voices.items()},
            strategy=strategy,
            by=self.himself if self.chance(0.2) else self.coach,
        )
        return self.version

    def agree(self, *owners: str) -> None:
        """Say yes to the newest text: the coach, the youth, or the youth aloud."""
        assert self.version is not None  # noqa: S101 - proposed before it is agreed
        for owner in owners:
            by = self.himself if owner == "youth" else self.coach
            self.do(plans.witness if owner == "aloud" else plans.agree, self.version, by=by)

    def phase(self, phase: str) -> None:
        """Begin a phase; the one before it ends some days later, because phases overlap."""
        for span in self.dossier.phasespan_set.filter(until=None):
            self.start(f"end of {span.phase} {span.since}", self._end_phase(span), after=self.rng.randint(5, 20))
        self.do(dossiers.start_phase, self.dossier, phase=phase, on=self.day)

    def _end_phase(self, span: PhaseSpan) -> Strand:
        self.do(dossiers.end_phase, span, on=self.day)
        yield from ()

    def enter_trade(self, key: str) -> None:
        """From now on the words of work are those of this trade, at its firm in this town."""
        self.trade = next(trade for trade in strands.read("trades")["trade"] if trade["key"] == key)
        self.workplace, boss = self.around.workplaces[key]
        self.words |= {
            "bedrijf": self.workplace.employer,
            "baas": boss,
            "vak": self.trade["work"],
            "wens": self.trade["wish"],
            "uren": self.trade["hours"],
            "leert": self.trade["learns"],
            "taak": f"[{'|'.join(self.trade['tasks'])}]",
        }

    def place(self, kind: str, what: str = "") -> None:
        """Agree on a place at the firm of the trade."""
        self.placement = self.do(
            placements.agree,
            self.dossier,
            workplace=self.workplace,
            kind=kind,
            what=self.say(what or self.trade["work"]),
            points={name: self.say(texts) for name, texts in strands.read("talk")["points"].items()}
            | {"tasks": ", ".join(self.trade["tasks"])},
            on=self.day,
        )

    def begin_work(self) -> None:
        self.do(placements.start, self.placement, on=self.day)

    def stop_work(self, reason: str, words: Words) -> None:
        self.do(placements.stop, self.placement, reason=reason, words=self.say(words), on=self.day)
        self.placement = None

    # who may read, and who did

    def share(self, section: str, kind: str, purpose: Words, days: int = 92) -> Grant:
        """The youth himself lets a professional see one section; within a few days it is read."""
        professional = self.around.professionals[kind]
        given = self.do(
            sharing.grant,
            self.dossier,
            section=section,
            to=professional,
            purpose=self.say(purpose),
            until=self.day + timedelta(days=days),
            by=self.himself,
        )
        self.start(f"look {given.since} {section}", self._reading(professional, section), after=self.any((1, 2, 4)))
        return given

    def show(self, name: str, purpose: Words, days: int, **what: Any) -> Grant:
        """Somebody around him, by a page of his own, sees a section or one thing out of it."""
        somebody = self.close[name]
        if somebody.account is None:
            self.do(invite_guest, somebody, by=self.himself)
        until = self.day + timedelta(days=days)
        to, words = somebody.account, self.say(purpose)
        return self.do(sharing.grant, self.dossier, to=to, purpose=words, until=until, by=self.himself, **what)

    def _reading(self, professional: Person, section: str) -> Strand:
        for _ in range(2):
            self.look(professional, section)
            yield self.any((9, 15, 25))

    def look(self, person: Person, *sections: str) -> None:
        """Somebody reads, through the door: each section leaves its line."""
        with clock.at(self.now):
            Reader(person).unlock([self.dossier], *sections)
        self.now += timedelta(minutes=self.rng.randint(2, 9))


def moment(day: date, hour: int, minute: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


# A youth as he is found: little to do by day, mostly healthy.
_STRATEGY_OF = dict.fromkeys(DOMAINS, "learn") | {
    "money": "take_over",
    "mental": "take_over",
    "housing": "facilitate",
    "network": "facilitate",
    "home": "co_create",
    "substances": "co_create",
}
_USUAL = {"work": (2,), "time": (2, 3), "basic": (4, 5), "physical": (3, 4, 5), "justice": (3, 4, 5)}


def _words(youth: Youth, around: Around, rng: random.Random) -> dict[str, str]:
    lists = around.teller.lists
    he = ("zij", "haar", "haar") if youth.is_she else ("hij", "hem", "zijn")
    return {
        "naam": youth.first_name,
        "bijnaam": youth.nickname,
        "hij": he[0],
        "hem": he[1],
        "zijn": he[2],
        "jongen": "meid" if youth.is_she else "jongen",
        "coach": around.coach.first_name,
        "stad": around.municipality.name,
        "plein": rng.choice(around.places),
        "steun": rng.choice(lists["steunen"]),
        "steunnaam": rng.choice(lists["steunnamen"]),
        **{name: rng.choice(lists[name]) for name in ("dierbare", "kleur", "handel")},
        "maat": rng.choice(lists["maten"]),
        "schulden": around.professionals["debt"].first_name,
        "ggz": around.professionals["mental"].first_name,
        "wonen": around.professionals["housing"].first_name,
    }


def _ties(kind: str, number: int) -> dict[str, Any]:
    """How somebody of this kind usually is to a youth. `number`: so that not all of them are alike."""
    usual: dict[str, Any] = {
        "family": {"near": "near", "gives": ["emotional", "sleep"][: 1 + number % 2], "does": "lifts"},
        "friend": {"near": ("near", "around")[number % 2], "does": ("both", "pulls", "lifts")[number % 3]},
        "professional": {"near": ("around", "far")[number % 2], "gives": ["practical"], "does": "lifts"},
        "other": {"near": "around", "gives": ["work"], "does": "lifts", "bridges": True},
    }
    found: dict[str, Any] = usual[kind]
    return found
