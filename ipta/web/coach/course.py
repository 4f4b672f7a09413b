"""How the coach walks along: intensity, phases, ending, coming back, another coach."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipta.base import clock
from ipta.base.verdict import Impossible
from ipta.dossiers import commands, policies
from ipta.dossiers.models import Dossier, Ending, Intensity, PhaseSpan
from ipta.dossiers.rules import PHASES
from ipta.web import asking, desk, kept
from ipta.web.asking import Asking, choice, day
from ipta.web.coach import handing, people
from ipta.web.coach.yes_first import dossier_since_yes
from ipta.web.knots import phase_names
from ipta.web.templatetags.ipta_ui import day as day_in_words

WHAT_IT_MEANS = {
    Intensity.INTENSIVE: _("Elke week contact, vaak vaker."),
    Intensity.LIGHT: _("Af en toe contact. Het loopt."),
    Intensity.AFTERCARE: _("Je bent er als het nodig is."),
}


@dataclass(frozen=True, slots=True)
class Degree:
    """How often the coach is there."""

    key: str
    name: str
    meaning: str | Promise
    is_now: bool


@dataclass(frozen=True, slots=True)
class Phase:
    """A phase with its stretches: the one that runs, and those of before."""

    key: str
    name: str
    running: PhaseSpan | None
    earlier: list[PhaseSpan]


@desk.coach()
def course(request: desk.DeskRequest, pk: UUID) -> HttpResponse:
    """What runs now, and what can be changed about it."""
    dossier = desk.own_dossier(request, pk)
    context = {
        "youth": people.known(request.reader, [dossier])[pk],
        "dossier": dossier,
        "degrees": [
            Degree(k, str(n), WHAT_IT_MEANS[Intensity(k)], k == dossier.intensity) for k, n in Intensity.choices
        ],
        "phases": _phases(phase_names(dossier), dossier.phasespan_set.all()),
        "walking": handing.walking_with(dossier),
        "may_assign": bool(policies.can_assign(request.user, dossier)),
        "end_reason": dict(Ending.choices).get(dossier.end_reason, ""),
    }
    return render(request, "coach/course.html", context)


def _phases(names: dict[str, str], spans: Iterable[PhaseSpan]) -> list[Phase]:
    of: dict[str, list[PhaseSpan]] = {key: [] for key in names}
    for span in spans:
        of.setdefault(span.phase, []).append(span)
    return [
        Phase(
            key=key,
            name=names.get(key, PHASES.get(key, gettext("Eigen fase"))),
            running=next((span for span in found if span.until is None), None),
            earlier=[span for span in found if span.until is not None],
        )
        for key, found in of.items()
    ]


# --- how often, and which phase -------------------------------------------------------


@desk.coach("POST")
def set_intensity(request: desk.DeskRequest, pk: UUID) -> HttpResponse:
    """Down when life is stable, up again when it is not."""
    dossier = dossier_since_yes(request, pk)
    wanted = request.POST.get("intensity", "")
    if wanted not in Intensity.values:
        raise Http404
    if wanted != dossier.intensity:
        commands.set_intensity(dossier, wanted, by=request.user)
    messages.success(request, gettext("Bewaard."))
    return redirect("coach:course", pk)


@desk.coach("POST")
def start_phase(request: desk.DeskRequest, pk: UUID) -> HttpResponse:
    """Begin a phase, or begin it again; the others go on."""
    dossier = dossier_since_yes(request, pk)
    phase = request.POST.get("phase", "")
    if phase not in phase_names(dossier):
        raise Http404
    try:
        commands.start_phase(dossier, phase, by=request.user)
        messages.success(request, gettext("De fase is begonnen."))
    except Impossible as objection:
        messages.info(request, gettext(str(objection)))
    return redirect("coach:course", pk)


@desk.coach("POST")
def end_phase(request: desk.DeskRequest, pk: UUID, span: UUID) -> HttpResponse:
    """A phase is done. It can come back."""
    dossier = desk.own_dossier(request, pk)
    found = dossier.phasespan_set.filter(pk=span).first()
    if found is None:
        raise Http404
    if found.until is None:
        commands.end_phase(found, by=request.user)
    messages.success(request, gettext("De fase is klaar."))
    return redirect("coach:course", pk)


# --- ending and coming back -------------------------------------------------------------


class EndForm(Asking):
    reason = choice(_("Waarom rond je af?"), Ending.choices, need=_("Kies wat het beste past."))
    on = day(_("Laatste dag"), need=_("Kies een dag."), only=asking.past)

    def __init__(self, *args: Any, began_on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.began_on = began_on

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on < self.began_on:
            began = gettext("Het begon op %(day)s. Kies een dag daarna.") % {"day": day_in_words(self.began_on)}
            raise forms.ValidationError(began)
        return on


@desk.coach("GET", "HEAD", "POST")
def end(request: desk.DeskRequest, pk: UUID) -> HttpResponse:
    """Round off. The youth keeps his page and can come back."""
    dossier = desk.own_dossier(request, pk)
    if dossier.ended_on:
        return redirect("coach:course", pk)
    began_on = dossier.joined_on or dossier.found_on
    form = asking.asked(request, EndForm, began_on=began_on, initial={"on": clock.today()})
    if asking.is_ready(request, form):
        with asking.told(form):
            commands.end(dossier, by=request.user, **form.cleaned_data)
            messages.success(request, gettext("Afgerond. Dank je wel. Terugkomen kan altijd."))
            return kept.done(request, redirect("coach:youth", pk))
    text = _(
        "Kijk samen terug: wat is er gelukt? De eigen pagina blijft, en terugkomen kan zonder opnieuw te beginnen."
    )
    return _form_page(request, dossier, form, _("Samen afronden"), text)


@desk.coach("POST")
def reopen(request: desk.DeskRequest, pk: UUID) -> HttpResponse:
    """He is back: no new intake, everything is still there."""
    dossier = desk.own_dossier(request, pk)
    try:
        commands.reopen(dossier, phase="coach" if dossier.joined_on else "scout", by=request.user)
        messages.success(request, gettext("Welkom terug. Alles staat er nog."))
    except Impossible as objection:
        messages.info(request, gettext(str(objection)))
    return redirect("coach:youth", pk)


def _form_page(request: desk.DeskRequest, dossier: Dossier, form: Asking, title: Any, text: Any) -> HttpResponse:
    youth = people.known(request.reader, [dossier])[dossier.pk]
    back = reverse("coach:course", args=[dossier.pk])
    return asking.shown(request, "coach/course_form.html", form, youth=youth, title=title, back=back, text=text)
