"""The talk about the plan: of one youth of each town it was held three weeks ago, for another it is being prepared."""

from collections.abc import Sequence
from datetime import timedelta

from ipta.accounts.models import Person
from ipta.base import clock
from ipta.demo.life import moment
from ipta.dossiers.models import Dossier
from ipta.wraparound import commands as preparing
from ipta.wraparound.agreed import commands as agreed
from ipta.wraparound.models import Meeting
from ipta.wraparound.table import commands as table

AGO = 21


def sit_down(dossiers: Sequence[Dossier], *, by: Person) -> None:
    """Of who has a plan, and is guided already for some time."""
    planned = [one for one in dossiers if one.planversion_set.exists() and one.youth]
    long_enough = [one for one in planned if one.joined_on and (clock.today() - one.joined_on).days > AGO + 7]
    for dossier, step in zip(long_enough, (_was_held, _is_coming), strict=False):
        step(dossier, by)


def _was_held(dossier: Dossier, coach: Person) -> None:
    """It was difficult, it went well, and one of the things they agreed on is so since this week."""
    youth = dossier.youth
    assert youth is not None  # noqa: S101 - who has none was left out
    day = clock.today() - timedelta(days=AGO)
    with clock.at(moment(day - timedelta(days=9), 15, 0)):
        starts_at = moment(day, 16, 0)
        meeting = preparing.prepare_meeting(
            dossier, starts_at=starts_at, place="Het buurthuis, boven", leader=coach.first_name, by=coach
        )
        preparing.mark_point(meeting, "most_important", is_hard=True, why="Ik praat daar niet graag over", by=youth)
        close = dossier.networkperson_set.filter(kind="family").order_by("id").first()
        mother = preparing.invite(meeting, name="Mijn moeder", kind="network", somebody=close, by=youth)
        debts = preparing.invite(meeting, name="Petra, schuldhulp", kind="professional", may_see="agenda", by=coach)
        preparing.note_reply(mother, answer="yes", words="Ik neem iets te eten mee", may_see="nothing", by=coach)
        preparing.note_reply(debts, answer="yes", may_see="agenda", by=coach)
    with clock.at(moment(day, 17, 30)):
        _talk(meeting, coach, youth)
        for guest in (mother, debts):
            table.note_presence(meeting, was_there=True, invitee=guest, by=coach)
        agreed.contribute(meeting, voice="youth", text="Ik ben er elke ochtend om acht uur", by=youth)
        agreed.contribute(meeting, voice="coach", text="Ik ga de eerste week mee", by=coach)
        agreed.contribute(meeting, invitee=mother, text="Wekt hem op tijd en houdt een bord warm", by=coach)
        agreed.contribute(meeting, invitee=debts, text="Regelt de brieven met de deurwaarder", by=coach)
        agreed.keep_informed(
            meeting, informed="Met een app, elke maandag. Wie iets weet zegt het.", again="needed", by=youth
        )
        agreed.set_condition(meeting, kind="silent", days=14, by=youth)
        checked = agreed.set_condition(meeting, kind="words", text="Er komt weer een brief die niemand snapt", by=coach)
        number = checked.agreement.number
        agreed.say_yes(meeting, number=number, by=youth)
        agreed.say_yes(meeting, number=number, by=coach)
        for guest in (mother, debts):
            agreed.say_yes(meeting, number=number, invitee=guest, by=coach)
        preparing.end_meeting(meeting, by=coach)
    with clock.at(moment(clock.today() - timedelta(days=1), 11, 0)):
        agreed.come_true(checked, by=youth)


def _talk(meeting: Meeting, coach: Person, youth: Person) -> None:
    table.note_presence(meeting, was_there=True, by=youth)
    table.table_point(meeting, "most_important", is_tabled=True, by=youth)
    table.note_point(meeting, "most_important", text="Ik was boos. Nu weet iedereen waarom.", by=youth)
    table.note_point(meeting, "network_does", text="Moeder belt als het misgaat. Niet de buren.", by=coach)
    table.table_point(meeting, "network_does", is_tabled=True, by=coach)


def _is_coming(dossier: Dossier, coach: Person) -> None:
    """In nine days: who comes is almost known."""
    meeting = preparing.prepare_meeting(
        dossier,
        starts_at=moment(clock.today() + timedelta(days=9), 16, 30),
        place="De kantine van de club",
        leader=coach.first_name,
        by=coach,
    )
    preparing.mark_point(meeting, "taken_over", is_hard=True, why="Wie betaalt dit?", by=coach)
    preparing.add_point(meeting, text="Mijn zaterdagen", voice="youth", by=coach)
    uncle = preparing.invite(meeting, name="Oom Henk", kind="network", by=coach)
    preparing.note_reply(uncle, answer="other", words="Liever na zes uur", may_see="nothing", by=coach)
    preparing.invite(meeting, name="De trainer", kind="network", may_see="agenda", by=coach)
