"""Today: what is first, who comes, what was promised, who has been quiet."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from ipta.dossiers.models import Appointment, Dossier, Step
from ipta.plans.models import PlanVersion
from ipta.scouting.queries import leaving_soon
from ipta.sharing.door import Reader
from ipta.sharing.queries import caseload_of
from ipta.web import desk, when
from ipta.web.coach import chain, emergency, leaving, people, quiet
from ipta.web.coach.appointments import in_words
from ipta.web.coach.people import Way, Youth
from ipta.web.templatetags.ipta_ui import clock, day_clock

SOON = timedelta(days=7)
DUE_WITHIN = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Meeting:
    youth: Youth
    pk: UUID
    what: str
    text: str
    starts_at: datetime
    has_been: bool

    @property
    def time(self) -> str:
        return clock(self.starts_at).partition(" ")[0]


@dataclass(frozen=True, slots=True)
class Promise:
    youth: Youth
    pk: UUID
    text: str
    owner: str  # by name or kind, where the group does not tell it
    due: str

    @property
    def under(self) -> str:
        return " · ".join(filter(None, [self.owner, self.due]))


@dataclass(frozen=True, slots=True)
class Silence:
    youth: Youth
    text: str
    ways: list[Way]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A plan that waits for a yes."""

    youth: Youth
    text: str


@dataclass(frozen=True, slots=True)
class Part:
    """How much there is of something on this page, and where."""

    id: str
    count: int
    word: str
    is_first: bool = False


@dataclass(frozen=True, slots=True)
class _Found:
    """What the queries found, still sealed."""

    appointments: list[Appointment]
    steps: list[Step]
    silences: dict[UUID, date]
    waiting: dict[UUID, PlanVersion]
    leaving: Collection[UUID]

    def sections(self) -> dict[UUID, set[str]]:
        """What will be read of whom: no more than stands on the page."""
        found: dict[UUID, set[str]] = defaultdict(set)
        for appointment in self.appointments:
            found[appointment.dossier_id].add("appointments")
        for step in self.steps:
            found[step.dossier_id].add("plan")
        for pk in (*self.silences, *self.waiting, *self.leaving):
            found[pk] |= set()
        return found


@desk.coach()
def today(request: desk.DeskRequest) -> HttpResponse:
    """The page a coach opens in the morning and between two conversations."""
    day = timezone.localdate()
    dossiers = {dossier.pk: dossier for dossier in caseload_of(request.user).filter(ended_on=None)}
    found = _found(dossiers, day)
    sections = found.sections()
    youths = people.known(request.reader, [dossiers[pk] for pk in sections], sections)
    promises = _promises(request.reader, found.steps, youths, day)
    lists = {
        "urgent": promises.pop("direct", []),
        "leaving": leaving.soon([dossiers[pk] for pk in found.leaving], youths),
        **_meetings(request.reader, found.appointments, youths),
        "groups": _groups(promises),
        "silences": _silences(request.reader, found.silences, youths, dossiers),
        "waiting": [_waiting(youths[pk], version) for pk, version in found.waiting.items()],
    }
    context = {
        "today": day,
        **emergency.lately(request),
        "tomorrow": day + timedelta(days=1),
        "is_empty_caseload": not dossiers,
        "is_quiet_day": not any(lists.values()),
        "glance": _glance(lists),
        "scout_url": reverse("coach:scout"),
        "youths_url": reverse("coach:youths"),
        "reasons": leaving.REASONS,
    }
    return render(request, "coach/today.html", context | lists)


def _found(dossiers: dict[UUID, Dossier], day: date) -> _Found:
    mine = list(dossiers)
    until = timezone.make_aware(datetime.combine(day + SOON + timedelta(days=1), datetime.min.time()))
    contacts = quiet.contacts_with(dossiers.values())
    silences = {pk: quiet.quiet_since(dossier, contacts[pk], day) for pk, dossier in dossiers.items()}
    return _Found(
        appointments=list(Appointment.objects.filter(dossier__in=mine, outcome="", starts_at__lt=until)),
        steps=list(
            Step.objects.filter(dossier__in=mine, done_on=None, dropped_on=None).filter(
                Q(kind=Step.Kind.DIRECT) | Q(due_on__lte=day + DUE_WITHIN)
            )
        ),
        silences={pk: since for pk, since in silences.items() if since},
        waiting=_yeses(mine),
        leaving=leaving_soon(dossiers.values()),
    )


def _yeses(mine: Collection[UUID]) -> dict[UUID, PlanVersion]:
    """Per dossier whose newest text is not in force yet: that text, with who has said yes to it already."""
    versions = PlanVersion.objects.with_yeses().filter(dossier__in=mine).order_by("number")
    newest = {version.dossier_id: version for version in versions}
    return {pk: version for pk, version in newest.items() if version.in_force_from is None}


def _meetings(
    reader: Reader, appointments: Iterable[Appointment], youths: dict[UUID, Youth]
) -> dict[str, list[Meeting]]:
    """Those of before today that nobody closed, those of today, and those of the coming days."""
    now = timezone.now()
    found: dict[str, list[Meeting]] = {"open_meetings": [], "meetings": [], "soon": []}
    for row, shown in zip(appointments, in_words(reader, appointments), strict=True):
        days = (timezone.localdate(row.starts_at) - timezone.localdate(now)).days
        text = shown.under if days == 0 else " · ".join(filter(None, [day_clock(row.starts_at), shown.under]))
        meeting = Meeting(youths[row.dossier_id], row.pk, shown.what, text, row.starts_at, row.starts_at <= now)
        found["soon" if days > 0 else "meetings" if days == 0 else "open_meetings"].append(meeting)
    return found


def _promises(reader: Reader, steps: Iterable[Step], youths: dict[UUID, Youth], day: date) -> dict[str, list[Promise]]:
    """Direct actions, and the others by who promised."""
    found: dict[str, list[Promise]] = defaultdict(list)
    for step in steps:
        kind = "direct" if step.kind == Step.Kind.DIRECT else step.owner
        owner = reader.text(step.owner_name) or ("" if kind in {"coach", "youth"} else str(step.get_owner_display()))
        due = when.due(step.due_on, day)
        found[kind].append(Promise(youths[step.dossier_id], step.pk, reader.text(step.text), owner, due))
    return found


def _groups(promises: dict[str, list[Promise]]) -> list[tuple[str, list[Promise]]]:
    groups = [
        (gettext("Jij beloofde"), promises["coach"]),
        (gettext("De jongere beloofde"), promises["youth"]),
        (gettext("Anderen beloofden"), promises["network"] + promises["professional"]),
    ]
    return [(title, lines) for title, lines in groups if lines]


def _silences(
    reader: Reader, silences: dict[UUID, date], youths: dict[UUID, Youth], dossiers: dict[UUID, Dossier]
) -> list[Silence]:
    """The longest first, each in the words of its guidance."""
    found, day = [], timezone.localdate()
    works = chain.what_works_with(silences)
    for pk, since in sorted(silences.items(), key=lambda item: item[1]):
        days = (day - since).days
        words = ngettext("%(days)s dag niet gesproken", "%(days)s dagen niet gesproken", days) % {"days": days}
        kind = gettext("nog geen ja") if dossiers[pk].is_scouted else youths[pk].intensity.lower()
        ways = [way for way in people.ways_to(reader, dossiers[pk]) if way.call or way.chat]
        careful = reader.json(dossiers[pk].careful) or []
        what = works[pk].line if pk in works and works[pk].is_allowed(careful) else ""
        found.append(Silence(youths[pk], " · ".join(filter(None, [words, kind, what])), ways))
    return found


def _waiting(youth: Youth, version: Any) -> Waiting:
    if version.youth_said_yes:
        return Waiting(youth, gettext("Wacht op jouw ja"))
    return Waiting(
        youth, gettext("Wacht op de jongere") if version.coach_said_yes else gettext("Wacht op jullie allebei")
    )


def _glance(lists: dict[str, Any]) -> list[Part]:
    """The page in one line."""
    promised = sum(len(lines) for _title, lines in lists["groups"])
    meetings, urgent, quiet_ones = len(lists["meetings"]), len(lists["urgent"]), len(lists["silences"])
    waiting = len(lists["waiting"])
    parts = [
        Part("nu", urgent, gettext("nu eerst"), is_first=True),
        Part("hoe-ging-het", len(lists["open_meetings"]), gettext("terugkijken")),
        Part("afspraken", meetings, ngettext("afspraak", "afspraken", meetings)),
        Part("beloofd", promised, gettext("beloofd")),
        Part("weg", len(lists["leaving"]), gettext("gaat weg")),
        Part("stil", quiet_ones, gettext("even stil")),
        Part("plan", waiting, ngettext("plan wacht", "plannen wachten", waiting)),
    ]
    return [part for part in parts if part.count]
