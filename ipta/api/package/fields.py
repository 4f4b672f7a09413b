"""Kinds of fields: each says its schema, how a row gives it and how it becomes a value of a row again."""

import json
from base64 import b64decode, b64encode
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Final, Protocol
from uuid import UUID, uuid4

from django.db.models import Model
from django.utils import timezone

from ipta.accounts.models import Person
from ipta.api.package import rules
from ipta.base import clock
from ipta.dossiers.messages.rules import MOST_BYTES as MOST_SOUND
from ipta.dossiers.messages.rules import kind_of
from ipta.dossiers.models import Specialist
from ipta.dossiers.papers.checking import Checked
from ipta.dossiers.papers.rules import MOST_BYTES
from ipta.dossiers.rules import DOES, DOMAINS, GIVES, NAME_LENGTH, NEARNESS, TEXT_LENGTH, known_ties, tidy
from ipta.placements.rules import POINTS
from ipta.plans.rules import BY_COACH, SPOKEN_OF, STRATEGIES, VOICES
from ipta.scans.instruments import responses
from ipta.scans.instruments.answers import Answers
from ipta.scans.instruments.opening import LARGEST
from ipta.scans.instruments.queries import asked_by
from ipta.scans.instruments.responses import COMPLETED, IN_PROGRESS, Response, response_of
from ipta.scans.models import FilledSheet, InstrumentVersion
from ipta.vault.fields import Bare
from ipta.workplaces.models import Workplace

Schema = dict[str, Any]


class Opened(Protocol):
    """What a dossier gives while it is written down."""

    def text(self, sealed: Any) -> str: ...
    def json(self, sealed: Any) -> Any: ...
    def content(self, sealed: Any) -> bytes: ...
    def person(self, pk: UUID | None) -> str | None: ...
    def instrument(self, version: InstrumentVersion) -> str: ...
    def is_gone(self, sealed: Any) -> bool: ...
    def id_of(self, pk: UUID | None) -> str | None: ...


class Arriving(Protocol):
    """What a package needs while it becomes a dossier."""

    def person(self, known_as: str | None) -> Person: ...
    def new_id(self, known_as: str) -> UUID: ...
    def workplace(self, words: Mapping[str, str]) -> Workplace: ...
    def specialist(self, words: Mapping[str, str]) -> Specialist: ...
    def paper(self, written: str) -> Checked: ...
    def instrument(self, known_as: str) -> InstrumentVersion: ...


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the same name in package and row. Absent in a package, the row keeps its usual value."""

    name: str
    is_needed: bool = False
    is_old: bool = False  # read, and not written any more
    is_asked: ClassVar[bool] = False  # also when it is absent

    def schema(self) -> Schema:
        raise NotImplementedError

    def write(self, row: Any, opened: Opened) -> Any:
        return getattr(row, self.name)

    def read(self, value: Any, arriving: Arriving) -> dict[str, Any]:
        return {self.name: value}


def text_schema(longest: int, **more: Any) -> Schema:
    return {"type": "string", "maxLength": longest, **more}


def column_schemas(model: type[Model], names: Collection[str]) -> Schema:
    """Plain texts, as long as their columns hold."""
    return {name: text_schema(getattr(model._meta.get_field(name), "max_length", 0)) for name in names}


def or_null(schema: Schema) -> Schema:
    return {**schema, "type": [schema["type"], "null"]}


@dataclass(frozen=True, slots=True)
class Words(Field):
    """A sealed text."""

    longest: int = TEXT_LENGTH

    def schema(self) -> Schema:
        return text_schema(self.longest)

    def write(self, row: Any, opened: Opened) -> str:
        return opened.text(getattr(row, self.name))

    def read(self, value: str, arriving: Arriving) -> dict[str, Any]:
        return {self.name: tidy(value)}


@dataclass(frozen=True, slots=True)
class Name(Words):
    longest: int = NAME_LENGTH


@dataclass(frozen=True, slots=True)
class Choice(Field):
    among: Collection[str] = ()

    def schema(self) -> Schema:
        return {"enum": list(self.among)}


@dataclass(frozen=True, slots=True)
class Answer(Words):
    """A sealed choice: empty when nobody knows."""

    among: Collection[str] = ()

    def schema(self) -> Schema:
        return {"enum": [*self.among, ""]}


@dataclass(frozen=True, slots=True)
class Picks(Field):
    """Some out of a few known answers, sealed."""

    among: Collection[str] = ()

    def schema(self) -> Schema:
        return {"type": "array", "maxItems": len(self.among), "items": {"enum": list(self.among)}}

    def write(self, row: Any, opened: Opened) -> list[str]:
        return [key for key in opened.json(getattr(row, self.name)) or [] if key in self.among]

    def read(self, value: Collection[str], arriving: Arriving) -> dict[str, Any]:
        return {self.name: [key for key in self.among if key in value]}


@dataclass(frozen=True, slots=True)
class Key(Field):
    """A plain word of the house, such as the name of an instrument."""

    form: str = r"^[a-z0-9-]{1,20}$"

    def schema(self) -> Schema:
        return {"type": "string", "pattern": self.form}


@dataclass(frozen=True, slots=True)
class Flag(Field):
    def schema(self) -> Schema:
        return {"type": "boolean"}


@dataclass(frozen=True, slots=True)
class Known(Flag):
    """Yes, no, or null when nobody knows."""

    def schema(self) -> Schema:
        return or_null({"type": "boolean"})


@dataclass(frozen=True, slots=True)
class Number(Field):
    may_be_unknown: bool = False

    def schema(self) -> Schema:
        form = {"type": "integer", "minimum": 1, "maximum": rules.MAX_LINES}
        return or_null(form) if self.may_be_unknown else form


@dataclass(frozen=True, slots=True)
class Day(Field):
    """A day; `is_past`: one that cannot be yet to come."""

    may_be_unknown: bool = True
    is_past: bool = False

    def schema(self) -> Schema:
        form = self._form()
        return or_null(form) if self.may_be_unknown else form

    def _form(self) -> Schema:
        return {"type": "string", "format": "date"}

    def write(self, row: Any, opened: Opened) -> str | None:
        found = getattr(row, self.name)
        return found.isoformat() if found else None

    def read(self, value: str | None, arriving: Arriving) -> dict[str, Any]:
        return {self.name: self.day_of(value) if value else None}

    def day_of(self, value: str) -> date:
        return rules.day(value)


@dataclass(frozen=True, slots=True)
class RoughDay(Day):
    """A day, a month or a year, whatever is known. `is_end`: until when something went on."""

    is_end: bool = False

    def _form(self) -> Schema:
        return {"type": "string", "pattern": f"^{rules.ROUGH_FORM.pattern}$", "format": "rough-day"}

    def write(self, row: Any, opened: Opened) -> str | None:
        found = getattr(row, self.name)
        return rules.as_rough(found, row.rough.get(self.name, "")) if found else None

    def day_of(self, value: str) -> date:
        first, last = rules.rough_days(value)
        return min(last, max(first, clock.today())) if self.is_end else first


@dataclass(frozen=True, slots=True)
class Moment(Day):
    may_be_unknown: bool = False

    def _form(self) -> Schema:
        return {"type": "string", "format": "date-time"}

    def write(self, row: Any, opened: Opened) -> str | None:
        found = getattr(row, self.name)
        return timezone.localtime(found).isoformat() if found else None

    def read(self, value: str | None, arriving: Arriving) -> dict[str, Any]:
        return {self.name: rules.moment(value) if value else None}

    def day_of(self, value: str) -> date:
        return timezone.localdate(rules.moment(value))


@dataclass(frozen=True, slots=True)
class Who(Field):
    """`youth`, an id from `people`, or null when nobody knows. In the row it is called `column`."""

    column: str = ""
    is_asked: ClassVar[bool] = True

    def schema(self) -> Schema:
        return or_null({"type": "string", "pattern": rules.ID_FORM})

    def write(self, row: Any, opened: Opened) -> str | None:
        return opened.person(getattr(row, f"{self.column}_id"))

    def read(self, value: str | None, arriving: Arriving) -> dict[str, Any]:
        return {self.column: arriving.person(value)}


@dataclass(frozen=True, slots=True)
class Line(Field):
    """The id of another line; `to`: in which list of the package it stands, anywhere when empty."""

    column: str = ""
    to: str = ""

    def schema(self) -> Schema:
        return or_null({"type": "string", "pattern": rules.ID_FORM})

    def write(self, row: Any, opened: Opened) -> str | None:
        return opened.id_of(getattr(row, self.column))

    def read(self, value: str | None, arriving: Arriving) -> dict[str, Any]:
        return {self.column: arriving.new_id(value) if value else None}


@dataclass(frozen=True, slots=True)
class Beside(Line):
    """The line a view stands beside. Null: that line is gone; the row then holds an id that belongs to none."""

    is_asked: ClassVar[bool] = True

    def read(self, value: str | None, arriving: Arriving) -> dict[str, Any]:
        return {self.column: arriving.new_id(value) if value else uuid4()}


@dataclass(frozen=True, slots=True)
class KindOfThing(Choice):
    """Of what kind the one thing is that was shared; empty: the whole section.

    Of a thing that is gone the row holds an id that belongs to none: what was shared never becomes more.
    """

    def read(self, value: str, arriving: Arriving) -> dict[str, Any]:
        return {self.name: value, "item": uuid4()} if value else {}


@dataclass(frozen=True, slots=True)
class OneThing(Line):
    """The line that was shared by itself, where it is of this kind."""

    def write(self, row: Any, opened: Opened) -> str | None:
        return opened.id_of(row.item) if row.item_kind == self.name else None

    def read(self, value: str | None, arriving: Arriving) -> dict[str, Any]:
        return {"item": arriving.new_id(value), "item_kind": self.name} if value else {}


@dataclass(frozen=True, slots=True)
class Texts(Field):
    """A few sealed texts, each under a name of its own: how to reach somebody, the points of an agreement."""

    among: Collection[str] = ()  # which names; none: any key

    def schema(self) -> Schema:
        if self.among:
            return closed({name: text_schema(TEXT_LENGTH) for name in self.among})
        return {
            "type": "object",
            "maxProperties": 20,
            "propertyNames": {"pattern": rules.KEY_FORM},
            "additionalProperties": text_schema(TEXT_LENGTH),
        }

    def write(self, row: Any, opened: Opened) -> dict[str, str]:
        found = opened.json(getattr(row, self.name)) or {}
        return {name: tidy(str(text)) for name, text in sorted(found.items())}

    def read(self, value: Mapping[str, str], arriving: Arriving) -> dict[str, Any]:
        return {self.name: {name: tidy(text) for name, text in value.items()}}


@dataclass(frozen=True, slots=True)
class Ratings(Field):
    """Levels of life domains, as packages up to version 4 hold them."""

    def schema(self) -> Schema:
        return closed({domain: {"type": "integer", "minimum": 1, "maximum": 5} for domain in DOMAINS})


FHIR: Final = {"type": "string", "maxLength": LARGEST, "contentMediaType": "application/fhir+json"}


@dataclass(frozen=True, slots=True)
class Filled(Field):
    """Which questionnaire, out of `instruments`, and what was answered. Null: nothing, or erased."""

    def schema(self) -> Schema:
        return closed({"instrument": text_schema(60, pattern=rules.ID_FORM), "response": or_null(FHIR)}, ["instrument"])

    def write(self, row: FilledSheet, opened: Opened) -> Schema:
        known_as = opened.instrument(row.version)
        if opened.is_gone(row.answers) or not row.answers:
            return {"instrument": known_as, "response": None}
        answers = Answers.from_json(opened.json(row.answers))
        said = Response(answers=answers, status=COMPLETED if row.signed_off_at else IN_PROGRESS)
        return {"instrument": known_as, "response": as_text(response_of(asked_by(row.version), said))}

    def read(self, value: Mapping[str, Any], arriving: Arriving) -> dict[str, Any]:
        version = arriving.instrument(value["instrument"])
        said = value.get("response")
        answers = responses.read(asked_by(version), said.encode()).answers if said else Answers()
        return {"version": version, self.name: answers.to_json()}


def as_text(resource: Mapping[str, Any]) -> str:
    return json.dumps(resource, ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Ties(Field):
    """How near somebody is to the youth, what he gives, whether he lifts or pulls down."""

    def schema(self) -> Schema:
        gives = {"type": "array", "maxItems": len(GIVES), "items": {"enum": [*GIVES]}}
        does = {"enum": [*DOES, ""]}
        return closed({"near": {"enum": [*NEARNESS, ""]}, "gives": gives, "does": does, "bridges": {"type": "boolean"}})

    def write(self, row: Any, opened: Opened) -> dict[str, Any]:
        return known_ties(opened.json(getattr(row, self.name)) or {})

    def read(self, value: Mapping[str, Any], arriving: Arriving) -> dict[str, Any]:
        return {self.name: known_ties(value)}


TYPED: Final = {"enum": [BY_COACH, ""]}


@dataclass(frozen=True, slots=True)
class Goals(Field):
    """What they want, with what each of the two says of it. `key` is what steps know a goal by."""

    def schema(self) -> Schema:
        words = {name: text_schema(TEXT_LENGTH) for name in ("goal", *VOICES)}
        chosen = {"domain": {"enum": [*DOMAINS, ""]}, "strategy": {"enum": [*STRATEGIES, ""]}, "typed": TYPED}
        goal = closed({"key": text_schema(12, pattern=rules.GOAL_FORM), **chosen, **words}, needed=["goal"])
        return {"type": "array", "maxItems": 100, "items": goal}

    def write(self, row: Any, opened: Opened) -> list[dict[str, str]]:
        return opened.json(getattr(row, self.name)) or []

    def read(self, value: list[dict[str, str]], arriving: Arriving) -> dict[str, Any]:
        empty = {"domain": "", "goal": "", "youth": "", "coach": ""}
        return {self.name: [empty | {name: tidy(text) for name, text in goal.items()} for goal in value]}


@dataclass(frozen=True, slots=True)
class Spoken(Field):
    """What each of the two says of the other elements of the plan."""

    def schema(self) -> Schema:
        said = closed({voice: text_schema(TEXT_LENGTH) for voice in VOICES} | {"typed": TYPED})
        return closed(dict.fromkeys(SPOKEN_OF, said))

    def write(self, row: Any, opened: Opened) -> dict[str, dict[str, str]]:
        return opened.json(getattr(row, self.name)) or {}

    def read(self, value: Mapping[str, Mapping[str, str]], arriving: Arriving) -> dict[str, Any]:
        empty = dict.fromkeys(VOICES, "")
        said = {name: {voice: tidy(text) for voice, text in voices.items()} for name, voices in value.items()}
        return {self.name: {name: empty | voices for name, voices in said.items()}}


WORKPLACE_WORDS = ("employer", "work", "place")
SPECIALIST_WORDS = ("organisation", "name")


@dataclass(frozen=True, slots=True)
class AtWorkplace(Field):
    """Which firm. Its contact and its mood stay in the coach's book: they are nobody's dossier."""

    def schema(self) -> Schema:
        known = column_schemas(Workplace, WORKPLACE_WORDS)
        known["employer"]["minLength"] = 1
        return or_null(closed(known, needed=["employer"]))

    def write(self, row: Any, opened: Opened) -> dict[str, str] | None:
        firm = row.workplace
        return {name: getattr(firm, name) for name in WORKPLACE_WORDS} if firm else None

    def read(self, value: Mapping[str, str] | None, arriving: Arriving) -> dict[str, Any]:
        return {self.name: arriving.workplace(value) if value else None}


@dataclass(frozen=True, slots=True)
class AtSpecialist(Field):
    """Which specialist was asked. How to reach him and what was agreed stays in the directory there."""

    def schema(self) -> Schema:
        known = column_schemas(Specialist, SPECIALIST_WORDS)
        known["organisation"]["minLength"] = 1
        return closed(known, needed=["organisation"])

    def write(self, row: Any, opened: Opened) -> dict[str, str]:
        return {name: getattr(row.specialist, name) for name in SPECIALIST_WORDS}

    def read(self, value: Mapping[str, str], arriving: Arriving) -> dict[str, Any]:
        """Nothing is ever asked without him, so the package need not say it."""
        return {self.name: arriving.specialist(value), "is_discussed": True}


@dataclass(frozen=True, slots=True)
class File(Field):
    """What stands in a paper, in base64; empty when it was taken away. What kind it is, it says itself."""

    is_asked: ClassVar[bool] = True

    def schema(self) -> Schema:
        return text_schema(-(-MOST_BYTES // 3) * 4, contentEncoding="base64")

    def write(self, row: Any, opened: Opened) -> str:
        return b64encode(opened.content(row.content)).decode() if row.is_there else ""

    def read(self, value: str | None, arriving: Arriving) -> dict[str, Any]:
        if not value:
            return {"size": 0}
        paper = arriving.paper(value)
        return {
            self.name: Bare(paper.content),
            "kind": paper.kind,
            "size": len(paper.content),
            "is_scanned": paper.is_scanned,
        }


@dataclass(frozen=True, slots=True)
class Sound(Field):
    """The voice of a message, in base64; empty when there is none. What kind it is, it says itself."""

    def schema(self) -> Schema:
        return text_schema(-(-MOST_SOUND // 3) * 4, contentEncoding="base64")

    def write(self, row: Any, opened: Opened) -> str:
        return b64encode(opened.content(row.voice)).decode() if row.has_voice else ""

    def read(self, value: str | None, arriving: Arriving) -> dict[str, Any]:
        content = b64decode(value or "")
        return {self.name: Bare(content), "kind": kind_of(content), "size": len(content)}


def closed(properties: Schema, needed: Collection[str] = ()) -> Schema:
    """An object with these fields and no others."""
    schema: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
    return {**schema, "required": list(needed)} if needed else schema


AGREED_POINTS = Texts("points", among=tuple(POINTS))
