"""The master key: a file outside the databases, with a line for each version. The highest wraps, the others still open.

A running worker looks at the file each time it needs a master key, so that it notices a new version by itself.
"""

import base64
import binascii
import os
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from ipta.vault import seals

Masters = dict[int, bytes]  # by version


class NoMasterKey(OSError):
    """The master key is not there, not safe or not the right one. The message says which, and what to do."""


def versions() -> Masters:
    """Every version in the file, read again as soon as the file is another one. Raises `NoMasterKey`."""
    file: Path = settings.MASTER_KEY_FILE
    return _read(file, _mark(file))


def newest() -> int:
    """The version that wraps from now on."""
    return max(versions())


def _mark(file: Path) -> tuple[int, ...]:
    """What tells one content of the file from the next. Looking takes two microseconds."""
    try:
        found = file.stat()
    except FileNotFoundError:
        raise NoMasterKey(_MISSING.format(file=file)) from None
    except OSError as fault:
        raise NoMasterKey(f"{file}: {fault.strerror}. The master key cannot be read.") from None
    if not settings.IS_LOCAL:
        _refuse_open_file(file, found.st_mode)
    return found.st_ino, found.st_mtime_ns, found.st_size


def _refuse_open_file(file: Path, mode: int) -> None:
    """Nobody but the application reads the master key, or it protects nothing."""
    # systemd lets its user in by an access list, which shows as a right of the group (systemd issue 29435).
    others = 0o027 if _is_credential(file) else 0o077
    if mode & others:
        said = f"{file}: others than its owner can get at the master key (mode {mode & 0o777:o})."
        raise NoMasterKey(f"{said} Do: chmod 600 {file}")


def _is_credential(file: Path) -> bool:
    folder = os.environ.get("CREDENTIALS_DIRECTORY", "")
    return bool(folder) and file.parent == Path(folder)


@lru_cache(maxsize=2)
def _read(file: Path, mark: tuple[int, ...]) -> Masters:
    try:
        return in_lines(file.read_text(encoding="ascii"))
    except ValueError as fault:  # what is no text is no master key either
        raise NoMasterKey(f"{file}: {_plain(fault)} It is not a master key file; put a copy back.") from None
    except OSError as fault:
        raise NoMasterKey(f"{file}: {fault.strerror}. The master key cannot be read.") from None


def _plain(fault: ValueError) -> str:
    """Never what stands in the file: it may be most of a key."""
    return "it holds more than plain letters." if isinstance(fault, UnicodeError) else str(fault)


def in_lines(text: str) -> Masters:
    """Lines of `version key`; empty ones and those with # are for people. Raises `ValueError` without saying a key."""
    found: Masters = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip() and not line.startswith("#"):
            version, key = _of_line(line, number)
            if version in found:
                raise ValueError(f"line {number}: version {version} stands in it twice.")
            found[version] = key
    if not found:
        raise ValueError("there is no key in it.")
    return found


def _of_line(line: str, number: int) -> tuple[int, bytes]:
    version, _, encoded = line.strip().partition(" ")
    try:
        key = base64.b64decode(encoded, validate=True)
    except binascii.Error:
        key = b""
    if not (version.isdecimal() and int(version) > 0 and len(key) == seals.KEY_BYTES):
        raise ValueError(f"line {number} is not a version and a key.")
    return int(version), key


# --- changing the file -------------------------------------------------------------------------------------


def add(into: Path | None = None) -> int:
    """Write a new version below the others, here or in another new file. Gives the version."""
    file: Path = settings.MASTER_KEY_FILE
    version = newest() + 1
    text = file.read_text(encoding="ascii").rstrip("\n") + "\n" + seals.master_key_line(version, seals.new_key())
    if into:
        _write_new(into, text)
    else:
        _replace(file, text)
    return version


def leave_out(version: int) -> None:
    """Take a version out of the file."""
    file: Path = settings.MASTER_KEY_FILE
    lines = file.read_text(encoding="ascii").splitlines(keepends=True)
    kept = [line for line in lines if line.startswith("#") or line.split()[:1] != [str(version)]]
    in_lines("".join(kept))  # there is always one left
    _replace(file, "".join(kept))


def _replace(file: Path, text: str) -> None:
    """All at once: whoever reads finds the old file or the new one. Owner and place stay as they were."""
    file = file.resolve()
    beside = file.with_name(f"{file.name}.new")
    try:
        _write_new(beside, text)
    except FileExistsError:
        raise NoMasterKey(_HALFWAY.format(file=beside)) from None
    except OSError as fault:
        raise NoMasterKey(_NOT_HERE.format(file=file, why=fault.strerror or fault)) from None
    try:
        before = file.stat()
        if (before.st_uid, before.st_gid) != (os.getuid(), os.getgid()):
            os.chown(beside, before.st_uid, before.st_gid)
        beside.replace(file)
    except OSError:
        beside.unlink()
        raise
    _to_disk(file.parent)


def _write_new(file: Path, text: str) -> None:
    """A file that only its owner reads. Never over one that is there."""
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())


def _to_disk(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


_MISSING = (
    "{file}: the master key is not there. Put a copy back; never make a new one: with another master key every text is "
    "lost. Only an installation without any text begins with bin/ipta init."
)
_HALFWAY = "{file}: it is there already. Somebody is changing the master key, or that broke off: then delete this file."
_NOT_HERE = (
    "{file}: nothing can be written here ({why}). Let the new version be written elsewhere with --into FILE, "
    "and bring that file in place yourself."
)
