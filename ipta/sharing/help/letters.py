"""The question as the specialist reads it: sealed a second time, under a key that only his link holds.

The house keeps the hash of the secret alone. Without the link it opens a question through the door of the dossier.
"""

from uuid import UUID

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from ipta.vault import seals

Unreadable = seals.Unreadable


def seal(words: str, token: str, question: UUID) -> bytes:
    return seals.seal(words, _key(token, question), at=_place(question))


def unseal(letter: bytes, token: str, question: UUID) -> str:
    """The words. Raises `Unreadable` with the secret of another link."""
    return seals.unseal(letter, _key(token, question), at=_place(question))


def _key(token: str, question: UUID) -> bytes:
    return HKDF(hashes.SHA256(), seals.KEY_BYTES, salt=question.bytes, info=b"ipta help letter").derive(token.encode())


def _place(question: UUID) -> bytes:
    return f"letter|{question.hex}".encode()
