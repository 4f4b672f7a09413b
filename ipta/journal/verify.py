"""Whether both logs are still what they were when they were sealed. One file, for an auditor.

    python verify.py DUMP SEALS [--public-key FILE]

It needs Python 3.11 and the package `cryptography`; no application, no database, no network. DUMP is what
`bin/ipta log dump` wrote, SEALS the folder with the seals. Bring your own copy of the public key: whoever can forge the
seals can also put another key beside them. What the seals and the dump look like: docs/privacy/reading-log.md.
"""

import argparse
import base64
import hashlib
import json
import re
import sys
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

START: Final = "0" * 64  # what the first line of a chain names as the hash before it
HOUSE: Final = "00000000000000000000000000000109"  # the chain in which the house writes that it made a seal
SEALED: Final = "log.sealed"
PUBLIC_KEY: Final = "log.pub"
_SEAL_NAME = re.compile(r"(\d{7})\.seal")
_LINE = re.compile(
    r'\{"log":"(\w+)","previous":"([^"\\]*)","hash":"([^"\\]*)","line":'
    r'(\{"about":"([0-9a-f-]{36})",.*"number":(\d+),"person_id":.*\})\}\n?'
)
_PEM = re.compile(r"-----BEGIN PUBLIC KEY-----.+?-----END PUBLIC KEY-----\n?", re.S)


def canonical(content: Mapping[str, Any]) -> str:
    """The one form in which a thing is hashed."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is not as it was. `what` is the kind of it, for who counts."""

    what: str
    text: str
    chain: str = ""  # "<dossier or municipality> <log>"
    number: int = 0

    def __str__(self) -> str:
        about, _, log = self.chain.partition(" ")
        where = f"{log} {about}, line {self.number}: " if self.chain else ""
        return f"{self.what.upper()}  {where}{self.text}"


@dataclass(slots=True)
class Report:
    faults: list[Fault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    lines: int = 0
    chains: int = 0
    seals: int = 0

    @property
    def is_whole(self) -> bool:
        return not self.faults

    def add(self, what: str, text: str, chain: str = "", number: int = 0) -> None:
        self.faults.append(Fault(what, text, chain, number))


# --- the tree over the heads of all chains ------------------------------------------------------

_DIGITS: Final = 3  # of the id: 4,096 leaves, each over the heads of about fifty chains at 100,000 dossiers
_PLACES: Final = [f"{place:0{_DIGITS}x}" for place in range(16**_DIGITS)]


def _leaf(heads: Iterable[str]) -> bytes:
    return hashlib.sha256(b"\0" + "\n".join(heads).encode()).digest()


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\1" + left + right).digest()


def root_of(heads: Sequence[str]) -> str:
    """The root of a Merkle tree over the heads of all chains: `<about> <log> <number> <hash>`, in order.

    A leaf is SHA-256(0 || the heads whose id begins with its three digits), a node SHA-256(1 || left || right).
    """
    edges = [bisect_left(heads, place) for place in _PLACES] + [len(heads)]
    level = [_leaf(heads[first:end]) for first, end in pairwise(edges)]
    while len(level) > 1:
        level = [_node(*two) for two in zip(level[::2], level[1::2], strict=True)]
    return level[0].hex()


class Tree:
    """The same tree for who follows it through many seals: only what moved is hashed again."""

    def __init__(self) -> None:
        self._heads: dict[str, dict[str, str]] = {place: {} for place in _PLACES}
        self._moved: set[int] = set()
        empty, self._levels = _leaf(()), list[list[bytes]]()
        for height in range(4 * _DIGITS + 1):
            self._levels.append([empty] * (len(_PLACES) >> height))
            empty = _node(empty, empty)

    def put(self, heads: Iterable[str]) -> None:
        """Take in heads: new ones, or ones that moved."""
        for head in heads:
            place = head[:_DIGITS]
            self._heads[place][head.rsplit(" ", 2)[0]] = head
            self._moved.add(int(place, 16))

    def root(self) -> str:
        leaves, *higher = self._levels
        moved, self._moved = self._moved, set()
        for place in moved:
            leaves[place] = _leaf(sorted(self._heads[_PLACES[place]].values()))
        for below, level in zip(self._levels, higher, strict=False):
            moved = {place // 2 for place in moved}
            for place in moved:
                level[place] = _node(below[2 * place], below[2 * place + 1])
        return self._levels[-1][0].hex()

    def heads(self) -> Iterator[str]:
        """All of them, in order."""
        for place in _PLACES:
            yield from sorted(self._heads[place].values())


# --- seals ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Seal:
    """What was sealed at one moment: a signed statement, and the heads that moved since the seal before."""

    statement: dict[str, Any]
    hash: str
    heads: list[str]
    signature: bytes

    @property
    def number(self) -> int:
        return int(self.statement["number"])

    @property
    def made_at(self) -> str:
        return str(self.statement["made_at"])


class Damaged(ValueError):
    """This file is not a seal as it was made."""


def seal_name(number: int) -> str:
    return f"{number:07}.seal"


def seal_files(folder: Path) -> dict[int, Path]:
    """The seals of a folder by their number, in order."""
    names = ((_SEAL_NAME.fullmatch(file.name), file) for file in folder.iterdir())
    return dict(sorted((int(name[1]), file) for name, file in names if name))


_STATEMENT: Final = {
    "before": str, "chains": int, "changes": str, "key": str, "kind": str, "lines": int, "made_at": str,
    "number": int, "root": str, "series": str,
}  # fmt: skip


def read_seal(file: Path) -> Seal:
    """The seal in this file, not yet checked. Raises `Damaged`."""
    try:
        statement, signature, heads = file.read_text().split("\n", 2)
        said = json.loads(statement)
        signed = base64.b64decode(signature, validate=True)
    except ValueError as fault:
        raise Damaged("cannot be read") from fault
    if not isinstance(said, dict) or {key: type(value) for key, value in said.items()} != _STATEMENT:
        raise Damaged("its statement is not one")
    if sha256(heads) != said["changes"]:
        raise Damaged("its list of heads was changed")
    if canonical(said) != statement:
        raise Damaged("its statement was changed")
    return Seal(said, sha256(statement), heads.splitlines(), signed)


def seal_text(statement: Mapping[str, Any], heads: str, sign: Callable[[bytes], bytes]) -> str:
    """A seal as it lies in its file."""
    said = canonical({**statement, "changes": sha256(heads)})
    return f"{said}\n{base64.b64encode(sign(said.encode())).decode()}\n{heads}"


def fingerprint(key: Ed25519PublicKey) -> str:
    """By what a key is known: to be read aloud, or printed."""
    return hashlib.sha256(key.public_bytes_raw()).hexdigest()[:32]


def public_keys(file: Path) -> dict[str, Ed25519PublicKey]:
    """The keys of a file in PEM, by their fingerprint. More than one when the key was renewed."""
    found = [serialization.load_pem_public_key(pem.encode()) for pem in _PEM.findall(file.read_text())]
    keys = {fingerprint(key): key for key in found if isinstance(key, Ed25519PublicKey)}
    if not keys:
        raise ValueError(f"{file}: no public key of the log in here")
    return keys


class _Seals:
    """The seals of a folder, each checked, and what they say of every chain."""

    def __init__(self, folder: Path, keys: Mapping[str, Ed25519PublicKey], report: Report) -> None:
        self.folder, self.keys, self.report = folder, keys, report
        self.hashes: dict[int, str] = {}  # of every seal that could be read
        self.good: list[Seal] = []
        self.last: Seal | None = None
        files = seal_files(folder)
        if not files:
            report.add("seal missing", f"there is no seal in {folder}")
        expected, tree, is_unbroken = 1, Tree(), True
        for number, file in files.items():
            if number > expected:
                self._missing(expected, number - 1)
                is_unbroken = False
            seal = self._checked(number, file)
            expected = number + 1
            if seal is None:
                is_unbroken = False
                continue
            if not is_unbroken:  # what moved in the seal that is not there is unknown: its root cannot be made
                continue
            tree.put(seal.heads)
            if tree.root() != seal.statement["root"]:
                report.add("seal forged", f"seal {number}: its root is not that of the chains it names")
                is_unbroken = False
        report.seals = len(files)

    def _missing(self, first: int, last: int) -> None:
        which = f"seal {first} is" if first == last else f"seals {first} to {last} are"
        self.report.add("seal missing", f"{which} not in {self.folder}")

    def _checked(self, number: int, file: Path) -> Seal | None:
        """The seal, if it is good to compare with. Every objection goes into the report."""
        objection = ""
        try:
            seal = read_seal(file)
        except (Damaged, OSError) as fault:
            self.report.add("seal changed", f"seal {number}: {fault}")
            return None
        key = self.keys.get(seal.statement["key"])
        if seal.number != number:
            objection = f"it says it is seal {seal.number}"
        elif key is None:
            objection = f"it was signed with another key ({seal.statement['key']})"
        elif not _is_signed(seal, key):
            objection = "the signature is not of this key"
        elif self.good and seal.statement["series"] != self.good[0].statement["series"]:
            objection = "it is of another series of seals"
        if objection:
            self.report.add("seal forged", f"seal {number}: {objection}")
            return None
        before = self.hashes.get(number - 1, START if number == 1 else "")
        if before and seal.statement["before"] != before:
            self.report.add("seal forged", f"seal {number}: it does not follow on seal {number - 1}")
        self.hashes[number] = seal.hash
        self.good.append(seal)
        self.last = seal
        return seal

    @property
    def series(self) -> str:
        return str(self.good[0].statement["series"]) if self.good else ""

    def until(self, moment: datetime) -> list[Seal]:
        """The seals that a dump of this moment can be compared with."""
        return [seal for seal in self.good if datetime.fromisoformat(seal.made_at) <= moment]


def _is_signed(seal: Seal, key: Ed25519PublicKey) -> bool:
    try:
        key.verify(seal.signature, canonical(seal.statement).encode())
    except InvalidSignature:
        return False
    return True


# --- lines ---------------------------------------------------------------------------------------


class _Logs:
    """The lines of a dump, chain by chain, against themselves and against the seals."""

    def __init__(self, seals: _Seals, report: Report, *, is_live: bool) -> None:
        self.seals, self.report, self.is_live = seals, report, is_live
        self.compared: list[Seal] = []
        self.sealed: dict[str, list[tuple[int, str, int]]] = {}  # chain: number, hash, by which seal
        self.heads: dict[str, tuple[int, str]] = {}  # as the database itself keeps them
        self.reached: dict[str, int] = {}  # the last line of each chain
        self.told: dict[int, str] = {}  # number and hash of each seal, as the house wrote when it was made
        self.is_ended = self.is_begun = False
        self._chain, self._expected, self._before = "", 1, START
        self._checks: Iterator[tuple[int, str, int]] = iter(())
        self._check: tuple[int, str, int] | None = None
        self._is_faulty = False

    def read(self, texts: Iterable[str]) -> None:
        for text in texts:
            if found := _LINE.fullmatch(text):
                log, previous, hash, content, about, number = found.groups()
                self._line(f"{about.replace('-', '')} {log}", int(number), previous, hash, content)
            else:
                self._other(text)
        self._end_of_chain()

    def _other(self, text: str) -> None:
        """What is no line, or one that was written otherwise than it should be."""
        try:
            said = json.loads(text)
            if "dump" in said:
                self._begin(datetime.fromisoformat(said["made_at"]))
            elif "head" in said:
                about, log, number, hash = said["head"].split(" ")
                self.heads[f"{about} {log}"] = (int(number), hash)
            elif "end" in said:
                self.is_ended = said["end"] == self.report.lines
            else:
                line = said["line"]
                chain = f"{line['about'].replace('-', '')} {said['log']}"
                self._line(chain, int(line["number"]), str(said["previous"]), str(said["hash"]), canonical(line))
        except (ValueError, KeyError, TypeError, AttributeError):
            self.report.add("damaged", f"the dump cannot be read after {self.report.lines} lines: {text[:60]!r}")

    def _begin(self, made_at: datetime) -> None:
        self.is_begun = True
        self.compared = self.seals.good if self.is_live else self.seals.until(made_at)
        if newer := len(self.seals.good) - len(self.compared):
            self.report.notes.append(
                f"{newer} seals are newer than this dump of {made_at:%Y-%m-%d %H:%M} UTC: not compared"
            )
        for seal in self.compared:
            for head in seal.heads:
                chain, number, hash = head.rsplit(" ", 2)
                self.sealed.setdefault(chain, []).append((int(number), hash, seal.number))

    def _line(self, chain: str, number: int, previous: str, hash: str, content: str) -> None:
        self.report.lines += 1
        if chain != self._chain:
            self._next_chain(chain)
        if number < self._expected:
            self._fault("put in", "a second line with this number", number)
            return
        if number > self._expected:
            gone = number - self._expected
            how_many = "it was" if gone == 1 else f"it and {gone - 1} more, up to line {number - 1}, were"
            self._fault("removed", f"{how_many} taken out", self._expected)
        is_whole = hashlib.sha256((previous + content).encode()).hexdigest() == hash
        if not is_whole:
            self._fault("changed", "its content does not fit its hash", number)
        elif number == self._expected and self._before not in {previous, ""}:
            self._fault("changed", f"it does not follow on line {number - 1}, which was changed or put in", number)
        self._expected, self._before = number + 1, hash if is_whole else ""
        while self._check and self._check[0] <= number:
            self._compare(self._check, number, hash)
        if is_whole and SEALED in content and chain.startswith(HOUSE):
            self._hear(json.loads(content).get("facts"))

    def _hear(self, facts: Any) -> None:
        """The house says that it made a seal."""
        if isinstance(facts, dict) and facts.get("series") == self.seals.series and type(facts.get("number")) is int:
            self.told[facts["number"]] = str(facts.get("seal"))

    def _compare(self, check: tuple[int, str, int], number: int, hash: str) -> None:
        """A line of which a seal tells the hash."""
        sealed, wanted, by = check
        self._check = next(self._checks, None)
        if sealed == number and wanted != hash and not self._is_faulty:
            self._fault(
                "rewritten", f"seal {by} holds another hash: the chain was made anew from some line before", number
            )

    def _next_chain(self, chain: str) -> None:
        self._end_of_chain()
        if chain in self.reached:
            self._fault("put in", "lines of this chain stand in two places", 1)
        self._chain, self._expected, self._before, self._is_faulty = chain, 1, START, False
        self._checks = iter(self.sealed.get(chain, ()))
        self._check = next(self._checks, None)

    def _end_of_chain(self) -> None:
        chain, last = self._chain, self._expected - 1
        if not chain:
            return
        self.reached[chain] = last
        number, hash = self.heads.get(chain, (-1, ""))
        if number < 0:
            self._fault("removed", "the head of this chain was taken out", last)
        elif number > last and not self._is_cut(chain, last):
            self._fault("tail cut", f"the head of this chain says there are {number} lines", last + 1)
        elif number < last:
            self._fault("put in", f"the head of this chain says there are {number} lines", number + 1)
        elif number == last and self._before and hash != self._before and not self._is_faulty:
            self._fault("changed", "the head of this chain holds another hash", last)

    def _is_cut(self, chain: str, last: int) -> bool:
        """Whether a seal knows of more lines; that is told once, at the end."""
        return chain in self.sealed and self.sealed[chain][-1][0] > last

    def _fault(self, what: str, text: str, number: int) -> None:
        self._is_faulty = True
        self.report.add(what, text, self._chain, number)

    def finish(self) -> None:
        """What can only be said when everything was read."""
        if not self.is_begun or not self.is_ended:
            self.report.add("damaged", "the dump is not whole: its beginning or its end is missing")
        if self.seals.good and not self.compared:
            self.report.add("seal missing", "every seal is newer than this dump: there is nothing to compare it with")
        self._gone()
        self._seals_that_were_made()
        self.report.chains = len(self.reached)
        if self.compared and not self.report.faults:
            behind = sum(last - self._sealed_until(chain) for chain, last in self.reached.items())
            when = datetime.fromisoformat(self.compared[-1].made_at)
            self.report.notes.append(f"{behind} lines are newer than the last seal ({when:%Y-%m-%d %H:%M} UTC)")

    def _sealed_until(self, chain: str) -> int:
        return self.sealed[chain][-1][0] if chain in self.sealed else 0

    def _gone(self) -> None:
        """Chains that are shorter than a seal saw them, or not there at all."""
        cut = {c: checks[-1] for c, checks in self.sealed.items() if checks[-1][0] > self.reached.get(c, 0)}
        if cut:
            self._rolled_back()
        for chain, (number, _, by) in sorted(cut.items()):
            last = self.reached.get(chain, 0)
            text = (
                f"seal {by} saw {number} lines, there are {last}" if last else f"all {number} lines that seal {by} saw"
            )
            self.report.add("tail cut" if last else "chain gone", text, chain, last + 1)
        for chain, (number, _) in sorted(self.heads.items()):
            if number and chain not in self.reached and chain not in cut:
                self.report.add("chain gone", f"its head says there were {number} lines", chain, 1)

    def _rolled_back(self) -> None:
        """Whether the log knows nothing of the newest seals and of all that they saw: then it was put back."""
        is_short = [[self._is_short(head) for head in seal.heads] for seal in self.compared]
        first = next(place for place, heads in enumerate(is_short) if any(heads))
        knows_the_last = self.compared[-1].number in self.told
        if not knows_the_last and all(short for heads in is_short[first + 1 :] for short in heads):
            moment = datetime.fromisoformat(self.compared[first].made_at)
            text = f"seal {self.compared[first].number} ({moment:%Y-%m-%d %H:%M} UTC)"
            self.report.add("rolled back", f"the whole database was put back to a moment before {text}")

    def _is_short(self, head: str) -> bool:
        chain, number, _ = head.rsplit(" ", 2)
        return int(number) > self.reached.get(chain, 0)

    def _seals_that_were_made(self) -> None:
        """The house writes of each seal that it made it: the last ones cannot be taken away unseen either."""
        there = seal_files(self.seals.folder)
        for number, hash in self.told.items():
            if number > max(there, default=0):
                self.report.add("seal missing", f"seal {number} was made, and is not in {self.seals.folder}")
            elif self.seals.hashes.get(number, hash) != hash:
                self.report.add("seal forged", f"seal {number}: the log tells of another one with this number")


def verify(texts: Iterable[str], folder: Path, public_key: Path | None = None, *, is_live: bool = False) -> Report:
    """Compare a dump, line by line, with the seals of a folder. A dump may be older than some seals; what is asked of
    the database itself (`is_live`) may not."""
    report = Report()
    keys = public_keys(public_key or folder / PUBLIC_KEY)
    if public_key is None:
        report.notes.append(
            f"checked with the key beside the seals: compare its fingerprint {', '.join(keys)} with your own"
        )
    logs = _Logs(_Seals(folder, keys, report), report, is_live=is_live)
    logs.read(texts)
    logs.finish()
    return report


SHOWN: Final = 50


def told(report: Report) -> str:
    """The report in lines."""
    faults = [str(fault) for fault in report.faults[:SHOWN]]
    if more := len(report.faults) - SHOWN:
        faults += [f"... and {more} more."] if more > 0 else []
    verdict = f"{len(report.faults)} faults." if report.faults else "All is well."
    read = f"{verdict} {report.lines} lines in {report.chains} chains, {report.seals} seals."
    return "\n".join([*faults, *(f"note: {note}" for note in report.notes), read])


def main() -> int:
    asked = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    asked.add_argument("dump", type=Path)
    asked.add_argument("seals", type=Path)
    asked.add_argument("--public-key", type=Path, help="your own copy, instead of the one beside the seals")
    wanted = asked.parse_args()
    try:
        with wanted.dump.open(encoding="utf-8", newline="\n") as texts:
            report = verify(texts, wanted.seals, wanted.public_key)
    except (OSError, ValueError) as fault:
        sys.stderr.write(f"verify: {fault}\n")
        return 2
    sys.stdout.write(told(report) + "\n")
    return 0 if report.is_whole else 1


if __name__ == "__main__":
    sys.exit(main())
