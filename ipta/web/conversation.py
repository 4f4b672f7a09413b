"""The messages between youth and coach, at both desks: how they are asked for, shown, and played."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django import forms
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from ipta.dossiers.messages import checking, rules
from ipta.dossiers.messages.checking import Voice
from ipta.dossiers.models import Dossier, Message, MessageQuerySet
from ipta.sharing.door import Reader
from ipta.web.asking import Asking, words
from ipta.web.network.names import Named, nameless, names_of_guests
from ipta.web.papers import LOCKED_UP

PER_PAGE: Final = 30
CONTENT_TYPES: Final = {"webm": "audio/webm", "ogg": "audio/ogg", "mp4": "audio/mp4", "wav": "audio/wav"}
_RANGE: Final = re.compile(r"bytes=([0-9]{1,8})-([0-9]{0,8})")


class MessageForm(Asking):
    text = words(_("Wat wil je zeggen?"), longest=rules.LONGEST, rows=3, need=_("Schrijf een paar woorden."))


class VoiceForm(Asking):
    most_seconds = rules.MOST_SECONDS
    voice = forms.FileField(
        label=_("Kies een opname"),
        help_text=_("Niet langer dan een minuut, en hoogstens 1 MB."),
        widget=forms.FileInput(attrs={"accept": "audio/*"}),
        error_messages=dict.fromkeys(("required", "invalid", "missing"), _("Neem iets op, of kies een bestand."))
        | {"empty": rules.OBJECTIONS["empty"]},
    )
    about = words(_("Waar gaat het over?"), longest=rules.LONGEST_ABOUT, hint=_("Een paar woorden, als je wilt."))

    def looked_at(self) -> Voice:
        """The voice, when it is one. Raises `Impossible`."""
        return checking.check(self.cleaned_data["voice"].read())


# --- showing -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Line:
    pk: UUID
    at: datetime
    by: str
    text: str
    is_mine: bool
    is_youths: bool
    has_voice: bool
    seen_at: datetime | None
    taken_back_at: datetime | None


@dataclass(frozen=True, slots=True)
class Conversation:
    """A page of what was written, the newest first. `waiting`: how many of the other side are still closed."""

    lines: Sequence[Line]
    page: Page[Message]
    waiting: int


def conversation(reader: Reader, dossier: Dossier, request: HttpRequest, *, is_looking: bool = False) -> Conversation:
    """What this person wrote and opened. `is_looking`: it was not sent to him, so that nothing waits for him."""
    rows: MessageQuerySet = Message.objects.filter(dossier=dossier).select_related("written_by")
    closed = set() if is_looking else set(_sent_to(reader, dossier).values_list("pk", flat=True))
    opened = rows.exclude(pk__in=closed)
    page = Paginator(opened, PER_PAGE).get_page(request.GET.get("page") or _page_of(request, opened))
    return Conversation(_lines(reader, dossier, page.object_list), page, len(closed))


def everything(reader: Reader, dossier: Dossier) -> list[Line]:
    """All of it in order, for paper: also what waits, as it is his dossier."""
    return _lines(reader, dossier, dossier.message_set.select_related("written_by").order_by("sent_at"))


def _sent_to(reader: Reader, dossier: Dossier) -> MessageQuerySet:
    sent = Message.objects.to_youth() if reader.person.is_youth else Message.objects.to_coach()
    found: MessageQuerySet = sent.filter(dossier=dossier)
    return found


def _page_of(request: HttpRequest, rows: MessageQuerySet) -> int:
    """On which page the line stands that was asked for; the first one when it is not there."""
    wanted = request.GET.get("regel", "")
    there = [str(pk) for pk in rows.values_list("pk", flat=True)] if wanted else []
    return there.index(wanted) // PER_PAGE + 1 if wanted in there else 1


def _lines(reader: Reader, dossier: Dossier, rows: Iterable[Message]) -> list[Line]:
    found = list(rows)
    guests = names_of_guests(dossier, reader) if any(row.written_by.is_guest for row in found) else {}
    return [_line(reader, dossier, row, guests) for row in found]


def _line(reader: Reader, dossier: Dossier, row: Message, guests: Mapping[UUID, Named]) -> Line:
    writer = row.written_by
    return Line(
        pk=row.pk,
        at=row.sent_at,
        by=(guests.get(writer.pk) or nameless()).in_full if writer.is_guest else writer.first_name,
        text=reader.text(row.text),
        is_mine=row.written_by_id == reader.person.pk,
        is_youths=row.written_by_id == dossier.youth_id,
        has_voice=row.has_voice,
        seen_at=row.seen_at,
        taken_back_at=row.taken_back_at,
    )


def message_of(dossier: Dossier, pk: UUID) -> Message:
    """This message of this dossier; 404 for any other."""
    found: Message | None = dossier.message_set.filter(pk=pk).first()
    if found is None:
        raise Http404
    found.dossier = dossier
    return found


# --- playing -------------------------------------------------------------------------------------------------------


def played(request: Any, dossier: Dossier, pk: UUID) -> HttpResponse:
    """The voice itself, for the page that plays it: never a page of ours. Some telephones ask it piece by piece."""
    message = message_of(dossier, pk)
    content = request.reader.content(message.voice) if message.has_voice else b""
    if not content:
        raise Http404
    response = _piece(content, request.headers.get("Range", ""))
    response.headers["Content-Type"] = CONTENT_TYPES[message.kind]
    response.headers["Content-Disposition"] = f'attachment; filename="bericht.{message.kind}"'
    response.headers["Content-Security-Policy"] = LOCKED_UP
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    response.headers["Accept-Ranges"] = "bytes"
    return response


def _piece(content: bytes, wanted: str) -> HttpResponse:
    """All of it, or the piece that was asked for."""
    asked = _RANGE.fullmatch(wanted)
    if asked is None:
        return HttpResponse(content)
    first, last = int(asked[1]), min(int(asked[2] or len(content)), len(content) - 1)
    if first > last:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{len(content)}"})
    piece = HttpResponse(content[first : last + 1], status=206)
    piece.headers["Content-Range"] = f"bytes {first}-{last}/{len(content)}"
    return piece
