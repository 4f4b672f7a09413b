"""How people come in and go out. The code for a youth is handed over by his coach (see `sharing.entry`)."""

from datetime import date

from allauth.mfa.models import Authenticator

from ipta.accounts import policies, rules, sessions
from ipta.accounts.models import CalendarFeed, LostFactor, Municipality, Person, Post, Role
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
    if Person.objects.with_email(email):
        raise Impossible("Er is al iemand met dit e-mailadres. Geef die persoon een rol.")
    person = Person.objects.colleague(email, first_name=first_name, last_name=last_name, organisation=organisation)
    person.save()
    record("person.introduced", by=by, about=municipality, person=person.id)
    return person


@command
def appoint(person: Person, *, municipality: Municipality, role: str, by: Person, since: date | None = None) -> Post:
    """Give somebody a role in a municipality. Nobody gives himself one."""
    allow(policies.can_appoint(by, municipality))
    if person == by:
        raise Impossible("Je kunt jezelf geen rol geven. Vraag een andere beheerder.")
    if person.is_known_by_code:
        raise Impossible("Een jongere of een gast krijgt geen rol.")
    role, since = Role(role), since or clock.today()
    if Post.objects.after(since).filter(person=person, municipality=municipality, role=role).exists():
        raise Impossible("Deze persoon heeft deze rol al.")
    post = Post.objects.create(person=person, municipality=municipality, role=role, since=since)
    record("post.given", by=by, about=municipality, person=person.id, role=role)
    return post


@command
def leave(post: Post, *, by: Person) -> Post:
    """End a role today: lists, dossiers and sessions follow at the next request.

    A coach leaves through `dossiers.commands.depart`, which lets somebody go on with his youths.
    """
    allow(policies.can_appoint(by, post.municipality))
    if post.until and post.until <= clock.today():
        raise Impossible("Deze rol is al gestopt.")
    post.until = max(clock.today(), post.since)
    post.save(update_fields=["until"])
    record("post.ended", by=by, about=post.municipality, person=post.person_id, role=post.role)
    if not Post.objects.now().filter(person=post.person_id).exists():
        sessions.end_all(post.person)
        CalendarFeed.objects.running().filter(person=post.person_id).update(ended_at=clock.now())
    return post


@command
def call_lost(person: Person, *, municipality: Municipality, by: Person) -> LostFactor:
    """Say that a colleague lost telephone and recovery codes. Nothing happens until a second person says so too."""
    allow(policies.can_call_lost(by, person, municipality))
    if LostFactor.objects.open().filter(person=person).exists():
        raise Impossible("Dit is al gevraagd. Er moet nog een tweede persoon ja zeggen.")
    lost = LostFactor.objects.create(person=person, municipality=municipality, asked_by=by)
    record("factor.lost", by=by, about=municipality, person=person.id)
    return lost


@command
def take_off(lost: LostFactor, *, by: Person) -> LostFactor:
    """The second person says so too: his second factor is gone, and he is signed out everywhere.

    His password stays his own. At the next sign-in he sets up a new second factor.
    """
    allow(policies.can_take_off(by, lost))
    _end(lost, by=by, taken_off=True)
    Authenticator.objects.filter(user=lost.person).delete()
    sessions.end_all(lost.person)
    record("factor.taken_off", by=by, about=lost.municipality, person=lost.person_id)
    return lost


@command
def call_found(lost: LostFactor, *, by: Person) -> LostFactor:
    """It need not happen after all."""
    allow(policies.can_call_found(by, lost))
    _end(lost, by=by, taken_off=False)
    record("factor.found", by=by, about=lost.municipality, person=lost.person_id)
    return lost


def _end(lost: LostFactor, *, by: Person, taken_off: bool) -> None:
    """Of two at once one ends it."""
    ended = LostFactor.objects.open().filter(pk=lost.pk)
    if not ended.update(ended_at=clock.now(), taken_off_by=by if taken_off else None):
        raise Impossible("Dit is al gebeurd, of het duurde te lang. Vraag het zo nodig opnieuw.")


@command
def make_feed(municipality: Municipality, *, by: Person) -> str:
    """An address for the calendar of this coach: its secret part, shown once. The one of before ends."""
    allow(policies.can_feed(by, municipality))
    CalendarFeed.objects.running().filter(person=by).update(ended_at=clock.now())
    token = rules.new_token()
    CalendarFeed.objects.create(person=by, token_hash=rules.hashed(token))
    record("feed.made", by=by, about=municipality)
    return token


@command
def end_feed(municipality: Municipality, *, by: Person) -> None:
    """From now on that address gives nothing."""
    allow(policies.can_feed(by, municipality))
    CalendarFeed.objects.running().filter(person=by).update(ended_at=clock.now())
    record("feed.ended", by=by, about=municipality)
