"""Everything of a dossier in order, with the youth's own side beside each line."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import partial
from itertools import chain
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext

from ipta.accounts.models import Person
from ipta.base.prepared import prepared
from ipta.dossiers.corrections.models import Correction
from ipta.dossiers.models import Appointment, Coachship, Dossier, Note, Paper, Step, View
from ipta.scans.models import Saying, Statement
from ipta.scouting.models import Find
from ipta.sharing.door import Reader
from ipta.web import cards, corrections, desk, papers
from ipta.web.coach import appointments, notes, people
from ipta.web.coach.sharing import may_give
from ipta.web.components.thread import ICON_OF, Knot
from ipta.web.hrefs import href
from ipta.web.knots import Rows, knots_of, rows_of
from ipta.web.templatetags.ipta_ui import day as day_in_words
from ipta.web.templatetags.ipta_ui import spelled

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
    correct: str = ""  # where a note can still be corrected
    is_note: bool = False  # which can be shared by itself
    is_replaced: bool = False
    row: UUID | None = None  # the row it tells of, so that another page can point at it

    @property
    def anchor(self) -> str:
        return f"regel-{self.row}" if self.row else ""

    @property
    def when_in_words(self) -> str:
        """The day; what o'clock it was does not matter in a story."""
        return day_in_words(self.when)

    @property
    def month(self) -> str:
        day = timezone.localtime(self.when).date() if isinstance(self.when, datetime) else self.when
        return spelled(day.replace(day=1), "F Y")


@dataclass(frozen=True, slots=True)
class Unread:
    """A line of which nothing was opened yet: enough to put it in its place."""

    when: date | datetime
    told: Callable[[], Moment]
    row: UUID | None = None

    @property
    def order(self) -> datetime:
        if isinstance(self.when, datetime):
            return self.when
        return timezone.make_aware(datetime.combine(self.when, time.min))


@desk.coach()
def timeline(request: desk.DeskRequest, pk: UUID) -> HttpResponse:
    """Newest first, or from the beginning, as one reads a story; in pages. Or the page where one line stands."""
    dossier = desk.dossier_to_read(request, pk)
    reader = request.reader
    there = _papers_in(dossier=pk)
    said = _told(dossier=pk) if getattr(dossier, "has_statements", True) else []
    sections = {*SECTIONS, *(paper.section for paper in there), *(statement.section for statement in said)}
    youth = people.known(reader, [dossier], {pk: sections})[pk]
    readable = {section for section in sections if reader.may(dossier, section)}
    is_from_start = request.GET.get("van") == "begin"
    lines = sorted(
        chain(
            _lines(reader, dossier, there, readable, youth.name),
            _statements(reader, (statement for statement in said if statement.section in readable)),
        ),
        key=lambda line: line.order,
        reverse=not is_from_start,
    )
    wanted = request.GET.get("page") or _page_of(request.GET.get("regel", ""), lines)
    page = Paginator(lines, PER_PAGE).get_page(wanted)
    moments = [line.told() for line in page.object_list]
    may_share = may_give(request.reader, dossier)
    context = {"youth": youth, "page": page, "moments": moments, "is_from_start": is_from_start, "may_give": may_share}
    return render(request, "coach/timeline.html", context)


def _page_of(row: str, lines: Sequence[Unread]) -> int:
    """On which page this line stands; the first one when it is not there."""
    place = next((number for number, line in enumerate(lines) if str(line.row) == row), 0)
    return place // PER_PAGE + 1


def _lines(reader: Reader, dossier: Dossier, there: Iterable[Paper], readable: set[str], name: str) -> Iterator[Unread]:
    views, ties = views_in(reader, dossier, readable), rows_of(dossier)
    rows: list[Iterator[Unread]] = []
    if "contacts" in readable:
        rows += [_notes(reader, dossier, views), _find(reader, dossier, ties.finds, views)]
        rows += [_coaches(reader, dossier, views)] if getattr(dossier, "has_other_coaches", True) else []
    if "plan" in readable:
        rows += [_steps(reader, dossier, views, name)]
    if "appointments" in readable:
        rows += [_appointments(reader, dossier, views)]
    if "scores" in readable and getattr(dossier, "has_sayings", True):
        rows += [_sayings(reader, dossier, views, name)]
    rows += [_papers(reader, dossier, views, (paper for paper in there if paper.section in readable), name)]
    beside = dict(views)
    for line in chain.from_iterable(rows):
        if line.row:
            beside.pop(line.row, None)
        yield line
    for knot in knots_of(dossier, ties):
        if knot.kind != "now":
            yield Unread(knot.date, partial(_knot, knot))
    yield from _beside_knots(ties, beside)


Views = dict[UUID, tuple[str, ...]]


def views_in(reader: Reader, dossier: Dossier, readable: Iterable[str]) -> Views:
    """What the youth says beside the lines of these sections, by line."""
    found: dict[UUID, tuple[str, ...]] = defaultdict(tuple)
    sections = set(readable)
    for view in _views(dossier=dossier.pk, sections=sections):
        found[view.line] += (reader.text(view.text),)
    wishes = _wishes(dossier=dossier.pk, sections=sections) if getattr(dossier, "has_wishes", True) else []
    for wish in corrections.in_words(reader, wishes):
        found[wish.line] += (gettext("Verander dit: %(wish)s") % {"wish": wish.wish}, *_came_of(wish))
    return found


def _came_of(wish: corrections.Shown) -> tuple[str, ...]:
    """The answer to what he asked to change."""
    said = f"{wish.outcome}. {wish.reason}".strip()
    return () if wish.waits else (gettext("Antwoord van %(who)s: %(said)s") % {"who": wish.by, "said": said},)


def _knot(knot: Knot) -> Moment:
    icon = ICON_OF.get(knot.kind, "thread")
    return Moment(knot.date, knot.title, knot.text, icon=icon, tone="thread", href=knot.href)


def _notes(reader: Reader, dossier: Dossier, views: Views) -> Iterator[Unread]:
    rows = _noted(dossier=dossier.pk)
    authors = {author.pk: author for author in _authors(people={row.author_id for row in rows})}
    for row in rows:
        if row.author_id in authors:
            row.author = authors[row.author_id]
    replaced = {row.replaces_id for row in rows}
    for row in rows:
        yield Unread(row.happened_at, partial(_note, reader, row, views, is_replaced=row.pk in replaced), row.pk)


def _note(reader: Reader, row: Note, views: Views, *, is_replaced: bool) -> Moment:
    (note,) = notes.in_words(reader, [row])
    return Moment(
        note.when,
        gettext("%(title)s (later verbeterd)") % {"title": note.title} if is_replaced else note.title,
        note.text,
        by=note.author,
        icon=note.icon,
        tone=note.tone,
        views=views.get(note.pk, ()),
        correct=href("coach:correct", row.dossier_id, note.pk) if note.may_correct and not is_replaced else "",
        is_note=not is_replaced,
        is_replaced=is_replaced,
        row=note.pk,
    )


def _find(reader: Reader, dossier: Dossier, finds: Iterable[Find], views: Views) -> Iterator[Unread]:
    """How they met, as it was told then."""
    for find in finds:
        who, said = reader.text(find.introduced_by), views.get(find.pk, ())
        by = gettext("Voorgesteld door %(who)s.") % {"who": who} if who else ""
        text = "\n".join(
            filter(None, [reader.text(find.where), by, *map(reader.text, (find.introduction, find.wants))])
        )
        if text or said:
            told = partial(
                Moment, dossier.found_on, gettext("Zo begon het"), text, icon="flag", views=said, row=find.pk
            )
            yield Unread(dossier.found_on, told, find.pk)


def _coaches(reader: Reader, dossier: Dossier, views: Views) -> Iterator[Unread]:
    """Who came to walk along after the first one, and what he had to know."""
    ships = list(_walking(dossier=dossier.pk))
    first = next((ship for ship in ships if not ship.is_stand_in), None)
    for ship in ships:
        if ship != first:
            row = ship.briefing_id
            yield Unread(ship.since, partial(_coach, reader, ship, views), row)


def _coach(reader: Reader, ship: Coachship, views: Views) -> Moment:
    title = gettext("%(who)s valt in") if ship.is_stand_in else gettext("%(who)s wordt de coach")
    return Moment(
        ship.since,
        title % {"who": ship.coach.get_full_name()},
        reader.text(ship.briefing.text) if ship.briefing else "",
        by=ship.given_by.get_full_name() if ship.given_by else "",
        icon="people",
        tone="" if ship.is_stand_in else "sea",
        views=views.get(ship.briefing_id, ()) if ship.briefing_id else (),
        row=ship.briefing_id,
    )


def _steps(reader: Reader, dossier: Dossier, views: Views, name: str) -> Iterator[Unread]:
    for step in _promised(dossier=dossier.pk):
        told = partial(_step, reader, step, views, name)
        yield Unread(step.promised_at, partial(told, "promised"), step.pk)
        if step.done_on:
            yield Unread(step.done_on, partial(told, "done"))
        if step.dropped_on:
            yield Unread(step.dropped_on, partial(told, "dropped"))


def _step(reader: Reader, step: Step, views: Views, name: str, what: str) -> Moment:
    owner = name if step.owner == Step.Owner.YOUTH else str(step.get_owner_display())
    told = {"who": reader.text(step.owner_name) or owner, "what": reader.text(step.text)}
    if what == "done" and step.done_on:
        progress = reader.text(step.progress)
        return Moment(step.done_on, gettext("Gedaan: %(what)s") % told, progress, icon="check", tone="leaf")
    if what == "dropped" and step.dropped_on:
        return Moment(step.dropped_on, gettext("Hoeft niet meer: %(what)s") % told, icon="cross")
    title = gettext("%(who)s beloofde: %(what)s") % told
    return Moment(step.promised_at, title, icon="list", views=views.get(step.pk, ()), row=step.pk)


def _sayings(reader: Reader, dossier: Dossier, views: Views, name: str) -> Iterator[Unread]:
    rows = _said(dossier=dossier.pk)
    replaced = {row.replaces_id for row in rows}
    for row in rows:
        yield Unread(row.said_at, partial(_saying, reader, row, views, name, is_replaced=row.pk in replaced), row.pk)


def _saying(reader: Reader, row: Saying, views: Views, name: str, *, is_replaced: bool) -> Moment:
    card, is_youths = cards.BY_KEY[row.card], row.voice == Saying.Voice.YOUTH
    title = gettext("Het gesprek: %(card)s") % {"card": card.title}
    if is_replaced or row.taken_back_at:
        words = gettext("%(title)s (later verbeterd)") if is_replaced else gettext("%(title)s (teruggenomen)")
        title = words % {"title": title}
    return Moment(
        row.said_at,
        title,
        reader.text(row.text),
        by=name if is_youths else gettext("Coach"),
        icon="chat" if is_youths else "eye",
        tone="sun" if is_youths else "",
        href=f"{href('coach:talk', row.dossier_id)}{card.slug}/#regel-{row.pk}",
        views=views.get(row.pk, ()),
        is_replaced=is_replaced,
        row=row.pk,
    )


def _statements(reader: Reader, rows: Iterable[Statement]) -> Iterator[Unread]:
    for row in rows:
        yield Unread(row.cited_at, partial(_statement, reader, row), row.pk)


def _statement(reader: Reader, row: Statement) -> Moment:
    title = gettext("Van anderen: %(kind)s") % {"kind": row.get_kind_display()}
    if hasattr(row, "replaced_by"):
        title = gettext("%(title)s (later verbeterd)") % {"title": title}
    text = "\n".join([reader.text(row.text), reader.text(row.source)])
    to = f"{href('coach:told', row.dossier_id)}#regel-{row.pk}"
    return Moment(row.cited_at, title, text, icon="file", href=to, row=row.pk)


def _appointments(reader: Reader, dossier: Dossier, views: Views) -> Iterator[Unread]:
    for row in _agreed(dossier=dossier.pk):
        yield Unread(row.starts_at, partial(_appointment, reader, row, views), row.pk)


def _appointment(reader: Reader, row: Appointment, views: Views) -> Moment:
    (meeting,) = appointments.in_words(reader, [row])
    title = gettext("Afspraak: %(what)s") % {"what": meeting.what}
    text = " · ".join(filter(None, [meeting.under, meeting.outcome]))
    return Moment(meeting.starts_at, title, text, icon="calendar", views=views.get(meeting.pk, ()), row=meeting.pk)


def _papers(reader: Reader, dossier: Dossier, views: Views, rows: Iterable[Paper], name: str) -> Iterator[Unread]:
    for paper in papers.named(reader, rows):
        told = {"name": paper.name}
        is_there = paper.removed_at is None
        added = partial(
            Moment,
            paper.at,
            gettext("Papier erbij: %(name)s") % told,
            paper.about,
            by=paper.by.get_full_name() or name,
            icon=paper.icon if is_there else "file",
            href=href("coach:open_paper", dossier.pk, paper.pk) if is_there else "",
            views=views.get(paper.pk, ()),
            row=paper.pk,
        )
        yield Unread(paper.at, added, paper.pk)
        if paper.removed_at:
            title = gettext("Papier weggehaald: %(name)s") % told
            yield Unread(paper.removed_at, partial(Moment, paper.removed_at, title, icon="trash"))


def _beside_knots(ties: Rows, views: Views) -> Iterator[Unread]:
    """What the youth says of a scan, a plan or a place: it stands at the day of that line."""
    beside: list[tuple[UUID, date, str]] = [
        *((pk, about_on, gettext("Over de quick scan")) for pk, about_on in ties.sheets),
        *((plan.pk, plan.written_at, gettext("Over het plan")) for plan in ties.plans),
        *((place.pk, place.agreed_on, gettext("Over het werk")) for place in ties.places),
    ]
    for pk, when, title in beside:
        if pk in views:
            yield Unread(when, partial(Moment, when, title, icon="chat", tone="sun", views=views[pk], row=pk), pk)


# --- rows ---------------------------------------------------------------------------------------------------------


@prepared
def _papers_in(dossier: UUID) -> QuerySet[Paper]:
    rows: QuerySet[Paper] = Paper.objects.filter(dossier=dossier).select_related("added_by")
    return rows


@prepared
def _views(dossier: UUID, sections: Collection[str]) -> QuerySet[View]:
    return View.objects.filter(dossier=dossier, section__in=sections)


@prepared
def _wishes(dossier: UUID, sections: Collection[str]) -> QuerySet[Correction]:
    return corrections.with_answers().filter(dossier=dossier, section__in=sections)


@prepared
def _noted(dossier: UUID) -> QuerySet[Note]:
    return Note.objects.filter(dossier=dossier)


@prepared
def _authors(people: Collection[UUID]) -> QuerySet[Person]:
    return Person.objects.filter(pk__in=people)


@prepared
def _walking(dossier: UUID) -> QuerySet[Coachship]:
    return (
        Coachship.objects.kept()
        .filter(dossier=dossier)
        .select_related("coach", "given_by", "briefing")
        .order_by("since")
    )


@prepared
def _promised(dossier: UUID) -> QuerySet[Step]:
    return Step.objects.filter(dossier=dossier)


@prepared
def _agreed(dossier: UUID) -> QuerySet[Appointment]:
    return Appointment.objects.filter(dossier=dossier)


@prepared
def _said(dossier: UUID) -> QuerySet[Saying]:
    return Saying.objects.filter(dossier=dossier)


@prepared
def _told(dossier: UUID) -> QuerySet[Statement]:
    return Statement.objects.filter(dossier=dossier).select_related("replaced_by")
