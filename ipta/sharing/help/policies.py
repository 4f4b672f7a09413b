"""Who asks a specialist for help, and through whose link an answer comes in."""

from ipta.accounts.models import Person
from ipta.base.verdict import Verdict, no
from ipta.dossiers import policies as dossiers
from ipta.dossiers.models import Dossier, Specialist
from ipta.sharing.models import HelpRequest


def can_ask(person: Person, dossier: Dossier, specialist: Specialist) -> Verdict:
    """Who walks along, in the directory of the municipality of this dossier."""
    if specialist.municipality_id != dossier.municipality_id:
        return no("Deze specialist is er niet in deze gemeente.")
    return dossiers.can_write(person, dossier)


def can_follow(person: Person, question: HelpRequest) -> Verdict:
    """Send it again, read the answer, close it: who walks along now, whoever asked."""
    return dossiers.can_write(person, question.dossier)


def can_pass_on(person: Person, question: HelpRequest) -> Verdict:
    """What somebody does through the link this person made: as long as that person walks along."""
    if question.closed_at is not None:
        return no("Deze vraag is klaar.")
    return dossiers.can_write(person, question.dossier)
