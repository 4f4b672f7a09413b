"""What youths shared with me: for professionals, and for coaches beside their own caseload."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from ipta.accounts.models import Role
from ipta.dossiers.models import Coachship, Dossier, Note, PaperQuerySet
from ipta.sharing.door import Reader
from ipta.sharing.models import Grant
from ipta.sharing.rules import SECTION_NAMES
from ipta.web import desk, papers
from ipta.web.coach import appointments, notes, plan, scan, steps, work

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


@dataclass(frozen=True, slots=True)
class Shared:
    """One section that somebody may read, until a day."""

    name: str
    icon: str
    until: date
    href: str


@dataclass(frozen=True, slots=True)
class From:
    """One youth, known by his coach and municipality: his name was not shared."""

    town: str
    coach: str
    sections: list[Shared]


@desk.guest()
def shared(request: desk.DeskRequest) -> HttpResponse:
    """Who shared what with me, and until when. Nothing is opened yet, so nothing stands in the reading log."""
    grants = Grant.objects.held_by(request.user).select_related("dossier__municipality").defer("purpose")
    longest = {(grant.dossier_id, grant.shared_section): grant for grant in grants.order_by("until")}
    coaches = _coaches({dossier for dossier, _section in longest})
    found: dict[UUID, From] = {}
    for grant in longest.values():
        dossier = grant.dossier
        one = found.setdefault(dossier.pk, From(dossier.municipality.name, coaches.get(dossier.pk, ""), []))
        one.sections.append(_shared(grant))
    return _page(request, "coach/shared.html", found=list(found.values()))


def _shared(grant: Grant) -> Shared:
    section = grant.shared_section
    href = reverse("coach:shared_section", args=[grant.dossier_id, section])
    return Shared(gettext(SECTION_NAMES[section]), ICONS[section], grant.until, href)


@desk.guest()
def shared_section(request: desk.DeskRequest, pk: UUID, section: str) -> HttpResponse:
    """One shared section, and what it was shared for. The reading log tells the youth that it was read."""
    dossier, reader = desk.visible_dossier(request, pk), request.reader
    grant = _granted(request, dossier, section)
    reader.unlock([dossier], section)
    show = _SHOW.get(section)
    found = papers.in_words(reader, _papers_in(dossier, section).select_related("added_by"))
    context = {
        "name": gettext(SECTION_NAMES[section]),
        "town": dossier.municipality.name,
        "coach": _coaches([dossier.pk]).get(dossier.pk, ""),
        "until": grant.until,
        "purpose": reader.text(grant.purpose),
        "views": [reader.text(view.text) for view in dossier.view_set.filter(section=section)],
        "papers": found,
        "has_unscanned": papers.has_unscanned(found),
        "dossier": dossier,
        "section": section,
    }
    return _page(request, "coach/shared_section.html", **context, **(show(reader, dossier) if show else {}))


@desk.guest()
def shared_paper(request: desk.DeskRequest, pk: UUID, section: str, paper: UUID) -> HttpResponse:
    """A paper that lies in what was shared."""
    dossier = desk.visible_dossier(request, pk)
    _granted(request, dossier, section)
    return papers.handed_over(request.reader, _papers_in(dossier, section).filter(pk=paper).first())


def _granted(request: desk.DeskRequest, dossier: Dossier, section: str) -> Grant:
    """The grant that lasts longest; without one it is not there."""
    grants = Grant.objects.held_by(request.user).filter(dossier=dossier, shared_section=section)
    grant = grants.order_by("-until").first()
    if grant is None:
        raise Http404
    return grant


def _papers_in(dossier: Dossier, section: str) -> PaperQuerySet:
    found: PaperQuerySet = dossier.paper_set.kept().filter(section=section)
    return found


def _page(request: desk.DeskRequest, template: str, **context: Any) -> HttpResponse:
    """A coach keeps the bar under his thumb; a professional has no other desk than this one."""
    layout = "layout/coach.html" if request.user.is_somewhere(Role.COACH) else "layout/desk.html"
    return render(request, template, {"layout": layout, **context})


def _coaches(dossiers: Collection[UUID]) -> dict[UUID, str]:
    ships = Coachship.objects.now().filter(dossier__in=dossiers, is_stand_in=False).select_related("coach")
    return {ship.dossier_id: ship.coach.get_full_name() for ship in ships}


# --- what there is to read, section by section ----------------------------------------


def _plan(reader: Reader, dossier: Dossier) -> dict[str, Any]:
    in_force = dossier.planversion_set.in_force().select_related("author").first()
    return {
        "version": plan.in_words(reader, in_force) if in_force else None,
        "steps": steps.in_words(reader, dossier.step_set.filter(done_on=None, dropped_on=None)),
    }


def _appointments(reader: Reader, dossier: Dossier) -> dict[str, Any]:
    return {"appointments": appointments.in_words(reader, dossier.appointment_set.filter(outcome=""))}


def _notes(reader: Reader, dossier: Dossier) -> dict[str, Any]:
    found = Note.objects.standing([dossier.pk]).select_related("author")[:NOTES]
    return {"notes": notes.in_words(reader, found)}


def _work(reader: Reader, dossier: Dossier) -> dict[str, Any]:
    found = dossier.placement_set.select_related("workplace")
    return {"places": [work.in_words(reader, place) for place in found]}


def _scores(reader: Reader, dossier: Dossier) -> dict[str, Any]:
    return {"lines": scan.lines_of(*scan.voices_of(reader, dossier))}


_SHOW: dict[str, Callable[[Reader, Dossier], dict[str, Any]]] = {
    "plan": _plan,
    "appointments": _appointments,
    "contacts": _notes,
    "work": _work,
    "scores": _scores,
}
