"""A table as a spreadsheet saves it (CSV), row by row with the line it begins on.

Semicolon, comma or tab; UTF-8 or Windows-1252; what a cell holds is text, also where a spreadsheet would reckon.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ipta.dossiers.rules import tidy
from ipta.scans.instruments.faults import Fault, NotUnderstood, _
from ipta.scans.instruments.opening import LARGEST

MOST_ROWS: Final = 1_000
_ARCHIVES: Final = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0", b"%PDF")
_NO_TEXT: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Row:
    """What stands on one line, by the name of its column; a cell may hold more than one line."""

    line: int
    cells: Mapping[str, str]


def rows(content: bytes, columns: Mapping[str, Sequence[str]]) -> list[Row]:
    """The rows below the names of the columns. `columns`: each with what else it may be called.

    Raises `NotUnderstood` with every line and reason.
    """
    text = _text(content)
    head, *body = _split(text, _separator(text))
    where = _places(head, columns)
    faults = [Fault("", _TOO_MANY, line=line) for line, cells in body if any(cells[len(head[1]) :])]
    if len(body) > MOST_ROWS:
        faults.append(Fault("", _("Er staan te veel regels in. Hooguit 1000 kan."), line=body[MOST_ROWS][0]))
    if faults:
        raise NotUnderstood(faults)
    return [
        Row(line, {name: cells[at] if at < len(cells) else "" for name, at in where.items()}) for line, cells in body
    ]


_TOO_MANY: Final = _(
    'Op deze regel staan te veel kolommen. Zet een tekst met een ; of een , erin tussen aanhalingstekens (").'
)


def plain_name(text: str) -> str:
    """A name without what differs from one spreadsheet to another: capitals, accents, signs, a number before it."""
    parts = unicodedata.normalize("NFKD", text.replace("&", " en ").casefold())
    letters = "".join(sign for sign in parts if not unicodedata.combining(sign))
    return " ".join(re.findall(r"[a-z]+", letters))


def _text(content: bytes) -> str:
    if len(content) > LARGEST:
        raise NotUnderstood([Fault("", _("Dit bestand is te groot. Hooguit 500 kB kan."))])
    if content.startswith(_ARCHIVES):
        raise NotUnderstood([Fault("", _("Dit is geen CSV. Bewaar het in je rekenblad als CSV, en kies dat bestand."))])
    text = _decoded(content)
    if found := _NO_TEXT.search(text):
        line = len(re.findall(r"\r\n|\r|\n", text[: found.start()])) + 1
        raise NotUnderstood([Fault("", _("Hier staat een teken dat geen tekst is. Is het wel een CSV?"), line=line)])
    return text


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError as fault:
        line = content[: fault.start].count(b"\n") + 1
        raise NotUnderstood(
            [Fault("", _("Hier staat een teken dat geen tekst is. Is het wel een CSV?"), line=line)]
        ) from None


def _separator(text: str) -> str:
    """The sign between the names of the columns."""
    head = next((line for line in text.splitlines() if line.strip()), "")
    return max(";,\t", key=head.count)


def _split(text: str, separator: str) -> list[tuple[int, list[str]]]:
    """Each row with the line it begins on; lines with nothing on them are none."""
    found = list(_read(text, separator))
    if not found:
        raise NotUnderstood([Fault("", _("Dit bestand is leeg."))])
    return found


def _read(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = [tidy(cell) for cell in next(reader)]
        except StopIteration:
            return
        except csv.Error:
            reason = _('Deze regel kunnen we niet lezen. Klopt het met de aanhalingstekens (")?')
            raise NotUnderstood([Fault("", reason, line=line)]) from None
        if any(cells):
            yield line, cells


def _places(head: tuple[int, list[str]], columns: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Where each column stands."""
    line, names = head[0], [plain_name(name) for name in head[1]]
    found = {
        column: [at for at, name in enumerate(names) if name in (column, *also)] for column, also in columns.items()
    }
    reason = _("Deze kolom ontbreekt, of staat er twee keer.")
    if faults := [Fault(column, reason, line=line) for column, places in found.items() if len(places) != 1]:
        raise NotUnderstood(faults)
    return {column: places[0] for column, places in found.items()}
