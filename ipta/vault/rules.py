"""The sections of a dossier, and what else has a key. Source: security design, 5.1 and 6."""

SECTIONS = (
    "identity",
    "plan",
    "appointments",
    "scores",
    "contacts",
    "work",
    "money",
    "health",
    "living",
    "family",
    "justice",
    "story",
    "messages",
)
# What the house seals that belongs to no dossier.
SECOND_FACTOR = "second-factor"  # the secrets of authenticator apps, and the seeds of recovery codes
LOGBOOK = "logbook"  # whom a record of a Logboek Dataverwerkingen is about
DRAFTS = "drafts"  # what somebody is typing about nobody in particular yet
BOOK = "book"  # the words in the books of a municipality, which are about places and not about one youth


def book_of(municipality: str) -> str:
    """For which purpose the books of this municipality have a key."""
    return f"{BOOK}:{municipality}"
