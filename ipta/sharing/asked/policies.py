"""Who may ask to see something, and who answers."""

from uuid import UUID

from ipta.accounts.models import Person
from ipta.base.verdict import Verdict, no, yes
from ipta.dossiers.models import Dossier
from ipta.sharing import policies
from ipta.sharing.asked.models import SharingRequest
from ipta.sharing.models import Grant
from ipta.sharing.rules import SHAREABLE


def can_ask_for(person: Person, dossier: Dossier, section: str, to: Person, *, item: UUID | None = None) -> Verdict:
    """The coach, for somebody else; or who can see something of it already, for himself.

    One thing out of a section only the coach: to ask for it one must know that it is there.
    """
    if section not in SHAREABLE:
        return no("Dit onderdeel kun je niet delen.")
    if to.is_youth or not to.is_active:
        return no("Met deze persoon kun je niet delen.")
    if person == to and item is None:
        return _can_ask_himself(person, dossier)
    if person != to and policies.is_own_coach(person, dossier):
        return yes("coach")
    return no("Alleen de coach van deze jongere kan dit doen.")


def _can_ask_himself(person: Person, dossier: Dossier) -> Verdict:
    if Grant.objects.held_by(person).filter(dossier=dossier.id).exists():
        return yes("grant")
    return no("Vraag het aan de jongere of aan de coach.")


def can_answer_request(person: Person, asked: SharingRequest) -> Verdict:
    """The youth; or his own coach, who types what he says aloud. Never who would see it."""
    return policies.can_grant(person, asked.dossier, asked.shared_section, asked.to, aloud=True)
