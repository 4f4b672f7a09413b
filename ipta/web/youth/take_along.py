"""Meenemen: his dossier as a file, and on paper. It is his."""

import json
from io import BytesIO
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from ipta.api import package
from ipta.dossiers.models import Note
from ipta.web import cards, conversation, desk, told
from ipta.web.desk import DeskRequest
from ipta.web.plan_scan import seen_at
from ipta.web.plan_text import laid_out
from ipta.web.youth import appointments, known, my_side, notes, papers, people, plan, scans, sharing, steps, story, work
from ipta.web.youth.my_side import sides_beside
from ipta.web.youth.page import coaches_of
from ipta.web.youth.told import sides_of_told


@desk.youth()
def take_along(request: DeskRequest) -> HttpResponse:
    return render(request, "youth/take_along.html", {"dossier": desk.my_dossier(request)})


@desk.youth()
def download(request: DeskRequest) -> HttpResponse:
    """The whole dossier, so that another house can read it in."""
    found = package.export(desk.my_dossier(request), request.reader)
    response = HttpResponse(_written(found), content_type="application/json; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="mijn-verhaal.json"'
    return response


def _written(found: dict[str, Any]) -> bytes:
    """Piece by piece: as one text, papers beside one emoji would take four times their size."""
    out = BytesIO()
    for piece in json.JSONEncoder(ensure_ascii=False, indent=2).iterencode(found):
        out.write(piece.encode())
    return out.getvalue()


@desk.youth()
def paper(request: DeskRequest) -> HttpResponse:
    """Everything on one page, to print."""
    dossier, reader = desk.my_dossier(request), request.reader
    now, walking = timezone.now(), coaches_of(dossier)
    newest = dossier.planversion_set.select_related("author").first()
    text = plan.opened(newest, dossier, reader) if newest else None
    talked = cards.said(reader, dossier, lambda rows: sides_beside(rows, dossier, reader))
    lines = Note.objects.standing([dossier.pk]).select_related("author")
    context = {
        "dossier": dossier,
        "today": timezone.localdate(),
        "coach": walking.name,
        "written": people.written_to_coaches(walking.written, dossier, reader),
        "knots": story.knots_of(dossier),
        "phases": story.phases_of(dossier),
        "known": known.known_of(dossier, reader),
        "text": text,
        "goals": laid_out(text, seen_at(reader, dossier, text))[0],
        "text_sides": plan.sides_of(text, newest, dossier, reader) if text and newest else (),
        "steps": steps.steps_of(dossier, reader),
        "meetings": appointments.ahead(dossier, reader, since=now),
        "earlier": appointments.gone(dossier, reader, since=now, most=None),
        "people": people.people_of(dossier, reader),
        "shared": sharing.shared_now(dossier, reader),
        "sheets": scans.filled(dossier, reader),
        "talk": [on for on in talked.values() if not on.is_empty],
        "statements": sides_of_told(told.shown(reader, dossier), dossier, reader),
        "elsewhere": my_side.elsewhere(dossier, reader),
        "places": work.places_of(dossier, reader),
        "papers": papers.papers_of(dossier, reader),
        "messages_of": conversation.everything(reader, dossier),
        "notes": notes.opened(list(lines), dossier, reader),
    }
    return render(request, "youth/paper.html", context)
