"""The master key lies in a file: read with care, changed all at once, noticed by who is running."""

import base64
import errno
import os
from pathlib import Path

import pytest
from django.conf import settings

from ipta.settings import _file
from ipta.vault import master, seals
from ipta.vault.master import NoMasterKey

KEY = bytes(range(32))
GOOD = seals.master_key_line(1, KEY)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A master key file of this test alone, with one version."""
    file = tmp_path / "master.key"
    file.write_text(GOOD)
    file.chmod(0o600)
    settings.MASTER_KEY_FILE = file
    return file


@pytest.fixture
def for_real_use(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "IS_LOCAL", False)


# --- reading -----------------------------------------------------------------------------------------------


def test_every_version_is_read_and_the_highest_wraps(file: Path) -> None:
    file.write_text(seals.master_key_line(10, bytes(32)) + GOOD)
    assert master.versions() == {1: KEY, 10: bytes(32)}
    assert master.newest() == 10


def test_lines_for_people_are_left_alone(file: Path) -> None:
    file.write_text(f"# made by Fem, 3 March\n\n{GOOD}\n")
    assert master.versions() == {1: KEY}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n# only words\n",
        b"x",
        b"1",
        b"one " + base64.b64encode(KEY),
        b"0 " + base64.b64encode(KEY),
        b"-1 " + base64.b64encode(KEY),
        b"1 " + base64.b64encode(KEY[:16]),
        b"1 " + base64.b64encode(KEY)[:-2],
        b"1 " + base64.b64encode(KEY) + b" 2",
        b"1 " + base64.b64encode(KEY) + b"\n1 " + base64.b64encode(bytes(32)),
        b"1 " + KEY,
        "1 sleutel é".encode(),
        bytes(range(200, 247)),
    ],
)
def test_a_broken_file_is_said_in_one_line_without_what_stands_in_it(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    with pytest.raises(NoMasterKey) as fault:
        master.versions()
    said = str(fault.value)
    assert said.startswith(str(file)) and "put a copy back" in said and "\n" not in said
    assert base64.b64encode(KEY).decode()[:8] not in said


def test_a_file_that_is_not_there_says_what_not_to_do(file: Path) -> None:
    file.unlink()
    with pytest.raises(NoMasterKey, match="Put a copy back; never make a new one"):
        master.versions()


def test_a_folder_is_no_master_key(file: Path) -> None:
    file.unlink()
    file.mkdir()
    with pytest.raises(NoMasterKey, match="cannot be read"):
        master.versions()


# --- who may read it ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644, 0o620, 0o666, 0o601, 0o777])
def test_a_file_that_others_can_get_at_is_refused(file: Path, mode: int, for_real_use: None) -> None:
    file.chmod(mode)
    with pytest.raises(NoMasterKey, match=f"mode {mode:o}.*chmod 600 {file}"):
        master.versions()


@pytest.mark.parametrize("mode", [0o600, 0o400])
def test_a_file_of_its_owner_alone_is_read(file: Path, mode: int, for_real_use: None) -> None:
    file.chmod(mode)
    assert master.versions() == {1: KEY}


def test_opened_up_while_running_it_is_refused_at_once(file: Path, for_real_use: None) -> None:
    assert master.versions()
    file.chmod(0o644)
    with pytest.raises(NoMasterKey):
        master.versions()


def test_on_this_machine_alone_nobody_minds(file: Path) -> None:
    file.chmod(0o644)
    assert master.versions() == {1: KEY}


def test_a_credential_of_systemd_shows_its_access_list_as_a_right_of_the_group(
    file: Path, for_real_use: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(file.parent))
    file.chmod(0o440)
    assert master.versions() == {1: KEY}
    for open_to_others in (0o444, 0o460):
        file.chmod(open_to_others)
        with pytest.raises(NoMasterKey):
            master.versions()


def test_where_it_lies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Said in the environment; else a credential, where there is one; else the folder of the installation."""
    for name in ("IPTA_MASTER_KEY_FILE", "CREDENTIALS_DIRECTORY"):
        monkeypatch.delenv(name, raising=False)
    assert _file("master.key", "IPTA_MASTER_KEY_FILE") == settings.DATA_DIR / "master.key"
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    assert _file("master.key", "IPTA_MASTER_KEY_FILE") == settings.DATA_DIR / "master.key"
    (tmp_path / "master.key").write_text(GOOD)
    assert _file("master.key", "IPTA_MASTER_KEY_FILE") == tmp_path / "master.key"
    monkeypatch.setenv("IPTA_MASTER_KEY_FILE", "/elsewhere/m")
    assert _file("master.key", "IPTA_MASTER_KEY_FILE") == Path("/elsewhere/m")


# --- a new version -----------------------------------------------------------------------------------------


def test_a_new_version_comes_below_the_others(file: Path) -> None:
    file.write_text(f"# of Fem\n{GOOD.strip()}")
    assert master.add() == 2
    assert file.read_text().startswith(f"# of Fem\n{GOOD}2 ")
    now = master.versions()
    assert now[1] == KEY and len(set(now.values())) == 2
    assert file.stat().st_mode & 0o777 == 0o600
    assert [found.name for found in file.parent.iterdir()] == [file.name]


def test_who_runs_notices_it_without_being_told(file: Path) -> None:
    assert master.newest() == 1
    for version in (2, 3, 4):
        master.add()
        assert master.newest() == version
    master.leave_out(2)
    assert sorted(master.versions()) == [1, 3, 4]


def test_another_file_of_the_same_size_and_time_is_noticed(file: Path) -> None:
    assert master.versions() == {1: KEY}
    before = file.stat()
    other = file.with_name("other")
    other.write_text(seals.master_key_line(1, bytes(32)))
    os.utime(other, ns=(before.st_atime_ns, before.st_mtime_ns))
    other.replace(file)
    assert master.versions() == {1: bytes(32)}


def test_half_a_change_by_somebody_else_is_not_written_over(file: Path) -> None:
    beside = file.with_name("master.key.new")
    beside.write_text("half")
    with pytest.raises(NoMasterKey, match="is there already"):
        master.add()
    assert (beside.read_text(), file.read_text()) == ("half", GOOD)


def test_what_fails_halfway_leaves_the_file_as_it_was(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space"):
        master.add()
    assert file.read_text() == GOOD
    assert [found.name for found in file.parent.iterdir()] == [file.name]


def test_where_nothing_can_be_written_it_says_what_to_do(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A credential of systemd."""

    def read_only(*_: object) -> int:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(os, "open", read_only)
    with pytest.raises(NoMasterKey, match=r"Read-only file system.*--into FILE"):
        master.add()


def test_elsewhere_all_versions_come_along_and_nothing_changes_here(file: Path, tmp_path: Path) -> None:
    into = tmp_path / "for-the-credential"
    assert master.add(into) == 2
    assert file.read_text() == GOOD
    assert into.read_text().startswith(GOOD) and sorted(master.in_lines(into.read_text())) == [1, 2]
    assert into.stat().st_mode & 0o777 == 0o600
    with pytest.raises(FileExistsError):
        master.add(into)


def test_a_link_stays_a_link(file: Path, tmp_path: Path) -> None:
    real = tmp_path / "real.key"
    file.rename(real)
    file.symlink_to(real)
    master.add()
    assert file.is_symlink() and sorted(master.in_lines(real.read_text())) == [1, 2]


@pytest.mark.skipif(os.getuid() != 0, reason="only an administrator can give a file to somebody")
def test_the_file_stays_of_its_owner_when_an_administrator_changes_it(file: Path) -> None:
    os.chown(file, 65534, 65534)
    master.add()
    assert (file.stat().st_uid, file.stat().st_gid) == (65534, 65534)


def test_a_version_goes_and_the_rest_stays(file: Path) -> None:
    file.write_text(f"# of Fem\n{GOOD}")
    for _ in range(10):
        master.add()
    master.leave_out(1)
    assert file.read_text().startswith("# of Fem\n2 ")
    assert sorted(master.versions()) == list(range(2, 12))


def test_the_last_version_never_goes(file: Path) -> None:
    with pytest.raises(ValueError, match="no key"):
        master.leave_out(1)
    assert file.read_text() == GOOD
