"""What can happen with a question to a specialist. The link does what the coach who made it may do."""

from uuid import uuid4

from ipta.accounts import links
from ipta.accounts.models import Link, Person
from ipta.base import clock
from ipta.base.command import allow, command, mark_recorded
from ipta.base.days import workdays_after
from ipta.base.verdict import Impossible
from ipta.dossiers.models import Dossier, Specialist
from ipta.dossiers.rules import tidy
from ipta.journal.commands import append, record
from ipta.sharing import letters
from ipta.sharing.help import policies
from ipta.sharing.help.rules import ground_of, link_lasts
from ipta.sharing.models import HelpRequest, Look


@command
def ask_help(
    dossier: Dossier, specialist: Specialist, *, question: str, is_discussed: bool, by: Person
) -> tuple[HelpRequest, str]:
    """Ask a specialist something about this youth, with his yes. Gives the secret of the link, which is seen once."""
    allow(policies.can_ask(by, dossier, specialist))
    question = tidy(question)
    if not question:
        raise Impossible("Schrijf op wat je wilt vragen.")
    if not is_discussed:
        raise Impossible("Bespreek eerst samen wat je vraagt. Vink dan aan dat jullie dat deden.")
    if not specialist.is_reachable:
        raise Impossible("Aan deze specialist kun je nu niets vragen. Kies een andere.")
    asked = HelpRequest.objects.create(
        dossier=dossier,
        specialist=specialist,
        asked_by=by,
        is_discussed=is_discussed,
        due_on=workdays_after(clock.today(), specialist.answers_within),
        question=question,
    )
    token = _linked(asked, question, by)
    record("help.asked", by=by, about=dossier, help=asked.id, specialist=specialist.id, discussed=is_discussed)
    return asked, token


@command
def send_again(asked: HelpRequest, *, question: str, by: Person) -> str:
    """Another link to the same question, with the words its reader opened at the door; the one of before ends."""
    allow(policies.can_follow(by, asked))
    if not asked.is_waiting:
        raise Impossible("Op deze vraag hoeft niemand meer te antwoorden.")
    token = _linked(asked, question, by)
    record("help.sent", by=by, about=asked.dossier, help=asked.id)
    return token


def _linked(asked: HelpRequest, question: str, by: Person) -> str:
    links.cut(Link.Kind.HELP, asked.id)
    token = links.make(Link.Kind.HELP, asked.id, by=by, lasts=link_lasts(clock.today(), asked.due_on))
    asked.letter = letters.seal(question, token, asked.id)
    asked.save(update_fields=["letter"])
    return token


@command
def read_question(asked: HelpRequest, *, token: str, by: Person) -> str:
    """The specialist reads it through the link that `by` made. No line in the reading log, no words."""
    allow(policies.can_pass_on(by, asked))
    if not asked.is_waiting:
        raise Impossible("Op deze vraag is al geantwoord.")
    specialist = asked.specialist
    line = Look(
        about=asked.dossier_id,
        person_id=by.id,
        section=asked.section,
        ground=ground_of(asked.id),
        result="opened",
        request_id=uuid4(),
        reader_name=specialist.short_name[:40],
        reader_role="help",
        reader_organisation=specialist.organisation[:80],
    )
    append("looks", [line])
    if asked.opened_at is None:
        asked.opened_at = clock.now()
        asked.save(update_fields=["opened_at"])
    record("help.opened", by=by, about=asked.dossier, help=asked.id)
    return letters.unseal(bytes(asked.letter), token, asked.id)


@command
def answer_help(asked: HelpRequest, *, reply: str, words: str, by: Person) -> HelpRequest:
    """What the specialist says, through the link that `by` made. Once: a second answer replaces nothing."""
    allow(policies.can_pass_on(by, asked))
    words = tidy(words)
    if reply not in HelpRequest.Reply.values or (reply == HelpRequest.Reply.ANSWER and not words):
        raise Impossible("Schrijf je antwoord op, of kies een ander antwoord.")
    there = HelpRequest.objects.select_for_update().get(pk=asked.pk)
    if there.answered_at is not None:
        raise Impossible("Op deze vraag is al geantwoord.")
    asked.reply, asked.answer, asked.answered_at, asked.letter = reply, words, clock.now(), b""
    asked.save(update_fields=["reply", "answer", "answered_at", "letter"])
    record("help.answered", by=by, about=asked.dossier, help=asked.id, reply=reply)
    return asked


@command
def read_answer(asked: HelpRequest, *, by: Person) -> HelpRequest:
    """The coach has seen the answer: it no longer stands on Vandaag."""
    allow(policies.can_follow(by, asked))
    if asked.answered_at is None or asked.read_at is not None:
        mark_recorded()
        return asked
    asked.read_at = clock.now()
    asked.save(update_fields=["read_at"])
    record("help.read", by=by, about=asked.dossier, help=asked.id)
    return asked


@command
def close_help(asked: HelpRequest, *, by: Person) -> HelpRequest:
    """It is done, or no longer needed: its link ends, and what the specialist could read is gone."""
    allow(policies.can_follow(by, asked))
    if asked.closed_at is not None:
        mark_recorded()
        return asked
    links.cut(Link.Kind.HELP, asked.id)
    asked.closed_at, asked.letter = clock.now(), b""
    asked.save(update_fields=["closed_at", "letter"])
    record("help.closed", by=by, about=asked.dossier, help=asked.id)
    return asked
