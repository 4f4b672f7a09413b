"""`hand_over`, `stand_in`: who walks along, and who no longer does."""

import pytest

from ipta.accounts import commands as accounts
from ipta.accounts.models import Municipality, Person, Post, Role
from ipta.base.verdict import Impossible, Refused
from ipta.dossiers import commands as dossiers
from ipta.dossiers.models import Coachship, Dossier, Note
from ipta.sharing.door import Reader
from ipta.sharing.queries import caseload_of, dossiers_visible_to
from tests.asking import assert_refused, last_entry, text
from tests.cast import days_ago, fresh


def test_the_new_coach_sees_and_the_old_one_no_longer(dossier: Dossier, note: Note, noor: Person, bram: Person) -> None:
    dossiers.hand_over(dossier, to=bram, by=noor)
    assert text(bram, note, "text")
    with pytest.raises(Refused):
        text(noor, note, "text")
    assert not dossiers_visible_to(noor).exists()
    assert last_entry(dossier).verb == "coach.changed"
    assert last_entry(dossier).facts == {"to": str(bram.id)}


def test_the_project_leader_hands_over_without_seeing_anything(
    dossier: Dossier, note: Note, lotte: Person, bram: Person
) -> None:
    dossiers.hand_over(dossier, to=bram, by=lotte)
    with pytest.raises(Refused):
        text(lotte, note, "text")


@pytest.mark.parametrize("who", ["yara", "dana", "lotte"])
def test_only_to_a_coach_of_this_municipality(
    who: str, dossier: Dossier, noor: Person, request: pytest.FixtureRequest
) -> None:
    somebody = request.getfixturevalue(who)
    with pytest.raises(Impossible, match="coach van deze gemeente"):
        dossiers.hand_over(dossier, to=somebody, by=noor)
    with pytest.raises(Impossible, match="coach van deze gemeente"):
        dossiers.stand_in(dossier, coach=somebody, until=days_ago(-3), by=noor)


def test_there_is_one_coach_at_a_time(dossier: Dossier, noor: Person, bram: Person, stef: Person) -> None:
    dossiers.hand_over(dossier, to=bram, by=noor)
    dossiers.hand_over(dossier, to=stef, by=bram)
    assert [ship.coach for ship in Coachship.objects.now().filter(dossier=dossier)] == [stef]


def test_a_stand_in_sees_fewer_sections(dossier: Dossier, noor: Person, stef: Person) -> None:
    dossiers.stand_in(dossier, coach=stef, until=days_ago(-3), by=noor)
    reader = Reader(stef)
    assert reader.may(dossier, "contacts")
    assert not reader.may(dossier, "justice")
    assert not reader.may(dossier, "family")
    assert caseload_of(stef).get() == dossier


def test_a_stand_in_leaves_again(dossier: Dossier, note: Note, noor: Person, stef: Person) -> None:
    ship = dossiers.stand_in(dossier, coach=stef, until=days_ago(-1), by=noor)
    Coachship.objects.filter(pk=ship.pk).update(since=days_ago(2), until=days_ago(0))
    with pytest.raises(Refused):
        text(stef, note, "text")


@pytest.mark.parametrize("days", [0, 1, 400])
def test_a_stand_in_comes_for_days_that_are_still_to_come(
    days: int, dossier: Dossier, noor: Person, stef: Person
) -> None:
    with pytest.raises(Impossible, match="einddatum"):
        dossiers.stand_in(dossier, coach=stef, until=days_ago(days), by=noor)


def test_a_stand_in_passes_nothing_on(dossier: Dossier, standing_in: Coachship, stef: Person, bram: Person) -> None:
    assert_refused(dossiers.hand_over, dossier, to=stef, by=[stef])
    assert_refused(dossiers.stand_in, dossier, coach=bram, until=days_ago(-3), by=[stef])


def test_a_coach_whose_post_ended_sees_nothing(dossier: Dossier, note: Note, noor: Person, fem: Person) -> None:
    accounts.leave(Post.objects.get(person=noor), by=fem)
    with pytest.raises(Refused):
        text(fresh(noor), note, "text")
    assert not caseload_of(fresh(noor)).exists()
    assert_refused(dossiers.note, dossier, text="x", by=[fresh(noor)])


def test_a_coach_who_went_to_another_town_does_not_take_the_dossier_along(
    dossier: Dossier, note: Note, noor: Person, fem: Person, schiedam: Municipality
) -> None:
    accounts.leave(Post.objects.get(person=noor), by=fem)
    Post.objects.create(person=noor, municipality=schiedam, role=Role.COACH, since=days_ago(0))
    noor = fresh(noor)
    with pytest.raises(Refused):
        text(noor, note, "text")
    assert not dossiers_visible_to(noor).exists()
    assert_refused(dossiers.note, dossier, text="x", by=[noor])


def test_nobody_else_may(dossier: Dossier, outsiders: list[Person], sem: Person, lotte: Person, bram: Person) -> None:
    others = [person for person in outsiders if person != lotte]
    assert_refused(dossiers.hand_over, dossier, to=bram, by=[*others, sem])
    assert_refused(dossiers.stand_in, dossier, coach=bram, until=days_ago(-3), by=[*others, sem])
