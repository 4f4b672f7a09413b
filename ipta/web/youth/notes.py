"""Wat er is opgeschreven: every conversation his coach noted, and what stood there before it was corrected."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from ipta.dossiers.models import Dossier, Note
from ipta.sharing.door import Reader
from ipta.web import desk
from ipta.web.desk import DeskRequest
from ipta.web.youth.my_side import Side, sides_beside
from ipta.web.youth.page import who
from ipta.web.youth.words import CHANNEL_ICONS, CHANNELS

NOTES_A_PAGE = 20


@dataclass(frozen=True, slots=True)
class NoteLine:
    id: UUID
    at: datetime
    title: str
    by: str
    icon: str
    place: str
    text: str
    is_celebration: bool
    before: tuple[str, ...]  # what stood here earlier; a correction hides nothing
    sides: tuple[Side, ...]


@desk.youth()
def notes(request: DeskRequest) -> HttpResponse:
    dossier = desk.my_dossier(request)
    newest = Note.objects.standing([dossier.pk]).select_related("author")
    page = Paginator(newest, NOTES_A_PAGE).get_page(request.GET.get("page"))
    lines = opened(list(page), dossier, request.reader)
    return render(request, "youth/notes.html", {"dossier": dossier, "page": page, "lines": lines})


def opened(rows: Sequence[Note], dossier: Dossier, reader: Reader) -> list[NoteLine]:
    sides = sides_beside(rows, dossier, reader)
    replaced: dict[UUID | None, Note] = {note.pk: note for note in Note.objects.replaced([dossier.pk])}
    return [_line(note, dossier, reader, _before(note, replaced, reader), sides.get(note.pk, ())) for note in rows]


def _line(note: Note, dossier: Dossier, reader: Reader, before: tuple[str, ...], sides: tuple[Side, ...]) -> NoteLine:
    return NoteLine(
        id=note.pk,
        at=note.happened_at,
        title=str(CHANNELS[note.channel]) if note.is_reached else gettext("Het lukte niet om je te spreken"),
        by=who(note.author, dossier),
        icon="star" if note.is_celebration else CHANNEL_ICONS[note.channel],
        place=reader.text(note.place),
        text=reader.text(note.text),
        is_celebration=note.is_celebration,
        before=before,
        sides=sides,
    )


def _before(note: Note, replaced: Mapping[UUID | None, Note], reader: Reader) -> tuple[str, ...]:
    """The earlier words of a note, newest first."""
    earlier, said = replaced.get(note.replaces_id), []
    while earlier is not None:
        said.append(reader.text(earlier.text))
        earlier = replaced.get(earlier.replaces_id)
    return tuple(said)
