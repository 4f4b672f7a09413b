"""A document in parts: the same on a page and on paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language

from ipta.web import printing

MOST_COLUMNS: Final = 4


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with lines below it, a table, or what the municipality fills in itself."""

    title: str
    lines: Sequence[str] = ()
    columns: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    to_fill_in: Sequence[str] = ()

    @property
    def blocks(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Of a table with too many columns for a page or a telephone: each row by itself, with its names."""
        if len(self.columns) <= MOST_COLUMNS:
            return []
        return [(row[0], list(zip(self.columns[1:], row[1:], strict=True))) for row in self.rows]


@dataclass(frozen=True, slots=True)
class Sheet:
    title: str
    above: str
    lead: str
    parts: Sequence[Part]


def as_pdf(sheet: Sheet, name: str) -> HttpResponse:
    data: dict[str, Any] = {
        "title": sheet.title,
        "above": sheet.above,
        "lead": sheet.lead,
        "lang": (get_language() or "nl")[:2],
        "foot": f"{sheet.above}, {date_format(timezone.localdate(), 'j F Y')}",
        "parts": [_told(part) for part in sheet.parts],
    }
    return printing.response("sheet.typ", data, name=name)


def _told(part: Part) -> dict[str, Any]:
    return {
        "title": part.title,
        "lines": list(part.lines),
        "columns": list(part.columns),
        "rows": [] if part.blocks else [list(row) for row in part.rows],
        "blocks": [{"title": title, "facts": [list(fact) for fact in facts]} for title, facts in part.blocks],
        "to_fill_in": list(part.to_fill_in),
    }
