"""The invitation as its reader gets it: under a key that only his link holds, and then under that of the dossier.

The house keeps the hash of the secret alone: without the link it opens nobody's letter. Erasing the plan erases it too.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from uuid import UUID

from ipta.sharing import letters
from ipta.sharing.letters import Unreadable


@dataclass(frozen=True, slots=True)
class Letter:
    """What stands in it. The moment does not: that is looked up, so that it is never an old one."""

    to: str
    asks: str  # who asks: the first name of the youth if he ticked that, otherwise of the coach
    is_youth: bool  # it is his name
    when: str  # as long as there is no day
    place: str
    kind: str
    agenda: Sequence[str] = ()  # only for who may see it


def seal(letter: Letter, token: str, invitee: UUID) -> str:
    """As text, which then goes into a sealed field."""
    return letters.seal(json.dumps(asdict(letter)), token, invitee).hex()


def unseal(sealed: str, token: str, invitee: UUID) -> Letter:
    """Raises `Unreadable` with the secret of another link, or where it was taken away."""
    try:
        blob = bytes.fromhex(sealed)
    except ValueError as fault:  # what stands where it was erased
        raise Unreadable from fault
    return Letter(**json.loads(letters.unseal(blob, token, invitee)))
