"""Reading a package: from bytes to what is surely a package, with every fault in it and its place."""

import json
import math
from collections.abc import Iterator, Sized
from functools import cache
from typing import Any, Final

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError

from ipta.api.package import checks, rules
from ipta.api.package.rules import CONTROL, Fault, PackageFault, place_of
from ipta.api.package.schema import schema

Package = dict[str, Any]
Path = tuple[str | int, ...]


class _Twice(dict[str, Any]):
    """An object in which a name stood more than once."""

    names: list[str]


def load(content: bytes) -> Package:
    """The package in these bytes. Raises `PackageFault` with everything that is wrong with it."""
    if len(content) > rules.MAX_BYTES:
        raise PackageFault(Fault("", f"het bestand is te groot: hoogstens {rules.MAX_BYTES // 1024**2} MB."))
    try:
        data = json.loads(content.decode("utf-8-sig"), object_pairs_hook=_pairs)
    except UnicodeDecodeError:
        raise PackageFault(Fault("", "dit is geen tekst in UTF-8.")) from None
    except json.JSONDecodeError as fault:
        raise PackageFault(Fault(f"regel {fault.lineno}, teken {fault.colno}", "dit is geen JSON.")) from None
    except RecursionError:
        raise PackageFault(_TOO_DEEP) from None
    except ValueError:  # a number of thousands of digits
        raise PackageFault(Fault("", "er staat een veel te groot getal in.")) from None
    return checked(data)


def checked(data: Any) -> Package:
    """The same data, when it is a package without a fault. Raises `PackageFault`."""
    if strange := list(_strange(data)):
        raise PackageFault(*strange)
    if not isinstance(data, dict) or data.get("format") != rules.FORMAT:
        raise PackageFault(Fault("format", f'dit is geen dossierpakket. Daarin staat "format": "{rules.FORMAT}".'))
    version = data.get("version")
    if type(version) is int and version > rules.VERSION:
        message = f"dit pakket is van een latere versie ({version}). Deze IPTA leest tot en met {rules.VERSION}."
        raise PackageFault(Fault("version", message))
    if faults := [fault for error in _validator().iter_errors(data) for fault in _faults(error)]:
        raise PackageFault(*faults)
    if faults := list(checks.faults_in(data)):
        raise PackageFault(*faults)
    return data


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    seen: set[str] = set()
    twice = _Twice(found)
    twice.names = [name for name, _ in pairs if name in seen or seen.add(name)]  # type: ignore[func-returns-value]
    return twice


# --- what no schema tells: names twice, odd characters, numbers that are none, depth ----------------------

_TOO_DEEP: Final = Fault("", f"het pakket is te diep genest: hoogstens {rules.MAX_DEPTH} lagen.")


def _strange(data: Any) -> Iterator[Fault]:
    waiting: list[tuple[Path, Any]] = [((), data)]
    seen = 0
    while waiting:
        path, value = waiting.pop()
        seen += 1
        if seen > rules.MAX_VALUES:
            yield Fault("", f"het pakket is te groot: hoogstens {rules.MAX_VALUES} velden.")
            return
        if len(path) > rules.MAX_DEPTH:
            yield _TOO_DEEP
            return
        if isinstance(value, dict):
            yield from _strange_names(path, value)
            waiting += [((*path, name), inner) for name, inner in reversed(value.items())]
        elif isinstance(value, list):
            waiting += [((*path, number), inner) for number, inner in reversed(list(enumerate(value)))]
        elif isinstance(value, str) and CONTROL.search(value):
            yield Fault(place_of(path), "hier staat een teken in dat geen letter is (een stuurteken).")
        elif isinstance(value, float):
            yield Fault(place_of(path), "dit is geen getal." if _is_odd(value) else "hier hoort een heel getal.")


def _is_odd(value: float) -> bool:
    return math.isnan(value) or math.isinf(value)


def _strange_names(path: Path, value: dict[str, Any]) -> Iterator[Fault]:
    for name in value.names if isinstance(value, _Twice) else ():
        yield Fault(place_of((*path, name)), "dit veld staat er twee keer.")
    for name in value:
        if not isinstance(name, str) or CONTROL.search(name):
            yield Fault(place_of((*path, name)), "deze naam van een veld kan niet.")


# --- what the schema tells, in words --------------------------------------------------------------------


@cache
def _validator() -> Draft202012Validator:
    formats = FormatChecker(formats=())
    formats.checks("date", ValueError)(lambda text: not isinstance(text, str) or bool(rules.day(text)))
    formats.checks("rough-day", ValueError)(lambda text: not isinstance(text, str) or bool(rules.rough_days(text)))
    formats.checks("date-time", ValueError)(lambda text: not isinstance(text, str) or bool(rules.moment(text)))
    formats.checks("uuid", ValueError)(lambda text: not isinstance(text, str) or bool(rules.identity(text)))
    return Draft202012Validator(schema(), format_checker=formats)


TYPES: Final = {
    "string": "tekst",
    "integer": "een heel getal",
    "boolean": "true of false",
    "object": "een groep velden { }",
    "array": "een lijst [ ]",
    "null": "null",
}
FORMS: Final = {
    "date": "dit is geen bestaande dag. Schrijf een dag zo: 2026-03-03.",
    "rough-day": "dit is geen bestaande dag. Schrijf een dag zo: 2026-03-03, een maand 2026-03, een jaar 2026.",
    "date-time": "dit is geen bestaand tijdstip. Schrijf het zo: 2026-03-03T14:30:00+01:00.",
    "uuid": "dit is geen UUID.",
}

LIMITS: Final = {
    "maxLength": "te lang: {size} tekens, hoogstens {wanted}.",
    "minLength": "dit mag niet leeg zijn.",
    "maxItems": "te veel: {size} regels, hoogstens {wanted}.",
    "maxProperties": "te veel: {size} velden, hoogstens {wanted}.",
    "minimum": "te klein: {wanted} of meer.",
    "maximum": "te groot: {wanted} of minder.",
    "const": "hier hoort {wanted}.",
    "pattern": "dit heeft niet de goede vorm.",
}


def _faults(error: ValidationError) -> Iterator[Fault]:
    """What jsonschema found, in plain words. Never the words that stand there: they are somebody's."""
    path = tuple(error.absolute_path)
    rule = str(error.validator)
    wanted: Any = error.validator_value
    found: Any = error.instance
    if rule == "required":
        yield from (Fault(place_of((*path, name)), "dit veld ontbreekt.") for name in wanted if name not in found)
    elif rule == "additionalProperties":
        unknown = sorted(found.keys() - error.schema.get("properties", {}).keys())  # type: ignore[union-attr]
        yield from (Fault(place_of((*path, name)), "dit veld kent een dossierpakket niet.") for name in unknown)
    elif "propertyNames" in error.absolute_schema_path:
        yield Fault(place_of((*path, found)), "deze naam van een veld kan niet.")
    else:
        yield Fault(place_of(path), _in_words(rule, wanted, found))


def _in_words(rule: str, wanted: Any, found: Any) -> str:
    if rule == "type":
        kinds = [wanted] if isinstance(wanted, str) else wanted
        return f"hier hoort {' of '.join(TYPES[kind] for kind in kinds)}."
    if rule == "enum":
        return f"kies uit: {', '.join(value or 'leeg' for value in wanted)}."
    if rule == "format":
        return FORMS[wanted]
    return LIMITS[rule].format(size=len(found) if isinstance(found, Sized) else found, wanted=wanted)
