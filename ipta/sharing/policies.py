"""The one question of reading: on what ground may this person open this section?"""

from collections import Counter
from collections.abc import Collection, Iterator
from typing import Any
from uuid import UUID

from django.db.models import Case, DateField, Expression, F, QuerySet, Value, When

from ipta.accounts.models import Municipality, Person, Role
from ipta.base import clock
from ipta.base.acting import HOUSE
from ipta.base.prepared import prepared
from ipta.base.verdict import Verdict, no, yes
from ipta.dossiers import policies as dossiers
from ipta.dossiers.models import Coachship, Dossier, NetworkPerson, Step
from ipta.journal.commands import Actor
from ipta.journal.models import Entry
from ipta.sharing.models import Emergency, Grant, Look
from ipta.sharing.review import Signal
from ipta.sharing.rules import READS, SHAREABLE, WRONG_NUMBERS, WRONG_NUMBERS_REST

Grounds = dict[str, str]  # section -> ground
Item = tuple[str, UUID]  # section, row


def grounds(person: Person, dossiers: Collection[Dossier]) -> dict[UUID, Grounds]:
    """For each dossier the sections this person may open now, and why. One query, however many dossiers.

    Of two grounds for one section the more ordinary one counts: an emergency tells only what it opened itself.
    """
    found: dict[UUID, Grounds] = {dossier.id: {} for dossier in dossiers}
    if person.is_youth:
        for dossier in dossiers:
            if dossier.youth_id == person.id:
                found[dossier.id] = dict.fromkeys(READS["youth"], "youth")
        return found
    for kind, pk, row, section in _relations(person, [*found]):
        if kind == _GRANT:
            found[pk][section] = f"grant:{row}"
        else:
            relation = _RELATIONS[kind]
            ground = f"emergency:{row}" if relation == "emergency" else relation
            found[pk] |= dict.fromkeys(READS[relation], ground)
    return found


_EMERGENCY, _GRANT, _STAND_IN, _COACH = range(4)  # the most ordinary one last
_RELATIONS = {_EMERGENCY: "emergency", _STAND_IN: "stand_in", _COACH: "coach"}


def _relations(person: Person, dossiers: Collection[UUID]) -> Iterator[tuple[int, UUID, UUID, str]]:
    """What this person has to these dossiers: kind, dossier, row and (of a grant) section. The one that counts last."""
    if not person.holds_grants:
        return  # who no longer works anywhere reads nothing any more
    rows = _held(person=person.id, municipalities=person.municipalities_as(Role.COACH), dossiers=dossiers)
    for kind, _until, dossier, row, section in sorted(rows):
        yield kind, dossier, row, section


@prepared
def _held(person: UUID, municipalities: Collection[UUID], dossiers: Collection[UUID]) -> QuerySet[Any]:
    """What somebody holds now who is a coach in these municipalities: grants of sections, emergencies, coachships."""
    kind = Case(When(is_stand_in=True, then=Value(_STAND_IN)), default=Value(_COACH))
    grants = _of(
        Grant.objects.of(person).of_sections(), dossiers, Value(_GRANT), until=F("until"), section=F("shared_section")
    )
    taken = _of(Emergency.objects.of(person, municipalities), dossiers, Value(_EMERGENCY))
    return grants.union(taken, _of(Coachship.objects.of(person, municipalities), dossiers, kind), all=True)


def _of(
    rows: QuerySet[Any],
    dossiers: Collection[UUID],
    kind: Expression,
    until: Expression | F = Value(None, DateField()),  # noqa: B008 - never changed
    section: Expression | F = Value(""),  # noqa: B008 - never changed
) -> QuerySet[Any]:
    return rows.filter(dossier__in=dossiers).values_list(kind, until, "dossier", "id", section)


def shown(person: Person, dossier: UUID) -> dict[Item, str]:
    """The single rows of a dossier this person may open now, and why. The grant itself is one: it tells what for.

    A row counts in the section it was shared in. Of two grants of one row the one that lasts longest counts. A step
    brings its small steps.
    """
    found: dict[Item, str] = {}
    if person.holds_grants:
        for row, section, item in _shown(person=person.pk, dossier=dossier):
            ground = f"grant:{row}"
            found |= {(section, item): ground, (section, row): ground}
    steps = [row for section, row in found if section == Step.section]
    for piece, step in _pieces(dossier=dossier, steps=steps) if steps else ():
        found.setdefault((Step.section, piece), found[Step.section, step])
    return found


@prepared
def _shown(person: UUID, dossier: UUID) -> QuerySet[Any]:
    rows = Grant.objects.of(person).of_items().filter(dossier=dossier)
    return rows.order_by("until").values_list("id", "shared_section", "item")


@prepared
def _pieces(dossier: UUID, steps: Collection[UUID]) -> QuerySet[Any]:
    return Step.objects.filter(dossier=dossier, parent__in=steps).values_list("id", "parent")


def can_open(person: Person, dossier: Dossier, section: str) -> Verdict:
    """Whether this person may read this section now, with the ground that the reading log tells."""
    ground = grounds(person, [dossier])[dossier.id].get(section)
    return yes(ground) if ground else no("Dit is niet met jou gedeeld.")


def can_read_row(person: Person, dossier: Dossier, section: str, row: UUID) -> Verdict:
    """Whether this person may read this row now: by itself, or with the section it lies in."""
    ground = shown(person, dossier.id).get((section, row))
    return yes(ground) if ground else can_open(person, dossier, section)


def can_read_book(person: Person, municipality: UUID) -> Verdict:
    """Read in the books of a municipality: every coach there. Who leads them has no need of it."""
    if municipality in person.municipalities_as(Role.COACH):
        return yes("coach")
    return no("Alleen een coach van deze gemeente kan dit lezen.")


def can_grant(person: Person, dossier: Dossier, section: str, to: Person, *, aloud: bool = False) -> Verdict:
    """The youth; `aloud`: or his own coach, who types what he says. Nobody shares on what was shared with him."""
    if section not in SHAREABLE:
        return no("Dit onderdeel kun je niet delen.")
    if to.is_youth or not to.is_active:
        return no("Met deze persoon kun je niet delen.")
    if to.is_guest and not NetworkPerson.objects.filter(dossier=dossier, account=to).exists():
        return no("Met deze persoon kun je niet delen.")
    if dossiers.is_youth(person, dossier):
        return yes("youth")
    if aloud and person != to and dossier.is_taking_part and is_own_coach(person, dossier):
        return yes("coach")
    return no("Alleen de jongere kan dit delen.")


def is_own_coach(person: Person, dossier: Dossier) -> bool:
    """Who walks along, and does not only stand in for some days."""
    return dossiers.is_coach(person, dossier) and not dossiers.is_stand_in(person, dossier)


def can_confirm(person: Person, grant: Grant) -> Verdict:
    """Say that it is so what his coach typed: the youth himself."""
    return yes("youth") if dossiers.is_youth(person, grant.dossier) else no("Alleen de jongere zelf kan dit zeggen.")


def can_invite_guest(person: Person, dossier: Dossier) -> Verdict:
    """Give somebody around the youth a page of his own: either owner, and nobody who was only lent the dossier."""
    if dossiers.is_stand_in(person, dossier):
        return no("Een vervanger kan dit niet. Dat doet de eigen coach.")
    return dossiers.can_own(person, dossier) if dossier.joined_on else no("Dit kan pas na de ja van de jongere.")


def can_cut_guest(person: Person, dossier: Dossier) -> Verdict:
    """Shut that page: the youth always, and who walks along."""
    return _can_stop(person, dossier)


def can_ask(person: Person, dossier: Dossier) -> Verdict:
    """Ask something about what was shared with him: a guest, while the youth takes part."""
    if not dossier.is_taking_part:
        return no("Dit kan nu niet meer. Bel of app gewoon.")
    if person.is_guest and Grant.objects.held_by(person).filter(dossier=dossier).exists():
        return yes("guest")
    return no("Er is nu niets met jou gedeeld.")


def can_settle_promise(person: Person, step: Step) -> Verdict:
    """Say how it went with what he promised: as long as it is shared with him, and open."""
    is_readable = can_read_row(person, step.dossier, step.section, step.id)
    if not is_readable or not step.is_open or not person.holds_grants:
        return no("Dit is niet met jou gedeeld.")
    return dossiers.can_settle(person, step)


def can_revoke(person: Person, grant: Grant) -> Verdict:
    """The youth always, also after the trajectory ended; the coach may stop it too, never begin it."""
    return _can_stop(person, grant.dossier)


def _can_stop(person: Person, dossier: Dossier) -> Verdict:
    if dossiers.is_youth(person, dossier):
        return yes("youth")
    return dossiers.can_write(person, dossier)


def can_look_up(person: Person) -> Verdict:
    """Give the number of a dossier one does not coach. Only a few may be wrong: nobody tries numbers until one fits."""
    if not person.is_somewhere(Role.COACH):
        return no("Alleen een coach kan dit doen.")
    since = clock.now() - WRONG_NUMBERS_REST
    tried = Entry.objects.filter(verb="emergency.missed", person_id=person.id, at__gt=since)
    wrong = Counter(tried.values_list("about", flat=True))  # each is written once about each of his municipalities
    if max(wrong.values(), default=0) >= WRONG_NUMBERS:
        return no("Je gaf te vaak een nummer dat niet klopt. Wacht een uur. Of bel je projectleider.")
    return yes("coach")


def can_take(person: Person, dossier: Dossier) -> Verdict:
    """Open it with the emergency button: a stand-in, or a colleague in the same municipality. The coach needs none."""
    if dossier.municipality_id not in person.municipalities_as(Role.COACH):
        return no("Alleen een coach van deze gemeente kan dit doen.")
    if Coachship.objects.held_by(person).filter(dossier=dossier.id, is_stand_in=False).exists():
        return no("Je bent de coach van deze jongere. Je leest alles al.")
    return yes("emergency")


def can_note(person: Person, emergency: Emergency) -> Verdict:
    """Write what happened and what must happen at once: who took it, while it runs. It changes nothing else."""
    if Emergency.objects.held_by(person).filter(pk=emergency.pk).exists():
        return yes("emergency")
    return no("Je noodtoegang is voorbij.")


def can_end(person: Person, emergency: Emergency) -> Verdict:
    """Who took it, the youth, and who walks along with him: each at once, and nobody asks why."""
    if emergency.taken_by_id == person.id:
        return yes("emergency")
    return _can_stop(person, emergency.dossier)


def can_shred(person: Person, dossier: Dossier, second: Person) -> Verdict:
    """Four eyes: the functional manager asks, the privacy officer of the same municipality agrees; neither reads."""
    here = dossier.municipality_id
    if person == second:
        return no("Wissen doe je met z'n tweeën.")
    if not person.is_active or here not in person.municipalities_as(Role.FUNCTIONAL_MANAGER):
        return no("Alleen de functioneel beheerder van deze gemeente kan dit vragen.")
    if not second.is_active or here not in second.municipalities_as(Role.PRIVACY_OFFICER):
        return no("De functionaris gegevensbescherming van deze gemeente moet het ermee eens zijn.")
    return yes("functional_manager")


def can_forget(by: Actor, dossier: Dossier) -> Verdict:
    """Take away every row of a dossier: the house, of who never joined. When that is due, `scouting` knows."""
    if by is HOUSE and dossier.joined_on is None:
        return yes("house")
    return no("Dit gaat vanzelf, als de tijd om is.")


# --- the weekly review ----------------------------------------------------------------------------------------


def can_doubt(person: Person, dossier: Dossier, look: Look) -> Verdict:
    """Say of a reading that it is not right: the youth himself, of what somebody else read about him. Always."""
    if dossiers.is_youth(person, dossier) and look.about == dossier.id and look.person_id != person.id:
        return yes("youth")
    return no("Alleen de jongere zelf kan dit melden.")


def can_review(person: Person, municipality: Municipality) -> Verdict:
    """See how the log of a municipality was read: its privacy officer, who opens no dossier."""
    if municipality.id in person.municipalities_as(Role.PRIVACY_OFFICER):
        return yes("privacy_officer")
    return no("Alleen de functionaris gegevensbescherming van deze gemeente kan dit doen.")


def can_judge(person: Person, municipality: Municipality, signal: Signal) -> Verdict:
    """Nobody judges what he read himself."""
    if person.id in signal.readers:
        return no("Dit gaat over jou. Een ander beoordeelt het.")
    return can_review(person, municipality)


def can_sign(person: Person, municipality: Municipality, looks: QuerySet[Look]) -> Verdict:
    """Nobody signs a week in which he read himself. `looks`: the lines of that week."""
    if looks.filter(person_id=person.id).exists():
        return no("Je las zelf in deze week. Een ander tekent.")
    return can_review(person, municipality)
