"""How far it is: days, and nothing else. What it says of is our own promise to make tempo, never of the youth."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Min, QuerySet, Value
from django.db.models.functions import TruncDate
from django.utils.translation import gettext, ngettext

from ipta.base.prepared import prepared
from ipta.dossiers.models import Appointment, Dossier, PhaseSpan, Step
from ipta.dossiers.rules import DAYS_TO_WORKPLACE, PHASES
from ipta.placements.models import Placement
from ipta.web import when
from ipta.web.components.thread import Phase
from ipta.web.knots import phase_names


@dataclass(frozen=True, slots=True)
class Tempo:
    """Since the first contact, since the yes, and until a workplace was met and he began there."""

    found_on: date
    joined_on: date | None
    met_on: date | None
    worked_on: date | None
    today: date

    @property
    def is_slow(self) -> bool:
        """No workplace was met yet, and the thirty days are over."""
        return self.joined_on is not None and self.met_on is None and self._days(self.today) > DAYS_TO_WORKPLACE

    @property
    def words(self) -> str:
        if self.joined_on is None:
            return gettext("%(long)s sinds het eerste contact") % {"long": when.lasting(self.found_on, self.today)}
        if self.worked_on and self.worked_on <= self.today:
            return _after(gettext("Aan het werk na %(long)s"), self._days(self.worked_on))
        if self.met_on and self.met_on <= self.today:
            return _after(gettext("Werkplek ontmoet na %(long)s"), self._days(self.met_on))
        left = DAYS_TO_WORKPLACE - self._days(self.today)
        if left >= 0:
            return ngettext("Nog %(n)s dag voor een werkplek", "Nog %(n)s dagen voor een werkplek", left) % {"n": left}
        return gettext("Nog geen werkplek, na %(long)s") % {"long": when.lasting(self.joined_on, self.today)}

    def _days(self, day: date) -> int:
        return max((day - (self.joined_on or self.found_on)).days, 0)


def _after(words: str, days: int) -> str:
    return words % {"long": ngettext("%(n)s dag", "%(n)s dagen", days) % {"n": days}}


def tempos(dossiers: Collection[Dossier], today: date) -> dict[UUID, Tempo]:
    """Of each: one question for all of them."""
    firsts: dict[tuple[UUID, str], date] = {
        (dossier, kind): day for kind, dossier, day in _firsts(dossiers=[dossier.pk for dossier in dossiers]) if day
    }
    found = {}
    for dossier in dossiers:
        worked = firsts.get((dossier.pk, "worked"))
        met = [day for kind in ("met", "agreed", "worked") if (day := firsts.get((dossier.pk, kind)))]
        found[dossier.pk] = Tempo(dossier.found_on, dossier.joined_on, min(met, default=None), worked, today)
    return found


@prepared
def _firsts(dossiers: Collection[UUID]) -> QuerySet[Any]:
    """The first day a workplace was met, one was agreed on, and he began."""
    places = Placement.objects.filter(dossier__in=dossiers).order_by()
    meetings = Appointment.objects.filter(
        dossier__in=dossiers, party=Appointment.Party.WORKPLACE, outcome=Appointment.Outcome.HAPPENED
    ).order_by()
    firsts: QuerySet[Any] = _first(meetings, "met", Min(TruncDate("starts_at")))
    return firsts.union(_first(places, "agreed", Min("agreed_on")), _first(places, "worked", Min("starts_on")))


def _first(rows: Any, kind: str, day: Any) -> Any:
    return rows.values("dossier_id").annotate(kind=Value(kind), day=day).values_list("kind", "dossier_id", "day")


def late_promises(dossiers: Iterable[Dossier], today: date) -> dict[UUID, int]:
    """How many of the coach's own promises are late, of whom there are any."""
    return dict(_late(dossiers=[dossier.pk for dossier in dossiers], today=today))


@prepared
def _late(dossiers: Collection[UUID], today: date) -> QuerySet[Any]:
    mine = Step.objects.filter(dossier__in=dossiers, owner=Step.Owner.COACH, done_on=None, dropped_on=None)
    return (
        mine.filter(due_on__lt=today)
        .order_by()
        .values("dossier_id")
        .annotate(n=Count("pk"))
        .values_list("dossier_id", "n")
    )


def phases(dossiers: Collection[Dossier]) -> dict[UUID, list[Phase]]:
    """The stretches of each, the oldest first."""
    names = {dossier.pk: PHASES | phase_names(dossier) for dossier in dossiers}
    found: dict[UUID, list[Phase]] = {pk: [] for pk in names}
    for span in _spans(dossiers=list(names)):
        name = names[span.dossier_id].get(span.phase, gettext("Eigen fase"))
        found[span.dossier_id].append(Phase(name, span.since, span.until))
    return found


@prepared
def _spans(dossiers: Collection[UUID]) -> QuerySet[PhaseSpan]:
    return PhaseSpan.objects.filter(dossier__in=dossiers).order_by("since")
