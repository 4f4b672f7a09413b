"""Writing the plan. Each text is a new version, and two people may be writing at once: then a person decides."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipta.base.verdict import Impossible
from ipta.dossiers.models import Dossier
from ipta.dossiers.rules import DOMAINS, tidy
from ipta.plans import commands, rules
from ipta.plans.rules import MOST_GOALS
from ipta.sharing.door import Reader
from ipta.web import asking, desk, kept
from ipta.web.asking import NOT_WHOLE, Asking, HiddenNumber, choice, words
from ipta.web.coach import people, scan
from ipta.web.coach.difference import changes
from ipta.web.coach.plan import Version, in_words
from ipta.web.coach.yes_first import dossier_since_yes

LITTLE = 2  # a level at which something does not go well
GOAL = ("domain", "goal", "youth", "coach")


class GoalForm(Asking):
    """One goal, and what each of the two says of it."""

    domain = choice(_("Waar gaat het over?"), [("", _("Kies een onderwerp")), *((k, _(v)) for k, v in DOMAINS.items())])
    goal = words(_("Wat is het doel?"), longest=500, rows=2)
    youth = words(_("Wat zegt de jongere?"), longest=1000, rows=2)
    coach = words(_("Wat zeg jij als coach?"), longest=1000, rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["domain"].widget = forms.Select(choices=self.fields["domain"].choices)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if not typed.get("goal") and (typed.get("youth") or typed.get("coach")) and "goal" not in self.errors:
            self.add_error("goal", gettext("Schrijf ook het doel op, dan gaat er niets verloren."))
        return typed


GoalSet = forms.formset_factory(GoalForm, extra=0, max_num=MOST_GOALS, absolute_max=2 * MOST_GOALS, validate_max=True)


class PlanForm(Asking):
    """The other elements, and the number of the text it is written on top of."""

    based_on = HiddenNumber(most=1_000_000)
    strategy = choice(
        _("Welke aanpak past nu het best?"),
        [*((k, _(v)) for k, v in rules.STRATEGIES.items()), ("", _("Weet ik nog niet"))],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, question in rules.ELEMENTS.items():
            self.fields[name] = words(gettext(question), longest=asking.LONG, rows=3)

    @property
    def elements(self) -> list[forms.BoundField]:
        return [self[name] for name in rules.ELEMENTS]


class Writing:
    """Both forms together, as they are typed, sent and compared."""

    def __init__(self, typed: QueryDict | None, before: Version | None) -> None:
        if typed is None:
            self.form, self.goals = self._fresh(before)
        else:
            said = {
                "too_many_forms": gettext("Houd het bij dertien doelen."),
                "missing_management_form": str(NOT_WHOLE),
            }
            self.form, self.goals = PlanForm(typed), GoalSet(typed, prefix="doel", error_messages=said)

    def _fresh(self, before: Version | None) -> tuple[PlanForm, Any]:
        """The newest text to write on from, with room for a goal more."""
        initial: dict[str, Any] = {"based_on": before.number if before else 0}
        texts = []
        if before:
            initial |= before.texts | {"strategy": before.strategy_key}
            texts = [{name: getattr(goal, name) for name in GOAL} for goal in before.goals]
        goals = GoalSet(initial=texts, prefix="doel")
        goals.extra = 0 if len(texts) >= MOST_GOALS else 1
        return PlanForm(initial=initial), goals

    def is_valid(self) -> bool:
        """Both are looked at, so that every objection is said at once."""
        forms_are_valid = [self.form.is_valid(), self.goals.is_valid()]
        self.form.tells_of(self.goals)
        if not self.goals.is_valid():
            self._point_at_goals()
        if all(forms_are_valid) and not any([self.goal_texts, *self.texts.values()]):
            self.form.add_error(None, gettext("Schrijf minstens één ding op."))
        return self.form.is_valid() and self.goals.is_valid()

    def _point_at_goals(self) -> None:
        for number, goal in enumerate(self.goals, start=1):
            if goal.errors:
                self.form.add_error(None, gettext("Kijk nog even naar doel %(number)s.") % {"number": number})
        for fault in self.goals.non_form_errors():
            self.form.add_error(None, fault)

    @property
    def goal_texts(self) -> list[dict[str, str]]:
        cleaned = [goal.cleaned_data for goal in self.goals]
        return [{name: tidy(goal[name]) for name in GOAL} for goal in cleaned if goal.get("goal")]

    @property
    def texts(self) -> dict[str, str]:
        return {name: tidy(self.form.cleaned_data[name]) for name in rules.ELEMENTS}

    @property
    def strategy(self) -> str:
        return str(self.form.cleaned_data["strategy"])

    def is_same_as(self, before: Version | None) -> bool:
        """Whether nothing would change: a new version would ask both for a new yes."""
        if before is None:
            return False
        goals = [tuple(goal[name] for name in GOAL) for goal in self.goal_texts]
        there = [tuple(getattr(goal, name) for name in GOAL) for goal in before.goals]
        return (goals, self.texts, self.strategy) == (there, before.texts, before.strategy_key)


@desk.coach("GET", "HEAD", "POST")
def propose(request: desk.DeskRequest, pk: UUID) -> HttpResponse:
    """Write the plan, or a new text of it. Somebody else's newer text is shown beside, and a person decides."""
    dossier = dossier_since_yes(request, pk)
    youth = people.known(request.reader, [dossier], {pk: {"plan", "scores"}})[pk]
    before = _newest(request, dossier)
    seen = _seen(request.reader, dossier)
    typed, kept_at = asking.typed(request)
    if request.method == "POST" and "erbij" in request.POST:
        return _page(request, youth, Writing(_one_more(request.POST), before), status=200, seen=seen)
    writing = Writing(typed, before)
    writing.form.is_kept, writing.form.kept_at = kept_at is not None, kept_at
    if request.method == "POST" and writing.is_valid():
        return _send(request, dossier, writing, before, youth)
    return _page(request, youth, writing, seen=seen)


def _seen(reader: Reader, dossier: Dossier) -> list[scan.Line]:
    """What the scan showed that may want a goal: where one of the two sees little going well, or they differ."""
    lines = scan.lines_of(*scan.voices_of(reader, dossier))
    return [line for line in lines if line.is_worth_a_talk or line.lowest <= LITTLE]


def _newest(request: desk.DeskRequest, dossier: Dossier) -> Version | None:
    newest = dossier.planversion_set.select_related("author").first()
    return in_words(request.reader, newest) if newest else None


def _one_more(typed: QueryDict) -> QueryDict:
    """The same words with room for a goal more."""
    more = typed.copy()
    count = typed.get("doel-TOTAL_FORMS", "")
    if count.isdecimal() and len(count) < 4:
        more["doel-TOTAL_FORMS"] = str(min(int(count) + 1, MOST_GOALS))
    return more


def _send(
    request: desk.DeskRequest, dossier: Dossier, writing: Writing, before: Version | None, youth: people.Youth
) -> HttpResponse:
    if writing.is_same_as(before):
        messages.info(request, gettext("Er is niets veranderd. De tekst blijft zoals hij was."))
        return kept.done(request, redirect("coach:plan", dossier.pk))
    try:
        _write(request, dossier, writing)
    except commands.OutOfDate:
        return _clash(request, dossier, writing, youth)
    except Impossible as objection:
        writing.form.add_error(None, gettext(str(objection)))
        return _page(request, youth, writing)
    messages.success(request, gettext("De nieuwe tekst staat klaar. Nu allebei nog ja zeggen."))
    return kept.done(request, redirect("coach:plan", dossier.pk))


def _write(request: desk.DeskRequest, dossier: Dossier, writing: Writing) -> None:
    with writing.form.sent() as is_first:
        if is_first:
            commands.propose(
                dossier,
                by=request.user,
                based_on=writing.form.cleaned_data["based_on"],
                goals=writing.goal_texts,
                elements=writing.texts,
                strategy=writing.strategy,
            )


def _clash(request: desk.DeskRequest, dossier: Dossier, sent: Writing, youth: people.Youth) -> HttpResponse:
    """Both texts on one page: theirs to read, ours still in the fields. Sending again goes on top of theirs."""
    newest = _newest(request, dossier)
    begun_from = sent.form.cleaned_data["based_on"]
    older = dossier.planversion_set.filter(number=begun_from).select_related("author").first()
    again = request.POST.copy()
    again["based_on"] = str(newest.number if newest else 0)
    writing = Writing(again, newest)
    writing.is_valid()
    context = {
        "newest": newest,
        "changes": changes(in_words(request.reader, older).parts if older else {}, newest.parts) if newest else [],
    }
    return _page(request, youth, writing, status=409, **context)


def _page(
    request: desk.DeskRequest, youth: people.Youth, writing: Writing, status: int = 0, **context: Any
) -> HttpResponse:
    context = {"newest": None, "changes": [], "seen": [], **context}
    return asking.shown(
        request,
        "coach/propose.html",
        writing.form,
        status=status,
        youth=youth,
        goals=writing.goals,
        has_room=writing.goals.total_form_count() < MOST_GOALS,
        **context,
    )
