"""Van anderen: what others said of him, and what he says of that."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipta.dossiers.models import Dossier
from ipta.scans.told import commands
from ipta.scans.told.rules import REPLIES
from ipta.sharing.door import Reader
from ipta.web import desk, kept, told
from ipta.web.asking import LONG, Asking, asked, choice, is_ready, shown, words
from ipta.web.asking import told as saying
from ipta.web.desk import DeskRequest
from ipta.web.youth.my_side import Side, sides_beside
from ipta.web.youth.page import asks, coach_name

ANSWERS = [(key, _(word)) for key, word in REPLIES.items()]


class AnswerForm(Asking):
    reply = choice(_("Klopt dit volgens jou?"), ANSWERS, need=_("Kies er een."))
    words = words(_("Wil je er iets bij zeggen?"), longest=LONG, rows=3)


@desk.youth()
def told_by_others(request: DeskRequest) -> HttpResponse:
    dossier = desk.my_dossier(request)
    statements = told.shown(request.reader, dossier)
    context = {
        "dossier": dossier,
        "coach": coach_name(dossier),
        "statements": sides_of_told(statements, dossier, request.reader),
    }
    return render(request, "youth/told.html", context)


def sides_of_told(
    statements: Sequence[told.Shown], dossier: Dossier, reader: Reader
) -> list[tuple[told.Shown, tuple[Side, ...]]]:
    """Each with his side; what he said of an earlier text stays beside that of now."""
    texts = {said.pk: [*reversed(said.before), said.now] for said in statements}
    sides = sides_beside([text for found in texts.values() for text in found], dossier, reader)
    return [(said, tuple(side for text in texts[said.pk] for side in sides.get(text.pk, ()))) for said in statements]


@asks("youth:told", always=True)
def answer(request: DeskRequest, pk: UUID) -> HttpResponse:
    """He reads it again, and says whether it is right. This stays his, also when it all has ended."""
    dossier, reader = desk.my_dossier(request), request.reader
    statement = told.statement_of(dossier, pk, reader)
    form = asked(request, AnswerForm)
    if is_ready(request, form):
        with saying(form), form.sent() as is_new:
            if is_new:
                commands.answer(statement, by=request.user, **form.cleaned_data)
            messages.success(request, gettext("Dank je. Je coach kan het lezen."))
            return kept.done(request, redirect("youth:told"))
    words: dict[str, Any] = {"text": reader.text(statement.text), "source": reader.text(statement.source)}
    return shown(request, "youth/answer_told.html", form, dossier=dossier, **words)
