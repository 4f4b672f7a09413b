"""The knots and phases of a dossier's red thread, from what the record already tells. Nothing sealed is opened."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from ipta.base.prepared import prepared
from ipta.dossiers.models import Dossier, Ending, Intensity, PhaseSpan
from ipta.dossiers.rules import PHASES, phases
from ipta.journal.models import Entry
from ipta.placements.models import Placement
from ipta.plans.models import PlanVersion
from ipta.scans.models import FilledSheet
from ipta.scans.queries import PICTURE
from ipta.scouting.models import Find
from ipta.web.components.thread import Knot, Phase
from ipta.web.hrefs import href as href_to

# A place that ends like this is the thread going on, not turning back.
ONWARDS = {Placement.Stop.DONE, Placement.Stop.ON_TO_WORK}


def phase_names(dossier: Dossier) -> dict[str, str]:
    """The phases of the method, under the municipality's own names where it has them."""
    own = dossier.municipality.phases
    return {key: name if key in own else gettext(name) for key, name in phases(own).items()}


def phases_of(dossier: Dossier) -> list[Phase]:
    names = PHASES | phase_names(dossier)
    spans = _spans(dossier=dossier.pk)
    return [Phase(names.get(span.phase, gettext("Eigen fase")), span.since, span.until) for span in spans]


@prepared
def _spans(dossier: UUID) -> QuerySet[PhaseSpan]:
    return PhaseSpan.objects.filter(dossier=dossier).order_by("since")


class Rows(NamedTuple):
    """What the thread is tied of, beside the dossier itself."""

    finds: list[Find]
    sheets: list[tuple[UUID, date]]
    plans: list[PlanVersion]
    places: list[Placement]


def rows_of(dossier: Dossier, plans: list[PlanVersion] | None = None) -> Rows:
    """`plans`: the texts of its plan, if known already."""
    pk = dossier.pk
    known = _versions(dossier=pk) if plans is None else plans
    return Rows(_finds(dossier=pk), _sheets(dossier=pk), known, _places(dossier=pk))


@prepared
def _finds(dossier: UUID) -> QuerySet[Find]:
    return Find.objects.filter(dossier=dossier)


@prepared
def _sheets(dossier: UUID) -> QuerySet[FilledSheet, Any]:
    found = FilledSheet.objects.filter(dossier=dossier, version__instrument__url__in=PICTURE)
    return found.exclude(signed_off_at=None).order_by("about_on").values_list("pk", "about_on")


@prepared
def _versions(dossier: UUID) -> QuerySet[PlanVersion]:
    return PlanVersion.objects.filter(dossier=dossier).only("dossier", "number", "in_force_from", "written_at")


@prepared
def _places(dossier: UUID) -> QuerySet[Placement]:
    sealed = ("what", "points", "stop_words")
    return Placement.objects.filter(dossier=dossier).select_related("workplace").defer(*sealed)


def knots_of(dossier: Dossier, rows: Rows | None = None) -> list[Knot]:
    """Oldest first; the last one is today, as long as it goes on. `rows`: of this dossier, if known already."""
    rows = rows or rows_of(dossier)
    knots = sorted(
        chain(
            _beginning(dossier, rows.finds),
            _scans(dossier, rows.sheets),
            _plans(dossier, rows.plans),
            _work(dossier, rows.places),
            _turns(dossier),
        ),
        key=lambda knot: knot.date,
    )
    if dossier.ended_on is None:
        knots.append(Knot(timezone.localdate(), gettext("Nu"), "now"))
    return knots


def _beginning(dossier: Dossier, finds: Iterable[Find]) -> Iterator[Knot]:
    find = next(iter(finds), None)
    where = find.get_kind_display() if find and find.kind != find.Place.UNKNOWN else ""
    rough: dict[str, str] = dossier.rough
    yield Knot(dossier.found_on, gettext("Gevonden"), "found", text=where, rough=rough.get("found_on", ""))
    if dossier.joined_on:
        yield Knot(dossier.joined_on, gettext("Doet mee"), "yes", rough=rough.get("joined_on", ""))


def _scans(dossier: Dossier, sheets: Iterable[tuple[UUID, date]]) -> Iterator[Knot]:
    href = href_to("coach:scan", dossier.pk)
    for day in sorted({about_on for _, about_on in sheets}):
        yield Knot(day, gettext("Quick scan"), "scan", href=href)


def _plans(dossier: Dossier, plans: Iterable[PlanVersion]) -> Iterator[Knot]:
    for plan in sorted(plans, key=lambda plan: plan.number):
        if plan.in_force_from:
            title = gettext("Plan: jullie zeiden allebei ja") if plan.number == 1 else gettext("Het plan is vernieuwd")
            href = reverse("coach:version", args=[dossier.pk, plan.number])
            yield Knot(timezone.localtime(plan.in_force_from).date(), title, "plan", href=href)


def _work(dossier: Dossier, places: Iterable[Placement]) -> Iterator[Knot]:
    href = href_to("coach:work", dossier.pk)
    for place in places:
        where = place.workplace.employer if place.workplace else ""
        if place.starts_on:
            rough = place.rough.get("starts_on", "")
            yield Knot(place.starts_on, place.get_kind_display(), "work", text=where, href=href, rough=rough)
        if place.stopped_on:
            is_onwards = place.stop_reason in ONWARDS
            title = gettext("Klaar op deze plek") if is_onwards else gettext("Een plek is gestopt")
            why = place.get_stop_reason_display()
            rough = place.rough.get("stopped_on", "")
            kind = "stop" if is_onwards else "loop"
            yield Knot(place.stopped_on, title, kind, text=why, href=href, rough=rough)


def _turns(dossier: Dossier) -> Iterator[Knot]:
    """Calmer water, stopping and coming back: the journal remembers them all."""
    reasons, intensities = dict(Ending.choices), dict(Intensity.choices)
    entries = _turned(dossier=dossier.pk)
    for index, entry in enumerate(entries):
        day = timezone.localtime(entry.at).date()
        if entry.verb == "intensity.set":
            intensity = str(entry.facts.get("intensity", ""))
            kind = "plan" if intensity == Intensity.INTENSIVE else "calm"
            yield Knot(day, _guidance(str(intensities.get(intensity, intensity))), kind)
        elif entry.verb == "dossier.reopened":
            yield Knot(day, gettext("Weer terug"), "yes")
        else:
            came_back = any(later.verb == "dossier.reopened" for later in entries[index:])
            reason = str(reasons.get(str(entry.facts.get("reason", "")), ""))
            yield Knot(
                _end_day(dossier, day, came_back), gettext("Afgerond"), "loop" if came_back else "end", text=reason
            )
    if dossier.ended_on and not any(entry.verb == "dossier.ended" for entry in entries):
        reason = str(reasons.get(dossier.end_reason, ""))
        rough = dossier.rough.get("ended_on", "")
        yield Knot(dossier.ended_on, gettext("Afgerond"), "end", text=reason, rough=rough)


@prepared
def _turned(dossier: UUID) -> QuerySet[Entry]:
    verbs = ("intensity.set", "dossier.ended", "dossier.reopened")
    return Entry.objects.filter(about=dossier, verb__in=verbs).order_by("number")


def _guidance(name: str) -> str:
    return gettext("Begeleiding: %(kind)s") % {"kind": name.lower()}


def _end_day(dossier: Dossier, noted: date, came_back: bool) -> date:
    """The day that was meant; of an ending that was taken back only the day it was noted is known."""
    return noted if came_back or dossier.ended_on is None else dossier.ended_on
