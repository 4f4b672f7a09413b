"""How a youth comes in: a code once, then his device and a PIN. No e-mail, no telephone number, no app.

Source: security design, threats 1, 13, 20, 37 of its list of nasty inputs.
"""

from dataclasses import dataclass

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.db.models import F

from ipta.accounts import rules
from ipta.accounts.models import Device, EntryCode, Person
from ipta.base import clock


class WrongPin(Exception):
    def __init__(self, left: int) -> None:
        self.left = left


@dataclass(frozen=True, slots=True)
class NewDevice:
    device: Device
    token: str  # kept by the device alone, in a cookie


def make_code(person: Person, *, by: Person) -> str:
    """A new code; an older one that was not used ends. The caller has asked whether this may."""
    EntryCode.objects.filter(person=person, used_at=None).delete()
    code = rules.new_code()
    EntryCode.objects.create(
        person=person, made_by=by, code_hash=rules.hashed(code), expires_at=clock.now() + rules.CODE_LIFE
    )
    return code


def find_code(typed: str) -> EntryCode | None:
    """The code, if it still works. Looking at it does not use it up."""
    return EntryCode.objects.filter(
        code_hash=rules.hashed(rules.tidy_code(typed)),
        used_at=None,
        expires_at__gt=clock.now(),
        person__is_active=True,
    ).first()


@transaction.atomic
def use_code(code: EntryCode, *, pin: str, label: str) -> NewDevice | None:
    """Bind this device with a PIN. None when somebody else was just first with the same code."""
    if not EntryCode.objects.filter(pk=code.pk, used_at=None).update(used_at=clock.now()):
        return None
    token = rules.new_token()
    device = Device.objects.create(
        person=code.person, token_hash=rules.hashed(token), pin_hash=make_password(pin), label=label
    )
    return NewDevice(device, token)


def find_device(token: str) -> Device | None:
    """The device that holds this token, if it was not taken away."""
    return (
        Device.objects.filter(token_hash=rules.hashed(token), removed_at=None, person__is_active=True)
        .filter(person__is_guest=False)  # who comes in with a link: `guests.py`
        .select_related("person")
        .first()
    )


def check_pin(device: Device, typed: str) -> Person | None:
    """The youth, if the PIN is right. Five wrong tries lock the device until the coach opens it. Raises `WrongPin`."""
    if device.is_locked:
        raise WrongPin(0)
    # Counted before it is checked, so that tries side by side cannot slip through together.
    Device.objects.filter(pk=device.pk).update(wrong_pins=F("wrong_pins") + 1)
    device.refresh_from_db(fields=["wrong_pins"])
    if device.wrong_pins > rules.PIN_TRIES or not check_password(rules.tidy_pin(typed), device.pin_hash):
        raise WrongPin(max(rules.PIN_TRIES - device.wrong_pins, 0))
    device.wrong_pins, device.last_used_at = 0, clock.now()
    device.save(update_fields=["wrong_pins", "last_used_at"])
    return device.person
