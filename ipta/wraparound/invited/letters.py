"""The invitation as its reader gets it: under a key that only his link holds, and then under that of the dossier.

The house keeps the hash of the secret alone: without the link it opens nobody's letter. Erasing the plan erases it too.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Final
from uuid import UUID

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from ipta.vault import seals

Unreadable = seals.Unreadable
_INFO: Final = b"ipta invitation"


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
    return seals.seal(json.dumps(asdict(letter)), _key(token, invitee), at=_place(invitee)).hex()


def unseal(sealed: str, token: str, invitee: UUID) -> Letter:
    """Raises `Unreadable` with the secret of another link, or where it was taken away."""
    try:
        blob = bytes.fromhex(sealed)
    except ValueError as fault:  # what stands where it was erased
        raise Unreadable from fault
    return Letter(**json.loads(seals.unseal(blob, _key(token, invitee), at=_place(invitee))))


def _key(token: str, invitee: UUID) -> bytes:
    return HKDF(hashes.SHA256(), seals.KEY_BYTES, salt=invitee.bytes, info=_INFO).derive(token.encode())


def _place(invitee: UUID) -> bytes:
    return f"invitation|{invitee.hex}".encode()
