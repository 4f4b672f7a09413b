"""What a questionnaire asks. Read from a definition, and never changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Final

from ipta.scans.instruments.opening import Json
from ipta.scans.instruments.values import Coding, Value

WITHOUT_ANSWER: Final = frozenset({"group", "display"})
WITH_OPTIONS: Final = frozenset({"choice", "open-choice"})

# What a code may say to us: which life domain an item is about, that the method wants to know it in any case; in whose
# voices a questionnaire is filled in.
DOMAIN: Final = "urn:ipta:domain"
MARK: Final = "urn:ipta:mark"
MINIMUM: Final = "minimum"
CONSULT: Final = "consult"  # a reason to ask a psychologist for advice, where it plays
PLAYS: Final = "urn:ipta:plays"
IT_PLAYS: Final = frozenset({"a-little", "yes"})
ZRM_LEVEL: Final = "urn:ipta:zrm-level"  # the levels 1 to 5: who loads the official texts gives them these codes
VOICE: Final = "urn:ipta:voice"
HELPING: Final = frozenset({"help", "flyover"})


@dataclass(frozen=True, slots=True)
class Option:
    """One of the answers to choose from."""

    value: Value
    weight: Decimal | None = None
    prefix: str = ""
    is_initial: bool = False
    is_exclusive: bool = False  # chosen with no other
    text: str = ""  # what it means, for who has to choose


@dataclass(frozen=True, slots=True)
class Condition:
    """Asked only if another question was answered so."""

    question: str
    operator: str
    value: Value


@dataclass(frozen=True, slots=True)
class Item:
    """A question, a group of them, or a text between them."""

    link_id: str
    kind: str
    text: str = ""
    prefix: str = ""
    codes: tuple[Coding, ...] = ()
    control: str = ""  # how it is best asked: slider, radio-button, help ...
    unit: Coding | None = None
    is_required: bool = False
    is_repeated: bool = False
    is_read_only: bool = False
    is_hidden: bool = False
    max_length: int | None = None
    min_length: int | None = None
    max_decimals: int | None = None
    step: int | None = None
    minimum: Value | None = None
    maximum: Value | None = None
    min_times: int | None = None
    max_times: int | None = None
    options: tuple[Option, ...] = ()
    initial: tuple[Value, ...] = ()
    conditions: tuple[Condition, ...] = ()
    needs_all: bool = True
    items: tuple[Item, ...] = ()

    @property
    def has_answer(self) -> bool:
        return self.kind not in WITHOUT_ANSWER

    @property
    def is_one_of_more(self) -> bool:
        """Whether there may be more than one of it."""
        return self.is_repeated and (self.max_times is None or self.max_times > 1)

    @property
    def may_be_unknown(self) -> bool:
        return any(option.value.is_unknown for option in self.options)

    @property
    def help(self) -> str:
        """What is said beside it, for who wants to know more."""
        return " ".join(inner.text for inner in self.items if inner.kind == "display" and inner.control in HELPING)

    @property
    def is_minimum(self) -> bool:
        """Whether the method wants to know this in any case."""
        return self.coded(MARK) == MINIMUM

    def coded(self, system: str) -> str:
        """What this system says of it: its domain, its mark; empty if it says nothing."""
        return next((coding.code for coding in self.codes if coding.system == system), "")

    def option(self, value: Value) -> Option | None:
        """The one that was chosen, however its words are written."""
        return next((option for option in self.options if option.value.is_as(value)), None)

    def all(self) -> Iterator[Item]:
        """It and all that lies in it, in the order in which it is asked."""
        yield self
        for item in self.items:
            yield from item.all()


@dataclass(frozen=True)
class Questionnaire:
    """A definition that was understood. `source` is the file it was read from, for who takes it along."""

    url: str
    version: str
    name: str
    title: str
    status: str
    publisher: str
    copyright: str
    voices: tuple[str, ...]  # in which it is filled in; none said: in any
    ages: tuple[Decimal | None, Decimal | None]  # for whom it was made: from and up to and including
    items: tuple[Item, ...]
    source: Json = field(compare=False, repr=False)

    @property
    def canonical(self) -> str:
        """By which answers say what they answer."""
        return f"{self.url}|{self.version}" if self.version else self.url

    def is_for_age(self, age: int) -> bool:
        """Whether it was made for somebody of this age; a warning, and never a lock."""
        youngest, oldest = self.ages
        return (youngest is None or age >= youngest) and (oldest is None or age <= oldest)

    @cached_property
    def by_link(self) -> Mapping[str, Item]:
        return {item.link_id: item for item in self.all()}

    @cached_property
    def above(self) -> Mapping[str, tuple[str, ...]]:
        """In what each item lies, from the outside to the inside."""
        found: dict[str, tuple[str, ...]] = {item.link_id: () for item in self.items}
        for item in self.all():
            found |= {inner.link_id: (*found[item.link_id], item.link_id) for inner in item.items}
        return found

    def all(self) -> Iterator[Item]:
        """Every item, in the order in which it is asked."""
        for item in self.items:
            yield from item.all()
