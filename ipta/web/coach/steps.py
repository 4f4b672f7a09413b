"""Steps: promised, done, how far, later, no longer needed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipta.dossiers import commands
from ipta.dossiers.models import Dossier, NetworkPerson, Step
from ipta.dossiers.rules import DOMAINS
from ipta.sharing.door import Reader
from ipta.web import asking, desk, kept, plan_goals, when
from ipta.web.asking import Asking, choice, day, words
from ipta.web.coach import people
from ipta.web.coach.sharing import may_give
from ipta.web.templatetags.ipta_ui import day as day_in_words


@dataclass(frozen=True, slots=True)
class Shown:
    """A step in clear words."""

    pk: UUID
    text: str
    owner: str
    due: str
    progress: str
    domain: str
    subject: str  # the key of the domain
    goal: str  # the key of the goal in the plan
    way: str
    is_direct: bool
    is_open: bool
    is_late: bool
    is_small: bool
    done_on: date | None
    outcome: str
    pieces: tuple["Shown", ...] = ()

    @property
    def tone(self) -> str:
        return "thread" if self.is_direct and self.is_open else ""

    @property
    def under(self) -> str:
        """Who and when, in one line."""
        when_done = gettext("gedaan %(day)s") % {"day": day_in_words(self.done_on)} if self.done_on else ""
        return " · ".join(filter(None, [self.owner, self.way, when_done or self.due, self.outcome, self.progress]))

    @property
    def done_pieces(self) -> int:
        return sum(piece.done_on is not None for piece in self.pieces)

    @property
    def is_all_but_said(self) -> bool:
        """Every small step is done: the whole may be called so too."""
        return bool(self.pieces) and self.is_open and not any(piece.is_open for piece in self.pieces)


def to_do(reader: Reader, dossier: Dossier) -> list[Shown]:
    """What is open, each with its small steps, also those that are done."""
    is_open, of_open = Q(done_on=None, dropped_on=None), Q(parent__done_on=None, parent__dropped_on=None)
    rows = dossier.step_set.filter(is_open | Q(of_open, parent__isnull=False, dropped_on=None))
    return in_words(reader, rows)


def in_words(reader: Reader, steps: Iterable[Step]) -> list[Shown]:
    """Small steps stand in the one they are part of; where that is not among these, they stand by themselves."""
    rows = list(steps)
    there = {step.pk for step in rows}
    pieces: dict[UUID, list[Shown]] = {}
    for step in rows:
        if step.parent_id is not None and step.parent_id in there:
            pieces.setdefault(step.parent_id, []).append(_shown(reader, step))
    whole = (step for step in rows if step.parent_id not in there)
    return [replace(_shown(reader, step), pieces=tuple(pieces.get(step.pk, ()))) for step in whole]


def _shown(reader: Reader, step: Step) -> Shown:
    today = timezone.localdate()
    return Shown(
        pk=step.pk,
        text=reader.text(step.text),
        owner=reader.text(step.owner_name) or str(step.get_owner_display()),
        due=when.due(step.due_on, today) if step.due_on else "",
        progress=reader.text(step.progress),
        domain=gettext(DOMAINS[step.domain]) if step.domain in DOMAINS else "",
        subject=step.domain,
        goal=step.goal,
        way="" if step.way == Step.Way.DO else str(step.get_way_display()).lower(),
        is_direct=step.kind == Step.Kind.DIRECT,
        is_open=step.is_open,
        is_late=step.is_open and step.due_on is not None and step.due_on < today,
        is_small=step.parent_id is not None,
        done_on=step.done_on,
        outcome="" if step.outcome in {"", Step.Outcome.WORKED} else str(step.get_outcome_display()).lower(),
    )


class PromiseForm(Asking):
    text = words(_("Wat gaat er gebeuren?"), longest=500, rows=2, need=_("Schrijf op wat er gaat gebeuren."))
    owner = choice(_("Wie doet het?"), Step.Owner.choices, initial=Step.Owner.COACH, need=_("Kies wie het doet."))
    somebody = choice(_("Wie van de mensen om de jongere heen?"), [], hint=_("Alleen als het een van hen is."))
    owner_name = words(_("Naam"), longest=120, hint=_("Alleen als het iemand anders is."))
    way = choice(_("Hoe?"), Step.Way.choices, initial=Step.Way.DO)
    due_on = day(_("Wanneer klaar?"), only=asking.coming)
    goal = choice(_("Bij welk doel?"), [])
    domain = choice(_("Waar hoort het bij?"), [("", _("Geen onderwerp")), *((k, _(v)) for k, v in DOMAINS.items())])
    kind = choice(_("Hoe snel?"), [(Step.Kind.STEP.value, _("Gewoon")), (Step.Kind.DIRECT.value, _("Meteen"))])

    def __init__(self, *args: Any, around: Mapping[str, str], goals: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer("somebody", around, _("Niemand van hen"))
        self._offer("goal", goals, _("Geen doel"))

    def _offer(self, name: str, choices: Mapping[str, str], none: asking.Words) -> None:
        """Where there is nobody and nothing to choose from, nothing is asked."""
        if choices:
            self.fields[name].choices = [*choices.items(), ("", none)]  # type: ignore[attr-defined]
        else:
            del self.fields[name]

    def has_domain(self) -> bool:
        return bool(self["domain"].value())

    def clean(self) -> dict[str, Any]:
        """Who is chosen among the people around the youth is somebody else than the two."""
        typed = super().clean() or {}
        if typed.get("somebody") and typed.get("owner") in {Step.Owner.YOUTH, Step.Owner.COACH}:
            self.add_error("owner", gettext("Kies bij wie het doet wat bij deze persoon past."))
        return typed


@desk.coach("GET", "HEAD", "POST")
def promise(request: desk.DeskRequest, pk: UUID) -> HttpResponse:
    """A new step with an owner and a day; from a goal of the plan it serves that goal."""
    dossier = desk.own_dossier(request, pk)
    reader = request.reader
    around = {str(row.pk): reader.text(row.name) for row in people_around(reader, dossier)}
    goals = plan_goals.of(reader, dossier)
    chosen = next((goal for goal in goals if goal.key == request.GET.get("doel")), None)
    initial = {"kind": Step.Kind.STEP, "goal": chosen.key if chosen else "", "domain": chosen.domain if chosen else ""}
    named = {goal.key: goal.goal for goal in goals}
    form = asking.asked(request, PromiseForm, initial=initial, around=around, goals=named)
    if asking.is_done(
        request,
        form,
        lambda: commands.promise(dossier, by=request.user, **_promised(dossier, form.cleaned_data, around, goals)),
    ):
        messages.success(request, gettext("De stap staat erbij."))
        back = redirect("coach:plan", pk) if form.cleaned_data.get("goal") else redirect("coach:youth", pk)
        return kept.done(request, back)
    youth = people.known(reader, [dossier])[pk]
    return asking.shown(request, "coach/promise.html", form, youth=youth, chosen=chosen)


def people_around(reader: Reader, dossier: Dossier) -> list[NetworkPerson]:
    if not reader.may(dossier, "family"):
        return []
    return [row for row in dossier.networkperson_set.all() if not reader.is_gone(row.name)]


def _promised(
    dossier: Dossier, typed: Mapping[str, Any], around: Mapping[str, str], goals: Sequence[plan_goals.Aim]
) -> dict[str, Any]:
    """As the command takes it: whose name it is, and what the goal is about."""
    somebody = typed.get("somebody", "")
    subject = next((goal.domain for goal in goals if goal.key == typed.get("goal")), "")
    return dict(typed) | {
        "kind": typed["kind"] or Step.Kind.STEP,
        "way": typed["way"] or Step.Way.DO,
        "goal": typed.get("goal", ""),
        "domain": typed["domain"] or subject,
        "somebody": dossier.networkperson_set.filter(pk=somebody).first() if somebody else None,
        "owner_name": typed["owner_name"] or around.get(somebody, ""),
    }


class ReportForm(Asking):
    progress = words(_("Hoe ver is het?"), longest=1000, rows=3, need=_("Schrijf in een paar woorden hoe ver het is."))


class LaterForm(Asking):
    until = day(_("Andere dag"), need=_("Kies een dag."), only=asking.coming)


@desk.coach()
def step(request: desk.DeskRequest, pk: UUID, step: UUID) -> HttpResponse:
    """One step, and what can be done with it."""
    return _step_page(request, desk.dossier_to_read(request, pk), step)


@desk.coach("POST")
def finish(request: desk.DeskRequest, pk: UUID, step: UUID) -> HttpResponse:
    found = _step(desk.own_dossier(request, pk), step)
    if found.is_open:
        commands.finish(found, by=request.user)
    messages.success(request, gettext("Gedaan."))
    return asking.back_to(request, "coach:youth", pk)


class SettleForm(Asking):
    outcome = choice(_("Hoe ging het?"), Step.Outcome.choices, need=_("Kies hoe het ging."))
    words = words(_("Vertel er iets over"), longest=1000, rows=2)


@desk.coach("GET", "HEAD", "POST")
def settle(request: desk.DeskRequest, pk: UUID, step: UUID) -> HttpResponse:
    """Worked, did not work, or went otherwise, in one tap or with words. What did not work stays open."""
    dossier = desk.own_dossier(request, pk)
    found = _step(dossier, step)
    form = asking.asked(request, SettleForm)
    if asking.is_ready(request, form):
        with asking.told(form):
            with form.sent() as is_first:
                if is_first and found.is_open:
                    commands.settle(found, by=request.user, **form.cleaned_data)
            if form.cleaned_data["outcome"] == Step.Outcome.NOT:
                messages.info(request, gettext("Genoteerd. Wat helpt: een andere dag, of in kleine stappen?"))
                return kept.done(request, redirect("coach:step", pk, step))
            messages.success(request, gettext("Mooi. Het staat erbij."))
            return kept.done(request, asking.back_to(request, "coach:plan", pk))
    return _step_page(request, dossier, step, settling=form)


class CutForm(Asking):
    first = words(_("Eerst"), longest=500, need=_("Schrijf minstens één kleine stap op."))
    second = words(_("Dan"), longest=500)
    third = words(_("En dan"), longest=500)


@desk.coach("GET", "HEAD", "POST")
def cut(request: desk.DeskRequest, pk: UUID, step: UUID) -> HttpResponse:
    """The same in small steps."""
    dossier = desk.own_dossier(request, pk)
    found = _step(dossier, step)
    form = asking.asked(request, CutForm)
    if asking.is_done(request, form, lambda: commands.cut(found, by=request.user, texts=form.cleaned_data.values())):
        messages.success(request, gettext("De kleine stappen staan erbij."))
        return kept.done(request, redirect("coach:step", pk, step))
    return _step_page(request, dossier, step, cutting=form)


@desk.coach("GET", "HEAD", "POST")
def report(request: desk.DeskRequest, pk: UUID, step: UUID) -> HttpResponse:
    dossier = desk.own_dossier(request, pk)
    found = _step(dossier, step)
    form = asking.asked(request, ReportForm)
    if asking.is_ready(request, form):
        with asking.told(form):
            commands.report(found, by=request.user, progress=form.cleaned_data["progress"])
            messages.success(request, gettext("Bewaard."))
            return kept.done(request, redirect("coach:step", pk, step))
    return _step_page(request, dossier, step, reporting=form)


@desk.coach("GET", "HEAD", "POST")
def postpone(request: desk.DeskRequest, pk: UUID, step: UUID) -> HttpResponse:
    dossier = desk.own_dossier(request, pk)
    found = _step(dossier, step)
    form = asking.asked(request, LaterForm)
    if asking.is_ready(request, form):
        until = form.cleaned_data["until"]
        if found.is_open:
            commands.postpone(found, by=request.user, until=until)
        text = gettext("Nieuwe dag: %(day)s.") % {"day": when.due(until, timezone.localdate())}
        messages.success(request, text)
        return kept.done(request, asking.back_to(request, "coach:youth", pk))
    return _step_page(request, dossier, step, later=form)


@desk.coach("POST")
def drop(request: desk.DeskRequest, pk: UUID, step: UUID) -> HttpResponse:
    found = _step(desk.own_dossier(request, pk), step)
    if found.is_open:
        commands.drop(found, by=request.user)
    messages.success(request, gettext("Deze stap hoeft niet meer. Je kunt hem nog lezen op de tijdlijn."))
    return asking.back_to(request, "coach:youth", pk)


def _step(dossier: Dossier, pk: UUID) -> Step:
    found = dossier.step_set.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _step_page(
    request: desk.DeskRequest,
    dossier: Dossier,
    pk: UUID,
    reporting: ReportForm | None = None,
    later: LaterForm | None = None,
    settling: SettleForm | None = None,
    cutting: CutForm | None = None,
) -> HttpResponse:
    found = _step(dossier, pk)
    youth = people.known(request.reader, [dossier], {dossier.pk: {"plan"}})[dossier.pk]
    shown = in_words(request.reader, [found, *found.pieces.filter(dropped_on=None)])[0]
    today = timezone.localdate()
    asked = [form for form in (reporting, later, settling, cutting) if form]
    context = {
        "youth": youth,
        "step": shown,
        "may_give": may_give(request.reader, dossier),
        "reporting": reporting or ReportForm(initial={"progress": shown.progress}),
        "later": later or LaterForm(initial={"until": found.due_on}),
        "settling": settling or SettleForm(initial={"outcome": Step.Outcome.OTHERWISE}),
        "cutting": cutting or CutForm(),
        "is_cutting": bool(cutting),
        "is_kept": any(form.is_kept for form in asked),
        "tomorrow": today + timedelta(days=1),
        "next_week": today + timedelta(days=7),
    }
    return render(request, "coach/step.html", context, status=422 if request.method == "POST" else 200)
