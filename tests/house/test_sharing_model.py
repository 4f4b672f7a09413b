"""Sharing as a game: whatever happens in whatever order, each page shows what a plain dictionary says, and no more.

Given by himself or aloud while his coach types, confirmed, withdrawn, handed over, stood in, the emergency button,
ended and come back, posts that end and begin again, what is told without his yes (begun, answered, told, read, put off,
stopped), a guest whose link is given and cut, a section, a step or a small step shared with her, and time: after each
move the pages are asked for through HTTP as everybody whose rights changed, and as somebody else. What stands on a
page, what the reading log says of it and what is refused must be what `tests/house/sharing_model.py` says.

That the game finds faults is shown by planting them: with each of `FAULTS` it must be lost.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from datetime import time as o_clock
from random import Random
from typing import Any
from uuid import UUID, uuid4

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
from ipta.accounts import guests as guest_ways
from ipta.accounts.guests import Way
from ipta.accounts.models import LinkQuerySet, Municipality, Person, Post, Role
from ipta.base.verdict import Impossible, Refused, no, yes
from ipta.dossiers import commands as dossiers
from ipta.dossiers.models import CoachshipQuerySet, Dossier, NetworkPerson, Step
from ipta.sharing import commands as sharing
from ipta.sharing import door, policies, queries
from ipta.sharing.guests import cut_guest, invite_guest
from ipta.sharing.models import (
    ConsultationQuerySet,
    Emergency,
    EmergencyQuerySet,
    Grant,
    GrantQuerySet,
    Look,
    Warning,
    WarningQuerySet,
)
from ipta.sharing.warning import commands as warning
from ipta.sharing.warning.commands import Receiver, Told, Wait
from ipta.sharing.warning.rules import Picked
from ipta.web import desk
from ipta.web.coach import propose
from tests.cast import CANARY, canary, days_ago, fresh
from tests.conftest import sign_in
from tests.house.sharing_model import (
    ALSO_ELSEWHERE,
    COACHES,
    EVERYBODY,
    EVERYTHING,
    FOUR_HOURS,
    HERE,
    PAGES,
    STAFF,
    THREE_DAYS,
    Button,
    Given,
    Warned,
    World,
)
from tests.house.site import body

CODED = re.compile(rf"{CANARY}-sem-(\w+)")
REASON = "Hij belt en niemand neemt op."
MOST, MOVES = 60, 20
LUCK, MORE = 1, 5
RUNS = MOST if connection.vendor == "sqlite" else 12  # the same game, shorter where the walls stand as well

ON_HER_PAGE = {"step": "Samen bellen over de fiets", "piece": "Zoek eerst het nummer", "plan": canary("sem", "plan")}
MOST_WARNINGS = 2  # in one game: more of them say no more
GUEST_MOVES = ("invite_ria", "share_with_ria", "cut_ria")
TYPED_MOVES = ("grant", "confirm")
WARNING_MOVES = ("warn", "go_on_with_a_warning", "open_a_link")
STAFF_PAGES = [page for page in PAGES if page.startswith("coach:")]


class Table:
    """The world of the game on the house itself: one dossier, with the people around it."""

    def __init__(self, dossier: Dossier, people: dict[str, Person], ria: NetworkPerson) -> None:
        self.dossier, self._people, self.ria = dossier, people, ria
        step = dossiers.promise(dossier, text=ON_HER_PAGE["step"], owner="youth", by=people["sem"])
        (piece,) = dossiers.cut(step, texts=[ON_HER_PAGE["piece"]], by=people["sem"])
        self.things = {"step": step.pk, "piece": piece.pk}
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
        self.warnings: list[UUID] = []
        self.links: dict[int, str] = {}  # the secret of each that was given
        self.ways: list[Way] = []  # ria's, the last of which may work
        self.phone = Client()  # hers
        self.ways_given = False
        self.ria_before: tuple[bool, set[str]] = (False, set())
        self.to_confirm_before: set[int] = set()
        self.browsers: dict[str, Client] = {}
        self.before, self.moves = self._all_there_is(), 0
        self.warned_before = self._all_that_is_told()
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

    def _all_that_is_told(self) -> dict[str, set[int]]:
        """What the dictionary says of each warning: of which he reads, whose link opens, and what dana was asked."""
        rows = list(enumerate(self.world.warnings))
        return {
            "his page": {number for number, row in rows if self.world.is_told(row)},
            "his log": {number for number, row in rows if self.world.is_told(row) and row.was_read},
            "link": {number for number, row in rows if self.world.link_opens(row)},
            "asked": {number for number, _ in rows if self.world.second_reads("dana")},
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
        try:
            with transaction.atomic():
                change(*args, by=who, **kwargs)
        except (Refused, Impossible):
            return None
        raise AssertionError(f"{change.__name__} by {by} is not refused: {self.world}")

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
        if self.world.to_confirm():
            might.append((2, self.confirm))
        if self._running(self.world.buttons):
            might.append((3, self.end_emergency))
        if self._not_his_coach():
            might += [(2, self.hand_over), (3, self.stand_in)]
        if self._without_button():
            might.append((5, self.take))
        if self.world.has_way:
            might += [(4, self.share_with_ria), (2, self.cut_ria)]
        else:
            might.append((3, self.invite_ria))
        if self._who_may_warn() and self.world.works_here("dana") and len(self.world.warnings) < MOST_WARNINGS:
            might.append((5, self.warn))
        if self.world.warnings:
            might += [(6, self.go_on_with_a_warning), (2, self.open_a_link)]
        weights = [often * (MORE if does.__name__ in self.rather else 1) for often, does in might]
        (chosen,) = dice.choices([does for _, does in might], weights=weights)
        chosen(dice)

    def grant(self, dice: Random) -> None:
        """Often to who has one: two side by side are a case of their own."""
        anybody = dice.choice(("dana", "dana", "bram", "noor"))
        to, days = dice.choice([anybody, *self._with_a_grant()]), dice.choice((0, 1, 2, 4))
        self._grant(to, "plan", days, **self._said_by(dice))

    def _said_by(self, dice: Random) -> dict[str, Any]:
        """Mostly himself; or to a coach, who now and then shares it without his word."""
        by = dice.choice(("sem", "sem", self.world.coach, dice.choice(COACHES)))
        return {"by": by, "aloud": by != "sem" and dice.random() < 0.7}

    def confirm(self, dice: Random) -> None:
        self._confirm(dice.choice(sorted(self.world.to_confirm())), dice.choice(("sem", self.world.coach)))

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

    def invite_ria(self, dice: Random) -> None:
        self._invite_ria(dice.choice(("sem", "sem", "noor", "bram")))

    def share_with_ria(self, dice: Random) -> None:
        """The step, its small step, or the whole plan, which is the most of the three."""
        thing, days = dice.choice(("step", "step", "piece", "", "")), dice.choice((0, 1, 2, 4))
        self._grant("ria", "plan", days, thing=thing, **self._said_by(dice))

    def cut_ria(self, dice: Random) -> None:
        self._cut_ria(dice.choice(("sem", "noor", "bram")))

    def warn(self, dice: Random) -> None:
        self._warn(dice.choice(self._who_may_warn()), is_acute=dice.random() < 0.5, days=dice.choice((0, 0, 1, 4, 14)))

    def go_on_with_a_warning(self, dice: Random) -> None:
        """Whatever can happen to one of them next; now and then by who may not."""
        number = dice.randrange(len(self.world.warnings))
        by = dice.choice([*3 * self._who_may_warn(), *COACHES, "sem"])
        moves = [
            lambda: self._give(number, by),
            lambda: self._give(number, by),
            lambda: self._give(number, by),
            lambda: self._answer(number, dice.choice(("dana", "dana", "dana", by)), dice.choice(("yes", "yes", "no"))),
            lambda: self._answer(number, "dana", dice.choice(("yes", "yes", "no"))),
            lambda: self._wait_longer(number, by, dice.choice((1, 5, 14, 15))),
            lambda: self._tell_now(number, by),
            lambda: self._stop_warning(number, by),
        ]
        dice.choice(moves)()

    def open_a_link(self, dice: Random) -> None:
        if self.links:
            self._open_link(dice.choice(sorted(self.links)))

    def end_emergency(self, dice: Random) -> None:
        number = dice.choice(self._running(self.world.buttons))
        self._end_emergency(number, dice.choice(("sem", "noor", "bram")))

    def leave_or_come_back(self, dice: Random) -> None:
        who = dice.choice([*STAFF, *self.world.gone, *self._with_a_grant(STAFF), *self._with_button()])
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
            lambda: self._warn(by, is_acute=True, days=0),
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

    def _with_a_grant(self, among: tuple[str, ...] = (*STAFF, "ria")) -> list[str]:
        return sorted({given.to for given in self.world.given if given.to in among and self._counts(given)})

    def _with_button(self) -> list[str]:
        return [name for name in COACHES if self.world.button_of(name)]

    def _without_button(self) -> list[str]:
        return [name for name in self._not_his_coach() if not self.world.button_of(name)]

    def _grant(
        self, to: str, section: str, days: int, *, thing: str = "", by: str = "sem", aloud: bool = False
    ) -> None:
        until, self.concerned = self.world.today + timedelta(days=days), (to,)
        given = self._try(
            sharing.grant, self.dossier, section=section, to=self.table.person(to), purpose="x", until=until,
            **({"item": self.table.things[thing], "item_kind": "step"} if thing else {}), aloud=aloud,
            is_fine=self.world.may_share(by, to, section, aloud=aloud), by=by,
        )  # fmt: skip
        if given:
            self.grants.append(given.pk)
            self.world.given.append(Given(to, section, until, thing, is_typed=aloud))

    def _confirm(self, number: int, by: str) -> None:
        is_fine, self.concerned = by == "sem", ()
        self._try(sharing.confirm, Grant.objects.get(pk=self.grants[number]), is_fine=is_fine, by=by)
        self.world.given[number].is_typed &= not is_fine

    def _invite_ria(self, by: str) -> None:
        is_fine = self.world.coaches(by) or (by == "sem" and not self.world.has_ended)
        way = self._try(invite_guest, fresh(self.table.ria), is_fine=is_fine, by=by)
        if way:
            self.ways.append(way)
            self.ways_given = True
            self.world.has_way = True

    def _cut_ria(self, by: str) -> None:
        is_fine = by == "sem" or self.world.has_in_caseload(by)
        self._try(cut_guest, fresh(self.table.ria), is_fine=is_fine, by=by)
        self.world.has_way &= not is_fine

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

    def _who_may_warn(self) -> list[str]:
        return [name for name in COACHES if self.world.may_warn(name)]

    def _warn(self, by: str, *, is_acute: bool, days: int) -> None:
        number, now, until = len(self.world.warnings), self.world.now, self.world.today + timedelta(days=days)
        line = Picked("step", uuid4(), "plan", f"regel {number}")
        receiver = Receiver(f"Ontvanger {number}", "wijkagent", "Politie")
        made = self._try(
            warning.warn, self.dossier, ground="acute" if is_acute else "code",
            facts=f"Feit {number} gaat over gevaar.", receiver=receiver, items=[line], way="link", hours=24,
            second=self.table.person("dana"),
            wait=Wait(until, REASON) if days else None,
            is_fine=self.world.may_warn(by) and self.world.works_here("dana"), by=by,
        )  # fmt: skip
        if made:
            self.warnings.append(made.pk)
            tells_at = self.world.morning_of(until) if days else now + THREE_DAYS
            self.world.warnings.append(Warned(is_acute, now, tells_at, times_postponed=bool(days), hours=24))

    def _warning(self, number: int) -> Warning:
        return Warning.objects.get(pk=self.warnings[number])

    def _give(self, number: int, by: str) -> None:
        warned, row = self.world.warnings[number], self._warning(number)
        told = Told("", f"Feit {number} gaat over gevaar.", "", (("", f"regel {number}"),))
        token = self._try(warning.give, row, told=told, is_fine=self.world.may_give(by, warned), by=by)
        if token:
            self.links[number] = token
            warned.given_by, warned.until = by, self.world.now + timedelta(hours=warned.hours)
            if not warned.times_postponed:
                warned.tells_at = self.world.now

    def _answer(self, number: int, by: str, answer: str) -> None:
        warned = self.world.warnings[number]
        is_fine = self.world.second_reads(by) and not warned.answer
        asked = self._warning(number).asked_of
        if self._try(warning.answer_consultation, asked, answer=answer, words="Zo is het.", is_fine=is_fine, by=by):
            warned.answer = answer

    def _wait_longer(self, number: int, by: str, days: int) -> None:
        warned = self.world.warnings[number]
        until = warned.tells_at.astimezone(HERE).date() + timedelta(days=days)
        is_fine = self.world.may_wait_longer(by, warned) and days <= 14
        if self._try(warning.wait_longer, self._warning(number), Wait(until, REASON), is_fine=is_fine, by=by):
            warned.tells_at, warned.times_postponed = self.world.morning_of(until), 2

    def _tell_now(self, number: int, by: str) -> None:
        warned = self.world.warnings[number]
        if self._try(warning.tell_now, self._warning(number), is_fine=self.world.may_warn(by), by=by):
            warned.tells_at = min(warned.tells_at, self.world.now)

    def _stop_warning(self, number: int, by: str) -> None:
        warned = self.world.warnings[number]
        if self._try(warning.stop_warning, self._warning(number), is_fine=self.world.may_warn(by), by=by):
            if not warned.is_stopped and not warned.times_postponed:
                warned.tells_at = min(warned.tells_at, self.world.now)
            warned.is_stopped = True

    def _open_link(self, number: int) -> None:
        """Without an account, and as whoever has it: the words that were picked, with a line for each section."""
        warned = self.world.warnings[number]
        of_it = Look.objects.filter(ground=f"warning:{self.warnings[number]}", reader_role="warning")
        before = of_it.count()
        answer = Client().post(reverse("receiver:letter", args=[self.links[number]]))
        opens = self.world.link_opens(warned)
        assert answer.status_code == (200 if opens else 404), (number, self.world)
        assert (f"Feit {number} gaat" in answer.text, f"regel {number}" in answer.text) == (opens, opens)
        assert of_it.count() - before == (2 if opens else 0)
        warned.was_read |= opens

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

    @invariant()
    def what_is_told_without_his_yes_is_as_the_dictionary_says(self) -> None:
        """Through HTTP, when that became another: on his page and in his log, by the link, and for dana."""
        now, before = self._all_that_is_told(), self.warned_before
        for number in now["link"] ^ before["link"]:
            self._open_link(number)
        now = self._all_that_is_told()  # reading a link is told as well
        self.warned_before = now
        if now["his page"] != before["his page"]:
            page = self._browser("sem").get(reverse("youth:warnings")).text
            assert set(map(int, re.findall(r"Feit (\d+) gaat", page))) == now["his page"], self.world
        if now["his log"] != before["his log"] or now["link"] != before["link"]:
            page = self._browser("sem").get(reverse("youth:looks")).text
            assert set(map(int, re.findall(r"Ontvanger (\d+)", page))) == now["his log"], self.world
        if now["asked"] != before["asked"]:
            for number in range(len(self.warnings)):
                asked = self._warning(number).asked_of
                answer = self._browser("dana").get(reverse("second:consultation", args=[asked.pk]))
                assert answer.status_code == (200 if number in now["asked"] else 404), (number, self.world)

    @invariant()
    def ria_sees_what_the_dictionary_says(self) -> None:
        """Through her door, when she gets in or out, or something is shared or stopped; what was before is shut."""
        now = (self.world.has_way, self.world.ria_sees())
        if now == self.ria_before and not self.ways_given:
            return
        self.ria_before, self.ways_given = now, False
        page = self.phone.get("/mee/")  # as it was open, before she knows of anything
        if not self.world.has_way:
            assert page.status_code == 302, self.world
            assert Client().get(f"/mee/{self.ways[-1].token}/").status_code == 404
            return
        for way in self.ways[:-1]:
            assert Client().get(f"/mee/{way.token}/").status_code == 404
        door = f"/mee/{self.ways[-1].token}/"
        assert (
            ON_HER_PAGE["piece"] not in Client().get(door, follow=True).text
        )  # the link that wandered off asks the code
        self.phone.post(door, {"code": self.ways[-1].code})
        self._is_on_her_page(self.phone.get("/mee/"), now[1])

    @invariant()
    def what_was_typed_waits_for_him(self) -> None:
        """On his own page, when that became another."""
        now = self.world.to_confirm()
        if now == self.to_confirm_before:
            return
        self.to_confirm_before = now
        page = self._browser("sem").get(reverse("youth:grants")).text
        asked = {number for number, pk in enumerate(self.grants) if reverse("youth:confirm", args=[pk]) in page}
        assert asked == now, self.world

    def _is_on_her_page(self, page: HttpResponse, sees: set[str]) -> None:
        assert page.status_code == 200, self.world
        said = {what for what, words in ON_HER_PAGE.items() if words in body(page)}
        assert said == sees, self.world
        assert set(CODED.findall(body(page))) <= {"plan"}, self.world
        opened = Look.objects.filter(about=self.table.dossier.pk, person_id=self.table.ids["ria"])
        assert {look.ground.partition(":")[0] for look in opened} <= {"grant"}, self.world
        assert {look.section for look in opened} <= {"plan"}, self.world

    def _is_as_it_should(self, name: str) -> None:
        """Without a page in between: on what ground each section opens, and what stands on his lists."""
        person, dossier, world = self.table.person(name), self.table.dossier, self.world
        grounds = policies.grounds(person, [dossier])[dossier.id]
        expected = {section: world.ground(name, section) for section in world.reads(name)}
        assert {section: ground.partition(":")[0] for section, ground in grounds.items()} == expected, (name, world)
        assert self._has(queries.dossiers_visible_to(person)) == (bool(expected) or world.is_shown_one_thing(name)), (
            name,
            world,
        )
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
    ria: NetworkPerson,
    mother: Person,
    schiedam: Municipality,
    monkeypatch: pytest.MonkeyPatch,
) -> type[Game]:
    """The game with its table laid. Bram has a caseload of his own, whose words are nobody's here."""
    monkeypatch.setattr("django.test.client.store_rendered_templates", lambda *_, **__: None)
    people = {"sem": sem, "noor": noor, "bram": bram, "dana": dana, "lotte": lotte, "fem": fem, "ria": mother}
    for name in ALSO_ELSEWHERE:
        Post.objects.create(person=people[name], municipality=schiedam, role=Role.COACH, since=days_ago(9))
    cut_guest(fresh(ria), by=sem)  # she has no way in yet
    table = Table(dossier, people, ria)
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


def _he_is_told_too_early(patch: Patch) -> None:
    patch.setattr(WarningQuerySet, "told", lambda q: q.all())


def _he_is_never_told(patch: Patch) -> None:
    patch.setattr(WarningQuerySet, "told", lambda q: q.filter(times_postponed=0, tells_at__lte=datetime.now(UTC)))


def _his_log_gives_it_away(patch: Patch) -> None:
    patch.setattr(queries, "told_lines", lambda dossier: Look.objects.filter(about=dossier.pk))
    patch.setattr("ipta.web.youth.looks.named", lambda _reader, dossier, looking: _named_anyway(dossier, looking))


def _named_anyway(dossier: Dossier, looking: Any) -> Any:
    rows = Warning.objects.filter(dossier=dossier).order_by("made_at")
    names = {row.pk: f"Ontvanger {number}" for number, row in enumerate(rows)}
    return [replace(look, reader=look.reader or names.get(look.warning, "")) for look in looking]


def _the_link_survives_a_no(patch: Patch) -> None:
    patch.setattr(warning.policies, "can_pass_on", lambda _by, row: yes() if row.is_open else no(""))
    patch.setattr("ipta.web.receiver.letter.policies.can_pass_on", warning.policies.can_pass_on)


def _the_link_never_ends(patch: Patch) -> None:
    patch.setattr(Warning, "is_open", property(lambda row: row.given_at and row.ended_at is None))
    patch.setattr(LinkQuerySet, "open", lambda q: q.filter(ended_at=None))


def _it_is_told_without_a_second_person(patch: Patch) -> None:
    patch.setattr(warning.policies, "can_give", lambda by, row: warning.policies.can_warn(by, row.dossier))


def _who_left_still_thinks_along(patch: Patch) -> None:
    patch.setattr(ConsultationQuerySet, "asked_of", lambda q, person: q.filter(second=person))


def _putting_off_has_no_end(patch: Patch) -> None:
    patch.setattr(warning.policies, "can_wait_longer", lambda by, row: warning.policies.can_warn(by, row.dossier))


def _one_thing_opens_its_section(patch: Patch) -> None:
    patch.setattr(GrantQuerySet, "of_sections", lambda q: q)
    patch.setattr(Grant, "item", None)


def _a_small_step_stays_behind(patch: Patch) -> None:
    patch.setattr(policies, "_pieces", lambda **_: [])


def _a_small_step_brings_its_step(patch: Patch) -> None:
    shown = policies.shown

    def with_the_whole(person: Person, dossier: UUID) -> dict[policies.Item, str]:
        found = shown(person, dossier)
        steps = Step.objects.filter(pieces__in=[row for _, row in found]).values_list("pk", flat=True)
        return found | {("plan", step): next(iter(found.values())) for step in steps}

    patch.setattr(policies, "shown", with_the_whole)
    patch.setattr(
        "ipta.web.network.shared._with_small",
        lambda items: Q(pk__in=items) | Q(pk__in=Step.objects.filter(pieces__in=items)),
    )


def _who_stands_in_speaks_for_him(patch: Patch) -> None:
    patch.setattr(policies, "is_own_coach", policies.dossiers.is_coach)


def _the_coach_shares_without_a_word_of_his(patch: Patch) -> None:
    can_grant = policies.can_grant
    patch.setattr(policies, "can_grant", lambda *args, aloud=False: can_grant(*args, aloud=True))


def _the_coach_says_himself_that_it_was_so(patch: Patch) -> None:
    patch.setattr(policies, "can_confirm", policies.can_revoke)


def _what_was_typed_is_not_asked_of_him(patch: Patch) -> None:
    patch.setattr("ipta.web.reins._Told.to_confirm", lambda _told, _grants: [])


def _cutting_her_link_cuts_nothing(patch: Patch) -> None:
    patch.setattr(guest_ways, "close", lambda _person: None)


# Which moves lay bare what is planted, when others do so only now and then.
FAULTS: dict[Callable[[Patch], None], tuple[str, ...]] = {
    _a_stopped_grant_still_counts: (),
    _a_grant_never_ends: ("grant", "wait"),
    _of_two_grants_stopping_one_stops_nothing: ("grant", "revoke"),
    _a_grant_outlives_the_post: ("grant", "leave_or_come_back"),
    _the_old_coach_stays: (),
    _a_stand_in_stays: ("stand_in", "wait"),
    _a_stand_in_reads_everything: (),
    _the_button_never_ends: ("take", "wait"),
    _stopping_the_button_stops_nothing: ("take", "end_emergency"),
    _the_button_outlives_the_post: ("take", "leave_or_come_back"),
    _the_button_lets_one_write: ("take",),
    _the_button_puts_him_in_the_caseload: (),
    _who_came_in_with_the_button_is_logged_as_coach: (),
    _a_section_is_opened_without_a_line: (),
    _what_is_not_his_answers_otherwise: (),
    _ending_closes_what_is_shared: ("grant", "end_or_reopen"),
    _he_is_told_too_early: WARNING_MOVES,
    _he_is_never_told: (*WARNING_MOVES, "wait"),
    _his_log_gives_it_away: WARNING_MOVES,
    _the_link_survives_a_no: WARNING_MOVES,
    _the_link_never_ends: (*WARNING_MOVES, "wait"),
    _it_is_told_without_a_second_person: WARNING_MOVES,
    _who_left_still_thinks_along: (*WARNING_MOVES, "leave_or_come_back"),
    _putting_off_has_no_end: WARNING_MOVES,
    _one_thing_opens_its_section: GUEST_MOVES,
    _cutting_her_link_cuts_nothing: GUEST_MOVES,
    _a_small_step_stays_behind: GUEST_MOVES,
    _a_small_step_brings_its_step: GUEST_MOVES,
    _who_stands_in_speaks_for_him: ("stand_in", "grant"),
    _the_coach_shares_without_a_word_of_his: TYPED_MOVES,
    _the_coach_says_himself_that_it_was_so: TYPED_MOVES,
    _what_was_typed_is_not_asked_of_him: (),
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
