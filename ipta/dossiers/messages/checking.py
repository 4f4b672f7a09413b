"""Look at a voice before it is kept: what it is by its first bytes, how large, and whether a scanner objects."""

from dataclasses import dataclass

from ipta.base.verdict import Impossible
from ipta.dossiers.messages import rules
from ipta.dossiers.papers import scanner
from ipta.dossiers.papers.found import Unfit


@dataclass(frozen=True, slots=True)
class Voice:
    """A sound that may be kept."""

    kind: str
    content: bytes


def check(content: bytes) -> Voice:
    """The sound, when it is one. Raises `Impossible`, saying what to do instead."""
    kind = rules.kind_of(content)
    try:
        if not content:
            raise Unfit("empty")
        if len(content) > rules.MOST_BYTES:
            raise Unfit("large")
        if not kind:
            raise Unfit("unknown")
        scanner.looked(content)
    except Unfit as unfit:
        raise Impossible(rules.OBJECTIONS[unfit.objection]) from None
    return Voice(kind, content)
