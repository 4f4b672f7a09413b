"""Tests and scans that others do: proposed here, answered by the youth, and only then planned and done."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipta.base.verdict import Impossible
from ipta.dossiers.models import Dossier, Paper
from ipta.scans.assessments import commands
from ipta.scans.models import Assessment
from ipta.web import asking, desk, kept
from ipta.web import assessments as both
from ipta.web import papers as papers_in_words
from ipta.web.asking import Asking, choice, coming, day, past, words
from ipta.web.coach import people
from ipta.web.coach.yes_first import dossier_since_yes, since_yes_to_read
from ipta.web.hrefs import href


class ProposeForm(Asking):
    what = words(_("Welke test of scan?"), longest=200, need=_("Schrijf op welke test het is."))
    why = words(_("Waarom kan die helpen?"), longest=1000, rows=3)
    by_whom = words(_("Wie doet het?"), longest=200, hint=_("Het liefst als gesprek, met jou erbij."))


class PlanForm(Asking):
    on = day(_("Op welke dag?"), need=_("Kies een dag."), only=coming)


class FinishForm(Asking):
    on = day(_("Wanneer was het?"), need=_("Kies een dag."), only=past)
    outcome = words(_("Wat kwam eruit?"), longest=2000, rows=5, hint=_("In gewone woorden. De jongere leest het mee."))
    paper = choice(_("Staat het in een papier?"), [])

    def __init__(self, *args: Any, papers: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if papers:
            self.fields["paper"].choices = papers  # type: ignore[attr-defined]
        else:
            del self.fields["paper"]


@desk.coach()
def assessments(request: desk.DeskRequest, pk: UUID) -> HttpResponse:
    """All of them, and what can be done with each."""
    dossier = since_yes_to_read(request, pk)
    youth = people.known(request.reader, [dossier], {pk: {"scores"}})[pk]
    shown = both.in_words(request.reader, dossier)
    context = {"youth": youth, "assessments": shown, "back": href("coach:sheets", pk)}
    return render(request, "coach/assessments.html", context)


@desk.coach("GET", "HEAD", "POST")
def propose_assessment(request: desk.DeskRequest, pk: UUID) -> HttpResponse:
    """Which one, why, and by whom. Then it is his turn."""
    dossier = dossier_since_yes(request, pk)
    form = asking.asked(request, ProposeForm)
    if asking.is_done(
        request, form, lambda: commands.propose_assessment(dossier, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, gettext("Het staat erbij. Eerst zegt de jongere wat die ervan vindt."))
        return kept.done(request, redirect("coach:assessments", pk))
    text = gettext("Alleen als de jongere het nuttig vindt. Praat er eerst samen over.")
    return _page(request, dossier, form, title=gettext("Test of scan"), text=text)


@desk.coach("POST")
def answer_assessment(request: desk.DeskRequest, pk: UUID, assessment: UUID) -> HttpResponse:
    """What he said, noted by his coach."""
    found = _found(dossier_since_yes(request, pk), assessment)
    try:
        commands.answer_assessment(found, answer=request.POST.get("answer", ""), by=request.user)
    except Impossible as objection:
        messages.error(request, gettext(str(objection)))
    else:
        messages.success(request, gettext("Het staat erbij. De jongere leest het ook."))
    return redirect("coach:assessments", pk)


@desk.coach("GET", "HEAD", "POST")
def plan_assessment(request: desk.DeskRequest, pk: UUID, assessment: UUID) -> HttpResponse:
    """The day of it."""
    dossier = dossier_since_yes(request, pk)
    found = _found(dossier, assessment)
    form = asking.asked(request, PlanForm, initial={"on": found.planned_on})
    if asking.is_done(
        request, form, lambda: commands.plan_assessment(found, on=form.cleaned_data["on"], by=request.user)
    ):
        messages.success(request, gettext("Gepland."))
        return kept.done(request, redirect("coach:assessments", pk))
    return _page(request, dossier, form, title=gettext("Test plannen"))


@desk.coach("GET", "HEAD", "POST")
def finish_assessment(request: desk.DeskRequest, pk: UUID, assessment: UUID) -> HttpResponse:
    """What came of it, in words or as a paper that is in the dossier."""
    dossier = dossier_since_yes(request, pk)
    found = _found(dossier, assessment)
    rows = {str(row.pk): row for row in dossier.paper_set.filter(removed_at=None)}
    named = papers_in_words.named(request.reader, rows.values())
    papers = [("", gettext("Nee")), *((str(one.pk), one.name) for one in named)] if rows else []
    form = asking.asked(request, FinishForm, papers=papers, initial={"on": timezone.localdate()})
    if asking.is_done(
        request, form, lambda: commands.finish_assessment(found, by=request.user, **_outcome(form, rows))
    ):
        messages.success(request, gettext("Gedaan. De jongere kan het lezen."))
        return kept.done(request, redirect("coach:assessments", pk))
    return _page(request, dossier, form, title=gettext("Test is gedaan"))


def _outcome(form: FinishForm, rows: dict[str, Paper]) -> dict[str, Any]:
    said = form.cleaned_data
    return {"outcome": said["outcome"], "on": said["on"], "paper": rows.get(said.get("paper", ""))}


def _page(request: desk.DeskRequest, dossier: Dossier, form: Asking, *, title: str, text: str = "") -> HttpResponse:
    youth = people.known(request.reader, [dossier])[dossier.pk]
    back = href("coach:assessments", dossier.pk)
    return asking.simple(request, form, title=title, back=back, text=text, youth=youth)


def _found(dossier: Dossier, pk: UUID) -> Assessment:
    found = Assessment.objects.filter(dossier=dossier, pk=pk).first()
    if found is None:
        raise Http404
    found.dossier = dossier
    return found
