"""Giving somebody around the youth a page of his own, at both desks: the link and the code, which devices know it, and
looking what he sees.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.urls import reverse

from ipta.accounts import guests as ways
from ipta.accounts.guests import Way
from ipta.accounts.models import Device, GuestLink, Person
from ipta.dossiers.models import Dossier, NetworkPerson
from ipta.sharing.door import Reader
from ipta.sharing.models import Grant
from ipta.web.network.names import Named, named
from ipta.web.network.shared import Block, shared_with


@dataclass(frozen=True, slots=True)
class Page:
    """How it stands with the page of somebody around the youth."""

    pk: UUID
    who: Named
    person: Person | None
    link: GuestLink | None
    devices: list[Device]
    shared: int  # how many things he may read now

    @property
    def has_account(self) -> bool:
        """He signs in with a password, and needs no link."""
        return self.person is not None and not self.person.is_guest


def page_of(somebody: NetworkPerson, reader: Reader) -> Page:
    person = somebody.account
    is_guest = person is not None and person.is_guest
    devices = Device.objects.filter(person=person, removed_at=None).order_by("-added_at") if is_guest else []
    return Page(
        pk=somebody.pk,
        who=named(somebody, reader),
        person=person,
        link=ways.link_of(person) if person and is_guest else None,
        devices=list(devices),
        shared=Grant.objects.now().filter(dossier=somebody.dossier_id, to=person).count() if person else 0,
    )


def handed(request: HttpRequest, way: Way) -> dict[str, Any]:
    """A link and a code, as they are shown once. They go two ways: the one is sent, the other is told."""
    return {
        "link": request.build_absolute_uri(reverse("network:door", args=[way.token])),
        "code": spaced(way.code),
        "ends_on": way.link.ends_on,
    }


def spaced(code: str) -> str:
    """In two halves, as one says it."""
    return f"{code[:3]} {code[3:]}"


@dataclass(frozen=True, slots=True)
class Seen:
    """What somebody sees of the dossier now."""

    who: Named
    blocks: list[Block]
    until: date | None


def seen_by(dossier: Dossier, person: UUID, reader: Reader) -> Seen:
    """The same as on his own page, opened by who looks: of his reading log it says nothing. 404 for a stranger."""
    holder = Person.objects.filter(pk=person, grants__dossier=dossier).first()
    somebody = dossier.networkperson_set.filter(account=person).select_related("account").first()
    found = holder or (somebody.account if somebody else None)
    if found is None:
        raise Http404
    blocks = shared_with(dossier, found, reader)
    who = named(somebody, reader) if somebody else Named(found.get_full_name(), found.organisation)
    return Seen(who, blocks, max((block.until for block in blocks), default=None))
