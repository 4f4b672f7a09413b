"""From the bytes of a file to what stands in it. What two readers could read differently is refused."""

import json
from decimal import Decimal
from typing import Any, Final

from ipta.scans.instruments.faults import Fault, NotUnderstood, _

LARGEST: Final = 500_000  # bytes: the official texts of a matrix are a tenth of it
DEEPEST: Final = 60
DIGITS: Final = 15  # what a double holds without loss: so every number comes out as it went in
LARGEST_NUMBER: Final = Decimal(10) ** DIGITS

NO_SUCH: Final = {
    "Questionnaire": _("Dit is geen Questionnaire van FHIR R4."),
    "QuestionnaireResponse": _("Dit is geen QuestionnaireResponse van FHIR R4."),
}

Json = dict[str, Any]


def opened(content: bytes, kind: str) -> Json:
    """The resource in this file. Raises `NotUnderstood` when it is no JSON, or another resource than `kind`."""
    if len(content) > LARGEST:
        raise _refused(_("Dit bestand is te groot. Hooguit 500 kB kan."))
    try:
        found = json.loads(
            content.decode("utf-8-sig"),
            parse_float=Decimal,
            parse_constant=_no_number,
            object_pairs_hook=_once,
        )
    except UnicodeDecodeError:
        raise _refused(_("Dit bestand is geen tekst in UTF-8.")) from None
    except RecursionError:
        raise _refused(_("Dit bestand zit te diep in elkaar.")) from None
    except NotUnderstood:
        raise
    except ValueError as fault:
        raise _refused(_("Dit is geen JSON."), about=str(fault)) from None
    return of_kind(found, kind)


def of_kind(found: Any, kind: str) -> Json:
    """What was read already, if it is a resource of this kind and holds nothing that cannot be kept."""
    if not isinstance(found, dict) or found.get("resourceType") != kind:
        said = found.get("resourceType") if isinstance(found, dict) else None
        raise NotUnderstood([Fault("resourceType", NO_SUCH[kind], about=said if isinstance(said, str) else "")])
    if faults := _unkeepable(found):
        raise NotUnderstood(faults)
    return found


def _refused(reason: str, about: str = "") -> NotUnderstood:
    return NotUnderstood([Fault("", reason, about=about)])


def _no_number(said: str) -> Any:
    raise _refused(_("Dit is geen getal."), about=said)


def _once(pairs: list[tuple[str, Any]]) -> Json:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise _refused(_("Dit veld staat er twee keer."), about=next(name for name in names if names.count(name) > 1))
    return found


def _unkeepable(found: Json) -> list[Fault]:
    """What no database keeps as it is: signs that are none, numbers longer than a double, a tower of brackets."""
    faults = []
    todo: list[tuple[Any, str, int]] = [(found, "", 0)]
    while todo:
        here, where, depth = todo.pop()
        if depth > DEEPEST:
            return [Fault(where[:80], _("Dit zit te diep in elkaar."))]
        if isinstance(here, dict):
            faults += [
                Fault(where, _("In deze naam staat een teken dat niet kan.")) for key in here if not _is_text(key)
            ]
            todo += [(value, f"{where}.{key}".lstrip("."), depth + 1) for key, value in here.items()]
        elif isinstance(here, list):
            todo += [(value, f"{where}[{number}]", depth + 1) for number, value in enumerate(here)]
        elif isinstance(here, str) and not _is_text(here):
            faults.append(Fault(where, _("Hier staat een teken dat niet kan.")))
        elif not isinstance(here, bool) and isinstance(here, int | float | Decimal) and not fits(here):
            faults.append(Fault(where, _("Dit getal is te lang of te groot.")))
    return faults


def _is_text(said: str) -> bool:
    return "\0" not in said and not any("\ud800" <= sign <= "\udfff" for sign in said)


def fits(number: int | float | Decimal) -> bool:
    """Whether this number comes out of every computer as it went in."""
    exact = Decimal(str(number))
    if not exact.is_finite() or abs(exact) >= LARGEST_NUMBER:
        return False
    _sign, digits, exponent = exact.as_tuple()
    return len(digits) <= DIGITS and isinstance(exponent, int) and -DIGITS <= exponent <= DIGITS


def plain(found: Any) -> Any:
    """The same for a database or a file: numbers as JSON has them."""
    if isinstance(found, dict):
        return {key: plain(value) for key, value in found.items()}
    if isinstance(found, list | tuple):
        return [plain(value) for value in found]
    if isinstance(found, Decimal):
        return int(found) if found == found.to_integral_value() else float(found)
    return found
