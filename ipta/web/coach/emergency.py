"""The emergency button: a colleague, or a stand-in, reads the whole dossier for four hours, and everybody is told."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipta.accounts.models import Role
from ipta.base.prepared import prepared
from ipta.dossiers.models import Dossier
from ipta.sharing import commands, policies
from ipta.sharing.models import Emergency, told_since
from ipta.sharing.queries import caseload_of, coached
from ipta.sharing.rules import number_of, spaced
from ipta.web import asking, desk, kept
from ipta.web.asking import Asking, words
from ipta.web.coach import people


class TakeForm(Asking):
    number = words(
        _("Welk nummer?"),
        longest=60,
        need=_("Vul het nummer in."),
        hint=_("De jongere en de coach zien het op hun pagina. Op naam zoeken kan niet."),
    )
    reason = words(
        _("Waarom kan het niet wachten?"),
        longest=1000,
        rows=3,
        need=_("Schrijf in een hele zin waarom dit niet kan wachten."),
        hint=_("De jongere en de coach lezen wat je hier schrijft."),
    )


@dataclass(frozen=True, slots=True)
class Running:
    """A dossier that is open now: without a name, so that this page opens nothing."""

    pk: UUID
    number: str
    until: datetime
    href: str


@dataclass(frozen=True, slots=True)
class Told:
    """What the coach is told of it. `name` and `reason` only where they are read."""

    pk: UUID
    who: str
    taken_at: datetime
    closed_at: datetime
    is_running: bool
    href: str
    name: str = ""
    reason: str = ""


@desk.coach("GET", "HEAD", "POST")
def take(request: desk.DeskRequest) -> HttpResponse:
    """A number and a reason: no list to choose from and no name to look for."""
    form = asking.asked(request, TakeForm, initial={"number": request.GET.get("nummer", "")})
    if asking.is_ready(request, form):
        found = _meant(request, form)
        if found and (answer := _open(request, found, form)):
            return answer
    running = Emergency.objects.held_by(request.user).select_related("dossier").order_by("until")
    return asking.shown(request, "coach/take.html", form, running=[_running(one) for one in running])


def _meant(request: desk.DeskRequest, form: TakeForm) -> Dossier | None:
    """The dossier with this number, or why there is none, beside the question."""
    verdict = policies.can_look_up(request.user)
    found = commands.look_up(form.cleaned_data["number"], by=request.user) if verdict else None
    if found is None:
        wrong = gettext("Dit nummer kennen we niet. Vraag het nog een keer, letter voor letter.")
        form.add_error("number", wrong if verdict else gettext(verdict.reason))
    return found


def _open(request: desk.DeskRequest, dossier: Dossier, form: TakeForm) -> HttpResponse | None:
    to_dossier = redirect("coach:youth", dossier.pk)
    if Emergency.objects.held_by(request.user).filter(dossier=dossier.pk).exists():
        return kept.done(request, to_dossier)  # a second tap, or he came back by its number
    verdict = policies.can_take(request.user, dossier)
    if not verdict:
        messages.info(request, gettext(verdict.reason))
        return kept.done(request, to_dossier)
    with asking.told(form), form.sent() as is_first:
        if is_first:
            commands.take(dossier, reason=form.cleaned_data["reason"], by=request.user)
    return None if form.errors else kept.done(request, to_dossier)


def _running(taken: Emergency) -> Running:
    href = reverse("coach:youth", args=[taken.dossier_id])
    return Running(taken.pk, spaced(number_of(taken.dossier_id)), taken.until, href)


@desk.coach("POST")
def end(request: desk.DeskRequest, emergency: UUID) -> HttpResponse:
    """It is over: for who took it, or for the coach at once."""
    mine = caseload_of(request.user)
    found = Emergency.objects.filter(Q(taken_by=request.user) | Q(dossier__in=mine), pk=emergency).first()
    if found is None:
        raise Http404
    commands.end(found, by=request.user)
    messages.success(request, gettext("De noodtoegang is gestopt."))
    is_mine = mine.filter(pk=found.dossier_id).exists()
    return redirect("coach:youth", found.dossier_id) if is_mine else redirect("coach:take")


# --- what the coach is told -----------------------------------------------------------


def lately(request: desk.DeskRequest) -> dict[str, Any]:
    """For Vandaag: what others opened of everybody this coach walks along with, by name; and how many he has open."""
    user = request.user
    found = _lately(coach=user.pk, municipalities=user.municipalities_as(Role.COACH), since=told_since())
    taken = [one for one in found if one.taken_by_id != user.pk]
    known = people.known(request.reader, {one.dossier for one in taken}) if taken else {}
    return {
        "emergencies": [_told(one, name=known[one.dossier_id].name) for one in taken],
        "own_emergencies": len(found) - len(taken),
    }


@prepared
def _lately(coach: UUID, municipalities: Collection[UUID], since: datetime) -> QuerySet[Emergency]:
    told = Q(dossier__in=coached(coach, municipalities)) & ~Q(taken_by=coach)
    held = Q(pk__in=Emergency.objects.of(coach, municipalities).values("pk"))
    return Emergency.objects.since(since).filter(told | held).select_related("dossier__municipality")


def of_dossier(request: desk.DeskRequest, dossier: Dossier) -> list[Told]:
    """For the page of a youth: with the reason. Who came in with the button himself is told nothing of others."""
    if request.reads_only:
        return []
    found = _by_others(dossier=dossier.pk, since=told_since(), coach=request.user.pk)
    return [_told(one, reason=request.reader.text(one.reason)) for one in found]


@prepared
def _by_others(dossier: UUID, since: datetime, coach: UUID) -> QuerySet[Emergency]:
    return Emergency.objects.since(since).filter(dossier=dossier).exclude(taken_by=coach)


def _told(taken: Emergency, *, name: str = "", reason: str = "") -> Told:
    return Told(
        pk=taken.pk,
        who=taken.taken_by.get_full_name(),
        taken_at=taken.taken_at,
        closed_at=taken.closed_at,
        is_running=taken.is_running,
        href=reverse("coach:youth", args=[taken.dossier_id]),
        name=name,
        reason=reason,
    )


def button_for(dossier: Dossier) -> str:
    """The way to the button about this dossier, for who stands in and misses a part of it."""
    return f"{reverse('coach:take')}?nummer={number_of(dossier.pk)}"
