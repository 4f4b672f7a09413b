"""What must be told without a yes, what must be erased and what must stay: of one town, where all posts are filled."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from ipta.accounts.models import Person
from ipta.base import clock
from ipta.base.acting import HOUSE
from ipta.dossiers import commands as dossiers
from ipta.dossiers.models import Dossier
from ipta.law import commands, destruction
from ipta.law.models import Wish
from ipta.sharing.door import Reader
from ipta.sharing.models import Consultation, Warning
from ipta.sharing.warning import commands as warnings
from ipta.sharing.warning import queries, reading
from ipta.sharing.warning.commands import Receiver, Wait
from ipta.sharing.warning.rules import Picked

Ground, Way = Warning.Ground, Warning.Way
LINES = ("known", "somebody")  # what who is told has to know: who it is, and who is close


def _before(**time: float) -> Any:
    return clock.at(clock.now() - timedelta(**time))


def _himself(dossier: Dossier) -> Person:
    assert dossier.youth is not None  # noqa: S101 - who said yes has an account
    return dossier.youth


# --- told without his yes -----------------------------------------------------------------------------------------


def told(dossier: Dossier, *, by: Person) -> None:
    """Last week: a colleague said yes, it was read through a link, and the youth said what he thinks of it."""
    reader = Reader(by)
    with _before(days=6):
        warning = _begun(
            dossier, reader, Ground.CODE, Receiver("Ans de Wit", "wijkagent", "Politie"), Way.LINK, 24,
            "Vanavond wordt er gevochten op het plein. De boosheid was groot, en samen naar huis gaan hielp niet.",
        )  # fmt: skip
    with _before(days=6, minutes=-20):
        _agree(warning, "Er kan iemand gewond raken. De wijkagent kan erheen gaan.")
    with _before(days=6, minutes=-30):
        token = warnings.give(warning, told=reading.told(warning, reader), by=by)
    with _before(days=6, minutes=-60):
        warnings.read_warning(warning, token=token, by=by)
    with _before(days=5):
        dossiers.view(warning, text="Ik was boos. Maar ik ging niet vechten.", by=_himself(dossier))


def told_later(dossier: Dossier, *, by: Person) -> None:
    """Yesterday, after a yes; the youth reads it within a week, because now it would not be safe."""
    reader = Reader(by)
    why = "Als je broer dit hoort, is het thuis niet veilig. Daarom wacht ik een paar dagen."
    with _before(hours=30):
        warning = _begun(
            dossier, reader, Ground.CODE, Receiver("Mieke Vos", "medewerker", "Veilig Thuis"), Way.VOICE, 4,
            "Thuis sloeg een broer gisteren weer. Twee zusjes van zes en acht jaar waren erbij.",
            wait=Wait(clock.today() + timedelta(days=5), why), roles=1,
        )  # fmt: skip
    with _before(hours=29):
        _agree(warning, "Er zijn jonge kinderen bij. Dit moet Veilig Thuis weten.")
    with _before(hours=28):
        warnings.give(warning, told=reading.told(warning, reader), by=by)


def told_at_once(dossier: Dossier, *, by: Person) -> None:
    """Just now, because it could not wait: a colleague has still to say whether that was right."""
    reader = Reader(by)
    with _before(minutes=35):
        warning = _begun(
            dossier, reader, Ground.ACUTE, Receiver("Karim Aziz", "arts", "Crisisdienst"), Way.VOICE, 4,
            "Ik kreeg een app: voor mij hoeft het niet meer. De telefoon staat uit, en niemand weet waar te zoeken.",
        )  # fmt: skip
    with _before(minutes=30):
        warnings.give(warning, told=reading.told(warning, reader), by=by)


def _begun(
    dossier: Dossier, reader: Reader, ground: str, to: Receiver, way: str, hours: int, facts: str,
    *, wait: Wait | None = None, roles: int = 0,
) -> Warning:  # fmt: skip
    """`roles`: how many colleagues are passed over for the one who thinks along."""
    seconds = [person for person, _ in queries.who_could_think_along(dossier)]
    return warnings.warn(
        dossier, ground=ground, facts=facts, receiver=to, items=_picked(dossier, reader), way=way, hours=hours,
        second=seconds[roles], wait=wait, by=reader.person,
    )  # fmt: skip


def _picked(dossier: Dossier, reader: Reader) -> list[Picked]:
    lines = [line for line in reading.pickable(dossier, reader) if line.kind in LINES]
    return list(dict.fromkeys([*lines[:1], *lines[-1:]]))


def _agree(warning: Warning, words: str) -> None:
    asked = warning.asked_of
    warnings.answer_consultation(asked, answer=Consultation.Answer.YES, words=words, by=asked.second)


# --- erased, and held ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Two:
    """Who answer for the law together."""

    manager: Person
    officer: Person


def answer(theirs: Sequence[Dossier], *, manager: Person, officer: Person) -> None:
    """A wish that was done with its proof, one that was refused, two that wait; something held, and something to hold.

    Who ended is asked first: he has most to wish away.
    """
    of_youths = sorted((one for one in theirs if one.youth), key=lambda one: one.ended_on is None)
    for dossier, act in zip(of_youths, _ACTS, strict=False):
        act(dossier, Two(manager, officer))


def _erased(dossier: Dossier, two: Two) -> None:
    wish = _agreed_to(dossier, "scans", two)
    with _before(days=4):
        destruction.carry_out(wish, by=HOUSE)


def _agreed_to(dossier: Dossier, kind: str, two: Two) -> Wish:
    wish = _asked_for(dossier, kind, two)
    with _before(days=5):
        return commands.agree_erasure(wish, by=two.officer)


def _asked_for(dossier: Dossier, kind: str, two: Two) -> Wish:
    wish = _wished(dossier, kind, days=9)
    with _before(days=7):
        return commands.ask_erasure(wish, by=two.manager)


def _wished(dossier: Dossier, kind: str, *, days: int) -> Wish:
    with _before(days=days):
        return commands.wish(dossier, kind, by=_himself(dossier))


def _held(dossier: Dossier, two: Two) -> None:
    with _before(days=20):
        hold = commands.ask_hold(dossier, why="complaint", until=clock.today() + timedelta(days=180), by=two.officer)
    with _before(days=19):
        commands.agree_hold(hold, by=two.manager)


def _refused(dossier: Dossier, two: Two) -> None:
    wish = _wished(dossier, "plan", days=25)
    with _before(days=15):
        commands.refuse_erasure(wish, why="archive", by=two.manager)


def _to_hold(dossier: Dossier, two: Two) -> None:
    with _before(days=1):
        commands.ask_hold(dossier, why="inquiry", until=clock.today() + timedelta(days=90), by=two.officer)


_ACTS: Sequence[Callable[[Dossier, Two], object]] = (
    _erased,
    _held,
    _refused,
    lambda dossier, _: _wished(dossier, "people", days=2),
    lambda dossier, two: _asked_for(dossier, "special", two),
    _to_hold,
)
