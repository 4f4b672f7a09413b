"""How a guest comes in: a link that is sent, and a code that is told another way. The code is asked once per device, so
that a link that wandered off opens nothing. Whether somebody may be given one, `sharing.guests` asks.
"""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.db.models import F

from ipta.accounts import rules, sessions
from ipta.accounts.entry import NewDevice
from ipta.accounts.models import Device, GuestLink, Person
from ipta.base import clock


class WrongCode(Exception):
    def __init__(self, left: int) -> None:
        self.left = left


@dataclass(frozen=True, slots=True)
class Way:
    """A new way in. Both parts are shown once; nothing but their hashes is kept."""

    link: GuestLink
    token: str
    code: str


def new_way(person: Person, *, ends_on: date, by: Person) -> Way:
    """A link and a code. Those of before end, and the devices they brought in."""
    close(person)
    token, code = rules.new_token(), rules.new_guest_code()
    link = GuestLink.objects.create(
        person=person,
        token_hash=rules.hashed(token),
        code_hash=make_password(code),
        made_by=by,
        ends_on=ends_on,
    )
    return Way(link, token, code)


def new_code(link: GuestLink) -> str:
    """Another code with the same link, which is open again. Devices that are known stay known."""
    code = rules.new_guest_code()
    link.code_hash, link.wrong_codes = make_password(code), 0
    link.save(update_fields=["code_hash", "wrong_codes"])
    return code


def stretch(person: Person, until: date) -> None:
    """A link works at least as long as what was shared with him."""
    GuestLink.objects.open().filter(person=person, ends_on__lt=until).update(ends_on=until)


def close(person: Person) -> None:
    """From the next request on nothing of his opens: the link, his devices, where he is in now."""
    now = clock.now()
    GuestLink.objects.filter(person=person, ended_at=None).update(ended_at=now)
    Device.objects.filter(person=person, removed_at=None).update(removed_at=now)
    sessions.end_all(person)


def find_link(token: str) -> GuestLink | None:
    """The link with this secret, as long as it works. Looking at it changes nothing."""
    found = GuestLink.objects.open().filter(token_hash=rules.hashed(token))
    return found.select_related("person").first()


def link_of(person: Person) -> GuestLink | None:
    """His way in, as long as it works."""
    return GuestLink.objects.open().filter(person=person).first()


def find_device(token: str) -> Device | None:
    """The device that holds this token, if it was not taken away and its link still works."""
    devices = Device.objects.filter(token_hash=rules.hashed(token), removed_at=None)
    running = GuestLink.objects.open().values("person")
    return devices.filter(person__in=running).select_related("person").first()


def check_code(link: GuestLink, typed: str) -> None:
    """Raises `WrongCode`, with how often one may still try: the fifth shuts the link for devices we do not know."""
    if link.is_locked:
        raise WrongCode(0)
    # Counted before it is checked, so that tries side by side cannot slip through together.
    GuestLink.objects.filter(pk=link.pk).update(wrong_codes=F("wrong_codes") + 1)
    link.refresh_from_db(fields=["wrong_codes"])
    if link.wrong_codes > rules.PIN_TRIES or not check_password(rules.tidy_code(typed), link.code_hash):
        raise WrongCode(max(rules.PIN_TRIES - link.wrong_codes, 0))


@transaction.atomic
def bind(link: GuestLink, *, label: str) -> NewDevice:
    """This device gave the right code: from now on it is known by a token of its own."""
    GuestLink.objects.filter(pk=link.pk).update(wrong_codes=0)
    token = rules.new_token()
    device = Device.objects.create(person=link.person, token_hash=rules.hashed(token), pin_hash="", label=label)
    return NewDevice(device, token)
