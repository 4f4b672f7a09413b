"""What somebody without an account reads by a link: sealed a second time, under a key that only his link holds.

The house keeps the hash of the secret alone. Without the link it opens what was written by the door of the dossier.
"""

from uuid import UUID

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from ipta.vault import seals

Unreadable = seals.Unreadable


def seal(words: str, token: str, row: UUID) -> bytes:
    """`row`: the question, the warning or the invitee it is a letter to."""
    return seals.seal(words, _key(token, row), at=_place(row))


def unseal(letter: bytes, token: str, row: UUID) -> str:
    """The words. Raises `Unreadable` with the secret of another link."""
    return seals.unseal(letter, _key(token, row), at=_place(row))


def _key(token: str, row: UUID) -> bytes:
    return HKDF(hashes.SHA256(), seals.KEY_BYTES, salt=row.bytes, info=b"ipta help letter").derive(token.encode())


def _place(row: UUID) -> bytes:
    return f"letter|{row.hex}".encode()
