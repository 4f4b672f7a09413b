"""Mijn stappen: what he promised himself and what others promised him."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipta.dossiers import commands
from ipta.dossiers.models import Dossier, NetworkPerson, Step
from ipta.sharing.door import GONE, Reader
from ipta.web import desk, kept, plan_goals
from ipta.web.asking import Asking, asked, choice, coming, day, is_done, is_ready, shown, told, words
from ipta.web.desk import DeskRequest
from ipta.web.youth.my_side import Side, sides_beside
from ipta.web.youth.page import asks, coach_name, one_tap
from ipta.web.youth.words import OUTCOMES, STEP_WAYS


@dataclass(frozen=True, slots=True)
class StepLine:
    id: UUID
    text: str
    owner: str
    is_mine: bool
    due_on: date | None
    done_on: date | None
    progress: str
    goal: str  # the key of the goal in the plan
    subject: str  # the key of the domain
    way: str
    outcome: str
    is_small: bool
    sides: tuple[Side, ...] = ()
    pieces: tuple["StepLine", ...] = ()

    @property
    def is_late(self) -> bool:
        return self.due_on is not None and self.done_on is None and self.due_on < timezone.localdate()

    @property
    def done_pieces(self) -> int:
        return sum(piece.done_on is not None for piece in self.pieces)

    @property
    def is_all_but_said(self) -> bool:
        """Every small step is done: is the whole?"""
        return bool(self.pieces) and not self.done_on and self.done_pieces == len(self.pieces)


def line(step: Step, reader: Reader, *, coach: str, sides: tuple[Side, ...] = ()) -> StepLine:
    return StepLine(
        id=step.pk,
        text=reader.text(step.text),
        owner=_owner(step, reader, coach),
        is_mine=step.owner == Step.Owner.YOUTH,
        due_on=step.due_on,
        done_on=step.done_on,
        progress=reader.text(step.progress),
        goal=step.goal,
        subject=step.domain,
        way=str(STEP_WAYS.get(step.way, "")),
        outcome=str(OUTCOMES.get(step.outcome, "")),
        is_small=step.parent_id is not None,
        sides=sides,
    )


def _owner(step: Step, reader: Reader, coach: str) -> str:
    if step.owner == Step.Owner.YOUTH:
        return gettext("jij")
    if step.owner == Step.Owner.COACH:
        return coach
    return reader.text(step.owner_name) or str(step.get_owner_display()).lower()


def steps_of(dossier: Dossier, reader: Reader) -> list[StepLine]:
    """All steps that were not dropped, the first to do first, each with its small steps."""
    coach, rows = coach_name(dossier), list(dossier.step_set.filter(dropped_on=None))
    sides = sides_beside(rows, dossier, reader)
    lines = {row.pk: line(row, reader, coach=coach, sides=sides.get(row.pk, ())) for row in rows}
    pieces: dict[UUID, list[StepLine]] = {}
    for row in rows:
        if row.parent_id is not None and row.parent_id in lines:
            pieces.setdefault(row.parent_id, []).append(lines[row.pk])
    whole = (row for row in rows if row.parent_id not in lines)
    return [replace(lines[row.pk], pieces=tuple(pieces.get(row.pk, ()))) for row in whole]


def steps_to_do(dossier: Dossier, reader: Reader) -> list[StepLine]:
    return [step for step in steps_of(dossier, reader) if not step.done_on]


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
    way = choice(_("Hoe?"), STEP_WAYS.items(), initial=Step.Way.DO)
    due_on = day(_("Wanneer is het klaar?"), only=coming)
    goal = choice(_("Bij welk doel hoort het?"), [])

    def __init__(self, *args: Any, coach: str, around: Mapping[str, str], goals: Mapping[str, str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        owners = [(Step.Owner.YOUTH, gettext("Ik")), (Step.Owner.COACH, coach), *around.items()]
        self.fields["owner"].choices = [*owners, (Step.Owner.NETWORK, gettext("Iemand anders"))]  # type: ignore[attr-defined]
        if goals:
            self.fields["goal"].choices = [*goals.items(), ("", gettext("Geen doel"))]  # type: ignore[attr-defined]
        else:
            del self.fields["goal"]


OWNER_OF = {NetworkPerson.Kind.PROFESSIONAL.value: Step.Owner.PROFESSIONAL}


@asks("youth:steps")
def promise(request: DeskRequest) -> HttpResponse:
    """A new step; from a goal of the plan it serves that goal."""
    dossier, reader = desk.my_dossier(request), request.reader
    everybody = list(dossier.networkperson_set.all())
    people = {str(row.pk): row for row in everybody if not reader.is_gone(row.name)}
    around = {pk: reader.text(row.name) for pk, row in people.items()}
    goals = plan_goals.of(reader, dossier)
    chosen = next((goal for goal in goals if goal.key == request.GET.get("doel")), None)
    named = {goal.key: goal.goal for goal in goals}
    given = {"coach": coach_name(dossier), "around": around, "goals": named}
    form = asked(request, PromiseForm, initial={"goal": chosen.key if chosen else ""}, **given)
    if is_ready(request, form):
        typed = form.cleaned_data
        somebody = people.get(typed["owner"])
        subject = next((goal.domain for goal in goals if goal.key == typed.get("goal")), "")
        whose = {"owner": _owner_of(somebody), "owner_name": around[typed["owner"]]} if somebody else {}
        with told(form), form.sent() as is_new:
            if is_new:
                promised = typed | {"domain": subject, "somebody": somebody} | whose
                commands.promise(dossier, by=request.user, **promised | {"way": typed["way"] or Step.Way.DO})
            messages.success(request, gettext("Je stap staat erbij."))
            return kept.done(request, redirect("youth:plan" if typed.get("goal") else "youth:steps"))
    gone = gettext(GONE) if len(people) < len(everybody) else ""
    return shown(request, "youth/promise.html", form, dossier=dossier, chosen=chosen, gone=gone)


def _owner_of(somebody: NetworkPerson) -> str:
    return OWNER_OF.get(somebody.kind, Step.Owner.NETWORK)


class SettleForm(Asking):
    outcome = choice(_("Hoe ging het?"), OUTCOMES.items(), need=_("Kies hoe het ging."))
    words = words(_("Hoe ging het dan?"), longest=2000, rows=3)


@asks("youth:steps")
def settle(request: DeskRequest, pk: UUID) -> HttpResponse:
    """How it went, in one tap or in his own words. What did not work out stays open, and he chooses what helps."""
    dossier = desk.my_dossier(request)
    step = get_object_or_404(dossier.step_set, pk=pk, dropped_on=None)
    form = asked(request, SettleForm, initial={"outcome": Step.Outcome.OTHERWISE})
    if is_ready(request, form):
        with told(form), form.sent() as is_new:
            if is_new and step.is_open:
                commands.settle(step, by=request.user, **form.cleaned_data)
            if form.cleaned_data["outcome"] == Step.Outcome.NOT:
                messages.info(request, gettext("Dat kan gebeuren."))
                return kept.done(request, redirect("youth:report", pk))
            messages.success(request, gettext("Fijn dat je het vertelt."))
            return kept.done(request, redirect("youth:steps"))
    if form.is_bound:
        step.refresh_from_db()  # the words that could not be kept stand in it
    opened = line(step, request.reader, coach=coach_name(dossier))
    return shown(request, "youth/settle.html", form, dossier=dossier, step=opened)


class CutForm(Asking):
    first = words(_("Eerst"), longest=500, need=_("Schrijf één kleine stap op."))
    second = words(_("Dan"), longest=500)
    third = words(_("En dan"), longest=500)


@asks("youth:steps")
def cut(request: DeskRequest, pk: UUID) -> HttpResponse:
    """The same in small steps: what is small can be begun."""
    dossier = desk.my_dossier(request)
    step = get_object_or_404(dossier.step_set, pk=pk, dropped_on=None, done_on=None, parent=None)
    form = asked(request, CutForm)
    if is_done(request, form, lambda: commands.cut(step, by=request.user, texts=form.cleaned_data.values())):
        messages.success(request, gettext("Je kleine stappen staan erbij."))
        return kept.done(request, redirect("youth:steps"))
    opened = line(step, request.reader, coach=coach_name(dossier))
    return shown(request, "youth/cut.html", form, dossier=dossier, step=opened)


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
    title = gettext("Wat helpt jou nu?") if step.outcome == Step.Outcome.NOT else gettext("Hoe ver ben je?")

    def tell() -> None:
        commands.report(step, by=request.user, progress=form.cleaned_data["progress"])
        if form.cleaned_data["due_on"] not in (None, step.due_on):
            commands.postpone(step, by=request.user, until=form.cleaned_data["due_on"])

    if is_done(request, form, tell):
        messages.success(request, gettext("Bewaard. Fijn dat je het vertelt."))
        return kept.done(request, redirect("youth:steps"))
    return shown(request, "youth/report.html", form, dossier=dossier, step=opened, title=title)


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
