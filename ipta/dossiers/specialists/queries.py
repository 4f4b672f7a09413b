"""Which specialists somebody may know of."""

from ipta.accounts.models import Person, Role
from ipta.dossiers.models import Specialist, SpecialistQuerySet
from ipta.dossiers.specialists.policies import KEEPERS


def specialists_visible_to(person: Person) -> SpecialistQuerySet:
    """The directory of his own municipalities, for who calls on them and for who keeps it."""
    mine = person.municipalities_as(Role.COACH, *KEEPERS)
    return Specialist.objects.filter(municipality__in=mine).select_related("municipality")


def specialists_kept_by(person: Person) -> SpecialistQuerySet:
    """Those of the municipalities where he keeps the directory."""
    return specialists_visible_to(person).filter(municipality__in=person.municipalities_as(*KEEPERS))
