"""`bin/ipta keys ...` as an administrator meets it at night: it says how things stand, and what comes next."""

import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connections

from ipta import __main__ as line
from ipta.accounts.models import Person
from ipta.cli import keys as group
from ipta.dossiers.models import Dossier, Note
from ipta.sharing.door import GONE
from ipta.vault import keyring, master, rules, seals
from ipta.vault.models import MunicipalityKey, SectionKey
from tests.asking import last_entry, text
from tests.cast import canary
from tests.house.code import ROOT

Run: TypeAlias = Callable[..., tuple[int, str, str]]
MANY = len(rules.SECTIONS)
COMMANDS = ("status", "check", "new-master", "rewrap", "retire", "backup", "restore", "destroy")


@pytest.fixture(autouse=True)
def file(tmp_path: Path) -> Path:
    file = tmp_path / "master.key"
    file.write_text(seals.master_key_line(1, seals.new_key()))
    settings.MASTER_KEY_FILE = file
    keyring.forget_everything()
    return file


@pytest.fixture
def ipta(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run it; gives the exit code, what was said and what was complained of."""

    def run(*words: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["bin/ipta", *map(str, words)])
        try:
            code = line.main()
        except SystemExit as left:
            code = int(left.code or 0)
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


# --- the help --------------------------------------------------------------------------------------------------


def test_the_help_of_the_group_says_where_to_begin_at_night(ipta: Run) -> None:
    code, told, _ = ipta("keys", "--help")
    assert code == 0
    assert "begin here" in told and "Never run init" in told and "docs/privacy/keys.md" in told
    for command in COMMANDS:
        assert f"\n    {command}" in told


@pytest.mark.parametrize("command", COMMANDS)
def test_each_help_says_what_it_touches_and_what_comes_before_and_after(ipta: Run, command: str) -> None:
    code, told, _ = ipta("keys", command, "--help")
    assert code == 0
    for part in ("Touches    ", "Before     ", "After      "):
        assert f"\n{part}" in told
    assert max(map(len, told.splitlines())) <= 120


def test_no_other_command_is_in_it(ipta: Run) -> None:
    _, told, _ = ipta("keys", "--help")
    assert set(re.findall(r"^    ([a-z-]+)", told, re.M)) == set(COMMANDS)


def test_every_command_it_names_is_there(ipta: Run) -> None:
    for help_ in [("keys",), *(("keys", command) for command in COMMANDS)]:
        for named in re.findall(r"bin/ipta keys ([a-z-]+)", ipta(*help_, "--help")[1]):
            assert named in COMMANDS


def test_without_a_command_it_says_what_is_missing(ipta: Run) -> None:
    assert ipta("keys")[0] == 2


# --- looking -----------------------------------------------------------------------------------------------------


def test_status_says_how_things_stand(ipta: Run, file: Path, dossier: Dossier, ali_dossier: Dossier) -> None:
    keyring.destroy(dossier.id, ["plan"])
    master.add()
    code, told, _ = ipta("keys", "status")
    assert code == 0
    assert told.splitlines() == [
        f"Master key   {file}",
        "  version 1: wraps 2 keys",
        "  version 2, the newest: wraps 0 keys",
        "Keys         2 of municipalities, 0 of the house",
        f"Sections     {2 * MANY - 1} can be opened, 1 destroyed",
        f"Tried        {2 + group.SAMPLE} keys, {2 + group.SAMPLE} open",
    ]


def test_status_of_a_new_house(ipta: Run) -> None:
    code, told, _ = ipta("keys", "status")
    assert (code, "0 can be opened" in told) == (0, True)


def test_status_says_which_version_is_missing(ipta: Run, file: Path, dossier: Dossier) -> None:
    file.write_text(seals.master_key_line(2, seals.new_key()))
    code, _, told = ipta("keys", "status")
    assert code == 1
    assert "version 1: wraps 1 keys   NOT IN THE FILE" in told
    assert "Change nothing" in told


@pytest.mark.parametrize("all_of_them", [[], ["--all"]])
def test_check_fails_when_a_key_does_not_open(ipta: Run, dossier: Dossier, all_of_them: list[str]) -> None:
    assert ipta("keys", "check", *all_of_them)[:2] == (0, f"{MANY + 1} keys tried: {MANY + 1} open.\n")
    SectionKey.objects.filter(dossier_id=dossier.id, section="plan").update(wrapped=b"x" * 40)
    code, _, told = ipta("keys", "check", *all_of_them)
    assert code == 1
    assert f"section plan of dossier {dossier.id} does not open" in told
    assert "docs/privacy/keys.md" in told


def test_a_monthly_check_takes_some_and_all_takes_all(
    ipta: Run, dossier: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(group, "MONTHLY_SAMPLE", 4)
    assert ipta("keys", "check")[1] == "5 keys tried: 5 open.\n"
    assert ipta("keys", "check", "--all")[1] == f"{MANY + 1} keys tried: {MANY + 1} open.\n"


def test_a_thousand_faults_are_not_a_thousand_lines(ipta: Run, dossier: Dossier) -> None:
    SectionKey.objects.update(wrapped=b"x" * 40)
    _, _, told = ipta("keys", "check")
    assert f"and {MANY - 10} more." in told


@pytest.mark.parametrize("command", ["status", "check", "new-master", "rewrap"])
def test_without_a_master_key_it_is_one_clear_line(ipta: Run, file: Path, command: str) -> None:
    file.unlink()
    code, out, told = ipta("keys", command)
    assert (code, out, told.count("\n")) == (1, "", 1)
    assert told.startswith(f"ipta keys: {file}: the master key is not there. Put a copy back;")


# --- another master key --------------------------------------------------------------------------------------------


def test_a_whole_rotation(ipta: Run, file: Path, dossier: Dossier, noor: Person, note: Note) -> None:
    code, told, _ = ipta("keys", "new-master")
    assert code == 0
    assert told.splitlines()[-1] == "  3. bin/ipta keys rewrap"
    assert "1 keys were put under version 2" in ipta("keys", "rewrap")[1]
    assert "0 keys were put under version 2" in ipta("keys", "rewrap")[1]
    assert "bin/ipta keys retire 1." in ipta("keys", "rewrap")[1]
    code, told, _ = ipta("keys", "retire", 1)
    assert code == 0
    assert "keep one copy of version 1" in told
    assert file.read_text().startswith("2 ")
    assert ipta("keys", "check", "--all")[0] == 0
    assert text(noor, note, "text").startswith(canary("sem", "contacts"))


def test_retiring_too_early_says_what_comes_first(ipta: Run, dossier: Dossier) -> None:
    assert "First: bin/ipta keys new-master" in ipta("keys", "retire", 1)[2]
    ipta("keys", "new-master")
    assert "First: bin/ipta keys rewrap" in ipta("keys", "retire", 1)[2]


def test_elsewhere_it_says_to_bring_it_in_place(ipta: Run, file: Path, tmp_path: Path) -> None:
    into = tmp_path / "elsewhere"
    code, told, _ = ipta("keys", "new-master", "--into", into)
    assert code == 0
    assert f"is in {into}" in told and f"1. Bring it in place of {file}." in told
    assert ipta("keys", "new-master", "--into", into)[2] == f"ipta keys: {into}: File exists\n"


# --- back-ups ------------------------------------------------------------------------------------------------------


def test_out_and_in_again(ipta: Run, dossier: Dossier, tmp_path: Path, noor: Person, note: Note) -> None:
    copy = tmp_path / "keys.backup"
    assert f"{MANY + 1} keys are in {copy}" in ipta("keys", "backup", copy)[1]
    SectionKey.objects.all().delete()
    MunicipalityKey.objects.all().delete()
    code, told, _ = ipta("keys", "restore", copy)
    assert code == 0
    assert told.startswith(f"{MANY + 1} keys were put back, 0 were here already")
    assert "Now: bin/ipta keys check --all" in told
    assert text(noor, note, "text").startswith(canary("sem", "contacts"))


def test_a_contradiction_says_how_to_go_on(ipta: Run, dossier: Dossier, tmp_path: Path) -> None:
    copy = tmp_path / "keys.backup"
    ipta("keys", "backup", copy)
    SectionKey.objects.all().delete()
    keyring.key_for_writing(dossier.id, "plan", "GM0637")
    code, _, told = ipta("keys", "restore", copy)
    assert code == 1
    assert "Nothing was changed" in told and "--prefer-file" in told
    assert "1 were taken from the file" in ipta("keys", "restore", copy, "--prefer-file")[1]


@pytest.mark.parametrize("command", ["backup", "restore"])
def test_a_place_that_is_not_there(ipta: Run, command: str, dossier: Dossier) -> None:
    code, _, told = ipta("keys", command, "/nowhere/keys")
    assert (code, told.count("\n")) == (1, 1)
    assert "No such file or directory" in told


# --- erasing -------------------------------------------------------------------------------------------------------


@pytest.fixture
def two(fem: Person, pepijn: Person) -> list[str]:
    return ["--by", str(fem.email), "--second", str(pepijn.email)]


def test_a_section_is_erased(
    ipta: Run, two: list[str], dossier: Dossier, fem: Person, pepijn: Person, noor: Person, note: Note
) -> None:
    code, told, _ = ipta("keys", "destroy", dossier.id, "--section", "contacts", *two)
    assert code == 0
    assert told.startswith(f"Section contacts of dossier {dossier.id} is destroyed")
    assert text(noor, note, "text") == GONE
    assert text(noor, dossier, "nickname") != GONE
    entry = last_entry(dossier)
    assert (entry.verb, entry.person_id, entry.facts["second"]) == ("dossier.shredded", fem.id, str(pepijn.id))


def test_a_whole_dossier_is_erased(ipta: Run, two: list[str], dossier: Dossier, noor: Person) -> None:
    assert ipta("keys", "destroy", dossier.id, *two)[1].startswith("Everything in dossier")
    assert text(noor, dossier, "nickname") == GONE


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"--second": "fem"}, "met z'n tweeën"),
        ({"--by": "noor"}, "Alleen de functioneel beheerder"),
        ({"--second": "noor"}, "functionaris gegevensbescherming"),
        ({"--by": "vera"}, "van deze gemeente"),
        ({"--second": "nobody"}, "nobody@voorbeeld.example is not known here"),
    ],
)
def test_not_by_others(
    change: dict[str, str], says: str, ipta: Run, dossier: Dossier, fem: Person, pepijn: Person, vera: Person
) -> None:
    given = {"--by": "fem", "--second": "pepijn"} | change
    words = [word for name, who in given.items() for word in (name, f"{who}@voorbeeld.example")]
    code, _, told = ipta("keys", "destroy", dossier.id, *words)
    assert code == 1
    assert says in told
    assert not SectionKey.objects.filter(wrapped=None).exists()


def test_two_people_must_be_named(ipta: Run, dossier: Dossier, fem: Person) -> None:
    assert ipta("keys", "destroy", dossier.id, "--by", fem.email)[0] == 2


def test_a_dossier_that_is_not_there(ipta: Run, two: list[str]) -> None:
    nobody = uuid4()
    assert ipta("keys", "destroy", nobody, *two) == (1, "", f"ipta keys: there is no dossier {nobody}.\n")


@pytest.mark.parametrize(("typed", "is_erased"), [("", False), ("ja", False), ("right", True)])
def test_who_sits_at_it_says_it_twice(
    typed: str, is_erased: bool, ipta: Run, two: list[str], dossier: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda _: str(dossier.id)[:8] if typed == "right" else typed)
    code, _, told = ipta("keys", "destroy", dossier.id, *two)
    assert SectionKey.objects.filter(wrapped=None).exists() == is_erased
    assert (code, "nothing was destroyed" in told) == ((0, False) if is_erased else (1, True))


# --- a new installation ----------------------------------------------------------------------------------------------


def test_no_second_master_key_is_made_beside_keys_that_are_lost(ipta: Run, file: Path, dossier: Dossier) -> None:
    """`init` at night, with a master key that is gone: another one would open nothing."""
    file.unlink()
    with pytest.raises(master.NoMasterKey, match="the key store needs it. Put a copy back"):
        group.refuse_second_master()
    assert not file.exists()


def test_a_new_house_may_have_one(file: Path) -> None:
    file.unlink()
    group.refuse_second_master()
    MunicipalityKey(municipality="GM0637", wrapped=b"", master_version=1).save()
    file.write_text("there")
    group.refuse_second_master()
    assert connections["keys"].is_usable()


# --- what the papers say ---------------------------------------------------------------------------------------------

PAGE = ROOT / "docs" / "privacy" / "keys.md"


def test_what_an_administrator_reads_at_night_is_what_is_said() -> None:
    """The faults on the page of keys are those of the code, word by word."""
    said = "".join((ROOT / "ipta" / "vault" / f"{name}.py").read_text() for name in ("master", "keyring", "store"))
    said = re.sub(r'"\s*\n\s*f?"', "", said)
    table = PAGE.read_text().partition("## When a key does not open")[2].partition("\n## ")[0]
    quoted = [words for row in table.splitlines() for words in re.findall(r"^\| `([^`]+)`", row)]
    assert len(quoted) > 5
    for words in quoted:
        for part in re.split(r" \.\.\.,? ?| N", words):
            assert part.strip(" ,") in said or words == "no such table", words


def test_every_command_the_page_names_is_there() -> None:
    for page in (PAGE, ROOT / "docs" / "running.md"):
        named = re.findall(r"bin/ipta keys ([a-z-]+)", page.read_text())
        assert named
        assert set(named) <= set(COMMANDS), page
