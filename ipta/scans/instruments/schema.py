"""The schema of FHIR R4: whether a file is what it says it is, in plain words with the place.

`fhir-r4.schema.json` is out of that of HL7 (CC0), with what a questionnaire is made of and no more.
"""

import json
from collections.abc import Mapping
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any, Final

from jsonschema import Draft6Validator
from jsonschema.exceptions import ValidationError

from ipta.scans.instruments.faults import Fault, _
from ipta.scans.instruments.opening import Json

FILE: Final = Path(__file__).parent / "fhir-r4.schema.json"
MOST: Final = 100  # that are told: who mended those tries again
WANTED: Final = {
    "string": _("Hier hoort een tekst."),
    "number": _("Hier hoort een getal."),
    "boolean": _("Hier hoort true of false."),
    "array": _("Hier hoort een lijst."),
    "object": _("Hier hoort een groep velden."),
}


def faults_of(found: Json, kind: str, where: str = "") -> list[Fault]:
    """What the schema has against this resource; nothing if it is one."""
    errors = islice(_validator(kind).iter_errors(found), MOST)
    return sorted((_told(error, found, where) for error in errors), key=lambda fault: (fault.where, fault.reason))


@cache
def _validator(kind: str) -> Draft6Validator:
    known = json.loads(FILE.read_text(encoding="utf-8"))["definitions"]
    # HL7's own does not say that what has fields is a group of fields, and what must be there.
    definitions = {name: {"type": "object", **said} if "properties" in said else said for name, said in known.items()}
    definitions["Extension"]["required"] = ["url"]
    definitions["Questionnaire"]["required"] = ["resourceType", "status"]
    return Draft6Validator({"$ref": f"#/definitions/{kind}", "definitions": definitions})


def _told(error: ValidationError, found: Json, where: str) -> Fault:
    place = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in error.absolute_path)
    at = f"{where}{place}".lstrip(".")
    link_id = _link_id(found, list(error.absolute_path))
    match str(error.validator):
        case "additionalProperties":
            known = error.schema["properties"] if isinstance(error.schema, Mapping) else {}
            instance = error.instance if isinstance(error.instance, dict) else {}
            unknown = ", ".join(sorted(set(instance) - set(known)))
            return Fault(at, _("Dit veld kent FHIR R4 hier niet."), link_id, unknown)
        case "type":
            return Fault(at, WANTED[str(error.validator_value)], link_id)
        case "enum" | "const":
            return Fault(at, _("Dit woord kent FHIR R4 hier niet."), link_id, str(error.instance))
        case "required":
            missing = [name for name in error.validator_value if name not in error.instance]  # type: ignore[union-attr, operator]
            return Fault(at, _("Hier ontbreekt een veld."), link_id, ", ".join(missing))
        case _:
            return Fault(at, _("Dit is niet geschreven zoals FHIR R4 het wil."), link_id, str(error.instance))


def _link_id(found: Any, path: list[str | int]) -> str:
    """Of the item in which this place lies."""
    link_id = ""
    for step in path:
        found = found[step]
        said = found.get("linkId") if isinstance(found, dict) else None
        link_id = said if isinstance(said, str) else link_id
    return link_id
