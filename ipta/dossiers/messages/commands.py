"""What can happen with messages."""

from django.db.models import Sum

from ipta.accounts.models import Person
from ipta.base import clock
from ipta.base.command import allow, command, mark_recorded
from ipta.base.verdict import Impossible
from ipta.dossiers.messages import policies
from ipta.dossiers.messages.checking import Voice
from ipta.dossiers.messages.rules import LONGEST, MOST_TOGETHER
from ipta.dossiers.models import Dossier, Message
from ipta.dossiers.policies import is_youth
from ipta.dossiers.rules import tidy
from ipta.journal.commands import record
from ipta.vault.fields import Bare


@command
def send_message(dossier: Dossier, *, by: Person, text: str = "", voice: Voice | None = None) -> Message:
    """A few words to the other side, or a voice with words beside it."""
    allow(policies.can_send(by, dossier))
    if not dossier.is_taking_part:
        raise Impossible("Berichten sturen kan zolang de jongere meedoet.")
    words = tidy(text)
    if not words and voice is None:
        raise Impossible("Schrijf een paar woorden.")
    if len(words) > LONGEST:
        raise Impossible("Dit is te lang. Houd het bij 500 tekens.")
    if voice:
        _find_room(dossier, len(voice.content))
    message: Message = Message.objects.create(
        dossier=dossier,
        written_by=by,
        kind=Message.Kind(voice.kind if voice else ""),
        size=len(voice.content) if voice else 0,
        text=words,
        voice=Bare(voice.content if voice else b""),
    )
    record("message.sent", by=by, about=dossier, message=message.id, kind=voice.kind if voice else "text")
    return message


def _find_room(dossier: Dossier, size: int) -> None:
    """Two who send at the same moment wait for each other here."""
    Dossier.objects.select_for_update().get(pk=dossier.pk)
    there = dossier.message_set.aggregate(bytes=Sum("size", default=0))["bytes"]
    if there + size > MOST_TOGETHER:
        raise Impossible("Er is geen plek meer voor spraak. Typ het, of neem eerst een oude opname terug.")


@command
def open_messages(dossier: Dossier, *, by: Person) -> int:
    """He opens what was sent to him: who wrote it sees when. Gives how many those were."""
    allow(policies.can_open(by, dossier))
    waiting = Message.objects.to_youth() if is_youth(by, dossier) else Message.objects.to_coach()
    opened: int = waiting.filter(dossier=dossier).update(seen_at=clock.now())
    if opened:
        record("message.opened", by=by, about=dossier, messages=opened)
    else:
        mark_recorded()
    return opened


@command
def take_back_message(message: Message, *, by: Person) -> Message:
    """What stands in it goes; that it was there, from whom and when, stays."""
    allow(policies.can_take_back(by, message))
    there: Message = Message.objects.select_for_update(of=("self",)).get(pk=message.pk)
    if not there.is_there:
        mark_recorded()
        return there
    there.taken_back_at, there.kind, there.size = clock.now(), Message.Kind.TEXT, 0
    there.text, there.voice = "", Bare(b"")
    there.save(update_fields=["taken_back_at", "kind", "size", "text", "voice"])
    record("message.taken_back", by=by, about=message.dossier, message=message.id)
    return there
