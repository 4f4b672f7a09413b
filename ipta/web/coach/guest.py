"""What youths shared with me: for professionals, and for coaches beside their own caseload."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from ipta.accounts.models import Role
from ipta.dossiers.models import Coachship
from ipta.sharing.asked import commands
from ipta.sharing.models import Grant
from ipta.sharing.rules import SECTION_NAMES, SHAREABLE
from ipta.sharing.why.commands import explain as say_why
from ipta.sharing.why.queries import asked_of, question_to
from ipta.web import asking, desk, kept, papers
from ipta.web.giving import AskForm, ExplainForm, requests_of
from ipta.web.network.shared import ICONS, shared_papers, shared_with


@dataclass(frozen=True, slots=True)
class Shared:
    """One section that somebody may read, until a day."""

    name: str
    icon: str
    until: date
    href: str


@dataclass(slots=True)
class From:
    """One youth, known by his coach and municipality: his name was not shared."""

    town: str
    coach: str
    ask_href: str
    sections: list[Shared]
    asked: list[tuple[str, str]] = field(default_factory=list)  # what he asked to see besides, and where that stands


@desk.guest()
def shared(request: desk.DeskRequest) -> HttpResponse:
    """Who shared what with me, and until when. Nothing is opened yet, so nothing stands in the reading log."""
    grants = Grant.objects.held_by(request.user).select_related("dossier__municipality").defer("purpose")
    longest = {(grant.dossier_id, grant.shared_section): grant for grant in grants.order_by("until", "given_at")}
    coaches = _coaches({dossier for dossier, _section in longest})
    found: dict[UUID, From] = {}
    for grant in longest.values():
        dossier = grant.dossier
        ask = reverse("coach:ask_more", args=[dossier.pk])
        one = found.setdefault(dossier.pk, From(dossier.municipality.name, coaches.get(dossier.pk, ""), ask, []))
        one.sections.append(_shared(grant))
    for pk, requests in requests_of(request.user).items():
        if pk in found:
            found[pk].asked += requests
    return _page(request, "coach/shared.html", found=list(found.values()), asked_why=asked_of(request.user))


@desk.guest("GET", "HEAD", "POST")
def ask_more(request: desk.DeskRequest, pk: UUID) -> HttpResponse:
    """Mag ik ook ... zien? It waits for the youth, who answers when he likes."""
    dossier = desk.visible_dossier(request, pk)
    mine = set(Grant.objects.held_by(request.user).filter(dossier=dossier).values_list("shared_section", flat=True))
    if not mine:
        raise Http404
    parts = [(key, gettext(SECTION_NAMES[key]).capitalize()) for key in SHAREABLE if key not in mine]
    form = asking.asked(request, AskForm, parts=parts)
    if asking.is_done(
        request, form, lambda: commands.ask_for(dossier, to=request.user, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, gettext("Gevraagd. De jongere kiest zelf, en mag ook nee zeggen."))
        return kept.done(request, redirect("coach:shared"))
    return asking.shown(request, "coach/ask_more.html", form, layout=_layout(request), town=dossier.municipality.name)


@desk.guest("GET", "HEAD", "POST")
def explain(request: desk.DeskRequest, why: UUID) -> HttpResponse:
    """Who looked says why, also when he may read no more."""
    asked = question_to(request.user, why)
    if asked is None:
        raise Http404
    back = "coach:today" if request.user.is_somewhere(Role.COACH) else "coach:shared"
    if request.method != "POST" and asked.question.answered_at:
        return redirect(back)
    form = asking.asked(request, ExplainForm)
    if asking.is_done(
        request, form, lambda: say_why(asked.question, words=form.cleaned_data["words"], by=request.user)
    ):
        messages.success(request, gettext("Dank je. De jongere leest je antwoord."))
        return kept.done(request, redirect(back))
    parts = ", ".join(gettext(SECTION_NAMES[section]) for section in asked.sections)
    context: dict[str, Any] = {"layout": _layout(request), "one": asked, "parts": parts}
    return asking.shown(request, "coach/explain.html", form, **context)


def _shared(grant: Grant) -> Shared:
    section = grant.shared_section
    href = reverse("coach:shared_section", args=[grant.dossier_id, section])
    return Shared(gettext(SECTION_NAMES[section]), ICONS[section], grant.until, href)


@desk.guest()
def shared_section(request: desk.DeskRequest, pk: UUID, section: str) -> HttpResponse:
    """What was shared of one section, and what for. The reading log tells the youth that it was read."""
    dossier = desk.visible_dossier(request, pk)
    blocks = shared_with(dossier, request.user, request.reader, section)
    if not blocks:
        raise Http404
    coach = _coaches([dossier.pk]).get(dossier.pk, "")
    context = {"name": blocks[0].name, "town": dossier.municipality.name, "coach": coach, "blocks": blocks}
    return _page(request, "coach/shared_section.html", dossier=dossier, **context)


@desk.guest()
def shared_paper(request: desk.DeskRequest, pk: UUID, section: str, paper: UUID) -> HttpResponse:
    """A paper that lies in what was shared."""
    dossier = desk.visible_dossier(request, pk)
    return papers.handed_over(request.reader, shared_papers(dossier, request.user, section).filter(pk=paper).first())


def _page(request: desk.DeskRequest, template: str, **context: Any) -> HttpResponse:
    """A coach keeps the bar under his thumb; a professional has no other desk than this one."""
    return render(request, template, {"layout": _layout(request), **context})


def _layout(request: desk.DeskRequest) -> str:
    return "layout/coach.html" if request.user.is_somewhere(Role.COACH) else "layout/desk.html"


def _coaches(dossiers: Collection[UUID]) -> dict[UUID, str]:
    ships = Coachship.objects.now().filter(dossier__in=dossiers, is_stand_in=False).select_related("coach")
    return {ship.dossier_id: ship.coach.get_full_name() for ship in ships}
