"""Who writes the plan and who says yes to it: the two who own it."""

from ipta.accounts.models import Person
from ipta.base.verdict import Verdict, no
from ipta.dossiers import policies as dossiers
from ipta.dossiers.models import Dossier
from ipta.plans.models import PlanVersion


def can_propose(person: Person, dossier: Dossier) -> Verdict:
    """Write a new text: either owner."""
    return dossiers.can_own(person, dossier)


def can_agree(person: Person, version: PlanVersion) -> Verdict:
    """Both owners, each for himself, and only to the newest text."""
    verdict = dossiers.can_own(person, version.dossier)
    if not verdict:
        return verdict
    if PlanVersion.objects.filter(dossier=version.dossier, number__gt=version.number).exists():
        return no("Er is een nieuwere tekst. Lees die eerst.")
    return verdict
