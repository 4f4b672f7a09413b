"""Wissen: what youths want erased, and what is held for a while. Each takes two people; neither reads a dossier."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipta.accounts.models import Municipality, Role
from ipta.base.verdict import Impossible, Refused
from ipta.law import commands, policies
from ipta.law.models import Hold, Wish
from ipta.law.rules import HOLDS, KIND_NAMES, REFUSALS
from ipta.sharing.queries import dossier_numbered
from ipta.sharing.rules import number_of, spaced
from ipta.web import asking, desk, kept
from ipta.web.asking import Asking, choice, coming, day, is_ready, told, words
from ipta.web.law.here import asked, shown, town_of


@dataclass(frozen=True, slots=True)
class WishLine:
    wish: Wish
    number: str
    what: str
    can_agree: bool


@dataclass(frozen=True, slots=True)
class HoldLine:
    hold: Hold
    number: str
    why: str
    can_agree: bool


@desk.answerable()
def erasure(request: desk.DeskRequest, municipality: UUID) -> HttpResponse:
    """What waits for one of the two, what is held, and what was answered before."""
    here = town_of(request, municipality)
    wishes = [_wish_line(request, wish) for wish in _wishes(here)]
    holds = [_hold_line(request, hold) for hold in _holds(here)]
    context = {
        "open": [line for line in wishes if line.wish.is_open],
        "done": [line for line in wishes if not line.wish.is_open],
        "asked": [line for line in holds if line.hold.agreed_at is None],
        "running": [line for line in holds if line.hold.is_running],
    }
    return shown(request, "law/erasure.html", here, **context)


def _wishes(here: Municipality) -> list[Wish]:
    rows = Wish.objects.filter(municipality=here, called_off_at=None)
    return list(rows.select_related("asked_by", "agreed_by", "refused_by"))


def _holds(here: Municipality) -> list[Hold]:
    rows = Hold.objects.running() | Hold.objects.asked()
    return list(rows.filter(municipality=here).select_related("asked_by", "agreed_by"))


def _wish_line(request: desk.DeskRequest, wish: Wish) -> WishLine:
    can_agree = wish.is_open and wish.agreed_at is None and bool(policies.can_agree_to_wish(request.user, wish))
    return WishLine(wish, _number(wish.dossier_id), gettext(KIND_NAMES[wish.kind]), can_agree)


def _hold_line(request: desk.DeskRequest, hold: Hold) -> HoldLine:
    can_agree = hold.agreed_at is None and bool(policies.can_agree_to_hold(request.user, hold))
    return HoldLine(hold, _number(hold.dossier_id), gettext(HOLDS[hold.why]), can_agree)


def _number(dossier: UUID) -> str:
    return spaced(number_of(dossier))


# --- what a youth wants erased ------------------------------------------------------------------------------------


@desk.functional_manager("POST")
def ask_erasure(request: desk.DeskRequest, municipality: UUID, wish: UUID) -> HttpResponse:
    """The first yes."""
    here = town_of(request, municipality, Role.FUNCTIONAL_MANAGER)
    said = gettext("Gevraagd. Nu moet de functionaris gegevensbescherming ja zeggen.")
    return _done(request, here, commands.ask_erasure, _wish(here, wish), said)


@desk.privacy_officer("POST")
def agree_erasure(request: desk.DeskRequest, municipality: UUID, wish: UUID) -> HttpResponse:
    """The second yes: the computer does it."""
    here = town_of(request, municipality, Role.PRIVACY_OFFICER)
    said = gettext("Akkoord. De computer wist het binnen een uur. Het bewijs komt hier te staan.")
    return _done(request, here, commands.agree_erasure, _wish(here, wish), said)


class RefuseForm(Asking):
    why = choice(
        _("Waarom kan het niet?"),
        [(key, _(said)) for key, said in REFUSALS.items()],
        need=_("Kies waarom het niet kan."),
    )


@desk.functional_manager("GET", "HEAD", "POST")
def refuse_erasure(request: desk.DeskRequest, municipality: UUID, wish: UUID) -> HttpResponse:
    """Not possible by law: the youth reads why, in plain words."""
    here = town_of(request, municipality, Role.FUNCTIONAL_MANAGER)
    found = _wish(here, wish)
    form = asking.asked(request, RefuseForm)
    if is_ready(request, form):
        with told(form):
            commands.refuse_erasure(found, why=form.cleaned_data["why"], by=request.user)
            messages.success(request, gettext("De jongere leest waarom, en waar hij of zij terecht kan."))
            return kept.done(request, redirect("law:erasure", here.pk))
    return asked(request, "law/refuse.html", form, here, line=_wish_line(request, found))


def _wish(here: Municipality, pk: UUID) -> Wish:
    found = Wish.objects.filter(municipality=here, called_off_at=None, pk=pk).select_related("asked_by").first()
    if found is None:
        raise Http404
    return found


# --- held ---------------------------------------------------------------------------------------------------------


class HoldForm(Asking):
    number = words(
        _("Nummer van het dossier"),
        longest=20,
        need=_("Vul het nummer in."),
        hint=_("De coach en de jongere weten het nummer."),
    )
    why = choice(
        _("Waarom mag het nog niet weg?"),
        [(key, _(said)) for key, said in HOLDS.items()],
        need=_("Kies waarom het niet weg mag."),
    )
    until = day(_("Tot en met"), need=_("Kies een dag."), hint=_("Hoogstens een jaar vooruit."), only=coming)


@desk.answerable("GET", "HEAD", "POST")
def ask_hold(request: desk.DeskRequest, municipality: UUID) -> HttpResponse:
    """Ask that nothing of one dossier goes. Another person agrees."""
    here = town_of(request, municipality)
    form = asking.asked(request, HoldForm)
    if is_ready(request, form):
        with told(form):
            dossier = dossier_numbered(form.cleaned_data["number"], [here.pk])
            if dossier is None:
                raise Impossible("Dit nummer klopt niet. Vraag het de coach.")
            with form.sent() as is_first:
                if is_first:
                    said = {name: form.cleaned_data[name] for name in ("why", "until")}
                    commands.ask_hold(dossier, by=request.user, **said)
            messages.success(request, gettext("Gevraagd. De pauze begint als de ander ook ja zegt."))
            return kept.done(request, redirect("law:erasure", here.pk))
    return asked(request, "law/hold.html", form, here)


@desk.answerable("POST")
def agree_hold(request: desk.DeskRequest, municipality: UUID, hold: UUID) -> HttpResponse:
    here = town_of(request, municipality)
    return _done(request, here, commands.agree_hold, _hold(here, hold), gettext("Akkoord. Er gaat nu niets weg."))


@desk.answerable("POST")
def end_hold(request: desk.DeskRequest, municipality: UUID, hold: UUID) -> HttpResponse:
    here = town_of(request, municipality)
    said = gettext("De pauze is voorbij. Wat weg moet, kondigen we eerst een maand aan.")
    return _done(request, here, commands.end_hold, _hold(here, hold), said)


def _hold(here: Municipality, pk: UUID) -> Hold:
    found = Hold.objects.filter(municipality=here, pk=pk).select_related("asked_by").first()
    if found is None:
        raise Http404
    return found


def _done(
    request: desk.DeskRequest, here: Municipality, change: Callable[..., Any], about: Wish | Hold, said: str
) -> HttpResponse:
    try:
        change(about, by=request.user)
    except (Impossible, Refused) as objection:
        messages.error(request, gettext(str(objection)))
    else:
        messages.success(request, said)
    return redirect("law:erasure", here.pk)
