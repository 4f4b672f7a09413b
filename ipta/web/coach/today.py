"""Today: what is first, who comes, what was promised, who has been quiet."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from ipta.base.prepared import prepared
from ipta.dossiers.models import Appointment, Dossier, Step
from ipta.plans.models import PlanVersion
from ipta.sharing.door import Reader
from ipta.sharing.queries import caseload
from ipta.web import desk, when
from ipta.web.coach import emergency, people, quiet
from ipta.web.coach.appointments import in_words
from ipta.web.coach.people import Way, Youth
from ipta.web.hrefs import href
from ipta.web.templatetags.ipta_ui import clock, day_clock

FIRST = 5  # lines of a part, until somebody asks for all of them
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

    @property
    def close_href(self) -> str:
        return href("coach:close_appointment", self.youth.pk, self.pk)

    @property
    def off_href(self) -> str:
        return f"{href('coach:call_off', self.youth.pk, self.pk)}?next={href('coach:today')}"


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

    @property
    def href(self) -> str:
        return href("coach:step", self.youth.pk, self.pk)

    @property
    def finish_href(self) -> str:
        return href("coach:finish", self.youth.pk, self.pk)

    @property
    def postpone_href(self) -> str:
        return href("coach:postpone", self.youth.pk, self.pk)


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
    """What there is of one kind: the lines that are shown, how many there are, and the way to the rest of them."""

    id: str
    lines: Sequence[Any]
    count: int
    href: str = ""

    @property
    def link(self) -> str:
        return gettext("Alle %(count)s") % {"count": self.count}


@dataclass(frozen=True, slots=True)
class Glance:
    """How much there is of something on this page, and where."""

    id: str
    count: int
    word: str
    is_first: bool = False


Row = Appointment | Step | PlanVersion | tuple[UUID, date]  # the last: who has been quiet, and since when
# The parts of the page, under their place on it.
PARTS = {
    "urgent": "nu",
    "open_meetings": "hoe-ging-het",
    "meetings": "afspraken",
    "coach": "jij-beloofde",
    "youth": "de-jongere-beloofde",
    "others": "anderen-beloofden",
    "silences": "stil",
    "waiting": "plan",
    "soon": "straks",
}
WHOLE = {"urgent", "meetings"}  # what cannot wait is never cut short


@desk.coach()
def today(request: desk.DeskRequest) -> HttpResponse:
    """The page a coach opens in the morning and between two conversations."""
    day = timezone.localdate()
    dossiers = {dossier.pk: dossier for dossier in caseload(request.user) if dossier.ended_on is None}
    found = _found(dossiers, day)
    whole = WHOLE | {name for name, id in PARTS.items() if id == request.GET.get("alles")}
    shown = {name: rows if name in whole else rows[:FIRST] for name, rows in found.items()}
    sections = _sections(chain.from_iterable(shown.values()))
    youths = people.known(request.reader, [dossiers[pk] for pk in sections], sections)
    words = _Words(request.reader, dossiers, youths, day)
    parts = {name: _part(name, words.of(rows), len(found[name])) for name, rows in shown.items()}
    groups = [
        (gettext("Jij beloofde"), parts["coach"]),
        (gettext("De jongere beloofde"), parts["youth"]),
        (gettext("Anderen beloofden"), parts["others"]),
    ]
    context = {
        "today": day,
        **emergency.lately(request),
        "tomorrow": (day + timedelta(days=1)).isoformat(),
        "here": request.get_full_path(),
        "is_empty_caseload": not dossiers,
        "is_quiet_day": not sections,
        "glance": _glance(parts),
        "groups": [(title, part) for title, part in groups if part.lines],
        "scout_url": reverse("coach:scout"),
        "youths_url": reverse("coach:youths"),
    }
    return render(request, "coach/today.html", context | parts)


def _part(name: str, lines: Sequence[Any], count: int) -> Part:
    id = PARTS[name]
    rest = f"{reverse('coach:today')}?alles={id}#{id}" if count > len(lines) else ""
    return Part(id, lines, count, rest)


# --- looking ------------------------------------------------------------------------------------------------------


def _found(dossiers: Mapping[UUID, Dossier], day: date) -> dict[str, list[Row]]:
    """What the queries found for each part, in its order, still sealed."""
    mine = list(dossiers)
    until = timezone.make_aware(datetime.combine(day + SOON + timedelta(days=1), datetime.min.time()))
    found: dict[str, list[Row]] = {name: [] for name in PARTS}
    for appointment in _appointments(dossiers=mine, until=until):
        days = (timezone.localdate(appointment.starts_at) - day).days
        found["soon" if days > 0 else "meetings" if days == 0 else "open_meetings"].append(appointment)
    promised: defaultdict[str, list[Row]] = defaultdict(list)
    for step in _steps(dossiers=mine, until=day + DUE_WITHIN):
        (found["urgent"] if step.kind == Step.Kind.DIRECT else promised[step.owner]).append(step)
    found |= {"coach": promised["coach"], "youth": promised["youth"]}
    found["others"] = promised["network"] + promised["professional"]
    contacts = quiet.contacts_with(dossiers.values())
    silences = {pk: quiet.quiet_since(dossier, contacts[pk], day) for pk, dossier in dossiers.items()}
    longest_first = sorted((since, pk) for pk, since in silences.items() if since)
    found["silences"] = [(pk, since) for since, pk in longest_first]
    newest = {version.dossier_id: version for version in _versions(dossiers=mine)}
    found["waiting"] = [version for version in newest.values() if version.in_force_from is None]
    return found


@prepared
def _appointments(dossiers: Collection[UUID], until: datetime) -> QuerySet[Appointment]:
    return Appointment.objects.filter(dossier__in=dossiers, outcome="", starts_at__lt=until)


@prepared
def _steps(dossiers: Collection[UUID], until: date) -> QuerySet[Step]:
    open_ones = Step.objects.filter(dossier__in=dossiers, done_on=None, dropped_on=None)
    return open_ones.filter(Q(kind=Step.Kind.DIRECT) | Q(due_on__lte=until))


@prepared
def _versions(dossiers: Collection[UUID]) -> QuerySet[PlanVersion]:
    return PlanVersion.objects.with_yeses().filter(dossier__in=dossiers).order_by("number")


def _sections(rows: Iterable[Row]) -> dict[UUID, set[str]]:
    """What will be read of whom: no more than stands on the page."""
    found: dict[UUID, set[str]] = defaultdict(set)
    for row in rows:
        if isinstance(row, Appointment | Step):
            found[row.dossier_id].add(row.section)
        else:
            found[row[0] if isinstance(row, tuple) else row.dossier_id] |= set()
    return found


# --- in words -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Words:
    """Says what was found."""

    reader: Reader
    dossiers: Mapping[UUID, Dossier]
    youths: Mapping[UUID, Youth]
    day: date

    def of(self, rows: Sequence[Any]) -> list[Any]:
        say: dict[type, Callable[[Any], Any]] = {
            Appointment: self.meeting,
            Step: self.promise,
            PlanVersion: self.waiting,
            tuple: self.silence,
        }
        return [say[type(row)](row) for row in rows]

    def meeting(self, row: Appointment) -> Meeting:
        (shown,) = in_words(self.reader, [row])
        is_today = timezone.localdate(row.starts_at) == self.day
        text = shown.under if is_today else " · ".join(filter(None, [day_clock(row.starts_at), shown.under]))
        return Meeting(self.youths[row.dossier_id], row.pk, shown.what, text, row.starts_at, shown.has_been)

    def promise(self, step: Step) -> Promise:
        is_told = step.kind == Step.Kind.DIRECT or step.owner not in {Step.Owner.COACH, Step.Owner.YOUTH}
        owner = self.reader.text(step.owner_name) or (str(step.get_owner_display()) if is_told else "")
        due = when.due(step.due_on, self.day)
        return Promise(self.youths[step.dossier_id], step.pk, self.reader.text(step.text), owner, due)

    def silence(self, quiet_one: tuple[UUID, date]) -> Silence:
        pk, since = quiet_one
        days = (self.day - since).days
        words = ngettext("%(days)s dag niet gesproken", "%(days)s dagen niet gesproken", days) % {"days": days}
        kind = gettext("nog geen ja") if self.dossiers[pk].is_scouted else self.youths[pk].intensity.lower()
        ways = [way for way in people.ways_to(self.reader, self.dossiers[pk]) if way.call or way.chat]
        return Silence(self.youths[pk], f"{words} · {kind}", ways)

    def waiting(self, version: Any) -> Waiting:
        if version.youth_said_yes:
            text = gettext("Wacht op jouw ja")
        else:
            text = gettext("Wacht op de jongere") if version.coach_said_yes else gettext("Wacht op jullie allebei")
        return Waiting(self.youths[version.dossier_id], text)


def _glance(parts: Mapping[str, Part]) -> list[Glance]:
    """The page in one line."""
    count = {name: part.count for name, part in parts.items()}
    lines = [
        Glance("nu", count["urgent"], gettext("nu eerst"), is_first=True),
        Glance("hoe-ging-het", count["open_meetings"], gettext("terugkijken")),
        Glance("afspraken", count["meetings"], ngettext("afspraak", "afspraken", count["meetings"])),
        Glance("beloofd", count["coach"] + count["youth"] + count["others"], gettext("beloofd")),
        Glance("stil", count["silences"], gettext("even stil")),
        Glance("plan", count["waiting"], ngettext("plan wacht", "plannen wachten", count["waiting"])),
    ]
    return [line for line in lines if line.count]
