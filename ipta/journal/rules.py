"""The hash chain. Source: security design, section 7."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, Protocol

START = "0" * 64


class ChainedLine(Protocol):
    number: int
    previous: str
    hash: str

    def computed_hash(self) -> str: ...


def plain(value: Any) -> str:
    """A time or an id in the form in which it is hashed."""
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else str(value)


_one_form = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=plain).encode


def canonical(content: Mapping[str, Any]) -> str:
    """What a line says, in the one form in which it is hashed."""
    return _one_form(content)


def line_hash(previous: str, content: Mapping[str, Any]) -> str:
    """The hash of a line: of its content in one fixed form, and of the line before it."""
    return hashlib.sha256((previous + canonical(content)).encode()).hexdigest()


def first_fault(lines: Iterable[ChainedLine]) -> int | None:
    """The number of the first line that was changed, removed or put in; None when the chain is whole."""
    previous = START
    for expected, line in enumerate(lines, start=1):
        if line.number != expected or line.previous != previous or line.hash != line.computed_hash():
            return expected
        previous = line.hash
    return None
