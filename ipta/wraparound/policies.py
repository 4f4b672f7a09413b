"""Who prepares the meeting: the two who own the plan."""

from ipta.accounts.models import Person
from ipta.base.acting import HOUSE
from ipta.base.verdict import Verdict, no, yes
from ipta.dossiers.models import Dossier
from ipta.dossiers.policies import can_own, can_write, is_youth
from ipta.journal.commands import Actor
from ipta.sharing.policies import can_read_row
from ipta.wraparound.models import Condition, Contribution, Invitee, Meeting, Point


def can_prepare(person: Person, dossier: Dossier) -> Verdict:
    """Begin one, say where and when, choose who comes, call it off: either owner."""
    return can_own(person, dossier)


def can_mark(person: Person, meeting: Meeting) -> Verdict:
    """Add a point, say that it is difficult, leave it out: either owner."""
    return can_own(person, meeting.dossier)


def can_end(person: Person, meeting: Meeting) -> Verdict:
    """Say that it has been: either owner, who were both there."""
    return can_own(person, meeting.dossier)


def may_soften(person: Person, point: Point) -> Verdict:
    """Change what makes a point difficult: the side that said so. Otherwise it would be forgotten in silence."""
    if not point.hard_voice or is_youth(person, point.dossier) == point.is_hard_by_himself:
        return yes()
    if point.is_hard_by_himself:
        return no("De jongere heeft zelf gezegd dat dit lastig is. Alleen hij verandert dat.")
    return no("Je coach vindt dit lastig. Praat er samen over.")


def may_bring_back(person: Person, point: Point) -> Verdict:
    """Talk about it after all: what the youth left out himself comes back by him alone."""
    if is_youth(person, point.dossier) or not point.is_left_out_by_himself:
        return yes()
    return no("De jongere wil dit zelf niet bespreken. Alleen hij zet het terug.")


def can_hold(person: Person, meeting: Meeting) -> Verdict:
    """At the table: tick a point off, write down what was said, who was there, what was agreed: either owner."""
    return can_own(person, meeting.dossier)


def can_say_yes(person: Person, meeting: Meeting) -> Verdict:
    """To what was agreed: each of the two for himself."""
    return can_own(person, meeting.dossier)


def can_write_yes_of(person: Person, invitee: Invitee) -> Verdict:
    """Of somebody who said it aloud at the table: the coach, who leads the talk."""
    return can_write(person, invitee.dossier)


def can_take_on(person: Person, contribution: Contribution) -> Verdict:
    """Say yes to one's own line: who it is of, for as long as it is shared with him and the youth takes part."""
    somebody = contribution.invitee.somebody if contribution.invitee else None
    if somebody is None or somebody.account_id != person.id:
        return no("Dit is niet van jou.")
    if not contribution.dossier.is_taking_part:
        return no("Dit kan nu niet meer. Bel of app gewoon.")
    return can_read_row(person, contribution.dossier, contribution.section, contribution.pk)


def can_come_true(by: Actor, condition: Condition) -> Verdict:
    """The house of what it counts by itself; what stands in words, and what they see sooner, either owner."""
    if by is HOUSE:
        if condition.kind == Condition.Kind.WORDS:
            return no("Dit kan alleen iemand zeggen die het weet.")
        return yes("house")
    return (
        can_own(by, condition.dossier)
        if isinstance(by, Person)
        else no("Alleen de jongere en de coach kunnen dit doen.")
    )


def can_pass_on(person: Person, invitee: Invitee) -> Verdict:
    """What somebody does through the link this person made: as long as that person may ask people himself."""
    if not invitee.meeting.is_ahead:
        return no("Dit gesprek is al klaar.")
    return can_own(person, invitee.dossier)
