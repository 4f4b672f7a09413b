"""Youth and coach prepare the meeting together; what one of them said himself the other does not undo."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from ipta.accounts.models import Person
from ipta.base import clock
from ipta.base.verdict import Impossible
from ipta.dossiers import commands as dossiers
from ipta.dossiers.models import Appointment, Dossier, NetworkPerson
from ipta.wraparound import commands, rules
from ipta.wraparound.models import Invitee, Meeting, Point
from tests.asking import assert_refused, assert_sealed, last_entry, text, verbs
from tests.cast import fresh

SOON = clock.now() + timedelta(days=9)


@pytest.fixture
def meeting(dossier: Dossier, noor: Person) -> Meeting:
    return commands.prepare_meeting(dossier, when="Na de vakantie", place="Buurthuis", leader="Noor", by=noor)


def point(meeting: Meeting, key: str) -> Point:
    return meeting.points.get(key=key)


def test_either_begins_one_and_nothing_of_it_lies_readable(dossier: Dossier, noor: Person, sem: Person) -> None:
    made = commands.prepare_meeting(dossier, when="In april", place="Buurthuis", by=sem)
    assert_sealed(made, "april", "Buurthuis")
    assert text(noor, made, "place") == "Buurthuis"
    assert last_entry(dossier).facts == {"meeting": str(made.pk)}


def test_nobody_else_begins_or_changes_one(meeting: Meeting, dossier: Dossier, outsiders: list[Person]) -> None:
    guest = commands.invite(meeting, name="Ria", kind="network", by=dossier.youth)  # type: ignore[arg-type]
    commands.call_off_meeting(meeting, by=meeting.made_by)
    assert_refused(commands.prepare_meeting, dossier, by=outsiders)
    for change in (commands.arrange_meeting, commands.call_off_meeting, commands.end_meeting):
        assert_refused(change, meeting, by=outsiders)
    assert_refused(commands.add_point, meeting, text="x", by=outsiders)
    assert_refused(commands.mark_point, meeting, "remember", is_hard=True, by=outsiders)
    assert_refused(commands.invite, meeting, name="x", kind="network", by=outsiders)
    assert_refused(commands.note_reply, guest, may_see="nothing", by=outsiders)
    assert_refused(commands.uninvite, guest, by=outsiders)


def test_not_before_the_yes(scouted: Dossier, noor: Person) -> None:
    with pytest.raises(Impossible, match="ja heeft gezegd"):
        commands.prepare_meeting(scouted, by=noor)


def test_one_at_a_time(meeting: Meeting, dossier: Dossier, sem: Person) -> None:
    with pytest.raises(Impossible, match="staat al een gesprek"):
        commands.prepare_meeting(dossier, by=sem)
    with pytest.raises(IntegrityError), transaction.atomic():
        Meeting.objects.create(dossier=dossier, made_by=sem)


def test_in_principle_once_another_one_has_a_reason(meeting: Meeting, dossier: Dossier, noor: Person) -> None:
    commands.end_meeting(meeting, by=noor)
    with pytest.raises(Impossible, match="waarom er nog een"):
        commands.prepare_meeting(dossier, reason="  ", by=noor)
    again = commands.prepare_meeting(dossier, reason="Hij verhuisde", by=noor)
    assert text(noor, again, "reason") == "Hij verhuisde"


def test_one_that_was_called_off_asks_no_reason(meeting: Meeting, dossier: Dossier, noor: Person) -> None:
    commands.call_off_meeting(meeting, why="Te vroeg", by=noor)
    assert commands.prepare_meeting(dossier, by=noor).is_ahead
    assert verbs(dossier)[-2:] == ["meeting.called_off", "meeting.prepared"]


def test_a_day_and_hour_make_it_an_appointment_that_tells_nothing(meeting: Meeting, sem: Person) -> None:
    arranged = commands.arrange_meeting(meeting, starts_at=SOON, place="Buurthuis", by=sem)
    made = arranged.appointment
    assert made is not None
    assert (made.starts_at, made.party, text(sem, made, "what")) == (SOON, "network", rules.APPOINTMENT)
    assert text(sem, made, "place") == "Buurthuis"


def test_another_moment_moves_the_appointment_and_the_same_one_leaves_it(meeting: Meeting, noor: Person) -> None:
    first = commands.arrange_meeting(meeting, starts_at=SOON, by=noor).appointment
    same = commands.arrange_meeting(meeting, starts_at=SOON, leader="Sem", is_elsewhere=False, by=noor).appointment
    assert same == first
    later = commands.arrange_meeting(meeting, starts_at=SOON + timedelta(days=1), is_elsewhere=False, by=noor)
    assert first is not None
    assert (fresh(first).outcome, fresh(first).why_not) == ("not", "moved")
    assert later.appointment != first
    assert commands.arrange_meeting(meeting, when="Ooit", by=noor).appointment is None


def test_an_appointment_that_was_called_off_by_itself_is_made_anew(meeting: Meeting, noor: Person) -> None:
    first = commands.arrange_meeting(meeting, starts_at=SOON, by=noor).appointment
    assert first is not None
    dossiers.close_appointment(first, outcome="not", by=noor)
    again = commands.arrange_meeting(meeting, starts_at=SOON, is_elsewhere=False, by=noor).appointment
    assert again is not None
    assert again != first


@pytest.mark.parametrize(("end", "outcome"), [("end_meeting", "happened"), ("call_off_meeting", "not")])
def test_its_appointment_ends_with_it(meeting: Meeting, noor: Person, end: str, outcome: str) -> None:
    made = commands.arrange_meeting(meeting, starts_at=SOON, by=noor).appointment
    getattr(commands, end)(meeting, by=noor)
    assert made is not None
    assert fresh(made).outcome == outcome


def test_afterwards_nothing_of_it_changes(meeting: Meeting, noor: Person) -> None:
    guest = commands.invite(meeting, name="Ria", kind="network", by=noor)
    commands.end_meeting(meeting, by=noor)
    for change in (
        lambda: commands.arrange_meeting(meeting, by=noor),
        lambda: commands.call_off_meeting(meeting, by=noor),
        lambda: commands.end_meeting(meeting, by=noor),
        lambda: commands.add_point(meeting, text="x", by=noor),
        lambda: commands.mark_point(meeting, "remember", is_hard=True, by=noor),
        lambda: commands.invite(meeting, name="x", kind="network", by=noor),
        lambda: commands.note_reply(guest, may_see="nothing", by=noor),
        lambda: commands.uninvite(guest, by=noor),
    ):
        with pytest.raises(Impossible, match="al klaar"):
            change()


def test_own_points_have_a_voice(meeting: Meeting, noor: Person, sem: Person) -> None:
    made = [
        commands.add_point(meeting, text="Mijn broer", voice="coach", by=sem),
        commands.add_point(meeting, text="Rust", by=noor),
        commands.add_point(meeting, text="Zijn woorden", voice="youth", by=noor),
    ]
    assert [(one.key, one.voice) for one in made] == [("own_1", "youth"), ("own_2", "coach"), ("own_3", "youth")]
    assert_sealed(made[0], "broer")
    with pytest.raises(Impossible, match="waar het over gaat"):
        commands.add_point(meeting, text=" ", by=sem)


def test_there_is_an_end_to_the_points_and_the_guests(
    meeting: Meeting, noor: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "MOST_POINTS", 1)
    monkeypatch.setattr(commands, "MOST_GUESTS", 1)
    commands.add_point(meeting, text="Een", by=noor)
    with pytest.raises(Impossible, match="heel veel punten"):
        commands.add_point(meeting, text="Twee", by=noor)
    commands.invite(meeting, name="Ria", kind="network", by=noor)
    with pytest.raises(Impossible, match="heel veel"):
        commands.invite(meeting, name="Bo", kind="network", by=noor)


def test_a_difficult_point_of_the_youth_is_softened_by_him_alone(meeting: Meeting, noor: Person, sem: Person) -> None:
    commands.mark_point(meeting, "remember", is_hard=True, why="Schaamte", by=sem)
    for is_hard in (False, True):
        with pytest.raises(Impossible, match="Alleen hij"):
            commands.mark_point(meeting, "remember", is_hard=is_hard, by=noor)
    assert text(noor, point(meeting, "remember"), "why_hard") == "Schaamte"
    commands.mark_point(meeting, "remember", is_hard=False, by=sem)
    there = point(meeting, "remember")
    assert (there.hard_voice, text(sem, there, "why_hard")) == ("", "")


def test_a_difficult_point_of_the_coach_is_not_wiped_by_the_youth(meeting: Meeting, noor: Person, sem: Person) -> None:
    commands.mark_point(meeting, "remember", is_hard=True, by=noor)
    with pytest.raises(Impossible, match="Praat er samen over"):
        commands.mark_point(meeting, "remember", is_hard=False, by=sem)
    commands.mark_point(meeting, "remember", is_left_out=True, by=sem)
    there = point(meeting, "remember")
    assert (there.hard_voice, there.left_out_voice) == ("coach", "youth")


def test_what_the_coach_typed_in_his_words_both_may_change(meeting: Meeting, noor: Person, sem: Person) -> None:
    commands.mark_point(meeting, "remember", is_left_out=True, voice="youth", by=noor)
    assert point(meeting, "remember").left_out_voice == "youth"
    commands.mark_point(meeting, "remember", is_left_out=False, by=noor)
    commands.mark_point(meeting, "remember", is_left_out=True, by=noor)
    commands.mark_point(meeting, "remember", is_left_out=False, by=sem)
    assert point(meeting, "remember").left_out_voice == ""


def test_what_he_left_out_himself_comes_back_by_him_alone(meeting: Meeting, noor: Person, sem: Person) -> None:
    commands.mark_point(meeting, "goal_money", is_left_out=True, by=sem)
    with pytest.raises(Impossible, match="Alleen hij zet het terug"):
        commands.mark_point(meeting, "goal_money", is_left_out=False, by=noor)
    commands.mark_point(meeting, "goal_money", is_left_out=True, by=noor)
    assert point(meeting, "goal_money").is_left_out_by_himself
    commands.mark_point(meeting, "goal_money", is_left_out=False, by=sem)
    assert point(meeting, "goal_money").left_out_voice == ""


def test_somebody_around_him_is_asked_once_and_gets_no_right(
    meeting: Meeting, dossier: Dossier, sem: Person, kim_dossier: Dossier, noor: Person
) -> None:
    ria = dossiers.add_person(dossier, kind="family", name="Ria", by=sem)
    guest = commands.invite(meeting, name="Ria", kind="network", somebody=ria, may_see="agenda", by=sem)
    assert_sealed(guest, "Ria")
    with pytest.raises(Impossible, match="staat al op de lijst"):
        commands.invite(meeting, name="Ria", kind="network", somebody=ria, by=noor)
    stranger = NetworkPerson.objects.create(dossier=kim_dossier, kind="family")
    with pytest.raises(Impossible, match="uit de lijst"):
        commands.invite(meeting, name="x", kind="network", somebody=stranger, by=noor)
    with pytest.raises(Impossible, match="wie er komt"):
        commands.invite(meeting, name=" ", kind="network", by=noor)
    assert dossier.grant_set.count() == 0


def test_who_leaves_the_network_stays_on_the_list_by_his_name(meeting: Meeting, dossier: Dossier, sem: Person) -> None:
    ria = dossiers.add_person(dossier, kind="family", name="Ria", by=sem)
    guest = commands.invite(meeting, name="Ria", kind="network", somebody=ria, by=sem)
    dossiers.remove_person(ria, by=sem)
    assert (fresh(guest).somebody, text(sem, guest, "name")) == (None, "Ria")


def test_what_somebody_answered_is_noted_by_either(meeting: Meeting, noor: Person, sem: Person) -> None:
    guest = commands.invite(meeting, name="Ria", kind="network", by=noor)
    commands.note_reply(guest, answer="other", words="In de avond", may_see="agenda", by=sem)
    there = fresh(guest)
    assert (there.answer, there.may_see, text(noor, there, "answer_words")) == ("other", "agenda", "In de avond")
    assert_sealed(there, "avond")
    commands.note_reply(guest, answer="", may_see="nothing", by=noor)
    assert (fresh(guest).answer, text(noor, guest, "answer_words")) == ("", "")


def test_off_the_list_only_the_journal_knows(meeting: Meeting, dossier: Dossier, sem: Person) -> None:
    guest = commands.invite(meeting, name="Ria", kind="network", by=sem)
    commands.uninvite(guest, by=sem)
    assert not Invitee.objects.exists()
    assert verbs(dossier)[-1] == "meeting.uninvited"


def test_an_appointment_of_it_that_goes_leaves_the_meeting(meeting: Meeting, noor: Person) -> None:
    commands.arrange_meeting(meeting, starts_at=SOON, by=noor)
    Appointment.objects.filter(meeting=meeting).delete()
    assert fresh(meeting).appointment is None
