"""Mijn plan: the text, both voices, and who said yes to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext

from ipta.dossiers.models import Dossier
from ipta.plans import commands
from ipta.plans.models import Agreement, PlanVersion
from ipta.plans.rules import ELEMENTS
from ipta.sharing.door import GONE, Reader
from ipta.web import desk
from ipta.web.components.icons import DOMAIN_ICONS
from ipta.web.desk import DeskRequest
from ipta.web.youth.my_side import Side, sides_beside
from ipta.web.youth.page import coach_name, one_tap, who
from ipta.web.youth.words import DOMAINS, PLAN, PLAN_HINTS, PLAN_ICONS, STRATEGIES


@dataclass(frozen=True, slots=True)
class Goal:
    domain: str
    name: str
    icon: str
    goal: str
    youth: str
    coach: str


@dataclass(frozen=True, slots=True)
class Part:
    """One of the elements of the plan; without words it is still to be filled in."""

    key: str
    name: str
    hint: str
    icon: str
    text: str


@dataclass(frozen=True, slots=True)
class Text:
    """One version of the plan, opened."""

    id: UUID
    number: int
    author: str
    is_mine: bool
    written_at: datetime
    in_force_from: datetime | None
    goals: list[Goal]
    parts: list[Part]
    strategy: str
    strategy_words: str
    youth_said_yes: datetime | None
    coach_said_yes: datetime | None
    sides: tuple[Side, ...]

    @property
    def said(self) -> list[Part]:
        return [part for part in self.parts if part.text]

    @property
    def unsaid(self) -> list[Part]:
        return [part for part in self.parts if not part.text]

    @property
    def words(self) -> dict[str, str]:
        return {part.key: part.text for part in self.parts}


def opened(version: PlanVersion, dossier: Dossier, reader: Reader) -> Text:
    yes = dict(version.agreements.values_list("owner", "given_at"))
    return Text(
        id=version.pk,
        number=version.number,
        author=who(version.author, dossier),
        is_mine=version.author_id == dossier.youth_id,
        written_at=version.written_at,
        in_force_from=version.in_force_from,
        goals=[_goal(goal) for goal in _goals(reader, version)],
        parts=[_part(name, reader.text(getattr(version, name))) for name in ELEMENTS],
        strategy=version.strategy,
        strategy_words=str(STRATEGIES.get(version.strategy, "")),
        youth_said_yes=yes.get(Agreement.Owner.YOUTH),
        coach_said_yes=yes.get(Agreement.Owner.COACH),
        sides=sides_beside([version], dossier, reader).get(version.pk, ()),
    )


def _goals(reader: Reader, version: PlanVersion) -> list[dict[str, str]]:
    if reader.is_gone(version.goals):
        return [{"goal": gettext(GONE)}]
    return reader.json(version.goals) or []


def _part(key: str, text: str) -> Part:
    return Part(key=key, name=str(PLAN[key]), hint=str(PLAN_HINTS[key]), icon=PLAN_ICONS[key], text=text)


def _goal(goal: Mapping[str, str]) -> Goal:
    domain = goal.get("domain", "")
    return Goal(
        domain=domain,
        name=str(DOMAINS.get(domain, "")),
        icon=DOMAIN_ICONS.get(domain, "flag"),
        goal=goal.get("goal", ""),
        youth=goal.get("youth", ""),
        coach=goal.get("coach", ""),
    )


@desk.youth()
def plan(request: DeskRequest) -> HttpResponse:
    """The newest text, and the plan that counts now if that is another one."""
    dossier, reader = desk.my_dossier(request), request.reader
    versions = dossier.planversion_set.select_related("author")
    newest, in_force = versions.first(), versions.in_force().first()
    context = {
        "dossier": dossier,
        "coach": coach_name(dossier),
        "text": opened(newest, dossier, reader) if newest else None,
        "in_force": opened(in_force, dossier, reader) if in_force and in_force != newest else None,
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
    """An earlier text: nothing of it goes away."""
    dossier = desk.my_dossier(request)
    found = get_object_or_404(dossier.planversion_set.select_related("author"), number=number)
    context = {"dossier": dossier, "text": opened(found, dossier, request.reader), "coach": coach_name(dossier)}
    return render(request, "youth/version.html", context)


@one_tap("youth:plan")
def agree(request: DeskRequest) -> HttpResponse:
    """He says "Ja, dit is mijn plan": to the text he has read, not to one that came in the meantime."""
    dossier = desk.my_dossier(request)
    number = request.POST.get("number", "")
    text = get_object_or_404(dossier.planversion_set, number=int(number[:9]) if number.isdecimal() else 0)
    if dossier.planversion_set.filter(number__gt=text.number).exists():
        messages.warning(request, gettext("Er is net een nieuwe tekst gekomen. Lees die eerst."))
        return redirect("youth:plan")
    commands.agree(text, by=request.user)
    messages.success(request, gettext("Jij zei ja. Dit is jouw plan."))
    return redirect("youth:plan")
