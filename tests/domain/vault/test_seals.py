"""A sealed text opens only where it was sealed, and only while its key is there."""

import os
from uuid import UUID, uuid4

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from ipta.vault import seals
from ipta.vault.seals import Unreadable

KEY = bytes(range(32))
HERE = seals.place("dossiers.note", UUID(int=1), "text", UUID(int=2), "contacts")
TEXTS = st.text(st.characters(exclude_categories=("Cs",)))  # halves of characters are no text: `tidy` takes them out


def test_known_answer_of_the_place() -> None:
    here = seals.place("dossiers.note", UUID(int=1), "text", UUID(int=2), "contacts")
    assert (
        here
        == HERE
        == (b"dossiers.note|00000000000000000000000000000001|text|00000000000000000000000000000002|contacts|1")
    )


def test_known_answer_of_the_seal() -> None:
    """Sealed once and for all: what is in the databases must still open after every change of the code."""
    header, nonce = "01", "000102030405060708090a0b"
    blob = bytes.fromhex(header + nonce + "0f6dbf3b96266b768552df29043fb2d4a018e4925127087d")
    assert seals.unseal(blob, KEY, at=HERE) == "Hoi Sém"


def test_known_answer_of_sealing(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is written is what is read: a header byte, the nonce, the words, sixteen bytes that tell it is whole."""
    monkeypatch.setattr(os, "urandom", lambda size: bytes(range(size)))
    blob = seals.seal("Hoi Sém", KEY, at=HERE)
    assert blob.hex() == "01000102030405060708090a0b0f6dbf3b96266b768552df29043fb2d4a018e4925127087d"
    assert len(blob) == len("Hoi Sém".encode()) + 29


def test_known_answer_of_another_house_s_cipher() -> None:
    """The seal is AES-256-GCM as everybody knows it. Source: test case 16 of McGrew and Viega's GCM specification."""
    key = bytes.fromhex("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308")
    nonce, at = bytes.fromhex("cafebabefacedbaddecaf888"), bytes.fromhex("feedfacedeadbeeffeedfacedeadbeefabaddad2")
    plain = bytes.fromhex(
        "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
        "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39"
    )
    sealed = bytes.fromhex(
        "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
        "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
        "76fc6ece0f4e1768cddf8853bb2d551b"
    )
    assert seals.unseal_bytes(b"\x01" + nonce + sealed, key, at=at) == plain


def test_known_answer_of_a_wrapped_key() -> None:
    """RFC 3394, 4.6: 256 bits of key under a 256-bit key."""
    kek = bytes.fromhex("000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F")
    key = bytes.fromhex("00112233445566778899AABBCCDDEEFF000102030405060708090A0B0C0D0E0F")
    wrapped = bytes.fromhex("28C9F404C4B810F4CBCCB35CFB87F8263F5786E2D80ED326CBC7F0E71A99F43BFB988B9B7A02DD21")
    assert seals.wrap(key, under=kek) == wrapped
    assert seals.unwrap(wrapped, under=kek) == key


@given(TEXTS)
def test_every_text_comes_back(text: str) -> None:
    assert seals.unseal(seals.seal(text, KEY, at=HERE), KEY, at=HERE) == text


@given(st.binary())
def test_every_file_comes_back(content: bytes) -> None:
    assert seals.unseal_bytes(seals.seal_bytes(content, KEY, at=HERE), KEY, at=HERE) == content


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


@given(st.integers(min_value=0, max_value=255).filter(lambda header: header != 1))
def test_a_text_of_another_algorithm_does_not_open(header: int) -> None:
    blob = seals.seal("Hoi", KEY, at=HERE)
    with pytest.raises(Unreadable, match="^unknown algorithm$"):
        seals.unseal(bytes([header]) + blob[1:], KEY, at=HERE)


@pytest.mark.parametrize("version", [b"0", b"2", b"", b"11"])
def test_a_text_of_another_version_does_not_open(version: bytes) -> None:
    """Sealed with the same key and cipher, and the place as a later version of IPTA might say it."""
    nonce = os.urandom(12)
    later = b"\x01" + nonce + AESGCM(KEY).encrypt(nonce, b"Hoi", HERE.removesuffix(b"1") + version)
    with pytest.raises(Unreadable, match="^not sealed here$"):
        seals.unseal(later, KEY, at=HERE)


def test_a_file_is_not_opened_as_a_text() -> None:
    with pytest.raises(Unreadable, match="^not a text$"):
        seals.unseal(seals.seal_bytes(b"\xff\xd8\xff", KEY, at=HERE), KEY, at=HERE)


@pytest.mark.parametrize(
    ("key", "why"),
    [(bytes(range(1, 33)), "not sealed here"), (bytes(range(1, 17)), "not sealed here"), (b"", "no key")],
    ids=["another", "shorter", "none"],
)
def test_another_key_does_not_open_it(key: bytes, why: str) -> None:
    with pytest.raises(Unreadable, match=f"^{why}$"):
        seals.unseal(seals.seal("Hoi", KEY, at=HERE), key, at=HERE)


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
    with pytest.raises(Unreadable, match="^not sealed here$"):
        seals.unseal(seals.seal("Hoi", KEY, at=HERE), KEY, at=elsewhere)


@given(st.integers(min_value=0, max_value=39), st.integers(min_value=1, max_value=255))
def test_a_damaged_key_does_not_unwrap(where: int, flip: int) -> None:
    wrapped = bytearray(seals.wrap(seals.new_key(), under=KEY))
    wrapped[where] ^= flip
    with pytest.raises(Unreadable, match="^not wrapped under this key$"):
        seals.unwrap(bytes(wrapped), under=KEY)


@pytest.mark.parametrize("wrapped", [b"", b"short", bytes(range(24)), bytes(range(40)), bytes(range(41))])
def test_what_is_no_wrapped_key_does_not_unwrap(wrapped: bytes) -> None:
    with pytest.raises(Unreadable, match="^not wrapped under this key$"):
        seals.unwrap(wrapped, under=KEY)
