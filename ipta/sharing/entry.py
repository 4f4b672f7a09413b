"""The coach hands a youth his way in, and can take a lost phone away. Commands that need to know the dossier."""

from django.utils import timezone

from ipta.accounts import entry
from ipta.accounts.models import Device, Person
from ipta.base.command import allow, command
from ipta.base.verdict import Impossible
from ipta.dossiers import policies
from ipta.dossiers.models import Dossier
from ipta.journal.commands import record


@command
def hand_code(dossier: Dossier, *, by: Person) -> str:
    """A code for a device of the youth, to be handed over in person."""
    allow(policies.can_own(by, dossier))
    if dossier.youth is None:
        raise Impossible("Een code kan pas als de jongere ja heeft gezegd.")
    code = entry.make_code(dossier.youth, by=by)
    record("code.handed", by=by, about=dossier)
    return code


@command
def remove_device(dossier: Dossier, device: Device, *, by: Person) -> Device:
    """Lost or sold: this device no longer comes in."""
    allow(policies.can_own(by, dossier))
    device.removed_at = timezone.now()
    device.save(update_fields=["removed_at"])
    record("device.removed", by=by, about=dossier, device=device.id)
    return device


@command
def open_device(dossier: Dossier, device: Device, *, by: Person) -> Device:
    """After five wrong PINs the coach opens the device again."""
    allow(policies.can_write(by, dossier))
    device.wrong_pins = 0
    device.save(update_fields=["wrong_pins"])
    record("device.opened", by=by, about=dossier, device=device.id)
    return device
