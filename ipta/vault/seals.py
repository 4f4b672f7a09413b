"""The form of a sealed text and of a wrapped key. Source: security design, section 6."""

import base64
import os
from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.keywrap import aes_key_unwrap, aes_key_wrap

AES_256_GCM = b"\x01"  # the first byte of a sealed text, so that another algorithm can follow
NONCE_BYTES = 12
KEY_BYTES = 32


class Unreadable(Exception):
    """The text is not what was sealed here: moved, damaged, or its key is gone."""


def new_key() -> bytes:
    return os.urandom(KEY_BYTES)


def wrap(key: bytes, *, under: bytes) -> bytes:
    return aes_key_wrap(under, key)


def unwrap(wrapped: bytes, *, under: bytes) -> bytes:
    return aes_key_unwrap(under, wrapped)


def place(model: str, row: UUID, field: str, dossier: UUID, section: str) -> bytes:
    """Where a text belongs. Bound into the seal, so that a moved text does not open."""
    return "|".join((model, row.hex, field, dossier.hex, section, "1")).encode()


def seal(text: str, key: bytes, *, at: bytes) -> bytes:
    nonce = os.urandom(NONCE_BYTES)
    return AES_256_GCM + nonce + AESGCM(key).encrypt(nonce, text.encode(), at)


def unseal(blob: bytes, key: bytes, *, at: bytes) -> str:
    """Open what `seal` made for the same place. Raises `Unreadable`."""
    if blob[:1] != AES_256_GCM:
        raise Unreadable("unknown algorithm")
    nonce, sealed = blob[1 : 1 + NONCE_BYTES], blob[1 + NONCE_BYTES :]
    try:
        return AESGCM(key).decrypt(nonce, sealed, at).decode()
    except Exception as error:
        raise Unreadable("not sealed here") from error


def read_master_keys(file: Path) -> dict[int, bytes]:
    """Lines of `version base64`; the highest version wraps, the others still open."""
    keys = {}
    for line in file.read_text().splitlines():
        version, encoded = line.split()
        keys[int(version)] = base64.b64decode(encoded)
    return keys


def master_key_line(version: int, key: bytes) -> str:
    return f"{version} {base64.b64encode(key).decode()}\n"
