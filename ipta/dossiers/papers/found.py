"""What a file is, by what stands in it: its name and what a browser says of it are never asked."""

from dataclasses import dataclass
from typing import Final

JPEG: Final = b"\xff\xd8\xff"
PNG: Final = b"\x89PNG\r\n\x1a\n"
PDF: Final = b"%PDF-"
BEFORE_A_PDF: Final = b"\xef\xbb\xbf\r\n\t "  # what some programs write before it
HEIC_BRANDS: Final = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}


@dataclass(frozen=True, slots=True)
class Clean:
    """A file without anything but what one sees in it."""

    kind: str  # jpg, png or pdf
    content: bytes


class Unfit(Exception):
    """This file does not come in: the key of one of `rules.OBJECTIONS`."""

    @property
    def objection(self) -> str:
        return str(self.args[0])


def is_pdf(content: bytes) -> bool:
    """Whether it is a PDF; otherwise it is a picture of a kind we open. Raises `Unfit` for anything else."""
    if content[:64].lstrip(BEFORE_A_PDF).startswith(PDF):
        return True
    if content.startswith((JPEG, PNG)) or (content[:4] == b"RIFF" and content[8:12] == b"WEBP"):
        return False
    if content[4:8] == b"ftyp" and content[8:12] in HEIC_BRANDS:
        raise Unfit("heic")
    raise Unfit("unknown" if content else "empty")
