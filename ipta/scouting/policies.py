"""Who keeps the book of finding places, and what is done when nobody says yes."""

from datetime import date

from ipta.accounts.models import Municipality, Person, Role
from ipta.base import clock
from ipta.base.acting import HOUSE
from ipta.base.verdict import Verdict, no, yes
from ipta.dossiers.models import Dossier
from ipta.journal.commands import Actor
from ipta.scouting.models import CoachPage


def can_keep(person: Person, municipality: Municipality) -> Verdict:
    """Write in the book of finding places: every coach of the municipality."""
    if municipality.id in person.municipalities_as(Role.COACH):
        return yes("coach")
    return no("Alleen een coach van deze gemeente kan dit doen.")


def can_close(by: Actor, page: CoachPage, municipality: Municipality) -> Verdict:
    """One's own page, as long as one is a coach; after that the house does it."""
    if by is HOUSE and not page.person.is_somewhere(Role.COACH):
        return yes("house")
    if isinstance(by, Person) and page.person_id == by.pk:
        return can_keep(by, municipality)
    return no("Dit is de pagina van een ander.")


def can_let_go(by: Actor, dossier: Dossier, leaves: date) -> Verdict:
    """Forget who did not join: nobody decides it. The house does it, when the day has come on which he leaves."""
    if by is not HOUSE:
        return no("Dit gaat vanzelf, als de tijd om is.")
    if dossier.joined_on or leaves > clock.today():
        return no("De tijd is nog niet om.")
    return yes("house")
