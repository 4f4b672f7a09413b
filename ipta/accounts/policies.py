"""Who may give people a way in, and take it away."""

from ipta.accounts.models import Device, Municipality, Person, Role
from ipta.base.verdict import Verdict, no, yes


def can_appoint(person: Person, municipality: Municipality) -> Verdict:
    """Give somebody a role. The very first one of a municipality is given on the command line."""
    if municipality.id in person.municipalities_as(Role.FUNCTIONAL_MANAGER):
        return yes("functional_manager")
    return no("Alleen de functioneel beheerder kan dit doen.")


def can_remove_device(person: Person, device: Device) -> Verdict:
    """His own, always: a lost telephone does not wait."""
    if device.person_id == person.id:
        return yes("youth")
    return no("Alleen de jongere zelf en de coach kunnen dit doen.")
