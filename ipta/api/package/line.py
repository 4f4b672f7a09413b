"""The package on the command line: `bin/ipta import`, `export` and `schema`."""

import json
from pathlib import Path

from ipta.accounts.models import Municipality, Person
from ipta.api.package import rules
from ipta.api.package.commands import import_package
from ipta.api.package.papers import looked_at
from ipta.api.package.reading import load
from ipta.api.package.schema import schema
from ipta.api.package.writing import export
from ipta.base.verdict import Impossible
from ipta.sharing.door import Reader
from ipta.sharing.queries import caseload_of


def run_import(file: Path, code: str, email: str) -> str:
    """Read a file in for this municipality and this coach, in whose name it is done, and tell what came of it."""
    municipality, coach = _municipality(code), _coach(email)
    with file.open("rb") as stream:
        data = load(stream.read(rules.MAX_BYTES + 1))
    imported = import_package(data, municipality, coach, by=coach, papers=looked_at(data))
    if not imported.is_new:
        return f"This package is here already, as dossier {imported.dossier.id}. Nothing was changed."
    return f"Imported as dossier {imported.dossier.id}."


def run_export(dossier_id: str, email: str) -> str:
    """The package of a dossier, read by its coach: it stands in the reading log as such."""
    coach = _coach(email)
    try:
        dossier = caseload_of(coach).filter(pk=rules.identity(dossier_id)).first()
    except ValueError:
        dossier = None
    if dossier is None:
        raise Impossible("Dit dossier is er niet, of deze persoon is niet de coach.")
    return json.dumps(export(dossier, Reader(coach)), ensure_ascii=False, indent=2)


def run_schema() -> str:
    return json.dumps(schema(), ensure_ascii=False, indent=2)


def _municipality(code: str) -> Municipality:
    municipality = Municipality.objects.filter(code=code).first()
    if municipality is None:
        raise Impossible(f"{code} is hier geen gemeente. Begin ermee: bin/ipta found {code} E-MAIL")
    return municipality


def _coach(email: str) -> Person:
    person = Person.objects.with_email(email)
    if person is None or not person.is_active:
        raise Impossible(f"{email} is hier niet bekend.")
    return person
