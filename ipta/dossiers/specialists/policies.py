"""Who keeps the directory of specialists."""

from ipta.accounts.models import Municipality, Person, Role
from ipta.base.verdict import Verdict, no, yes

KEEPERS = (Role.FUNCTIONAL_MANAGER, Role.PROJECT_LEADER)


def can_keep(person: Person, municipality: Municipality) -> Verdict:
    """Who makes the agreements with specialists: the project leader, and the functional manager."""
    if municipality.id in person.municipalities_as(*KEEPERS):
        return yes("keeper")
    return no("Alleen de projectleider en de functioneel beheerder van deze gemeente kunnen dit doen.")
