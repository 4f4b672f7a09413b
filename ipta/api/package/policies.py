"""Who may take a whole dossier along, and who may bring one in."""

from ipta.accounts.models import Municipality, Person, Role
from ipta.base.verdict import Verdict, no, yes
from ipta.dossiers import policies as dossiers
from ipta.dossiers.models import Dossier


def can_export(person: Person, dossier: Dossier) -> Verdict:
    """The youth, and the coach who walks along. A stand-in may not see everything, so he cannot take it along."""
    if dossiers.is_youth(person, dossier):
        return yes("youth")
    if dossiers.is_coach(person, dossier) and not dossiers.is_stand_in(person, dossier):
        return yes("coach")
    return no("Alleen de jongere en zijn coach kunnen het hele dossier meenemen.")


def can_import(person: Person, municipality: Municipality, coach: Person) -> Verdict:
    """A coach of this municipality, for a coach of this municipality."""
    verdict = dossiers.can_begin(person, municipality)
    if verdict and municipality.id not in coach.municipalities_as(Role.COACH):
        return no("Kies een coach van deze gemeente.")
    return verdict
