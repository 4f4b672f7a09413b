"""What somebody around the youth asks besides, and what the youth asks of him: why did you look."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext

from ipta.accounts.models import Person
from ipta.dossiers.models import Dossier
from ipta.sharing.asked import commands
from ipta.sharing.models import Grant
from ipta.sharing.queries import dossiers_visible_to
from ipta.sharing.rules import SECTION_NAMES, SHAREABLE
from ipta.sharing.why.commands import explain as say_why
from ipta.sharing.why.queries import question_to
from ipta.web import desk, kept
from ipta.web.asking import asked, is_done, shown
from ipta.web.giving import AskForm, ExplainForm


def to_ask(dossier: Dossier, person: Person) -> list[tuple[str, str]]:
    """What can be shared, and is not his to read yet."""
    mine = set(
        Grant.objects.held_by(person).filter(dossier=dossier, item=None).values_list("shared_section", flat=True)
    )
    return [(key, gettext(SECTION_NAMES[key]).capitalize()) for key in SHAREABLE if key not in mine]


@desk.network("GET", "HEAD", "POST")
def ask_more(request: desk.DeskRequest) -> HttpResponse:
    """Mag ik ook ... zien? It waits for the youth, who answers when he likes."""
    dossier = dossiers_visible_to(request.user).first()
    if dossier is None:
        raise Http404
    form = asked(request, AskForm, parts=to_ask(dossier, request.user))
    if is_done(request, form, lambda: commands.ask_for(dossier, to=request.user, by=request.user, **form.cleaned_data)):
        messages.success(request, gettext("Gevraagd. Nee is ook een goed antwoord."))
        return kept.done(request, redirect("network:home"))
    return shown(request, "network/ask_more.html", form)


@desk.network("GET", "HEAD", "POST")
def explain(request: desk.DeskRequest, why: UUID) -> HttpResponse:
    """Who looked says why, in a sentence."""
    found = question_to(request.user, why)
    if found is None:
        raise Http404
    if request.method != "POST" and found.question.answered_at:
        return redirect("network:home")
    form = asked(request, ExplainForm)
    if is_done(request, form, lambda: say_why(found.question, words=form.cleaned_data["words"], by=request.user)):
        messages.success(request, gettext("Dank je. Je antwoord is aangekomen."))
        return kept.done(request, redirect("network:home"))
    context: dict[str, Any] = {"day": found.question.day}
    return shown(request, "network/explain.html", form, **context)
