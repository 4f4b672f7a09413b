"""Mijn plan: the text, both voices, and who said yes to it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipta.dossiers.models import Dossier
from ipta.plans import commands
from ipta.plans.models import PlanVersion
from ipta.sharing.door import Reader
from ipta.web import desk
from ipta.web.desk import DeskRequest
from ipta.web.plan_scan import seen_at
from ipta.web.plan_text import Text, Wording, differences, laid_out
from ipta.web.plan_text import opened as text_opened
from ipta.web.plan_versions import before_and_after, beside, number_in
from ipta.web.youth.my_side import Side, sides_beside
from ipta.web.youth.page import coach_name, one_tap, who
from ipta.web.youth.steps import steps_to_do
from ipta.web.youth.words import DOMAINS, FACES, LEVELS, PLAN, PLAN_HINTS, PLAN_ICONS, STRATEGIES

WORDING: Final = Wording(
    domains=DOMAINS,
    elements=PLAN,
    strategies=STRATEGIES,
    goal=_("Doel"),
    approach=_("Zo pakken jullie het aan"),
    hints=PLAN_HINTS,
    icons=PLAN_ICONS,
    youth_says=_("jij zegt"),
    coach_says=_("je coach zegt"),
    faces=FACES,
    levels=LEVELS,
)


def opened(version: PlanVersion, dossier: Dossier, reader: Reader) -> Text:
    return text_opened(version, reader, WORDING, lambda author: who(author, dossier))


def sides_of(text: Text, version: PlanVersion, dossier: Dossier, reader: Reader) -> tuple[Side, ...]:
    """What he put beside the whole text."""
    return sides_beside([version], dossier, reader).get(text.id, ())


@desk.youth()
def plan(request: DeskRequest) -> HttpResponse:
    """The newest text, and the plan that counts now if that is another one."""
    dossier, reader = desk.my_dossier(request), request.reader
    versions = dossier.planversion_set.select_related("author")
    newest, in_force = versions.first(), versions.in_force().first()
    text = opened(newest, dossier, reader) if newest else None
    standing = opened(in_force, dossier, reader) if in_force and in_force != newest else None
    goals, others = laid_out(text, seen_at(reader, dossier, text), steps_to_do(dossier, reader))
    context = {
        "dossier": dossier,
        "coach": coach_name(dossier),
        "text": text,
        "goals": goals,
        "others": others,
        "sides": sides_of(text, newest, dossier, reader) if text and newest else (),
        "in_force": standing,
        "goals_in_force": laid_out(standing, {})[0],
        "changes": differences(standing, text),
        "talk": before_and_after(dossier),
        "earlier": _earlier(dossier, newest),
    }
    return render(request, "youth/plan.html", context)


@dataclass(frozen=True, slots=True)
class Earlier:
    number: int
    author: str
    written_at: datetime


def _earlier(dossier: Dossier, newest: PlanVersion | None) -> list[Earlier]:
    """The texts before this one, by their dates alone: nothing of them is opened."""
    if newest is None:
        return []
    others = dossier.planversion_set.exclude(pk=newest.pk).select_related("author")
    rows = others.only("dossier", "number", "written_at", "author__first_name")
    return [Earlier(row.number, who(row.author, dossier), row.written_at) for row in rows]


@desk.youth()
def version(request: DeskRequest, number: int) -> HttpResponse:
    """An earlier text, with what it changed in the one before, or in any other: nothing of it goes away."""
    dossier, reader = desk.my_dossier(request), request.reader
    found, before, others = beside(dossier, number, request.GET.get("met", ""))
    text = opened(found, dossier, reader)
    earlier = opened(before, dossier, reader) if before else None
    context = {
        "dossier": dossier,
        "text": text,
        "goals": laid_out(text, seen_at(reader, dossier, text))[0],
        "sides": sides_of(text, found, dossier, reader),
        "before": earlier,
        "others": others,
        "changes": differences(earlier, text),
        "coach": coach_name(dossier),
    }
    return render(request, "youth/version.html", context)


@one_tap("youth:plan")
def agree(request: DeskRequest) -> HttpResponse:
    """He says "Ja, dit is mijn plan": to the text he has read, not to one that came in the meantime."""
    dossier = desk.my_dossier(request)
    text = get_object_or_404(dossier.planversion_set, number=number_in(request.POST.get("number", "")))
    if dossier.planversion_set.filter(number__gt=text.number).exists():
        messages.warning(request, gettext("Er is net een nieuwe tekst gekomen. Lees die eerst."))
        return redirect("youth:plan")
    commands.agree(text, by=request.user)
    messages.success(request, gettext("Jij zei ja. Dit is jouw plan."))
    return redirect("youth:plan")
