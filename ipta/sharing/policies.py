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
from ipta.dossiers.models import Coachship, Dossier
from ipta.journal.commands import Actor
from ipta.journal.models import Entry
from ipta.sharing.models import Emergency, Grant, Look
from ipta.sharing.review import Signal
from ipta.sharing.rules import READS, SHAREABLE, WRONG_NUMBERS, WRONG_NUMBERS_REST

Grounds = dict[str, str]  # section -> ground


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
    if not person.has_post:
        return  # who no longer works anywhere reads nothing any more
    rows = _held(person=person.id, municipalities=person.municipalities_as(Role.COACH), dossiers=dossiers)
    for kind, _until, dossier, row, section in sorted(rows):
        yield kind, dossier, row, section


@prepared
def _held(person: UUID, municipalities: Collection[UUID], dossiers: Collection[UUID]) -> QuerySet[Any]:
    """What somebody holds now who is a coach in these municipalities: grants, emergencies and coachships."""
    kind = Case(When(is_stand_in=True, then=Value(_STAND_IN)), default=Value(_COACH))
    grants = _of(Grant.objects.of(person), dossiers, Value(_GRANT), until=F("until"), section=F("shared_section"))
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


def can_open(person: Person, dossier: Dossier, section: str) -> Verdict:
    """Whether this person may read this section now, with the ground that the reading log tells."""
    ground = grounds(person, [dossier])[dossier.id].get(section)
    return yes(ground) if ground else no("Dit is niet met jou gedeeld.")


def can_read_book(person: Person, municipality: UUID) -> Verdict:
    """Read in the books of a municipality: every coach there. Who leads them has no need of it."""
    if municipality in person.municipalities_as(Role.COACH):
        return yes("coach")
    return no("Alleen een coach van deze gemeente kan dit lezen.")


def can_grant(person: Person, dossier: Dossier, section: str, to: Person) -> Verdict:
    """The youth himself, or together with the coach. Nobody shares on what was shared with him."""
    if section not in SHAREABLE:
        return no("Dit onderdeel kun je niet delen.")
    if to.is_youth or not to.is_active:
        return no("Met deze persoon kun je niet delen.")
    if dossiers.is_youth(person, dossier):
        return yes("youth")
    return no("Alleen de jongere kan dit delen.")


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
