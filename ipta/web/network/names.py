"""What guests are called. Nobody but the dossier knows it: to who may read who is around the youth."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext

from ipta.dossiers.models import Dossier, NetworkPerson
from ipta.sharing.door import Reader


@dataclass(frozen=True, slots=True)
class Named:
    name: str
    relation: str

    @property
    def in_full(self) -> str:
        return ", ".join(filter(None, [self.name, self.relation]))


def nameless() -> Named:
    """Somebody who is on the list no more, or whose name is not for who asks."""
    return Named(gettext("Iemand uit je netwerk"), "")


def names_of_guests(dossier: Dossier, reader: Reader) -> dict[UUID, Named]:
    """By the number of each guest; nothing for who does not read who is around the youth, and then no line either."""
    rows = list(dossier.networkperson_set.filter(account__is_guest=True))
    if not rows or not reader.may(dossier, NetworkPerson.section):
        return {}
    return {row.account_id: named(row, reader) for row in rows if row.account_id}


def named(somebody: NetworkPerson, reader: Reader) -> Named:
    """Somebody around the youth: his name, and what he is to him."""
    return Named(reader.text(somebody.name), reader.text(somebody.relation) or str(somebody.get_kind_display()))
