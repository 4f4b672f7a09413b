"""What somebody can read of a dossier, by what was shared with him: one way of showing it, on every page that does.

Opened by his own reader, or by that of the youth or the coach who looks what he sees.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from ipta.accounts.models import Person
from ipta.dossiers.models import Dossier, Note, OfDossier, PaperQuerySet, Step
from ipta.sharing.door import Reader
from ipta.sharing.models import Grant
from ipta.sharing.rules import SECTION_NAMES, SHAREABLE
from ipta.web import papers
from ipta.web.coach import appointments, notes, plan, scan, steps, work
from ipta.web.plan_text import laid_out
from ipta.web.templatetags.ipta_ui import day as day_in_words
from ipta.wraparound.models import Contribution, Meeting, Voice

NOTES = 50
ICONS = {
    "plan": "plan",
    "appointments": "calendar",
    "contacts": "note",
    "work": "work",
    "money": "money",
    "health": "health",
    "living": "home",
    "scores": "list",
    "story": "book",
}
Row = TypeVar("Row", bound=OfDossier)
Only = Collection[UUID] | None  # the rows that were shared; None: the whole section


@dataclass(frozen=True, slots=True)
class Why:
    """What it was shared for, in the words of the youth, and the last day."""

    purpose: str
    until: date


@dataclass(frozen=True, slots=True)
class Role:
    """What somebody said at the table that he brings in. `who`: empty where that is not told."""

    who: str
    text: str
    due_on: date | None

    @property
    def under(self) -> str:
        return " · ".join(filter(None, [self.who, day_in_words(self.due_on)]))


@dataclass(frozen=True, slots=True)
class Block:
    """What one person reads of one section, and why. `content`: what `network/blocks.html` shows."""

    section: str
    name: str
    icon: str
    is_whole: bool
    why: list[Why]
    papers: list[papers.Shown]
    content: Mapping[str, Any] = field(default_factory=dict)

    @property
    def until(self) -> date:
        """The last day on which something of it is there."""
        return max(why.until for why in self.why)

    @property
    def has_unscanned(self) -> bool:
        return papers.has_unscanned(self.papers)

    @property
    def is_empty(self) -> bool:
        return not self.papers and not any(self.content.values())


def shared_with(dossier: Dossier, person: Person, reader: Reader, section: str = "") -> list[Block]:
    """All that was shared with him and runs now, section by section; or of one section alone."""
    grants: dict[str, list[Grant]] = {}
    for grant in running(dossier, person).order_by("-until"):
        grants.setdefault(grant.shared_section, []).append(grant)
    wanted = [key for key in SHAREABLE if key in grants and section in ("", key)]
    return [_block(dossier, person, key, grants[key], reader) for key in wanted]


def running(dossier: Dossier, person: Person) -> QuerySet[Grant]:
    """What he holds of this dossier now."""
    return Grant.objects.held_by(person).filter(dossier=dossier)


def as_far_as_shared(rows: QuerySet[Row], dossier: Dossier, person: Person) -> QuerySet[Row]:
    """Those of these rows that he may read now: with the section they lie in, or one by one."""
    grants = running(dossier, person).filter(shared_section=rows.model.section)  # type: ignore[attr-defined]
    if grants.filter(item=None).exists():
        return rows
    items = grants.values("item")
    return rows.filter(_with_small(items) if rows.model is Step else Q(pk__in=items))


def _with_small(items: Any) -> Q:
    """A step that was shared brings its small steps."""
    return Q(pk__in=items) | Q(parent__in=items, dropped_on=None)


def shared_papers(dossier: Dossier, person: Person, section: str = "") -> PaperQuerySet:
    """The papers he may open: in a section that is his to read, or shown one by one."""
    grants = running(dossier, person).filter(**({"shared_section": section} if section else {}))
    wholes = {grant.shared_section for grant in grants if grant.item is None}
    items = {grant.item for grant in grants if grant.item_kind == Grant.Item.PAPER}
    found: PaperQuerySet = dossier.paper_set.kept().filter(Q(section__in=wholes) | Q(pk__in=items))
    return found


def _block(dossier: Dossier, person: Person, section: str, grants: list[Grant], reader: Reader) -> Block:
    wholes = [grant for grant in grants if grant.item is None]
    only: Only = None if wholes else {grant.item for grant in grants if grant.item}
    if wholes:
        reader.unlock([dossier], section)
    content = _SHOW.get(section, _nothing_more)(reader, dossier, only) | _views(reader, dossier, section, only)
    if section == Contribution.section:
        content |= _at_the_table(reader, dossier, person, only)
    return Block(
        section=section,
        name=gettext(SECTION_NAMES[section]),
        icon=ICONS[section],
        is_whole=bool(wholes),
        why=list(_whys(wholes or grants, reader)),
        papers=papers.named(reader, _kept(dossier.paper_set.kept().filter(section=section), only)),
        content=content,
    )


def _whys(grants: list[Grant], reader: Reader) -> Iterator[Why]:
    """Each reason once, with the last day that holds for it."""
    told: set[str] = set()
    for grant in grants:
        purpose = reader.text(grant.purpose)
        if purpose not in told:
            told.add(purpose)
            yield Why(purpose, grant.until)


# --- what there is to read, section by section ----------------------------------------


def _kept(rows: Any, only: Only) -> Any:
    return rows if only is None else rows.filter(pk__in=only)


def _nothing_more(_reader: Reader, _dossier: Dossier, _only: Only) -> dict[str, Any]:
    return {}


def _views(reader: Reader, dossier: Dossier, section: str, only: Only) -> dict[str, Any]:
    """His own side stands in rows of its own: who was shown one thing does not read it."""
    if only is not None:
        return {}
    return {"views": [reader.text(view.text) for view in dossier.view_set.filter(section=section)]}


def _plan(reader: Reader, dossier: Dossier, only: Only) -> dict[str, Any]:
    texts = dossier.planversion_set.select_related("author")
    texts = texts.in_force()[:1] if only is None else texts.filter(pk__in=only)
    versions = [plan.in_words(reader, text) for text in texts]
    shown = dossier.step_set.filter(_with_small(only or ()))
    return {
        "texts": [(text, laid_out(text, {})[0]) for text in versions],
        "steps": steps.to_do(reader, dossier) if only is None else steps.in_words(reader, shown),
    }


def _at_the_table(reader: Reader, dossier: Dossier, person: Person, only: Only) -> dict[str, Any]:
    """What each said that he does: of the last talk, or as far as it was shared. Only with the whole plan go names."""
    rows = Contribution.objects.filter(dossier=dossier).select_related("invitee__somebody")
    if only is None:
        talks = Meeting.objects.filter(dossier=dossier, called_off_at=None, agreement__contributions__isnull=False)
        rows = rows.filter(agreement__meeting=talks.order_by("-made_at")[:1])
    else:
        rows = rows.filter(pk__in=only)
    found: dict[str, list[Role]] = {"my_roles": [], "roles": []}
    for row in rows:
        row.dossier = dossier
        is_mine = bool(row.invitee and row.invitee.somebody and row.invitee.somebody.account_id == person.pk)
        who = "" if is_mine or only is not None else _who(reader, row)
        found["my_roles" if is_mine else "roles"].append(Role(who, reader.text(row.text), row.due_on))
    return found


def _who(reader: Reader, row: Contribution) -> str:
    if row.invitee is None:
        return gettext("De jongere") if row.voice == Voice.YOUTH else gettext("De coach")
    row.invitee.dossier = row.dossier
    return reader.text(row.invitee.name)


def _appointments(reader: Reader, dossier: Dossier, only: Only) -> dict[str, Any]:
    found = _kept(dossier.appointment_set.filter(outcome=""), only)
    return {"appointments": appointments.in_words(reader, found)}


def _notes(reader: Reader, dossier: Dossier, only: Only) -> dict[str, Any]:
    found = _kept(Note.objects.standing([dossier.pk]), only).select_related("author")[:NOTES]
    return {"notes": notes.in_words(reader, found)}


def _work(reader: Reader, dossier: Dossier, only: Only) -> dict[str, Any]:
    found = dossier.placement_set.select_related("workplace") if only is None else ()
    return {"places": [work.in_words(reader, place) for place in found]}


def _scores(reader: Reader, dossier: Dossier, only: Only) -> dict[str, Any]:
    return {"lines": scan.lines_of(*scan.voices_of(reader, dossier)) if only is None else []}


_SHOW: dict[str, Callable[[Reader, Dossier, Only], dict[str, Any]]] = {
    "plan": _plan,
    "appointments": _appointments,
    "contacts": _notes,
    "work": _work,
    "scores": _scores,
}
