"""What can happen in a dossier."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F, Value
from django.db.models.functions import Greatest

from ipta.accounts import commands as accounts
from ipta.accounts import guests
from ipta.accounts.models import Municipality, Person, Post, Role
from ipta.accounts.policies import can_appoint
from ipta.base import clock
from ipta.base.command import allow, command, mark_recorded
from ipta.base.verdict import Impossible, Refused
from ipta.dossiers import policies, queries, reminders
from ipta.dossiers.models import (
    Appointment,
    Briefing,
    Coachship,
    CoachshipQuerySet,
    Dossier,
    Ending,
    Intensity,
    NetworkPerson,
    Note,
    OfDossier,
    PhaseSpan,
    RemindBy,
    Reminder,
    Step,
    View,
)
from ipta.dossiers.rules import (
    CAREFUL,
    DOMAINS,
    LONGEST_AHEAD,
    LONGEST_STAND_IN,
    OWN_PHASES,
    PHASES,
    known_ties,
    phases,
    tidy,
)
from ipta.journal.commands import Actor, record
from ipta.journal.models import Entry


@command
def begin(
    municipality: Municipality,
    *,
    nickname: str,
    by: Person,
    safety: str = "",
    careful: Collection[str] = (),
    may_know: str = "",
    reach: dict[str, str] | None = None,
    on: date | None = None,
    package_id: UUID | None = None,
) -> Dossier:
    """Note somebody under a nickname. Only the scout knows of him; nothing else is asked before the yes."""
    allow(policies.can_begin(by, municipality))
    day = on or clock.today()
    dossier = Dossier.objects.create(
        municipality=municipality,
        found_on=day,
        nickname=tidy(nickname),
        safety=tidy(safety),
        careful=_known_care(careful),
        may_know=tidy(may_know),
        reach=_tidy_reach(reach or {}),
        package_id=package_id,
    )
    Coachship.objects.create(dossier=dossier, coach=by, since=day)
    PhaseSpan.objects.create(dossier=dossier, phase="scout", since=day)
    record("dossier.begun", by=by, about=dossier)
    return dossier


@command
def join(
    dossier: Dossier, *, by: Person, first_name: str = "", last_name: str = "", born: str = "", on: date | None = None
) -> Dossier:
    """The yes, "hij doet mee". He gets an account of his own, without a name in it."""
    allow(policies.can_write(by, dossier))
    if dossier.joined_on:
        raise Impossible("Deze jongere doet al mee.")
    dossier.youth = dossier.youth or Person.objects.create(is_youth=True)
    dossier.joined_on = max(on or clock.today(), dossier.found_on)
    dossier.first_name, dossier.last_name, dossier.born = tidy(first_name), tidy(last_name), tidy(born)
    dossier.save(update_fields=["youth", "joined_on", "first_name", "last_name", "born"])  # never one that is gone
    record("dossier.joined", by=by, about=dossier)
    start_phase(dossier, "scan", by=by, on=dossier.joined_on)
    return dossier


@command
def describe(dossier: Dossier, *, by: Person, **words: Any) -> Dossier:
    """Change what is known of the youth himself: names, how to reach him safely."""
    allow(policies.can_own(by, dossier))
    known = {"nickname", "first_name", "last_name", "born", "reach", "safety", "careful", "may_know"}
    if not dossier.joined_on and words.keys() & {"first_name", "last_name", "born"}:
        raise Impossible("Vóór het ja blijft het bij een bijnaam.")
    clean: dict[str, Callable[[Any], Any]] = {"reach": _tidy_reach, "careful": _known_care}
    for name in words.keys() & known:
        setattr(dossier, name, clean.get(name, tidy)(words[name]))
    dossier.save(update_fields=list(words.keys() & known))
    record("dossier.described", by=by, about=dossier, fields=",".join(sorted(words.keys() & known)))
    return dossier


def _tidy_reach(reach: Mapping[str, str]) -> dict[str, str]:
    return {tidy(name): tidy(way) for name, way in reach.items()}


def _known_care(careful: Collection[str]) -> list[str]:
    return [key for key in CAREFUL if key in careful]


@command
def start_phase(dossier: Dossier, phase: str, *, by: Person, on: date | None = None) -> PhaseSpan:
    """Begin a phase, or begin it again. Other phases go on until they are ended."""
    allow(policies.can_write(by, dossier))
    span, is_new = PhaseSpan.objects.get_or_create(
        dossier=dossier, phase=phase, until=None, defaults={"since": on or clock.today()}
    )
    if not is_new:
        raise Impossible("Deze fase loopt al.")
    record("phase.started", by=by, about=dossier, phase=phase)
    return span


@command
def name_phases(municipality: Municipality, names: Mapping[str, str], *, by: Person) -> Municipality:
    """Give the phases names of one's own; an empty one leaves a phase out. Threads that run keep what they have."""
    allow(can_appoint(by, municipality))
    typed = {key: tidy(names.get(key, "")) for key in (*PHASES, *OWN_PHASES)}
    own = {key: name for key, name in typed.items() if name != PHASES.get(key, "")}
    if not phases(own):
        raise Impossible("Houd minstens één fase over.")
    municipality.phases = own
    municipality.save(update_fields=["phases"])
    record("phases.named", by=by, about=municipality)
    return municipality


@command
def end_phase(span: PhaseSpan, *, by: Person, on: date | None = None) -> PhaseSpan:
    """This phase is done, today or on the day that is said. It can come back."""
    allow(policies.can_write(by, span.dossier))
    span.until = max(on or clock.today(), span.since)
    span.save()
    record("phase.ended", by=by, about=span.dossier, phase=span.phase)
    return span


@command
def note(
    dossier: Dossier,
    *,
    by: Person,
    text: str,
    channel: str = Note.Channel.MET,
    is_reached: bool = True,
    is_celebration: bool = False,
    place: str = "",
    at: datetime | None = None,
    replaces: Note | None = None,
) -> Note:
    """Write down a contact, or an attempt at one."""
    allow(policies.can_write(by, dossier))
    if replaces and replaces.dossier_id != dossier.id:
        raise Impossible("Deze notitie hoort niet bij deze jongere.")
    if replaces and hasattr(replaces, "replaced_by"):
        raise Impossible("Deze notitie is al verbeterd. Kijk naar de nieuwe.")
    line = Note.objects.create(
        dossier=dossier,
        author=by,
        channel=Note.Channel(channel),
        is_reached=is_reached,
        is_celebration=is_celebration,
        happened_at=at or clock.now(),
        replaces=replaces,
        place=tidy(place),
        text=tidy(text),
    )
    record("note.corrected" if replaces else "note.written", by=by, about=dossier, note=line.id, reached=is_reached)
    return line


@command
def promise(
    dossier: Dossier,
    *,
    by: Person,
    text: str,
    owner: str,
    owner_name: str = "",
    somebody: NetworkPerson | None = None,
    due_on: date | None = None,
    domain: str = "",
    kind: str = Step.Kind.STEP,
    way: str = Step.Way.DO,
    goal: str = "",
) -> Step:
    """A step with an owner and a day. Youth and coach can both write one.

    somebody: whose it is when he stands among the people around the youth; the name stays when he goes from there.
    goal: the key of a goal in the plan.
    """
    allow(policies.can_own(by, dossier))
    if somebody and somebody.dossier_id != dossier.id:
        raise Refused("Deze persoon hoort bij iemand anders.")
    step = Step.objects.create(
        dossier=dossier,
        owner=Step.Owner(owner),
        somebody=None if owner in {Step.Owner.YOUTH, Step.Owner.COACH} else somebody,
        owner_name=tidy(owner_name),
        due_on=due_on,
        domain=domain if domain in DOMAINS else "",
        kind=Step.Kind(kind),
        way=Step.Way(way),
        goal=goal,
        text=tidy(text),
    )
    record("step.promised", by=by, about=dossier, step=step.id, owner=owner)
    return step


@command
def cut(step: Step, *, by: Person, texts: Iterable[str]) -> list[Step]:
    """In small steps, one after the other, of the same owner. A small step is not cut again."""
    allow(policies.can_own(by, step.dossier))
    if step.parent_id or not step.is_open:
        raise Impossible("Deze stap is al klein genoeg.")
    pieces = [tidy(text) for text in texts]
    wanted = [text for text in pieces if text]
    if not wanted:
        raise Impossible("Schrijf minstens één kleine stap op.")
    now = clock.now()
    same = {name: getattr(step, name) for name in ("dossier", "owner", "somebody", "way", "domain", "goal")}
    made = [
        Step.objects.create(parent=step, promised_at=now + timedelta(microseconds=place), text=text, **same)
        for place, text in enumerate(wanted)
    ]
    record("step.cut", by=by, about=step.dossier, step=step.id, count=len(made))
    return made


@command
def finish(step: Step, *, by: Person, on: date | None = None, progress: str = "") -> Step:
    """Done."""
    allow(policies.can_own(by, step.dossier))
    _close(step, Step.Outcome.WORKED, progress, on or clock.today())
    record("step.done", by=by, about=step.dossier, step=step.id)
    return step


@command
def settle(step: Step, *, by: Person, outcome: str, words: str = "", on: date | None = None) -> Step:
    """How it went. What did not work out stays open: another day, in smaller steps, or no longer needed."""
    allow(policies.can_settle(by, step))
    is_done = Step.Outcome(outcome) != Step.Outcome.NOT
    _close(step, Step.Outcome(outcome), words, (on or clock.today()) if is_done else None)
    record("step.done" if is_done else "step.not_worked", by=by, about=step.dossier, step=step.id)
    return step


def _close(step: Step, outcome: Step.Outcome, words: str, on: date | None) -> None:
    """How it went, and when it was done: never, when it did not work out."""
    step.done_on, step.outcome = on, outcome
    if words:
        step.progress = tidy(words)
    step.save()
    if on:
        _let_go_of_pieces(step)


def _let_go_of_pieces(step: Step) -> None:
    """Of what is behind him no small step is left to do."""
    step.pieces.filter(done_on=None, dropped_on=None).update(dropped_on=step.done_on or step.dropped_on)


@command
def report(step: Step, *, by: Person, progress: str) -> Step:
    """Tell how far a step is."""
    allow(policies.can_own(by, step.dossier))
    step.progress = tidy(progress)
    step.save(update_fields=["progress"])
    record("step.reported", by=by, about=step.dossier, step=step.id)
    return step


@command
def postpone(step: Step, *, by: Person, until: date) -> Step:
    """Another day for this step."""
    allow(policies.can_own(by, step.dossier))
    step.due_on = until
    step.save(update_fields=["due_on"])
    record("step.postponed", by=by, about=step.dossier, step=step.id)
    return step


@command
def drop(step: Step, *, by: Person, on: date | None = None) -> Step:
    """No longer needed. It stays readable."""
    allow(policies.can_own(by, step.dossier))
    step.dropped_on = on or clock.today()
    step.save(update_fields=["dropped_on"])
    _let_go_of_pieces(step)
    record("step.dropped", by=by, about=step.dossier, step=step.id)
    return step


@command
def appoint(
    dossier: Dossier,
    *,
    by: Person,
    what: str,
    starts_at: datetime,
    party: str = Appointment.Party.YOUTH,
    who: str = "",
    place: str = "",
    travel: str = "",
    bring: str = "",
) -> Appointment:
    """When and where, with whom, how to get there and what to bring. Youth and coach can both make one."""
    allow(policies.can_own(by, dossier))
    appointment = Appointment.objects.create(
        dossier=dossier,
        made_by=by,
        starts_at=starts_at,
        party=Appointment.Party(party),
        what=tidy(what),
        who=tidy(who),
        place=tidy(place),
        travel=tidy(travel),
        bring=tidy(bring),
    )
    record("appointment.made", by=by, about=dossier, appointment=appointment.id)
    return appointment


REMINDER_TRIES = 3


@command
def wish_reminders(dossier: Dossier, *, by: Person, way: str, moments: Collection[str], words: str, to: str) -> Dossier:
    """How he wants to be reminded of appointments: which way, when, in which words, and where to (text and mail)."""
    allow(policies.can_own(by, dossier))
    dossier.remind_by = RemindBy(way)
    dossier.remind_evening, dossier.remind_hour = reminders.EVENING in moments, reminders.HOUR in moments
    dossier.remind_words, dossier.remind_to = tidy(words), tidy(to)
    if dossier.remind_by in {RemindBy.TEXT, RemindBy.MAIL} and not tidy(to):
        raise Impossible("Waar mag de herinnering heen?")
    dossier.save(update_fields=["remind_by", "remind_evening", "remind_hour", "remind_words", "remind_to"])
    record("reminders.wished", by=by, about=dossier, way=way, evening=dossier.remind_evening, hour=dossier.remind_hour)
    return dossier


@command
def begin_reminder(appointment: Appointment, moment: str, *, by: Actor) -> Reminder | None:
    """Before it is sent. None when it went out already, is on its way, or failed too often: it is sent at most once."""
    allow(policies.can_remind(by, appointment.dossier))
    mark_recorded()  # what came of it is written
    way = appointment.dossier.remind_by
    found, is_new = Reminder.objects.select_for_update().get_or_create(
        appointment=appointment, moment=moment, defaults={"dossier": appointment.dossier, "by": way, "tries": 1}
    )
    if is_new:
        return found
    if found.outcome != Reminder.Outcome.FAILED or found.tries >= REMINDER_TRIES:
        return None
    found.outcome, found.by, found.tries = Reminder.Outcome.SENDING, way, found.tries + 1
    found.save(update_fields=["outcome", "by", "tries"])
    return found


@command
def end_reminder(reminder: Reminder, outcome: str, *, by: Actor) -> Reminder:
    """What came of it."""
    allow(policies.can_remind(by, reminder.dossier))
    reminder.outcome, reminder.at = Reminder.Outcome(outcome), clock.now()
    reminder.save(update_fields=["outcome", "at"])
    facts = {"appointment": reminder.appointment_id, "moment": reminder.moment, "way": reminder.by}
    record(f"reminder.{outcome}", by=by, about=reminder.dossier, **facts)
    return reminder


@command
def reminded(appointment: Appointment, moment: str, *, by: Person) -> Reminder | None:
    """The coach sent it himself, from his own telephone. None when that was said before."""
    allow(policies.can_remind(by, appointment.dossier))
    mark_recorded()  # by what it asks for
    begun = begin_reminder(appointment, moment, by=by)
    return end_reminder(begun, Reminder.Outcome.SENT, by=by) if begun else None


@command
def close_appointment(appointment: Appointment, *, by: Person, outcome: str, why_not: str = "") -> Appointment:
    """It happened, or "het ging niet door": whose doing that was is nobody's question here."""
    allow(policies.can_own(by, appointment.dossier))
    appointment.outcome = Appointment.Outcome(outcome)
    is_off = appointment.outcome == Appointment.Outcome.NOT
    appointment.why_not = Appointment.WhyNot(why_not) if is_off and why_not else ""
    appointment.save(update_fields=["outcome", "why_not"])
    record("appointment.closed", by=by, about=appointment.dossier, appointment=appointment.id, outcome=outcome)
    return appointment


AROUND = ("name", "relation", "reach", "helps_with", "own_words", "worked_at")


@command
def add_person(
    dossier: Dossier, *, by: Person, kind: str, ties: Mapping[str, Any] | None = None, **words: str
) -> NetworkPerson:
    """Somebody around the youth. Being listed gives nobody a right to read anything.

    `words`: name, relation, reach, helps_with, own_words, worked_at. `ties`: as in `rules.known_ties`.
    """
    allow(policies.can_own(by, dossier))
    somebody = NetworkPerson.objects.create(
        dossier=dossier,
        kind=NetworkPerson.Kind(kind),
        ties=known_ties(ties or {}),
        **{name: tidy(words.get(name, "")) for name in AROUND},
    )
    record("network.added", by=by, about=dossier, person=somebody.id, kind=kind)
    return somebody


@command
def change_person(
    somebody: NetworkPerson, *, by: Person, kind: str, ties: Mapping[str, Any], **words: str
) -> NetworkPerson:
    """What is known of him now, and how near he is. Words that are not given stay as they are."""
    allow(policies.can_own(by, somebody.dossier))
    somebody.kind, somebody.ties = NetworkPerson.Kind(kind), known_ties(ties)
    for name in words.keys() & set(AROUND):
        setattr(somebody, name, tidy(words[name]))
    somebody.save()
    record("network.changed", by=by, about=somebody.dossier, person=somebody.id, kind=somebody.kind)
    return somebody


@command
def remove_person(somebody: NetworkPerson, *, by: Person) -> None:
    """No longer around him: the words go, that somebody was there stays in the journal."""
    allow(policies.can_own(by, somebody.dossier))
    record("network.removed", by=by, about=somebody.dossier, person=somebody.id)
    if somebody.account and somebody.account.is_guest:  # his page goes with him
        guests.close(somebody.account)
    somebody.delete()


@command
def view(line: OfDossier, *, by: Person, text: str) -> View:
    """The youth's own side, beside a line that somebody wrote."""
    allow(policies.can_view(by, line.dossier))
    own = View.objects.create(
        dossier=line.dossier,
        author=by,
        line=line.id,
        section=line.section,  # type: ignore[attr-defined]
        text=tidy(text),
    )
    record("view.given", by=by, about=line.dossier, line=line.id)
    return own


@command
def hand_over(dossier: Dossier, *, to: Person, by: Person, on: date | None = None, words: str = "") -> Coachship:
    """Another coach goes on, from the day that is set. Until then nothing changes; from then on the old one reads no
    more. What was planned before makes way. `words`: what he must know.
    """
    allow(policies.can_assign(by, dossier))
    day = on or clock.today()
    if not clock.today() <= day <= clock.today() + LONGEST_AHEAD:
        raise Impossible("Kies vandaag, of een dag in de komende zes maanden.")
    if not policies.is_coach_on(day, to, dossier.municipality_id):
        raise Impossible("Kies een coach van deze gemeente.")
    if Coachship.objects.now().filter(dossier=dossier, coach=to, is_stand_in=False).exists():
        raise Impossible("Deze coach loopt al mee. Kies een andere coach.")
    ship = _go_on_with(dossier, to, day, given_by=by, briefing=_briefing(dossier, words))
    verb, facts = _change(ship)
    record(verb, by=by, about=dossier, **facts)
    return ship


def _briefing(dossier: Dossier, words: str) -> Briefing | None:
    """Written before anything changes: from then on it may no longer be his to write."""
    return Briefing.objects.create(dossier=dossier, text=tidy(words)) if tidy(words) else None


def _go_on_with(dossier: Dossier, coach: Person, day: date, **given: Any) -> Coachship:
    """One coach each day: what was planned is off, who walks along stops on this day, and the next one begins.

    Who stands in does so for the coach of now, and stops with him.
    """
    own = Coachship.objects.filter(dossier=dossier, is_stand_in=False)
    _call_off(own.planned())
    own.now().update(until=Greatest("since", Value(day)))
    lent = Coachship.objects.ahead().filter(dossier=dossier, is_stand_in=True, until__gt=day)
    _call_off(lent.planned().filter(since__gte=day))
    lent.update(until=Greatest("since", Value(day)))
    return Coachship.objects.create(dossier=dossier, coach=coach, since=day, **given)


def _call_off(planned: CoachshipQuerySet) -> None:
    """It stays in the record, and never ran."""
    planned.update(until=F("since"), is_off=True)


def _change(ship: Coachship) -> tuple[str, dict[str, Any]]:
    """How the journal tells it: that it is so, or that it will be and when."""
    if ship.since > clock.today():
        return "coach.planned", {"to": ship.coach_id, "on": ship.since}
    return "coach.changed", {"to": ship.coach_id}


@command
def stay(dossier: Dossier, *, by: Person) -> None:
    """The hand-over that was planned is off: who walks along now goes on."""
    allow(policies.can_assign(by, dossier))
    own = Coachship.objects.filter(dossier=dossier, is_stand_in=False)
    planned = own.planned().first()
    if planned is None:
        raise Impossible("Er is geen overdracht meer gepland.")
    _call_off(own.planned())
    own.now().update(until=None)
    record("coach.stayed", by=by, about=dossier, to=planned.coach_id)


@command
def stand_in(
    dossier: Dossier, *, coach: Person, until: date, by: Person, since: date | None = None, words: str = ""
) -> Coachship:
    """Somebody takes over for some days, with fewer sections open. `until`: the first day without him."""
    allow(policies.can_assign(by, dossier))
    since = since or clock.today()
    if not policies.is_coach_on(since, coach, dossier.municipality_id):
        raise Impossible("Kies een coach van deze gemeente.")
    if since < clock.today() or until <= since:
        raise Impossible("Kies een einddatum die nog komt.")
    if until - since > LONGEST_STAND_IN:
        raise Impossible("Kies een dag binnen een jaar. Duurt het langer, draag dan over.")
    if any(until > last for last in _last_days(dossier)):
        raise Impossible("Dan is een ander al de coach. Kies een eerdere dag.")
    there = Coachship.objects.filter(dossier=dossier, coach=coach, is_stand_in=True)
    if there.filter(since__lte=since, until__gte=until).exists():
        raise Impossible("Deze coach vervangt je al in deze dagen.")
    ship = Coachship.objects.create(
        dossier=dossier,
        coach=coach,
        is_stand_in=True,
        since=since,
        until=until,
        given_by=by,
        briefing=_briefing(dossier, words),
    )
    record("coach.stood_in", by=by, about=dossier, coach=coach.id)
    return ship


def _last_days(dossier: Dossier) -> Iterator[date]:
    """On which days the coach of now stops: handed over, or no longer in this municipality."""
    for ship in Coachship.objects.now().filter(dossier=dossier, is_stand_in=False):
        posts = Post.objects.now().filter(person=ship.coach_id, municipality=dossier.municipality_id, role=Role.COACH)
        yield from filter(None, [ship.until, *posts.values_list("until", flat=True)])


@command
def stand_down(ship: Coachship, *, by: Person) -> Coachship:
    """Who stands in stops before his day, or does not begin."""
    allow(policies.can_assign(by, ship.dossier))
    if not ship.is_stand_in or ship.until is None or ship.until <= clock.today():
        raise Impossible("Deze vervanging is al voorbij.")
    ship.until, ship.is_off = max(clock.today(), ship.since), ship.since > clock.today()
    ship.save(update_fields=["until", "is_off"])
    record("coach.stood_down", by=by, about=ship.dossier, coach=ship.coach_id)
    return ship


@command
def depart(post: Post, *, by: Person, to: Person | None = None) -> Post:
    """A role ends today, and nobody is left without a coach: `to` goes on with every youth this coach walks along with.

    Who was named already to go on with somebody, does so today. Whoever ends it opens no dossier and sees none.
    """
    allow(can_appoint(by, post.municipality))
    left = queries.left_behind(post)
    for ship, named in left.items():
        coach = named or _who_goes_on(post, to, by=by)
        next_one = _go_on_with(ship.dossier, coach, max(clock.today(), ship.since))
        verb, facts = _change(next_one)
        record(verb, by=by, about=ship.dossier, **facts)
    lent = Coachship.objects.filter(pk__in=queries.lent_to(post))
    _call_off(lent.planned())
    lent.update(until=Greatest("since", Value(clock.today())))
    return accounts.leave(post, by=by)


def _who_goes_on(post: Post, to: Person | None, *, by: Person) -> Person:
    if to is None:
        raise Impossible("Deze coach loopt nog mee met jongeren. Kies wie het overneemt.")
    if to in (post.person, by) or not policies.is_coach_on(clock.today(), to, post.municipality_id):
        raise Impossible("Kies een andere coach van deze gemeente.")
    return to


@command
def set_intensity(dossier: Dossier, intensity: str, *, by: Person) -> Dossier:
    """Down when life is stable, up again when it is not."""
    allow(policies.can_write(by, dossier))
    dossier.intensity = Intensity(intensity)
    dossier.save(update_fields=["intensity"])
    record("intensity.set", by=by, about=dossier, intensity=intensity)
    return dossier


@command
def end(dossier: Dossier, *, reason: str, by: Person, on: date | None = None) -> Dossier:
    """End the trajectory. The youth keeps his page and can come back without a new intake."""
    allow(policies.can_write(by, dossier))
    if dossier.ended_on:
        raise Impossible("Dit traject is al gestopt.")
    day = max(on or clock.today(), dossier.joined_on or dossier.found_on)
    dossier.ended_on, dossier.end_reason = day, Ending(reason)
    dossier.save(update_fields=["ended_on", "end_reason"])
    PhaseSpan.objects.filter(dossier=dossier, until=None).update(until=Greatest("since", Value(day)))
    record("dossier.ended", by=by, about=dossier, reason=reason)
    return dossier


@command
def reopen(dossier: Dossier, *, by: Person, phase: str = "coach", on: date | None = None) -> Dossier:
    """He is back: everything is still there, nobody asks him anything twice."""
    allow(policies.can_write(by, dossier))
    if not dossier.ended_on:
        raise Impossible("Dit traject loopt nog.")
    if _is_partly_gone(dossier):
        raise Impossible("Van dit dossier is al iets gewist. Begin met deze jongere een nieuw dossier.")
    dossier.ended_on, dossier.end_reason, dossier.intensity = None, "", Intensity.INTENSIVE
    dossier.rough.pop("ended_on", None)
    dossier.save(update_fields=["ended_on", "end_reason", "intensity", "rough"])
    record("dossier.reopened", by=by, about=dossier)
    start_phase(dossier, phase, by=by, on=on)
    return dossier


def _is_partly_gone(dossier: Dossier) -> bool:
    """What was destroyed when its term was over takes no new words: nobody can walk along in such a dossier."""
    lines = Entry.objects.filter(about=dossier.pk, verb="record.destroyed").values_list("facts", flat=True)
    return any("package" not in facts for facts in lines)  # in the house it came from it has another key
