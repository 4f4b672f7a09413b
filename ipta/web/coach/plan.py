"""The plan: read with both voices, the versions with what changed, and the two yeses. Writing is in `propose`."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
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
from ipta.sharing.door import GONE, Reader
from ipta.web import desk
from ipta.web.coach import people, steps
from ipta.web.coach.difference import Change, changes
from ipta.web.coach.yes_first import dossier_since_yes, not_yet, since_yes_to_read
from ipta.web.components.icons import DOMAIN_ICONS

NEVER = 0  # no version has this number


@dataclass(frozen=True, slots=True)
class Goal:
    domain: str
    name: str
    icon: str
    goal: str
    youth: str
    coach: str


@dataclass(frozen=True, slots=True)
class Element:
    key: str
    question: str
    words: str


@dataclass(frozen=True, slots=True)
class Yes:
    who: str
    on: datetime


@dataclass(frozen=True, slots=True)
class Version:
    """One text of the plan in clear words, and who said yes to it."""

    number: int
    author: str
    written_at: datetime
    in_force_from: datetime | None
    strategy: str
    strategy_key: str
    goals: list[Goal]
    elements: list[Element]
    yes_of_coach: Yes | None
    yes_of_youth: Yes | None

    @property
    def texts(self) -> dict[str, str]:
        return {element.key: element.words for element in self.elements}

    @property
    def open_questions(self) -> list[str]:
        """What of the eight elements nobody has written about yet."""
        goals = [] if self.goals else [gettext("Doelen")]
        return goals + [element.question for element in self.elements if not element.words]

    @property
    def parts(self) -> dict[str, str]:
        """Every piece of text under its name, to lay beside another version."""
        found: dict[str, str] = {}
        for goal in self.goals:
            name = _free(goal.name, found)
            found[name] = goal.goal
            found[gettext("%(goal)s, de jongere zegt") % {"goal": name}] = goal.youth
            found[gettext("%(goal)s, de coach zegt") % {"goal": name}] = goal.coach
        return found | {e.question: e.words for e in self.elements} | {gettext("Hoofdstrategie"): self.strategy}


def _free(name: str, taken: Mapping[str, str]) -> str:
    """This name, or with a number behind it: there may be two goals about one subject."""
    count = 2
    free = name
    while free in taken:
        free, count = f"{name} {count}", count + 1
    return free


def in_words(reader: Reader, version: PlanVersion) -> Version:
    said = {yes.owner: Yes(yes.person.first_name, yes.given_at) for yes in _yeses(version)}
    return Version(
        number=version.number,
        author=author_of(version),
        written_at=version.written_at,
        in_force_from=version.in_force_from,
        strategy=gettext(rules.STRATEGIES[version.strategy]) if version.strategy in rules.STRATEGIES else "",
        strategy_key=version.strategy,
        goals=[_goal(goal) for goal in goals_of(reader, version)],
        elements=[
            Element(name, gettext(question), reader.text(getattr(version, name)))
            for name, question in rules.ELEMENTS.items()
        ],
        yes_of_coach=said.get(Agreement.Owner.COACH),
        yes_of_youth=said.get(Agreement.Owner.YOUTH),
    )


def goals_of(reader: Reader, version: PlanVersion) -> list[dict[str, str]]:
    """What they want; one that says so where they were erased."""
    if reader.is_gone(version.goals):
        return [{"goal": gettext(GONE)}]
    return reader.json(version.goals) or []


def author_of(version: PlanVersion) -> str:
    return gettext("de jongere") if version.author.is_youth else version.author.first_name


def _yeses(version: PlanVersion) -> Iterable[Agreement]:
    return version.agreements.select_related("person")


def _goal(goal: Mapping[str, str]) -> Goal:
    domain = goal.get("domain", "")
    return Goal(
        domain=domain,
        name=gettext(DOMAINS[domain]) if domain in DOMAINS else gettext("Doel"),
        icon=DOMAIN_ICONS.get(domain, "flag"),
        goal=goal.get("goal", ""),
        youth=goal.get("youth", ""),
        coach=goal.get("coach", ""),
    )


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
    to_do = steps.in_words(reader, dossier.step_set.filter(done_on=None, dropped_on=None))
    context = {
        "youth": youth,
        "version": shown,
        "standing": standing,
        "changes": changes(standing.parts, shown.parts) if shown and standing else [],
        "steps": to_do,
        "count": texts.count(),
        "views": [reader.text(v.text) for v in dossier.view_set.filter(line=newest.pk)] if newest else [],
    }
    return render(request, "coach/plan.html", context)


@desk.coach()
def versions(request: desk.DeskRequest, pk: UUID) -> HttpResponse:
    """Every text there was, newest first. None of them was ever changed."""
    dossier = since_yes_to_read(request, pk)
    youth = people.known(request.reader, [dossier])[pk]
    found = dossier.planversion_set.select_related("author").defer("goals", *rules.ELEMENTS)
    return render(request, "coach/versions.html", {"youth": youth, "versions": _listed(found)})


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
    """An older text as it was, and what it changed in the one before."""
    dossier = since_yes_to_read(request, pk)
    reader = request.reader
    if not _is_number(str(number)):
        raise Http404
    found = dossier.planversion_set.filter(number__in=[number - 1, number]).select_related("author")
    texts = {text.number: text for text in found}
    if number not in texts:
        raise Http404
    youth = people.known(reader, [dossier], {pk: {"plan"}})[pk]
    shown = in_words(reader, texts[number])
    before = in_words(reader, texts[number - 1]) if number - 1 in texts else None
    context = {"youth": youth, "version": shown, "before": before, "changes": _between(before, shown)}
    return render(request, "coach/version.html", context)


def _between(before: Version | None, after: Version) -> list[Change]:
    return changes(before.parts, after.parts) if before else []


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
    number = request.POST.get("number", "")
    found = dossier.planversion_set.filter(number=int(number)).first() if _is_number(number) else None
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


def _is_number(text: str) -> bool:
    """A number of a version, not one that is longer than a database can look for."""
    return text.isascii() and text.isdecimal() and len(text) < 10
