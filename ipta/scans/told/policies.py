"""Who puts in the dossier what others said, who answers it, and who looks at it again."""

from ipta.accounts.models import Person
from ipta.base.verdict import Verdict, yes
from ipta.dossiers.models import Dossier
from ipta.dossiers.policies import can_own, can_write, is_youth
from ipta.scans.told.models import Statement
from ipta.sharing.policies import can_open


def can_cite(person: Person, dossier: Dossier, section: str) -> Verdict:
    """The coach; a stand-in only where he reads what he writes."""
    return can_write(person, dossier) and can_open(person, dossier, section)


def can_answer(person: Person, statement: Statement) -> Verdict:
    """The youth, always; or his coach, who types it while they talk."""
    dossier = statement.dossier
    if is_youth(person, dossier):
        return yes("youth")
    return can_own(person, dossier) and can_open(person, dossier, statement.section)


def can_look_again(person: Person, statement: Statement) -> Verdict:
    """The coach, of what he reads."""
    return can_cite(person, statement.dossier, statement.section)
