"""The front page: what comes next, what went well, and four doors."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.contrib.auth import logout
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext

from ipta.base.prepared import prepared
from ipta.dossiers.models import Appointment, Dossier, Note, Step
from ipta.dossiers.reminders import USUAL_WORDS
from ipta.scans.check_in.queries import URL
from ipta.sharing.door import Reader
from ipta.sharing.models import Emergency, told_since
from ipta.sharing.rules import number_of, spaced
from ipta.web import desk, reminding
from ipta.web.calendars import LASTS
from ipta.web.desk import DeskRequest
from ipta.web.reins import questions_in, stopping_in, typed_in
from ipta.web.youth import steps
from ipta.web.youth.appointments import opened
from ipta.web.youth.law import soon
from ipta.web.youth.page import OPEN, coaches_of, known_as
from ipta.web.youth.sharing import MINE
from ipta.web.youth.waiting import waiting_for

FRESH = timedelta(days=60)


@desk.youth()
def home(request: DeskRequest) -> HttpResponse:
    dossier, reader = desk.my_dossier(request), request.reader
    walking = coaches_of(dossier)
    since = timezone.now() - LASTS
    open_ones = _meetings(dossier=dossier.pk)
    meeting = next((row for row in open_ones if row.starts_at >= since), None)
    step, praised = next_step(dossier), to_celebrate(dossier)
    reader.unlock([dossier], "identity", *{row.section for row in (meeting, step, praised) if row})
    waits = waiting_for(dossier, timezone.localdate())
    context = {
        "dossier": dossier,
        "name": known_as(reader, dossier),
        "coach": walking.name,
        "walking": walking,
        "unsaid": sum(row.starts_at < since for row in open_ones),
        "meeting": opened([meeting], dossier, reader)[0] if meeting else None,
        "remind_words": _remind_words(reader, dossier, meeting) if meeting else "",
        "step": steps.line(step, reader, coach="") if step else None,
        "emergencies": _emergencies(dossier=dossier.pk, since=told_since()),
        "is_warned": waits.warned,
        "number": spaced(number_of(dossier.pk)),
        "message": waits.message,
        "asked": questions_in(dossier, reader, MINE)[-1:] if waits.asked else [],  # one at a time, the oldest
        "typed_for_him": typed_in(dossier, reader, MINE)[-1:] if waits.typed else [],
        "stopping": stopping_in(dossier, reader, MINE) if waits.stops else [],
        "has_answer_why": waits.why,
        "waits_for_yes": waits.plan,
        "is_asked": waits.told,
        "feast": Feast(reader.text(praised.text), isinstance(praised, Step)) if praised else None,
        "today": timezone.localdate(),
        "asks_yes": waits.test,
        "waits": waits,
        "check_in": URL if waits.week else "",
        "going": soon(dossier),
    }
    return render(request, "youth/home.html", context)


def _remind_words(reader: Reader, dossier: Dossier, meeting: Appointment) -> str:
    """From the afternoon before, where he wants that, and in the last hours: in his own words."""
    is_running = dossier.remind_hour and meeting.starts_at <= timezone.now()
    if is_running or reminding.moment_near(meeting, dossier):
        return reader.text(dossier.remind_words) or gettext(USUAL_WORDS)
    return ""


@desk.anyone(*OPEN)
def leave(request: HttpRequest) -> HttpResponse:
    """Button "Weg": out at once, also when the session had ended already. Looking at this address does nothing."""
    return go_away(request) if request.method == "POST" else redirect("youth:home")


@desk.youth()
def here(request: DeskRequest) -> HttpResponse:
    """Asked by the page while he reads, types or listens: he is still there, and no PIN is needed yet."""
    return HttpResponse(status=204)


def go_away(request: HttpRequest) -> HttpResponse:
    """Nothing stays behind. The device stays known: next time it only asks the PIN."""
    logout(request)
    response = redirect("entry:away")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def next_step(dossier: Dossier) -> Step | None:
    return next(iter(_steps(dossier=dossier.pk)), None)


@dataclass(frozen=True, slots=True)
class Feast:
    """Something that went well."""

    text: str
    is_step: bool


def to_celebrate(dossier: Dossier) -> Note | Step | None:
    """What was celebrated lately, or else the last step he finished himself."""
    since = timezone.now() - FRESH
    if celebrated := _celebrated(dossier=dossier.pk, since=since):
        return celebrated[0]
    return next(iter(_finished(dossier=dossier.pk, since=since.date())), None)


# --- rows ---------------------------------------------------------------------------------------------------------


@prepared
def _meetings(dossier: UUID) -> QuerySet[Appointment]:
    return Appointment.objects.filter(dossier=dossier, outcome="")


@prepared
def _emergencies(dossier: UUID, since: datetime) -> QuerySet[Emergency]:
    return Emergency.objects.since(since).filter(dossier=dossier)


@prepared
def _steps(dossier: UUID) -> QuerySet[Step]:
    """Of a step in small ones the first that is left: it is to be done by the day of the whole."""
    mine = Step.objects.filter(dossier=dossier, owner=Step.Owner.YOUTH, done_on=None, dropped_on=None)
    left = Step.objects.filter(parent=OuterRef("pk"), done_on=None, dropped_on=None)
    due = Coalesce("due_on", "parent__due_on").asc(nulls_last=True)
    return mine.filter(~Exists(left)).order_by(due, "promised_at")[:1]


@prepared
def _celebrated(dossier: UUID, since: datetime) -> QuerySet[Note]:
    return Note.objects.standing([dossier]).filter(is_celebration=True, happened_at__gte=since)[:1]


@prepared
def _finished(dossier: UUID, since: date) -> QuerySet[Step]:
    finished = Step.objects.filter(dossier=dossier, owner=Step.Owner.YOUTH, done_on__gte=since)
    return finished.order_by("-done_on")[:1]
