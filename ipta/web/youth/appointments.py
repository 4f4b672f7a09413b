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
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipta.dossiers import commands
from ipta.dossiers.models import Appointment, Dossier
from ipta.sharing.door import Reader
from ipta.web import calendars, desk, kept, reminding
from ipta.web.asking import Asking, asked, check_clock, clock, coming, day, is_done, moment, shown, words
from ipta.web.desk import DeskRequest
from ipta.web.when import due
from ipta.web.youth.my_side import Side, sides_beside
from ipta.web.youth.page import asks, one_tap

EARLIER = 20
WORDS = ("what", "place", "travel", "bring")


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
        return {name: self.cleaned_data[name] for name in WORDS}


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
        "reminders": reminding.in_words(dossier),
        "reasons": Appointment.WhyNot.choices,
    }
    return render(request, "youth/appointments.html", context)


@asks("youth:appointments")
def appoint(request: DeskRequest) -> HttpResponse:
    """One of his own."""
    dossier = desk.my_dossier(request)
    before = _as_before(request, dossier)
    form = asked(request, AppointForm, initial=before)
    if is_done(
        request, form, lambda: commands.appoint(dossier, by=request.user, starts_at=form.starts_at, **form.texts)
    ):
        messages.success(request, gettext("Je afspraak staat erbij."))
        return kept.done(request, redirect("youth:appointments"))
    later = gettext("Kies een nieuwe dag en tijd. Hoeft het nu niet? Dan ben je klaar.") if before else ""
    return shown(request, "youth/appoint.html", form, dossier=dossier, later=later)


def _as_before(request: DeskRequest, dossier: Dossier) -> dict[str, str]:
    """What stood in the one that did not happen: then only a day and a time are left to choose."""
    try:
        before = dossier.appointment_set.filter(pk=UUID(request.GET.get("na", ""))).first()
    except ValueError:
        before = None
    return {name: request.reader.text(getattr(before, name)) for name in WORDS} if before else {}


@asks("youth:appointments")
def remind(request: DeskRequest) -> HttpResponse:
    """How and when he wants a reminder, in his own words."""
    dossier, reader = desk.my_dossier(request), request.reader
    form = asked(
        request,
        reminding.RemindForm,
        municipality=dossier.municipality_code,
        careful=reader.json(dossier.careful) or [],
        is_coach=False,
        initial=reminding.now(reader, dossier),
    )
    if is_done(request, form, lambda: reminding.keep(dossier, form, by=request.user)):
        messages.success(request, gettext("Bewaard."))
        return kept.done(request, redirect("youth:appointments"))
    return shown(request, "youth/remind.html", form, dossier=dossier)


@one_tap("youth:appointments")
def close(request: DeskRequest, pk: UUID) -> HttpResponse:
    """It happened, or it did not."""
    dossier = desk.my_dossier(request)
    appointment = get_object_or_404(dossier.appointment_set, pk=pk)
    outcome = request.POST.get("outcome", "")
    if outcome not in Appointment.Outcome.values:
        return redirect("youth:appointments")
    why = request.POST.get("why_not", "")
    why_not = why if why in Appointment.WhyNot.values else ""
    commands.close_appointment(appointment, by=request.user, outcome=outcome, why_not=why_not)
    if outcome == Appointment.Outcome.HAPPENED:
        messages.success(request, gettext("Mooi, gelukt!"))
        return redirect("youth:appointments")
    messages.success(request, gettext("Dat kan gebeuren. Het staat erbij."))
    if not dossier.is_taking_part:
        return redirect("youth:appointments")
    return redirect(f"{reverse('youth:appoint')}?na={appointment.pk}")


@desk.youth()
def calendar(request: DeskRequest, pk: UUID) -> HttpResponse:
    """For the calendar of his phone. It says "Afspraak" and a time: others look at that screen too."""
    dossier = desk.my_dossier(request)
    appointment = get_object_or_404(dossier.appointment_set, pk=pk)
    return calendars.one(appointment)
