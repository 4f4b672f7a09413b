"""Links for who has no account. The commands that make and end them stand in the part that knows what they lead to."""

from datetime import timedelta
from uuid import UUID

from ipta.accounts import rules
from ipta.accounts.models import Link, Person
from ipta.base import clock


def make(kind: Link.Kind, about: UUID, *, by: Person, lasts: timedelta) -> str:
    """The secret part of a new link: whoever makes it sees it once, and nothing but its hash is kept."""
    token = rules.new_token()
    ends_at = clock.now() + lasts
    Link.objects.create(kind=kind, about=about, token_hash=rules.hashed(token), made_by=by, ends_at=ends_at)
    return token


def find(kind: Link.Kind, token: str) -> Link | None:
    """The link with this secret, as long as it works."""
    found = Link.objects.open().filter(kind=kind, token_hash=rules.hashed(token))
    return found.select_related("made_by").first()


def cut(kind: Link.Kind, about: UUID) -> None:
    """From now on the links to this lead nowhere."""
    Link.objects.filter(kind=kind, about=about, ended_at=None).update(ended_at=clock.now())
