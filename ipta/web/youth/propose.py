"""My plan in other words. Two people may be writing at once: then he sees both texts, and he decides."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
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
from ipta.plans.rules import ELEMENTS, MOST_GOALS, SPOKEN_OF, Draft
from ipta.sharing.door import Reader
from ipta.web import asking, desk, kept
from ipta.web.asking import NO_SUCH_ANSWER, NOT_WHOLE, Asking, HiddenNumber, TidyWords, choice, words
from ipta.web.at_table import and_back
from ipta.web.desk import DeskRequest
from ipta.web.plan_text import (
    EMPTY,
    Clash,
    Goal,
    Text,
    Written,
    initial_of,
    key_in,
    pieces_of,
    write,
    written_together,
)
from ipta.web.plan_versions import number_in
from ipta.web.youth.page import asks, coach_name
from ipta.web.youth.plan import opened
from ipta.web.youth.words import DOMAINS, PLAN, PLAN_HINTS, PLAN_ICONS, STRATEGIES

HIS_OWN = ("domain", "goal", "youth", "strategy")


class PlanForm(Asking):
    """What he says of each element, and the number of the text he writes on."""

    based_on = HiddenNumber(most=1_000_000)
    together = TidyWords(required=False, widget=forms.HiddenInput())  # which pieces stand in a text of both
    strategy = choice(_("Hoe pakken jullie het aan?"), [*STRATEGIES.items(), ("", _("Weet ik niet"))])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shared = written_together(self["together"].value())
        for name in SPOKEN_OF:
            self.fields[f"{name}-youth"] = words(PLAN_HINTS[name], longest=4000, rows=3)
        for name in self.shared:
            self.fields[name] = words(_("Dit schreven jullie samen"), longest=4000, rows=3)

    @property
    def pieces(self) -> dict[str, str]:
        return pieces_of(self.cleaned_data)


class GoalForm(Asking):
    """A goal and what he says of it. What the coach says stays as it is: that voice is not his to change."""

    key = TidyWords(required=False, widget=forms.HiddenInput())
    domain = forms.ChoiceField(
        label=_("Waar gaat het over?"),
        choices=[("", _("Kies")), *DOMAINS.items()],
        required=False,
        error_messages={"invalid_choice": NO_SUCH_ANSWER},
    )
    goal = words(_("Wat is het doel?"), longest=1000, rows=2)
    youth = words(_("Wat zeg jij erover?"), longest=2000, rows=2)
    strategy = forms.ChoiceField(
        label=_("Hoe pakken jullie dit doel aan?"),
        choices=[("", _("Weet ik niet")), *STRATEGIES.items()],
        required=False,
        error_messages={"invalid_choice": NO_SUCH_ANSWER},
    )
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
    now: str
    coach: str = ""
    form: GoalForm | None = None
    choice: forms.BoundField | None = None


@dataclass(slots=True)
class Page:
    """What he is writing, on top of a text."""

    base: Text | None
    form: PlanForm
    goals: Any
    newer: Text | None = None  # came while he wrote
    theirs: Mapping[str, str] = field(default_factory=dict)  # what stands in it where both changed the same

    def is_whole(self) -> bool:
        form_is_whole, goals_are_whole = self.form.is_valid(), self.goals.is_valid()
        self.form.tells_of(self.goals)
        out_of_sight = [fault for goal in self.goals for fault in goal.errors.get("key", ())]
        for fault in [*self.goals.non_form_errors(), *out_of_sight]:
            self.form.add_error(None, fault)
        return form_is_whole and goals_are_whole

    @property
    def written(self) -> Written:
        """His own words on top of the text; the voice of the coach stays beside them."""
        before = self.base.draft if self.base else EMPTY
        goals = {}
        for goal in self.goals:
            typed = {name: goal.cleaned_data.get(name, "") for name in HIS_OWN}
            if typed["goal"]:
                key = key_in(goal.cleaned_data.get("key", ""), self.base)
                goals[key] = typed | {"coach": goal.before.coach if goal.before else ""}
        return Written(self.base, Draft(goals, {**before.pieces, **self.form.pieces}), by_youth=True)

    def questions(self, wanted: str) -> list[Question]:
        """`wanted`: the key of the one he tapped."""
        goals = [self._goal(goal, place, wanted) for place, goal in enumerate(self.goals)]
        return [*goals, *(self._element(name, wanted) for name in ELEMENTS), self._approach(wanted)]

    def _element(self, name: str, wanted: str) -> Question:
        part = next((part for part in self.base.parts if part.key == name), None) if self.base else None
        boxes = [self._box(self.form[f"{name}-youth"], f"{name}/youth", part.youth if part else "")]
        if name in self.form.shared:
            boxes.append(self._box(self.form[name], name, part.text if part else ""))
        is_open = any(box.is_changed for box in boxes) or wanted == name
        now = part.youth or part.text if part else ""
        return Question(name, str(PLAN[name]), PLAN_ICONS[name], boxes, is_open, now, part.coach if part else "")

    def _approach(self, wanted: str) -> Question:
        part = self.base.approach if self.base else None
        box = self._box(self.form["approach-youth"], "approach/youth", part.youth if part else "")
        chosen = self.form["strategy"]
        other = self.theirs.get("strategy", "")
        return Question(
            key="approach",
            name=gettext("Zo pakken jullie het aan"),
            icon=PLAN_ICONS["approach"],
            boxes=[replace(box, other=" ".join(filter(None, [other, box.other])))],
            is_open=box.is_changed or bool(chosen.errors or other) or wanted in {"approach", "strategy"},
            now=self.base.strategy_words if self.base else "",
            coach=part.coach if part else "",
            choice=chosen,
        )

    def _goal(self, goal: GoalForm, place: int, wanted: str) -> Question:
        before = goal.before
        key = before.key if before else ""
        boxes = [
            self._box(goal["goal"], f"{key}/goal", before.goal if before else ""),
            self._box(goal["youth"], f"{key}/youth", before.youth if before else ""),
        ]
        return Question(
            key=f"doel-{place}",
            name=gettext("Doel") if before or not place else gettext("Nog een doel"),
            icon=before.icon if before else "plus",
            boxes=boxes,
            is_open=bool(goal.errors)
            or any(box.is_changed for box in boxes)
            or wanted in {f"doel-{place}", key or "-"},
            now=boxes[0].now,
            coach=before.coach if before else "",
            form=goal,
        )

    def _box(self, bound: forms.BoundField, name: str, now: str) -> Box:
        return Box(bound, now, other=self.theirs.get(name, ""))


def _typed(bound: forms.BoundField) -> str:
    return tidy(str(bound.value() or ""))


@asks("youth:plan")
@and_back
def propose(request: DeskRequest) -> HttpResponse:
    """A new text on top of the newest one."""
    dossier = desk.my_dossier(request)
    given, kept_at = asking.typed(request)
    page = _page(dossier, given, request.reader)
    if request.method != "POST":
        return _ask(request, dossier, page, kept_at=kept_at)
    if not page.is_whole():
        return _ask(request, dossier, page, status=422)
    if page.written.is_same:
        messages.info(request, gettext("Je veranderde niets. De tekst blijft zo."))
        return kept.done(request, redirect("youth:plan"))
    try:
        is_together = _write(request, dossier, page)
    except Clash as clash:
        return _ask(request, dossier, _decides(clash), status=409)
    except Impossible as objection:
        page.form.add_error(None, gettext(str(objection)))
        return _ask(request, dossier, page, status=422)
    if is_together:
        messages.info(request, gettext("Er kwam net nog een tekst bij. Alle woorden staan er nu in."))
    messages.success(request, gettext("Jouw tekst staat erin. Klopt het? Zeg dan ja."))
    return kept.done(request, redirect("youth:plan"))


def _write(request: DeskRequest, dossier: Dossier, page: Page) -> bool:
    """Pressed twice it is written once. Raises `Clash` when somebody else changed the same words meanwhile."""
    with page.form.sent() as is_first:
        if not is_first:
            return False
        return write(dossier, page.written, lambda newest: opened(newest, dossier, request.reader), by=request.user)


def _page(dossier: Dossier, given: QueryDict | None, reader: Reader) -> Page:
    """The words he sent or had kept; otherwise the newest text to write on."""
    versions = dossier.planversion_set.select_related("author")
    newest = versions.first()
    number = number_in(given.get("based_on", "")) if given is not None else None
    if number is None or (newest is not None and newest.number == number):
        version = newest
    else:
        version = versions.filter(number=number).first()
    base = opened(version, dossier, reader) if version else None
    if given is None:
        return _filled(base, base.draft if base else EMPTY)
    page = Page(
        base,
        PlanForm(given),
        GoalForms(given, prefix="goal", error_messages={"missing_management_form": str(NOT_WHOLE)}),
    )
    _lay_beside(page)
    return page


def _filled(base: Text | None, draft: Draft) -> Page:
    """Forms filled with words, and one row for a goal more."""
    goals: Any = GoalForms(initial=[{"key": key, **goal} for key, goal in draft.goals.items()], prefix="goal")
    goals.extra = 1
    page = Page(base, PlanForm(initial=initial_of(draft, base)), goals)
    _lay_beside(page)
    return page


def _lay_beside(page: Page) -> None:
    """To each goal the same one in the text he writes on."""
    known = {goal.key: goal for goal in page.base.goals} if page.base else {}
    for goal in page.goals:
        goal.before = known.get(str(goal["key"].value() or ""))


def _decides(clash: Clash) -> Page:
    """His words on top of the newer text, with the other words where both changed the same."""
    page = _filled(clash.newest, clash.merged.draft)
    page.newer, page.theirs = clash.newest, clash.theirs
    return page


def _ask(
    request: DeskRequest, dossier: Dossier, page: Page, *, status: int = 200, kept_at: datetime | None = None
) -> HttpResponse:
    wanted = request.GET.get("deel", "" if page.base else "most_important")
    context = {
        "dossier": dossier,
        "draft": page,
        "form": page.form,
        "questions": page.questions(wanted),
        "is_first": page.base is None,
        "is_kept": kept_at is not None,
        "kept_at": kept_at,
        "coach": coach_name(dossier),
    }
    return render(request, "youth/propose.html", context, status=status)
