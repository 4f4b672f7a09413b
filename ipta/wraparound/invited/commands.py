"""What can happen with an invitation. The link does what the person who made it may do."""

from ipta.accounts import links
from ipta.accounts.models import Link, Person
from ipta.base import clock
from ipta.base.command import allow, command
from ipta.base.verdict import Impossible
from ipta.dossiers.policies import is_youth
from ipta.dossiers.rules import tidy
from ipta.journal.commands import record
from ipta.sharing.door import LinkReader
from ipta.wraparound import policies
from ipta.wraparound.invited import letters
from ipta.wraparound.invited.letters import Letter
from ipta.wraparound.invited.rules import ground_of, link_lasts
from ipta.wraparound.models import Invitee


@command
def name_youth(invitee: Invitee, *, is_named: bool, by: Person) -> Invitee:
    """Whether the first name of the youth stands in what this person reads: he says that himself."""
    allow(policies.can_prepare(by, invitee.dossier))
    if not is_youth(by, invitee.dossier):
        raise Impossible("Alleen de jongere zelf kiest of zijn naam erin staat.")
    there: Invitee = Invitee.objects.select_for_update().get(pk=invitee.pk)
    there.names_youth = is_named
    there.save(update_fields=["names_youth"])
    record("meeting.youth_named", by=by, about=invitee.dossier, invitee=invitee.id, named=is_named)
    return there


@command
def send_invitation(invitee: Invitee, letter: Letter, *, by: Person) -> str:
    """The secret of a link to this letter, seen once; the link of before ends."""
    allow(policies.can_prepare(by, invitee.dossier))
    there = _asked(invitee)
    starts_at = there.meeting.appointment.starts_at if there.meeting.appointment else None
    links.cut(Link.Kind.INVITE, there.id)
    token = links.make(Link.Kind.INVITE, there.id, by=by, lasts=link_lasts(clock.now(), starts_at))
    there.letter = letters.seal(letter, token, there.id)
    there.letter_at, there.opened_at = clock.now(), None
    there.save(update_fields=["letter", "letter_at", "opened_at"])
    record("meeting.invitation_sent", by=by, about=there.dossier, meeting=there.meeting_id, invitee=there.id)
    return token


@command
def read_invitation(invitee: Invitee, *, token: str, by: Person) -> Letter:
    """Through the link that `by` made. No line in the reading log, no words. Raises `Unreadable`."""
    allow(policies.can_pass_on(by, invitee))
    sealed = Invitee.objects.get(pk=invitee.pk)
    sealed.dossier = invitee.dossier
    letter = letters.unseal(
        LinkReader(by, ground_of(invitee.id), Invitee.section).text(sealed.letter), token, invitee.id
    )
    if sealed.opened_at is None:
        sealed.opened_at = clock.now()
        sealed.save(update_fields=["opened_at"])
    record("meeting.invitation_read", by=by, about=invitee.dossier, meeting=invitee.meeting_id, invitee=invitee.id)
    return letter


@command
def answer_invitation(invitee: Invitee, *, answer: str, by: Person, words: str = "", brings: str = "") -> Invitee:
    """What he answers through the link that `by` made. He may change his mind: the last answer counts."""
    allow(policies.can_pass_on(by, invitee))
    there = _asked(invitee)
    there.answer = Invitee.Answer(answer)
    there.answer_words, there.brings, there.answered_at = tidy(words), tidy(brings), clock.now()
    there.save(update_fields=["answer", "answer_words", "brings", "answered_at"])
    record(
        "meeting.invitation_answered",
        by=by,
        about=there.dossier,
        meeting=there.meeting_id,
        invitee=there.id,
        answer=answer,
    )
    return there


def _asked(invitee: Invitee) -> Invitee:
    there: Invitee = Invitee.objects.select_for_update().get(pk=invitee.pk)
    there.dossier, there.meeting = invitee.dossier, invitee.meeting
    if not there.meeting.is_ahead:
        raise Impossible("Dit gesprek is al klaar. Er verandert niets meer aan.")
    return there
