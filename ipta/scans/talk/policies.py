"""Who says something on a card of the talk, and who takes it back."""

from ipta.accounts.models import Person
from ipta.base.verdict import Verdict, no, yes
from ipta.dossiers.models import Dossier
from ipta.dossiers.policies import can_own, can_write, is_coach, is_youth
from ipta.scans.talk.models import Saying


def can_say(person: Person, dossier: Dossier, voice: str) -> Verdict:
    """In the youth's voice either of them, alone or together; what he noticed himself the coach."""
    return can_own(person, dossier) if voice == Saying.Voice.YOUTH else can_write(person, dossier)


def can_change_saying(person: Person, saying: Saying) -> Verdict:
    """Who said it: the youth his own words, whoever typed them, also when it all has ended; a coach what he typed."""
    if saying.voice == Saying.Voice.YOUTH and is_youth(person, saying.dossier):
        return yes("youth")
    if saying.by_id == person.id and is_coach(person, saying.dossier):
        return yes("coach")
    return no("Alleen wie dit zei kan het veranderen.")
