"""Who says how often the youth is asked how his week was."""

from ipta.accounts.models import Person
from ipta.base.verdict import Verdict, no, yes
from ipta.dossiers.models import Dossier
from ipta.dossiers.policies import is_youth


def can_set_rhythm(person: Person, dossier: Dossier) -> Verdict:
    """He alone: nobody has him asked more often than he wants."""
    if is_youth(person, dossier) and dossier.is_taking_part:
        return yes("youth")
    return no("Alleen de jongere zelf kiest hoe vaak.")
