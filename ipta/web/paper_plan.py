"""The plan on paper: whole, in the words of the youth's desk, and on one page for a pocket in large letters."""

from textwrap import shorten
from typing import Any, Final

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext

from ipta.dossiers.models import Dossier
from ipta.plans.models import PlanVersion
from ipta.sharing.door import GONE, Reader
from ipta.web import printing
from ipta.web.templatetags.ipta_ui import day, short_day
from ipta.web.youth.page import coach_name
from ipta.web.youth.plan import Goal, Text, opened
from ipta.web.youth.steps import StepLine, steps_of

# What fits on a page that a hand can hide, in letters one reads without glasses.
MOST_GOALS: Final = 3
MOST_STEPS: Final = 3
LONGEST: Final = 90


def newest(dossier: Dossier) -> PlanVersion:
    """The text he and his coach go by now, or have before them; nothing to print is not found."""
    version = dossier.planversion_set.select_related("author").first()
    if version is None:
        raise Http404
    return version


def whole(reader: Reader, dossier: Dossier, version: PlanVersion, called: str) -> HttpResponse:
    """Everything that stands in this text of the plan, with the steps that go with it."""
    text, coach = opened(version, dossier, reader), coach_name(dossier)
    data = {
        **_head(),
        "heading": gettext("Het plan van %(name)s") % {"name": called} if called else gettext("Mijn plan"),
        "lead": _stands(text, coach),
        "gone": gettext(GONE) if reader.is_gone(version.goals) else "",
        "foot": date_format(timezone.localdate(), "j F Y"),
        "goals": [_goal(goal, coach) for goal in text.goals],
        "parts": [{"name": part.name, "text": part.text} for part in text.said],
        "steps_title": gettext("Wie doet wat?"),
        "columns": ["", gettext("Wat"), gettext("Wie"), gettext("Wanneer")],
        "done": gettext("gedaan"),
        "steps": [_step(step) for step in steps_of(dossier, reader)],
        "yeses": _yeses(text, coach),
    }
    if text.strategy_words:
        data["parts"].append({"name": gettext("Zo pakken jullie het aan"), "text": text.strategy_words})
    return _answer(printing.pdf("plan.typ", data), "mijn-plan.pdf")


def pocket(reader: Reader, dossier: Dossier, version: PlanVersion) -> HttpResponse:
    """What he wants and what he does next, on one page."""
    text, coach = opened(version, dossier, reader), coach_name(dossier)
    mine = [step for step in steps_of(dossier, reader) if step.is_mine and not step.done_on][:MOST_STEPS]
    data = {
        **_head(),
        "goals": [_short(goal.goal) for goal in text.goals[:MOST_GOALS]],
        "steps_title": gettext("Dit doe ik nu"),
        "steps": [{"text": _short(step.text), "day": short_day(step.due_on) if step.due_on else ""} for step in mine],
        "coach": gettext("Lukt het niet? Bel %(coach)s.") % {"coach": coach},
    }
    return _answer(printing.pdf("pocket.typ", data), "mijn-plan-klein.pdf")


def _head() -> dict[str, Any]:
    return {"title": gettext("Mijn plan"), "lang": (get_language() or "nl")[:2]}


def _answer(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return answer


def _stands(text: Text, coach: str) -> str:
    if text.in_force_from:
        return gettext("Jij en %(coach)s zeiden allebei ja. Dit plan geldt nu.") % {"coach": coach}
    return gettext("Dit is een voorstel. Het geldt als jullie allebei ja zeggen.")


def _goal(goal: Goal, coach: str) -> dict[str, Any]:
    says = gettext("%(coach)s zegt") % {"coach": coach}
    voices = [(gettext("Jij zegt"), goal.youth, True), (says, goal.coach, False)]
    return {
        "name": goal.name or gettext("Doel"),
        "text": goal.goal,
        "voices": [{"who": who, "text": said, "mine": is_mine} for who, said, is_mine in voices if said],
    }


def _step(step: StepLine) -> dict[str, Any]:
    when = step.done_on or step.due_on
    return {"text": step.text, "who": step.owner, "day": short_day(when) if when else "", "done": bool(step.done_on)}


def _yeses(text: Text, coach: str) -> list[str]:
    said = []
    if text.youth_said_yes:
        said.append(gettext("Jij zei ja op %(day)s.") % {"day": day(text.youth_said_yes)})
    if text.coach_said_yes:
        said.append(gettext("%(coach)s zei ja op %(day)s.") % {"coach": coach, "day": day(text.coach_said_yes)})
    return said


def _short(text: str) -> str:
    return shorten(text, LONGEST, placeholder="…")
