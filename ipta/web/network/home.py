"""The page of somebody around the youth: what was shared with him, and nothing else."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipta.accounts import guests as ways
from ipta.accounts.models import Person
from ipta.dossiers.messages.rules import LONGEST
from ipta.dossiers.models import Coachship, Dossier, Step
from ipta.sharing import guests
from ipta.sharing.queries import dossiers_visible_to
from ipta.sharing.why.queries import asked_of
from ipta.web import desk, kept, papers, when
from ipta.web.asking import Asking, asked, choice, is_done, shown, words
from ipta.web.coach import steps
from ipta.web.giving import requests_of
from ipta.web.network.promised import line_of
from ipta.web.network.shared import as_far_as_shared, shared_papers, shared_with


class AskForm(Asking):
    text = words(_("Je vraag"), longest=LONGEST, rows=3, need=_("Schrijf een paar woorden."))


class SettleForm(Asking):
    outcome = choice(_("Hoe ging het?"), Step.Outcome.choices, need=_("Kies hoe het ging."))
    words = words(_("Wil je er iets bij zeggen?"), longest=500, rows=2)


@dataclass(frozen=True, slots=True)
class Promise:
    """Something he promised, with how he says how it went."""

    step: steps.Shown
    due: when.Due | None
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
    if is_done(request, form, lambda: guests.ask(dossier, text=form.cleaned_data["text"], by=request.user)):
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
    if is_done(request, form, lambda: guests.settle_promise(step, by=request.user, **form.cleaned_data)):
        messages.success(request, gettext("Dank je wel. Zij zien het nu ook."))
        return kept.done(request, redirect("network:home"))
    promise = _promise(steps.in_words(request.reader, [step])[0], step, form)
    return shown(request, "network/settle.html", form, promise=promise)


@desk.network()
def paper(request: desk.DeskRequest, pk: UUID) -> HttpResponse:
    """A paper out of what was shared, as a file."""
    dossier = _dossier_of(request.user)
    found = shared_papers(dossier, request.user).filter(pk=pk).first() if dossier else None
    return papers.handed_over(request.reader, found)


def _home(request: desk.DeskRequest, dossier: Dossier | None, form: AskForm) -> HttpResponse:
    running = dossier if dossier and dossier.is_taking_part else None  # afterwards nobody is asked for anything
    context: dict[str, Any] = {
        "dossier": dossier,
        "may_ask": running,
        "blocks": shared_with(dossier, request.user, request.reader) if dossier else [],
        "line": line_of(running, request.user, request.reader) if running else None,
        "promises": _promises(request, running) if running else [],
        "coach": _coach_of(dossier) if dossier else None,
        "link": ways.link_of(request.user),
        "asked_why": asked_of(request.user),
        "my_requests": requests_of(request.user).get(dossier.pk, []) if dossier else [],
    }
    return shown(request, "network/home.html", form, **context)


def _promises(request: desk.DeskRequest, dossier: Dossier) -> list[Promise]:
    rows = {row.pk: row for row in _promised(dossier, request.user)}
    found = steps.in_words(request.reader, rows.values())
    each = [one for step in found for one in (step, *step.pieces)]
    return [_promise(step, rows[step.pk], SettleForm(auto_id=f"id_%s_{step.pk.hex[:8]}")) for step in each]


def _promise(step: steps.Shown, row: Step, form: SettleForm) -> Promise:
    return Promise(step, when.until(row.due_on, timezone.localdate()), form)


def _promised(dossier: Dossier, guest: Person) -> QuerySet[Step]:
    """What is his to do, as far as it was shared with him: that somebody wrote his name beside it opens nothing."""
    mine = dossier.step_set.filter(somebody__account=guest, done_on=None, dropped_on=None)
    return as_far_as_shared(mine, dossier, guest).select_related("somebody", "dossier").order_by("due_on", "pk")


def _dossier_of(guest: Person) -> Dossier | None:
    """The dossier of which something is shared with him now."""
    return dossiers_visible_to(guest).first()


def _coach_of(dossier: Dossier) -> Person | None:
    ship = Coachship.objects.now().filter(dossier=dossier).select_related("coach").order_by("is_stand_in").first()
    return ship.coach if ship else None
