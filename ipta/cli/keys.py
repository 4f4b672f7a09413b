"""`bin/ipta keys ...`: the keys, for who looks after them. The policy behind it: docs/privacy/keys.md."""

import sys
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from ipta.cli import Add, group

if TYPE_CHECKING:
    from ipta.accounts.models import Person

SAMPLE = 20  # keys that `status` opens
MONTHLY_SAMPLE = 1000  # that `check` opens


def add_to(add: Add) -> None:
    """The group `keys`."""
    command = group(add, "keys", "Look after the keys: look, a new master key, back-ups, erasing.", KEYS)
    command("status", status, STATUS)
    check_ = command("check", check, CHECK)
    check_.add_argument("--all", action="store_true", help=f"every key, not {MONTHLY_SAMPLE} taken at random")
    new = command("new-master", new_master, NEW_MASTER)
    new.add_argument("--into", type=Path, metavar="FILE", help="write all versions to this new file instead")
    command("rewrap", rewrap, REWRAP)
    out = command("retire", retire, RETIRE)
    out.add_argument("version", type=int)
    copy = command("backup", backup, BACKUP)
    copy.add_argument("file", type=Path)
    back = command("restore", restore, RESTORE)
    back.add_argument("file", type=Path)
    back.add_argument("--prefer-file", action="store_true", help="where the file says otherwise, the file is right")
    gone = command("destroy", destroy, DESTROY)
    gone.add_argument("dossier", type=UUID, help="id of the dossier")
    gone.add_argument("--section", help="one section of it, such as contacts; without it: everything")
    gone.add_argument("--by", required=True, metavar="EMAIL", help="the functional manager who asks for it")
    gone.add_argument("--second", required=True, metavar="EMAIL", help="the privacy officer who agrees")


def status(_: Namespace) -> str:
    _ready()
    from django.conf import settings

    from ipta.vault import store

    now, trial = store.state(), store.tried(SAMPLE)
    lines = [f"Master key   {settings.MASTER_KEY_FILE}"]
    for version in sorted({*now.versions, *now.under}):
        is_here = "" if version in now.versions else "   NOT IN THE FILE: put its line back"
        is_newest = ", the newest" if version == max(now.versions) else ""
        lines.append(f"  version {version}{is_newest}: wraps {now.under[version]} keys{is_here}")
    lines += [
        f"Keys         {now.municipalities} of municipalities, {now.houses} of the house",
        f"Sections     {now.sections} can be opened, {now.destroyed} destroyed",
        f"Tried        {trial.tried} keys, {trial.tried - len(trial.faults)} open",
    ]
    return _unless_faults(lines, trial.faults)


def check(wanted: Namespace) -> str:
    _ready()
    from ipta.vault import store

    trial = store.tried(None if wanted.all else MONTHLY_SAMPLE)
    return _unless_faults([f"{trial.tried} keys tried: {trial.tried - len(trial.faults)} open."], trial.faults)


def _unless_faults(lines: list[str], faults: list[str]) -> str:
    from ipta.vault.store import StoreFault

    if faults:
        shown = [*faults[:10], *([f"and {len(faults) - 10} more."] if len(faults) > 10 else [])]
        help_ = "Change nothing. What to do stands in docs/privacy/keys.md, under: When a key does not open."
        raise StoreFault("\n".join(["there are keys that do not open.", *lines, *shown, help_]))
    return "\n".join(lines)


def new_master(wanted: Namespace) -> str:
    _ready()
    from django.conf import settings

    from ipta.vault import master

    version = master.add(wanted.into)
    where = wanted.into or settings.MASTER_KEY_FILE
    bring = [f"Bring it in place of {settings.MASTER_KEY_FILE}."] if wanted.into else []
    steps = [*bring, *AFTER_NEW_MASTER]
    return "\n".join([f"Version {version} of the master key is in {where}. Now:", *_numbered(steps)])


AFTER_NEW_MASTER = (
    "Copy the file to every other machine that runs IPTA. Workers notice it by themselves.",
    "Renew the three copies that are kept apart.",
    "bin/ipta keys rewrap",
)


def _numbered(steps: list[str]) -> list[str]:
    return [f"  {number}. {step}" for number, step in enumerate(steps, start=1)]


def rewrap(_: Namespace) -> str:
    _ready()
    from ipta.vault import master, store

    done, newest = store.rewrap(), master.newest()
    old = [version for version in sorted(master.versions()) if version != newest]
    retirable = "".join(f" Not needed here any more: bin/ipta keys retire {version}." for version in old)
    return f"{done} keys were put under version {newest}, which now wraps all of them.{retirable}"


def retire(wanted: Namespace) -> str:
    _ready()
    from ipta.vault import store

    store.retire(wanted.version)
    return (
        f"Version {wanted.version} is out of the master key file. Take it out on every other machine too. "
        f"Back-ups of the key store from before the last rewrap open only with it: keep one copy of version "
        f"{wanted.version} apart until those back-ups are gone, then destroy it."
    )


def backup(wanted: Namespace) -> str:
    _ready()
    from ipta.vault import backup as file

    count = file.write(wanted.file)
    return (
        f"{count} keys are in {wanted.file}, wrapped: useless without the master key. Bring it to another place than "
        "the back-ups of the texts, and throw it away after 30 days."
    )


def restore(wanted: Namespace) -> str:
    _ready()
    from ipta.vault import backup as file

    came = file.restore(wanted.file, prefer_file=wanted.prefer_file)
    return (
        f"{came.added} keys were put back, {came.same} were here already, {len(came.contradictions)} were taken from "
        f"the file instead of the store, {came.stayed_destroyed} stay destroyed. Now: bin/ipta keys check --all"
    )


def destroy(wanted: Namespace) -> str:
    _ready()
    from ipta.dossiers.models import Dossier
    from ipta.sharing import erasure
    from ipta.vault import store

    dossier = Dossier.objects.filter(pk=wanted.dossier).first()
    if dossier is None:
        raise ValueError(f"there is no dossier {wanted.dossier}.")
    section = wanted.section or erasure.WHOLE
    by, second = _person(wanted.by), _person(wanted.second)
    _surely(dossier.pk, section)
    erasure.shred(dossier, by=by, second=second, section=section)
    is_clean = store.leave_no_trace()
    what = "Everything in" if section == erasure.WHOLE else f"Section {section} of"
    return (
        f"{what} dossier {dossier.pk} is destroyed: in the texts, and in every back-up of them. "
        "It is gone from every back-up of the key store too when the last one from before today is thrown away."
        + (
            ""
            if is_clean
            else " The log of SQLite was in use and still holds the old key: stop IPTA, and do this again."
        )
    )


def _person(email: str) -> "Person":
    from ipta.accounts.models import Person

    person = Person.objects.with_email(email)
    if person is None:
        raise ValueError(f"{email} is not known here.")
    return person


def _surely(dossier: UUID, section: str) -> None:
    """Somebody who sits at it says it twice; a script has said it."""
    if sys.stdin.isatty():
        typed = input(f"This cannot be undone. To destroy ({section}), type the first 8 letters of the dossier: ")
        if typed.strip() != str(dossier)[:8]:
            raise ValueError("nothing was destroyed.")


def refuse_second_master() -> None:
    """What lies sealed under a master key that is lost is not helped by another one: `init` makes none beside it."""
    _ready()
    from django.conf import settings
    from django.db import OperationalError, connections

    from ipta.vault import master, store

    keys = connections["keys"]
    if settings.MASTER_KEY_FILE.exists() or (keys.vendor == "sqlite" and not Path(keys.settings_dict["NAME"]).exists()):
        return
    try:
        tables = keys.introspection.table_names()
    except OperationalError:  # no database yet
        return
    if "vault_municipalitykey" in tables and store.is_in_use():
        raise master.NoMasterKey(
            f"{settings.MASTER_KEY_FILE} is not there, and the key store needs it. Put a copy back."
        )


def _ready() -> None:
    from django import setup

    setup(set_prefix=False)


# --- what the help says ---------------------------------------------------------------------------------------

KEYS = """\
Look after the keys. Every text of a youth is sealed under a key of its section; those keys are wrapped by a key of the
municipality; and that one by the master key, which lies in a file outside the databases.

At night, with a fault in front of you:
  bin/ipta keys status       changes nothing; begin here
  Nothing opens?             The master key file is missing or the wrong one. Put a copy back. Never run init.
  Do NOT run retire, restore or destroy to mend something that you do not understand.

Once a month   check, and: a back-up of the key store, brought to another place than the texts
Once a year    new-master, rewrap, and a month later retire
The whole policy, for administrators and privacy officers: docs/privacy/keys.md
"""
STATUS = f"""\
Tell how things stand with the keys.

Tells which versions of the master key are in the file and how many keys each of them wraps, how many sections can be
opened and how many were destroyed, and opens {SAMPLE} keys taken at random.

Touches    nothing. It reads wrapped keys only, never a text.
Before     nothing.
After      when a key does not open: change nothing, see docs/privacy/keys.md.
"""
CHECK = f"""\
See whether the keys really open. Once a month.

Opens every key of a municipality and of the house, and {MONTHLY_SAMPLE} keys of sections taken at random (or all).
The exit code is 1 when one does not open, so that a timer can warn.

Touches    nothing. It reads wrapped keys only, never a text.
Before     nothing. To try a copy of the master key: IPTA_MASTER_KEY_FILE=/media/copy/master.key bin/ipta keys check
After      when a key does not open: change nothing, see docs/privacy/keys.md.
"""
NEW_MASTER = """\
Add a new version of the master key to its file.

The new version wraps from now on; the older ones stay in the file and go on opening. The file is replaced all at once,
readable by its owner only.

Touches    the master key file alone. No key in the store, no text.
Before     see that the three copies of the master key are there: bin/ipta keys check
After      renew the copies, bring the file to every other machine that runs IPTA, then: bin/ipta keys rewrap
           A credential of systemd cannot be written from here: use --into, bring the file in place, restart.
"""
REWRAP = """\
Wrap every key of a municipality and of the house under the newest version of the master key.

May be stopped and begun again, and run as often as you like. IPTA goes on meanwhile.

Touches    what the master key wraps: a few hundred keys at most. No key of a section, no text, no second factor.
Before     bin/ipta keys new-master, on every machine; and a back-up: bin/ipta keys backup FILE
After      bin/ipta keys status. After a month: bin/ipta keys retire VERSION
"""
RETIRE = """\
Take an old version out of the master key file.

Refused while any key is still wrapped under it, and for the newest version.

Touches    the master key file alone.
Before     bin/ipta keys rewrap. Wait until the back-ups of the key store from before it are gone: they open only with
           the old version. Or keep one copy of the old version apart until then.
After      take it out on every other machine too. When the last such back-up is gone: destroy the copies of it.
"""
BACKUP = """\
Write every key, wrapped, to one new file; the same file for SQLite and PostgreSQL.

The file ends with a count and a hash, and is read back before it gets its name. Only its owner can read it.

Touches    nothing. IPTA goes on meanwhile.
Before     choose a place apart from the back-ups of the texts, and from the copies of the master key.
After      keep it 30 days, not longer: what was destroyed is gone for ever when the last back-up from before is gone.
"""
RESTORE = """\
Put keys of a back-up back that are not in the store.

A key that was destroyed here stays destroyed, whatever the file says. A key that is another one here than in the file
is a contradiction: then nothing is changed, and you are told which. With --prefer-file the file is right.

Touches    keys that are missing. No text, no master key. All or nothing.
Before     stop IPTA. In an empty database: bin/ipta migrate. The master key file must hold the version of that time.
After      bin/ipta keys check --all, then start IPTA.
"""
DESTROY = """\
Destroy the key of one section of a dossier, or all its keys. It cannot be undone.

The texts stay where they are and can be opened by nobody any more, nor can those in any back-up of the texts. Who reads
finds "Dit is gewist."; nothing can be written there again. That there was a dossier stays, with who did what when.

Two people ask for it, both with a post in the municipality of the dossier now: its functional manager (--by) and its
privacy officer (--second). Both names go in the journal.

Touches    the keys of this dossier, and one line in the journal.
Before     have the request of the youth, or the end of the term, on paper. He may first take his dossier along.
After      bin/ipta keys backup FILE, and throw away the back-ups of the key store from before today, within 30 days.
"""
