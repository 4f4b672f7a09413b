"""Thinking along: what a coach asks a colleague in another role, who says yes or no and reads no dossier."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipta.sharing.models import Consultation, Warning
from ipta.sharing.warning import commands
from ipta.sharing.warning.queries import asked_of
from ipta.sharing.warning.reading import SecondReader
from ipta.web import asking, desk, kept
from ipta.web.asking import Asking, choice, words


class AnswerForm(Asking):
    answer = choice(_("Is delen nodig?"), Consultation.Answer.choices, need=_("Kies ja of nee."))
    words = words(
        _("Waarom?"),
        longest=1000,
        rows=3,
        need=_("Schrijf in een paar woorden waarom."),
        hint=_("De coach leest dit, en later de jongere ook."),
    )


@desk.second_person()
def asked(request: desk.DeskRequest) -> HttpResponse:
    """What this colleague was asked: no name of a youth, no word."""
    return render(request, "second/asked.html", {"asked": asked_of(request.user)})


@desk.second_person("GET", "HEAD", "POST")
def consultation(request: desk.DeskRequest, consult: UUID) -> HttpResponse:
    """What it is about, as far as the coach told; and a yes or a no with a word."""
    found = asked_of(request.user).filter(pk=consult).first()
    if found is None:
        raise Http404
    form = asking.asked(request, AnswerForm)
    if asking.is_ready(request, form):
        with asking.told(form), form.sent() as is_first:
            if is_first and not found.answer:
                commands.answer_consultation(found, by=request.user, **form.cleaned_data)
        if not form.errors:
            messages.success(request, gettext("Dank je wel. De coach ziet je antwoord."))
            return kept.done(request, redirect("second:consultation", consult))
    reader = SecondReader(request.user, found, request.reader.request_id)
    context: dict[str, Any] = {
        "asked": found,
        "ground": Warning.Ground(found.ground).label,
        "is_acute": found.ground == Warning.Ground.ACUTE,
        "question": reader.text(found.question),
        "receiver": ", ".join(reader.json(found.receiver) or []),
        "words": reader.text(found.words),
    }
    return asking.shown(request, "second/consultation.html", form, **context)
