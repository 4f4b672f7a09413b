"""Who reads which sections by what relation. Source: security design, 5.2; written for people in docs/access.md."""

from datetime import timedelta
from typing import Final

from ipta.vault.rules import SECTIONS

ALL: Final = frozenset(SECTIONS)
READS: Final = {
    "youth": ALL,
    "coach": ALL,
    "stand_in": frozenset({"identity", "plan", "appointments", "contacts", "scores", "work", "living"}),
}
# What the youth can let somebody see. Each is a grant of its own; there is no "everything".
SHAREABLE: Final = ("plan", "appointments", "contacts", "work", "money", "health", "living", "scores", "story")
LONGEST_GRANT: Final = timedelta(days=365)
USUAL_GRANT: Final = timedelta(days=92)

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
