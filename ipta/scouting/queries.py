"""Which finding places somebody may know of, and where they lie."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.db.models import QuerySet

from ipta.accounts.models import Person, Role
from ipta.scouting.models import FindingPlace

AREAS = Path(__file__).parent / "data" / "postcode4.csv"


def places_visible_to(person: Person) -> QuerySet[FindingPlace]:
    """The book of the coach's own municipalities."""
    mine = person.municipalities_as(Role.COACH)
    return FindingPlace.objects.filter(municipality__in=mine).select_related("municipality")


@dataclass(frozen=True, slots=True)
class Area:
    """The middle of a postcode area, in degrees."""

    code: str
    lat: float
    lon: float


@cache
def areas() -> dict[str, tuple[Area, ...]]:
    """By the code of a municipality: its postcode areas, from the list that ships with the code (data/README.md)."""
    found: dict[str, list[Area]] = {}
    with AREAS.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            area = Area(row["code"], float(row["lat"]), float(row["lon"]))
            found.setdefault(row["municipality"], []).append(area)
    return {municipality: tuple(them) for municipality, them in found.items()}
