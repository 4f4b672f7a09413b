"""Een test? What his coach proposes, and what he himself thinks of it. Nothing happens without his yes."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipta.scans.assessments import commands
from ipta.scans.models import Assessment
from ipta.web import assessments as both
from ipta.web import desk, kept
from ipta.web.asking import Asking, asked, choice, is_done, shown, words
from ipta.web.desk import DeskRequest
from ipta.web.youth.my_side import with_sides
from ipta.web.youth.page import asks

ANSWERS = {Assessment.Answer.YES: _("Ja, dat wil ik"), Assessment.Answer.NO: _("Nee, liever niet")}


class AnswerForm(Asking):
    answer = choice(_("Wil je dit?"), ANSWERS.items(), need=_("Kies ja of nee."))
    own_words = words(_("Wil je er iets bij zeggen?"), longest=500, rows=2)


@desk.youth()
def assessments(request: DeskRequest) -> HttpResponse:
    """What was proposed, what he said, and what came of it."""
    dossier = desk.my_dossier(request)
    shown_ones = with_sides(both.in_words(request.reader, dossier), dossier, request.reader)
    context = {"dossier": dossier, "assessments": shown_ones}
    return render(request, "youth/assessments.html", context)


@asks("youth:assessments")
def answer_assessment(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Yes or no, and words of his own. As long as it is not done he may change his mind."""
    dossier = desk.my_dossier(request)
    found = Assessment.objects.filter(dossier=dossier, pk=pk).first()
    if found is None:
        raise Http404
    found.dossier = dossier
    reader = request.reader
    own_words = "" if reader.is_gone(found.own_words) else reader.text(found.own_words)
    form = asked(request, AnswerForm, initial={"answer": found.answer, "own_words": own_words})
    if is_done(request, form, lambda: commands.answer_assessment(found, by=request.user, **form.cleaned_data)):
        messages.success(request, gettext("Bewaard. Je coach leest het ook."))
        return kept.done(request, redirect("youth:assessments"))
    return shown(request, "youth/answer_assessment.html", form, dossier=dossier, what=reader.text(found.what))
