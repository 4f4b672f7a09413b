"""The key store as one file: everything comes back, and nothing that was destroyed here ever does."""

import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connections

from ipta.accounts.models import Person
from ipta.dossiers.models import Dossier, Note
from ipta.sharing.door import GONE
from ipta.vault import backup, keyring, master, rules, seals, store
from ipta.vault.models import HouseKey, MunicipalityKey, SectionKey
from ipta.vault.store import StoreFault
from tests.asking import text
from tests.cast import canary

KINDS = (SectionKey, MunicipalityKey, HouseKey)
MANY = len(rules.SECTIONS)


@pytest.fixture(autouse=True)
def master_file(tmp_path: Path) -> Path:
    file = tmp_path / "master.key"
    file.write_text(seals.master_key_line(1, seals.new_key()))
    settings.MASTER_KEY_FILE = file
    keyring.forget_everything()
    return file


@pytest.fixture
def full(dossier: Dossier, ali_dossier: Dossier) -> Dossier:
    """Two municipalities and a key of the house; sem's dossier in hand."""
    keyring.house_key(rules.SECOND_FACTOR)
    return dossier


@pytest.fixture
def file(full: Dossier, tmp_path: Path) -> Path:
    """A back-up of all that."""
    file = tmp_path / "keys.backup"
    backup.write(file)
    return file


def everything() -> list[tuple[Any, ...]]:
    """The store, without the numbers of rows."""
    sections = SectionKey.objects.values_list("dossier_id", "section", "municipality", "wrapped", "destroyed_at")
    return sorted(
        [tuple(map(_plain, row)) for row in sections]
        + [(row.pk, _plain(row.wrapped), row.master_version) for row in store.keys_under_master()],
        key=repr,
    )


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value


def lose_everything() -> None:
    for model in KINDS:
        model._default_manager.all().delete()
    keyring.forget_everything()


def rewritten(file: Path, change: Callable[[dict[str, Any]], dict[str, Any] | None]) -> None:
    """The file with other lines, and a hash that fits them."""
    lines = [json.loads(line) for line in file.read_text().splitlines()][:-1]
    changed = [line for line in map(change, lines) if line is not None]
    content = b"".join(json.dumps(line).encode() + b"\n" for line in changed)
    end = {"lines": len(changed), "sha256": sha256(content).hexdigest()}
    file.write_bytes(content + json.dumps(end).encode() + b"\n")


# --- out -----------------------------------------------------------------------------------------------------


def test_everything_is_in_it_and_only_its_owner_reads_it(full: Dossier, tmp_path: Path) -> None:
    file = tmp_path / "b"
    assert backup.write(file) == 2 * MANY + 3
    assert file.stat().st_mode & 0o777 == 0o600
    lines = file.read_bytes().splitlines(keepends=True)
    assert json.loads(lines[-1]) == {"lines": len(lines) - 1, "sha256": sha256(b"".join(lines[:-1])).hexdigest()}
    assert json.loads(lines[0])["format"] == "ipta-keys"


def test_no_key_lies_bare_in_it(file: Path, full: Dossier) -> None:
    import base64

    bare = [key for key in keyring.keys((full.id, section) for section in rules.SECTIONS).values() if key]
    bare += [keyring.house_key(rules.SECOND_FACTOR), *master.versions().values()]
    bare += [keyring.opened(row) for row in store.keys_under_master()]
    content = file.read_bytes()
    assert len(bare) == MANY + 5
    for key in bare:
        assert key not in content and key.hex().encode() not in content
        assert base64.b64encode(key).rstrip(b"=") not in content


def test_it_never_goes_over_another_file(file: Path) -> None:
    before = file.read_bytes()
    with pytest.raises(FileExistsError):
        backup.write(file)
    assert file.read_bytes() == before


def test_what_fails_halfway_leaves_no_file(full: Dossier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def break_off() -> Any:
        yield {"format": backup.FORMAT}
        raise OSError("No space left on device")

    monkeypatch.setattr(backup, "_everything", break_off)
    with pytest.raises(OSError, match="No space"):
        backup.write(tmp_path / "b")
    assert [found.name for found in tmp_path.iterdir()] == ["master.key"]


def test_a_back_up_of_a_part_is_none(full: Dossier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As when a role of the database sees some rows only: better no file than one that looks whole."""
    lines = list(backup._everything())
    monkeypatch.setattr(backup, "_everything", lambda: iter(lines[:1] + lines[2:]))
    with pytest.raises(StoreFault, match="No back-up was made"):
        backup.write(tmp_path / "b")
    assert not (tmp_path / "b").exists()


# --- in ------------------------------------------------------------------------------------------------------


def test_what_was_lost_comes_back(file: Path, full: Dossier, noor: Person, note: Note) -> None:
    before = everything()
    lose_everything()
    came = backup.restore(file)
    assert (came.added, came.same, came.contradictions) == (2 * MANY + 3, 0, [])
    assert everything() == before
    assert store.tried(None).faults == []
    assert text(noor, note, "text").startswith(canary("sem", "contacts"))


def test_what_is_there_already_stays_as_it_is(file: Path) -> None:
    before = everything()
    assert backup.restore(file).same == 2 * MANY + 3
    assert everything() == before


def test_only_what_is_missing_comes_back(file: Path, full: Dossier) -> None:
    before = everything()
    SectionKey.objects.filter(dossier_id=full.id, section__in=["plan", "work"]).delete()
    came = backup.restore(file)
    assert (came.added, came.same) == (2, 2 * MANY + 1)
    assert everything() == before


@pytest.mark.parametrize("prefer_file", [False, True])
def test_what_was_destroyed_here_never_comes_back(
    prefer_file: bool, file: Path, full: Dossier, noor: Person, note: Note
) -> None:
    keyring.destroy(full.id, ["contacts"])
    before = everything()
    assert backup.restore(file, prefer_file=prefer_file).stayed_destroyed == 1
    assert everything() == before
    assert text(noor, note, "text") == GONE


def test_what_was_destroyed_before_it_was_ever_written_never_comes_back(file: Path, full: Dossier) -> None:
    SectionKey.objects.filter(dossier_id=full.id).delete()
    keyring.destroy(full.id)
    backup.restore(file, prefer_file=True)
    assert set(keyring.keys((full.id, section) for section in rules.SECTIONS).values()) == {None}


def test_what_was_destroyed_is_still_destroyed_after_all_was_lost(full: Dossier, tmp_path: Path) -> None:
    keyring.destroy(full.id, ["contacts"])
    before = everything()
    backup.write(tmp_path / "b")
    lose_everything()
    backup.restore(tmp_path / "b")
    assert everything() == before


def test_into_a_store_that_is_older_the_destroying_comes_along_when_asked(full: Dossier, tmp_path: Path) -> None:
    """The database was put back from before; the file knows better."""
    row = SectionKey.objects.get(dossier_id=full.id, section="contacts")
    keyring.destroy(full.id, ["contacts"])
    backup.write(tmp_path / "b")
    SectionKey.objects.filter(pk=row.pk).update(wrapped=row.wrapped, destroyed_at=None)
    with pytest.raises(StoreFault, match=r"section contacts of dossier \S+ \(destroyed in the file\)"):
        backup.restore(tmp_path / "b")
    assert SectionKey.objects.get(pk=row.pk).wrapped is not None
    assert len(backup.restore(tmp_path / "b", prefer_file=True).contradictions) == 1
    assert keyring.keys([(full.id, "contacts")]) == {(full.id, "contacts"): None}


def test_a_contradiction_changes_nothing_unless_the_file_is_right(file: Path, full: Dossier, noor: Person) -> None:
    """The store was lost and somebody wrote on: the section has another key now."""
    note = Note.objects.get(dossier=full)
    SectionKey.objects.filter(dossier_id=full.id, section__in=["contacts", "plan"]).delete()
    keyring.key_for_writing(full.id, "contacts", "GM0637")
    before = everything()
    with pytest.raises(StoreFault, match="1 keys are not the same here as in the file. Nothing was changed"):
        backup.restore(file)
    assert everything() == before
    came = backup.restore(file, prefer_file=True)
    assert (came.added, len(came.contradictions)) == (1, 1)
    assert text(noor, note, "text").startswith(canary("sem", "contacts"))


def test_a_municipality_that_got_another_key_meanwhile_is_no_hindrance(
    file: Path, full: Dossier, kim_dossier: Dossier, noor: Person, note: Note, bram: Person
) -> None:
    """All was lost, and new people were noted before anybody noticed: both can be read afterwards."""
    keep = list(SectionKey.objects.filter(dossier_id=kim_dossier.id))
    lose_everything()
    new = keyring.key_for_writing(kim_dossier.id, "plan", "GM0637")
    backup.restore(file)
    assert keyring.keys([(kim_dossier.id, "plan")])[kim_dossier.id, "plan"] == new
    assert len(keep) == MANY
    keyring.forget_everything()
    assert text(noor, note, "text").startswith(canary("sem", "contacts"))
    assert store.tried(None).faults == []


def test_another_key_of_the_house_is_a_contradiction(file: Path) -> None:
    old = keyring.house_key(rules.SECOND_FACTOR)
    HouseKey.objects.all().delete()
    keyring.forget_everything()
    assert keyring.house_key(rules.SECOND_FACTOR) != old
    with pytest.raises(StoreFault, match="the key of the house for second-factor"):
        backup.restore(file)
    backup.restore(file, prefer_file=True)
    assert keyring.house_key(rules.SECOND_FACTOR) == old


def test_after_a_rotation_it_comes_back_under_the_newest_master_key(file: Path, noor: Person, note: Note) -> None:
    master.add()
    lose_everything()
    backup.restore(file)
    assert {row.master_version for row in store.keys_under_master()} == {2}
    assert text(noor, note, "text").startswith(canary("sem", "contacts"))


def test_without_the_master_key_of_that_time_it_says_which_is_missing(file: Path, master_file: Path) -> None:
    old = master_file.read_text()
    lose_everything()
    master_file.write_text(seals.master_key_line(2, seals.new_key()))
    with pytest.raises(master.NoMasterKey, match="wrapped under version 1"):
        backup.restore(file)
    assert everything() == []
    master_file.write_text(old + seals.master_key_line(2, seals.new_key()))
    assert backup.restore(file).added == 2 * MANY + 3


# --- files that are not what they should be ------------------------------------------------------------------


def test_a_file_with_one_letter_changed_is_not_taken(file: Path) -> None:
    lose_everything()
    content = file.read_bytes()
    for where in range(0, len(content) - 1, len(content) // 60):
        if content[where : where + 1] != b"\n":
            file.write_bytes(content[:where] + bytes([content[where] ^ 1]) + content[where + 1 :])
            with pytest.raises(StoreFault):
                backup.restore(file)
    assert everything() == []


@pytest.mark.parametrize("lines", [0, 1, 2, 10, -1])
def test_a_file_that_was_cut_off_is_not_taken(lines: int, file: Path) -> None:
    lose_everything()
    content = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(b"".join(content[:lines]))
    with pytest.raises(StoreFault, match="Nothing was changed"):
        backup.restore(file)
    assert everything() == []


@pytest.mark.parametrize(
    "content", [b"", b"\n", b"SQLite format 3\x00", b"[]\n[]\n", b'{"format": "ipta-dossier"}\n' * 2]
)
def test_another_file_is_not_taken(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "other"
    file.write_bytes(content)
    with pytest.raises(StoreFault, match="Nothing was changed"):
        backup.restore(file)


def test_a_file_of_a_later_version_is_not_taken(file: Path) -> None:
    rewritten(file, lambda line: line | {"version": 2} if "format" in line else line)
    with pytest.raises(StoreFault, match=r"another version of IPTA \(2\)"):
        backup.restore(file)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"wrapped": "?"}, "this is no key"),
        ({"dossier": "x"}, "this is no key"),
        ({"section": None, "wrapped": 3}, "this is no key"),
        ({"wrapped": "AAAA"}, "does not open"),
        ({"municipality": "GM9999"}, "and not its key"),
    ],
)
def test_a_line_that_is_no_key_is_not_taken(change: dict[str, Any], why: str, file: Path) -> None:
    lose_everything()
    rewritten(file, lambda line: line | change if line.get("section") == "plan" else line)
    with pytest.raises(StoreFault, match=why):
        backup.restore(file)
    assert everything() == []


def test_a_file_without_the_key_of_a_municipality_is_not_taken(file: Path) -> None:
    lose_everything()
    rewritten(file, lambda line: None if line.get("key_of") == "GM0606" else line)
    with pytest.raises(StoreFault, match="GM0606"):
        backup.restore(file)
    assert everything() == []


@pytest.mark.django_db(databases=["default", "keys"], transaction=True)
def test_a_destroyed_key_lies_nowhere_in_the_files_of_the_store(dossier: Dossier) -> None:
    keys = connections["keys"]
    if keys.vendor != "sqlite":
        pytest.skip("PostgreSQL clears in its own time: docs/privacy/keys.md")
    row = SectionKey.objects.get(dossier_id=dossier.id, section="plan")
    wrapped = bytes(row.wrapped or b"")
    place = Path(keys.settings_dict["NAME"])
    there = lambda: any(wrapped in found.read_bytes() for found in place.parent.glob(f"{place.name}*"))  # noqa: E731
    assert there()
    keyring.destroy(dossier.id)
    assert store.leave_no_trace()
    assert not there()
    assert place.stat().st_size
