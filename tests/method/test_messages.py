"""What a sound is, by its first bytes."""

import io
import wave

import pytest

from ipta.base.verdict import Impossible
from ipta.dossiers.messages import rules
from ipta.dossiers.messages.checking import check
from tests import files


def spoken() -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(bytes(1600))
    return out.getvalue()


SOUNDS = {
    "webm": files.VOICE,
    "ogg": b"OggS\0\x02" + bytes(60),
    "mp4": b"\0\0\0\x18ftypM4A " + bytes(60),
    "wav": spoken(),
}
NONE = {
    "a page of the web": files.SCRIPT,
    "a photo": files.jpg(),
    "a photo of an iPhone": b"\0\0\0\x18ftypheic" + bytes(60),
    "a film of Matroska": b"\x1aE\xdf\xa3\xa3B\x86\x81\x01B\x82\x88matroska" + bytes(60),
    "a picture in a RIFF": b"RIFF\x10\0\0\0WEBPVP8 " + bytes(60),
    "a virus that everybody knows": files.EICAR,
    "half a name": b"Ogg",
}


@pytest.mark.parametrize("kind", SOUNDS)
def test_a_sound_is_known_by_its_first_bytes(kind: str) -> None:
    found = check(SOUNDS[kind])
    assert (found.kind, found.content) == (kind, SOUNDS[kind])


@pytest.mark.parametrize("content", NONE.values(), ids=NONE)
def test_anything_else_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(Impossible, match="soort geluid"):
        check(content)


def test_what_is_empty_or_too_large_says_so() -> None:
    with pytest.raises(Impossible, match="geen geluid"):
        check(b"")
    with pytest.raises(Impossible, match="te lang"):
        check(files.VOICE + bytes(rules.MOST_BYTES))
    assert check(files.VOICE + bytes(rules.MOST_BYTES - len(files.VOICE))).kind == "webm"
