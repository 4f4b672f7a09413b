"""What can be an answer: the kinds of FHIR R4, each as Python has it. Source: FHIR R4, "Data types"."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import partial
from typing import Any, Final

from ipta.scans.instruments.faults import _
from ipta.scans.instruments.opening import Json, fits

# What a question asks for -> what its answer is called in FHIR (valueInteger, answerInteger, ...).
KIND_OF: Final = {
    "boolean": "Boolean",
    "decimal": "Decimal",
    "integer": "Integer",
    "date": "Date",
    "dateTime": "DateTime",
    "time": "Time",
    "string": "String",
    "text": "String",
    "url": "Uri",
    "choice": "Coding",
    "open-choice": "Coding",
    "quantity": "Quantity",
}
KINDS: Final = frozenset(KIND_OF.values())
ORDERED: Final = frozenset({"Decimal", "Integer", "Date", "DateTime", "Time", "Quantity"})
LONGEST: Final = 20_000
INT32: Final = range(-(2**31), 2**31)

# "Weet ik nog niet", as HL7's own "yes, no, don't know" says it: an option out of data-absent-reason.
DATA_ABSENT: Final = "http://terminology.hl7.org/CodeSystem/data-absent-reason"
UNKNOWN: Final = frozenset({"unknown", "asked-unknown", "temp-unknown"})

_DATE: Final = r"(?P<year>[0-9]{4})(-(?P<month>[0-9]{2})(-(?P<day>[0-9]{2})"
_TIME: Final = r"([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,6})?"
DATE: Final = re.compile(rf"{_DATE})?)?")
TIME: Final = re.compile(_TIME)
DATE_TIME: Final = re.compile(rf"{_DATE}(T{_TIME}(Z|[+-](0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00))?)?)?")
_MOMENTS: Final = frozenset({"Date", "DateTime", "Time"})
_COMPARATORS: Final = frozenset({"<", "<=", ">=", ">"})


class NoValue(ValueError):
    """It cannot be an answer of this kind; the message says why, in plain words."""


@dataclass(frozen=True, slots=True)
class Coding:
    """One of a list: a code out of a system, with the words for it."""

    system: str = ""
    code: str = ""
    display: str = ""
    version: str = ""

    @property
    def name(self) -> tuple[str, str]:
        """By which two are the same: words may be said otherwise, a code not."""
        return (self.system, self.code) if self.code else ("", self.display)


@dataclass(frozen=True, slots=True)
class Quantity:
    value: Decimal
    unit: str = ""
    system: str = ""
    code: str = ""
    comparator: str = ""


@dataclass(frozen=True, slots=True)
class Value:
    """One answer. `kind` is its name in FHIR: Boolean, Integer, Coding, ..."""

    kind: str
    content: bool | int | Decimal | str | Coding | Quantity

    @property
    def is_unknown(self) -> bool:
        """Said by who does not know it yet. That is an answer, and it weighs nothing."""
        coding = self.content
        return isinstance(coding, Coding) and coding.system == DATA_ABSENT and coding.code in UNKNOWN

    def is_as(self, other: "Value") -> bool:
        """Whether both say the same; a code with other words is the same code, 3 and 3.0 the same number."""
        if isinstance(self.content, Coding) and isinstance(other.content, Coding):
            return self.content.name == other.content.name
        if {self.kind, other.kind} <= {"Integer", "Decimal"}:
            return self.content == other.content
        if {self.kind, other.kind} <= _MOMENTS:
            return self.content == other.content or (self >= other and self <= other)
        return self.kind == other.kind and self.content == other.content

    def __lt__(self, other: "Value") -> bool:
        first, second = _comparable(self, other)
        return first is not None and first < second

    def __gt__(self, other: "Value") -> bool:
        return other < self

    def __le__(self, other: "Value") -> bool:
        first, second = _comparable(self, other)
        return first is not None and first <= second

    def __ge__(self, other: "Value") -> bool:
        return other <= self

    @property
    def words(self) -> str:
        """For a person: not for the eye alone, a code without words is its code."""
        if isinstance(self.content, Coding):
            return self.content.display or self.content.code
        if isinstance(self.content, Quantity):
            return f"{self.content.comparator}{self.content.value} {self.content.unit or self.content.code}".strip()
        if isinstance(self.content, bool):
            return "ja" if self.content else "nee"
        return str(self.content)


def read_value(found: Json, prefix: str = "value") -> tuple[str, Value] | None:
    """The one `valueX` (or `answerX`) that stands here, with its name; None if there is none, or more than one.

    Raises `NoValue` when it is no X, or of a kind that cannot be an answer here.
    """
    names = [name for name in found if name.startswith(prefix) and name[len(prefix) :][:1].isupper()]
    if len(names) != 1:
        return None
    return names[0], value_of(names[0].removeprefix(prefix), found[names[0]])


def value_of(kind: str, said: Any) -> Value:
    """What was said, as a value of this kind. Raises `NoValue`."""
    if kind not in _READERS:
        raise NoValue(_("Zo'n antwoord kan hier niet gegeven worden."))
    return Value(kind, _READERS[kind](said))


def written(value: Value) -> Json:
    """The same as FHIR has it: {"valueInteger": 3}."""
    content = value.content
    if isinstance(content, Coding):
        parts = {"system": content.system, "version": content.version, "code": content.code, "display": content.display}
        return {"valueCoding": {name: said for name, said in parts.items() if said}}
    if isinstance(content, Quantity):
        words = {
            "comparator": content.comparator,
            "unit": content.unit,
            "system": content.system,
            "code": content.code,
        }
        return {"valueQuantity": {"value": content.value} | {name: said for name, said in words.items() if said}}
    return {f"value{value.kind}": content}


def _boolean(said: Any) -> bool:
    if not isinstance(said, bool):
        raise NoValue(_("Dit is geen ja of nee."))
    return said


def _integer(said: Any) -> int:
    if isinstance(said, bool) or not isinstance(said, int) or said not in INT32:
        raise NoValue(_("Dit is geen heel getal, of het is te groot."))
    return said


def _number(said: Any) -> Decimal:
    if isinstance(said, bool) or not isinstance(said, int | float | Decimal):
        raise NoValue(_("Dit is geen getal."))
    if not fits(said):
        raise NoValue(_("Dit getal is te lang of te groot."))
    return Decimal(str(said))


def _text(said: Any) -> str:
    if not isinstance(said, str) or not said.strip() or len(said) > LONGEST or "\0" in said:
        raise NoValue(_("Dit is geen tekst, of hij is leeg of te lang."))
    return said


def _address(said: Any) -> str:
    if not isinstance(said, str) or not re.fullmatch(r"\S{1,2000}", said):
        raise NoValue(_("Dit is geen adres van een pagina."))
    return said


def _coding(said: Any) -> Coding:
    words = _words(said, "system", "code", "display", "version")
    found = Coding(*words)
    if not found.code and not found.display.strip():
        raise NoValue(_("Dit is geen keuze uit een lijst."))
    return found


def _quantity(said: Any) -> Quantity:
    unit, system, code, comparator = _words(said, "unit", "system", "code", "comparator")
    if comparator not in _COMPARATORS | {""}:
        raise NoValue(_("Dit is geen hoeveelheid."))
    return Quantity(_number(said.get("value")), unit, system, code, comparator)


def _words(said: Any, *names: str) -> list[str]:
    found = [said.get(name, "") for name in names] if isinstance(said, dict) else [None]
    words = [word for word in found if isinstance(word, str)]
    if len(words) < len(found):
        raise NoValue(_("Dit antwoord heeft niet de vorm die erbij hoort."))
    return words


def _moment(said: Any, pattern: re.Pattern[str]) -> str:
    match = pattern.fullmatch(said) if isinstance(said, str) else None
    if match is None:
        raise NoValue(_("Dit is geen datum of tijd die bestaat."))
    if pattern is not TIME:
        try:
            date(int(match["year"]), int(match["month"] or 1), int(match["day"] or 1))
        except ValueError:
            raise NoValue(_("Dit is geen datum die bestaat.")) from None
    return match.group()


_READERS: Final[dict[str, Callable[[Any], Any]]] = {
    "Boolean": _boolean,
    "Integer": _integer,
    "Decimal": _number,
    "Date": partial(_moment, pattern=DATE),
    "DateTime": partial(_moment, pattern=DATE_TIME),
    "Time": partial(_moment, pattern=TIME),
    "String": _text,
    "Uri": _address,
    "Coding": _coding,
    "Quantity": _quantity,
}


def _comparable(one: Value, other: Value) -> tuple[Any, Any]:
    """Both as something of which one can be more; (None, None) where nobody can say."""
    if {one.kind, other.kind} <= {"Integer", "Decimal"}:
        return one.content, other.content
    if not {one.kind, other.kind} <= _MOMENTS and (one.kind != other.kind or one.kind not in ORDERED):
        return None, None
    if isinstance(one.content, Quantity) and isinstance(other.content, Quantity):
        same = (one.content.system, one.content.code or one.content.unit) == (
            other.content.system,
            other.content.code or other.content.unit,
        )
        is_bare = not one.content.comparator and not other.content.comparator
        return (one.content.value, other.content.value) if same and is_bare else (None, None)
    return _moments(str(one.content), str(other.content))


def _moments(one: str, other: str) -> tuple[Any, Any]:
    if TIME.fullmatch(one) or TIME.fullmatch(other):
        is_time = TIME.fullmatch(one) and TIME.fullmatch(other)
        return (time.fromisoformat(one), time.fromisoformat(other)) if is_time else (None, None)
    if "T" in one and "T" in other:
        return datetime.fromisoformat(one), datetime.fromisoformat(other)
    # As rough as the roughest of the two: of "2020" and "2020-03" nobody can say which is earlier.
    shortest = min(len(one.partition("T")[0]), len(other.partition("T")[0]))
    short, long = one[:shortest], other[:shortest]
    is_equally_rough = len(one) == len(other)
    return (short, long) if short != long or is_equally_rough else (None, None)
