"""Steps: promised, done, how far, later, no longer needed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipta.dossiers import commands
from ipta.dossiers.models import Dossier, Step
from ipta.dossiers.rules import DOMAINS
from ipta.sharing.door import Reader
from ipta.web import asking, desk, kept, when
from ipta.web.asking import Asking, choice, day, words
from ipta.web.coach import people
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
    is_direct: bool
    is_open: bool
    is_late: bool
    done_on: date | None

    @property
    def tone(self) -> str:
        return "thread" if self.is_direct and self.is_open else ""

    @property
    def under(self) -> str:
        """Who and when, in one line."""
        when_done = gettext("gedaan %(day)s") % {"day": day_in_words(self.done_on)} if self.done_on else ""
        return " · ".join(filter(None, [self.owner, when_done or self.due, self.progress]))


def in_words(reader: Reader, steps: Iterable[Step]) -> list[Shown]:
    today = timezone.localdate()
    return [
        Shown(
            pk=step.pk,
            text=reader.text(step.text),
            owner=reader.text(step.owner_name) or str(step.get_owner_display()),
            due=when.due(step.due_on, today) if step.due_on else "",
            progress=reader.text(step.progress),
            domain=gettext(DOMAINS[step.domain]) if step.domain in DOMAINS else "",
            is_direct=step.kind == Step.Kind.DIRECT,
            is_open=step.is_open,
            is_late=step.is_open and step.due_on is not None and step.due_on < today,
            done_on=step.done_on,
        )
        for step in steps
    ]


class PromiseForm(Asking):
    text = words(_("Wat gaat er gebeuren?"), longest=500, rows=2, need=_("Schrijf op wat er gaat gebeuren."))
    owner = choice(_("Wie doet het?"), Step.Owner.choices, initial=Step.Owner.COACH, need=_("Kies wie het doet."))
    owner_name = words(_("Naam"), longest=120, hint=_("Alleen als het iemand anders is."))
    due_on = day(_("Wanneer klaar?"), only=asking.coming)
    domain = choice(_("Waar hoort het bij?"), [("", _("Geen onderwerp")), *((k, _(v)) for k, v in DOMAINS.items())])
    kind = choice(_("Hoe snel?"), [(Step.Kind.STEP.value, _("Gewoon")), (Step.Kind.DIRECT.value, _("Meteen"))])

    def has_domain(self) -> bool:
        return bool(self["domain"].value())


@desk.coach("GET", "HEAD", "POST")
def promise(request: desk.DeskRequest, pk: UUID) -> HttpResponse:
    """A new step with an owner and a day."""
    dossier = desk.own_dossier(request, pk)
    form = asking.asked(request, PromiseForm, initial={"kind": Step.Kind.STEP})
    if asking.is_ready(request, form):
        typed = form.cleaned_data | {"kind": form.cleaned_data["kind"] or Step.Kind.STEP}
        with asking.told(form):
            with form.sent() as is_first:
                if is_first:
                    commands.promise(dossier, by=request.user, **typed)
            messages.success(request, gettext("De stap staat erbij."))
            return kept.done(request, redirect("coach:youth", pk))
    youth = people.known(request.reader, [dossier])[pk]
    return asking.shown(request, "coach/promise.html", form, youth=youth)


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
) -> HttpResponse:
    found = _step(dossier, pk)
    youth = people.known(request.reader, [dossier], {dossier.pk: {"plan"}})[dossier.pk]
    shown = in_words(request.reader, [found])[0]
    today = timezone.localdate()
    context = {
        "youth": youth,
        "step": shown,
        "reporting": reporting or ReportForm(initial={"progress": shown.progress}),
        "later": later or LaterForm(initial={"until": found.due_on}),
        "is_kept": bool((reporting and reporting.is_kept) or (later and later.is_kept)),
        "tomorrow": today + timedelta(days=1),
        "next_week": today + timedelta(days=7),
    }
    return render(request, "coach/step.html", context, status=422 if request.method == "POST" else 200)
