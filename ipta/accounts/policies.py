"""Who may give people a way in, and take it away."""

from ipta.accounts.models import Device, LostFactor, Municipality, Person, Role
from ipta.base.verdict import Verdict, no, yes


def can_appoint(person: Person, municipality: Municipality) -> Verdict:
    """Give somebody a role. The very first one of a municipality is given on the command line."""
    if municipality.id in person.municipalities_as(Role.FUNCTIONAL_MANAGER):
        return yes("functional_manager")
    return no("Alleen de functioneel beheerder kan dit doen.")


def can_call_lost(by: Person, person: Person, municipality: Municipality) -> Verdict:
    """Say that a colleague lost his second factor: a functional manager, of somebody who works there."""
    if not can_appoint(by, municipality):
        return no("Alleen de functioneel beheerder kan dit doen.")
    if person == by or not person.role_in(municipality):
        return no("Dit kan alleen voor een collega met een rol in deze gemeente.")
    return yes("functional_manager")


def can_take_off(by: Person, lost: LostFactor) -> Verdict:
    """The second person: another functional manager, or the project leader. Even a small municipality has those two."""
    roles = (Role.FUNCTIONAL_MANAGER, Role.PROJECT_LEADER)
    if lost.municipality_id not in by.municipalities_as(*roles):
        return no("Alleen een functioneel beheerder of de projectleider kan dit doen.")
    if by.pk in (lost.asked_by_id, lost.person_id):
        return no("Hier is een tweede persoon voor nodig.")
    return yes("second_person")


def can_call_found(by: Person, lost: LostFactor) -> Verdict:
    """Not needed after all, or not trusted: any of those who could say yes, and who asked."""
    return yes("asked") if by.pk == lost.asked_by_id else can_take_off(by, lost)


def can_remove_device(person: Person, device: Device) -> Verdict:
    """His own, always: a lost telephone does not wait."""
    if device.person_id == person.id:
        return yes("youth")
    return no("Alleen de jongere zelf en de coach kunnen dit doen.")


def can_set_away(person: Person, device: Device) -> Verdict:
    """How soon his device asks the PIN: he alone knows in whose hands it is."""
    return yes("youth") if device.person_id == person.id else no("Alleen de jongere zelf kan dit doen.")


def can_feed(person: Person, municipality: Municipality) -> Verdict:
    """Have his appointments in a calendar of his own. It says when, and nothing of whom."""
    if municipality.id in person.municipalities_as(Role.COACH):
        return yes("coach")
    return no("Alleen een coach kan dit doen.")
