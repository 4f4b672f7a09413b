"""Verander dit: what the youth asks to change, and the answer of his coach, within a month."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipta.dossiers.corrections.commands import answer_correction as answer
from ipta.dossiers.corrections.models import Correction, CorrectionAnswer
from ipta.dossiers.models import Dossier
from ipta.sharing.door import Reader
from ipta.web import asking, corrections, desk, kept
from ipta.web.asking import Asking, choice, words
from ipta.web.coach import people
from ipta.web.hrefs import href
from ipta.web.lines import KINDS, line_of, words_of


class AnswerForm(Asking):
    outcome = choice(
        _("Wat deed je?"),
        [(CorrectionAnswer.Outcome.CHANGED, _("Aangepast")), (CorrectionAnswer.Outcome.KEPT, _("Niet aangepast"))],
        need=_("Kies er een."),
    )
    reason = words(
        _("Wat zeg je erbij?"),
        longest=2000,
        rows=3,
        hint=_("Pas je het niet aan? Schrijf dan waarom. De jongere leest dit."),
    )


@desk.coach()
def all_corrections(request: desk.DeskRequest, pk: UUID) -> HttpResponse:
    """What was asked, with the answers: those that wait first."""
    dossier = desk.own_dossier(request, pk)
    youth = people.known(request.reader, [dossier])[pk]
    context = {"youth": youth, "corrections": corrections.all_of(dossier, request.reader), "kinds": KINDS}
    return render(request, "coach/corrections.html", context)


@desk.coach("GET", "HEAD", "POST")
def answer_correction(request: desk.DeskRequest, pk: UUID, correction: UUID) -> HttpResponse:
    """The line, what should be there, the way to change it, and then what came of it."""
    dossier, reader = desk.own_dossier(request, pk), request.reader
    asked = _asked(dossier, correction, reader)
    if request.method != "POST" and hasattr(asked, "correctionanswer"):
        return redirect("coach:corrections", pk)
    form = asking.asked(request, AnswerForm)
    if asking.is_done(request, form, lambda: answer(asked, by=request.user, **form.cleaned_data)):
        messages.success(request, gettext("Dank je. De jongere leest je antwoord."))
        return kept.done(request, redirect("coach:corrections", pk))
    if form.is_bound:
        asked.refresh_from_db()  # the answer that could not be kept hangs on it
    youth = people.known(reader, [dossier])[pk]
    (said,) = corrections.in_words(reader, [asked])
    line = line_of(dossier, KINDS[asked.kind], asked.line)
    context: dict[str, Any] = {
        "youth": youth,
        "said": said,
        "name": KINDS[asked.kind].name,
        "line": words_of(reader, KINDS[asked.kind], line) if line else "",
        "change": KINDS[asked.kind].change_href(dossier, asked.line) if line else "",
        "back": href("coach:corrections", pk),
    }
    return asking.shown(request, "coach/answer_correction.html", form, **context)


def _asked(dossier: Dossier, pk: UUID, reader: Reader) -> Correction:
    """One in a part that this coach may read."""
    found = corrections.with_answers().filter(dossier=dossier, pk=pk).first()
    if found is None or found.kind not in KINDS or not reader.may(dossier, found.section):
        raise Http404
    found.dossier = dossier
    return found
