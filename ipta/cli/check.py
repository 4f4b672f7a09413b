"""`bin/ipta check`: is this installation safe to serve? The site asks the same of itself when it starts."""

import sys
from argparse import Namespace, RawDescriptionHelpFormatter
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from ipta.cli import Add

if TYPE_CHECKING:
    from ipta.web.checks import Check

UNSAFE = 1


def add_to(add: Add) -> None:
    """The command `check`."""
    command = add("check", check, "See whether this installation is safe to serve.")
    command.description, command.formatter_class = CHECK, RawDescriptionHelpFormatter
    command.add_argument(
        "--dependencies", action="store_true", help="look the packages up in the advisories of IPTA_ADVISORIES instead"
    )


def check(wanted: Namespace) -> str:
    from django import setup
    from django.conf import settings

    setup(set_prefix=False)
    if wanted.dependencies:
        from ipta.cli import advisories

        return _answer(*advisories.look_up())
    found = {asked.what: _faults_of(asked) for asked in (*everywhere(), *in_real_use())}
    counting = [asked.what for asked in everywhere()] if settings.IS_LOCAL else list(found)
    count = sum(len(found[what]) for what in counting)
    lines = [line for what, faults in found.items() for line in _lines(what, faults)]
    lines += [f"note   {note}" for note in notes()]
    if settings.IS_LOCAL:
        lines += [
            "",
            f"For this machine alone (IPTA_LOCAL, IPTA_DEMO, IPTA_DEBUG): only the first {len(counting)} count.",
        ]
    return _answer("\n".join([*lines, "", _verdict(count)]), UNSAFE if count else 0)


def refuse_to_start() -> None:
    """Called where the site starts to serve. Says what is wrong, a line each, and leaves."""
    from django.conf import settings

    asked = everywhere() if settings.IS_LOCAL else [*everywhere(), *in_real_use()]
    faults = [fault for each in asked for fault in _faults_of(each)]
    if faults:
        sys.stderr.write("".join(f"ipta: {fault}\n" for fault in [*faults, _verdict(len(faults))]))
        raise SystemExit(UNSAFE)


# --- what is asked -----------------------------------------------------------------------------------------------


def everywhere() -> "list[Check]":
    """Of every installation, the demo too."""
    from ipta.web.checks import EVERYWHERE

    return list(EVERYWHERE)


def in_real_use() -> "list[Check]":
    """Of an installation that serves real people."""
    from django.db import connections

    from ipta.walls import checks as walls
    from ipta.web.checks import IN_REAL_USE, Check

    servers = [alias for alias in connections if connections[alias].vendor == "postgresql"]
    said = "The walls of PostgreSQL stand, and hold for us too ({})"
    return [*IN_REAL_USE, *(Check(said.format(alias), partial(walls.faults, alias)) for alias in servers)]


def _faults_of(asked: "Check") -> list[str]:
    """A check that cannot be done is a fault."""
    from django.db import DatabaseError

    try:
        return list(asked.faults())
    except (OSError, DatabaseError) as fault:
        return [f"could not be looked at: {str(fault).strip()}"]


def notes() -> Iterator[str]:
    """What is not wrong, and better otherwise."""
    from django.conf import settings

    if not settings.SEALS_DIR:
        yield "No seals are made over the logs: say in IPTA_SEALS_DIR where they go, to another machine."
    if not settings.CLAMD:
        yield "Papers are not looked at by a virus scanner, and say so. IPTA_CLAMD is where it listens."


# --- what is told --------------------------------------------------------------------------------------------------


def _lines(what: str, faults: list[str]) -> list[str]:
    return [f"{'FAULT' if faults else 'well ':<7}{what}", *(f"         {fault}" for fault in faults)]


def _verdict(count: int) -> str:
    if count:
        return f"The site does not start: {count} {'fault' if count == 1 else 'faults'}."
    return "The site starts."


def _answer(text: str, code: int) -> str:
    """The same answer, also when it is no."""
    if code:
        sys.stdout.write(f"{text}\n")
        raise SystemExit(code)
    return text


CHECK = """\
See whether this installation is safe to serve: its settings, its files with keys, its database.

Prints everything that was looked at, also what is well. The site asks the same of itself when it starts, and does not
start while one is wrong. Run it as the user of the site, with the same environment.

Touches    nothing.
Exit code  0 it starts, 1 it does not

With --dependencies: looks up every package in a folder of advisories, brought here by you: OSV files, one JSON each,
such as the exports of https://osv.dev for PyPI and npm, unpacked.
  IPTA_ADVISORIES=/srv/advisories bin/ipta check --dependencies
Exit code  0 nothing known, 1 something known, 3 not checked: no advisories, or only old ones
"""
