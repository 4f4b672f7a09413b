"""Who may write, open and take back messages. Who may read them is asked at the door."""

from ipta.accounts.models import Person
from ipta.base.verdict import Verdict, no, yes
from ipta.dossiers import policies
from ipta.dossiers.models import Dossier, Message


def can_send(person: Person, dossier: Dossier) -> Verdict:
    """The youth and who walks along with him now, also for some days."""
    return policies.can_own(person, dossier)


def can_open(person: Person, dossier: Dossier) -> Verdict:
    """To whom they were sent; a youth also after it all has ended. Who only looks in an emergency opens nothing."""
    if policies.is_youth(person, dossier):
        return yes("youth")
    return policies.can_write(person, dossier)


def can_take_back(person: Person, message: Message) -> Verdict:
    """Who wrote it, as long as he has to do with this dossier."""
    if message.written_by_id != person.id:
        return no("Alleen wie het schreef kan het terugnemen.")
    return can_open(person, message.dossier)
