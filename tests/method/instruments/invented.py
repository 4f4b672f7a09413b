"""Tables of invented texts, as a municipality would bring them in: not one word is of the ZRM or the BSA."""

import csv
import io
from collections.abc import Iterable, Sequence

from ipta.dossiers.rules import DOMAINS
from ipta.scans.rules import LEVELS

MATRIX_HEAD = ("domein", "niveau", "tekst")
BSA_HEAD = ("nummer", "onderdeel", "vraag")
PARTS = ("sociaal", "conceptueel", "praktisch")


def matrix_rows() -> list[tuple[str, ...]]:
    return [(name, str(level), f"{name}: zo zit het bij {level}") for name in DOMAINS.values() for level in LEVELS]


def bsa_rows() -> list[tuple[str, ...]]:
    return [(str(number), PARTS[number % 3], f"Verzonnen vraag {number}") for number in range(1, 19)]


def table(head: Sequence[str], rows: Iterable[Sequence[str]], separator: str = ";") -> str:
    written = io.StringIO()
    csv.writer(written, delimiter=separator).writerows([head, *rows])
    return written.getvalue()


def matrix(separator: str = ";") -> str:
    return table(MATRIX_HEAD, matrix_rows(), separator)


def bsa(separator: str = ";") -> str:
    return table(BSA_HEAD, bsa_rows(), separator)
