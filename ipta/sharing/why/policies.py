"""Who asks why somebody looked, and who answers."""

from ipta.accounts.models import Person
from ipta.base.verdict import Verdict, no, yes
from ipta.dossiers import policies as dossiers
from ipta.dossiers.models import Dossier
from ipta.sharing.models import Look
from ipta.sharing.why.models import LookQuestion


def can_ask_why(person: Person, dossier: Dossier, look: Look) -> Verdict:
    """The youth himself, of what somebody else read about him. Always."""
    if dossiers.is_youth(person, dossier) and look.about == dossier.id and look.person_id != person.id:
        return yes("youth")
    return no("Alleen de jongere zelf kan dit vragen.")


def can_explain(person: Person, question: LookQuestion) -> Verdict:
    """Who looked, also when he has no right to the dossier any more."""
    return yes("reader") if question.reader_id == person.id else no("Alleen wie keek kan hier antwoord op geven.")


def can_see_answer(person: Person, question: LookQuestion) -> Verdict:
    """Say that it was seen: who asked."""
    return yes("youth") if dossiers.is_youth(person, question.dossier) else no("Alleen de jongere zelf kan dit doen.")
