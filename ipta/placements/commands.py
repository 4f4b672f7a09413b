"""Agree, start, stop. Source: "Match", "Plaatsingsafspraken"."""

from collections.abc import Mapping
from datetime import date

from ipta.accounts.models import Person
from ipta.base import clock
from ipta.base.command import allow, command
from ipta.base.verdict import Impossible
from ipta.dossiers import policies
from ipta.dossiers.models import Dossier
from ipta.dossiers.rules import tidy
from ipta.journal.commands import record
from ipta.placements.models import Placement
from ipta.placements.rules import POINTS
from ipta.workplaces.models import Workplace


@command
def agree(
    dossier: Dossier,
    *,
    by: Person,
    kind: str,
    workplace: Workplace | None = None,
    what: str = "",
    points: Mapping[str, str] | None = None,
    on: date | None = None,
) -> Placement:
    """Write down what was agreed with the workplace; unknown points stay empty."""
    allow(policies.can_write(by, dossier))
    if workplace and workplace.municipality_id != dossier.municipality_id:
        raise Impossible("Kies een werkplek uit het boek van deze gemeente.")
    placement = Placement.objects.create(
        dossier=dossier,
        workplace=workplace,
        kind=Placement.Kind(kind),
        made_by=by,
        agreed_on=on or clock.today(),
        what=tidy(what),
        points=_tidy_points(points or {}),
    )
    record("placement.agreed", by=by, about=dossier, placement=placement.id, kind=kind)
    return placement


@command
def amend(placement: Placement, *, by: Person, points: Mapping[str, str], what: str | None = None) -> Placement:
    """Change the points as the work goes on."""
    allow(policies.can_write(by, placement.dossier))
    placement.points = _tidy_points(points)
    if what is not None:
        placement.what = tidy(what)
    placement.save()
    record("placement.amended", by=by, about=placement.dossier, placement=placement.id)
    return placement


@command
def start(placement: Placement, *, by: Person, on: date | None = None) -> Placement:
    """The first working day."""
    allow(policies.can_write(by, placement.dossier))
    if placement.starts_on:
        raise Impossible("Deze plek is al begonnen.")
    if placement.stopped_on:
        raise Impossible("Deze plek is al gestopt. Maak een nieuwe afspraak.")
    placement.starts_on = on or clock.today()
    placement.save(update_fields=["starts_on"])
    record("placement.started", by=by, about=placement.dossier, placement=placement.id)
    return placement


@command
def stop(placement: Placement, *, reason: str, by: Person, words: str = "", on: date | None = None) -> Placement:
    """It stops, with a reason that judges nobody."""
    allow(policies.can_write(by, placement.dossier))
    if placement.stopped_on:
        raise Impossible("Deze plek is al gestopt.")
    placement.stopped_on = max(on or clock.today(), placement.starts_on or date.min)
    placement.stop_reason = Placement.Stop(reason)
    placement.stop_words = tidy(words)
    placement.save()
    record("placement.stopped", by=by, about=placement.dossier, placement=placement.id, reason=reason)
    return placement


def _tidy_points(points: Mapping[str, str]) -> dict[str, str]:
    return {name: text for name in POINTS if (text := tidy(points.get(name, "")))}
