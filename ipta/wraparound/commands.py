"""Youth and coach prepare the meeting together. Source: "Wrap around"."""

from datetime import datetime

from ipta.accounts import links
from ipta.accounts.models import Link, Person
from ipta.base import clock
from ipta.base.command import allow, command
from ipta.base.verdict import Impossible, Verdict
from ipta.dossiers import commands as dossiers
from ipta.dossiers.models import Appointment, Dossier, NetworkPerson
from ipta.dossiers.policies import is_youth
from ipta.dossiers.rules import tidy
from ipta.journal.commands import record
from ipta.wraparound import policies
from ipta.wraparound.models import Condition, Invitee, Meeting, Point, Voice
from ipta.wraparound.rules import APPOINTMENT, MOST_GUESTS, MOST_POINTS


@command
def prepare_meeting(
    dossier: Dossier,
    *,
    by: Person,
    starts_at: datetime | None = None,
    when: str = "",
    place: str = "",
    leader: str = "",
    reason: str = "",
) -> Meeting:
    """Begin one, where and when as far as that is known. In principle once: another one needs a reason."""
    allow(policies.can_prepare(by, dossier))
    if dossier.joined_on is None:
        raise Impossible("Dit kan pas als de jongere ja heeft gezegd.")
    Dossier.objects.select_for_update().get(pk=dossier.pk)
    before = Meeting.objects.filter(dossier=dossier)
    if before.ahead().exists():
        raise Impossible("Er staat al een gesprek klaar.")
    if before.held().exists() and not tidy(reason):
        raise Impossible("Er is al een gesprek geweest. Schrijf op waarom er nog een nodig is.")
    made: Meeting = Meeting.objects.create(
        dossier=dossier, made_by=by, when=tidy(when), place=tidy(place), leader=tidy(leader), reason=tidy(reason)
    )
    asked = Condition.objects.asking().filter(dossier=dossier)  # that is what they sit down for
    taken = asked.update(answer=Condition.Answer.TAKEN, answered_by=by, answered_at=made.made_at)
    record("meeting.prepared", by=by, about=dossier, meeting=made.id, **({"conditions": taken} if taken else {}))
    _bring_back(made)
    if starts_at:
        _appoint(made, starts_at, place, by=by)
    return made


@command
def arrange_meeting(
    meeting: Meeting,
    *,
    by: Person,
    starts_at: datetime | None = None,
    when: str = "",
    place: str = "",
    leader: str = "",
    is_elsewhere: bool = True,
) -> Meeting:
    """Another moment or place, or who leads. `is_elsewhere`: the place is another one than before."""
    allow(policies.can_prepare(by, meeting.dossier))
    there = _ahead(meeting)
    there.when, there.place, there.leader = tidy(when), tidy(place), tidy(leader)
    if is_elsewhere:
        there.place_since = clock.now()
    there.save(update_fields=["when", "place", "leader", "place_since"])
    record("meeting.arranged", by=by, about=there.dossier, meeting=there.id)
    now = there.appointment
    if now is None or now.outcome or now.starts_at != starts_at or is_elsewhere:
        _cancel(there, Appointment.WhyNot.MOVED, by=by)
        if starts_at:
            _appoint(there, starts_at, place, by=by)
    return there


@command
def call_off_meeting(meeting: Meeting, *, by: Person, why: str = "") -> Meeting:
    """It is not held. What was prepared stays to be read."""
    allow(policies.can_prepare(by, meeting.dossier))
    there = _ahead(meeting)
    there.called_off_at, there.why_off = clock.now(), tidy(why)
    there.save(update_fields=["called_off_at", "why_off"])
    _cut_links(there)
    _cancel(there, "", by=by)
    record("meeting.called_off", by=by, about=there.dossier, meeting=there.id)
    return there


@command
def end_meeting(meeting: Meeting, *, by: Person) -> Meeting:
    """It has been. A difficult point that did not come on the table stays asked for (`Point.objects.forgotten`)."""
    allow(policies.can_end(by, meeting))
    there = _ahead(meeting)
    there.held_at = clock.now()
    there.save(update_fields=["held_at"])
    _cut_links(there)
    if there.appointment and not there.appointment.outcome:
        dossiers.close_appointment(there.appointment, outcome=Appointment.Outcome.HAPPENED, by=by)
    record("meeting.held", by=by, about=there.dossier, meeting=there.id)
    return there


@command
def add_point(meeting: Meeting, *, text: str, by: Person, voice: str = "") -> Point:
    """A point of one's own, beside those of the plan."""
    allow(policies.can_mark(by, meeting))
    there = _ahead(meeting)
    if not tidy(text):
        raise Impossible("Schrijf op waar het over gaat.")
    count = there.points.exclude(voice="").count()
    if count >= MOST_POINTS:
        raise Impossible("Dit zijn al heel veel punten. Laat er eerst een weg.")
    made: Point = Point.objects.create(
        dossier=there.dossier,
        meeting=there,
        key=f"own_{count + 1}",
        by=by,
        voice=_voice(by, there, voice),
        text=tidy(text),
    )
    record("meeting.point_added", by=by, about=there.dossier, meeting=there.id, point=made.id)
    return made


@command
def mark_point(
    meeting: Meeting,
    key: str,
    *,
    by: Person,
    is_hard: bool | None = None,
    why: str = "",
    is_left_out: bool | None = None,
    voice: str = "",
) -> Point:
    """Say of a point that it is difficult, on purpose and why; or that it is not talked about. None: as it was."""
    allow(policies.can_mark(by, meeting))
    there = _ahead(meeting)
    point, _ = Point.objects.select_for_update().get_or_create(
        meeting=there, key=key, defaults={"dossier": there.dossier, "by": by}
    )
    point.dossier = there.dossier
    speaks, is_himself = _voice(by, there, voice), is_youth(by, there.dossier)
    if is_hard is not None:
        _check(policies.may_soften(by, point))
        point.hard_voice, point.is_hard_by_himself = (speaks, is_himself) if is_hard else ("", False)
        point.why_hard = tidy(why) if is_hard else ""
    if is_left_out is False and point.left_out_voice:
        _check(policies.may_bring_back(by, point))
        point.left_out_voice, point.is_left_out_by_himself = "", False
    if is_left_out and not point.left_out_voice:
        point.left_out_voice, point.is_left_out_by_himself = speaks, is_himself
    point.save()
    facts = {"hard": bool(point.hard_voice), "left_out": bool(point.left_out_voice)}
    record("meeting.point_marked", by=by, about=there.dossier, meeting=there.id, point=point.id, **facts)
    return point


@command
def invite(
    meeting: Meeting,
    *,
    by: Person,
    name: str,
    kind: str,
    may_see: str = Invitee.MaySee.NOTHING,
    somebody: NetworkPerson | None = None,
) -> Invitee:
    """Choose somebody to be there: out of the people around him, or by a name. He is asked in words, by them."""
    allow(policies.can_prepare(by, meeting.dossier))
    there = _ahead(meeting)
    if not tidy(name):
        raise Impossible("Schrijf op wie er komt.")
    if somebody is not None and somebody.dossier_id != there.dossier_id:
        raise Impossible("Kies iemand uit de lijst.")
    guests = there.invitees.all()
    if somebody is not None and guests.filter(somebody=somebody).exists():
        raise Impossible("Die staat al op de lijst.")
    if guests.count() >= MOST_GUESTS:
        raise Impossible("Dit zijn er al heel veel. Haal er eerst een weg.")
    made: Invitee = Invitee.objects.create(
        dossier=there.dossier,
        meeting=there,
        somebody=somebody,
        kind=Invitee.Kind(kind),
        may_see=Invitee.MaySee(may_see),
        invited_by=by,
        name=tidy(name),
    )
    record("meeting.invited", by=by, about=there.dossier, meeting=there.id, invitee=made.id, may_see=may_see)
    return made


@command
def note_reply(invitee: Invitee, *, by: Person, may_see: str, answer: str = "", words: str = "") -> Invitee:
    """What he answered, and what he may see beforehand."""
    allow(policies.can_prepare(by, invitee.dossier))
    _ahead(invitee.meeting)
    there: Invitee = Invitee.objects.select_for_update().get(pk=invitee.pk)
    there.dossier = invitee.dossier
    there.may_see = Invitee.MaySee(may_see)
    there.answer = Invitee.Answer(answer) if answer else ""
    there.answer_words = tidy(words)
    there.save(update_fields=["may_see", "answer", "answer_words"])
    facts = {"invitee": there.id, "answer": answer, "may_see": may_see}
    record("meeting.answered", by=by, about=there.dossier, meeting=there.meeting_id, **facts)
    return there


@command
def uninvite(invitee: Invitee, *, by: Person) -> None:
    """Off the list, and his link ends. That he stood on it is in the journal only."""
    allow(policies.can_prepare(by, invitee.dossier))
    _ahead(invitee.meeting)
    if invitee.contributions.exists() or invitee.yeses.exists():
        raise Impossible("Deze persoon zit aan tafel. Zet erbij dat die er niet was.")
    links.cut(Link.Kind.INVITE, invitee.id)
    record("meeting.uninvited", by=by, about=invitee.dossier, meeting=invitee.meeting_id, invitee=invitee.id)
    invitee.delete()


def _ahead(meeting: Meeting) -> Meeting:
    """As it is now, if it is still to come: afterwards it stays as it was."""
    found = Meeting.objects.select_for_update(of=("self",)).select_related("dossier__municipality", "appointment")
    there = found.get(pk=meeting.pk)
    if not there.is_ahead:
        raise Impossible("Dit gesprek is al klaar. Er verandert niets meer aan.")
    return there


def _bring_back(meeting: Meeting) -> None:
    """What was difficult and was put off at the last talk, is difficult again. A point of one's own is added anew."""
    last = Meeting.objects.held().filter(dossier=meeting.dossier).order_by("-held_at").first()
    if last is None:
        return
    for point in last.points.filter(voice="", tabled_at=None, set_aside__is_later=True).distinct():
        Point.objects.create(
            dossier=meeting.dossier,
            meeting=meeting,
            key=point.key,
            by_id=point.by_id,
            hard_voice=point.hard_voice,
            is_hard_by_himself=point.is_hard_by_himself,
        )


def _cut_links(meeting: Meeting) -> None:
    """Who was asked reads nothing any more: it is over."""
    for invitee in meeting.invitees.exclude(letter_at=None):
        links.cut(Link.Kind.INVITE, invitee.id)
        invitee.letter = ""
        invitee.save(update_fields=["letter"])


def _voice(by: Person, meeting: Meeting, voice: str) -> str:
    """Whose words these are. The youth speaks for himself; his coach may type for him."""
    if is_youth(by, meeting.dossier):
        return Voice.YOUTH
    return Voice(voice) if voice else Voice.COACH


def _check(verdict: Verdict) -> None:
    if not verdict:
        raise Impossible(verdict.reason)


def _appoint(meeting: Meeting, starts_at: datetime, place: str, *, by: Person) -> None:
    meeting.appointment = dossiers.appoint(
        meeting.dossier,
        what=APPOINTMENT,
        starts_at=starts_at,
        party=Appointment.Party.NETWORK,
        place=place,
        by=by,
    )
    meeting.save(update_fields=["appointment"])


def _cancel(meeting: Meeting, why_not: str, *, by: Person) -> None:
    now, meeting.appointment = meeting.appointment, None
    if now is not None and not now.outcome:
        dossiers.close_appointment(now, outcome=Appointment.Outcome.NOT, why_not=why_not, by=by)
    meeting.save(update_fields=["appointment"])
