"""`bin/ipta instrument ...`: questionnaires in FHIR R4, in and out. See decision 28."""

import json
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from ipta.cli import Add, group

if TYPE_CHECKING:
    from ipta.accounts.models import Municipality, Person


def add_to(add: Add) -> None:
    """The group `instrument`."""
    command = group(
        add, "instrument", "Questionnaires as data (FHIR R4): bring one in, take one out, list them.", ABOUT
    )
    imported = command("import", bring_in, IMPORT)
    imported.add_argument("file", type=Path)
    imported.add_argument(
        "--municipality", metavar="CODE", help="official code, such as GM0637; without: for everybody"
    )
    imported.add_argument("--by", metavar="EMAIL", help="its functional manager; needed with --municipality")
    imported.add_argument("--as", dest="kind", metavar="WHAT", help="of a table (CSV): zrm-2017, zrm-jongeren or bsa")
    imported.add_argument("--version", metavar="V", help="of a table: the version that stands on the document")
    exported = command("export", take_out, EXPORT)
    exported.add_argument("url")
    exported.add_argument("--version", metavar="V", help="without: the one in use, or else the newest")
    exported.add_argument("--municipality", metavar="CODE", help="its own copy; without: that of the house")
    command("list", tell, LIST)


def bring_in(wanted: Namespace) -> str:
    _ready()
    from django.db import transaction

    from ipta.base.verdict import Impossible
    from ipta.scans.instruments import commands, shelf
    from ipta.scans.instruments.definition import read

    content = _definition(wanted)
    if wanted.municipality and not wanted.by:
        raise Impossible("Zeg met --by wie het laadt: het e-mailadres van de functioneel beheerder.")
    if wanted.municipality:
        municipality = _municipality(wanted.municipality)
        version = commands.load_instrument(municipality, content, by=_person(wanted.by))
    else:
        with transaction.atomic():
            version, _is_new = shelf.shelve(read(content), None, None)
    whose = version.instrument.municipality or "every municipality"
    return f"{version.instrument.url} {version.version}: {version.status}, for {whose}."


def take_out(wanted: Namespace) -> str:
    _ready()
    from ipta.base.verdict import Impossible
    from ipta.scans.models import InstrumentVersion

    municipality = _municipality(wanted.municipality) if wanted.municipality else None
    found = InstrumentVersion.objects.filter(instrument__url=wanted.url, instrument__municipality=municipality)
    if wanted.version:
        found = found.filter(version=wanted.version)
    version = found.active().first() or found.first()
    if version is None:
        raise Impossible("Deze vragenlijst is er niet. Kijk met bin/ipta instrument list welke er zijn.")
    return json.dumps(version.definition, ensure_ascii=False, indent=2)


def tell(_: Namespace) -> str:
    _ready()
    from ipta.scans.models import InstrumentVersion

    found = InstrumentVersion.objects.select_related("instrument__municipality").defer("definition")
    lines = [
        f"{each.instrument.url}  {each.version}  {each.status}  "
        f"{each.instrument.municipality or 'every municipality'}  {each.instrument.title}"
        for each in found.order_by("instrument__url", "instrument__municipality__name", "-loaded_at")
    ]
    return "\n".join(lines) or "There are none yet. bin/ipta migrate brings in those that ship with the house."


def _definition(wanted: Namespace) -> bytes:
    """The file, or the questionnaire that a table of somebody else's texts becomes."""
    from ipta.base.verdict import Impossible
    from ipta.scans.instruments import official

    content = _content(wanted.file)
    if not wanted.kind:
        if wanted.file.suffix.casefold() == ".csv":
            raise Impossible("Zeg met --as wat dit CSV-bestand is: zrm-2017, zrm-jongeren of bsa.")
        return content
    if wanted.kind not in official.KINDS:
        raise Impossible(f"{wanted.kind} kennen we niet. Kies zrm-2017, zrm-jongeren of bsa.")
    if not wanted.version or not wanted.municipality:
        raise Impossible(
            "Zeg met --version welke versie het is, en met --municipality welke gemeente dit mag gebruiken."
        )
    return official.definition_of(wanted.kind, content, wanted.version)


def _content(file: Path) -> bytes:
    """No more of it than can be an instrument: a file of gigabytes is refused without being read."""
    from ipta.scans.instruments.opening import LARGEST

    with file.open("rb") as there:
        return there.read(LARGEST + 1)


def _municipality(code: str) -> "Municipality":
    from ipta.accounts.models import Municipality
    from ipta.base.verdict import Impossible

    found = Municipality.objects.filter(code=code).first()
    if found is None:
        raise Impossible(f"{code} is geen code van een gemeente. Een code ziet er zo uit: GM0637.")
    return found


def _person(email: str) -> "Person":
    from ipta.accounts.models import Person
    from ipta.base.verdict import Impossible

    found = Person.objects.with_email(email)
    if found is None:
        raise Impossible(f"Er is niemand met het adres {email}.")
    return found


def _ready() -> None:
    from django import setup

    setup(set_prefix=False)


# --- what the help says -------------------------------------------------------------------------------------------

ABOUT = """\
Instruments are questionnaires in FHIR R4 (JSON). What ships with the house is brought in by bin/ipta migrate.

A version never changes: other words need another version number. What is not understood is refused, with the place in
the file and the reason. How far that goes: docs/decisions/0028.
"""
IMPORT = """\
Bring in a questionnaire, or a newer version of it: all or nothing.

A copy of a municipality (--municipality, --by) is seen and used there alone, and comes before that of the house. There
go the official texts of the ZRM and the items of the BSA: have the right to use them. They may come as a table (CSV),
with --as and --version: domein;niveau;tekst for the ZRM, nummer;onderdeel;vraag for the BSA.

Touches    the shelf of instruments, and for a municipality one line in the journal. No sheet that was filled in.
Before     put the lists of answers it asks for into the file (contained). At most 500 kB.
After      bin/ipta instrument list
"""
EXPORT = """\
Print a questionnaire as it was brought in, as JSON.

Touches    nothing.
Before     bin/ipta instrument list tells the url.
After      with another version number it can be brought in again.
"""
LIST = """\
List all instruments: url, version, whether it is in use, for whom, title.

Touches    nothing.
Before     nothing.
After      bin/ipta instrument export URL
"""
