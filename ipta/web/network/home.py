"""The page of somebody around the youth: what was shared with him, and nothing else."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipta.accounts import guests as ways
from ipta.accounts.models import Person
from ipta.dossiers.messages.rules import LONGEST
from ipta.dossiers.models import Coachship, Dossier, Step
from ipta.sharing import guests
from ipta.sharing.queries import dossiers_visible_to
from ipta.sharing.why.queries import asked_of
from ipta.web import desk, kept, papers
from ipta.web.asking import Asking, asked, choice, is_ready, shown, told, words
from ipta.web.coach import steps
from ipta.web.giving import requests_of
from ipta.web.network.shared import running, shared_papers, shared_with


class AskForm(Asking):
    text = words(_("Je vraag"), longest=LONGEST, rows=3, need=_("Schrijf een paar woorden."))


class SettleForm(Asking):
    outcome = choice(_("Hoe ging het?"), Step.Outcome.choices, need=_("Kies hoe het ging."))
    words = words(_("Wil je er iets bij zeggen?"), longest=500, rows=2)


@dataclass(frozen=True, slots=True)
class Promise:
    """Something he promised, with how he says how it went."""

    step: steps.Shown
    form: SettleForm


@desk.network()
def home(request: desk.DeskRequest) -> HttpResponse:
    """What he may read now. When nothing is shared any more, nothing of before is left."""
    return _home(request, _dossier_of(request.user), asked(request, AskForm))


@desk.network("GET", "HEAD", "POST")
def ask(request: desk.DeskRequest) -> HttpResponse:
    """A few words for the youth and his coach, who answer themselves. They lie with their messages."""
    dossier = _dossier_of(request.user)
    if dossier is None:
        raise Http404
    form = asked(request, AskForm)
    if is_ready(request, form):
        with told(form), form.sent() as is_new:
            if is_new:
                guests.ask(dossier, text=form.cleaned_data["text"], by=request.user)
            messages.success(request, gettext("Je vraag is weg. Je hoort van een van hen."))
            return kept.done(request, redirect("network:home"))
    return _home(request, dossier, form)


@desk.network("GET", "HEAD", "POST")
def settle(request: desk.DeskRequest, pk: UUID) -> HttpResponse:
    """How it went with what he promised."""
    dossier = _dossier_of(request.user)
    step = _promised(dossier, request.user).filter(pk=pk).first() if dossier else None
    if step is None:
        raise Http404
    form = asked(request, SettleForm)
    if is_ready(request, form):
        with told(form), form.sent() as is_new:
            if is_new:
                guests.settle_promise(step, by=request.user, **form.cleaned_data)
            messages.success(request, gettext("Dank je wel. Zij zien het nu ook."))
            return kept.done(request, redirect("network:home"))
    promise = Promise(steps.in_words(request.reader, [step])[0], form)
    return shown(request, "network/settle.html", form, promise=promise)


@desk.network()
def paper(request: desk.DeskRequest, pk: UUID) -> HttpResponse:
    """A paper out of what was shared, as a file."""
    dossier = _dossier_of(request.user)
    found = shared_papers(dossier, request.user).filter(pk=pk).first() if dossier else None
    return papers.handed_over(request.reader, found)


def _home(request: desk.DeskRequest, dossier: Dossier | None, form: AskForm) -> HttpResponse:
    context: dict[str, Any] = {
        "dossier": dossier,
        "blocks": shared_with(dossier, request.user, request.reader) if dossier else [],
        "promises": _promises(request, dossier) if dossier else [],
        "coach": _coach_of(dossier) if dossier else None,
        "link": ways.link_of(request.user),
        "asked_why": asked_of(request.user),
        "my_requests": requests_of(request.user).get(dossier.pk, []) if dossier else [],
    }
    return shown(request, "network/home.html", form, **context)


def _promises(request: desk.DeskRequest, dossier: Dossier) -> list[Promise]:
    found = steps.in_words(request.reader, _promised(dossier, request.user))
    return [Promise(step, SettleForm(auto_id=f"id_%s_{step.pk.hex[:8]}")) for step in found]


def _promised(dossier: Dossier, guest: Person) -> QuerySet[Step]:
    """What is his to do, as far as it was shared with him: that somebody wrote his name beside it opens nothing."""
    mine = dossier.step_set.filter(somebody__account=guest, done_on=None, dropped_on=None)
    grants = running(dossier, guest).filter(shared_section=Step.section)
    if not grants.filter(item=None).exists():
        mine = mine.filter(pk__in=grants.values("item"))
    return mine.select_related("somebody", "dossier")


def _dossier_of(guest: Person) -> Dossier | None:
    """The dossier of which something is shared with him now."""
    return dossiers_visible_to(guest).first()


def _coach_of(dossier: Dossier) -> Person | None:
    ship = Coachship.objects.now().filter(dossier=dossier).select_related("coach").order_by("is_stand_in").first()
    return ship.coach if ship else None
