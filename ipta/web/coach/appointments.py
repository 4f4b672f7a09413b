"""Appointments: made, and closed with "gelukt" or "het ging niet door"."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipta.dossiers import commands
from ipta.dossiers.models import Appointment
from ipta.sharing.door import Reader
from ipta.web import asking, desk, kept
from ipta.web.asking import Asking, clock, day, words
from ipta.web.coach import people


@dataclass(frozen=True, slots=True)
class Shown:
    """An appointment in clear words."""

    pk: UUID
    starts_at: datetime
    what: str
    place: str
    travel: str
    bring: str
    outcome: str

    @property
    def has_been(self) -> bool:
        return self.starts_at <= timezone.now()

    @property
    def under(self) -> str:
        bring = gettext("Meenemen: %(what)s") % {"what": self.bring} if self.bring else ""
        return " · ".join(filter(None, [self.place, self.travel, bring]))


def in_words(reader: Reader, appointments: Iterable[Appointment]) -> list[Shown]:
    return [
        Shown(
            pk=appointment.pk,
            starts_at=appointment.starts_at,
            what=reader.text(appointment.what),
            place=reader.text(appointment.place),
            travel=reader.text(appointment.travel),
            bring=reader.text(appointment.bring),
            outcome=str(appointment.get_outcome_display()) if appointment.outcome else "",
        )
        for appointment in appointments
    ]


AT_HOME = re.compile(r"\b(thuis|huisbezoek|bij (hem|haar|zijn|de) (ouders|moeder|vader))\b", re.IGNORECASE)


class AppointForm(Asking):
    what = words(_("Wat?"), longest=300, need=_("Schrijf op wat jullie gaan doen."))
    on = day(_("Dag"), need=_("Kies een dag."), only=asking.coming)
    at = clock(_("Tijd"), need=_("Kies een tijd."))
    place = words(_("Waar?"), longest=300)
    travel = words(_("Hoe kom je er?"), longest=300, hint=_("Bijvoorbeeld: bus 23, halte Markt, 14 minuten."))
    bring = words(_("Wat moet mee?"), longest=300)

    def __init__(self, *args: Any, not_at_home: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.not_at_home = not_at_home

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        asking.check_clock(self)
        if self.not_at_home and AT_HOME.search(typed.get("place", "")):
            self.tell_once("place", "home", _("Niet thuis langsgaan. Kies een andere plek, of stuur het toch."))
        return typed

    def starts_at(self) -> datetime:
        return asking.moment(self)

    def rest(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("what", "place", "travel", "bring")}


@desk.coach("GET", "HEAD", "POST")
def appoint(request: desk.DeskRequest, pk: UUID) -> HttpResponse:
    """A new appointment with this youth."""
    dossier = desk.own_dossier(request, pk)
    not_at_home = "home" in (request.reader.json(dossier.careful) or [])
    form = asking.asked(request, AppointForm, not_at_home=not_at_home)
    if asking.is_ready(request, form):
        with asking.told(form):
            with form.sent() as is_first:
                if is_first:
                    commands.appoint(dossier, by=request.user, starts_at=form.starts_at(), **form.rest())
            messages.success(request, gettext("De afspraak staat erbij."))
            return kept.done(request, redirect("coach:youth", pk))
    youth = people.known(request.reader, [dossier])[pk]
    return asking.simple(request, form, title=_("Nieuwe afspraak"), back=youth.href, youth=youth)


@desk.coach("POST")
def close_appointment(request: desk.DeskRequest, pk: UUID, appointment: UUID) -> HttpResponse:
    """It happened, or it did not: nobody is asked whose doing that was."""
    dossier = desk.own_dossier(request, pk)
    found = dossier.appointment_set.filter(pk=appointment).first()
    outcome = request.POST.get("outcome", "")
    if found is None or outcome not in Appointment.Outcome.values:
        raise Http404
    if found.outcome != outcome:
        commands.close_appointment(found, by=request.user, outcome=outcome)
    messages.success(request, gettext("Genoteerd."))
    return asking.back_to(request, "coach:youth", pk)
