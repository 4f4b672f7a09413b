"""On whom the coaches of an invented town may call, and what they asked this week."""

from collections.abc import Sequence
from datetime import timedelta

from ipta.accounts.models import Municipality, Person
from ipta.base import clock
from ipta.demo import strands
from ipta.dossiers.models import Dossier, Specialist
from ipta.dossiers.specialists import commands as specialists
from ipta.sharing.help import commands as sharing
from ipta.sharing.models import HelpRequest

QUESTION = "Er ligt een brief van de deurwaarder. Kan dit nog geregeld worden, en hoe snel?"
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


def ask(dossiers: Sequence[Dossier], specialist: Specialist, *, by: Person) -> None:
    """One question that was answered, and one on which the answer is late."""
    for dossier, days, is_answered in zip(dossiers, (2, 9), (True, False), strict=False):
        with clock.at(clock.now() - timedelta(days=days)):
            asked, _secret = sharing.ask_help(dossier, specialist, question=QUESTION, is_discussed=True, by=by)
        if is_answered:
            with clock.at(clock.now() - timedelta(hours=20)):
                sharing.answer_help(asked, reply=HelpRequest.Reply.ANSWER, words=ANSWER, by=by)
