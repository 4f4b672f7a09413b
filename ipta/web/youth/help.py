"""Vragen om hulp: what his coach asked of specialists, together with him, and what they answered."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from ipta.sharing.door import Reader
from ipta.sharing.help.queries import questions_about
from ipta.sharing.models import HelpRequest
from ipta.web import desk
from ipta.web.desk import DeskRequest
from ipta.web.youth.my_side import with_sides


@dataclass(frozen=True, slots=True)
class Asked:
    pk: UUID
    to: str
    by: str
    at: datetime
    question: str
    reply: str
    answer: str
    answered_at: datetime | None
    due_on: date
    is_late: bool
    is_waiting: bool


@desk.youth()
def helps(request: DeskRequest) -> HttpResponse:
    """Everything that was asked about him; nothing of it is kept from him."""
    dossier = desk.my_dossier(request)
    questions = [_asked(request.reader, row) for row in questions_about(dossier)]
    context = {"dossier": dossier, "questions": with_sides(questions, dossier, request.reader)}
    return render(request, "youth/helps.html", context)


def _asked(reader: Reader, row: HelpRequest) -> Asked:
    return Asked(
        pk=row.pk,
        to=str(row.specialist),
        by=row.asked_by.first_name,
        at=row.asked_at,
        question=reader.text(row.question),
        reply=str(row.get_reply_display()),
        answer=reader.text(row.answer),
        answered_at=row.answered_at,
        due_on=row.due_on,
        is_late=row.is_late,
        is_waiting=row.is_waiting,
    )
