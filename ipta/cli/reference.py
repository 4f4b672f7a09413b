"""`bin/ipta reference`: the words of others that the house offers, such as occupations."""

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from ipta.cli import Add

if TYPE_CHECKING:
    from ipta.reference.models import Source

LOAD = """Load the occupations and skills of ESCO. Without a folder those that ship with the code; with one the files of
a download in Dutch (occupations_nl.csv, ISCOGroups_nl.csv, transversalSkillsCollection_nl.csv). Files of another
version than we know are refused, unless you say --newer. All or nothing; what was chosen by anybody stays."""


def add_to(add: Add) -> None:
    """The command `reference`."""
    command = add("reference", tell, "The words of others that the house offers: occupations and skills of ESCO.")
    parts = command.add_subparsers(dest="part", metavar="PART")
    load = parts.add_parser("load", help="load them", description=LOAD)
    load.add_argument("folder", type=Path, nargs="?", help="of a download; without it: what ships with the code")
    load.add_argument("--newer", action="store_true", help="also files of another version than we know")
    load.set_defaults(run=run_load)


def tell(_: Namespace) -> str:
    from django import setup

    setup(set_prefix=False)
    from ipta.reference.models import Source

    told = [_said(source) for source in Source.objects.all()]
    return "\n".join(told) or "Nothing is loaded. bin/ipta reference load"


def run_load(wanted: Namespace) -> str:
    from django import setup

    setup(set_prefix=False)
    from ipta.reference import esco
    from ipta.reference.loading import load

    files = esco.downloaded(wanted.folder, is_newer=wanted.newer) if wanted.folder else esco.shipped()
    return _said(load(files))


def _said(source: "Source") -> str:
    from ipta.reference.models import Name, Term

    terms = Term.objects.filter(source=source, is_current=True)
    counts = [f"{terms.filter(kind=kind).count()} {words}" for kind, words in _KINDS.items()]
    names = Name.objects.filter(term__source=source, term__is_current=True).count()
    return (
        f"{source.name} {source.version}: {', '.join(counts)}, {names} names; loaded {source.loaded_at:%Y-%m-%d}, "
        f"sha256 {source.checksum}. {source.attribution}"
    )


_KINDS = {"occupation": "occupations", "skill": "skills"}
