"""The form of a sealed text and of a wrapped key. Source: security design, section 6."""

import base64
import os
from collections.abc import Callable
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap

AES_256_GCM = b"\x01"  # the first byte of a sealed text, so that another algorithm can follow
NONCE_BYTES = 12
KEY_BYTES = 32
_BEGIN = 1 + NONCE_BYTES  # of what is sealed, behind the algorithm and the nonce


class Unreadable(Exception):
    """The text is not what was sealed here: moved, damaged, or its key is gone."""


def new_key() -> bytes:
    return os.urandom(KEY_BYTES)


def wrap(key: bytes, *, under: bytes) -> bytes:
    """AES key wrap (RFC 3394). The same key under the same key always gives the same bytes."""
    return aes_key_wrap(under, key)


def unwrap(wrapped: bytes, *, under: bytes) -> bytes:
    """The key that `wrap` hid. Raises `Unreadable` under another key, or when a bit of it changed."""
    try:
        return aes_key_unwrap(under, wrapped)
    except (InvalidUnwrap, ValueError) as error:
        raise Unreadable("not wrapped under this key") from error


def place(model: str, row: UUID, field: str, dossier: UUID, section: str) -> bytes:
    """Where a text belongs. Bound into the seal, so that a moved text does not open."""
    before, after = around_row(model, field, dossier, section)
    return before + row.hex.encode() + after


def around_row(model: str, field: str, dossier: UUID, section: str) -> tuple[bytes, bytes]:
    """What stands before and behind the row in `place`: the same for many rows."""
    return f"{model}|".encode(), f"|{field}|{dossier.hex}|{section}|1".encode()


def seal(text: str, key: bytes, *, at: bytes) -> bytes:
    return seal_bytes(text.encode(), key, at=at)


def seal_bytes(content: bytes, key: bytes, *, at: bytes) -> bytes:
    nonce = os.urandom(NONCE_BYTES)
    return AES_256_GCM + nonce + AESGCM(key).encrypt(nonce, content, at)


def unseal(blob: bytes, key: bytes, *, at: bytes) -> str:
    """Open the text that `seal` sealed for the same place. Raises `Unreadable`."""
    return opener(key)(blob, at)


def unseal_bytes(blob: bytes, key: bytes, *, at: bytes) -> bytes:
    """Open what was sealed for the same place. Raises `Unreadable`."""
    return _unsealed(_cipher(key), blob, at)


def opener(key: bytes) -> Callable[[bytes, bytes], str]:
    """What opens many texts under one key: `unseal` of a sealed text and its place. Raises `Unreadable`."""
    cipher = _cipher(key)

    def open_text(blob: bytes, at: bytes) -> str:
        try:
            return _unsealed(cipher, blob, at).decode()
        except UnicodeDecodeError as error:
            raise Unreadable("not a text") from error

    return open_text


def _cipher(key: bytes) -> AESGCM:
    try:
        return AESGCM(key)
    except ValueError as error:
        raise Unreadable("no key") from error


def _unsealed(cipher: AESGCM, blob: bytes, at: bytes) -> bytes:
    if blob[:1] != AES_256_GCM:
        raise Unreadable("unknown algorithm")
    try:
        return cipher.decrypt(blob[1:_BEGIN], blob[_BEGIN:], at)
    except Exception as error:
        raise Unreadable("not sealed here") from error


def master_key_line(version: int, key: bytes) -> str:
    return f"{version} {base64.b64encode(key).decode()}\n"
