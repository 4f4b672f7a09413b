"""Wat er is opgeschreven: every conversation his coach noted, and what stood there before it was corrected."""

from collections.abc import Iterator, Mapping, Sequence
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
    replaced: dict[UUID | None, Note] = {note.pk: note for note in Note.objects.replaced([dossier.pk])}
    earlier = {note.pk: list(_before(note, replaced)) for note in rows}
    sides = sides_beside([*rows, *(note for before in earlier.values() for note in before)], dossier, reader)
    return [_line(note, earlier[note.pk], dossier, reader, sides) for note in rows]


def _line(
    note: Note, earlier: Sequence[Note], dossier: Dossier, reader: Reader, sides: Mapping[UUID, tuple[Side, ...]]
) -> NoteLine:
    """What he said of earlier words stays beside the words of now."""
    return NoteLine(
        id=note.pk,
        at=note.happened_at,
        title=str(CHANNELS[note.channel]) if note.is_reached else gettext("Het lukte niet om je te spreken"),
        by=who(note.author, dossier),
        icon="star" if note.is_celebration else CHANNEL_ICONS[note.channel],
        place=reader.text(note.place),
        text=reader.text(note.text),
        is_celebration=note.is_celebration,
        before=tuple(reader.text(before.text) for before in earlier),
        sides=tuple(side for one in (*reversed(earlier), note) for side in sides.get(one.pk, ())),
    )


def _before(note: Note, replaced: Mapping[UUID | None, Note]) -> Iterator[Note]:
    """What stood in its place, newest first."""
    earlier = replaced.get(note.replaces_id)
    while earlier is not None:
        yield earlier
        earlier = replaced.get(earlier.replaces_id)
