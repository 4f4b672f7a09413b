"""What was agreed: one text, to which everybody says yes; another text asks for another yes."""

from datetime import timedelta

import pytest

from ipta.accounts.models import Person
from ipta.base import clock
from ipta.base.acting import HOUSE
from ipta.base.verdict import Impossible, Refused
from ipta.dossiers.models import Dossier
from ipta.wraparound import commands as preparing
from ipta.wraparound.agreed import commands
from ipta.wraparound.models import Condition, Contribution, Invitee, Meeting, MeetingYes
from ipta.wraparound.table import commands as table
from tests.asking import assert_refused, assert_sealed, last_entry, text, verbs
from tests.cast import days_ago, fresh

SOON = clock.now() + timedelta(days=20)


def test_each_has_one_line_that_can_be_written_anew(coming: Meeting, tante: Invitee, noor: Person, sem: Person) -> None:
    commands.contribute(coming, voice="youth", text="Ik ga elke dag", by=sem)
    commands.contribute(coming, voice="coach", text="Ik ga mee", by=noor)
    commands.contribute(coming, invitee=tante, text="Kookt", by=noor)
    line = commands.contribute(coming, invitee=tante, text="Kookt op zondag", due_on=days_ago(-9), by=noor)
    assert Contribution.objects.count() == 3
    assert (text(sem, line, "text"), line.due_on) == ("Kookt op zondag", days_ago(-9))
    assert_sealed(line, "Kookt", "zondag")
    with pytest.raises(Impossible, match="wat deze persoon doet"):
        commands.contribute(coming, invitee=tante, text="", by=noor)


def test_who_has_a_role_does_not_fall_off_the_list(coming: Meeting, tante: Invitee, noor: Person) -> None:
    commands.contribute(coming, invitee=tante, text="Kookt", by=noor)
    with pytest.raises(Impossible, match="zit aan tafel"):
        preparing.uninvite(tante, by=noor)


def test_the_next_time_is_an_appointment_that_moves_along(coming: Meeting, noor: Person) -> None:
    first = commands.keep_informed(coming, informed="Met de app", again="day", starts_at=SOON, by=noor).appointment
    same = commands.keep_informed(coming, informed="Met de app", again="day", starts_at=SOON, by=noor).appointment
    assert first is not None
    assert same == first
    needed = commands.keep_informed(coming, again="needed", by=noor)
    assert needed.appointment is None
    assert fresh(first).outcome == "not"
    with pytest.raises(Impossible, match="dag en de tijd"):
        commands.keep_informed(coming, again="day", by=noor)


def test_a_yes_is_a_yes_to_one_text(coming: Meeting, tante: Invitee, noor: Person, sem: Person) -> None:
    commands.contribute(coming, voice="youth", text="Ik ga elke dag", by=sem)
    commands.say_yes(coming, number=1, by=sem)
    commands.say_yes(coming, number=1, by=sem)
    commands.say_yes(coming, number=1, by=noor)
    commands.say_yes(coming, number=1, invitee=tante, by=noor)
    found = {(yes.number, yes.voice, yes.invitee) for yes in MeetingYes.objects.all()}
    assert found == {(1, "youth", None), (1, "coach", None), (1, "", tante)}
    commands.keep_informed(coming, informed="Met de app", by=noor)
    with pytest.raises(Impossible, match="net veranderd"):
        commands.say_yes(coming, number=1, by=sem)
    commands.say_yes(coming, number=2, by=sem)
    assert verbs(coming.dossier).count("meeting.agreed") == 4


def test_the_youth_says_no_yes_for_another(coming: Meeting, tante: Invitee, sem: Person, noor: Person) -> None:
    commands.contribute(coming, voice="coach", text="Ik ga mee", by=noor)
    with pytest.raises(Refused, match="Alleen de coach"):
        commands.say_yes(coming, number=1, invitee=tante, by=sem)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"kind": "late", "days": 400}, "van 1 tot 365"),
        ({"kind": "acute", "domain": "x"}, "waar het over gaat"),
        ({"kind": "day"}, "een dag die nog komt"),
        ({"kind": "day", "on": days_ago(0)}, "een dag die nog komt"),
        ({"kind": "words", "text": " "}, "wanneer jullie weer praten"),
    ],
)
def test_a_condition_says_what_it_is_about(coming: Meeting, noor: Person, wrong: dict[str, object], says: str) -> None:
    with pytest.raises(Impossible, match=says):
        commands.set_condition(coming, by=noor, **wrong)  # type: ignore[arg-type]
    assert not Condition.objects.exists()


def test_a_condition_lies_sealed_and_keeps_the_usual_days(coming: Meeting, sem: Person) -> None:
    made = commands.set_condition(coming, kind="silent", text="Als ik wegblijf", by=sem)
    assert made.days == 14
    assert_sealed(made, "wegblijf")
    commands.drop_condition(made, by=sem)
    assert not Condition.objects.exists()
    assert last_entry(coming.dossier).verb == "meeting.condition_dropped"


def test_what_stands_in_words_only_a_person_sees(held: Meeting, noor: Person, sem: Person) -> None:
    made = commands.set_condition(held, kind="words", text="Ruzie thuis", by=noor)
    with pytest.raises(Refused, match="alleen iemand"):
        commands.come_true(made, by=HOUSE)
    true = commands.come_true(made, by=sem)
    assert true.seen_by == sem
    again = commands.come_true(made, by=noor)
    assert (again.came_true_at, again.seen_by) == (true.came_true_at, sem)
    with pytest.raises(Impossible, match="al zo geweest"):
        commands.drop_condition(fresh(made), by=noor)


def test_it_is_put_aside_with_a_word_or_taken_by_another_meeting(held: Meeting, dossier: Dossier, noor: Person) -> None:
    first = commands.set_condition(held, kind="words", text="Ruzie", by=noor)
    second = commands.set_condition(held, kind="words", text="Schulden", by=noor)
    with pytest.raises(Impossible, match="al iets mee"):
        commands.put_aside(first, why="Nu niet", by=noor)
    for one in (first, second):
        commands.come_true(one, by=noor)
    with pytest.raises(Impossible, match="waarom niet"):
        commands.put_aside(first, why=" ", by=noor)
    commands.put_aside(first, why="We praten er morgen over", by=noor)
    preparing.prepare_meeting(dossier, reason="Schulden", by=noor)
    assert [fresh(one).answer for one in (first, second)] == ["aside", "taken"]
    assert not Condition.objects.asking().exists()


def test_after_another_meeting_the_text_of_before_stays(held: Meeting, dossier: Dossier, noor: Person) -> None:
    again = preparing.prepare_meeting(dossier, reason="Weer", by=noor)
    preparing.end_meeting(again, by=noor)
    with pytest.raises(Impossible, match="nog een gesprek geweest"):
        commands.keep_informed(held, informed="Anders", by=noor)


def test_nobody_else_agrees_or_changes(held: Meeting, noor: Person, outsiders: list[Person]) -> None:
    guest = table.bring_along(held, name="Bo", kind="network", by=noor)
    condition = commands.set_condition(held, kind="words", text="Ruzie", by=noor)
    assert_refused(commands.contribute, held, voice="youth", text="x", by=outsiders)
    assert_refused(commands.keep_informed, held, by=outsiders)
    assert_refused(commands.set_condition, held, kind="stopped", by=outsiders)
    assert_refused(commands.drop_condition, condition, by=outsiders)
    assert_refused(commands.come_true, condition, by=outsiders)
    assert_refused(commands.put_aside, condition, why="x", by=outsiders)
    assert_refused(commands.say_yes, held, number=1, by=outsiders)
    assert_refused(commands.say_yes, held, number=1, invitee=guest, by=outsiders)
