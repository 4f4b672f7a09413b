"""What a message may be. Ours: short enough to read in one look, and a voice that a slow line can carry."""

from typing import Final

LONGEST: Final = 500  # characters
LONGEST_ABOUT: Final = 100  # of the words beside a voice
MEGABYTE: Final = 1024 * 1024
MOST_BYTES: Final = MEGABYTE  # of one voice
MOST_SECONDS: Final = 60  # where the page itself records: six times as small as what may come in
MOST_TOGETHER: Final = 15 * MEGABYTE  # of all voices in one dossier

OBJECTIONS: Final = {
    "empty": "Er staat geen geluid in. Neem het nog een keer op.",
    "large": "Dit is te lang. Houd het bij een minuut, of bij 1 MB.",
    "unknown": "Dit soort geluid kunnen we niet bewaren. Neem het op met deze pagina, of kies een ander bestand.",
    "infected": "In dit bestand zit een virus. We bewaren het niet. Gooi het weg.",
}

_EBML: Final = b"\x1aE\xdf\xa3"
_WEBM: Final = b"\x42\x82\x84webm"  # the kind of document, with its length before it
_HEAD: Final = 64
_MP4: Final = {b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"M4A ", b"M4B ", b"dash", b"msdh"}


def kind_of(content: bytes) -> str:
    """What a sound is by its first bytes, whatever it is called; empty for anything else."""
    if content.startswith(_EBML) and _WEBM in content[:_HEAD]:
        return "webm"
    if content.startswith(b"OggS\0"):
        return "ogg"
    if content[4:8] == b"ftyp" and content[8:12] in _MP4:
        return "mp4"
    return "wav" if content.startswith(b"RIFF") and content[8:16] == b"WAVEfmt " else ""
