"""What may come in as a paper, in which part of the dossier it can lie, and what it is called.

Source: security design, section 4 (threat 12), section 9 (5.x, 14.2.8) and section 10 (20 to 27).
"""

import re
import unicodedata
from typing import Final

MEGABYTE: Final = 1024 * 1024
MOST_BYTES: Final = 10 * MEGABYTE  # of one file
MOST_AT_ONCE: Final = 5  # files in one sending
MOST_PAPERS: Final = 200  # of one dossier
MOST_TOGETHER: Final = 40 * MEGABYTE  # in one dossier
MOST_PAGES: Final = 200
# A telephone takes pictures of 12 to 50 million dots; a JPEG is opened at a part of its size, the others whole.
MOST_DOTS: Final = 52_000_000
MOST_DOTS_WHOLE: Final = 26_000_000
LONGEST_SIDE: Final = 2200  # a page of A4 at 188 dots to the inch: small print is readable
LARGEST_PNG: Final = 3 * MEGABYTE  # larger ones are photographs, and become a JPEG
QUALITY: Final = 80

# In which part of the dossier a paper can lie. What fits nowhere lies where no stand-in reads and nothing is shared.
PAPER_SECTIONS: Final = {
    "work": "Werk of school",
    "money": "Geld",
    "living": "Wonen",
    "health": "Gezondheid",
    "plan": "Het plan",
    "justice": "Politie of rechter",
    "messages": "Iets anders",
}

# Why a file does not come in, and what to do then.
OBJECTIONS: Final = {
    "empty": "Dit bestand is leeg. Kies een ander bestand.",
    "large": "Dit bestand is te groot. Een bestand mag 10 MB zijn. Maak een foto van het papier, of kies een kleiner "
    "bestand.",
    "unknown": "Dit soort bestand kunnen we niet bewaren. Maak een foto van het papier. Of kies een PDF.",
    "heic": "Deze foto is een HEIC. Die kunnen we niet openen. Kies de foto als JPG, of maak hem hier opnieuw.",
    "moving": "Dit plaatje beweegt. Kies een gewone foto.",
    "dots": "Deze foto is te groot om te openen. Maak hem kleiner, of maak een schermafdruk.",
    "broken": "Dit bestand is niet heel. Stuur het nog een keer, of maak een foto van het papier.",
    "locked": "Deze PDF zit op slot met een wachtwoord. Maak een PDF zonder wachtwoord, of een foto van het papier.",
    "active": "In deze PDF zit een programma. Maak een foto van het papier. Of druk hem af als nieuwe PDF.",
    "attached": "In deze PDF zit nog een ander bestand. Maak een foto van het papier. Of druk hem af als nieuwe PDF.",
    "pages": "Deze PDF heeft te veel bladzijden. Het mogen er 200 zijn. Kies alleen wat nodig is.",
    "busy": "Het is nu druk. Probeer het zo nog een keer.",
    "infected": "In dit bestand zit een virus. We bewaren het niet. Gooi het weg, en maak een foto van het papier.",
}

_KNOWN_AS: Final = re.compile(r"\.[A-Za-z][A-Za-z0-9]{1,3}$")
_BLANK: Final = "\u115f\u1160\u2800\u3164\uffa0"  # letters by name, and nothing to see
_CAMERA: Final = re.compile(
    r"(img|dsc|dscn|dscf|pxl|image|photo|foto|picture|screenshot|schermafbeelding|scan|scanned|document|doc|download|"
    r"file|bestand|whatsapp image|signal|received|untitled|naamloos|wa|at|pm|am|[\W\d_])*",
    re.IGNORECASE,
)
_RESERVED: Final = re.compile(r"(con|prn|aux|nul|(com|lpt)[0-9¹²³])(\W.*)?", re.IGNORECASE | re.DOTALL)
_UNWANTED: Final = re.compile(r"""[/\\:*?"<>|;%'`$&{}\[\]]""")
LONGEST_STEM: Final = 80
MOST_STEM_BYTES: Final = 180
NAMELESS: Final = "papier"


def called(file_name: str) -> str:
    """What a file is called by its owner: without folder and ending. Empty when a machine gave the name."""
    last = re.split(r"[/\\]", file_name)[-1]
    stem = _bare(_without_ending(_visible(last)))
    return "" if _CAMERA.fullmatch(stem) else stem


def file_name(name: str, kind: str) -> str:
    """A name that every device can keep it under: no path, nothing hidden, nothing reserved, and the right ending."""
    stem = _bare(_without_ending(_UNWANTED.sub(" ", _visible(name))))
    stem = _short(stem) or NAMELESS
    if _RESERVED.fullmatch(stem):
        stem = f"{NAMELESS} {stem}"
    return f"{stem}.{kind}"


def _visible(text: str) -> str:
    """Composed, and without what shows nothing or turns the letters around it."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(" " if letter.isspace() else letter for letter in composed if _shows(letter))


def _shows(letter: str) -> bool:
    return letter.isspace() or not (unicodedata.category(letter).startswith("C") or letter in _BLANK)


def _without_ending(stem: str) -> str:
    """`a.pdf.exe` is called a; `Brief 12.03` keeps its day."""
    while _KNOWN_AS.search(stem):
        stem = _KNOWN_AS.sub("", stem)
    return stem


def _bare(stem: str) -> str:
    return re.sub(r"\s+", " ", stem).strip(" .-_~")


def _short(stem: str) -> str:
    cut = stem[:LONGEST_STEM]
    while len(cut.encode()) > MOST_STEM_BYTES:
        cut = cut[:-1]
    return _bare(cut)
