"""`bin/ipta log ...`: both logs, for who looks after them and who judges them. See docs/privacy/reading-log.md."""

from argparse import Namespace
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ipta.cli import Add, group

if TYPE_CHECKING:
    from ipta.accounts.models import Municipality


def add_to(add: Add) -> None:
    """The group `log`."""
    command = group(add, "log", "Seal both logs, prove that nobody changed them, and hand them over.", LOG)
    sealed = command("seal", seal, SEAL)
    sealed.add_argument("--to", type=Path, required=True, metavar="FOLDER", help="a place outside")
    sealed.add_argument("--anchor", action="store_true", help="only if something happened since the last seal")
    command("key", key, KEY)
    dumped = command("dump", dump, DUMP)
    dumped.add_argument("file", type=Path)
    verified = command("verify", verify, VERIFY)
    verified.add_argument("dump", type=Path, nargs="?", help="what bin/ipta log dump wrote; not with --live")
    verified.add_argument("seals", type=Path, help="the folder")
    verified.add_argument("--live", action="store_true", help="ask the database itself")
    verified.add_argument("--public-key", type=Path, metavar="FILE", help="your own copy of it")
    exported = command("export", export, EXPORT)
    exported.add_argument("file", type=Path)
    exported.add_argument("--as", dest="form", choices=["logboek", "nen7513"], required=True)
    exported.add_argument("--municipality", required=True, metavar="CODE", help="official code, such as GM0637")
    exported.add_argument(
        "--from", dest="since", type=date.fromisoformat, required=True, metavar="DAY", help="2026-03-01"
    )
    exported.add_argument(
        "--to", dest="until", type=date.fromisoformat, required=True, metavar="DAY", help="with this day"
    )
    exported.add_argument(
        "--activity", default="urn:ipta:begeleiding", metavar="URI", help="where the register tells of it"
    )
    subject = command("subject", find_subject, SUBJECT)
    subject.add_argument("token", help="dpl.core.data_subject_id of a record")
    subject.add_argument("--municipality", required=True, metavar="CODE", help="official code, such as GM0637")


def seal(wanted: Namespace) -> str:
    _ready()
    from ipta.journal import sealing

    made = sealing.seal(wanted.to, sealing.ANCHOR if wanted.anchor else sealing.DAY)
    if made is None:
        return "Nothing happened since the last seal."
    return f"Seal {made.number}: {made.lines} lines in {made.chains} chains, {made.moved} of them moved. {made.file}"


def sealed_today() -> str:
    """For `tick`: the seal of the day, where the settings name a folder for it."""
    from django.conf import settings

    from ipta.journal import sealing

    made = sealing.seal_of_the_day(Path(settings.SEALS_DIR)) if settings.SEALS_DIR else None
    return f" Sealed: {made.file}." if made else ""


def key(wanted: Namespace) -> str:
    _ready()
    from django.conf import settings

    from ipta.journal import sealing

    return sealing.public_pem(sealing.read_key(settings.LOG_KEY_FILE)).strip()


def dump(wanted: Namespace) -> str:
    _ready()
    from ipta.journal.dump import dump as lines

    count = _write(wanted.file, lines())
    return f"{wanted.file}: {count} lines. bin/ipta log verify {wanted.file} SEALS"


def verify(wanted: Namespace) -> str:
    from ipta.base.verdict import Impossible
    from ipta.journal import verify as auditor

    if wanted.live == bool(wanted.dump):
        raise ValueError("say DUMP and SEALS, or --live and SEALS")
    if wanted.live:
        _ready()
        from ipta.journal.dump import dump as lines

        report = auditor.verify(lines(), wanted.seals, wanted.public_key, is_live=True)
    else:
        with wanted.dump.open(encoding="utf-8", newline="\n") as texts:
            report = auditor.verify(texts, wanted.seals, wanted.public_key)
    if not report.is_whole:
        raise Impossible(f"the logs are not what they were.\n{auditor.told(report)}")
    return auditor.told(report)


def export(wanted: Namespace) -> str:
    _ready()
    from ipta.sharing import exports

    municipality = _municipality(wanted.municipality)
    if wanted.form == "logboek":
        lines = exports.logbook(municipality, wanted.since, wanted.until, activity=wanted.activity)
        return f"{wanted.file}: {_write(wanted.file, lines)} records."
    lines = exports.nen7513(municipality, wanted.since, wanted.until)
    return f"{wanted.file}: {_write(wanted.file, lines) - 1} rows."


def find_subject(wanted: Namespace) -> str:
    _ready()
    from ipta.sharing import exports

    return str(exports.subject_of(wanted.token, _municipality(wanted.municipality).code))


def _municipality(code: str) -> "Municipality":
    from ipta.accounts.models import Municipality

    return Municipality.objects.get(code=code)


def _write(file: Path, lines: Iterable[str]) -> int:
    """Line by line, for the owner only. A file that is there already is not written over."""
    count = 0
    with file.open("x", encoding="utf-8", newline="\n") as out:
        file.chmod(0o600)
        for line in lines:
            out.write(line)
            count += 1
    return count


def _ready() -> None:
    from django import setup

    setup(set_prefix=False)


# --- what the help says ---------------------------------------------------------------------------------------

LOG = """\
Both logs: the journal (who did what) and the reading log (who read what). Each dossier has a chain of hashes in both.

Every day      seal, into a folder on another machine; every few minutes: seal --anchor
Every month    verify --live
Once a year    an auditor: dump, and verify with his own copy of the public key (bin/ipta log key)
Found a fault? Change nothing, keep the folder with the seals and a copy of the database. It says what and where.
The whole story: docs/privacy/reading-log.md
"""
SEAL = """\
Seal both logs as they are now, into a folder outside.

A seal holds the root of a tree over the last line of every chain, the chains that moved since the seal before, and the
hash of that seal, signed with the key of the log. The public key lies beside it. With --anchor nothing is written when
nothing happened: run that as often as you like. Refused when something sealed before is no longer there.

Touches    nothing but the folder, and one line in the journal: that it was sealed.
Before     bin/ipta init makes the key. Choose a folder that who can reach the database cannot reach.
After      keep every seal: each names the one before. After a restore from a back-up begin a new folder.
"""
KEY = """\
Print the public key that the seals are checked with, and keep it where the auditor finds it.

Touches    nothing.
Before     nothing.
After      give it to who will judge the logs one day, now: whoever can forge a seal can also lay another key beside it.
"""
DUMP = """\
Write both logs to a new file, a line of JSON each, as they are at one moment.

Touches    nothing. IPTA goes on meanwhile. Ids, times and names of staff; no word of a youth.
Before     nothing.
After      bin/ipta log verify FILE SEALS, or, without any of this: python verify.py FILE SEALS
"""
VERIFY = """\
Prove that nobody changed the logs since they were sealed.

Tells of each fault which chain, which line and what: changed, removed, put in, tail cut, rewritten, rolled back; a seal
missing, changed or forged. The exit code is 1 when there is one. Of a dump it needs the file ipta/journal/verify.py
alone: an auditor runs it on a machine of his own, without this program.

Touches    nothing.
Before     bin/ipta log dump FILE, or --live to ask the database itself.
After      when there is a fault: change nothing, keep the seals and a copy of the database, tell the privacy officer.
"""
EXPORT = """\
Write the lines of one municipality as others want them, to a new file.

--as logboek    a Logboek Dataverwerkingen: a record for each operation on somebody's data. Whom it is about is sealed;
                who did it does not stand in it. JSON, one record a line.
--as nen7513    who did what with which dossier, on what ground. Comma-separated values.
The two are tied together by operation_id.

Touches    nothing.
Before     say in --activity where your register of processing tells of it (the Logboek only).
After      the second file names your colleagues: hand it to who may have it, and to nobody else.
"""
SUBJECT = """\
Tell which dossier a record of a Logboek Dataverwerkingen is about.

Touches    nothing.
Before     nothing.
After      the id of a dossier says nothing without the right to open it.
"""
