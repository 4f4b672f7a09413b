"""A sealed text opens only where it was sealed, and only while its key is there."""

import base64
import os
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipta.vault import seals
from ipta.vault.seals import Unreadable

KEY = bytes(range(32))
HERE = seals.place("dossiers.note", UUID(int=1), "text", UUID(int=2), "contacts")


def test_known_answer_of_the_place() -> None:
    assert HERE == (b"dossiers.note|00000000000000000000000000000001|text|00000000000000000000000000000002|contacts|1")


def test_known_answer_of_the_seal() -> None:
    """Sealed once and for all: what is in the databases must still open after every change of the code."""
    header, nonce = "01", "000102030405060708090a0b"
    blob = bytes.fromhex(header + nonce + "0f6dbf3b96266b768552df29043fb2d4a018e4925127087d")
    assert seals.unseal(blob, KEY, at=HERE) == "Hoi Sém"


def test_known_answer_of_a_wrapped_key() -> None:
    """RFC 3394, 4.6: 256 bits of key under a 256-bit key."""
    kek = bytes.fromhex("000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F")
    key = bytes.fromhex("00112233445566778899AABBCCDDEEFF000102030405060708090A0B0C0D0E0F")
    wrapped = bytes.fromhex("28C9F404C4B810F4CBCCB35CFB87F8263F5786E2D80ED326CBC7F0E71A99F43BFB988B9B7A02DD21")
    assert seals.wrap(key, under=kek) == wrapped
    assert seals.unwrap(wrapped, under=kek) == key


@given(st.text())
def test_every_text_comes_back(text: str) -> None:
    if any(0xD800 <= ord(letter) <= 0xDFFF for letter in text):
        return  # no text of people: `tidy` takes it out before it gets here
    assert seals.unseal(seals.seal(text, KEY, at=HERE), KEY, at=HERE) == text


def test_the_same_text_never_looks_the_same() -> None:
    assert len({seals.seal("Ja", KEY, at=HERE) for _ in range(100)}) == 100


@given(st.integers(min_value=0, max_value=200), st.integers(min_value=1, max_value=255))
def test_a_damaged_text_does_not_open(where: int, flip: int) -> None:
    blob = bytearray(seals.seal("Hij slaapt bij zijn oom.", KEY, at=HERE))
    blob[where % len(blob)] ^= flip
    with pytest.raises(Unreadable):
        seals.unseal(bytes(blob), KEY, at=HERE)


@pytest.mark.parametrize("short", [0, 1, 12, 13, 20])
def test_a_cut_off_text_does_not_open(short: int) -> None:
    with pytest.raises(Unreadable):
        seals.unseal(seals.seal("Hoi", KEY, at=HERE)[:short], KEY, at=HERE)


def test_another_key_does_not_open_it() -> None:
    with pytest.raises(Unreadable):
        seals.unseal(seals.seal("Hoi", KEY, at=HERE), os.urandom(32), at=HERE)


@pytest.mark.parametrize(
    "elsewhere",
    [
        seals.place("dossiers.step", UUID(int=1), "text", UUID(int=2), "contacts"),
        seals.place("dossiers.note", uuid4(), "text", UUID(int=2), "contacts"),
        seals.place("dossiers.note", UUID(int=1), "place", UUID(int=2), "contacts"),
        seals.place("dossiers.note", UUID(int=1), "text", uuid4(), "contacts"),
        seals.place("dossiers.note", UUID(int=1), "text", UUID(int=2), "plan"),
    ],
    ids=["model", "row", "field", "dossier", "section"],
)
def test_a_moved_text_does_not_open(elsewhere: bytes) -> None:
    with pytest.raises(Unreadable):
        seals.unseal(seals.seal("Hoi", KEY, at=HERE), KEY, at=elsewhere)


def test_master_keys_of_several_versions_are_read(tmp_path: Path) -> None:
    old, new = seals.new_key(), seals.new_key()
    file = tmp_path / "master.key"
    file.write_text(seals.master_key_line(1, old) + seals.master_key_line(2, new))
    assert seals.read_master_keys(file) == {1: old, 2: new}
    assert base64.b64encode(new).decode() in file.read_text()
