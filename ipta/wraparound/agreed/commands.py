"""What is agreed at the table. Source: "Wrap around afspraken". Every change is another text, to which all say yes."""

from datetime import date, datetime

from ipta.accounts.models import Person
from ipta.base import clock
from ipta.base.command import allow, command, mark_recorded
from ipta.base.verdict import Impossible
from ipta.dossiers import commands as dossiers
from ipta.dossiers.models import Appointment
from ipta.dossiers.policies import is_youth
from ipta.dossiers.rules import DOMAINS, tidy
from ipta.journal.commands import Actor, record
from ipta.wraparound import policies
from ipta.wraparound.agreed import rules
from ipta.wraparound.models import Condition, Contribution, Invitee, Meeting, MeetingAgreement, MeetingYes, Voice
from ipta.wraparound.queries import at_table
from ipta.wraparound.rules import APPOINTMENT


@command
def contribute(
    meeting: Meeting,
    *,
    text: str,
    by: Person,
    voice: str = "",
    invitee: Invitee | None = None,
    due_on: date | None = None,
) -> Contribution:
    """The role of somebody who was there and what he brings in: of `invitee`, or of the owner with this voice."""
    allow(policies.can_hold(by, meeting))
    if not tidy(text):
        raise Impossible("Schrijf op wat deze persoon doet.")
    agreement = _changed(meeting)
    owner = "" if invitee else Voice(voice)
    there = Contribution.objects.select_for_update().filter(agreement=agreement, voice=owner, invitee=invitee).first()
    made = there or Contribution(agreement=agreement, voice=owner, invitee=invitee)
    made.dossier = meeting.dossier
    made.number, made.text, made.due_on = agreement.number, tidy(text), due_on
    made.by, made.written_at = by, clock.now()
    made.save()
    facts = {"contribution": made.id, "invitee": invitee.id if invitee else None}
    record("meeting.contributed", by=by, about=meeting.dossier, meeting=meeting.id, **facts)
    return made


@command
def keep_informed(
    meeting: Meeting,
    *,
    by: Person,
    informed: str = "",
    again: str = "",
    starts_at: datetime | None = None,
    place: str = "",
) -> MeetingAgreement:
    """How they keep each other informed, and when they meet again: on a day, or when it is needed."""
    allow(policies.can_hold(by, meeting))
    if again == MeetingAgreement.Again.DAY and starts_at is None:
        raise Impossible("Kies de dag en de tijd.")
    agreement = _changed(meeting)
    agreement.informed, agreement.again = tidy(informed), MeetingAgreement.Again(again) if again else ""
    moment = starts_at if again == MeetingAgreement.Again.DAY else None
    before = agreement.appointment
    if before is None or before.outcome or before.starts_at != moment:
        agreement.appointment = None
        if before is not None and not before.outcome:
            why = Appointment.WhyNot.MOVED if moment else ""
            dossiers.close_appointment(before, outcome=Appointment.Outcome.NOT, why_not=why, by=by)
        if moment:
            agreement.appointment = dossiers.appoint(
                meeting.dossier,
                what=APPOINTMENT,
                starts_at=moment,
                party=Appointment.Party.NETWORK,
                place=place,
                by=by,
            )
    agreement.save(update_fields=["informed", "again", "appointment"])
    record("meeting.informed", by=by, about=meeting.dossier, meeting=meeting.id, again=again)
    return agreement


@command
def set_condition(
    meeting: Meeting,
    *,
    kind: str,
    by: Person,
    days: int | None = None,
    on: date | None = None,
    domain: str = "",
    text: str = "",
) -> Condition:
    """When they sit down together again before they meant to."""
    allow(policies.can_hold(by, meeting))
    agreement = _changed(meeting)
    if agreement.conditions.count() >= rules.MOST_CONDITIONS:
        raise Impossible("Dit zijn er al heel veel. Haal er eerst een weg.")
    made = Condition(agreement=agreement, dossier=meeting.dossier, kind=Condition.Kind(kind), by=by, text=tidy(text))
    if kind in rules.COUNTS_DAYS:
        made.days = _days(days or rules.USUAL_DAYS[kind])
    if kind == rules.ACUTE:
        made.domain = _domain(domain)
    if kind == rules.DAY:
        made.due_on = _day(on)
    if kind == rules.WORDS and not tidy(text):
        raise Impossible("Schrijf op wanneer jullie weer praten.")
    made.save()
    record("meeting.condition_set", by=by, about=meeting.dossier, meeting=meeting.id, condition=made.id, kind=kind)
    return made


@command
def drop_condition(condition: Condition, *, by: Person) -> None:
    """Not after all. What came true stays: it was so."""
    meeting = condition.agreement.meeting
    allow(policies.can_hold(by, meeting))
    _changed(meeting)
    if condition.came_true_at:
        raise Impossible("Dit is al zo geweest. Het blijft staan.")
    record("meeting.condition_dropped", by=by, about=meeting.dossier, meeting=meeting.id, condition=condition.id)
    condition.delete()


@command
def say_yes(meeting: Meeting, *, number: int, by: Person, invitee: Invitee | None = None) -> MeetingYes:
    """To what was agreed, as it is now: for oneself; or the coach for somebody who said it aloud at the table."""
    allow(policies.can_write_yes_of(by, invitee) if invitee else policies.can_say_yes(by, meeting))
    agreement = _agreement(meeting)
    if agreement.number != number:
        raise Impossible("De afspraken zijn net veranderd. Lees ze nog een keer.")
    owner = "" if invitee else (Voice.YOUTH if is_youth(by, meeting.dossier) else Voice.COACH)
    made, is_new = MeetingYes.objects.get_or_create(
        agreement=agreement,
        number=agreement.number,
        voice=owner,
        invitee=invitee,
        is_to_own_line=False,
        defaults={"dossier": meeting.dossier, "by": by},
    )
    if not is_new:
        mark_recorded()
        return made
    facts = {"number": agreement.number, "invitee": invitee.id if invitee else None}
    record("meeting.agreed", by=by, about=meeting.dossier, meeting=meeting.id, **facts)
    return made


@command
def take_on(contribution: Contribution, *, number: int, by: Person) -> MeetingYes:
    """Yes, I do that: somebody with a page of his own, to his own line and no more. `number`: of the line he read."""
    allow(policies.can_take_on(by, contribution))
    if contribution.agreement.meeting.called_off_at:
        raise Impossible("Dit gesprek ging niet door.")
    if contribution.number != number:
        raise Impossible("Dit is net veranderd. Lees het nog een keer.")
    made, is_new = MeetingYes.objects.get_or_create(
        agreement=contribution.agreement,
        number=number,
        invitee=contribution.invitee,
        is_to_own_line=True,
        defaults={"dossier": contribution.dossier, "by": by},
    )
    if not is_new:
        mark_recorded()
        return made
    record("meeting.taken_on", by=by, about=contribution.dossier, contribution=contribution.id, number=number)
    return made


@command
def come_true(condition: Condition, *, by: Actor) -> Condition:
    """This is so now. Once: however often it is looked at, it stays that moment. Nobody is called; they are asked."""
    allow(policies.can_come_true(by, condition))
    there = Condition.objects.select_for_update(of=("self",)).get(pk=condition.pk)
    if there.came_true_at is not None:
        mark_recorded()
        return there
    there.dossier = condition.dossier
    there.came_true_at = clock.now()
    there.seen_by = by if isinstance(by, Person) else None
    there.save(update_fields=["came_true_at", "seen_by"])
    record("meeting.condition_true", by=by, about=condition.dossier, condition=there.id, kind=there.kind)
    return there


@command
def put_aside(condition: Condition, *, why: str, by: Person) -> Condition:
    """It came true, and they do not sit down again for it now: with a word why."""
    allow(policies.can_hold(by, condition.agreement.meeting))
    there = Condition.objects.select_for_update(of=("self",)).get(pk=condition.pk)
    there.dossier = condition.dossier
    if there.came_true_at is None or there.answer:
        raise Impossible("Hier is al iets mee gedaan.")
    if not tidy(why):
        raise Impossible("Schrijf op waarom niet.")
    there.answer, there.why_not = Condition.Answer.ASIDE, tidy(why)
    there.answered_by, there.answered_at = by, clock.now()
    there.save(update_fields=["answer", "why_not", "answered_by", "answered_at"])
    record("meeting.condition_aside", by=by, about=condition.dossier, condition=there.id)
    return there


def _agreement(meeting: Meeting) -> MeetingAgreement:
    at_table(meeting)
    found, _ = MeetingAgreement.objects.select_for_update(of=("self",)).get_or_create(
        meeting=meeting, defaults={"dossier": meeting.dossier}
    )
    found.dossier, found.meeting = meeting.dossier, meeting
    return found


def _changed(meeting: Meeting) -> MeetingAgreement:
    """Another text: who said yes before, said it to the one of before."""
    if Meeting.objects.held().filter(dossier=meeting.dossier_id, made_at__gt=meeting.made_at).exists():
        raise Impossible("Er is daarna nog een gesprek geweest. Schrijf het daar op.")
    agreement = _agreement(meeting)
    agreement.number, agreement.changed_at = agreement.number + 1, clock.now()
    agreement.save(update_fields=["number", "changed_at"])
    return agreement


def _days(days: int) -> int:
    if not 1 <= days <= rules.LONGEST:
        raise Impossible("Kies een aantal dagen, van 1 tot 365.")
    return days


def _domain(domain: str) -> str:
    if domain not in DOMAINS:
        raise Impossible("Kies waar het over gaat.")
    return domain


def _day(on: date | None) -> date:
    if on is None or on <= clock.today():
        raise Impossible("Kies een dag die nog komt.")
    return on
