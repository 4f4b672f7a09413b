"""The coach hands a youth his way in, and can take a lost phone away; the youth says how soon it asks his PIN.

Commands that need to know the dossier.
"""

from ipta.accounts import entry, rules
from ipta.accounts.models import Device, Person
from ipta.accounts.policies import can_remove_device, can_set_away
from ipta.base import clock
from ipta.base.command import allow, command
from ipta.base.verdict import Impossible, Verdict, no
from ipta.dossiers import policies
from ipta.dossiers.models import Dossier
from ipta.journal.commands import record


@command
def hand_code(dossier: Dossier, *, by: Person) -> str:
    """A code for a device of the youth, to be handed over in person."""
    allow(policies.can_hand_code(by, dossier))
    if dossier.youth is None:
        raise Impossible("Een code kan pas als de jongere ja heeft gezegd.")
    code = entry.make_code(dossier.youth, by=by)
    record("code.handed", by=by, about=dossier)
    return code


@command
def remove_device(dossier: Dossier, device: Device, *, by: Person) -> Device:
    """Lost or sold: this device no longer comes in."""
    allow(_can_touch(can_remove_device(by, device) or policies.can_own(by, dossier), dossier, device))
    device.removed_at = clock.now()
    device.save(update_fields=["removed_at"])
    record("device.removed", by=by, about=dossier, device=device.id)
    return device


@command
def set_away(dossier: Dossier, device: Device, *, minutes: int, by: Person) -> Device:
    """After so many minutes away this device asks the PIN again. The youth says it of a telephone of his own."""
    allow(_can_touch(can_set_away(by, device), dossier, device))
    if minutes not in rules.away_minutes(device.label):
        raise Impossible("Dat kan op dit toestel niet.")
    device.away_minutes = minutes
    device.save(update_fields=["away_minutes"])
    record("device.away_set", by=by, about=dossier, device=device.id, minutes=minutes)
    return device


@command
def open_device(dossier: Dossier, device: Device, *, by: Person) -> Device:
    """After five wrong PINs the coach opens the device again."""
    allow(_can_touch(policies.can_write(by, dossier), dossier, device))
    device.wrong_pins = 0
    device.save(update_fields=["wrong_pins"])
    record("device.opened", by=by, about=dossier, device=device.id)
    return device


def _can_touch(verdict: Verdict, dossier: Dossier, device: Device) -> Verdict:
    """Only a device of this youth: the right to a dossier is none to somebody else's telephone."""
    return verdict if device.person_id == dossier.youth_id else no("Dit apparaat is niet van deze jongere.")
