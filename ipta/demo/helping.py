"""On whom the coaches of an invented town may call, and what they asked this week."""

from collections.abc import Sequence
from datetime import timedelta

from ipta.accounts.models import Municipality, Person
from ipta.base import clock
from ipta.demo import strands
from ipta.dossiers.models import Dossier, Specialist
from ipta.dossiers.specialists import commands as specialists
from ipta.sharing.door import Reader
from ipta.sharing.help import commands as sharing
from ipta.sharing.models import Consultation, HelpRequest, Warning
from ipta.sharing.warning import commands as sharing_warning
from ipta.sharing.warning import queries, reading
from ipta.sharing.warning.commands import Receiver

QUESTION = "Er ligt een brief van de deurwaarder. Kan dit nog geregeld worden, en hoe snel?"
FACTS = "Hij zei dat hij vanavond op het plein met iemand gaat vechten. Hij was erg boos en wilde niet naar huis."
SECOND = "Er kan iemand gewond raken. De wijkagent kan erheen gaan."
POLICE = Receiver("Ans de Wit", "wijkagent", "Politie")
ANSWER = "Ja. Bel mij morgen samen, neem de brief mee. Tot die tijd niets tekenen."


def directory(municipality: Municipality, *, by: Person) -> list[Specialist]:
    """The same few in every town, under the name of that town."""
    return [
        specialists.add_specialist(
            municipality,
            fields=one["fields"],
            answers_within=one["answers_within"],
            by=by,
            **{
                name: one[name].replace("{gemeente}", str(municipality))
                for name in ("organisation", "name", "about", "phone", "agreement")
                if name in one
            },
        )
        for one in strands.read("helping")["specialist"]
    ]


def warn(dossier: Dossier, *, by: Person) -> None:
    """What had to be told without a yes, last week: a colleague said yes, it was read, and the youth knows."""
    reader, second = Reader(by), queries.who_could_think_along(dossier)[0][0]
    lines = [line for line in reading.pickable(dossier, reader) if line.kind in ("known", "appointment")]
    begun = clock.now() - timedelta(days=6)
    with clock.at(begun):
        warning = sharing_warning.warn(
            dossier, ground=Warning.Ground.CODE, facts=FACTS, receiver=POLICE, items=lines[:1] + lines[-1:],
            way=Warning.Way.LINK, hours=24, second=second, by=by,
        )  # fmt: skip
    with clock.at(begun + timedelta(minutes=20)):
        yes = Consultation.Answer.YES
        sharing_warning.answer_consultation(warning.asked_of, answer=yes, words=SECOND, by=second)
    with clock.at(begun + timedelta(minutes=30)):
        token = sharing_warning.give(warning, told=reading.told(warning, reader), by=by)
    with clock.at(begun + timedelta(hours=1)):
        sharing_warning.read_warning(warning, token=token, by=by)


def ask(dossiers: Sequence[Dossier], specialist: Specialist, *, by: Person) -> None:
    """One question that was answered, and one on which the answer is late."""
    for dossier, days, is_answered in zip(dossiers, (2, 9), (True, False), strict=False):
        with clock.at(clock.now() - timedelta(days=days)):
            asked, _secret = sharing.ask_help(dossier, specialist, question=QUESTION, is_discussed=True, by=by)
        if is_answered:
            with clock.at(clock.now() - timedelta(hours=20)):
                sharing.answer_help(asked, reply=HelpRequest.Reply.ANSWER, words=ANSWER, by=by)
