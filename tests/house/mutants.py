"""Does a test notice when the code that guards is changed? `bin/mutants` changes it, one small thing at a time.

A change that no test notices fails the run, unless docs/privacy/mutants.md says why no test can notice it.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.house import evidence
from tests.house.code import ROOT
from tests.house.once import FOLDER

ARGUED = ROOT / "docs" / "privacy" / "mutants.md"
NEEDED = ("ipta", "tests", "docs", "manage.py", "pyproject.toml")


@dataclass(frozen=True)
class Group:
    """What is changed together, and the tests that must notice it."""

    name: str
    changed: tuple[str, ...]
    tests: tuple[str, ...]


LINES = "tests/domain/journal/test_no_line_no_text.py"
ROTATION = "tests/domain/vault/test_rotation.py"
GROUPS = (
    Group("journal", ("ipta/journal/rules.py",), ("tests/method/test_journal.py",)),
    Group("accounts", ("ipta/accounts/policies.py",), ("tests/domain/accounts/test_policies.py",)),
    Group("dossiers", ("ipta/dossiers/policies.py",), ("tests/domain/dossiers/test_policies.py",)),
    Group("seals", ("ipta/vault/seals.py",), ("tests/domain/vault/test_seals.py",)),
    Group(
        "keyring",
        ("ipta/vault/keyring.py",),
        (
            "tests/domain/vault/test_keys.py",
            "tests/domain/vault/test_keyring.py",
            f"{ROTATION}::test_no_key_is_ever_made_under_a_version_that_was_just_retired",
            f"{ROTATION}::test_a_worker_that_still_ran_wraps_a_new_key_under_the_new_version",
        ),
    ),
    Group("sharing", ("ipta/sharing/policies.py",), ("tests/domain/sharing/test_policies.py",)),
    Group(
        "door",
        ("ipta/sharing/door.py",),
        (
            "tests/domain/sharing/test_reader.py",
            "tests/domain/sharing/test_door.py",
            "tests/domain/vault/test_sheaf.py",
            f"{LINES}::test_a_text_read_in_a_change_that_was_taken_back_still_has_its_line",
            f"{LINES}::test_a_refusal_in_a_change_that_was_taken_back_is_told_as_well",
            f"{LINES}::test_what_was_kept_is_not_written_twice",
            f"{LINES}::test_what_is_still_to_be_kept_is_told_once_too",
        ),
    ),
)
# 1 and 3: a test failed, or the run broke off. Timeouts: the tests did not come to an end. 37: the types were wrong.
NOTICED = {1, 3, 24, -24, 36, 152, 255, 37}


@dataclass(frozen=True)
class Change:
    """One changed line, as docs/privacy/mutants.md writes it."""

    where: str
    was: str
    became: str

    def __str__(self) -> str:
        lines = [
            *(f"    - {line}" for line in self.was.splitlines()),
            *(f"    + {line}" for line in self.became.splitlines()),
        ]
        return "\n".join([f"### {self.where}", *lines])


# --- Running ---------------------------------------------------------------------------------------------------


def changed(group: Group, folder: Path) -> tuple[int, list[Change]]:
    """Change everything in this group, one by one. Gives how many changes, and those that no test noticed."""
    (folder / "setup.cfg").write_text(_settings(group))
    kept = folder / "databases"
    kept.mkdir(exist_ok=True)
    temporary = folder / "temporary"
    temporary.mkdir(exist_ok=True)
    asking = {"IPTA_LOCAL": "1", "IPTA_DATA_DIR": str(folder / "var"), FOLDER: str(kept), "TMPDIR": str(temporary)}
    environment = os.environ | asking
    ran = _mutmut(folder, environment, "run")
    shutil.rmtree(temporary)
    codes: dict[str, int | None] = {}
    for meta in (folder / "mutants").rglob("*.py.meta"):
        codes |= json.loads(meta.read_text())["exit_code_by_key"]
    if ran.returncode or not codes or None in codes.values():
        raise SystemExit(f"{group.name}: the run itself went wrong.\n{ran.stdout[-4000:]}{ran.stderr[-4000:]}")
    unnoticed = [name for name, code in codes.items() if code not in NOTICED]
    found = [_change(name, _mutmut(folder, environment, "show", name).stdout) for name in unnoticed]
    shutil.rmtree(folder / "mutants")
    return len(codes), found


def _settings(group: Group) -> str:
    def lines(values: tuple[str, ...]) -> str:
        return "".join(f"\n    {value}" for value in values)

    return (
        "[mutmut]\nsource_paths=ipta\nuse_git_change_detection=false\nmax_stack_depth=-1"
        f"\nonly_mutate={lines(group.changed)}"
        f"\nalso_copy={lines(('docs', 'manage.py', 'tests'))}"
        f"\npytest_add_cli_args={lines(('-p', 'tests.house.quick', '-p', 'no:cacheprovider', '--no-header'))}"
        f"\npytest_add_cli_args_test_selection={lines((*group.tests, '-m', 'not slow and not browser'))}\n"
    )


def _mutmut(folder: Path, environment: dict[str, str], *what: str) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).parent / "mutmut"), *what]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def _change(name: str, shown: str) -> Change:
    module, _, function = name.rpartition("__mutmut_")[0].rpartition(".")
    lines = [line for line in shown.splitlines() if line[:1] in "+-" and not line.startswith(("---", "+++"))]
    was, became = ("\n".join(line[1:].strip() for line in lines if line[0] == sign) for sign in "-+")
    where = re.sub(r"^x_|^xǁ", "", function).replace("ǁ", ".")
    return Change(f"{module}.{where}", was, became)


def copy_of_the_house(folder: Path) -> None:
    """What is changed is a copy: nothing of the house itself is touched."""
    for name in NEEDED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__", "*.pyc"))
        else:
            shutil.copy(source, folder / name)


# --- Arguing ---------------------------------------------------------------------------------------------------


def argued(text: str) -> dict[Change, str]:
    """The changes of docs/privacy/mutants.md, each with why no test can notice it."""
    found = {}
    for part in text.split("\n### ")[1:]:
        where, *lines = part.split("\n## ")[0].splitlines()
        was, became = (
            "\n".join(line[6:].strip() for line in lines if line.startswith(f"    {sign} ")) for sign in "-+"
        )
        found[Change(where.strip(), was, became)] = " ".join(
            line for line in lines if not line.startswith("    ")
        ).strip()
    return found


def unargued(unnoticed: list[Change], reasons: dict[Change, str]) -> Iterator[str]:
    """What is wrong: changes without a reason, and reasons for what a test notices by now."""
    yield from (f"{change}\n\nNo test notices this." for change in unnoticed if not reasons.get(change))
    yield from (
        f"{change}\n\nA test notices this: it need not be argued." for change in reasons.keys() - set(unnoticed)
    )


# --- The command -----------------------------------------------------------------------------------------------


def main() -> int:
    asked = argparse.ArgumentParser(prog="bin/mutants", description=__doc__)
    asked.add_argument("groups", nargs="*", metavar="GROUP", help=f"only these: {', '.join(g.name for g in GROUPS)}")
    names = asked.parse_args().groups
    groups = [group for group in GROUPS if not names or group.name in names]
    total, unnoticed = _all_changed(groups)
    reasons = argued(ARGUED.read_text()) if ARGUED.exists() else {}
    modules = tuple(path.removesuffix(".py").replace("/", ".") for group in groups for path in group.changed)
    reasons = {change: why for change, why in reasons.items() if change.where.startswith(modules)}
    wrong = list(unargued(unnoticed, reasons))
    print("\n\n".join(["", *wrong]) if wrong else f"All is well: {total} changes, {len(unnoticed)} of them argued.")
    if not names and not wrong:
        evidence.write(_measured(total, argued=len(unnoticed)), "SQLite")
    return 1 if wrong else 0


def _all_changed(groups: list[Group]) -> tuple[int, list[Change]]:
    total, unnoticed = 0, list[Change]()
    memory = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it
    with tempfile.TemporaryDirectory(prefix="ipta-mutants-", dir=memory if memory.is_dir() else None) as folder:
        copy_of_the_house(Path(folder))
        for group in groups:
            began = time.monotonic()
            count, found = changed(group, Path(folder))
            took = time.monotonic() - began
            print(f"{group.name:<12}{count:>5} changes{len(found):>5} not noticed{took:>7.0f} s", flush=True)
            total, unnoticed = total + count, unnoticed + found
    return total, unnoticed


def _measured(total: int, *, argued: int) -> evidence.Collected:
    measured = evidence.Collected()
    by = {"of": total, "by": evidence.APART}
    measured.add({"what": "Changes of the code that no test noticed", "value": 0, "aim": 0, **by})
    measured.add({"what": "Changes that no test can notice, each argued", "value": argued, **by})
    return measured


if __name__ == "__main__":
    sys.exit(main())
