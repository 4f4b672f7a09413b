"""A JPEG as the segments it is made of: to take out what is not the picture, without touching the picture."""

from collections.abc import Iterator
from typing import Final

START: Final = b"\xff\xd8"
END: Final = 0xD9
SCAN: Final = 0xDA
_ALONE: Final = {0x01, *range(0xD0, 0xD8)}  # markers without a length
_BETWEEN: Final = {0x00, 0xFF, *_ALONE}  # after FF, inside the dots: a dot, a filling, a pause
_JFIF: Final = 0xE0
_ADOBE: Final = 0xEE  # says how the colours are written
_SAYINGS: Final = {*range(0xE0, 0xF0), 0xFE}  # where a camera writes place, name, thumbnail and comment
# What our own pictures are made of: JFIF, tables, one baseline frame, one scan.
_OWN: Final = {_JFIF, 0xDB, 0xC0, 0xC4, SCAN, END}
_JFIF_BYTES: Final = 18  # without a thumbnail

Segment = tuple[int, bytes]  # marker, and the whole segment with it; a scan goes on until the next marker


class NotJpeg(ValueError):
    """The segments do not follow each other."""


def segments(content: bytes) -> Iterator[Segment]:
    """One by one, until the end of the picture; what comes after it is not looked at. Raises `NotJpeg`."""
    if content[:2] != START:
        raise NotJpeg
    at = 2
    while at < len(content):
        marker, until = _segment(content, at)
        yield marker, content[at:until]
        if marker == END:
            return
        at = until


def _segment(content: bytes, at: int) -> tuple[int, int]:
    """The marker that stands here, and where its segment ends."""
    if len(content) < at + 2 or content[at] != 0xFF:
        raise NotJpeg
    marker = content[at + 1]
    if marker == END or marker in _ALONE:
        return marker, at + 2
    until = at + 2 + int.from_bytes(content[at + 2 : at + 4], "big")
    if until < at + 4 or until > len(content):
        raise NotJpeg
    return marker, _end_of_scan(content, until) if marker == SCAN else until


def _end_of_scan(content: bytes, at: int) -> int:
    """Where the dots end: at the next marker that is not a pause between them, or where it was cut off."""
    while True:
        at = content.find(b"\xff", at)
        if at < 0 or at + 1 >= len(content):
            return len(content)
        if content[at + 1] not in _BETWEEN:
            return at
        at += 2 if content[at + 1] != 0xFF else 1


def without_sayings(content: bytes) -> bytes:
    """The same picture without what a camera or program wrote in it. Raises `NotJpeg`."""
    kept = (part for marker, part in segments(content) if marker not in _SAYINGS or marker in {_JFIF, _ADOBE})
    return START + b"".join(kept)


def is_bare(content: bytes) -> bool:
    """Whether this holds a picture of the kind we write ourselves, and nothing besides."""
    try:
        parts = list(segments(content))
    except NotJpeg:
        return False
    markers = [marker for marker, _ in parts]
    is_whole = len(START) + sum(len(part) for _, part in parts) == len(content) and markers[-1:] == [END]
    is_small = all(len(part) == _JFIF_BYTES for marker, part in parts if marker == _JFIF)
    return is_whole and is_small and set(markers) <= _OWN and markers.count(SCAN) == 1
