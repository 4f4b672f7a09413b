"""One invented dossier as rows: sealed as the application seals, with its keys wrapped and its two chains whole.

The rows are made without asking the database anything, so that ten million notes are a matter of minutes.
"""

import json
import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any, Final
from uuid import NAMESPACE_URL, UUID, uuid4, uuid5

from bench import words
from bench.marks import CASELOAD, FULL_NOTES, FULL_WITH, NOTES
from bench.tables import Row, Rows, Table
from ipta.accounts.models import Person, Post
from ipta.dossiers.models import Appointment, Coachship, Dossier, NetworkPerson, Note, PhaseSpan, Step, View
from ipta.journal import rules
from ipta.journal.models import Chain, Entry
from ipta.placements.models import Placement
from ipta.plans.models import Agreement, PlanVersion
from ipta.scans.instruments.shelf import house_id, shipped
from ipta.scans.matrix import Matrix, matrix_of
from ipta.scans.models import FilledSheet
from ipta.scans.queries import OWN_VIEW, ZRM
from ipta.scouting.models import Find
from ipta.sharing.models import Grant, Look
from ipta.vault import seals
from ipta.vault.models import MunicipalityKey, SectionKey
from ipta.workplaces.models import Workplace

CORRECTED_EVERY: Final = 50
LOOKED_ON: Final = 15  # days of which the reading log tells
LOOKED_AT: Final = ("contacts", "identity", "plan", "appointments")

_MUNICIPALITY_KEY = Table(MunicipalityKey, "municipality", "wrapped", "master_version")
_SECTION_KEY = Table(SectionKey, "dossier_id", "section", "municipality", "wrapped")
_PERSON = Table(Person, "id", "email", "first_name", "last_name", "organisation", "is_youth", "password")
_POST = Table(Post, "person_id", "municipality_id", "role", "since")
_WORKPLACE = Table(Workplace, "id", "municipality_id", "employer", "work", "added_by_id", "added_at")
_DOSSIER = Table(
    Dossier, "id", "municipality_id", "youth_id", "found_on", "joined_on", "intensity",
    "nickname", "first_name", "last_name", "born", "reach", "safety",
)  # fmt: skip
_COACHSHIP = Table(Coachship, "id", "dossier_id", "coach_id", "since")
_PHASE = Table(PhaseSpan, "id", "dossier_id", "phase", "since", "until")
_FIND = Table(Find, "id", "dossier_id", "kind", "where", "introduced_by", "introduction", "wants")
_NETWORK = Table(NetworkPerson, "id", "dossier_id", "kind", "added_at", "name", "relation", "helps_with")
_NOTE = Table(
    Note, "id", "dossier_id", "author_id", "channel", "is_reached", "is_celebration",
    "happened_at", "written_at", "replaces_id", "place", "text",
)  # fmt: skip
_STEP = Table(
    Step, "id", "dossier_id", "owner", "kind", "domain", "due_on", "promised_at", "done_on", "text", "progress"
)
_APPOINTMENT = Table(
    Appointment, "id", "dossier_id", "starts_at", "outcome", "made_by_id", "what", "place", "travel", "bring"
)
_SHEET = Table(
    FilledSheet, "id", "dossier_id", "version_id", "voice", "by_id", "about_on", "started_at", "saved_at",
    "signed_off_at", "answers",
)  # fmt: skip
_PLAN = Table(
    PlanVersion, "id", "dossier_id", "number", "author_id", "written_at", "in_force_from", "goals", "most_important",
    "youth_does",
)  # fmt: skip
_AGREEMENT = Table(Agreement, "version_id", "person_id", "owner", "given_at")
_PLACEMENT = Table(
    Placement, "id", "dossier_id", "workplace_id", "kind", "agreed_on", "starts_on", "made_by_id", "what"
)
_VIEW = Table(View, "id", "dossier_id", "author_id", "line", "section", "written_at", "text")
_GRANT = Table(
    Grant, "id", "dossier_id", "to_id", "shared_section", "since", "until", "given_by_id", "given_at", "purpose"
)
_CHAIN = Table(Chain, "kind", "about", "number", "hash")
_ENTRY = Table(Entry, *Entry.hashed, "previous", "hash")
_LOOK = Table(Look, *Look.hashed, "previous", "hash")
MANY = (_NOTE, _ENTRY, _LOOK)  # the tables that hold nearly all there is

# The same in clear, for the admin beside it (bench/clear/models.py).
CLEAR_DOSSIER: Final = (
    "id", "coach_id", "municipality", "first_name", "last_name", "born", "intensity", "found_on", "joined_on"
)  # fmt: skip
CLEAR_NOTE: Final = (
    "dossier_id", "author_id", "channel", "is_reached", "is_celebration", "happened_at", "written_at", "place", "text"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Town:
    """A municipality, with the key that wraps those of its dossiers."""

    id: UUID
    code: str
    name: str
    key: bytes


@dataclass(slots=True)
class Made:
    """Rows for the application, and the same words for the admin."""

    rows: Rows
    clear_dossiers: list[Row]
    clear_notes: list[Row]


def coach_id(number: int) -> UUID:
    return uuid5(NAMESPACE_URL, f"coach {number}")


def professional_id(town: Town) -> UUID:
    return uuid5(NAMESPACE_URL, f"professional {town.code}")


def dossier_id(number: int) -> UUID:
    return uuid5(NAMESPACE_URL, f"dossier {number}")


def youth_id(number: int) -> UUID:
    return uuid5(NAMESPACE_URL, f"youth {number}")


def of_towns(towns: Iterable[Town], *, master_version: int, master: bytes, today: date) -> Rows:
    """The keys of the municipalities, and in each of them somebody of another organisation."""
    rows: Rows = {_MUNICIPALITY_KEY: [], _PERSON: [], _POST: []}
    for town in towns:
        rows[_MUNICIPALITY_KEY].append(
            _MUNICIPALITY_KEY.row(town.code, seals.wrap(town.key, under=master), master_version)
        )
        who = professional_id(town)
        rows[_PERSON].append(_staff(who, f"hulp-{town.code.lower()}", "Dana", "Schuldhulp"))
        rows[_POST].append(_POST.row(who, town.id, "professional", today - timedelta(days=900)))
    return rows


def _staff(who: UUID, email: str, first_name: str, organisation: str) -> Row:
    return _PERSON.row(who, f"{email}@voorbeeld.example", first_name, "Voorbeeld", organisation, False, "!")


@cache
def _matrix(url: str) -> tuple[UUID, Matrix]:
    """What ships with the house has the same number everywhere, so that it needs not be asked for."""
    asked = next(asked for asked in shipped() if asked.url == url)
    matrix = matrix_of(asked)
    assert matrix is not None  # noqa: S101 - that of the house is one
    return house_id(asked), matrix


class Writer:
    """Makes coaches with their dossiers, on the day that is today."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.today = now.date()

    def full_coach(self, number: int, town: Town, dossiers: Sequence[int]) -> Made:
        """A coach with the most there can be, nearly all in aftercare. The admin beside it does without him."""
        made = self.coach(number, town, dossiers[:FULL_WITH], notes=FULL_NOTES)
        for dossier in dossiers[FULL_WITH:]:
            _Life(self, dossier, number, town, made, notes=FULL_NOTES, intensity="aftercare").write()
        return Made(made.rows, [], [])

    def coach(self, number: int, town: Town, dossiers: Iterable[int], *, notes: int = NOTES) -> Made:
        """A coach, a place to work in his book, and the dossiers of his caseload."""
        me, workplace = coach_id(number), uuid4()
        since = self.today - timedelta(days=900)
        made = Made(defaultdict(list), [], [])
        made.rows[_PERSON].append(_staff(me, f"coach-{number}", words.first_name(number), f"IPTA {town.name}"))
        made.rows[_POST].append(_POST.row(me, town.id, "coach", since))
        made.rows[_WORKPLACE].append(
            _WORKPLACE.row(workplace, town.id, f"Fietsenmaker {number + 1}", "monteur", me, self._ago(800))
        )
        for dossier in dossiers:
            intensity = ("light", "aftercare")[dossier % 2] if dossier % CASELOAD >= 15 else "intensive"
            _Life(self, dossier, number, town, made, notes=notes, intensity=intensity).write()
        return made

    def _ago(self, days: float) -> datetime:
        return self.now - timedelta(days=days)


class _Life:
    """One dossier while it is made."""

    def __init__(
        self, writer: Writer, number: int, coach: int, town: Town, made: Made, *, notes: int, intensity: str
    ) -> None:
        self.writer, self.number, self.town, self.made = writer, number, town, made
        self.notes, self.intensity = notes, intensity
        self.workplace = made.rows[_WORKPLACE][0][0]
        self.coach_number, self.coach = coach, coach_id(coach)
        self.id, self.youth = dossier_id(number), youth_id(number)
        self.rng = random.Random(number)
        self.keys: dict[str, bytes] = {}
        self.happened: list[tuple[datetime, UUID, str, dict[str, Any]]] = []
        self.found = writer.today - timedelta(days=300 + number % 400)
        self.joined = self.found + timedelta(days=20)

    def write(self) -> None:
        self._youth()
        self._notes()
        self._steps()
        self._appointments()
        self._around()
        self._plan_and_work()
        self._journal()
        self._looks()
        for section, key in self.keys.items():
            wrapped = seals.wrap(key, under=self.town.key)
            self._add(_SECTION_KEY, self.id, section, self.town.code, wrapped)

    # --- what all of it needs --------------------------------------------------------------------------------

    def _add(self, table: Table, *values: Any) -> None:
        self.made.rows[table].append(table.row(*values))

    def _seal(self, text: str, model: str, row: UUID, field: str, section: str) -> bytes:
        if not text:
            return b""
        key = self.keys.get(section)
        if key is None:
            key = self.keys[section] = seals.new_key()
        return seals.seal(text, key, at=seals.place(model, row, field, self.id, section))

    def _tell(self, at: datetime, verb: str, **facts: Any) -> None:
        told = {name: value if isinstance(value, int | bool | None) else str(value) for name, value in facts.items()}
        self.happened.append((at, self.coach, verb, told))

    def _at(self, day: date, hour: int = 10) -> datetime:
        return datetime(day.year, day.month, day.day, hour, self.number % 60, tzinfo=UTC)

    # --- what stands in it -------------------------------------------------------------------------------------

    def _youth(self) -> None:
        n, today = self.number, self.writer.today
        first, last, born = words.first_name(n), words.last_name(n), str(today.year - 17 - n % 9)

        def sealed(text: str, field: str) -> bytes:
            return self._seal(text, "dossiers.dossier", self.id, field, "identity")

        self._add(_PERSON, self.youth, None, "", "", "", True, "!")
        reach = json.dumps({"whatsapp": f"06 1234 {n % 10_000:04}"})
        safety = "Zijn ouders weten het niet" if n % 9 == 0 else ""
        self._add(
            _DOSSIER, self.id, self.town.id, self.youth, self.found, self.joined, self.intensity, b"",
            sealed(first, "first_name"), sealed(last, "last_name"), sealed(born, "born"), sealed(reach, "reach"),
            sealed(safety, "safety"),
        )  # fmt: skip
        self.made.clear_dossiers.append(
            (n + 1, self.coach_number + 1, self.town.name, first, last, born, self.intensity, self.found, self.joined)
        )
        self._add(_COACHSHIP, uuid4(), self.id, self.coach, self.found)
        for phase, begins, ends in (("scout", 0, 20), ("scan", 20, 40), ("match", 35, 90), ("coach", 80, None)):
            until = self.found + timedelta(days=ends) if ends else None
            self._add(_PHASE, uuid4(), self.id, phase, self.found + timedelta(days=begins), until)
        self._tell(self._at(self.found), "dossier.begun")
        self._tell(self._at(self.joined), "dossier.joined")

    def _notes(self) -> None:
        """From the first meeting until some days ago, evenly. One in eleven was an attempt, one in fifty corrects."""
        first, last = self._at(self.found, 12), self.writer.now - timedelta(days=self.number % 9, hours=2)
        apart = (last - first) / (self.notes - 1)
        notes, clear = self.made.rows[_NOTE], self.made.clear_notes
        before = row = uuid4()
        for n in range(self.notes):
            before, row, at = row, uuid4(), first + apart * n
            is_correction = n % CORRECTED_EVERY == CORRECTED_EVERY - 20
            text, place = words.note(self.number, n), words.place(n)
            channel = ("met", "whatsapp", "called", "visit")[n % 4]
            is_reached, is_celebration = n % 11 != 0, n % 25 == 24
            notes.append(
                _NOTE.row(
                    row, self.id, self.coach, channel, is_reached, is_celebration, at, at,
                    before if is_correction else None,
                    self._seal(place, "dossiers.note", row, "place", "contacts"),
                    self._seal(text, "dossiers.note", row, "text", "contacts"),
                )
            )  # fmt: skip
            clear.append(
                (self.number + 1, self.coach_number + 1, channel, is_reached, is_celebration, at, at, place, text)
            )
            verb = "note.corrected" if is_correction else "note.written"
            self._tell(at, verb, note=row, reached=is_reached)

    def _steps(self) -> None:
        """Two in three were done; the others are for the days around today."""
        for n in range(12):
            row, is_done = uuid4(), n % 3 != 0
            due = self.writer.today + timedelta(days=-30 * n if is_done else self.rng.randint(-4, 12))
            promised = self._at(min(due, self.writer.today) - timedelta(days=10), 11)
            owner, kind = (
                ("youth", "coach", "youth", "network")[n % 4],
                "direct" if n + self.number % 40 == 0 else "step",
            )
            done = min(due + timedelta(days=1), self.writer.today) if is_done else None
            promise = words.PROMISES[(n + self.number) % len(words.PROMISES)]
            self._add(
                _STEP, row, self.id, owner, kind, "work", due, promised, done,
                self._seal(promise, "dossiers.step", row, "text", "plan"),
                self._seal("gelukt" if is_done else "", "dossiers.step", row, "progress", "plan"),
            )  # fmt: skip
            self._tell(promised, "step.promised", step=row, owner=owner)

    def _appointments(self) -> None:
        """Seven that have been, and one to come in the fortnight around which all dossiers are spread."""
        for n in range(8):
            row, is_past = uuid4(), n < 7
            day = self.writer.today + timedelta(days=-14 * (n + 1) if is_past else self.number % 13)
            what, place = words.MEETINGS[(n + self.number) % len(words.MEETINGS)], words.PLACES[n % len(words.PLACES)]

            def sealed(text: str, field: str, row: UUID = row) -> bytes:
                return self._seal(text, "dossiers.appointment", row, field, "appointments")

            self._add(
                _APPOINTMENT, row, self.id, self._at(day, 13), "happened" if is_past else "", self.coach,
                sealed(what, "what"), sealed(place, "place"), sealed("bus 4", "travel"), sealed("pas", "bring"),
            )  # fmt: skip
            self._tell(
                self._at(min(day, self.writer.today) - timedelta(days=5), 9), "appointment.made", appointment=row
            )

    def _around(self) -> None:
        find = uuid4()
        meeting = {"where": "plein", "introduced_by": "de kapper", "introduction": "", "wants": "geld en rust"}
        sealed = [self._seal(text, "scouting.find", find, field, "contacts") for field, text in meeting.items()]
        self._add(_FIND, find, self.id, "street", *sealed)
        for n, (kind, name, relation) in enumerate(
            (("family", "Oma", "oma"), ("friend", "Kees", "buurman"), ("professional", "Dana", "schuldhulp"))
        ):
            row, at = uuid4(), self._at(self.joined, 14 + n)
            told = {"name": name, "relation": relation, "helps_with": "luisteren"}
            said = [self._seal(text, "dossiers.networkperson", row, field, "family") for field, text in told.items()]
            self._add(_NETWORK, row, self.id, kind, at, *said)
            self._tell(at, "network.added", person=row, kind=kind)
        if self.number % 5 == 0:
            row, at = uuid4(), self._at(self.joined, 18)
            until = self.writer.today + timedelta(days=60)
            purpose = self._seal("Om samen de schulden te regelen", "sharing.grant", row, "purpose", "plan")
            self._add(
                _GRANT, row, self.id, professional_id(self.town), "plan", self.joined, until, self.youth, at, purpose
            )

    def _plan_and_work(self) -> None:
        for n, voice in enumerate(("coach", "youth")):
            row, day = uuid4(), self.joined + timedelta(days=10)
            levels = {"money": 2 + n, "work": 2, "housing": 3, "time": 3 + n, "mental": 4, "physical": 4}
            version, matrix = _matrix(OWN_VIEW if voice == "youth" else ZRM)
            answers = json.dumps(matrix.answers(levels, "Dit zagen we samen.").to_json(), ensure_ascii=False)
            by, at = self.youth if voice == "youth" else self.coach, self._at(day, 15 + n)
            sealed = self._seal(answers, "scans.filledsheet", row, "answers", "scores")
            self._add(_SHEET, row, self.id, version, voice, by, day, at, at, at, sealed)
        for number in (1, 2):
            row, at = uuid4(), self._at(self.joined + timedelta(days=30 * number), 16)
            goals = [{"domain": d, "goal": g, "youth": "dat wil ik", "coach": "dat kan hij"} for d, g in words.GOALS]
            plan = {
                "goals": json.dumps(goals, ensure_ascii=False),
                "most_important": f"Een vaste plek om te werken, voor {words.first_name(self.number)}",
                "youth_does": "Ik sta op tijd op en bel als het niet lukt",
            }
            texts = [self._seal(text, "plans.planversion", row, field, "plan") for field, text in plan.items()]
            self._add(_PLAN, row, self.id, number, self.coach, at, at + timedelta(days=1), *texts)
            for person, owner in ((self.youth, "youth"), (self.coach, "coach")):
                self._add(_AGREEMENT, row, person, owner, at + timedelta(days=1))
            self._tell(at, "plan.proposed", version=number)
        row, day = uuid4(), self.joined + timedelta(days=60)
        what = self._seal("fietsen maken", "placements.placement", row, "what", "work")
        self._add(_PLACEMENT, row, self.id, self.workplace, "trial", day, day + timedelta(days=7), self.coach, what)
        self._tell(self._at(day), "placement.agreed", placement=row)
        view, at = uuid4(), self._at(self.joined + timedelta(days=70))
        own = self._seal("Ik zie het anders: het ging best goed.", "dossiers.view", view, "text", "work")
        self._add(_VIEW, view, self.id, self.youth, row, "work", at, own)

    # --- what the two logs tell of it ----------------------------------------------------------------------------

    def _journal(self) -> None:
        lines, previous, number = self.made.rows[_ENTRY], rules.START, 0
        for at, person, verb, facts in sorted(self.happened, key=lambda told: told[0]):
            number += 1
            values = (uuid4(), self.id, number, at, person, verb, facts)
            hash = rules.line_hash(previous, dict(zip(Entry.hashed, values, strict=True)))
            lines.append(_ENTRY.row(*values, previous, hash))
            previous = hash
        self._add(_CHAIN, Entry.log, self.id, number, previous)

    def _looks(self) -> None:
        """The coach looked once a week: who, what, when, and in which request."""
        lines, previous, number = self.made.rows[_LOOK], rules.START, 0
        name, organisation = words.first_name(self.coach_number), f"IPTA {self.town.name}"
        for day in reversed(range(LOOKED_ON)):
            at, request = self.writer.now - timedelta(days=7 * day + 1), uuid4()
            for section in LOOKED_AT:
                number += 1
                who = (self.coach, section, "coach", "opened", request, name, "coach", organisation)
                values = (uuid4(), self.id, number, at, *who)
                hash = rules.line_hash(previous, dict(zip(Look.hashed, values, strict=True)))
                lines.append(_LOOK.row(*values, previous, hash))
                previous = hash
        self._add(_CHAIN, Look.log, self.id, number, previous)
