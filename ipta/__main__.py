"""The command line: `bin/ipta COMMAND`. An error is one clear line, and the exit code says so."""

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path

from ipta.cli import check, instrument, keys, log, reference

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ipta.settings")


def parser() -> argparse.ArgumentParser:
    main = argparse.ArgumentParser(
        prog="bin/ipta", description="IPTA on the command line.", epilog="Help of one command: bin/ipta COMMAND --help"
    )
    commands = main.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def add(name: str, run: Callable[[argparse.Namespace], str], text: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=text, description=text)
        command.set_defaults(run=run)
        return command

    add(
        "init",
        init,
        "Make the keys of a new installation: secret key, master key, key of the log (kept when they are there).",
    )
    add(
        "migrate",
        migrate,
        "Bring both databases up to date, on PostgreSQL with the walls between readers, and the instruments that ship.",
    )
    add("static", static, "Lay the styles and scripts ready in IPTA_STATIC_DIR, after each new version.")
    add("roles", roles, "Print the SQL that makes the roles and databases in PostgreSQL, for its administrator.")
    add("seed", seed, "Fill an empty database with the demo programme: invented people only.")
    add("tick", tick, "Do what is due now. Run it every ten minutes.")
    found = add("found", found_municipality, "Begin with a municipality: its first functional manager.")
    found.add_argument("municipality", help="official code, such as GM0637")
    found.add_argument("email")
    found.add_argument("--first-name", default="")
    imported = add("import", import_package, "Import a dossier package: all or nothing.")
    imported.add_argument("file", type=Path)
    imported.add_argument("--municipality", required=True, help="official code, such as GM0637")
    imported.add_argument("--coach", required=True, help="e-mail address of the coach who goes on")
    exported = add("export", export_package, "Write a dossier as a package, read on behalf of its coach.")
    exported.add_argument("dossier", help="id of the dossier")
    exported.add_argument("--coach", required=True, help="e-mail address of its coach")
    add("schema", print_schema, "Print the JSON Schema of the dossier package, as it stands in docs/.")
    keys.add_to(add)
    log.add_to(add)
    instrument.add_to(add)
    check.add_to(add)
    reference.add_to(add)
    return main


def init(_: argparse.Namespace) -> str:
    os.environ["IPTA_INIT"] = "1"
    from django.conf import settings
    from django.core.management.utils import get_random_secret_key

    from ipta.vault import seals

    data: Path = settings.DATA_DIR
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    keys.refuse_second_master()
    from ipta.journal import sealing

    made = []
    files: dict[Path, Callable[[], str]] = {
        data / "secret_key": get_random_secret_key,
        settings.MASTER_KEY_FILE: lambda: seals.master_key_line(1, seals.new_key()),
        settings.LOG_KEY_FILE: sealing.new_key,
    }
    for file, content in files.items():
        if not file.exists():
            descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w") as out:
                out.write(content())
            made.append(file.name)
    return f"Made: {', '.join(made)}" if made else "Everything is there already."


def migrate(_: argparse.Namespace) -> str:
    for name in ("USER", "PASSWORD"):  # tables are of another role than the one that serves
        if owner := os.environ.get(f"IPTA_PG_OWNER_{name}"):
            os.environ[f"IPTA_PG_{name}"] = owner
    _django()
    from django.core.management import call_command

    from ipta.walls.raising import raise_walls

    walled = 0
    for database in ("keys", "default"):
        call_command("migrate", database=database, verbosity=0)
        call_command("createcachetable", database=database, verbosity=0)  # what all workers count together
        walled += raise_walls(database)
    return "Both databases are up to date." + (f" Walls stand around {walled} tables." if walled else "")


def static(_: argparse.Namespace) -> str:
    _django()
    from django.conf import settings
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    return f"The styles and scripts lie in {settings.STATIC_ROOT}."


def roles(_: argparse.Namespace) -> str:
    from ipta.walls.roles import script

    return script(os.environ.get("IPTA_PG_NAME", "ipta"))


def seed(_: argparse.Namespace) -> str:
    _django()
    from django.conf import settings

    from ipta.demo.programme import seed as plant

    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"  # who is invented reads no mail
    plant()
    return "The demo programme is there."


def tick(_: argparse.Namespace) -> str:
    _django()
    from datetime import timedelta

    from django.core.management import call_command
    from django.utils import timezone

    from ipta.accounts import left
    from ipta.accounts.models import Role
    from ipta.accounts.shared import SharedCache
    from ipta.dossiers.queries import count_without_coach
    from ipta.guarding.due import look
    from ipta.law.due import keep_the_terms
    from ipta.scouting.due import close_pages, let_go_of_the_silent
    from ipta.sharing.reminding import send_due
    from ipta.sharing.warning.due import do_what_is_due
    from ipta.web import drafts, kept
    from ipta.web.models import Draft, KeptForm, SentForm

    call_command("clearsessions")
    SharedCache("shared_cache", {}).forget_expired()
    yesterday = timezone.now() - timedelta(days=1)
    gone, _kinds = KeptForm.objects.filter(kept_at__lt=yesterday).delete()
    long_ago = timezone.now() - drafts.LIFE
    Draft.objects.filter(kept_at__lt=long_ago).delete()
    SentForm.objects.filter(sent_at__lt=long_ago).delete()
    left.clear_away()
    close_pages()
    Draft.objects.filter(person__in=left.who_left(*Role.values)).delete()
    done = let_go_of_the_silent()
    for dossier in done.gone:
        gone += kept.forget_about(dossier)
    kept_terms = keep_the_terms()
    for dossier in kept_terms.gone:
        gone += kept.forget_about(dossier)
    reminded = send_due()
    looked = look()
    alarms = do_what_is_due()
    told = (
        f"Cleared: old sessions, {gone} kept forms. Gone without a yes: {len(done.gone)}. "
        f"Announced to go: {kept_terms.announced}. Destroyed: {kept_terms.destroyed}. "
        f"Reminders sent: {len(reminded.sent)}. Conditions that came true: {len(looked.true)}.{log.sealed_today()}"
    )
    if alarms:
        told += f" Warnings that nobody confirmed within the hour: {alarms}. Their privacy officer has a mail."
    if alone := count_without_coach():
        told += f" Dossiers whose coach works here no more: {alone}. Somebody has to go on with them."
    if faults := [*done.faults, *kept_terms.faults, *reminded.faults, *looked.faults]:
        raise ValueError(f"{told} Not done, and tried again the next time: {', '.join(map(str, faults))}.")
    return told


def found_municipality(wanted: argparse.Namespace) -> str:
    _django()
    from ipta.accounts.founding import found

    found(wanted.municipality, wanted.email, first_name=wanted.first_name)
    return (
        f"{wanted.email} is functional manager of {wanted.municipality}. "
        "A password is chosen at /accounts/password/reset/."
    )


def import_package(wanted: argparse.Namespace) -> str:
    _django()
    from ipta.api.package import run_import

    return run_import(wanted.file, wanted.municipality, wanted.coach)


def export_package(wanted: argparse.Namespace) -> str:
    _django()
    from ipta.api.package import run_export

    return run_export(wanted.dossier, wanted.coach)


def print_schema(_: argparse.Namespace) -> str:
    _django()
    from ipta.api.package import run_schema

    return run_schema()


def _django() -> None:
    from django import setup

    setup(set_prefix=False)


def _plainly(fault: Exception) -> str:
    """What is wrong, without the numbers of a machine."""
    from django.db import OperationalError

    if isinstance(fault, OSError) and fault.filename:
        return f"{fault.filename}: {fault.strerror}"
    if isinstance(fault, OperationalError):
        return f"{fault}. A new installation begins with bin/ipta init and bin/ipta migrate."
    return str(fault)


def main() -> int:
    wanted = parser().parse_args()
    from django.core.exceptions import ObjectDoesNotExist, ValidationError
    from django.db import DatabaseError

    from ipta.base import acting
    from ipta.base.verdict import Impossible, Refused

    try:
        with acting.as_work():
            print(wanted.run(wanted))
    except (Impossible, Refused, ObjectDoesNotExist, ValidationError, OSError, ValueError, DatabaseError) as fault:
        print(f"ipta {wanted.command}: {_plainly(fault)}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
