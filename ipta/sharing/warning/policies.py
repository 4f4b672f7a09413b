"""Who may tell something without the youth's yes, who thinks along, and who reads it."""

from ipta.accounts.models import Person, Post, Role
from ipta.base import clock
from ipta.base.acting import HOUSE
from ipta.base.verdict import Verdict, no, yes
from ipta.dossiers import policies as dossiers
from ipta.dossiers.models import Dossier
from ipta.journal.commands import Actor
from ipta.sharing.models import Consultation, Emergency, Warning
from ipta.sharing.warning.rules import ANSWER_WITHIN, CONFIRM_WITHIN, MOST_POSTPONED, SECONDS


def can_warn(person: Person, dossier: Dossier) -> Verdict:
    """Who walks along, and who opened it in an emergency: danger does not wait until the coach is back."""
    if dossiers.is_coach(person, dossier):
        return yes("coach")
    if Emergency.objects.held_by(person).filter(dossier=dossier.id).exists():
        return yes("emergency")
    return no("Alleen de coach van deze jongere kan dit doen.")


def can_think_along(second: Person, dossier: Dossier) -> Verdict:
    """Be asked: somebody in another role in this municipality, who coaches nobody there and is not signed off."""
    here = Post.objects.now().filter(person=second, municipality=dossier.municipality_id)
    roles = set(here.values_list("role", flat=True))
    if second.is_active and roles & set(SECONDS) and Role.COACH not in roles:
        return yes("second")
    return no("Kies iemand met een andere rol, die hier geen coach is.")


def can_give(person: Person, warning: Warning) -> Verdict:
    """Tell it: after the yes of the second person, or at once where danger is acute. Within three days, and once."""
    if warning.given_at or warning.ended_at or warning.made_at <= clock.now() - ANSWER_WITHIN:
        return no("Dit kan niet meer. Begin opnieuw als het nog nodig is.")
    answer = warning.asked_of.answer
    if answer == Consultation.Answer.NO:
        return no("Je collega zei nee. Dit wordt niet gedeeld.")
    if not answer and warning.ground != Warning.Ground.ACUTE:
        return no("Wacht op het antwoord van je collega.")
    return can_warn(person, warning.dossier)


def can_change(person: Person, warning: Warning) -> Verdict:
    """Tell the youth sooner or later, stop it: who may warn about him now, whoever began it."""
    return can_warn(person, warning.dossier)


def can_wait_longer(person: Person, warning: Warning) -> Verdict:
    if warning.is_told:
        return no("De jongere weet het al.")
    if not 0 < warning.times_postponed < MOST_POSTPONED:
        return no("Nog langer wachten kan niet.")
    return can_change(person, warning)


def can_answer(person: Person, asked: Consultation) -> Verdict:
    """Say yes or no: the one who was asked, as long as he works there. Once, and while it matters."""
    if not Consultation.objects.asked_of(person).filter(pk=asked.pk).exists():
        return no("Dit is niet aan jou gevraagd.")
    if asked.answer:
        return no("Je hebt al geantwoord.")
    return yes("second")


def can_read_asked(person: Person, asked: Consultation) -> Verdict:
    """Read what he is asked, also after he answered it."""
    if Consultation.objects.asked_of(person).filter(pk=asked.pk).exists():
        return yes("second")
    return no("Dit is niet aan jou gevraagd.")


def can_pass_on(person: Person, warning: Warning) -> Verdict:
    """What somebody reads through the link this person made: while it is open, and he still is a coach there.

    It does not end with a hand-over: what must be known must be known. A no of the second person ends it at once.
    """
    if not warning.is_open or warning.asked_of.answer == Consultation.Answer.NO:
        return no("Deze link werkt niet meer.")
    here = warning.asked_of.municipality_id  # the dossier itself he may not find any more
    if warning.given_by_id == person.id and here in person.municipalities_as(Role.COACH):
        return yes("warning")
    return no("Deze link werkt niet meer.")


def can_complain(person: Person, warning: Warning) -> Verdict:
    """Say that it was not right: the youth himself, once he was told."""
    if dossiers.is_youth(person, warning.dossier) and warning.is_told:
        return yes("youth")
    return no("Alleen de jongere zelf kan dit melden.")


def can_alarm(by: Actor, warning: Warning) -> Verdict:
    """The house: it went first, and an hour later nobody had said whether that was right."""
    is_late = warning.given_at is not None and warning.given_at <= clock.now() - CONFIRM_WITHIN
    if by is HOUSE and is_late and not warning.asked_of.answer and warning.alarmed_at is None:
        return yes("house")
    return no("Dit gaat vanzelf, als de tijd om is.")


def can_clear(by: Actor, warning: Warning) -> Verdict:
    """The house: nobody can open the letter any more."""
    if by is HOUSE and not warning.is_open:
        return yes("house")
    return no("Dit gaat vanzelf, als de tijd om is.")
