"""Mijn stappen: what he promised himself and what others promised him."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipta.dossiers import commands
from ipta.dossiers.models import Dossier, Step
from ipta.sharing.door import Reader
from ipta.web import desk, kept
from ipta.web.asking import Asking, asked, choice, coming, day, is_ready, shown, told, words
from ipta.web.desk import DeskRequest
from ipta.web.youth.my_side import Side, sides_beside
from ipta.web.youth.page import asks, coach_name, one_tap


@dataclass(frozen=True, slots=True)
class StepLine:
    id: UUID
    text: str
    owner: str
    is_mine: bool
    due_on: date | None
    done_on: date | None
    progress: str
    sides: tuple[Side, ...] = ()

    @property
    def is_late(self) -> bool:
        return self.due_on is not None and self.done_on is None and self.due_on < timezone.localdate()


def line(step: Step, reader: Reader, *, coach: str, sides: tuple[Side, ...] = ()) -> StepLine:
    return StepLine(
        id=step.pk,
        text=reader.text(step.text),
        owner=_owner(step, reader, coach),
        is_mine=step.owner == Step.Owner.YOUTH,
        due_on=step.due_on,
        done_on=step.done_on,
        progress=reader.text(step.progress),
        sides=sides,
    )


def _owner(step: Step, reader: Reader, coach: str) -> str:
    if step.owner == Step.Owner.YOUTH:
        return gettext("jij")
    if step.owner == Step.Owner.COACH:
        return coach
    return reader.text(step.owner_name) or str(step.get_owner_display()).lower()


def steps_of(dossier: Dossier, reader: Reader) -> list[StepLine]:
    """All steps that were not dropped, the first to do first."""
    coach, rows = coach_name(dossier), list(dossier.step_set.filter(dropped_on=None))
    sides = sides_beside(rows, dossier, reader)
    return [line(step, reader, coach=coach, sides=sides.get(step.pk, ())) for step in rows]


@desk.youth()
def steps(request: DeskRequest) -> HttpResponse:
    dossier = desk.my_dossier(request)
    found = steps_of(dossier, request.reader)
    context = {
        "dossier": dossier,
        "mine": [step for step in found if step.is_mine and not step.done_on],
        "others": [step for step in found if not step.is_mine and not step.done_on],
        "done": sorted(
            (step for step in found if step.done_on), key=lambda step: step.done_on or date.min, reverse=True
        ),
    }
    return render(request, "youth/steps.html", context)


class PromiseForm(Asking):
    text = words(_("Wat ga je doen?"), longest=500, rows=2, need=_("Schrijf op wat je gaat doen."))
    owner = choice(_("Wie doet het?"), [], need=_("Kies wie het doet."), initial=Step.Owner.YOUTH)
    owner_name = words(_("Wie is dat?"), longest=120, hint=_("Alleen als iemand anders het doet."))
    due_on = day(_("Wanneer is het klaar?"), only=coming)


@asks("youth:steps")
def promise(request: DeskRequest) -> HttpResponse:
    """A new step."""
    dossier = desk.my_dossier(request)
    form = asked(request, PromiseForm)
    form.fields["owner"].choices = [  # type: ignore[attr-defined]
        (Step.Owner.YOUTH, gettext("Ik")),
        (Step.Owner.COACH, coach_name(dossier)),
        (Step.Owner.NETWORK, gettext("Iemand anders")),
    ]
    if is_ready(request, form):
        with told(form), form.sent() as is_new:
            if is_new:
                commands.promise(dossier, by=request.user, **form.cleaned_data)
            messages.success(request, gettext("Je stap staat erbij."))
            return kept.done(request, redirect("youth:steps"))
    return shown(request, "youth/promise.html", form, dossier=dossier)


class ReportForm(Asking):
    progress = words(_("Hoe ver ben je?"), longest=2000, rows=3, need=_("Schrijf een paar woorden. Of druk op Gedaan."))
    due_on = day(_("Heb je meer tijd nodig?"), hint=_("Kies dan een nieuwe dag."))

    def clean_due_on(self) -> date | None:
        due_on: date | None = self.cleaned_data["due_on"]
        if due_on and due_on != self.initial["due_on"]:
            coming(due_on)
        return due_on


@asks("youth:steps")
def report(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Tell how far it is, and take more time for it."""
    dossier = desk.my_dossier(request)
    step = get_object_or_404(dossier.step_set, pk=pk, dropped_on=None)
    opened = line(step, request.reader, coach=coach_name(dossier))
    form = asked(request, ReportForm, initial={"progress": opened.progress, "due_on": step.due_on})
    if is_ready(request, form):
        with told(form), form.sent():
            commands.report(step, by=request.user, progress=form.cleaned_data["progress"])
            if form.cleaned_data["due_on"] not in (None, step.due_on):
                commands.postpone(step, by=request.user, until=form.cleaned_data["due_on"])
            messages.success(request, gettext("Bewaard. Fijn dat je het vertelt."))
            return kept.done(request, redirect("youth:steps"))
    return shown(request, "youth/report.html", form, dossier=dossier, step=opened)


@one_tap("youth:steps")
def finish(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Done."""
    dossier = desk.my_dossier(request)
    step = get_object_or_404(dossier.step_set, pk=pk, dropped_on=None)
    if step.done_on is None:
        commands.finish(step, by=request.user)
    messages.success(request, gettext("Gedaan! Goed bezig."))
    return redirect("youth:steps")


@one_tap("youth:steps")
def drop(request: DeskRequest, pk: UUID) -> HttpResponse:
    """No longer needed."""
    dossier = desk.my_dossier(request)
    step = get_object_or_404(dossier.step_set, pk=pk, done_on=None)
    if step.dropped_on is None:
        commands.drop(step, by=request.user)
    messages.success(request, gettext("Die stap hoeft niet meer."))
    return redirect("youth:steps")
