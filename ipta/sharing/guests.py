"""A page of his own for somebody around the youth. Commands that need to know the dossier, and the people in it."""

from datetime import date
from functools import partial

from ipta.accounts import guests
from ipta.accounts.guests import Way
from ipta.accounts.models import GuestLink, Person
from ipta.base import clock
from ipta.base.command import allow, command
from ipta.base.verdict import Impossible
from ipta.dossiers import commands as dossiers
from ipta.dossiers.messages.rules import LONGEST
from ipta.dossiers.models import Dossier, Message, NetworkPerson, Step
from ipta.dossiers.rules import tidy
from ipta.journal.commands import record
from ipta.sharing import policies
from ipta.sharing.commands import grant
from ipta.sharing.models import Grant
from ipta.sharing.queries import promises_unread
from ipta.sharing.rules import LONGEST_GRANT, USUAL_GRANT


@command
def invite_guest(somebody: NetworkPerson, *, by: Person, ends_on: date | None = None) -> Way:
    """A link and a code for him, each shown once. What he reads comes with what is shared; a link alone opens nothing.

    A link of before ends, with every device that knew it.
    """
    allow(policies.can_invite_guest(by, somebody.dossier))
    person = somebody.account or _made(somebody)
    if not person.is_guest:
        raise Impossible("Deze persoon heeft al een account. Daar staat wat er gedeeld is.")
    today = clock.today()
    ends_on = ends_on or _usual_end(somebody.dossier, person)
    if not today <= ends_on <= today + LONGEST_GRANT:
        raise Impossible("Kies een einddatum binnen een jaar.")
    way = guests.new_way(person, ends_on=ends_on, by=by)
    record("guest.invited", by=by, about=somebody.dossier, somebody=somebody.id, guest=person.id)
    return way


def _made(somebody: NetworkPerson) -> Person:
    person = Person(is_guest=True)
    person.set_unusable_password()
    person.save()
    somebody.account = person
    somebody.save(update_fields=["account"])
    return person


def _usual_end(dossier: Dossier, person: Person) -> date:
    """With the last of what is shared with him, and not within three months."""
    shared = Grant.objects.of(person.pk).filter(dossier=dossier).values_list("until", flat=True)
    return max([*shared, clock.today() + USUAL_GRANT])


@command
def renew_code(somebody: NetworkPerson, *, by: Person) -> str:
    """Another code with the same link, which can be tried again. Devices that came in stay in."""
    allow(policies.can_invite_guest(by, somebody.dossier))
    link = _link_of(somebody)
    if link is None:
        raise Impossible("Deze link is gestopt. Geef een nieuwe.")
    code = guests.new_code(link)
    record("guest.code_renewed", by=by, about=somebody.dossier, somebody=somebody.id)
    return code


@command
def cut_guest(somebody: NetworkPerson, *, by: Person) -> None:
    """From the next request on he reads nothing here. What was shared with him stands, and opens with a new link."""
    allow(policies.can_cut_guest(by, somebody.dossier))
    if somebody.account and somebody.account.is_guest:
        guests.close(somebody.account)
    record("guest.cut", by=by, about=somebody.dossier, somebody=somebody.id)


def _link_of(somebody: NetworkPerson) -> GuestLink | None:
    return guests.link_of(somebody.account) if somebody.account else None


@command
def ask(dossier: Dossier, *, text: str, by: Person) -> Message:
    """A guest asks the youth and his coach something, while something is shared with him. They answer themselves."""
    allow(policies.can_ask(by, dossier))
    words = tidy(text)
    if not words:
        raise Impossible("Schrijf een paar woorden.")
    if len(words) > LONGEST:
        raise Impossible("Dit is te lang. Houd het bij 500 tekens.")
    asked: Message = Message.objects.create(dossier=dossier, written_by=by, text=words)
    record("guest.asked", by=by, about=dossier, message=asked.id)
    return asked


@command
def share_promises(somebody: NetworkPerson, *, purpose: str, by: Person, aloud: bool = False) -> list[Grant]:
    """Each thing he promised and cannot read yet, given to him by itself, for three months. Gives back what was given.

    `aloud`: the youth said so to his coach, who typed it. Raises `Impossible` where he has no account, or reads it all.
    """
    to = somebody.account
    if to is None:
        raise Impossible("Deze persoon heeft nog geen eigen pagina.")
    allow(policies.can_grant(by, somebody.dossier, Step.section, to, aloud=aloud))
    unread = promises_unread(somebody)
    if not unread:
        raise Impossible("Dit is al gedeeld.")
    record("promises.shared", by=by, about=somebody.dossier, somebody=somebody.id, count=len(unread))
    give = partial(grant, somebody.dossier, section=Step.section, to=to, purpose=purpose, by=by, aloud=aloud)
    return [give(item=step.pk, item_kind=Grant.Item.STEP) for step in unread]


@command
def settle_promise(step: Step, *, outcome: str, by: Person, words: str = "") -> Step:
    """Who promised it says how it went. Youth and coach find it with their steps."""
    allow(policies.can_settle_promise(by, step))
    record("guest.settled", by=by, about=step.dossier, step=step.id, outcome=outcome)
    return dossiers.settle(step, outcome=Step.Outcome(outcome), words=words, by=by)
