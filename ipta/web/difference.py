"""What changed in a text, word by word, as people read it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words after each other that stayed, came or went."""

    kind: Literal["same", "added", "gone"]
    words: str


@dataclass(frozen=True, slots=True)
class Change:
    """A part of a text that became another."""

    name: str
    pieces: list[Piece]


def changes(before: Mapping[str, str], after: Mapping[str, str]) -> list[Change]:
    """The parts that are not the same, in the order of the new text; what was left out comes last."""
    names = [*after, *(name for name in before if name not in after)]
    pairs = [(name, before.get(name, ""), after.get(name, "")) for name in names]
    return [Change(name, difference(old, new)) for name, old, new in pairs if old.split() != new.split()]


def difference(before: str, after: str) -> list[Piece]:
    """Both texts in one: read without what is gone it is the new text, without what was added the old one."""
    old, new = _words(before), _words(after)
    matcher = SequenceMatcher(None, [w.strip() for w in old], [w.strip() for w in new], autojunk=False)
    return [piece for code in matcher.get_opcodes() for piece in _pieces(code, old, new)]


def _words(text: str) -> list[str]:
    """Each word with the white space behind it."""
    return re.findall(r"\S+\s*", text)


def _pieces(code: tuple[str, int, int, int, int], old: list[str], new: list[str]) -> Iterator[Piece]:
    kind, i1, i2, j1, j2 = code
    if kind == "equal":
        yield Piece("same", "".join(new[j1:j2]))
        return
    if i1 < i2:
        yield Piece("gone", "".join(old[i1:i2]))
    if j1 < j2:
        yield Piece("added", "".join(new[j1:j2]))
