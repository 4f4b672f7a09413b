"""Opening the books of a municipality: what its coaches keep of places. No right, no text.

They are about places and not about a youth, so that nobody's reading log gets a line of it.
"""

from typing import Any

from ipta.accounts.models import Person
from ipta.base.command import allow
from ipta.sharing import policies
from ipta.vault import keyring, seals
from ipta.vault.fields import SealedInBook
from ipta.vault.rules import book_of


def text(person: Person, sealed: Any) -> str:
    """The words. Raises `Refused` without a right."""
    if not isinstance(sealed, SealedInBook):
        raise TypeError("only what is sealed in a book is opened here")
    allow(policies.can_read_book(person, sealed.municipality_id))
    if not sealed:
        return ""
    return seals.unseal(sealed.blob, keyring.house_key(book_of(sealed.municipality_code)), at=sealed.place)
