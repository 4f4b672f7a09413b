"""Wie keek er? The reading log in plain words, a day at a time."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext

from ipta.sharing import commands
from ipta.sharing.door import Reader
from ipta.sharing.models import Emergency
from ipta.sharing.queries import DayOfLooking, look_numbered, looks_at
from ipta.sharing.rules import SECTION_NAMES
from ipta.web import desk
from ipta.web.desk import DeskRequest
from ipta.web.youth.page import one_tap
from ipta.web.youth.words import SECTION_ICONS, SECTIONS

DAYS_A_PAGE = 7
HOUSE_READS = "reminder"  # what the house opens itself: nobody is asked about it
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
    number: int
    is_doubted: bool


@dataclass(frozen=True, slots=True)
class LookDay:
    day: date
    lines: list[LookLine]


@dataclass(frozen=True, slots=True)
class Button:
    """Somebody pressed the emergency button, and said why."""

    taken: Emergency
    reason: str


@desk.youth()
def looks(request: DeskRequest) -> HttpResponse:
    dossier = desk.my_dossier(request)
    looking = looks_at(dossier)
    taken = list(dossier.emergency_set.filter(pk__in={look.emergency for look in looking if look.emergency}))
    lately = list(dossier.emergency_set.lately())
    reasons = reasons_of(request.reader, [*taken, *lately])
    context = {
        "dossier": dossier,
        "page": Paginator(by_day(looking, reasons), DAYS_A_PAGE).get_page(request.GET.get("page")),
        "emergencies": [Button(one, reasons[one.pk]) for one in lately],
    }
    return render(request, "youth/looks.html", context)


@one_tap("youth:looks")
def end_emergency(request: DeskRequest, pk: UUID) -> HttpResponse:
    """The youth stops it at once; nobody asks him why."""
    taken = get_object_or_404(desk.my_dossier(request).emergency_set, pk=pk)
    commands.end(taken, by=request.user)
    messages.success(request, gettext("Gestopt. Deze persoon kan niet meer meekijken."))
    return redirect("youth:looks")


@one_tap("youth:looks")
def doubt(request: DeskRequest, number: int) -> HttpResponse:
    """ "Klopt dit niet?": the line goes to the privacy officer. No words are asked."""
    dossier = desk.my_dossier(request)
    look = look_numbered(dossier, number)
    if look is None:
        raise Http404
    commands.doubt(dossier, look, by=request.user)
    messages.success(request, gettext("Gemeld. Iemand die op privacy let, kijkt ernaar. Je coach ziet dit niet."))
    return redirect("youth:looks")


def reasons_of(reader: Reader, taken: Iterable[Emergency]) -> dict[UUID, str]:
    """Why each of them used the emergency button, in their own words."""
    return {one.pk: reader.text(one.reason) for one in taken}


def by_day(looking: Sequence[DayOfLooking], reasons: Mapping[UUID, str]) -> list[LookDay]:
    """The days on which somebody else looked, newest first."""
    others = [look for look in looking if not look.is_self]
    newest_first = sorted(others, key=lambda look: (look.day, look.last_at), reverse=True)
    by_date = groupby(newest_first, key=lambda look: look.day)
    return [LookDay(day, [_line(look, reasons) for look in found]) for day, found in by_date]


def _line(look: DayOfLooking, reasons: Mapping[UUID, str]) -> LookLine:
    return LookLine(
        who=look.reader or (gettext("De computer") if look.role == HOUSE_READS else gettext("Iemand")),
        role=_role(look),
        parts=[_part(name) for name in look.sections],
        why=_why(look, reasons),
        last_at=look.last_at,
        is_refused=look.is_refused,
        number=0 if look.role == HOUSE_READS else look.number,
        is_doubted=look.is_doubted,
    )


def _part(name: str) -> Part:
    key = _KEY_OF[name]
    return Part(name=str(SECTIONS[key]), icon=SECTION_ICONS[key])


def _role(look: DayOfLooking) -> str:
    if look.role == HOUSE_READS:
        return ""
    words = {
        "coach": gettext("jouw coach"),
        "stand_in": gettext("valt in voor je coach"),
        "emergency": gettext("een andere coach"),
    }
    return words.get(look.role) or look.organisation or gettext("iemand van de gemeente")


def _why(look: DayOfLooking, reasons: Mapping[UUID, str]) -> str:
    if look.is_refused:
        return gettext("Dat mocht niet. Er was niets te zien.")
    if look.emergency:
        return gettext("%(name)s keek met een noodknop. Waarom: %(reason)s") % {
            "name": look.reader,
            "reason": reasons.get(look.emergency, ""),
        }
    words = {
        "coach": gettext("Je coach leest mee om je te helpen."),
        "stand_in": gettext("Je coach is er even niet."),
        "grant": gettext("Jij hebt dit gedeeld."),
        "reminder": gettext("Om jou een herinnering te sturen, zoals jij wilde. Geen mens heeft het gelezen."),
        "help": gettext("Je coach stelde een vraag, samen met jou. Deze persoon las alleen die vraag."),
    }
    return words.get(look.role, "")
