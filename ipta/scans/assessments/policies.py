"""Who proposes a test, who says yes to it, and who notes how it went."""

from ipta.accounts.models import Person
from ipta.base.verdict import Verdict
from ipta.dossiers.models import Dossier
from ipta.dossiers.policies import can_own, can_write
from ipta.scans.models import Assessment


def can_propose_assessment(person: Person, dossier: Dossier) -> Verdict:
    """The coach, who writes down what they talked about."""
    return can_write(person, dossier)


def can_answer_assessment(person: Person, assessment: Assessment) -> Verdict:
    """The youth himself; or his coach, who notes what he said."""
    return can_own(person, assessment.dossier)


def can_plan_assessment(person: Person, assessment: Assessment) -> Verdict:
    """Set a day for it: the coach, who joins in."""
    return can_write(person, assessment.dossier)


def can_finish_assessment(person: Person, assessment: Assessment) -> Verdict:
    """Note what came of it."""
    return can_write(person, assessment.dossier)
