"""The coach hands a youth his way in, and can take a lost phone away. Commands that need to know the dossier."""

from ipta.accounts import entry
from ipta.accounts.models import Device, Person
from ipta.accounts.policies import can_remove_device
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
