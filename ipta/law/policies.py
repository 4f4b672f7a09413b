"""Who may say how long and why, who may hold or erase a dossier, and that only the house destroys."""

from ipta.accounts.models import Municipality, Person, Role
from ipta.base.acting import HOUSE
from ipta.base.verdict import Verdict, no, yes
from ipta.dossiers import policies as dossiers
from ipta.dossiers.models import Dossier
from ipta.journal.commands import Actor
from ipta.law.models import Hold, Wish
from ipta.sharing.policies import can_open, can_shred

ANSWERABLE = (Role.FUNCTIONAL_MANAGER, Role.PRIVACY_OFFICER)


def can_state(person: Person, municipality: Municipality) -> Verdict:
    """Say for a municipality how long it keeps something, or on what ground: its functional manager."""
    if municipality.id in person.municipalities_as(Role.FUNCTIONAL_MANAGER):
        return yes("functional_manager")
    return no("Alleen de functioneel beheerder van deze gemeente kan dit kiezen.")


def can_destroy(by: Actor, *, is_due: bool) -> Verdict:
    """Nobody destroys by hand: the house does, what is due and not held."""
    if by is not HOUSE:
        return no("Dit gaat vanzelf, als de tijd om is.")
    return yes("house") if is_due else no("De tijd is nog niet om.")


# --- holding ------------------------------------------------------------------------------------------------------


def can_hold(person: Person, dossier: Dossier) -> Verdict:
    """Ask that nothing of it goes for a while: who answers for the law there."""
    if dossier.municipality_id in person.municipalities_as(*ANSWERABLE):
        return yes("answerable")
    return no("Alleen de functioneel beheerder of de functionaris gegevensbescherming van deze gemeente kan dit.")


def can_agree_to_hold(person: Person, hold: Hold) -> Verdict:
    """Two people: the functional manager and the privacy officer, whoever of them asked."""
    here, asked_by = hold.municipality_id, hold.asked_by
    if person == asked_by:
        return no("Dit doe je met z'n tweeën. Een ander zegt ja.")
    for one, other in (ANSWERABLE, ANSWERABLE[::-1]):
        if here in asked_by.municipalities_as(one) and here in person.municipalities_as(other):
            return yes(other)
    return no("De functioneel beheerder en de functionaris gegevensbescherming doen dit samen.")


def can_end_hold(person: Person, hold: Hold) -> Verdict:
    """Either of them. Nothing goes at once: it is announced anew."""
    return can_hold(person, hold.about)


# --- the right to be forgotten ------------------------------------------------------------------------------------


def can_wish(person: Person, dossier: Dossier) -> Verdict:
    """Wish that something is erased, or no longer: the youth himself, always."""
    return yes("youth") if dossiers.is_youth(person, dossier) else no("Alleen de jongere zelf kan dit vragen.")


def can_answer(person: Person, wish: Wish) -> Verdict:
    """Ask for it, or say why not: the functional manager there."""
    if wish.municipality_id in person.municipalities_as(Role.FUNCTIONAL_MANAGER):
        return yes("functional_manager")
    return no("Alleen de functioneel beheerder van deze gemeente kan dit vragen.")


def can_agree_to_wish(person: Person, wish: Wish) -> Verdict:
    """Four eyes, as for every erasure."""
    if wish.asked_by is None:
        return no("De functioneel beheerder vraagt dit eerst.")
    return can_shred(wish.asked_by, wish.about, person)


# --- parents ------------------------------------------------------------------------------------------------------


def can_weigh(person: Person, dossier: Dossier) -> Verdict:
    """Note what was weighed about his parents: who walks along and reads who his people are."""
    if person.is_youth:
        return no("Alleen de coach kan dit doen.")
    return dossiers.can_write(person, dossier) and can_open(person, dossier, "family")
