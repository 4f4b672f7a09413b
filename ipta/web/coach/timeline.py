"""Everything of a dossier in order, with the youth's own side beside each line."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from ipta.dossiers.models import Dossier, Step
from ipta.sharing.door import Reader
from ipta.web import desk
from ipta.web.coach import appointments, notes, people
from ipta.web.coach.thread import knots_of
from ipta.web.components.thread import ICON_OF
from ipta.web.templatetags.ipta_ui import day as day_in_words

PER_PAGE = 40
SECTIONS = ("contacts", "plan", "appointments", "scores", "work")


@dataclass(frozen=True, slots=True)
class Moment:
    """One line: when, what, whose words, and what the youth himself says of it."""

    when: date | datetime
    title: str
    text: str = ""
    by: str = ""
    icon: str = "thread"
    tone: str = ""
    href: str = ""
    views: tuple[str, ...] = ()
    note: UUID | None = None  # a note that can still be corrected
    is_replaced: bool = False

    @property
    def order(self) -> datetime:
        if isinstance(self.when, datetime):
            return self.when
        return timezone.make_aware(datetime.combine(self.when, time.min))

    @property
    def when_in_words(self) -> str:
        """The day; what o'clock it was does not matter in a story."""
        return day_in_words(self.when)

    @property
    def month(self) -> str:
        return date_format(timezone.localtime(self.order), "F Y")


@desk.coach()
def timeline(request: desk.DeskRequest, pk: UUID) -> HttpResponse:
    """Newest first, or from the beginning, as one reads a story; in pages."""
    dossier = desk.own_dossier(request, pk)
    reader = request.reader
    youth = people.known(reader, [dossier], {pk: set(SECTIONS)})[pk]
    readable = {section for section in SECTIONS if reader.may(dossier, section)}
    is_from_start = request.GET.get("van") == "begin"
    moments = sorted(
        _moments(reader, dossier, readable, youth.name), key=lambda moment: moment.order, reverse=not is_from_start
    )
    page = Paginator(moments, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "coach/timeline.html", {"youth": youth, "page": page, "is_from_start": is_from_start})


def _moments(reader: Reader, dossier: Dossier, readable: set[str], name: str) -> Iterator[Moment]:
    views = _views(reader, dossier, readable)
    if "contacts" in readable:
        yield from _notes(reader, dossier, views)
    if "plan" in readable:
        yield from _steps(reader, dossier, views, name)
    if "appointments" in readable:
        yield from _appointments(reader, dossier, views)
    for knot in knots_of(dossier):
        if knot.kind != "now":
            icon = ICON_OF.get(knot.kind, "thread")
            yield Moment(knot.date, knot.title, knot.text, icon=icon, tone="thread", href=knot.href)
    yield from _beside_knots(dossier, views)


Views = dict[UUID, tuple[str, ...]]


def _views(reader: Reader, dossier: Dossier, readable: Iterable[str]) -> Views:
    found: dict[UUID, tuple[str, ...]] = defaultdict(tuple)
    for view in dossier.view_set.filter(section__in=set(readable)):
        found[view.line] += (reader.text(view.text),)
    return found


def _notes(reader: Reader, dossier: Dossier, views: Views) -> Iterator[Moment]:
    rows = list(dossier.note_set.select_related("author", "replaced_by"))
    for row, note in zip(rows, notes.in_words(reader, rows), strict=True):
        is_replaced = hasattr(row, "replaced_by")
        yield Moment(
            note.when,
            gettext("%(title)s (later verbeterd)") % {"title": note.title} if is_replaced else note.title,
            note.text,
            by=note.author,
            icon=note.icon,
            tone=note.tone,
            views=views.get(note.pk, ()),
            note=note.pk if note.may_correct and not is_replaced else None,
            is_replaced=is_replaced,
        )


def _steps(reader: Reader, dossier: Dossier, views: Views, name: str) -> Iterator[Moment]:
    for step in dossier.step_set.all():
        text = reader.text(step.text)
        owner = name if step.owner == Step.Owner.YOUTH else str(step.get_owner_display())
        told = {"who": reader.text(step.owner_name) or owner, "what": text}
        title = gettext("%(who)s beloofde: %(what)s") % told
        yield Moment(step.promised_at, title, icon="list", views=views.get(step.pk, ()))
        if step.done_on:
            progress = reader.text(step.progress)
            yield Moment(step.done_on, gettext("Gedaan: %(what)s") % told, progress, icon="check", tone="leaf")
        if step.dropped_on:
            yield Moment(step.dropped_on, gettext("Hoeft niet meer: %(what)s") % told, icon="cross")


def _appointments(reader: Reader, dossier: Dossier, views: Views) -> Iterator[Moment]:
    for meeting in appointments.in_words(reader, dossier.appointment_set.all()):
        title = gettext("Afspraak: %(what)s") % {"what": meeting.what}
        text = " · ".join(filter(None, [meeting.place, meeting.outcome]))
        yield Moment(meeting.starts_at, title, text, icon="calendar", views=views.get(meeting.pk, ()))


def _beside_knots(dossier: Dossier, views: Views) -> Iterator[Moment]:
    """What the youth says of a scan, a plan or a place: it stands at the day of that line."""
    days: dict[UUID, tuple[date | datetime, str]] = {}
    days |= {pk: (on, gettext("Over de quick scan")) for pk, on in dossier.sheet_set.values_list("pk", "about_on")}
    days |= {pk: (at, gettext("Over het plan")) for pk, at in dossier.planversion_set.values_list("pk", "written_at")}
    days |= {pk: (on, gettext("Over het werk")) for pk, on in dossier.placement_set.values_list("pk", "agreed_on")}
    for line, said in views.items():
        if line in days:
            yield Moment(*days[line], icon="chat", tone="sun", views=said)
