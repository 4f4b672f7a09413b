"""Who keeps the book of finding places."""

from ipta.accounts.models import Municipality, Person, Role
from ipta.base.verdict import Verdict, no, yes


def can_keep(person: Person, municipality: Municipality) -> Verdict:
    """Write in the book of finding places: every coach of the municipality."""
    if municipality.id in person.municipalities_as(Role.COACH):
        return yes("coach")
    return no("Alleen een coach van deze gemeente kan dit doen.")
