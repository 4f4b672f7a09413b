"""The plan on paper: whole, in the words of the youth's desk, and on one page for a pocket in large letters."""

from collections.abc import Iterable, Iterator
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
from ipta.web.plan_scan import seen_at
from ipta.web.plan_text import Goal, Part, Row, Seen, Text, laid_out
from ipta.web.templatetags.ipta_ui import day, short_day
from ipta.web.youth.page import coach_name
from ipta.web.youth.plan import opened
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
    goals, others = laid_out(text, seen_at(reader, dossier, text), steps_of(dossier, reader))
    data = {
        **_head(),
        "heading": gettext("Het plan van %(name)s") % {"name": called} if called else gettext("Mijn plan"),
        "lead": _stands(text, coach),
        "gone": gettext(GONE) if reader.is_gone(version.goals) else "",
        "foot": date_format(timezone.localdate(), "j F Y"),
        "goals": [_goal(row, coach) for row in goals],
        "parts": [_part(part, part.text, coach) for part in text.said],
        "steps_title": gettext("Wie doet nog meer?") if any(row.steps for row in goals) else gettext("Wie doet wat?"),
        "columns": ["", gettext("Wat"), gettext("Wie"), gettext("Wanneer")],
        "done": gettext("gedaan"),
        "steps": _steps(others),
        "yeses": _yeses(text, coach),
    }
    if text.has_approach:
        data["parts"].append(_part(text.approach, text.strategy_words, coach))
    return printing.response("plan.typ", data, name="mijn-plan.pdf")


def pocket(reader: Reader, dossier: Dossier, version: PlanVersion) -> HttpResponse:
    """What he wants and what he does next, on one page."""
    text, coach = opened(version, dossier, reader), coach_name(dossier)
    mine = list(_next(step for step in steps_of(dossier, reader) if step.is_mine and not step.done_on))[:MOST_STEPS]
    data = {
        **_head(),
        "goals": [_short(goal.goal) for goal in text.goals[:MOST_GOALS]],
        "steps_title": gettext("Dit doe ik nu"),
        "steps": [{"text": _short(step.text), "day": short_day(step.due_on) if step.due_on else ""} for step in mine],
        "coach": gettext("Lukt het niet? Bel %(coach)s.") % {"coach": coach},
    }
    return printing.response("pocket.typ", data, name="mijn-plan-klein.pdf")


def _head() -> dict[str, Any]:
    return {"title": gettext("Mijn plan"), "lang": (get_language() or "nl")[:2]}


def _stands(text: Text, coach: str) -> str:
    if text.in_force_from:
        return gettext("Jij en %(coach)s zeiden allebei ja. Dit plan geldt nu.") % {"coach": coach}
    return gettext("Dit is een voorstel. Het geldt als jullie allebei ja zeggen.")


def _goal(row: Row[StepLine], coach: str) -> dict[str, Any]:
    goal = row.goal
    return {
        "name": goal.name,
        "text": goal.goal,
        "seen": _seen(row.seen, coach) if row.seen else "",
        "voices": _voices(goal, coach),
        "strategy": goal.strategy_words,
        "steps": _steps(row.steps),
    }


def _seen(seen: Seen, coach: str) -> str:
    """In words: a face says nothing to who prints in black and white."""
    said = [gettext("jij: %(word)s") % {"word": seen.face_word}] if seen.face else []
    said += [f"{coach}: {seen.level_word}"] if seen.level else []
    return gettext("Uit de scan: %(said)s") % {"said": ", ".join(said)}


def _part(part: Part, text: str, coach: str) -> dict[str, Any]:
    return {"name": part.name, "text": text, "voices": _voices(part, coach)}


def _voices(said: Goal | Part, coach: str) -> list[dict[str, Any]]:
    says = gettext("%(name)s zegt") % {"name": coach}
    own = gettext("Jij zegt (je coach schreef het op)") if said.is_typed else gettext("Jij zegt")
    voices = [(own, said.youth, True), (says, said.coach, False)]
    return [{"who": who, "text": words, "mine": is_mine} for who, words, is_mine in voices if words]


def _steps(steps: Iterable[StepLine]) -> list[dict[str, Any]]:
    """Each with its small steps below it."""
    return [_step(one) for step in steps for one in (step, *step.pieces)]


def _next(steps: Iterable[StepLine]) -> Iterator[StepLine]:
    """What one can begin with: of a step in pieces the pieces that are left."""
    for step in steps:
        left = [piece for piece in step.pieces if not piece.done_on]
        yield from left or [step]


def _step(step: StepLine) -> dict[str, Any]:
    when = step.done_on or step.due_on
    return {
        "text": step.text,
        "who": step.owner,
        "day": short_day(when) if when else "",
        "done": bool(step.done_on),
        "small": step.is_small,
    }


def _yeses(text: Text, coach: str) -> list[str]:
    said = []
    if text.youth_said_yes:
        said.append(gettext("Jij zei ja op %(day)s.") % {"day": day(text.youth_said_yes)})
    if text.coach_said_yes:
        said.append(gettext("%(coach)s zei ja op %(day)s.") % {"coach": coach, "day": day(text.coach_said_yes)})
    return said


def _short(text: str) -> str:
    return shorten(text, LONGEST, placeholder="…")
