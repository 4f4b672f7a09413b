"""Who reads which sections by what relation. Source: security design, 5.2; written for people in docs/access.md."""

import re
from datetime import timedelta
from typing import Final
from uuid import UUID

from ipta.vault.rules import SECTIONS

ALL: Final = frozenset(SECTIONS)
READS: Final = {
    "youth": ALL,
    "coach": ALL,
    "stand_in": frozenset({"identity", "plan", "appointments", "contacts", "scores", "work", "living"}),
    # Source: security design, 5.5: somebody "takes the dossier". What an emergency needs is not known before: the
    # mother stands in family, medicine in health. Its bounds are a reason, four hours and that everybody is told.
    "emergency": ALL,
}
# What the youth can let somebody see. Each is a grant of its own; there is no "everything".
SHAREABLE: Final = ("plan", "appointments", "contacts", "work", "money", "health", "living", "scores", "story")
# One thing out of a section: what holds such rows, and the section they lie in (a paper says so itself).
ITEMS: Final = {
    "step": ("dossiers.Step", "plan"),
    "contribution": ("wraparound.Contribution", "plan"),
    "plan": ("plans.PlanVersion", "plan"),
    "appointment": ("dossiers.Appointment", "appointments"),
    "note": ("dossiers.Note", "contacts"),
    "paper": ("dossiers.Paper", ""),
}
LONGEST_GRANT: Final = timedelta(days=365)
USUAL_GRANT: Final = timedelta(days=92)
# Source: security design, 5.3: a grant of these asks a second, separate yes. What is there of justice is never shared.
ASKED_TWICE: Final = frozenset({"money", "health"})
TOLD_BEFORE: Final = timedelta(days=7)  # youth and coach hear it a week before something stops by itself

SECTION_NAMES: Final = {
    "identity": "naam en contact",
    "plan": "plan en stappen",
    "appointments": "afspraken",
    "scores": "hoe het gaat (scan)",
    "contacts": "notities over gesprekken",
    "work": "werk",
    "money": "geld",
    "health": "gezondheid",
    "living": "wonen",
    "family": "mijn mensen",
    "justice": "politie en justitie",
    "story": "mijn verhaal",
    "messages": "berichten",
}


# --- the emergency button ---------------------------------------------------------------------------------------

EMERGENCY_LASTS: Final = timedelta(hours=4)  # source: security design, 5.5; never extended
EMERGENCY_TOLD: Final = timedelta(days=7)  # how long youth and coach find it on their first page: until it is reviewed
WORDS_IN_A_SENTENCE: Final = 4
LETTERS_IN_A_SENTENCE: Final = 15
WRONG_NUMBERS: Final = 5  # as many as somebody may give ...
WRONG_NUMBERS_REST: Final = timedelta(hours=1)  # ... in this time

# The number of a dossier is read aloud and typed over. Nothing that looks alike (0/O, 1/I/L, 2/Z, 5/S, U/V), and no
# vowels and no K: then no number is a word, or a curse.
NUMBER_LETTERS: Final = "346789BCDFGHJMNPQRTWX"
NUMBER_LENGTH: Final = 9  # of a thousand dossiers two are alike once in a million times, and then neither is found
_IDS: Final = 1 << 128


def is_a_sentence(reason: str) -> bool:
    """Whether somebody said why, and not only "nood"."""
    words = re.findall(r"[^\W_]+", reason)
    return len(words) >= WORDS_IN_A_SENTENCE and sum(map(len, words)) >= LETTERS_IN_A_SENTENCE


def number_of(dossier: UUID) -> str:
    """What coach and youth call it over the telephone: the beginning of its id, in letters that can be said."""
    rest = dossier.int * len(NUMBER_LETTERS) ** NUMBER_LENGTH // _IDS
    letters = ""
    for _ in range(NUMBER_LENGTH):
        rest, letter = divmod(rest, len(NUMBER_LETTERS))
        letters = NUMBER_LETTERS[letter] + letters
    return letters


def ids_of(number: str) -> tuple[UUID, UUID] | None:
    """The first and the last id that begin with this number, however it was typed; None when it is no number."""
    letters = "".join(letter for letter in number.upper() if letter.isalnum())
    if len(letters) != NUMBER_LENGTH or not set(letters) <= set(NUMBER_LETTERS):
        return None
    value, base = 0, len(NUMBER_LETTERS)
    for letter in letters:
        value = value * base + NUMBER_LETTERS.index(letter)
    all_of_them = base ** len(letters)
    first, after = (-(-here * _IDS // all_of_them) for here in (value, value + 1))
    return (UUID(int=first), UUID(int=after - 1)) if first < after else None


def spaced(number: str) -> str:
    """In groups of three, as one says it."""
    return " ".join(number[i : i + 3] for i in range(0, len(number), 3))
