"""Appointments: when, where, how to get there and what to bring."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipta.dossiers import commands
from ipta.dossiers.models import Appointment, Dossier
from ipta.sharing.door import Reader
from ipta.web import calendars, desk, kept
from ipta.web.asking import (
    Asking,
    asked,
    check_clock,
    clock,
    coming,
    day,
    is_ready,
    moment,
    shown,
    told,
    words,
)
from ipta.web.desk import DeskRequest
from ipta.web.when import due
from ipta.web.youth.my_side import Side, sides_beside
from ipta.web.youth.page import asks, one_tap

EARLIER = 20


@dataclass(frozen=True, slots=True)
class Meeting:
    """An appointment, opened for him."""

    id: UUID
    starts_at: datetime
    what: str
    who: str
    place: str
    travel: str
    bring: str
    outcome: str
    outcome_words: str
    sides: tuple[Side, ...] = ()

    @property
    def day(self) -> str:
        """Vandaag, Morgen, Dinsdag 3 maart"""
        return capfirst(due(timezone.localdate(self.starts_at), timezone.localdate()))


def opened(rows: Iterable[Appointment], dossier: Dossier, reader: Reader) -> list[Meeting]:
    found = list(rows)
    sides = sides_beside(found, dossier, reader)
    return [
        Meeting(
            id=row.pk,
            starts_at=row.starts_at,
            what=reader.text(row.what),
            who=reader.text(row.who),
            place=reader.text(row.place),
            travel=reader.text(row.travel),
            bring=reader.text(row.bring),
            outcome=row.outcome,
            outcome_words=str(row.get_outcome_display()),
            sides=sides.get(row.pk, ()),
        )
        for row in found
    ]


def rows_ahead(dossier: Dossier, *, since: datetime) -> QuerySet[Appointment]:
    return dossier.appointment_set.filter(starts_at__gte=since, outcome="")


def ahead(dossier: Dossier, reader: Reader, *, since: datetime) -> list[Meeting]:
    return opened(rows_ahead(dossier, since=since), dossier, reader)


def gone(dossier: Dossier, reader: Reader, *, since: datetime, most: int | None = EARLIER) -> list[Meeting]:
    """What is over, the latest first."""
    later = rows_ahead(dossier, since=since).values("pk")
    rows = dossier.appointment_set.exclude(pk__in=later).order_by("-starts_at")
    return opened(rows[:most], dossier, reader)


class AppointForm(Asking):
    what = words(_("Wat ga je doen?"), longest=200, need=_("Schrijf op wat je gaat doen."))
    on = day(_("Welke dag?"), need=_("Kies een dag."), only=coming)
    at = clock(_("Hoe laat?"), need=_("Kies een tijd."))
    place = words(_("Waar?"), longest=200)
    travel = words(_("Hoe kom je er?"), longest=500, hint=_("Bijvoorbeeld: bus 4, uitstappen bij het station."))
    bring = words(_("Wat neem je mee?"), longest=500)

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        check_clock(self)
        return typed

    @property
    def starts_at(self) -> datetime:
        return moment(self)

    @property
    def texts(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ("what", "place", "travel", "bring")}


@desk.youth()
def appointments(request: DeskRequest) -> HttpResponse:
    dossier, reader = desk.my_dossier(request), request.reader
    since = timezone.now() - calendars.LASTS
    earlier = gone(dossier, reader, since=since)
    context = {
        "dossier": dossier,
        "meetings": ahead(dossier, reader, since=since),
        "unsaid": [meeting for meeting in earlier if not meeting.outcome],
        "earlier": [meeting for meeting in earlier if meeting.outcome],
    }
    return render(request, "youth/appointments.html", context)


@asks("youth:appointments")
def appoint(request: DeskRequest) -> HttpResponse:
    """One of his own."""
    dossier = desk.my_dossier(request)
    form = asked(request, AppointForm)
    if is_ready(request, form):
        with told(form), form.sent() as is_new:
            if is_new:
                commands.appoint(dossier, by=request.user, starts_at=form.starts_at, **form.texts)
            messages.success(request, gettext("Je afspraak staat erbij."))
            return kept.done(request, redirect("youth:appointments"))
    return shown(request, "youth/appoint.html", form, dossier=dossier)


@one_tap("youth:appointments")
def close(request: DeskRequest, pk: UUID) -> HttpResponse:
    """It happened, or it did not."""
    dossier = desk.my_dossier(request)
    appointment = get_object_or_404(dossier.appointment_set, pk=pk)
    outcome = request.POST.get("outcome", "")
    if outcome not in Appointment.Outcome.values:
        return redirect("youth:appointments")
    commands.close_appointment(appointment, by=request.user, outcome=outcome)
    went_well = outcome == Appointment.Outcome.HAPPENED
    messages.success(request, gettext("Mooi, gelukt!") if went_well else gettext("Dat kan gebeuren. Het staat erbij."))
    return redirect("youth:appointments")


@desk.youth()
def calendar(request: DeskRequest, pk: UUID) -> HttpResponse:
    """For the calendar of his phone. It says "Afspraak" and a time: others look at that screen too."""
    dossier = desk.my_dossier(request)
    appointment = get_object_or_404(dossier.appointment_set, pk=pk)
    return calendars.one(appointment)
