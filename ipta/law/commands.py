"""What can be said of how long and why, and what can be asked of the house: to hold a dossier, or to erase it."""

from datetime import date

from django.db import IntegrityError, transaction

from ipta.accounts.models import Municipality, Person
from ipta.base import clock
from ipta.base.command import allow, command, mark_recorded
from ipta.base.verdict import Impossible
from ipta.dossiers.models import Dossier
from ipta.dossiers.rules import tidy
from ipta.journal.commands import Actor, record
from ipta.law import policies
from ipta.law.models import Ground, Hold, Notice, Retention, Weighing, Wish
from ipta.law.queries import keeping_of
from ipta.law.rules import HOLDS, KIND_NAMES, KINDS, LONGEST_HOLD, PURPOSES, REFUSALS, REST, WEIGHED, YEAR


@command
def choose_term(municipality: Municipality, kind: str, *, years: int, why: str, by: Person) -> Retention:
    """How long this municipality keeps a kind of record after the end. What was chosen before stays readable."""
    allow(policies.can_state(by, municipality))
    if kind not in KINDS or years not in KINDS[kind].choices:
        raise Impossible("Kies een van de termijnen die er staan.")
    term = Retention.objects.create(
        municipality=municipality, kind=kind, months=years * YEAR, stated_by=by, why=_said(why)
    )
    record("term.chosen", by=by, about=municipality, kind=kind, months=term.months)
    return term


@command
def state_ground(
    municipality: Municipality, purpose: str, *, articles: str, plain: str, why: str, by: Person
) -> Ground:
    """On what ground this municipality does something. The text of before stays, with its day and its name."""
    allow(policies.can_state(by, municipality))
    if purpose not in PURPOSES:
        raise Impossible("Dit doel is er niet.")
    ground = Ground.objects.create(
        municipality=municipality,
        purpose=purpose,
        articles=_said(articles),
        plain=_said(plain),
        stated_by=by,
        why=_said(why),
    )
    record("ground.stated", by=by, about=municipality, kind=ground.purpose, ground=ground.id)
    return ground


def _said(words: str) -> str:
    if not tidy(words):
        raise Impossible("Schrijf op wat het is, en waarom.")
    return tidy(words)


# --- announced ----------------------------------------------------------------------------------------------------


@command
def announce(dossier: Dossier, kind: str, *, by: Actor) -> Notice:
    """From now on youth and coach find on their pages that this goes. It goes a month later at the earliest."""
    told = {one.kind: one for one in keeping_of(dossier)}
    allow(policies.can_destroy(by, is_due=told[kind].should_be_told(clock.today())))
    notice, is_new = Notice.objects.get_or_create(dossier=dossier, kind=kind, defaults={"told_on": clock.today()})
    if is_new:
        record("record.announced", by=by, about=dossier, kind=kind)
    else:
        mark_recorded()
    return notice


@command
def withdraw(notice: Notice, *, by: Actor) -> None:
    """It does not go after all: he is back, it is held, or the term is longer now. Later it is announced anew."""
    dossier, kind = notice.dossier, notice.kind
    told = {one.kind: one for one in keeping_of(dossier)}
    allow(policies.can_destroy(by, is_due=not told[kind].should_be_told(clock.today())))
    notice.delete()
    record("record.kept", by=by, about=dossier, kind=kind)


# --- held ---------------------------------------------------------------------------------------------------------


@command
def ask_hold(dossier: Dossier, *, why: str, until: date, by: Person) -> Hold:
    """Ask that nothing of this dossier goes until a day. It counts when a second person agrees."""
    allow(policies.can_hold(by, dossier))
    if why not in HOLDS:
        raise Impossible("Kies waarom het niet weg mag.")
    if not clock.today() <= until <= clock.today() + LONGEST_HOLD:
        raise Impossible("Kies een dag die nog komt, hoogstens een jaar vooruit.")
    if Hold.objects.filter(dossier=dossier.pk, ended_at=None, until__gte=clock.today()).exists():
        raise Impossible("Voor dit dossier is al een pauze gevraagd.")
    hold = Hold.objects.create(
        dossier_id=dossier.pk, municipality_id=dossier.municipality_id, why=why, until=until, asked_by=by
    )
    record("hold.asked", by=by, about=dossier, hold=hold.id, why=why, until=until)
    return hold


@command
def agree_hold(hold: Hold, *, by: Person) -> Hold:
    """The second person says so too: from now on nothing of it goes."""
    allow(policies.can_agree_to_hold(by, hold))
    if hold.agreed_at or hold.ended_at or hold.until < clock.today():
        raise Impossible("Dit is al gedaan of al voorbij.")
    hold.agreed_by, hold.agreed_at = by, clock.now()
    hold.save(update_fields=["agreed_by", "agreed_at"])
    record("hold.agreed", by=by, about=hold.about, hold=hold.id)
    return hold


@command
def end_hold(hold: Hold, *, by: Person) -> Hold:
    """It is no longer needed. What is over is announced again for a month before it goes."""
    allow(policies.can_end_hold(by, hold))
    if hold.ended_at or hold.until < clock.today():
        raise Impossible("Dit is al gedaan of al voorbij.")
    hold.ended_at = clock.now()
    hold.save(update_fields=["ended_at"])
    record("hold.ended", by=by, about=hold.about, hold=hold.id)
    return hold


# --- erased because he wants it -----------------------------------------------------------------------------------


@command
def wish(dossier: Dossier, kind: str, *, by: Person) -> Wish:
    """The youth wants something erased. Within a month he has an answer."""
    allow(policies.can_wish(by, dossier))
    if kind not in KIND_NAMES or kind == REST:
        raise Impossible("Kies wat er weg moet.")
    if any(one.kind == kind and one.is_gone for one in keeping_of(dossier)):
        raise Impossible("Dit is al gewist.")
    try:
        with transaction.atomic():
            found = Wish.objects.create(dossier=dossier, municipality_id=dossier.municipality_id, kind=kind)
    except IntegrityError as twice:
        raise Impossible("Dit vroeg je al.") from twice
    record("erasure.wished", by=by, about=dossier, wish=found.id, kind=kind)
    return found


@command
def call_off_wish(wish: Wish, *, by: Person) -> Wish:
    """He does not want it any more. It can be done until the house has done it."""
    allow(policies.can_wish(by, wish.dossier))
    _still_open(wish)
    wish.called_off_at = clock.now()
    wish.save(update_fields=["called_off_at"])
    record("erasure.called_off", by=by, about=wish.dossier, wish=wish.id)
    return wish


@command
def ask_erasure(wish: Wish, *, by: Person) -> Wish:
    """The functional manager asks for it: the first of two."""
    allow(policies.can_answer(by, wish))
    _still_open(wish)
    if wish.asked_at:
        raise Impossible("Dit is al gevraagd.")
    wish.asked_by, wish.asked_at = by, clock.now()
    wish.save(update_fields=["asked_by", "asked_at"])
    record("erasure.asked", by=by, about=wish.about, wish=wish.id)
    return wish


@command
def agree_erasure(wish: Wish, *, by: Person) -> Wish:
    """The privacy officer agrees: the house does it at its next round, unless the dossier is held."""
    allow(policies.can_agree_to_wish(by, wish))
    _still_open(wish)
    if wish.agreed_at:
        raise Impossible("Dit is al gedaan of al voorbij.")
    wish.agreed_by, wish.agreed_at = by, clock.now()
    wish.save(update_fields=["agreed_by", "agreed_at"])
    record("erasure.agreed", by=by, about=wish.about, wish=wish.id, asked_by=wish.asked_by_id)
    return wish


@command
def refuse_erasure(wish: Wish, *, why: str, by: Person) -> Wish:
    """It has to be kept, by law. The youth reads why, and where he can turn to."""
    allow(policies.can_answer(by, wish))
    _still_open(wish)
    if wish.agreed_at:
        raise Impossible("Dit is al gedaan of al voorbij.")
    if why not in REFUSALS:
        raise Impossible("Kies waarom het niet kan.")
    wish.refused_by, wish.refused_at, wish.refused_why = by, clock.now(), why
    wish.save(update_fields=["refused_by", "refused_at", "refused_why"])
    record("erasure.refused", by=by, about=wish.about, wish=wish.id, why=why)
    return wish


def _still_open(wish: Wish) -> None:
    if not wish.is_open:
        raise Impossible("Dit is al gedaan of al voorbij.")


# --- parents ------------------------------------------------------------------------------------------------------


@command
def weigh(dossier: Dossier, *, outcome: str, reason: str, by: Person) -> Weighing:
    """Note that was weighed whether his parents should know something. The youth reads it; nobody tells them by it."""
    allow(policies.can_weigh(by, dossier))
    if outcome not in WEIGHED:
        raise Impossible("Kies wat het werd.")
    weighing = Weighing.objects.create(dossier=dossier, by=by, outcome=outcome, reason=_said(reason))
    record("parents.weighed", by=by, about=dossier, weighing=weighing.id)
    return weighing
