"""`hand_over` on a set day, `stay`, `stand_down`, `depart`: one coach each day, and nobody left behind."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.db.models import F
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ipta.accounts.models import Municipality, Person, Post, Role
from ipta.base.verdict import Impossible, Refused
from ipta.dossiers import commands as dossiers
from ipta.dossiers import queries
from ipta.dossiers.models import Coachship, Dossier, Note, Step
from ipta.sharing.queries import caseload_of, dossiers_visible_to
from tests.asking import assert_refused, last_entry, text, verbs
from tests.cast import days_ago, fresh, staff

MONDAY = days_ago(-5)
LONG_AHEAD = days_ago(-200)
WORDS = "Zijn oma stelde ons voor. Bel nooit voor twaalf uur."


def noon_on(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=UTC)


def post_of(person: Person) -> Post:
    return Post.objects.now().get(person=person)


def coaches_on(dossier: Dossier, day: date) -> list[Person]:
    ships = Coachship.objects.filter(dossier=dossier, is_stand_in=False, since__lte=day)
    return [ship.coach for ship in ships if ship.until is None or ship.until > day]


@pytest.fixture
def planned(dossier: Dossier, noor: Person, bram: Person) -> Coachship:
    return dossiers.hand_over(dossier, to=bram, on=MONDAY, words=WORDS, by=noor)


# --- on a day that is set -------------------------------------------------------------------------------------------


def test_until_the_day_the_old_coach_is_the_coach_and_the_new_one_reads_nothing(
    dossier: Dossier, note: Note, planned: Coachship, noor: Person, bram: Person
) -> None:
    with time_machine.travel(noon_on(MONDAY - timedelta(days=1))):
        assert text(fresh(noor), note, "text")
        dossiers.note(dossier, text="Nog even samen koffie.", by=fresh(noor))
        assert not dossiers_visible_to(fresh(bram)).exists()
        for line in (fresh(note), planned.briefing):
            with pytest.raises(Refused):
                text(fresh(bram), line, "text")


def test_from_the_day_on_the_new_one_reads_and_the_old_one_no_longer(
    dossier: Dossier, note: Note, planned: Coachship, noor: Person, bram: Person
) -> None:
    with time_machine.travel(noon_on(MONDAY)):
        assert text(fresh(bram), planned.briefing, "text") == WORDS
        assert text(fresh(bram), note, "text")
        assert caseload_of(fresh(bram)).filter(pk=dossier.pk).exists()
        assert not dossiers_visible_to(fresh(noor)).exists()
        assert_refused(dossiers.note, dossier, text="x", by=[fresh(noor)])


def test_the_youth_reads_the_words_at_once(planned: Coachship, sem: Person) -> None:
    assert text(sem, planned.briefing, "text") == WORDS


def test_the_words_are_no_note(dossier: Dossier, noor: Person, bram: Person) -> None:
    before = Note.objects.filter(dossier=dossier).count()
    dossiers.hand_over(dossier, to=bram, words=WORDS, by=noor)
    assert Note.objects.filter(dossier=dossier).count() == before, "it is no contact with the youth"


def test_the_journal_tells_who_comes_and_when(dossier: Dossier, planned: Coachship, bram: Person) -> None:
    assert last_entry(dossier).verb == "coach.planned"
    assert last_entry(dossier).facts == {"to": str(bram.pk), "on": str(MONDAY)}


def test_who_walked_along_when_can_be_read_back(
    dossier: Dossier, planned: Coachship, noor: Person, bram: Person
) -> None:
    ships = Coachship.objects.kept().filter(dossier=dossier, coach__in=[noor, bram]).order_by("since")
    assert [(ship.coach, ship.until) for ship in ships] == [(noor, MONDAY), (bram, None)]


@pytest.mark.parametrize("on", [days_ago(1), LONG_AHEAD])
def test_a_day_that_is_over_or_too_far_ahead_is_not_chosen(
    on: date, dossier: Dossier, noor: Person, bram: Person
) -> None:
    with pytest.raises(Impossible, match="komende zes maanden"):
        dossiers.hand_over(dossier, to=bram, on=on, by=noor)


def test_who_no_longer_works_here_on_that_day_does_not_go_on(dossier: Dossier, noor: Person, bram: Person) -> None:
    Post.objects.filter(person=bram).update(until=MONDAY)
    with pytest.raises(Impossible, match="coach van deze gemeente"):
        dossiers.hand_over(dossier, to=bram, on=MONDAY, by=noor)


def test_nobody_hands_over_to_who_is_the_coach_already(dossier: Dossier, noor: Person, lotte: Person) -> None:
    with pytest.raises(Impossible, match="loopt al mee"):
        dossiers.hand_over(dossier, to=noor, by=lotte)


def test_what_was_promised_by_the_coach_is_the_new_ones_to_do(
    dossier: Dossier, noor: Person, bram: Person, planned: Coachship
) -> None:
    step = dossiers.promise(dossier, text="Fiets regelen", owner=Step.Owner.COACH, by=noor)
    with time_machine.travel(noon_on(MONDAY)):
        dossiers.finish(step, by=fresh(bram))
    assert fresh(step).done_on == MONDAY


# --- another day, another coach, or not at all ----------------------------------------------------------------------


@pytest.mark.parametrize("days", [-2, 3])
def test_a_second_one_takes_the_place_of_the_first(
    days: int, dossier: Dossier, planned: Coachship, noor: Person, stef: Person, bram: Person
) -> None:
    other = MONDAY + timedelta(days=days)
    dossiers.hand_over(dossier, to=stef, on=other, by=noor)
    assert coaches_on(dossier, other - timedelta(days=1)) == [noor]
    assert coaches_on(dossier, other) == coaches_on(dossier, MONDAY + timedelta(days=9)) == [stef]
    with time_machine.travel(noon_on(MONDAY + timedelta(days=9))):
        assert not dossiers_visible_to(fresh(bram)).filter(pk=dossier.pk).exists()


def test_called_off_nothing_changes_on_the_day(
    dossier: Dossier, planned: Coachship, noor: Person, bram: Person
) -> None:
    dossiers.stay(dossier, by=noor)
    assert verbs(dossier)[-1] == "coach.stayed"
    assert [ship.coach for ship in Coachship.objects.kept().filter(dossier=dossier)] == [noor]
    with time_machine.travel(noon_on(MONDAY)):
        assert caseload_of(fresh(noor)).filter(pk=dossier.pk).exists()
        assert not caseload_of(fresh(bram)).filter(pk=dossier.pk).exists()


def test_what_was_not_planned_is_not_called_off(dossier: Dossier, noor: Person) -> None:
    with pytest.raises(Impossible, match="geen overdracht"):
        dossiers.stay(dossier, by=noor)


def test_on_the_day_itself_it_is_too_late_to_call_it_off(dossier: Dossier, planned: Coachship, noor: Person) -> None:
    with time_machine.travel(noon_on(MONDAY)):
        assert_refused(dossiers.stay, dossier, by=[fresh(noor)])


# --- standing in ----------------------------------------------------------------------------------------------------


def test_a_holiday_is_arranged_before_it_begins(dossier: Dossier, note: Note, noor: Person, stef: Person) -> None:
    last = MONDAY + timedelta(days=7)
    ship = dossiers.stand_in(dossier, coach=stef, since=MONDAY, until=last, words=WORDS, by=noor)
    with pytest.raises(Refused):
        text(stef, ship.briefing, "text")
    with time_machine.travel(noon_on(MONDAY)):
        assert text(fresh(stef), ship.briefing, "text") == WORDS
    with time_machine.travel(noon_on(last)):
        assert not dossiers_visible_to(fresh(stef)).exists()


def test_standing_in_ends_early(dossier: Dossier, noor: Person, stef: Person) -> None:
    ship = dossiers.stand_in(dossier, coach=stef, until=MONDAY, by=noor)
    dossiers.stand_down(ship, by=noor)
    assert not dossiers_visible_to(fresh(stef)).exists()
    assert verbs(dossier)[-1] == "coach.stood_down"
    with pytest.raises(Impossible, match="al voorbij"):
        dossiers.stand_down(ship, by=noor)


def test_one_that_has_yet_to_begin_does_not_begin(dossier: Dossier, noor: Person, stef: Person) -> None:
    ship = dossiers.stand_in(dossier, coach=stef, since=MONDAY, until=MONDAY + timedelta(days=7), by=noor)
    dossiers.stand_down(ship, by=noor)
    with time_machine.travel(noon_on(MONDAY)):
        assert not dossiers_visible_to(fresh(stef)).exists()


def test_nobody_stands_in_for_a_coach_who_is_gone_by_then(
    dossier: Dossier, planned: Coachship, noor: Person, stef: Person
) -> None:
    with pytest.raises(Impossible, match="een ander al de coach"):
        dossiers.stand_in(dossier, coach=stef, until=MONDAY + timedelta(days=1), by=noor)
    dossiers.stand_in(dossier, coach=stef, until=MONDAY, by=noor)


def test_nobody_stands_in_after_the_last_day_of_the_coach_here(dossier: Dossier, noor: Person, stef: Person) -> None:
    Post.objects.filter(person=noor).update(until=MONDAY)
    with pytest.raises(Impossible, match="Kies een eerdere dag"):
        dossiers.stand_in(dossier, coach=stef, until=MONDAY + timedelta(days=1), by=fresh(noor))


def test_who_stood_in_stops_when_another_coach_begins(
    dossier: Dossier, standing_in: Coachship, noor: Person, bram: Person, stef: Person
) -> None:
    dossiers.hand_over(dossier, to=bram, by=noor)
    assert not dossiers_visible_to(fresh(stef)).exists()


def test_standing_in_lasts_a_year_at_most(dossier: Dossier, noor: Person, stef: Person) -> None:
    with pytest.raises(Impossible, match="draag dan over"):
        dossiers.stand_in(dossier, coach=stef, until=days_ago(-400), by=noor)


def test_only_the_coach_and_the_project_leader_decide_who_walks_along(
    dossier: Dossier, planned: Coachship, standing_in: Coachship, outsiders: list[Person], lotte: Person, sem: Person
) -> None:
    others = [sem, standing_in.coach, *(person for person in outsiders if person != lotte)]
    assert_refused(dossiers.stay, dossier, by=others)
    assert_refused(dossiers.stand_down, standing_in, by=others)


# --- a coach who leaves ---------------------------------------------------------------------------------------------


def test_no_youth_is_left_without_a_coach(dossier: Dossier, noor: Person, fem: Person) -> None:
    with pytest.raises(Impossible, match="Kies wie het overneemt"):
        dossiers.depart(post_of(noor), by=fem)
    assert fresh(noor).is_somewhere(Role.COACH)
    assert coaches_on(dossier, days_ago(0)) == [noor]


def test_who_is_chosen_goes_on_with_every_youth_also_of_before(
    dossier: Dossier, scouted: Dossier, noor: Person, bram: Person, fem: Person
) -> None:
    dossiers.end(dossier, reason="stable", by=noor)
    dossiers.depart(post_of(noor), to=bram, by=fem)
    for each in (dossier, scouted):
        assert coaches_on(each, days_ago(0)) == [bram]
        assert verbs(each)[-1] == "coach.changed"
    assert not dossiers_visible_to(fresh(noor)).exists()
    assert not dossiers_visible_to(fem).exists()


def test_who_was_named_already_begins_earlier(
    dossier: Dossier, planned: Coachship, noor: Person, bram: Person, stef: Person, fem: Person
) -> None:
    dossiers.depart(post_of(noor), to=stef, by=fem)
    assert coaches_on(dossier, days_ago(0)) == coaches_on(dossier, MONDAY) == [bram]


def test_who_was_to_come_and_leaves_is_replaced_on_his_day(
    dossier: Dossier, planned: Coachship, noor: Person, bram: Person, stef: Person, fem: Person
) -> None:
    with pytest.raises(Impossible, match="Kies wie het overneemt"):
        dossiers.depart(post_of(bram), by=fem)
    dossiers.depart(post_of(bram), to=stef, by=fem)
    assert coaches_on(dossier, days_ago(0)) == [noor]
    assert coaches_on(dossier, MONDAY) == [stef]


def test_who_was_named_and_works_here_no_more_is_not_the_one_who_goes_on(
    dossier: Dossier, planned: Coachship, noor: Person, bram: Person, stef: Person, fem: Person
) -> None:
    Post.objects.filter(person=bram).update(until=days_ago(0))
    dossiers.depart(post_of(noor), to=stef, by=fem)
    assert coaches_on(dossier, MONDAY) == [stef]


def test_a_post_that_ended_by_its_day_is_noticed(dossier: Dossier, noor: Person) -> None:
    assert queries.count_without_coach() == 0
    Post.objects.filter(person=noor).update(until=days_ago(0))
    assert queries.count_without_coach() == 1


def test_who_only_stood_in_stops_and_nobody_has_to_go_on(
    dossier: Dossier, standing_in: Coachship, stef: Person, noor: Person, fem: Person
) -> None:
    dossiers.depart(post_of(stef), by=fem)
    assert fresh(standing_in).until == days_ago(0)
    assert coaches_on(dossier, days_ago(0)) == [noor]


def test_a_role_that_has_no_dossiers_just_ends(fem: Person, dana: Person) -> None:
    dossiers.depart(post_of(dana), by=fem)
    assert not fresh(dana).has_post


@pytest.mark.parametrize("who", ["noor", "fem", "dana", "yara"])
def test_another_coach_of_this_municipality_goes_on(
    who: str, dossier: Dossier, noor: Person, fem: Person, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(Impossible, match="Kies een andere coach"):
        dossiers.depart(post_of(noor), to=request.getfixturevalue(who), by=fem)


def test_who_gives_the_roles_gives_himself_no_dossiers(
    dossier: Dossier, noor: Person, fem: Person, zoetermeer: Municipality
) -> None:
    Post.objects.create(person=fem, municipality=zoetermeer, role=Role.COACH, since=days_ago(9))
    with pytest.raises(Impossible, match="Kies een andere coach"):
        dossiers.depart(post_of(noor), to=fem, by=fresh(fem))


def test_what_he_has_elsewhere_stays_his(
    dossier: Dossier, noor: Person, bram: Person, fem: Person, schiedam: Municipality
) -> None:
    Post.objects.create(person=noor, municipality=schiedam, role=Role.COACH, since=days_ago(9))
    there = dossiers.begin(schiedam, nickname="Vos", by=fresh(noor))
    dossiers.depart(Post.objects.get(person=noor, municipality=dossier.municipality), to=bram, by=fem)
    assert [*caseload_of(fresh(noor))] == [there]


def test_it_is_counted_and_nothing_else_is_told(dossier: Dossier, scouted: Dossier, noor: Person) -> None:
    assert queries.count_left(post_of(noor)) == 2


def test_only_who_gives_the_roles_ends_them(
    noor: Person, bram: Person, lotte: Person, vera: Person, sem: Person
) -> None:
    assert_refused(dossiers.depart, post_of(noor), to=bram, by=[noor, bram, lotte, vera, sem])


# --- whatever happens in whatever order -----------------------------------------------------------------------------

NAMES = ("noor", "bram", "stef", "olaf")
who = st.sampled_from(NAMES)
days = st.integers(0, 9)
MOVES = st.one_of(
    st.tuples(st.just("hand_over"), who, days),
    st.tuples(st.just("hand_over"), who, days),
    st.tuples(st.just("stay")),
    st.tuples(st.just("stand_in"), who, days),
    st.tuples(st.just("depart"), who, who),
    st.tuples(st.just("wait"), st.integers(1, 6)),
)


class World:
    """One youth and four who may be his coach."""

    def __init__(self, dossier: Dossier, people: dict[str, Person], leader: Person, manager: Person) -> None:
        self.dossier, self.people, self.leader, self.manager = dossier, people, leader, manager

    def hand_over(self, to: str, ahead: int) -> None:
        dossiers.hand_over(self.dossier, to=self.people[to], on=days_ago(-ahead), by=self.leader)

    def stay(self) -> None:
        dossiers.stay(self.dossier, by=self.leader)

    def stand_in(self, coach: str, ahead: int) -> None:
        dossiers.stand_in(self.dossier, coach=self.people[coach], until=days_ago(-ahead), by=self.leader)

    def depart(self, whose: str, to: str) -> None:
        for post in Post.objects.now().filter(person=self.people[whose]):
            dossiers.depart(post, to=self.people[to], by=self.manager)

    def has_one_coach_each_day(self) -> None:
        """Of before, of now and of all days to come; who is or will be the coach works here."""
        own = Coachship.objects.kept().filter(dossier=self.dossier, is_stand_in=False)
        ships = list(own.order_by("since", F("until").asc(nulls_last=True)))
        assert [ship.until for ship in ships] == [*(ship.since for ship in ships[1:]), None]
        for ship in ships:
            if ship.until is None or ship.until > days_ago(0):
                assert Post.objects.now().filter(person=ship.coach, role=Role.COACH).exists(), ship.coach
        assert queries.count_without_coach() == 0

    def nobody_stands_in_for_who_is_gone(self) -> None:
        lent = Coachship.objects.ahead().filter(dossier=self.dossier, is_stand_in=True)
        coach = Coachship.objects.now().get(dossier=self.dossier, is_stand_in=False)
        assert all(coach.until is None or (ship.until and ship.until <= coach.until) for ship in lent)


@pytest.fixture
def four(dossier: Dossier, noor: Person, bram: Person, stef: Person, zoetermeer: Municipality) -> dict[str, Person]:
    return {"noor": noor, "bram": bram, "stef": stef, "olaf": staff("Olaf", "", (zoetermeer, Role.COACH))}


@given(moves=st.lists(MOVES, min_size=3, max_size=10))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_there_is_one_coach_on_every_day(
    moves: list[tuple[Any, ...]], dossier: Dossier, four: dict[str, Person], lotte: Person, fem: Person
) -> None:
    with transaction.atomic(), time_machine.travel(noon_on(days_ago(0)), tick=False) as clock:
        world = World(dossier, four, fresh(lotte), fresh(fem))
        for move, *what in moves:
            if move == "wait":
                clock.shift(timedelta(days=what[0]))
            else:
                try:
                    with transaction.atomic():
                        getattr(world, move)(*what)
                except Impossible:
                    continue
            world.has_one_coach_each_day()
            world.nobody_stands_in_for_who_is_gone()
        transaction.set_rollback(True)
