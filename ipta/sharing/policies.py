"""The one question of reading: on what ground may this person open this section?"""

from collections.abc import Collection
from uuid import UUID

from ipta.accounts.models import Person, Role
from ipta.base.verdict import Verdict, no, yes
from ipta.dossiers import policies as dossiers
from ipta.dossiers.models import Coachship, Dossier
from ipta.sharing.models import Grant
from ipta.sharing.rules import READS, SHAREABLE

Grounds = dict[str, str]  # section -> ground


def grounds(person: Person, dossiers: Collection[Dossier]) -> dict[UUID, Grounds]:
    """For each dossier the sections this person may open now, and why. Two queries, however many dossiers."""
    found: dict[UUID, Grounds] = {dossier.id: {} for dossier in dossiers}
    if person.is_youth:
        for dossier in dossiers:
            if dossier.youth_id == person.id:
                found[dossier.id] = dict.fromkeys(READS["youth"], "youth")
        return found
    by_grant = Grant.objects.held_by(person).filter(dossier__in=found).order_by("until")
    for grant in by_grant.values("id", "dossier_id", "shared_section"):
        found[grant["dossier_id"]][grant["shared_section"]] = f"grant:{grant['id']}"
    if person.is_somewhere(Role.COACH):
        ships = Coachship.objects.held_by(person).filter(dossier__in=found).order_by("-is_stand_in")
        for dossier_id, is_stand_in in ships.values_list("dossier_id", "is_stand_in"):
            relation = "stand_in" if is_stand_in else "coach"
            found[dossier_id] |= dict.fromkeys(READS[relation], relation)
    return found


def can_open(person: Person, dossier: Dossier, section: str) -> Verdict:
    """Whether this person may read this section now, with the ground that the reading log tells."""
    ground = grounds(person, [dossier])[dossier.id].get(section)
    return yes(ground) if ground else no("Dit is niet met jou gedeeld.")


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
    if dossiers.is_youth(person, grant.dossier):
        return yes("youth")
    return dossiers.can_write(person, grant.dossier)
