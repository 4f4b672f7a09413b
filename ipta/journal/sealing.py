"""Seals over both logs, laid outside: what was there at that moment cannot be changed unseen afterwards.

A seal holds the root of a Merkle tree over the heads of all chains, the heads that moved since the seal before, and the
hash of that seal; it is signed with Ed25519. `verify` checks it. Source: security design, section 7.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from ipta.base import clock
from ipta.base.verdict import Impossible
from ipta.journal import dump, rules, verify
from ipta.journal.commands import record
from ipta.journal.models import Entry

DAY, ANCHOR = "day", "anchor"
_HOUSE = UUID(verify.HOUSE)
_STATE = "log.heads"  # the heads as the last seal knew them: the folder tells the same, only slower


@dataclass(slots=True)
class House:
    """Who writes of the seals, and about what: the installation itself."""

    id: UUID = _HOUSE


@dataclass(frozen=True, slots=True)
class Made:
    """A seal that was made just now."""

    number: int
    chains: int
    lines: int
    moved: int
    file: Path


def new_key() -> str:
    """A key to sign with, as it lies in its file."""
    return (
        Ed25519PrivateKey.generate()
        .private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        .decode()
    )


def read_key(file: Path) -> Ed25519PrivateKey:
    key = serialization.load_pem_private_key(file.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise ValueError(f"{file}: not a key of the log. bin/ipta init makes one.")
    return key


def public_pem(key: Ed25519PrivateKey) -> str:
    """What the auditor checks with."""
    return (
        key.public_key()
        .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
        .decode()
    )


def seal(folder: Path, kind: str = DAY) -> Made | None:
    """Lay a seal in this folder. An anchor is made only if a chain moved; otherwise None.

    Raises `Impossible` when what was sealed before is no longer there: the log was tampered with, or put back.
    """
    key = read_key(settings.LOG_KEY_FILE)
    with _alone():
        last = _last(folder, key)
        before = _known(folder, last)
        now = sorted(dump.heads())
        moved = sorted(set(now) - before)
        if last:
            _look_back(before, moved, now)
        if kind == ANCHOR and last and all(head.startswith(verify.HOUSE) for head in moved):
            return None
        made = _write(folder, key, last, kind, now, moved)
    record(
        verify.SEALED,
        by=House(),
        about=House(),
        number=made.number,
        seal=made.hash,
        series=made.statement["series"],
    )
    return Made(
        made.number,
        int(made.statement["chains"]),
        int(made.statement["lines"]),
        len(moved),
        folder / verify.seal_name(made.number),
    )


def seal_of_the_day(folder: Path) -> Made | None:
    """A seal, unless there is one of today."""
    last = _last(folder, read_key(settings.LOG_KEY_FILE)) if folder.is_dir() else None
    is_done = last and last.made_at[:10] == rules.plain(clock.now())[:10]
    return None if is_done else seal(folder)


def _last(folder: Path, key: Ed25519PrivateKey) -> verify.Seal | None:
    """The newest seal of the folder. Raises `Impossible` when it is not ours."""
    folder.mkdir(parents=True, exist_ok=True)
    beside = folder / verify.PUBLIC_KEY
    if not beside.exists():
        beside.write_text(public_pem(key))
    if verify.fingerprint(key.public_key()) not in verify.public_keys(beside):
        raise Impossible(f"{beside} is of another key. Was the key renewed? Add it: bin/ipta log key >> {beside}")
    files = verify.seal_files(folder)
    last = verify.read_seal(files[max(files)]) if files else None
    newest = Entry.objects.filter(about=_HOUSE, verb=verify.SEALED).order_by("-number").first()
    if last and newest and newest.facts["series"] == last.statement["series"] and newest.facts["number"] > last.number:
        raise Impossible(f"Not sealed: seal {newest.facts['number']} was made, and is not in {folder}.")
    return last


def _known(folder: Path, last: verify.Seal | None) -> set[str]:
    """The heads as the last seal knew them."""
    if last is None:
        return set()
    state = settings.DATA_DIR / _STATE
    if state.exists():
        hash, *heads = state.read_text().splitlines()
        if hash == last.hash:
            return set(heads)
    tree = verify.Tree()
    for file in verify.seal_files(folder).values():
        tree.put(verify.read_seal(file).heads)
    return set(tree.heads())


def _look_back(before: set[str], moved: list[str], now: list[str]) -> None:
    """A chain only grows. Where one did not, sealing on would hide it."""
    then = {chain: int(number) for chain, number in map(_chain_and_number, before.difference(now))}
    grown = {chain: int(number) for chain, number in map(_chain_and_number, moved)}
    wrong = [chain for chain, number in then.items() if grown.get(chain, 0) <= number]
    if wrong:
        about, log = wrong[0].split(" ")
        raise Impossible(
            f"Not sealed: {len(wrong)} chains are no longer what the last seal saw, first {log} {about}. "
            "See what bin/ipta log verify --live says. After a restore from a back-up, seal in a new folder."
        )


def _chain_and_number(head: str) -> tuple[str, str]:
    chain, number, _ = head.rsplit(" ", 2)
    return chain, number


def _write(
    folder: Path, key: Ed25519PrivateKey, last: verify.Seal | None, kind: str, now: list[str], moved: list[str]
) -> verify.Seal:
    number = last.number + 1 if last else 1
    statement = {
        "before": last.hash if last else verify.START,
        "chains": len(now),
        "key": verify.fingerprint(key.public_key()),
        "kind": kind,
        "lines": sum(int(_chain_and_number(head)[1]) for head in now),
        "made_at": rules.plain(clock.now()),
        "number": number,
        "root": verify.root_of(now),
        "series": str(last.statement["series"]) if last else uuid4().hex,
    }
    file = folder / verify.seal_name(number)
    _put(file, verify.seal_text(statement, "".join(f"{head}\n" for head in moved), key.sign), mode=0o444)
    made = verify.read_seal(file)
    _put(settings.DATA_DIR / _STATE, "\n".join([made.hash, *now]), mode=0o600)
    return made


def _put(file: Path, text: str, mode: int) -> None:
    """A file that is whole or not there, also after the power failed."""
    part = file.with_name(f".{file.name}.part")
    part.unlink(missing_ok=True)
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "w") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    part.replace(file)


@contextmanager
def _alone() -> Iterator[None]:
    """Two who seal at once would make two seals with one number."""
    with (settings.DATA_DIR / "log.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
