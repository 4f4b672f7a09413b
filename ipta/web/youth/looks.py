"""Wie keek er? The reading log in plain words, a day at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from ipta.sharing.queries import DayOfLooking, looks_at
from ipta.sharing.rules import SECTION_NAMES
from ipta.web import desk
from ipta.web.desk import DeskRequest
from ipta.web.youth.words import SECTION_ICONS, SECTIONS

DAYS_A_PAGE = 7
_KEY_OF = {name: key for key, name in SECTION_NAMES.items()}


@dataclass(frozen=True, slots=True)
class Part:
    name: str
    icon: str


@dataclass(frozen=True, slots=True)
class LookLine:
    who: str
    role: str
    parts: list[Part]
    why: str
    last_at: datetime
    is_refused: bool


@dataclass(frozen=True, slots=True)
class LookDay:
    day: date
    lines: list[LookLine]


@desk.youth()
def looks(request: DeskRequest) -> HttpResponse:
    dossier = desk.my_dossier(request)
    page = Paginator(by_day(looks_at(dossier)), DAYS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "youth/looks.html", {"dossier": dossier, "page": page})


def by_day(looking: Sequence[DayOfLooking]) -> list[LookDay]:
    """The days on which somebody else looked, newest first."""
    others = [look for look in looking if not look.is_self]
    newest_first = sorted(others, key=lambda look: (look.day, look.last_at), reverse=True)
    by_date = groupby(newest_first, key=lambda look: look.day)
    return [LookDay(day, [_line(look) for look in found]) for day, found in by_date]


def _line(look: DayOfLooking) -> LookLine:
    return LookLine(
        who=look.reader or gettext("Iemand"),
        role=_role(look),
        parts=[_part(name) for name in look.sections],
        why=_why(look),
        last_at=look.last_at,
        is_refused=look.is_refused,
    )


def _part(name: str) -> Part:
    key = _KEY_OF[name]
    return Part(name=str(SECTIONS[key]), icon=SECTION_ICONS[key])


def _role(look: DayOfLooking) -> str:
    words = {"coach": gettext("jouw coach"), "stand_in": gettext("valt in voor je coach")}
    return words.get(look.role) or look.organisation or gettext("iemand van de gemeente")


def _why(look: DayOfLooking) -> str:
    if look.is_refused:
        return gettext("Dat mocht niet. Er was niets te zien.")
    words = {
        "coach": gettext("Je coach leest mee om je te helpen."),
        "stand_in": gettext("Je coach is er even niet."),
        "grant": gettext("Jij hebt dit gedeeld."),
    }
    return words.get(look.role, "")
