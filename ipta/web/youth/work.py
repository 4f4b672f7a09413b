"""Werk en school: the places he has or had, and what was agreed there."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from ipta.dossiers.models import Dossier
from ipta.placements.models import Placement
from ipta.sharing.door import Reader
from ipta.web import desk
from ipta.web.desk import DeskRequest
from ipta.web.youth.my_side import Side, sides_beside
from ipta.web.youth.words import PLACES, POINTS


@dataclass(frozen=True, slots=True)
class Place:
    id: UUID
    kind: str
    where: str
    what: str
    points: list[tuple[str, str]]
    agreed_on: date
    starts_on: date | None
    stopped_on: date | None
    why_stopped: str
    stop_words: str
    is_running: bool
    sides: tuple[Side, ...]


@desk.youth()
def work(request: DeskRequest) -> HttpResponse:
    dossier = desk.my_dossier(request)
    return render(request, "youth/work.html", {"dossier": dossier, "places": places_of(dossier, request.reader)})


def places_of(dossier: Dossier, reader: Reader) -> list[Place]:
    rows = list(dossier.placement_set.select_related("workplace"))
    sides = sides_beside(rows, dossier, reader)
    return [_place(row, reader, sides.get(row.pk, ())) for row in rows]


def _place(row: Placement, reader: Reader, sides: tuple[Side, ...]) -> Place:
    points = reader.json(row.points) or {}
    return Place(
        id=row.pk,
        kind=str(PLACES[row.kind]),
        where=row.workplace.employer if row.workplace else "",
        what=reader.text(row.what),
        points=[(str(name), points[key]) for key, name in POINTS.items() if key in points],
        agreed_on=row.agreed_on,
        starts_on=row.starts_on,
        stopped_on=row.stopped_on,
        why_stopped=str(row.get_stop_reason_display()) if row.stop_reason else "",
        stop_words=reader.text(row.stop_words),
        is_running=row.is_running,
        sides=sides,
    )
