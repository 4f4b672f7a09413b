"""Sharing as a game: whatever happens in whatever order, each page shows what a plain dictionary says, and no more.

Given, withdrawn, handed over, stood in, the emergency button, ended and come back, posts that end and begin again, and
time: after each move the pages are asked for through HTTP as everybody whose rights changed, and as somebody else. What
stands on a page, what the reading log says of it and what is refused must be what `tests/house/sharing_model.py` says.

That the game finds faults is shown by planting them: with each of `FAULTS` it must be lost.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from datetime import time as o_clock
from random import Random
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.db import connection, transaction
from django.db.models import Q, QuerySet, Value
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from ipta.accounts import commands as accounts
from ipta.accounts.models import Municipality, Person, Post, Role
from ipta.base.verdict import Impossible, Refused
from ipta.dossiers import commands as dossiers
from ipta.dossiers.models import CoachshipQuerySet, Dossier
from ipta.sharing import commands as sharing
from ipta.sharing import door, policies, queries
from ipta.sharing.models import Emergency, EmergencyQuerySet, Grant, GrantQuerySet, Look
from ipta.web import desk
from ipta.web.coach import propose
from tests.cast import CANARY, days_ago, fresh
from tests.conftest import sign_in
from tests.house.sharing_model import (
    ALSO_ELSEWHERE,
    COACHES,
    EVERYBODY,
    EVERYTHING,
    FOUR_HOURS,
    PAGES,
    STAFF,
    Button,
    Given,
    World,
)
from tests.house.site import body

CODED = re.compile(rf"{CANARY}-sem-(\w+)")
REASON = "Hij belt en niemand neemt op."
MOST, MOVES = 60, 20
LUCK, MORE = 1, 5
RUNS = MOST if connection.vendor == "sqlite" else 12  # the same game, shorter where the walls stand as well

STAFF_PAGES = [page for page in PAGES if page.startswith("coach:")]


class Table:
    """The world of the game on the house itself: one dossier, with the people around it."""

    def __init__(self, dossier: Dossier, people: dict[str, Person]) -> None:
        self.dossier, self._people = dossier, people
        self.ids = {name: person.pk for name, person in people.items()}
        self.not_there = body(Client().get("/bestaat-niet/"))

    def person(self, name: str) -> Person:
        """As the next request would find him."""
        found: Person = fresh(self._people[name])
        return found

    def address(self, page: str) -> str:
        name, *more = page.split()
        return reverse(name, args=[] if name.startswith("youth:") else [self.dossier.pk, *more])

    @contextmanager
    def undone_afterwards(self) -> Iterator[None]:
        with transaction.atomic(), transaction.atomic(using="keys"):
            yield
            transaction.set_rollback(True)
            transaction.set_rollback(True, using="keys")


class Game(RuleBasedStateMachine):
    """The moves. `table` is laid by the test; each run begins with what stood on it."""

    table: Table
    rather: tuple[str, ...] = ()  # the moves that are made more often

    def __init__(self) -> None:
        super().__init__()
        self._undone = self.table.undone_afterwards()
        self._undone.__enter__()
        noon = datetime.combine(days_ago(0), o_clock(12), tzinfo=UTC)
        self._travel = time_machine.travel(noon, tick=False)
        self.clock = self._travel.start()
        self.world = World(noon)
        self.grants: list[UUID] = []
        self.buttons: list[UUID] = []
        self.browsers: dict[str, Client] = {}
        self.before, self.moves = self._all_there_is(), 0
        self.concerned: tuple[str, ...] = EVERYBODY  # whom the last move was about

    def teardown(self) -> None:
        self._travel.stop()
        self._undone.__exit__(None, None, None)

    def _all_there_is(self) -> dict[tuple[str, str], tuple[bool, set[str]]]:
        """What the dictionary says of everybody at every page."""
        return {
            (name, page): (self.world.gets(name, page), self.world.shows(name, page))
            for name in EVERYBODY
            for page in PAGES
        }

    @property
    def dossier(self) -> Dossier:
        found: Dossier = fresh(self.table.dossier)
        return found

    def _try(self, change: Callable[..., Any], *args: Any, is_fine: bool, by: str, **kwargs: Any) -> Any:
        """Do it when the dictionary says it can be done; otherwise see it refused."""
        who = self.table.person(by)
        if is_fine:
            return change(*args, by=who, **kwargs)
        with pytest.raises((Refused, Impossible)), transaction.atomic():
            change(*args, by=who, **kwargs)
        return None

    # --- the moves ------------------------------------------------------------------------------

    @rule(luck=st.integers(0, 2**32 - 1))
    def move(self, luck: int) -> None:
        """One of what can be done now. Drawn by dice: left to itself the machine ends and reopens most of the time."""
        dice = Random(f"{luck} {self.moves}")
        might: list[tuple[int, Callable[[Random], None]]] = [
            (4, self.grant), (5, self.wait), (2, self.leave_or_come_back), (1, self.end_or_reopen),
            (2, self.try_what_may_be_refused), (2, self.look),
        ]  # fmt: skip
        if self._running(self.world.given):
            might.append((4, self.revoke))
        if self._running(self.world.buttons):
            might.append((3, self.end_emergency))
        if self._not_his_coach():
            might += [(2, self.hand_over), (3, self.stand_in)]
        if self._without_button():
            might.append((5, self.take))
        weights = [often * (MORE if does.__name__ in self.rather else 1) for often, does in might]
        (chosen,) = dice.choices([does for _, does in might], weights=weights)
        chosen(dice)

    def grant(self, dice: Random) -> None:
        """Often to who has one: two side by side are a case of their own."""
        anybody = dice.choice(("dana", "dana", "bram", "noor"))
        self._grant(dice.choice([anybody, *self._with_a_grant()]), "plan", dice.choice((0, 1, 2, 4)))

    def revoke(self, dice: Random) -> None:
        """One, or all of somebody: who takes back the last of two must have taken back the first."""
        running = self._running(self.world.given)
        number = dice.choice([*running, *3 * [each for each in running if self._counts(self.world.given[each])]])
        all_of_his = [each for each in running if self.world.given[each].to == self.world.given[number].to]
        for each in dice.choice(([number], all_of_his)):
            self._revoke(each, "sem")

    def wait(self, dice: Random) -> None:
        hours, self.concerned = dice.choice((1, 3, 5, 30, 80)), STAFF
        self.clock.shift(timedelta(hours=hours))
        self.world.now += timedelta(hours=hours)
        self.browsers.clear()

    def hand_over(self, dice: Random) -> None:
        self._hand_over(dice.choice(self._not_his_coach()), "lotte")

    def stand_in(self, dice: Random) -> None:
        self._stand_in(dice.choice(self._not_his_coach()), dice.choice((1, 2, 4)))

    def take(self, dice: Random) -> None:
        self._take(dice.choice(self._without_button()))

    def end_emergency(self, dice: Random) -> None:
        number = dice.choice(self._running(self.world.buttons))
        self._end_emergency(number, dice.choice(("sem", "noor", "bram")))

    def leave_or_come_back(self, dice: Random) -> None:
        who = dice.choice([*STAFF, *self.world.gone, *self._with_a_grant(), *self._with_button()])
        self.concerned = (who,)
        self.browsers.pop(who, None)
        person, fem = self.table.person(who), self.table.person("fem")
        if who in self.world.gone:
            role = Role.COACH if who in COACHES else Role.PROFESSIONAL
            accounts.appoint(person, municipality=self.dossier.municipality, role=role, by=fem)
            self.world.gone.remove(who)
        else:
            accounts.leave(Post.objects.now().get(person=person, municipality=self.dossier.municipality), by=fem)
            self.world.gone.add(who)

    def end_or_reopen(self, dice: Random) -> None:
        self._end_or_reopen(dice.choice(COACHES))

    def look(self, dice: Random) -> None:
        who = dice.choice(EVERYBODY)
        self.concerned = (who,)
        self._looks_at(who, dice.choice(sorted(PAGES)))

    def try_what_may_be_refused(self, dice: Random) -> None:
        """Anybody, anything: mostly it is not his to do."""
        who, by = dice.choice(STAFF), dice.choice(STAFF)
        moves = [
            lambda: self._grant(who, "family", 1),
            lambda: self._hand_over(who, by),
            lambda: self._stand_in(who, dice.choice((0, 2))),
            lambda: self._take(by),
            lambda: self._end_or_reopen(by),
        ]
        if self.grants:
            moves.append(lambda: self._revoke(dice.randrange(len(self.grants)), by))
        if self.buttons:
            moves.append(lambda: self._end_emergency(dice.randrange(len(self.buttons)), by))
        dice.choice(moves)()

    # --- each move on both sides --------------------------------------------------------------

    def _running(self, rows: list[Given] | list[Button]) -> list[int]:
        return [number for number, row in enumerate(rows) if not row.is_stopped]

    def _not_his_coach(self) -> list[str]:
        return [name for name in COACHES if self.world.works_here(name) and name != self.world.coach]

    def _counts(self, given: Given) -> bool:
        return not given.is_stopped and self.world.today <= given.until

    def _with_a_grant(self) -> list[str]:
        return sorted({given.to for given in self.world.given if self._counts(given)})

    def _with_button(self) -> list[str]:
        return [name for name in COACHES if self.world.button_of(name)]

    def _without_button(self) -> list[str]:
        return [name for name in self._not_his_coach() if not self.world.button_of(name)]

    def _grant(self, to: str, section: str, days: int) -> None:
        until, self.concerned = self.world.today + timedelta(days=days), (to,)
        given = self._try(
            sharing.grant, self.dossier, section=section, to=self.table.person(to), purpose="x", until=until,
            is_fine=section != "family", by="sem",
        )  # fmt: skip
        if given:
            self.grants.append(given.pk)
            self.world.given.append(Given(to, section, until))

    def _revoke(self, number: int, by: str) -> None:
        given = self.world.given[number]
        is_fine, self.concerned = by == "sem" or self.world.has_in_caseload(by), (given.to,)
        self._try(sharing.revoke, Grant.objects.get(pk=self.grants[number]), is_fine=is_fine, by=by)
        given.is_stopped |= is_fine

    def _hand_over(self, to: str, by: str) -> None:
        assigns = by == "lotte" or self.world.coaches(by)
        is_fine = assigns and to in COACHES and self.world.works_here(to) and to != self.world.coach
        self.concerned = COACHES
        self._try(dossiers.hand_over, self.dossier, to=self.table.person(to), is_fine=is_fine, by=by)
        if is_fine:
            self.world.coach, self.world.stand_ins = to, []  # who stood in did so for the coach of before

    def _stand_in(self, who: str, days: int) -> None:
        until, self.concerned = self.world.today + timedelta(days=days), (who,)
        is_there = any(name == who and until <= last for name, last in self.world.stand_ins)
        is_fine = days > 0 and who in COACHES and self.world.works_here(who) and not is_there
        coach = self.table.person(who)
        self._try(dossiers.stand_in, self.dossier, coach=coach, until=until, is_fine=is_fine, by="lotte")
        if is_fine:
            self.world.stand_ins.append((who, until))

    def _take(self, by: str) -> None:
        self.concerned = (by,)
        may = by in COACHES and self.world.works_here(by) and not self.world.coaches(by)
        is_fine = may and not self.world.button_of(by)
        taken = self._try(sharing.take, self.dossier, reason=REASON, is_fine=is_fine, by=by)
        if taken:
            self.buttons.append(taken.pk)
            self.world.buttons.append(Button(by, self.world.now + FOUR_HOURS))

    def _end_emergency(self, number: int, by: str) -> None:
        button = self.world.buttons[number]
        is_fine, self.concerned = by in {"sem", button.by} or self.world.has_in_caseload(by), (button.by,)
        self._try(sharing.end, Emergency.objects.get(pk=self.buttons[number]), is_fine=is_fine, by=by)
        button.is_stopped |= is_fine

    def _end_or_reopen(self, by: str) -> None:
        is_fine, self.concerned = self.world.has_in_caseload(by), STAFF
        if self.world.has_ended:
            self._try(dossiers.reopen, self.dossier, is_fine=is_fine, by=by)
        else:
            self._try(dossiers.end, self.dossier, reason="stopped", is_fine=is_fine, by=by)
        self.world.has_ended ^= is_fine

    # --- what must be so after each of them -----------------------------------------------

    @invariant()
    def it_is_as_the_dictionary_says(self) -> None:
        """For who is concerned by the policy and the lists; through HTTP for who lost or got something."""
        now = self._all_there_is()
        changed = [key for key in now if now[key] != self.before[key]]
        self.before, self.moves = now, self.moves + 1
        names = dict.fromkeys(name for name, _ in changed)
        for name in names | dict.fromkeys(self.concerned):
            self._is_as_it_should(name)
        for name in names:
            his = [page for who, page in changed if who == name]
            for page in {his[self.moves % len(his)], STAFF_PAGES[self.moves % len(STAFF_PAGES)]}:
                self._looks_at(name, page)

    def _is_as_it_should(self, name: str) -> None:
        """Without a page in between: on what ground each section opens, and what stands on his lists."""
        person, dossier, world = self.table.person(name), self.table.dossier, self.world
        grounds = policies.grounds(person, [dossier])[dossier.id]
        expected = {section: world.ground(name, section) for section in world.reads(name)}
        assert {section: ground.partition(":")[0] for section, ground in grounds.items()} == expected, (name, world)
        assert self._has(queries.dossiers_visible_to(person)) == bool(expected), (name, world)
        assert self._has(queries.caseload_of(person)) == world.has_in_caseload(name), (name, world)

    def _has(self, listed: QuerySet[Dossier]) -> bool:
        return listed.filter(pk=self.table.dossier.pk).exists()

    def _browser(self, name: str) -> Client:
        """Signed in; anew when time passed or a post ended, as either may have ended the session."""
        if name not in self.browsers:
            self.browsers[name] = sign_in(self.table.person(name))
        return self.browsers[name]

    def _looks_at(self, name: str, page: str) -> None:
        """One request: what stands on the page, and what the reading log says of it."""
        of_sem = Look.objects.filter(about=self.table.dossier.pk)
        number = of_sem.count()
        answer = self._browser(name).get(self.table.address(page))
        said, told = set(CODED.findall(body(answer))), (name, page, self.world)
        lines = list(of_sem.filter(number__gt=number))
        if not self.world.gets(name, page):
            assert answer.status_code == 404, told
            assert body(answer) == self.table.not_there, told
            assert (said, lines) == (set(), []), told
            return
        assert answer.status_code == 200, told
        assert said & PAGES[page][1] == self.world.shows(name, page), told
        assert said <= self.world.reads(name) <= EVERYTHING, told
        opened = [line.section for line in lines]
        assert len(opened) == len(set(opened)), told
        assert said <= set(opened), told
        for line in lines:
            assert (line.result, line.person_id) == ("opened", self.table.ids[name]), told
            assert line.ground.partition(":")[0] == self.world.ground(name, line.section), told


@pytest.fixture
def game(
    dossier: Dossier,
    sem: Person,
    noor: Person,
    bram: Person,
    dana: Person,
    lotte: Person,
    fem: Person,
    kim_dossier: Dossier,
    schiedam: Municipality,
    monkeypatch: pytest.MonkeyPatch,
) -> type[Game]:
    """The game with its table laid. Bram has a caseload of his own, whose words are nobody's here."""
    monkeypatch.setattr("django.test.client.store_rendered_templates", lambda *_, **__: None)
    people = {"sem": sem, "noor": noor, "bram": bram, "dana": dana, "lotte": lotte, "fem": fem}
    for name in ALSO_ELSEWHERE:
        Post.objects.create(person=people[name], municipality=schiedam, role=Role.COACH, since=days_ago(9))
    table = Table(dossier, people)
    for name in EVERYBODY:
        sign_in(table.person(name))  # the second factor of staff is made once
    return type("Game", (Game,), {"table": table})


def play(game: type[Game], *, runs: int = RUNS, phases: tuple[Phase, ...] = tuple(Phase), luck: int = LUCK) -> None:
    """Always with the same luck: without a seed of its own, a test that gets another name plays another game."""
    run_state_machine_as_test(
        seed(luck)(game),
        settings=settings(
            max_examples=runs,
            stateful_step_count=MOVES,
            phases=phases,
            suppress_health_check=list(HealthCheck),
            database=None,
        ),
    )


@pytest.mark.slow
def test_whatever_happens_each_page_shows_what_the_dictionary_says(game: type[Game]) -> None:
    play(game)


# --- it finds faults ----------------------------------------------------------------------

Patch = pytest.MonkeyPatch


def _a_stopped_grant_still_counts(patch: Patch) -> None:
    patch.setattr(GrantQuerySet, "now", lambda q: q.filter(since__lte=days_ago(0), until__gte=days_ago(0)))


def _a_grant_never_ends(patch: Patch) -> None:
    patch.setattr(GrantQuerySet, "now", lambda q: q.filter(revoked_at=None))


def _of_two_grants_stopping_one_stops_nothing(patch: Patch) -> None:
    stop = sharing.revoke

    def only_the_last(given: Grant, *, by: Person) -> Grant:
        others = Grant.objects.now().filter(to=given.to_id, shared_section=given.shared_section).exclude(pk=given.pk)
        if others.exists() and policies.can_revoke(by, given):
            return given
        return stop(given, by=by)

    patch.setattr(sharing, "revoke", only_the_last)


def _a_grant_outlives_the_post(patch: Patch) -> None:
    patch.setattr(Person, "has_post", property(lambda _person: True))


def _the_old_coach_stays(patch: Patch) -> None:
    patch.setattr(dossiers, "Greatest", lambda *_: Value(days_ago(-30)))


def _a_stand_in_stays(patch: Patch) -> None:
    patch.setattr(
        CoachshipQuerySet,
        "now",
        lambda q: q.filter(Q(until=None) | Q(until__gt=days_ago(0)) | Q(is_stand_in=True), since__lte=days_ago(0)),
    )


def _a_stand_in_reads_everything(patch: Patch) -> None:
    patch.setitem(policies.READS, "stand_in", frozenset(EVERYTHING))


def _the_button_never_ends(patch: Patch) -> None:
    patch.setattr(EmergencyQuerySet, "now", lambda q: q.filter(ended_at=None))


def _stopping_the_button_stops_nothing(patch: Patch) -> None:
    patch.setattr(EmergencyQuerySet, "now", lambda q: q.filter(until__gt=datetime.now(UTC)))


def _the_button_outlives_the_post(patch: Patch) -> None:
    patch.setattr(EmergencyQuerySet, "of", lambda q, coach, _municipalities: q.now().filter(taken_by=coach))


def _the_button_lets_one_write(patch: Patch) -> None:
    patch.setattr(propose, "dossier_since_yes", desk.dossier_to_read)


def _the_button_puts_him_in_the_caseload(patch: Patch) -> None:
    patch.setattr(queries, "caseload_of", queries.dossiers_visible_to)


def _who_came_in_with_the_button_is_logged_as_coach(patch: Patch) -> None:
    grounds = policies.grounds

    def as_coach(person: Person, found: Any) -> Any:
        return {
            dossier: {section: "coach" if ground.startswith("emergency") else ground for section, ground in of.items()}
            for dossier, of in grounds(person, found).items()
        }

    patch.setattr(policies, "grounds", as_coach)


def _a_section_is_opened_without_a_line(patch: Patch) -> None:
    append = door.append
    patch.setattr(
        door,
        "append",
        lambda kind, lines: append(kind, [line for line in lines if line.section != "plan"] or lines[:1]),
    )


def _what_is_not_his_answers_otherwise(patch: Patch) -> None:
    def forbidden(request: Any, *_: Any) -> HttpResponse:
        return HttpResponse("Verboden", status=403)

    patch.setattr("ipta.web.errors.not_found", forbidden)
    patch.setattr("django.core.handlers.exception.response_for_exception", lambda request, fault: forbidden(request))


def _ending_closes_what_is_shared(patch: Patch) -> None:
    held = GrantQuerySet.of
    patch.setattr(GrantQuerySet, "of", lambda q, person: held(q, person).filter(dossier__ended_on=None))


# Which moves lay bare what is planted, when others do so only now and then.
FAULTS: dict[Callable[[Patch], None], tuple[str, ...]] = {
    _a_stopped_grant_still_counts: (),
    _a_grant_never_ends: ("grant", "wait"),
    _of_two_grants_stopping_one_stops_nothing: ("grant", "revoke"),
    _a_grant_outlives_the_post: ("grant", "leave_or_come_back"),
    _the_old_coach_stays: (),
    _a_stand_in_stays: (),
    _a_stand_in_reads_everything: (),
    _the_button_never_ends: (),
    _stopping_the_button_stops_nothing: (),
    _the_button_outlives_the_post: ("take", "leave_or_come_back"),
    _the_button_lets_one_write: ("take",),
    _the_button_puts_him_in_the_caseload: (),
    _who_came_in_with_the_button_is_logged_as_coach: (),
    _a_section_is_opened_without_a_line: (),
    _what_is_not_his_answers_otherwise: (),
    _ending_closes_what_is_shared: ("grant", "end_or_reopen"),
}


@pytest.mark.slow
@pytest.mark.skipif(connection.vendor != "sqlite", reason="what is planted lies above the database: once is enough")
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__.strip("_"))
def test_the_game_is_lost_with_a_fault_in_the_house(
    fault: Callable[[Patch], None], game: type[Game], monkeypatch: pytest.MonkeyPatch, written_anew: None
) -> None:
    fault(monkeypatch)
    game.rather = FAULTS[fault]
    with pytest.raises(AssertionError):
        play(game, runs=MOST, phases=(Phase.generate,))
