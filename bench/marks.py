"""By which words a page of a dossier is known. Apart from the tables, so that it needs no Django."""

from collections.abc import Sequence
from typing import Final

from bench import words
from bench.client import Visitor

CASELOAD: Final = 20
NOTES: Final = 100
# One coach more has as much as the method lets anybody have: 20 at a time, and all who are in aftercare for two years.
FULL: Final = 100
FULL_WITH: Final = 20  # of them that are not in aftercare
FULL_NOTES: Final = 200


def names_of(visitor: Visitor) -> Sequence[str]:
    """The last name of everybody in the caseload: no two are alike."""
    return [words.last_name(dossier["number"]) for dossier in visitor.dossiers]


def marks_of(visitor: Visitor) -> Sequence[str]:
    """Of every note of the dossier that was asked for last."""
    now = visitor.dossiers[visitor.turn % max(len(visitor.dossiers) - 1, 1)]
    return [words.mark(now["number"], note) for note in range(NOTES)]


def sought_of(visitor: Visitor) -> Sequence[str]:
    """Everybody of the caseload, and the word that is looked for as often as it stands in their notes."""
    notes = [n for n in range(visitor.notes) if words.is_sought(n)]
    return [*names_of(visitor), *[words.SOUGHT] * (len(visitor.dossiers) * len(notes))]


def coaches_of(dossiers: int) -> int:
    """How many coaches so many dossiers take. The one with the full caseload is numbered after them."""
    return -(-dossiers // CASELOAD)


def dossiers_of(coach: int, dossiers: int) -> range:
    """The numbers of those in his caseload; of the full one, numbers that nobody else has."""
    last = coaches_of(dossiers)
    if coach == last:
        return range(last * CASELOAD, last * CASELOAD + FULL)
    return range(coach * CASELOAD, min((coach + 1) * CASELOAD, dossiers))
