"""Sharing at the youth's initiative, the emergency button, the weekly review. Source: security design, 5.3, 5.5, 7."""

from datetime import date, datetime
from functools import partial
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from ipta.accounts import guests
from ipta.accounts.models import Municipality, Person, Role
from ipta.base import clock
from ipta.base.command import allow, command, mark_recorded
from ipta.base.verdict import Impossible
from ipta.dossiers.models import Dossier, Note, Step
from ipta.dossiers.rules import tidy
from ipta.journal.commands import record
from ipta.sharing import mails, policies, weeks
from ipta.sharing.models import Doubt, Emergency, Grant, Judgement, Look, Review
from ipta.sharing.queries import dossier_numbered, has_item
from ipta.sharing.review import Verdict, Week
from ipta.sharing.rules import EMERGENCY_LASTS, LONGEST_GRANT, USUAL_GRANT, is_a_sentence
from ipta.sharing.weeks import OpenWeek


@command
def grant(
    dossier: Dossier,
    *,
    section: str,
    to: Person,
    purpose: str,
    by: Person,
    until: date | None = None,
    item: UUID | None = None,
    item_kind: str = "",
    aloud: bool = False,
) -> Grant:
    """Let one person see one section until a day (three months if none is named, a year at most).

    With `item`: one row of it, and nothing else of that section. `aloud`: the youth said so to his coach, who typed it.
    He finds it on his first page, and says whether it is so.
    """
    allow(policies.can_grant(by, dossier, section, to, aloud=aloud))
    if (item or item_kind) and not has_item(dossier, section, item, Grant.Item(item_kind)):
        raise Impossible("Dit staat er niet meer. Kijk opnieuw.")
    today = clock.today()
    until = until or today + USUAL_GRANT
    if not today <= until <= today + LONGEST_GRANT:
        raise Impossible("Kies een einddatum binnen een jaar.")
    given = Grant.objects.create(
        dossier=dossier,
        shared_section=section,
        item=item,
        item_kind=item_kind,
        to=to,
        until=until,
        given_by=by,
        is_aloud=by.pk != dossier.youth_id,
        purpose=tidy(purpose),
    )
    guests.stretch(to, until)
    of_item = {"item": item, "kind": item_kind} if item else {}
    verb = "grant.given_aloud" if given.is_aloud else "grant.given"
    record(verb, by=by, about=dossier, grant=given.id, section=section, to=to.id, **of_item)
    return given


@command
def confirm(given: Grant, *, by: Person) -> Grant:
    """What his coach typed is so, says the youth himself."""
    allow(policies.can_confirm(by, given))
    if not given.is_aloud or given.confirmed_at:
        mark_recorded()
        return given
    given.confirmed_at = clock.now()
    given.save(update_fields=["confirmed_at"])
    record("grant.confirmed", by=by, about=given.dossier, grant=given.id)
    return given


@command
def revoke(given: Grant, *, by: Person) -> Grant:
    """Withdraw: in effect at the next request."""
    allow(policies.can_revoke(by, given))
    given.revoked_at = given.revoked_at or clock.now()
    given.save(update_fields=["revoked_at"])
    record("grant.revoked", by=by, about=given.dossier, grant=given.id)
    return given


# --- the emergency button ---------------------------------------------------------------------------------------


@command
def look_up(number: str, *, by: Person) -> Dossier | None:
    """Which dossier of his municipality somebody means by this number. A wrong one is written down, and counts."""
    allow(policies.can_look_up(by))
    municipalities = by.municipalities_as(Role.COACH)
    found = dossier_numbered(number, municipalities)
    if found:
        mark_recorded()
        return found
    attempt = uuid4()
    for municipality in Municipality.objects.filter(pk__in=municipalities):
        record("emergency.missed", by=by, about=municipality, attempt=attempt)
    return None


@command
def take(dossier: Dossier, *, reason: str, by: Person) -> Emergency:
    """Open a dossier with the emergency button: for four hours, for a reason, and everybody concerned is told."""
    allow(policies.can_take(by, dossier))
    reason = tidy(reason)
    if not is_a_sentence(reason):
        raise Impossible("Schrijf in een hele zin waarom dit niet kan wachten.")
    if Emergency.objects.held_by(by).filter(dossier=dossier.id).exists():
        raise Impossible("Je hebt al noodtoegang. Langer maken kan niet. Is het voorbij, begin dan opnieuw.")
    now = clock.now()
    taken = Emergency.objects.create(
        dossier=dossier, taken_by=by, taken_at=now, until=now + EMERGENCY_LASTS, reason=reason
    )
    record("emergency.taken", by=by, about=dossier, emergency=taken.id)
    transaction.on_commit(partial(mails.tell, taken))
    return taken


@command
def note(
    emergency: Emergency,
    *,
    by: Person,
    text: str,
    channel: str = Note.Channel.MET,
    is_reached: bool = True,
    is_celebration: bool = False,
    place: str = "",
    at: datetime | None = None,
) -> Note:
    """In an emergency: write down what happened, as his coach would."""
    allow(policies.can_note(by, emergency))
    line = Note.objects.create(
        dossier=emergency.dossier,
        author=by,
        channel=Note.Channel(channel),
        is_reached=is_reached,
        is_celebration=is_celebration,
        happened_at=at or clock.now(),
        place=tidy(place),
        text=tidy(text),
    )
    record("note.written", by=by, about=emergency.dossier, note=line.id, reached=is_reached, emergency=emergency.id)
    return line


@command
def promise(
    emergency: Emergency, *, by: Person, text: str, owner: str = Step.Owner.COACH, due_on: date | None = None
) -> Step:
    """In an emergency: what must happen at once. His coach finds it on top of his day."""
    allow(policies.can_note(by, emergency))
    step = Step.objects.create(
        dossier=emergency.dossier,
        owner=Step.Owner(owner),
        kind=Step.Kind.DIRECT,
        due_on=due_on,
        text=tidy(text),
    )
    record("step.promised", by=by, about=emergency.dossier, step=step.id, owner=owner, emergency=emergency.id)
    return step


@command
def end(emergency: Emergency, *, by: Person) -> Emergency:
    """It is over: in effect at the next request. Otherwise it ends by itself."""
    allow(policies.can_end(by, emergency))
    if not emergency.is_running:
        mark_recorded()
        return emergency
    dossier = emergency.dossier  # after this the taker does not find it any more
    emergency.ended_at = clock.now()
    emergency.save(update_fields=["ended_at"])
    record("emergency.ended", by=by, about=dossier, emergency=emergency.id)
    return emergency


# --- the weekly review ------------------------------------------------------------------------------------------


@command
def doubt(dossier: Dossier, look: Look, *, by: Person) -> Doubt:
    """The youth says that a reading is not right. The privacy officer finds it in the review of this week."""
    allow(policies.can_doubt(by, dossier, look))
    day = timezone.localdate(look.at)
    raised, is_new = Doubt.objects.get_or_create(dossier=dossier, day=day, reader_id=look.person_id)
    if is_new:
        record("look.doubted", by=by, about=dossier, day=day, reader=look.person_id)
    else:
        mark_recorded()
    return raised


@command
def open_week(municipality: Municipality, week: Week, *, by: Person) -> OpenWeek:
    """See what stands out in a week. Looking at the log is written down as well."""
    allow(policies.can_review(by, municipality))
    record("review.opened", by=by, about=municipality, monday=week.monday)
    return weeks.week_of(municipality, week)


@command
def judge(municipality: Municipality, week: Week, key: str, *, verdict: str, by: Person) -> Judgement:
    """Say what to make of a signal: explained, to talk about, or an incident. Until the week is signed."""
    allow(policies.can_review(by, municipality))
    record("review.judged", by=by, about=municipality, monday=week.monday, key=key, verdict=Verdict(verdict))
    signal = next((one.signal for one in _unsigned(municipality, week).found if one.signal.key == key), None)
    if signal is None:
        raise Impossible("Dit staat er niet meer bij. Kijk opnieuw naar de week.")
    allow(policies.can_judge(by, municipality, signal))
    judged, _ = Judgement.objects.update_or_create(
        municipality=municipality,
        monday=week.monday,
        key=key,
        defaults={
            "rule": signal.rule,
            "facts": signal.facts(),
            "verdict": Verdict(verdict),
            "judged_by": by,
            "judged_at": clock.now(),
        },
    )
    return judged


@command
def sign(municipality: Municipality, week: Week, *, by: Person) -> Review:
    """Say that this week was gone through. Once, when everything in it was judged; then it is fixed."""
    allow(policies.can_sign(by, municipality, weeks.looks_in(municipality, week)))
    record("review.signed", by=by, about=municipality, monday=week.monday)
    now = _unsigned(municipality, week)
    if any(one.judgement is None for one in now.found):
        raise Impossible("Beoordeel eerst alles wat er staat.")
    return Review.objects.create(municipality=municipality, monday=week.monday, reads=now.lines, signed_by=by)


def _unsigned(municipality: Municipality, week: Week) -> OpenWeek:
    """The week, if it can be judged. Asked after it was recorded: the chain of the municipality lets one at a time."""
    found = weeks.week_of(municipality, week)
    if not found.state.is_over:
        raise Impossible("Deze week loopt nog. Beoordelen kan vanaf maandag.")
    if found.state.review:
        raise Impossible("Deze week is al getekend.")
    return found
