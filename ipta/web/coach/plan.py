"""The plan: read with both voices, the versions with what changed, and the two yeses. Writing is in `propose`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from ipta.accounts.models import Person
from ipta.base.verdict import Impossible
from ipta.dossiers.rules import DOMAINS
from ipta.plans import commands, policies, rules
from ipta.plans.models import Agreement, PlanVersion
from ipta.scans.rules import FACES, LEVELS
from ipta.sharing.door import Reader
from ipta.web import desk
from ipta.web.coach import people, steps
from ipta.web.coach.sharing import may_give
from ipta.web.coach.yes_first import dossier_since_yes, not_yet, since_yes_to_read
from ipta.web.plan_scan import seen_at
from ipta.web.plan_text import Text, Wording, differences, laid_out, opened
from ipta.web.plan_versions import NEVER, before_and_after, beside, number_in

ICONS: Final = {
    "most_important": "star",
    "youth_does": "person",
    "youth_learns": "school",
    "network_does": "people",
    "taken_over": "heart",
    "remember": "bell",
    "approach": "flag",
}


def wording() -> Wording:
    return Wording(
        domains={key: gettext(name) for key, name in DOMAINS.items()},
        elements={key: gettext(question) for key, question in rules.ELEMENTS.items()},
        strategies={key: gettext(name) for key, name in rules.STRATEGIES.items()},
        goal=gettext("Doel"),
        approach=gettext("Hoofdstrategie"),
        hints={},
        icons=ICONS,
        youth_says=gettext("de jongere zegt"),
        coach_says=gettext("de coach zegt"),
        faces={value: gettext(name) for value, name in FACES.items()},
        levels={value: gettext(name) for value, name in LEVELS.items()},
    )


def in_words(reader: Reader, version: PlanVersion) -> Text:
    return opened(version, reader, wording(), lambda _author: author_of(version))


def author_of(version: PlanVersion) -> str:
    return gettext("de jongere") if version.author.is_youth else version.author.first_name


# --- reading ------------------------------------------------------------------------


@desk.coach()
def plan(request: desk.DeskRequest, pk: UUID) -> HttpResponse:
    """The newest text with its steps; while it waits for a yes, what it would change in the one that is in force."""
    dossier = desk.dossier_to_read(request, pk)
    if dossier.joined_on is None:
        return not_yet(request, dossier, gettext("Plan"))
    reader = request.reader
    youth = people.known(reader, [dossier], {pk: {"plan"}})[pk]
    texts = dossier.planversion_set.select_related("author")
    newest, in_force = texts.first(), texts.in_force().first()
    shown = in_words(reader, newest) if newest else None
    standing = in_words(reader, in_force) if in_force and in_force != newest else None
    goals, others = laid_out(shown, seen_at(reader, dossier, shown), steps.to_do(reader, dossier))
    context = {
        "youth": youth,
        "version": shown,
        "standing": standing,
        "changes": differences(standing, shown),
        "steps": others,
        "goals": goals,
        "has_steps": any(row.steps for row in goals),
        "step_title": gettext("Andere stappen") if any(row.steps for row in goals) else gettext("Stappen"),
        "count": texts.count(),
        "may_give": may_give(request.reader, dossier),
        "views": [reader.text(v.text) for v in dossier.view_set.filter(line=newest.pk)] if newest else [],
    }
    return render(request, "coach/plan.html", context)


@desk.coach()
def versions(request: desk.DeskRequest, pk: UUID) -> HttpResponse:
    """Every text there was, newest first. None of them was ever changed."""
    dossier = since_yes_to_read(request, pk)
    youth = people.known(request.reader, [dossier])[pk]
    found = dossier.planversion_set.select_related("author").defer("goals", "voices", *rules.ELEMENTS)
    listed = _listed(found)
    context = {"youth": youth, "versions": listed, "talk": before_and_after(dossier)}
    return render(request, "coach/versions.html", context)


@dataclass(frozen=True, slots=True)
class Listed:
    number: int
    author: str
    written_at: datetime
    in_force_from: datetime | None
    is_standing: bool


def _listed(versions: Iterable[PlanVersion]) -> Sequence[Listed]:
    found = list(versions)
    standing = next((version.number for version in found if version.in_force_from), NEVER)
    return [Listed(v.number, author_of(v), v.written_at, v.in_force_from, v.number == standing) for v in found]


@desk.coach()
def version(request: desk.DeskRequest, pk: UUID, number: int) -> HttpResponse:
    """An older text as it was, and what it changed in the one before, or in any other."""
    dossier = since_yes_to_read(request, pk)
    reader = request.reader
    found, before, others = beside(dossier, number, request.GET.get("met", ""))
    shown = in_words(reader, found)
    earlier = in_words(reader, before) if before else None
    context = {
        "youth": people.known(reader, [dossier], {pk: {"plan"}})[pk],
        "version": shown,
        "before": earlier,
        "others": others,
        "changes": differences(earlier, shown),
        "goals": laid_out(shown, seen_at(reader, dossier, shown))[0],
        "may_give": may_give(request.reader, dossier),
    }
    return render(request, "coach/version.html", context)


# --- the yes ------------------------------------------------------------------------


class _Say(Protocol):
    def __call__(self, version: PlanVersion, *, by: Person) -> Agreement: ...


@desk.coach("POST")
def agree(request: desk.DeskRequest, pk: UUID) -> HttpResponse:
    """The coach's own yes, to the text that was on his screen."""
    return _say_yes(request, pk, commands.agree)


@desk.coach("POST")
def witness(request: desk.DeskRequest, pk: UUID) -> HttpResponse:
    """The youth said yes aloud; the journal tells who typed it."""
    return _say_yes(request, pk, commands.witness)


def _say_yes(request: desk.DeskRequest, pk: UUID, say: _Say) -> HttpResponse:
    dossier = dossier_since_yes(request, pk)
    number = number_in(request.POST.get("number", ""))
    found = dossier.planversion_set.filter(number=number).first()
    if found is None:
        raise Http404
    verdict = policies.can_agree(request.user, found)
    if not verdict:  # somebody proposed another text while this one was being read
        messages.warning(request, verdict.reason)
        return redirect("coach:plan", pk)
    try:
        say(found, by=request.user)
    except Impossible as objection:
        messages.warning(request, gettext(str(objection)))
        return redirect("coach:plan", pk)
    found.refresh_from_db(fields=["in_force_from"])
    both = gettext("Jullie zeiden allebei ja. Dit plan geldt nu.")
    messages.success(request, both if found.in_force_from else gettext("De ja is genoteerd."))
    return redirect("coach:plan", pk)
