"""Look at a file before it is kept. What comes out is the only thing a paper is ever made of."""

import subprocess
import sys
from dataclasses import dataclass
from threading import BoundedSemaphore
from typing import Final

from ipta.base.verdict import Impossible
from ipta.dossiers.papers import rules, scanner, workshop
from ipta.dossiers.papers.found import Clean, Unfit, is_pdf

SECONDS: Final = 20  # by the clock on the wall: a busy machine takes longer than the seconds of the workshop
AT_ONCE: Final = 2  # files in the workshop, of one worker
_room = BoundedSemaphore(AT_ONCE)


@dataclass(frozen=True, slots=True)
class Checked:
    """A clean file, and whether a virus scanner looked at what came in."""

    kind: str
    content: bytes
    is_scanned: bool


def check(content: bytes, *, is_ours: bool = False) -> Checked:
    """The file, clean. Raises `Impossible`, saying what to do instead.

    `is_ours`: it says that we wrote it before (a package); a picture of which that can be true keeps every dot.
    """
    try:
        if len(content) > rules.MOST_BYTES:
            raise Unfit("large")
        is_pdf(content)
        is_scanned = scanner.looked(content)
        clean = _through_the_workshop(content, is_ours=is_ours)
    except Unfit as unfit:
        raise Impossible(rules.OBJECTIONS[unfit.objection]) from None
    return Checked(clean.kind, clean.content, is_scanned)


def _through_the_workshop(content: bytes, *, is_ours: bool) -> Clean:
    if not _room.acquire(timeout=SECONDS):
        raise Unfit("busy")
    try:
        answer = _answer(content, [workshop.OURS] if is_ours else [])
    finally:
        _room.release()
    said, told = answer[:1], answer[1:]
    if said == b"-":
        raise Unfit(told.decode())
    if said != b"+":
        raise Unfit("broken" if is_pdf(content) else "dots")  # it went over what it may use
    clean = Clean(told[:3].decode(), told[3:])
    if len(clean.content) > rules.MOST_BYTES:
        raise Unfit("large")
    return clean


def _answer(content: bytes, how: list[str]) -> bytes:
    """What the workshop says; nothing when it broke or took too long."""
    command = [sys.executable, "-I", "-m", workshop.__name__, *how]
    try:
        done = subprocess.run(  # noqa: S603 - our own module, and no word of anybody in the command
            command, input=content, capture_output=True, timeout=SECONDS, env={}, cwd="/", check=False
        )
    except subprocess.TimeoutExpired:
        return b""
    return b"" if done.returncode else done.stdout
