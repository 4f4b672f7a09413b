"""Which specialists somebody may know of."""

from typing import Final
from uuid import UUID

from ipta.accounts.models import Person, Role
from ipta.dossiers.models import Specialist, SpecialistQuerySet
from ipta.dossiers.specialists.policies import KEEPERS

# Which field of the directory helps with which life domain. Source: "Specialisten". Nobody is called for justice: who
# walks along goes along himself.
FIELD_OF: Final = {
    "money": "money",
    "work": "work",
    "time": "leisure",
    "housing": "housing",
    "home": "social",
    "mental": "mental",
    "physical": "health",
    "substances": "addiction",
    "basic": "health",
    "instrumental": "social",
    "network": "social",
    "participation": "leisure",
}


def specialists_visible_to(person: Person) -> SpecialistQuerySet:
    """The directory of his own municipalities, for who calls on them and for who keeps it."""
    mine = person.municipalities_as(Role.COACH, *KEEPERS)
    return Specialist.objects.filter(municipality__in=mine).select_related("municipality")


def on_call_for(person: Person) -> dict[tuple[UUID, str], Specialist]:
    """Whom to call first, by municipality and field: with whom an agreement holds, then who answers soonest."""
    there = sorted(specialists_visible_to(person).reachable(), key=lambda one: (not one.is_agreed, one.answers_within))
    found: dict[tuple[UUID, str], Specialist] = {}
    for one in there:
        for field in one.fields:
            found.setdefault((one.municipality_id, field), one)
    return found


def specialists_kept_by(person: Person) -> SpecialistQuerySet:
    """Those of the municipalities where he keeps the directory."""
    return specialists_visible_to(person).filter(municipality__in=person.municipalities_as(*KEEPERS))
