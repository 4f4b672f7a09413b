"""My plan in other words. Two people may be writing at once: then he sees both texts, and he decides."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipta.base.verdict import Impossible
from ipta.dossiers.models import Dossier
from ipta.dossiers.rules import tidy
from ipta.plans import commands
from ipta.plans.models import PlanVersion
from ipta.plans.rules import ELEMENTS, MOST_GOALS
from ipta.sharing.door import Reader
from ipta.web import asking, desk, kept
from ipta.web.asking import NO_SUCH_ANSWER, NOT_WHOLE, Asking, HiddenNumber, choice, words
from ipta.web.desk import DeskRequest
from ipta.web.youth.page import asks, coach_name
from ipta.web.youth.plan import Goal, Text, opened
from ipta.web.youth.words import DOMAINS, PLAN, PLAN_HINTS, PLAN_ICONS, STRATEGIES

HIS_OWN = ("domain", "goal", "youth")


class PlanForm(Asking):
    """The elements, and the number of the text he writes on."""

    based_on = HiddenNumber(most=1_000_000)
    strategy = choice(_("Hoe pakken jullie het aan?"), [*STRATEGIES.items(), ("", _("Weet ik niet"))])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ELEMENTS:
            self.fields[name] = words(PLAN_HINTS[name], longest=4000, rows=3)


class GoalForm(Asking):
    """A goal and what he says of it. What the coach says stays as it is: that voice is not his to change."""

    beside = HiddenNumber(most=100, required=False)
    domain = forms.ChoiceField(
        label=_("Waar gaat het over?"),
        choices=[("", _("Kies")), *DOMAINS.items()],
        required=False,
        error_messages={"invalid_choice": NO_SUCH_ANSWER},
    )
    goal = words(_("Wat is het doel?"), longest=1000, rows=2)
    youth = words(_("Wat zeg jij erover?"), longest=2000, rows=2)
    before: Goal | None = None  # the same goal in the text he writes on

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("youth") and not typed.get("goal") and "goal" not in self.errors:
            self.add_error("goal", gettext("Schrijf ook het doel op. Wil je dit doel weg? Maak dan alles leeg."))
        return typed


GoalForms = forms.formset_factory(GoalForm, extra=0, max_num=MOST_GOALS, absolute_max=2 * MOST_GOALS)


@dataclass(frozen=True, slots=True)
class Box:
    """Where he writes, and the other words somebody put there meanwhile."""

    field: forms.BoundField
    now: str
    other: str

    @property
    def is_changed(self) -> bool:
        return bool(self.field.errors or self.other or _typed(self.field) != self.now)


@dataclass(frozen=True, slots=True)
class Question:
    """A piece of the plan that opens by itself: one thing at a time."""

    key: str
    name: str
    icon: str
    boxes: list[Box]
    is_open: bool
    coach: str = ""
    form: forms.Form | None = None

    @property
    def now(self) -> str:
        return self.boxes[0].now


@dataclass(slots=True)
class Draft:
    """What he is writing, on top of a text."""

    base: Text | None
    form: PlanForm
    goals: Any
    newer: Text | None = None  # came while he wrote

    def is_whole(self) -> bool:
        form_is_whole, goals_are_whole = self.form.is_valid(), self.goals.is_valid()
        self.form.tells_of(self.goals)
        out_of_sight = [fault for goal in self.goals for fault in goal.errors.get("beside", ())]
        for fault in [*self.goals.non_form_errors(), *out_of_sight]:
            self.form.add_error(None, fault)
        return form_is_whole and goals_are_whole

    @property
    def elements(self) -> dict[str, str]:
        return {name: self.form.cleaned_data[name] for name in ELEMENTS}

    @property
    def goal_words(self) -> list[dict[str, str]]:
        """The goals with the voice of the coach that stood beside them."""
        return [
            {name: goal.cleaned_data.get(name, "") for name in HIS_OWN}
            | {"coach": goal.before.coach if goal.before else ""}
            for goal in self.goals
        ]

    def questions(self, wanted: str) -> list[Question]:
        """`wanted`: the key of the one he tapped."""
        goals = [self._goal(goal, place, wanted) for place, goal in enumerate(self.goals)]
        return goals + [self._element(name, wanted) for name in ELEMENTS]

    def _element(self, name: str, wanted: str) -> Question:
        box = self._box(self.form[name], self.base.words[name] if self.base else "")
        is_open = box.is_changed or wanted == name
        return Question(name, str(PLAN[name]), PLAN_ICONS[name], [box], is_open)

    def _goal(self, goal: GoalForm, place: int, wanted: str) -> Question:
        before = goal.before
        boxes = [
            self._box(goal["goal"], before.goal if before else ""),
            self._box(goal["youth"], before.youth if before else ""),
        ]
        return Question(
            key=f"doel-{place}",
            name=gettext("Doel") if before or not place else gettext("Nog een doel"),
            icon=before.icon if before else "plus",
            boxes=boxes,
            is_open=bool(goal.errors) or any(box.is_changed for box in boxes) or wanted == f"doel-{place}",
            coach=before.coach if before else "",
            form=goal,
        )

    def _box(self, field: forms.BoundField, now: str) -> Box:
        return Box(field, now, other=now if self.newer and now != _typed(field) else "")


def _typed(field: forms.BoundField) -> str:
    return tidy(str(field.value() or ""))


@asks("youth:plan")
def propose(request: DeskRequest) -> HttpResponse:
    """A new text on top of the newest one."""
    dossier = desk.my_dossier(request)
    given, kept_at = asking.typed(request)
    draft = _draft(dossier, given, request.reader)
    if request.method != "POST":
        return _ask(request, dossier, draft, kept_at=kept_at)
    if not draft.is_whole():
        return _ask(request, dossier, draft, status=422)
    try:
        _write(request, dossier, draft)
    except commands.OutOfDate as late:
        newer = opened(late.newest, dossier, request.reader) if late.newest else None
        return _ask(request, dossier, _rebased(draft, newer), status=409)
    except Impossible as objection:
        draft.form.add_error(None, gettext(str(objection)))
        return _ask(request, dossier, draft, status=422)
    messages.success(request, gettext("Jouw tekst staat erin. Klopt het? Zeg dan ja."))
    return kept.done(request, redirect("youth:plan"))


def _write(request: DeskRequest, dossier: Dossier, draft: Draft) -> None:
    """Raises `OutOfDate` when somebody else wrote in the meantime."""
    with draft.form.sent() as is_new:
        if is_new:
            commands.propose(
                dossier,
                by=request.user,
                based_on=draft.form.cleaned_data["based_on"],
                goals=draft.goal_words,
                elements=draft.elements,
                strategy=draft.form.cleaned_data["strategy"],
            )


def _draft(dossier: Dossier, given: QueryDict | None, reader: Reader) -> Draft:
    """The words he sent or had kept; otherwise the newest text to write on."""
    version = _base(dossier, given)
    base = opened(version, dossier, reader) if version else None
    if given is None:
        return _fresh(base)
    draft = Draft(
        base,
        PlanForm(given),
        GoalForms(given, prefix="goal", error_messages={"missing_management_form": str(NOT_WHOLE)}),
    )
    for goal in draft.goals:
        goal.before = _goal_at(base, str(goal["beside"].value() or ""))
    return draft


def _base(dossier: Dossier, given: QueryDict | None) -> PlanVersion | None:
    """The text he started from; the newest one when he starts now."""
    versions = dossier.planversion_set.select_related("author")
    number = given.get("based_on", "") if given is not None else ""
    return versions.filter(number=int(number[:9])).first() if number.isdecimal() else versions.first()


def _goal_at(text: Text | None, place: str) -> Goal | None:
    goals = dict(enumerate(text.goals)) if text else {}
    return goals.get(int(place[:3])) if place.isdecimal() else None


def _fresh(base: Text | None) -> Draft:
    """Forms filled with the words of a text, and one row for a goal more."""
    if base is None:
        return _filled(None, {}, [])
    rows = [{"beside": place, **_own_words(goal)} for place, goal in enumerate(base.goals)]
    return _filled(base, base.words | {"strategy": base.strategy}, rows)


def _own_words(goal: Goal) -> dict[str, str]:
    return {"domain": goal.domain, "goal": goal.goal, "youth": goal.youth}


def _filled(base: Text | None, elements: Mapping[str, str], rows: Sequence[Mapping[str, Any]]) -> Draft:
    form = PlanForm(initial={"based_on": base.number if base else 0, **elements})
    goals: Any = GoalForms(initial=list(rows), prefix="goal")
    goals.extra = 1
    for goal in goals:
        goal.before = _goal_at(base, str(goal.initial.get("beside", "")))
    return Draft(base, form, goals)


# --- somebody else wrote too ----------------------------------------------------------


def _rebased(draft: Draft, newer: Text | None) -> Draft:
    """His words on top of the newer text. Goals that came meanwhile stand below his; he may empty them."""
    places = {goal: place for place, goal in enumerate(newer.goals)} if newer else {}
    rows, found = [], set()
    for goal in draft.goals:
        match = _counterpart(goal.before, places)
        found.add(match)
        own = {name: goal.cleaned_data.get(name, "") for name in HIS_OWN}
        if any(own.values()):
            rows.append({"beside": places.get(match, "") if match else "", **own})
    rows += [{"beside": place, **_own_words(goal)} for goal, place in places.items() if goal not in found]
    elements = draft.elements | {"strategy": draft.form.cleaned_data["strategy"]}
    rebased = _filled(newer, elements, rows)
    rebased.newer = newer
    return rebased


def _counterpart(before: Goal | None, places: Mapping[Goal, int]) -> Goal | None:
    """Where his goal stands in the newer text: the same words, or else the only goal about the same."""
    if before is None:
        return None
    alike = [goal for goal in places if goal.goal == before.goal and goal.domain == before.domain]
    about = [goal for goal in places if goal.domain == before.domain]
    return next(iter(alike or (about if len(about) == 1 else [])), None)


# --- showing --------------------------------------------------------------------------


def _ask(
    request: DeskRequest, dossier: Dossier, draft: Draft, *, status: int = 200, kept_at: datetime | None = None
) -> HttpResponse:
    wanted = request.GET.get("deel", "" if draft.base else "most_important")
    context = {
        "dossier": dossier,
        "draft": draft,
        "form": draft.form,
        "questions": draft.questions(wanted),
        "is_strategy_wanted": wanted == "strategy",
        "is_first": draft.base is None,
        "is_kept": kept_at is not None,
        "kept_at": kept_at,
        "coach": coach_name(dossier),
    }
    return render(request, "youth/propose.html", context, status=status)
