"""Writing the plan. Each text is a new version, and two people may be writing at once: then a person decides."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipta.base.verdict import Impossible
from ipta.dossiers.models import Dossier
from ipta.dossiers.rules import DOMAINS, tidy
from ipta.plans import rules
from ipta.plans.rules import GOAL_WORDS, MOST_GOALS, Draft
from ipta.sharing.door import Reader
from ipta.web import asking, desk, kept
from ipta.web.asking import NOT_WHOLE, Asking, HiddenNumber, TidyWords, choice, words
from ipta.web.at_table import and_back
from ipta.web.coach import people, scan
from ipta.web.coach.plan import ICONS, in_words
from ipta.web.coach.yes_first import dossier_since_yes
from ipta.web.plan_text import (
    EMPTY,
    Clash,
    Text,
    Written,
    initial_of,
    key_in,
    laid_out,
    pieces_of,
    write,
    written_together,
)
from ipta.web.plan_versions import number_in

LITTLE = 2  # a level at which something does not go well


class GoalForm(Asking):
    """One goal, and what each of the two says of it."""

    key = TidyWords(required=False, widget=forms.HiddenInput())
    goal = words(_("Wat is het doel?"), longest=500, rows=2)
    domain = choice(_("Waar gaat het over?"), [("", _("Kies een onderwerp")), *((k, _(v)) for k, v in DOMAINS.items())])
    youth = words(_("Wat zegt de jongere?"), longest=1000, rows=2)
    coach = words(_("Wat zeg jij als coach?"), longest=1000, rows=2)
    strategy = choice(
        _("Welke aanpak past bij dit doel?"),
        [("", _("Weet ik nog niet")), *((k, _(v)) for k, v in rules.STRATEGIES.items())],
    )
    theirs: Sequence[tuple[str, str]] = ()  # what somebody else wrote there meanwhile

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("domain", "strategy"):
            self.fields[name].widget = forms.Select(choices=self.fields[name].choices)  # type: ignore[attr-defined]

    @property
    def is_wanted(self) -> bool:
        """New, or there is something to look at."""
        return bool(self.theirs or self.errors or not self["goal"].value())

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if not typed.get("goal") and (typed.get("youth") or typed.get("coach")) and "goal" not in self.errors:
            self.add_error("goal", gettext("Schrijf ook het doel op, dan gaat er niets verloren."))
        return typed


GoalSet = forms.formset_factory(GoalForm, extra=0, max_num=MOST_GOALS, absolute_max=2 * MOST_GOALS, validate_max=True)


@dataclass(frozen=True, slots=True)
class Asked:
    """One element: both voices, and what they once wrote together. It opens by itself: one thing at a time."""

    name: str
    icon: str
    youth: forms.BoundField
    coach: forms.BoundField
    together: forms.BoundField | None
    choice: forms.BoundField | None
    theirs: list[tuple[str, str]]

    @property
    def _fields(self) -> list[forms.BoundField]:
        return [field for field in (self.together, self.youth, self.coach) if field]

    @property
    def now(self) -> str:
        return " · ".join(filter(None, (str(field.value() or "") for field in self._fields)))

    @property
    def is_wanted(self) -> bool:
        """There is something to look at."""
        asked = [*self._fields, *([self.choice] if self.choice else [])]
        return bool(self.theirs) or any(field.errors for field in asked)


class PlanForm(Asking):
    """The other elements, and the number of the text it is written on top of."""

    based_on = HiddenNumber(most=1_000_000)
    together = TidyWords(required=False, widget=forms.HiddenInput())  # which elements stand in a text of both
    strategy = choice(
        _("Welke aanpak past nu het best?"),
        [*((k, _(v)) for k, v in rules.STRATEGIES.items()), ("", _("Weet ik nog niet"))],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shared = written_together(self["together"].value())
        self.theirs: Mapping[str, str] = {}
        for name in rules.SPOKEN_OF:
            self.fields[f"{name}-youth"] = words(_("Wat zegt de jongere?"), longest=asking.LONG, rows=2)
            self.fields[f"{name}-coach"] = words(_("Wat zeg jij als coach?"), longest=asking.LONG, rows=2)
        for name in self.shared:
            self.fields[name] = words(_("Samen schreven jullie"), longest=asking.LONG, rows=3)

    @property
    def elements(self) -> list[Asked]:
        asked = [self._asked(name, gettext(question)) for name, question in rules.ELEMENTS.items()]
        return [*asked, self._asked("approach", gettext("Hoofdstrategie"), self["strategy"])]

    def _asked(self, name: str, question: str, choice: forms.BoundField | None = None) -> Asked:
        said = {"youth": gettext("De jongere"), "coach": gettext("De coach")}
        other = [(who, self.theirs.get(f"{name}/{voice}", "")) for voice, who in said.items()]
        other.append((gettext("Samen"), self.theirs.get(choice.name if choice else name, "")))
        together = self[name] if name in self.shared else None
        theirs = [(who, text) for who, text in other if text]
        return Asked(question, ICONS[name], self[f"{name}-youth"], self[f"{name}-coach"], together, choice, theirs)

    @property
    def pieces(self) -> dict[str, str]:
        return pieces_of(self.cleaned_data)


class Writing:
    """Both forms together, as they are typed, sent and put together with another's."""

    def __init__(self, typed: QueryDict | None, base: Text | None, newest: Text | None) -> None:
        self.base = base
        if typed is None:
            self.form, self.goals = _filled(newest.draft if newest else EMPTY, newest)
        else:
            said = {
                "too_many_forms": gettext("Houd het bij dertien doelen."),
                "missing_management_form": str(NOT_WHOLE),
            }
            self.form = PlanForm(typed)
            self.goals = GoalSet(typed, prefix="doel", error_messages=said)

    def is_valid(self) -> bool:
        """Both are looked at, so that every objection is said at once."""
        forms_are_valid = [self.form.is_valid(), self.goals.is_valid()]
        self.form.tells_of(self.goals)
        if not self.goals.is_valid():
            self._point_at_goals()
        if all(forms_are_valid) and not (self.draft.goals or any(self.draft.pieces.values())):
            self.form.add_error(None, gettext("Schrijf minstens één ding op."))
        return self.form.is_valid() and self.goals.is_valid()

    def _point_at_goals(self) -> None:
        for number, goal in enumerate(self.goals, start=1):
            if goal.errors:
                self.form.add_error(None, gettext("Kijk nog even naar doel %(number)s.") % {"number": number})
        for fault in self.goals.non_form_errors():
            self.form.add_error(None, fault)

    @cached_property
    def draft(self) -> Draft:
        """Who takes the words of a goal out, takes the goal out."""
        cleaned = [goal.cleaned_data for goal in self.goals if goal.cleaned_data.get("goal")]
        goals = {key_in(goal["key"], self.base): {name: tidy(goal[name]) for name in GOAL_WORDS} for goal in cleaned}
        return Draft(goals, self.form.pieces)

    @property
    def written(self) -> Written:
        return Written(self.base, self.draft, by_youth=False)


def _filled(draft: Draft, on: Text | None) -> tuple[PlanForm, Any]:
    """These words to write on from, with room for a goal more."""
    rows = [{"key": key, **goal} for key, goal in draft.goals.items()]
    goals: Any = GoalSet(initial=rows, prefix="doel")
    goals.extra = 0 if len(rows) >= MOST_GOALS else 1
    return PlanForm(initial=initial_of(draft, on)), goals


@desk.coach("GET", "HEAD", "POST")
@and_back
def propose(request: desk.DeskRequest, pk: UUID) -> HttpResponse:
    """Write the plan, or a new text of it. Where both changed the same words, a person decides."""
    dossier = dossier_since_yes(request, pk)
    youth = people.known(request.reader, [dossier], {pk: {"plan", "scores"}})[pk]
    typed, kept_at = asking.typed(request)
    base, newest = _texts(request.reader, dossier, typed)
    seen = _seen(request.reader, dossier)
    if request.method == "POST" and "erbij" in request.POST:
        return _page(request, youth, Writing(_one_more(request.POST), base, newest), status=200, seen=seen)
    writing = Writing(typed, base, newest)
    writing.form.is_kept, writing.form.kept_at = kept_at is not None, kept_at
    if request.method == "POST" and writing.is_valid():
        return _send(request, dossier, writing, youth)
    return _page(request, youth, writing, seen=seen)


def _texts(reader: Reader, dossier: Dossier, typed: QueryDict | None) -> tuple[Text | None, Text | None]:
    """The text that was written on, and the newest one."""
    texts = dossier.planversion_set.select_related("author")
    newest = texts.first()
    shown = in_words(reader, newest) if newest else None
    number = number_in(typed.get("based_on", "")) if typed is not None else None
    if newest is None or number is None or number == newest.number:
        return shown, shown
    base = texts.filter(number=number).first()
    return (in_words(reader, base) if base else None), shown


def _seen(reader: Reader, dossier: Dossier) -> list[scan.Line]:
    """What the scan showed that may want a goal: where one of the two sees little going well, or they differ."""
    lines = scan.lines_of(*scan.voices_of(reader, dossier))
    return [line for line in lines if line.is_worth_a_talk or line.lowest <= LITTLE]


def _one_more(typed: QueryDict) -> QueryDict:
    """The same words with room for a goal more."""
    more = typed.copy()
    count = typed.get("doel-TOTAL_FORMS", "")
    if count.isdecimal() and len(count) < 4:
        more["doel-TOTAL_FORMS"] = str(min(int(count) + 1, MOST_GOALS))
    return more


def _send(request: desk.DeskRequest, dossier: Dossier, writing: Writing, youth: people.Youth) -> HttpResponse:
    if writing.written.is_same:
        messages.info(request, gettext("Er is niets veranderd. De tekst blijft zoals hij was."))
        return kept.done(request, redirect("coach:plan", dossier.pk))
    try:
        is_together = _write(request, dossier, writing)
    except Clash as clash:
        return _clash(request, clash, youth)
    except Impossible as objection:
        writing.form.add_error(None, gettext(str(objection)))
        return _page(request, youth, writing)
    if is_together:
        messages.info(request, gettext("Er kwam net nog een tekst. Jullie woorden staan er nu allebei in."))
    messages.success(request, gettext("De nieuwe tekst staat klaar. Nu allebei nog ja zeggen."))
    return kept.done(request, redirect("coach:plan", dossier.pk))


def _write(request: desk.DeskRequest, dossier: Dossier, writing: Writing) -> bool:
    """Pressed twice it is written once. What waits for a person was not sent yet."""
    with writing.form.sent() as is_first:
        if not is_first:
            return False
        return write(dossier, writing.written, lambda newest: in_words(request.reader, newest), by=request.user)


def _clash(request: desk.DeskRequest, clash: Clash, youth: people.Youth) -> HttpResponse:
    """Both texts on one page: theirs to read, ours still in the fields. Sending again goes on top of theirs."""
    again = Writing(None, clash.newest, clash.newest)
    again.form, again.goals = _filled(clash.merged.draft, clash.newest)
    again.form.theirs = clash.theirs
    for goal in again.goals:
        goal.theirs = clash.of_goal(goal.initial.get("key", ""))
    return _page(request, youth, again, status=409, newest=clash.newest, changes=clash.changes)


def _page(
    request: desk.DeskRequest, youth: people.Youth, writing: Writing, status: int = 0, **context: Any
) -> HttpResponse:
    context = {"newest": None, "changes": [], "seen": [], **context}
    newest = context["newest"]
    return asking.shown(
        request,
        "coach/propose.html",
        writing.form,
        status=status,
        youth=youth,
        goals=writing.goals,
        has_room=writing.goals.total_form_count() < MOST_GOALS,
        rows=laid_out(newest, {})[0],
        **context,
    )
