"""Appointments: made, closed with "gelukt" or "het ging niet door", and in a calendar."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipta.dossiers import commands
from ipta.dossiers.models import Appointment, Dossier, Reminder
from ipta.sharing.door import Reader
from ipta.web import asking, calendars, desk, kept, reminding
from ipta.web.asking import Asking, choice, clock, day, words
from ipta.web.coach import people

WORDS = ("what", "who", "place", "travel", "bring")
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Shown:
    """An appointment in clear words."""

    pk: UUID
    starts_at: datetime
    what: str
    who: str
    place: str
    travel: str
    bring: str
    outcome: str

    @property
    def has_been(self) -> bool:
        return self.starts_at <= timezone.now()

    @property
    def under(self) -> str:
        who = gettext("Met %(who)s") % {"who": self.who} if self.who else ""
        bring = gettext("Meenemen: %(what)s") % {"what": self.bring} if self.bring else ""
        return " · ".join(filter(None, [who, self.place, self.travel, bring]))


def in_words(reader: Reader, appointments: Iterable[Appointment]) -> list[Shown]:
    return [
        Shown(
            pk=appointment.pk,
            starts_at=appointment.starts_at,
            what=reader.text(appointment.what),
            who=_with_whom(reader, appointment),
            place=reader.text(appointment.place),
            travel=reader.text(appointment.travel),
            bring=reader.text(appointment.bring),
            outcome=_outcome(appointment),
        )
        for appointment in appointments
    ]


AT_HOME = re.compile(r"\b(thuis|huisbezoek|bij (hem|haar|zijn|de) (ouders|moeder|vader))\b", re.IGNORECASE)


def _with_whom(reader: Reader, appointment: Appointment) -> str:
    """Who else comes; where no name was given, what kind of person."""
    is_alone = appointment.party == Appointment.Party.YOUTH
    return reader.text(appointment.who) or ("" if is_alone else str(appointment.get_party_display()).lower())


def _outcome(appointment: Appointment) -> str:
    """Gelukt. Het ging niet door: ziek."""
    if not appointment.outcome:
        return ""
    why = str(appointment.get_why_not_display()).lower() if appointment.why_not else ""
    return ": ".join(filter(None, [str(appointment.get_outcome_display()), why]))


class AppointForm(Asking):
    what = words(_("Wat?"), longest=300, need=_("Schrijf op wat jullie gaan doen."))
    on = day(_("Dag"), need=_("Kies een dag."), only=asking.coming)
    at = clock(_("Tijd"), need=_("Kies een tijd."))
    party = choice(_("Met wie?"), Appointment.Party.choices, initial=Appointment.Party.YOUTH)
    who = words(_("Wie komt er nog bij?"), longest=200)
    place = words(_("Waar?"), longest=300)
    travel = words(_("Hoe kom je er?"), longest=300, hint=_("Bijvoorbeeld: bus 23, halte Markt, 14 minuten."))
    bring = words(_("Wat moet mee?"), longest=300)

    def __init__(self, *args: Any, not_at_home: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.not_at_home = not_at_home

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        asking.check_clock(self)
        asking.tell_holiday(self)
        if self.not_at_home and AT_HOME.search(typed.get("place", "")):
            self.tell_once("place", "home", _("Niet thuis langsgaan. Kies een andere plek, of stuur het toch."))
        return typed

    def starts_at(self) -> datetime:
        return asking.moment(self)

    def rest(self) -> dict[str, Any]:
        words = {name: self.cleaned_data[name] for name in WORDS}
        return words | {"party": self.cleaned_data["party"] or Appointment.Party.YOUTH}


@desk.coach("GET", "HEAD", "POST")
def appoint(request: desk.DeskRequest, pk: UUID) -> HttpResponse:
    """A new appointment with this youth."""
    dossier = desk.own_dossier(request, pk)
    not_at_home = "home" in (request.reader.json(dossier.careful) or [])
    form = asking.asked(request, AppointForm, not_at_home=not_at_home)
    if asking.is_done(
        request, form, lambda: commands.appoint(dossier, by=request.user, starts_at=form.starts_at(), **form.rest())
    ):
        messages.success(request, gettext("De afspraak staat erbij."))
        return kept.done(request, redirect("coach:youth", pk))
    youth = people.known(request.reader, [dossier])[pk]
    return asking.simple(request, form, title=_("Nieuwe afspraak"), back=youth.href, youth=youth)


class OffForm(Asking):
    """Why it did not happen, if anybody wants to say, and when it will."""

    WEEK, OTHER, NONE = "week", "other", ""

    why_not = choice(_("Hoe kwam dat?"), Appointment.WhyNot.choices)
    again = choice(
        _("Nieuwe afspraak?"),
        [(WEEK, _("Een week later, zelfde tijd")), (OTHER, _("Op een andere dag")), (NONE, _("Nu niet"))],
        initial=WEEK,
    )
    on = day(_("Dag"), only=asking.coming)
    at = clock(_("Tijd"))

    def __init__(self, *args: Any, before: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.before = timezone.localtime(before)

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        if typed.get("again") == self.OTHER and not self.errors:
            for name, said in (("on", gettext("Kies een dag.")), ("at", gettext("Kies een tijd."))):
                if not typed.get(name):
                    self.add_error(name, said)
            asking.check_clock(self)
            asking.tell_holiday(self)
        return typed

    def has_other(self) -> bool:
        return self["again"].value() == self.OTHER or bool(self["on"].value())

    def starts_at(self) -> datetime | None:
        """The new moment. A week later is the same time on the clock, also when summer time begins in between."""
        if self.cleaned_data["again"] == self.OTHER:
            return asking.moment(self)
        if self.cleaned_data["again"] == self.NONE:
            return None
        later = self.before.replace(tzinfo=None) + WEEK
        while later.date() < timezone.localdate():
            later += WEEK
        return timezone.make_aware(later)


@desk.coach("GET", "HEAD", "POST")
def call_off(request: desk.DeskRequest, pk: UUID, appointment: UUID) -> HttpResponse:
    """It did not happen: a neutral reason, and the next one in the same tap."""
    dossier = desk.own_dossier(request, pk)
    found = _appointment(dossier, appointment)
    form = asking.asked(request, OffForm, before=found.starts_at)
    if asking.is_ready(request, form):
        with asking.told(form):
            _call_off(request, form, found)
            return kept.done(request, asking.back_to(request, "coach:youth", pk))
    youth = people.known(request.reader, [dossier], {pk: {"appointments"}})[pk]
    (shown,) = in_words(request.reader, [found])
    return asking.shown(request, "coach/call_off.html", form, youth=youth, meeting=shown, next=_next(request))


def _next(request: desk.DeskRequest) -> str:
    """Where he came from: `back_to` looks whether it is of this house."""
    return request.POST.get("next") or request.GET.get("next", "")


def _call_off(request: desk.DeskRequest, form: OffForm, old: Appointment) -> None:
    starts_at = form.starts_at()
    texts = {name: request.reader.text(getattr(old, name)) for name in WORDS} if starts_at else {}
    with form.sent() as is_first:
        if is_first:
            why, off = form.cleaned_data["why_not"], Appointment.Outcome.NOT
            commands.close_appointment(old, by=request.user, outcome=off, why_not=why)
            if starts_at:
                commands.appoint(old.dossier, by=request.user, starts_at=starts_at, party=old.party, **texts)
    said = gettext("Dat kan gebeuren. De nieuwe afspraak staat erbij.") if starts_at else gettext("Genoteerd.")
    messages.success(request, said)


@desk.coach("GET", "HEAD", "POST")
def remind(request: desk.DeskRequest, pk: UUID) -> HttpResponse:
    """How this youth wants a reminder: filled in together."""
    dossier = desk.own_dossier(request, pk)
    form = asking.asked(
        request,
        reminding.RemindForm,
        municipality=dossier.municipality_code,
        careful=request.reader.json(dossier.careful) or [],
        is_coach=True,
        initial=reminding.now(request.reader, dossier),
    )
    if asking.is_done(request, form, lambda: reminding.keep(dossier, form, by=request.user)):
        messages.success(request, gettext("Bewaard."))
        return kept.done(request, redirect("coach:youth", pk))
    youth = people.known(request.reader, [dossier])[pk]
    text = gettext("Vul dit samen in, in de woorden van de jongere.")
    return asking.simple(request, form, title=_("Een herinnering"), text=text, back=youth.href, youth=youth)


@desk.coach("POST")
def reminded(request: desk.DeskRequest, pk: UUID, appointment: UUID) -> HttpResponse:
    """The coach sent the reminder from his own telephone."""
    dossier = desk.own_dossier(request, pk)
    moment = request.POST.get("moment", "")
    if moment not in Reminder.Moment.values:
        raise Http404
    commands.reminded(_appointment(dossier, appointment), moment, by=request.user)
    messages.success(request, gettext("Genoteerd."))
    return asking.back_to(request, "coach:youth", pk)


@desk.coach("POST")
def close_appointment(request: desk.DeskRequest, pk: UUID, appointment: UUID) -> HttpResponse:
    """It happened, or it did not: nobody is asked whose doing that was."""
    dossier = desk.own_dossier(request, pk)
    found = _appointment(dossier, appointment)
    outcome = request.POST.get("outcome", "")
    if outcome not in Appointment.Outcome.values:
        raise Http404
    if found.outcome != outcome:
        commands.close_appointment(found, by=request.user, outcome=outcome)
    messages.success(request, gettext("Genoteerd."))
    return asking.back_to(request, "coach:youth", pk)


@desk.coach()
def calendar_file(request: desk.DeskRequest, pk: UUID, appointment: UUID) -> HttpResponse:
    """For the calendar of anybody who comes."""
    return calendars.one(_appointment(desk.own_dossier(request, pk), appointment))


def _appointment(dossier: Dossier, pk: UUID) -> Appointment:
    found: Appointment | None = dossier.appointment_set.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
