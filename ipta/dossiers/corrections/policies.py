"""Who asks to change a line, and who answers."""

from ipta.accounts.models import Person
from ipta.base.verdict import Verdict, no, yes
from ipta.dossiers import policies as dossiers
from ipta.dossiers.corrections.models import Correction
from ipta.dossiers.models import Dossier


def can_ask_correction(person: Person, dossier: Dossier) -> Verdict:
    """The youth, always, also when it all has ended. Source: GDPR (AVG), article 16."""
    return yes("youth") if dossiers.is_youth(person, dossier) else no("Alleen de jongere zelf kan dit vragen.")


def can_answer_correction(person: Person, correction: Correction) -> Verdict:
    """Who walks along."""
    return dossiers.can_write(person, correction.dossier)
