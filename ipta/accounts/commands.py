"""How people come in and go out. The code for a youth is handed over by his coach (see `sharing.entry`)."""

from datetime import date

from ipta.accounts import policies
from ipta.accounts.models import Municipality, Person, Post, Role
from ipta.base import clock
from ipta.base.command import allow, command
from ipta.base.verdict import Impossible
from ipta.journal.commands import record


@command
def introduce(
    municipality: Municipality, *, email: str, first_name: str, by: Person, last_name: str = "", organisation: str = ""
) -> Person:
    """Make an account for somebody who works along. What he may do comes with a role; the password is his own."""
    allow(policies.can_appoint(by, municipality))
    if Person.objects.filter(email__iexact=email).exists():
        raise Impossible("Er is al iemand met dit e-mailadres. Geef die persoon een rol.")
    person = Person(
        email=Person.objects.normalize_email(email),
        first_name=first_name,
        last_name=last_name,
        organisation=organisation,
    )
    person.set_unusable_password()
    person.save()
    record("person.introduced", by=by, about=municipality, person=person.id)
    return person


@command
def appoint(person: Person, *, municipality: Municipality, role: str, by: Person, since: date | None = None) -> Post:
    """Give somebody a role in a municipality. Nobody gives himself one."""
    allow(policies.can_appoint(by, municipality))
    if person == by:
        raise Impossible("Je kunt jezelf geen rol geven. Vraag een andere beheerder.")
    if person.is_youth:
        raise Impossible("Een jongere krijgt geen rol.")
    post = Post.objects.create(person=person, municipality=municipality, role=Role(role), since=since or clock.today())
    record("post.given", by=by, about=municipality, person=person.id, role=role)
    return post


@command
def leave(post: Post, *, by: Person) -> Post:
    """End a role today: lists, dossiers and sessions follow at the next request."""
    allow(policies.can_appoint(by, post.municipality))
    if post.until and post.until <= clock.today():
        raise Impossible("Deze rol is al gestopt.")
    post.until = max(clock.today(), post.since)
    post.save(update_fields=["until"])
    record("post.ended", by=by, about=post.municipality, person=post.person_id, role=post.role)
    return post
