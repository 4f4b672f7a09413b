"""How people come in and go out. The code for a youth is handed over by his coach (see `sharing.entry`)."""

from datetime import date

from django.utils import timezone

from ipta.accounts import policies
from ipta.accounts.models import Municipality, Person, Post, Role
from ipta.base.command import allow, command
from ipta.base.verdict import Impossible
from ipta.journal.commands import record


@command
def appoint(person: Person, *, municipality: Municipality, role: str, by: Person, since: date | None = None) -> Post:
    """Give somebody a role in a municipality. Nobody gives himself one."""
    allow(policies.can_appoint(by, municipality))
    if person == by:
        raise Impossible("Je kunt jezelf geen rol geven. Vraag een andere beheerder.")
    post = Post.objects.create(
        person=person, municipality=municipality, role=Role(role), since=since or timezone.localdate()
    )
    record("post.given", by=by, about=municipality, person=person.id, role=role)
    return post


@command
def leave(post: Post, *, by: Person) -> Post:
    """End a role today: lists, dossiers and sessions follow at the next request."""
    allow(policies.can_appoint(by, post.municipality))
    post.until = max(timezone.localdate(), post.since)
    post.save(update_fields=["until"])
    record("post.ended", by=by, about=post.municipality, person=post.person_id, role=post.role)
    return post
