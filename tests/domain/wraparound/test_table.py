"""At the table: every tap may come twice, words are added, and no difficult point is forgotten in silence."""

import pytest

from ipta.accounts.models import Person
from ipta.base.verdict import Impossible
from ipta.dossiers.models import Dossier
from ipta.wraparound import commands as preparing
from ipta.wraparound.models import Invitee, Meeting, Point, Remark, SetAside
from ipta.wraparound.table import commands
from tests.asking import assert_refused, assert_sealed, last_entry, text, verbs
from tests.cast import fresh

KEY = "most_important"


@pytest.fixture
def hard(coming: Meeting, sem: Person) -> Point:
    return preparing.mark_point(coming, KEY, is_hard=True, why="Ruzie thuis", by=sem)


def forgotten(meeting: Meeting) -> list[str]:
    return [point.key for point in meeting.points.forgotten()]


def test_a_tap_that_comes_twice_is_one(coming: Meeting, noor: Person, dossier: Dossier) -> None:
    first = commands.table_point(coming, KEY, is_tabled=True, by=noor)
    again = commands.table_point(coming, KEY, is_tabled=True, by=noor)
    assert again.tabled_at == first.tabled_at
    assert verbs(dossier).count("meeting.point_tabled") == 1
    assert commands.table_point(coming, KEY, is_tabled=False, by=noor).tabled_at is None


def test_either_ticks_off_and_what_the_other_did_stays(coming: Meeting, noor: Person, sem: Person) -> None:
    commands.table_point(coming, KEY, is_tabled=True, by=sem)
    commands.table_point(coming, "goal_work", is_tabled=True, by=noor)
    assert coming.points.exclude(tabled_at=None).count() == 2


def test_who_write_at_once_lose_nothing(coming: Meeting, noor: Person, sem: Person) -> None:
    his = commands.note_point(coming, KEY, text="Ik wil rust", by=sem)
    hers = commands.note_point(coming, KEY, text="Moeder belt", by=noor)
    aloud = commands.note_point(coming, KEY, text="Ik zoek werk", voice="youth", by=noor)
    assert [(row.voice, text(noor, row, "text")) for row in Remark.objects.all()] == [
        ("youth", "Ik wil rust"),
        ("coach", "Moeder belt"),
        ("youth", "Ik zoek werk"),
    ]
    for row in (his, hers, aloud):
        assert_sealed(row, "rust", "Moeder", "werk")


def test_an_empty_line_is_not_written(coming: Meeting, noor: Person) -> None:
    with pytest.raises(Impossible, match="wat er gezegd is"):
        commands.note_point(coming, KEY, text=" \u200b ", by=noor)


def test_a_difficult_point_is_forgotten_until_it_was_tabled(coming: Meeting, hard: Point, noor: Person) -> None:
    assert forgotten(coming) == [KEY]
    commands.table_point(coming, KEY, is_tabled=True, by=noor)
    assert forgotten(coming) == []
    commands.table_point(coming, KEY, is_tabled=False, by=noor)
    assert forgotten(coming) == [KEY]


def test_one_of_the_two_does_not_set_it_aside_alone(coming: Meeting, hard: Point, noor: Person, sem: Person) -> None:
    said = commands.set_aside(hard, why="Te druk", is_later=True, by=noor)
    assert_sealed(said, "druk")
    assert forgotten(coming) == [KEY]
    commands.set_aside(hard, why="Ik wil het niet", by=sem)
    assert forgotten(coming) == []
    assert last_entry(coming.dossier).facts["later"] is False


def test_the_end_leaves_it_asked_for(coming: Meeting, hard: Point, noor: Person, sem: Person) -> None:
    preparing.end_meeting(coming, by=noor)
    assert forgotten(coming) == [KEY]
    commands.set_aside(hard, why="Later", is_later=True, by=noor)
    commands.set_aside(hard, why="Later", is_later=True, by=sem)
    assert forgotten(coming) == []


def test_what_was_put_off_is_difficult_again_the_next_time(
    coming: Meeting, hard: Point, dossier: Dossier, noor: Person, sem: Person
) -> None:
    own = preparing.mark_point(coming, "remember", is_hard=True, why="x", by=noor)
    preparing.end_meeting(coming, by=noor)
    commands.set_aside(hard, why="Later", is_later=True, by=noor)
    commands.set_aside(hard, why="Later", is_later=True, by=sem)
    commands.set_aside(own, why="Nee", by=noor)
    again = preparing.prepare_meeting(dossier, reason="Weer", by=noor)
    assert forgotten(again) == [KEY]
    assert again.points.get().is_hard_by_himself


def test_what_is_not_talked_about_on_purpose_is_not_forgotten(coming: Meeting, hard: Point, sem: Person) -> None:
    preparing.mark_point(coming, KEY, is_left_out=True, by=sem)
    assert forgotten(coming) == []


def test_what_he_said_himself_his_coach_does_not_change(hard: Point, noor: Person, sem: Person) -> None:
    commands.set_aside(hard, why="Nee", by=sem)
    with pytest.raises(Impossible, match="zelf al gezegd"):
        commands.set_aside(hard, why="Ja", voice="youth", by=noor)
    commands.set_aside(hard, why="Toch later", is_later=True, by=sem)
    assert text(sem, SetAside.objects.get(), "why") == "Toch later"


def test_why_is_asked_of_difficult_points_that_were_not_tabled(coming: Meeting, hard: Point, noor: Person) -> None:
    with pytest.raises(Impossible, match="waarom"):
        commands.set_aside(hard, why=" ", by=noor)
    tabled = commands.table_point(coming, KEY, is_tabled=True, by=noor)
    with pytest.raises(Impossible, match="hoeft niets"):
        commands.set_aside(tabled, why="Nee", by=noor)


def test_who_was_there(coming: Meeting, tante: Invitee, noor: Person, sem: Person) -> None:
    commands.note_presence(coming, was_there=True, by=sem)
    commands.note_presence(coming, was_there=False, invitee=tante, by=noor)
    bo = commands.bring_along(coming, name="Meester Bo", kind="professional", by=noor)
    assert fresh(coming).youth_was_there is True
    assert fresh(tante).was_there is False
    assert (bo.was_there, bo.came_along) == (True, True)
    assert_sealed(bo, "Meester")


def test_somebody_on_another_list_is_not_touched(
    coming: Meeting, kim_dossier: Dossier, bram: Person, noor: Person
) -> None:
    other = preparing.prepare_meeting(kim_dossier, by=bram)
    guest = preparing.invite(other, name="Oom", kind="network", by=bram)
    commands.note_presence(coming, was_there=True, invitee=guest, by=noor)
    assert fresh(guest).was_there is None


def test_nobody_else_sits_at_the_table(coming: Meeting, hard: Point, outsiders: list[Person]) -> None:
    preparing.call_off_meeting(coming, by=coming.made_by)
    assert_refused(commands.table_point, coming, KEY, is_tabled=True, by=outsiders)
    assert_refused(commands.note_point, coming, KEY, text="x", by=outsiders)
    assert_refused(commands.set_aside, hard, why="x", by=outsiders)
    assert_refused(commands.note_presence, coming, was_there=True, by=outsiders)
    assert_refused(commands.bring_along, coming, name="x", kind="network", by=outsiders)


def test_of_what_was_called_off_nothing_is_written_down(coming: Meeting, noor: Person) -> None:
    preparing.call_off_meeting(coming, by=noor)
    with pytest.raises(Impossible, match="ging niet door"):
        commands.table_point(coming, KEY, is_tabled=True, by=noor)
