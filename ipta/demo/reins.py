"""Who may see what, as it goes: in each town something of it waits for a youth, his coach or who would read.

Some days of a life, dealt over the youths of a coach, so that nobody's first page is full of it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from ipta.accounts import guests
from ipta.accounts.models import Person
from ipta.base import clock
from ipta.dossiers.corrections.commands import answer_correction, ask_correction
from ipta.dossiers.models import Dossier, NetworkPerson, Note
from ipta.sharing import commands as sharing
from ipta.sharing.asked.commands import ask_for
from ipta.sharing.door import Reader
from ipta.sharing.guests import invite_guest
from ipta.sharing.models import Look
from ipta.sharing.why.commands import ask_why, explain
from ipta.wraparound.agreed.commands import take_on
from ipta.wraparound.models import Contribution

TELEPHONE = "Telefoon"


@dataclass(frozen=True, slots=True)
class Hands:
    """A youth, and who stand around him with something to ask or to read."""

    dossier: Dossier
    youth: Person
    coach: Person
    mental: Person
    housing: Person


def hold(dossiers: Sequence[Dossier], *, by: Person, mental: Person, housing: Person) -> None:
    """Over the youths of one coach, one after the other."""
    youths = [(dossier, dossier.youth) for dossier in dossiers if dossier.youth]
    for (dossier, youth), act in zip(youths, _ACTS, strict=False):
        act(Hands(dossier, youth, by, mental, housing))


def _ago(days: int) -> Any:
    return clock.at(clock.now() - timedelta(days=days))


def _his_mother_reads(hands: Hands) -> None:
    """Somebody close has a page of her own, opened it on her telephone, and says yes to what she does."""
    somebody = hands.dossier.networkperson_set.filter(kind="family").order_by("id").first()
    if somebody is None:
        return
    guest = somebody.account or _invited(hands, somebody)
    link = guests.link_of(guest)
    assert link is not None  # noqa: S101 - who has an account here has a link
    with _ago(2):
        guests.bind(link, label=TELEPHONE)
        Reader(guest).unlock([hands.dossier], "plan")
        for line in Contribution.objects.filter(dossier=hands.dossier, invitee__somebody=somebody):
            take_on(line, number=line.number, by=guest)


def _invited(hands: Hands, somebody: NetworkPerson) -> Person:
    with _ago(5):
        guest = invite_guest(somebody, by=hands.youth).link.person
        _share(hands, "plan", guest, "Dan weet jij wat ik ga doen.")
    return guest


def _said_aloud(hands: Hands) -> None:
    """His coach typed his yes, on the street; he has not said yet that it is so."""
    with _ago(1):
        _share(hands, "work", hands.housing, "Dan komt er een kamer dicht bij mijn werk.", by=hands.coach, aloud=True)


def _would_like_to_see(hands: Hands) -> None:
    """A request that waits for his answer."""
    reason = "Dan hoef je daar niet alles nog een keer te vertellen."
    with _ago(2):
        ask_for(hands.dossier, section="scores", to=hands.mental, reason=reason, by=hands.coach)


def _wants_it_otherwise(hands: Hands) -> None:
    """Two lines he asked to change: of one his coach said why not, the other waits."""
    newer, older = Note.objects.filter(dossier=hands.dossier, is_reached=True).order_by("-happened_at", "-id")[:2]
    with _ago(9):
        asked = ask_correction(older, kind="gesprek", wish="Ik was niet boos. Ik was moe.", by=hands.youth)
    with _ago(7):
        why = "Zo zag ik het die dag. Jouw woorden staan er nu naast."
        answer_correction(asked, outcome="kept", reason=why, by=hands.coach)
    with _ago(1):
        wish = "Mijn neef was er ook bij. Zet hem er maar in."
        ask_correction(newer, kind="gesprek", wish=wish, by=hands.youth)


def _stops_soon(hands: Hands) -> None:
    """Shared for a month, and over within a week. Why it was read he asked, and was told."""
    until = clock.today() + timedelta(days=4)
    with _ago(26):
        _share(hands, "appointments", hands.mental, "Dan komt er niets op een dag dat ik werk.", until=until)
    with _ago(6):
        Reader(hands.mental).unlock([hands.dossier], "appointments")
    with _ago(4):
        asked = ask_why(hands.dossier, _look_of(hands.mental, hands.dossier), by=hands.youth)
    with _ago(3):
        explain(asked, words="Ik zocht een dag waarop je vrij bent.", by=hands.mental)


def _asks_why(hands: Hands) -> None:
    """His coach looked, and is asked why."""
    with _ago(3):
        Reader(hands.coach).unlock([hands.dossier], "family")
    with _ago(2):
        ask_why(hands.dossier, _look_of(hands.coach, hands.dossier), by=hands.youth)


def _look_of(reader: Person, dossier: Dossier) -> Look:
    """What he read of last."""
    return Look.objects.filter(about=dossier.pk, person_id=reader.pk).latest("number")


def _share(hands: Hands, section: str, to: Person, purpose: str, *, by: Person | None = None, **how: Any) -> None:
    sharing.grant(hands.dossier, section=section, to=to, purpose=purpose, by=by or hands.youth, **how)


_ACTS: Sequence[Callable[[Hands], None]] = (
    _his_mother_reads, _said_aloud, _would_like_to_see, _wants_it_otherwise, _stops_soon, _asks_why,
)  # fmt: skip
