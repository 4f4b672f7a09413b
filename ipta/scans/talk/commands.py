"""What can happen on the cards of the talk. Source: "Een beeld vormen", "Gelijkwaardig gesprek"."""

from ipta.accounts.models import Person
from ipta.base import clock
from ipta.base.command import allow, command
from ipta.base.verdict import Impossible
from ipta.dossiers.models import Dossier
from ipta.dossiers.rules import tidy
from ipta.journal.commands import record
from ipta.scans.talk import policies
from ipta.scans.talk.models import Saying
from ipta.scans.talk.rules import CARDS


@command
def say(dossier: Dossier, *, card: str, text: str, by: Person, voice: str = Saying.Voice.YOUTH) -> Saying:
    """More words on a card, beside those that stand there."""
    allow(policies.can_say(by, dossier, voice))
    if card not in CARDS:
        raise Impossible("Deze kaart is er niet.")
    if dossier.joined_on is None:
        raise Impossible("Dit kan pas als de jongere ja heeft gezegd.")
    saying = Saying.objects.create(dossier=dossier, card=card, voice=Saying.Voice(voice), by=by, text=_something(text))
    record("talk.said", by=by, about=dossier, saying=saying.id, card=card, voice=voice)
    return saying


@command
def say_better(saying: Saying, *, text: str, by: Person) -> Saying:
    """Better words in the place of these, which stay readable under them."""
    allow(policies.can_change_saying(by, saying))
    _stands(saying)
    better = Saying.objects.create(
        dossier=saying.dossier, card=saying.card, voice=saying.voice, by=by, replaces=saying, text=_something(text)
    )
    record("talk.said_better", by=by, about=saying.dossier, saying=better.id, replaces=saying.id)
    return better


@command
def take_back(saying: Saying, *, by: Person) -> Saying:
    """He does not say this any more. What he said stays readable apart, with its day."""
    allow(policies.can_change_saying(by, saying))
    there = _stands(saying)
    there.taken_back_at = clock.now()
    there.save(update_fields=["taken_back_at"])
    record("talk.taken_back", by=by, about=saying.dossier, saying=saying.id)
    return there


@command
def stand_by(saying: Saying, *, by: Person) -> Saying:
    """He says it after all: a tap on the wrong button takes nothing away."""
    allow(policies.can_change_saying(by, saying))
    there = Saying.objects.select_for_update(of=("self",)).get(pk=saying.pk)
    there.taken_back_at = None
    there.save(update_fields=["taken_back_at"])
    record("talk.stood_by", by=by, about=saying.dossier, saying=saying.id)
    return there


def _something(text: str) -> str:
    if words := tidy(text):
        return words
    raise Impossible("Schrijf een paar woorden.")


def _stands(saying: Saying) -> Saying:
    """The row as it is now, if it is still said."""
    there = Saying.objects.select_for_update(of=("self",)).get(pk=saying.pk)
    if there.taken_back_at:
        raise Impossible("Dit is al teruggenomen.")
    if Saying.objects.filter(replaces=saying).exists():
        raise Impossible("Hier staan al betere woorden. Kijk naar de nieuwe.")
    return there
