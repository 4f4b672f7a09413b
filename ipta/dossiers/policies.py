"""Who may change a dossier. Who may read it is asked at the door of `sharing`."""

from datetime import date
from uuid import UUID

from ipta.accounts.models import Municipality, Person, Post, Role
from ipta.base.acting import HOUSE
from ipta.base.verdict import Verdict, no, yes
from ipta.dossiers.models import Coachship, Dossier, Paper, Step
from ipta.journal.commands import Actor


def can_begin(person: Person, municipality: Municipality) -> Verdict:
    """Note somebody new: every coach, in his own municipality."""
    if municipality.id in person.municipalities_as(Role.COACH):
        return yes("coach")
    return no("Alleen een coach van deze gemeente kan iemand noteren.")


def is_coach(person: Person, dossier: Dossier) -> bool:
    """The coach who walks along now, or a stand-in within his dates."""
    return bool(_coachships(person, dossier))


def is_stand_in(person: Person, dossier: Dossier) -> bool:
    """Only for some days: he cannot pass on what he was lent."""
    ships = _coachships(person, dossier)
    return bool(ships) and all(ship.is_stand_in for ship in ships)


def _coachships(person: Person, dossier: Dossier) -> list[Coachship]:
    """Those this person holds now, as `CoachshipQuerySet.held_by`.

    Every command asks this. Read from the dossier, so that who lives through many commands can fetch it once.
    """
    if dossier.municipality_id not in person.municipalities_as(Role.COACH):
        return []
    return [ship for ship in dossier.coachship_set.all() if ship.coach_id == person.id and ship.is_running()]


def is_coach_on(day: date, person: Person, municipality: UUID) -> bool:
    """Whether this person is a coach of this municipality on that day."""
    posts = Post.objects.after(day).filter(since__lte=day, municipality=municipality, role=Role.COACH)
    return person.is_active and posts.filter(person=person.pk).exists()


def is_youth(person: Person, dossier: Dossier) -> bool:
    """The youth of this dossier himself."""
    return dossier.youth_id is not None and dossier.youth_id == person.id


def can_write(person: Person, dossier: Dossier) -> Verdict:
    """Notes, network, phases: the coach writes, the youth reads and puts his own view beside it."""
    if is_coach(person, dossier):
        return yes("coach")
    return no("Alleen de coach van deze jongere kan dit doen.")


def can_own(person: Person, dossier: Dossier) -> Verdict:
    """What either owner may do: youth and coach hold the reins together."""
    if is_coach(person, dossier):
        return yes("coach")
    if is_youth(person, dossier) and dossier.is_taking_part:
        return yes("youth")
    return no("Alleen de jongere en de coach kunnen dit doen.")


def can_settle(person: Person, step: Step) -> Verdict:
    """Say how a step went: either owner, and whose it is among the people around the youth."""
    mine = step.somebody is not None and step.somebody.account_id == person.id
    return yes("promised") if mine and step.dossier.is_taking_part else can_own(person, step.dossier)


def can_view(person: Person, dossier: Dossier) -> Verdict:
    """Put a view beside a line: the youth, always."""
    return yes("youth") if is_youth(person, dossier) else no("Alleen de jongere zelf kan zijn kant vertellen.")


def can_assign(person: Person, dossier: Dossier) -> Verdict:
    """Say who walks along: the project leader, who reads nothing, or the coach; never a stand-in."""
    if dossier.municipality_id in person.municipalities_as(Role.PROJECT_LEADER):
        return yes("project_leader")
    if is_coach(person, dossier) and not is_stand_in(person, dossier):
        return yes("coach")
    return no("Alleen de projectleider en de coach van deze jongere kunnen dit doen.")


def can_remind(by: Actor, dossier: Dossier) -> Verdict:
    """Send a reminder, or say that one was sent: the house where the youth asked for it, and who walks along."""
    if by is HOUSE:
        return yes("house")
    return yes("coach") if isinstance(by, Person) and is_coach(by, dossier) else no("Alleen de coach kan dit doen.")


def can_hand_code(person: Person, dossier: Dossier) -> Verdict:
    """Not a stand-in: with a code one comes in as the youth, who reads more than was lent to a stand-in."""
    if is_stand_in(person, dossier):
        return no("Een vervanger kan geen code geven. Dat doet de eigen coach.")
    return can_own(person, dossier)


def can_remove_paper(person: Person, paper: Paper) -> Verdict:
    """Who added it, and the coach. A stand-in only what he added himself; a youth also after it all has ended."""
    is_own = paper.added_by_id == person.id
    if is_own and is_youth(person, paper.dossier):
        return yes("youth")
    if is_coach(person, paper.dossier) and (is_own or not is_stand_in(person, paper.dossier)):
        return yes("coach")
    return no("Alleen wie dit papier erbij deed en de coach kunnen het weghalen.")
