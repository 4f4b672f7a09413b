"""What stands out in a week of reading: the rules, without a database. Ten snoopers, and a lot of ordinary work."""

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid4

import pytest

from ipta.sharing.review import (
    LEAST_MANY,
    MANY_READERS,
    Doubted,
    Read,
    Reading,
    Right,
    Rule,
    Signal,
    Week,
    what_stands_out,
)

WEEK = Week(date(2026, 3, 2))
LONG_AGO = date(2025, 1, 1)
SECTIONS = ["identity", "plan", "contacts", "appointments", "work", "money", "health", "living", "scores"]


def at(day: int, hour: int = 10, minute: int = 0) -> datetime:
    return datetime.combine(WEEK.monday + timedelta(days=day), time(hour, minute))


def read(
    reader: UUID, dossier: UUID, when: datetime | None = None, *, ground: str = "coach", section: str = "plan"
) -> Read:
    return Read(reader, dossier, section, ground, False, uuid4(), when or at(0))


def coach_of(reader: UUID, *dossiers: UUID) -> list[Right]:
    return [Right(reader, dossier, "coach", LONG_AGO) for dossier in dossiers]


def found(reads: Iterable[Read], rights: Iterable[Right] = (), **more: object) -> list[Signal]:
    return what_stands_out(Reading(list(reads), list(rights), **more))  # type: ignore[arg-type]


@pytest.fixture
def me() -> UUID:
    return uuid4()


@pytest.fixture
def his() -> list[UUID]:
    return [uuid4() for _ in range(20)]


# --- each rule --------------------------------------------------------------------------------------


def test_a_coach_who_reads_his_own_stands_out_nowhere(me: UUID, his: list[UUID]) -> None:
    assert found([read(me, one) for one in his[:5]], coach_of(me, *his)) == []


def test_a_specialist_who_reads_at_night_through_a_link_is_no_coach_who_does(me: UUID, his: list[UUID]) -> None:
    through_links = [read(me, one, at(0, 3), ground=f"help:{uuid4()}", section="contacts") for one in his]
    assert found(through_links, coach_of(me, *his)) == []


def test_what_was_tried_in_vain_stands_out(me: UUID, his: list[UUID]) -> None:
    tried = [replace(read(me, one, ground=""), is_refused=True) for one in his[:2]]
    (signal,) = found(tried)
    assert (signal.rule, signal.readers, set(signal.dossiers), signal.times) == (Rule.REFUSED, (me,), set(his[:2]), 2)


def right(relation: str, since: date, until: date | None = None, section: str = "") -> Callable[[UUID, UUID], Right]:
    return lambda me, dossier: Right(me, dossier, relation, since, until, section)


MONDAY, SUNDAY = WEEK.monday, WEEK.sunday


@pytest.mark.parametrize(
    ("ground", "held", "is_right"),
    [
        ("coach", right("coach", LONG_AGO), True),
        ("coach", right("coach", LONG_AGO, MONDAY), True),  # handed over that day
        ("coach", right("coach", LONG_AGO, MONDAY - timedelta(days=1)), False),
        ("coach", right("coach", MONDAY + timedelta(days=1)), False),
        ("coach", right("stand_in", LONG_AGO), False),
        ("stand_in", right("stand_in", MONDAY, SUNDAY), True),
        ("stand_in", right("coach", LONG_AGO), False),
        ("grant:1", right("grant:1", LONG_AGO, SUNDAY, "plan"), True),
        ("grant:1", right("grant:1", LONG_AGO, SUNDAY, "money"), False),
        ("grant:1", right("grant:2", LONG_AGO, SUNDAY, "plan"), False),
        ("grant:1", right("grant:1", LONG_AGO, MONDAY - timedelta(days=1), "plan"), False),
        ("youth", right("youth", date.min), True),
        ("invented", right("coach", LONG_AGO), False),
    ],
)
def test_a_ground_that_is_not_to_be_found_stands_out(
    ground: str, held: Callable[[UUID, UUID], Right], is_right: bool, me: UUID, his: list[UUID]
) -> None:
    signals = found([read(me, his[0], ground=ground)], [held(me, his[0])])
    assert [signal.rule for signal in signals] == ([] if is_right else [Rule.GROUND_GONE])


def test_a_right_to_another_dossier_or_of_another_person_is_none(me: UUID, his: list[UUID]) -> None:
    rights = [*coach_of(me, his[1]), *coach_of(uuid4(), his[0])]
    assert [signal.rule for signal in found([read(me, his[0])], rights)] == [Rule.GROUND_GONE]


def test_each_emergency_stands_out_by_itself(me: UUID, his: list[UUID]) -> None:
    reads = [read(me, one, at(2, 3), ground=f"emergency:{uuid4()}") for one in his[:2]]
    assert [(s.rule, s.dossiers) for s in found(reads)] == [(Rule.EMERGENCY, (one,)) for one in sorted(his[:2])]


@pytest.mark.parametrize(
    ("hour", "minute", "stands_out"), [(6, 59, True), (7, 0, False), (22, 59, False), (23, 0, True), (3, 0, True)]
)
def test_the_night_stands_out(hour: int, minute: int, stands_out: bool, me: UUID, his: list[UUID]) -> None:
    signals = found([read(me, his[0], at(5, hour, minute))], coach_of(me, *his))
    assert [signal.rule for signal in signals] == [Rule.AT_NIGHT] * stands_out


def test_the_usual_hours_can_be_others(me: UUID, his: list[UUID]) -> None:
    evening = [read(me, his[0], at(1, 19))]
    assert found(evening, coach_of(me, *his)) == []
    assert [s.rule for s in found(evening, coach_of(me, *his), hours=(8, 18))] == [Rule.AT_NIGHT]
    assert found([read(me, his[0], at(1, 3))], coach_of(me, *his), hours=(0, 24)) == []


def test_a_youth_may_read_his_own_at_any_hour(me: UUID, his: list[UUID]) -> None:
    own = Right(me, his[0], "youth", date.min)
    assert found([read(me, his[0], at(1, 3), ground="youth")], [own]) == []


@pytest.mark.parametrize(("caseload", "opened", "stands_out"), [
    (4, 4, False), (13, LEAST_MANY, False), (13, LEAST_MANY + 1, True), (20, 15, False), (20, 16, True),
    (40, 30, False), (40, 31, True),
])  # fmt: skip
def test_many_in_a_day_is_measured_by_the_caseload(caseload: int, opened: int, stands_out: bool, me: UUID) -> None:
    dossiers = [uuid4() for _ in range(caseload)]
    signals = found([read(me, one) for one in dossiers[:opened]], coach_of(me, *dossiers))
    assert [signal.rule for signal in signals] == [Rule.MANY] * stands_out


def test_a_list_of_a_whole_caseload_is_not_many(me: UUID, his: list[UUID]) -> None:
    page = uuid4()
    assert found([replace(read(me, one), request=page) for one in his], coach_of(me, *his)) == []


def test_many_over_a_week_is_not_many_in_a_day(me: UUID, his: list[UUID]) -> None:
    assert found([read(me, one, at(day % 5)) for day, one in enumerate(his)], coach_of(me, *his)) == []


@pytest.mark.parametrize(("readers", "stands_out"), [(MANY_READERS - 1, False), (MANY_READERS, True)])
def test_one_dossier_with_many_readers_stands_out(readers: int, stands_out: bool, his: list[UUID]) -> None:
    people = [uuid4() for _ in range(readers)]
    signals = found([read(one, his[0]) for one in people], [r for one in people for r in coach_of(one, his[0])])
    assert [signal.rule for signal in signals] == [Rule.MANY_READERS] * stands_out
    assert all(set(signal.readers) == set(people) for signal in signals)


def test_what_a_youth_doubts_is_told_with_what_was_read(me: UUID, his: list[UUID]) -> None:
    reads = [read(me, his[0], section="money"), read(me, his[0], at(1), section="plan")]
    (signal,) = found(reads, coach_of(me, *his), doubts=[Doubted(his[0], me, MONDAY)])
    assert (signal.rule, signal.days, signal.sections) == (Rule.REPORTED, (MONDAY,), ("money",))


def test_a_doubt_about_an_earlier_week_is_told_too(me: UUID, his: list[UUID]) -> None:
    (signal,) = found([], doubts=[Doubted(his[0], me, LONG_AGO)])
    assert (signal.readers, signal.dossiers, signal.days) == ((me,), (his[0],), (LONG_AGO,))


def test_a_signal_keeps_its_key_while_it_is_about_the_same(me: UUID, his: list[UUID]) -> None:
    night = [read(me, one, at(1, 3)) for one in his[:3]]
    (one,), (more,) = found(night[:1], coach_of(me, *his)), found(night, coach_of(me, *his))
    (other,) = found([replace(read_, reader=UUID(int=7)) for read_ in night], coach_of(UUID(int=7), *his))
    assert one.key == more.key != other.key


def test_a_signal_is_kept_and_told_again_as_it_was(me: UUID, his: list[UUID]) -> None:
    (signal,) = found([read(me, one, at(1, 3)) for one in his[:3]], coach_of(me, *his))
    assert Signal.told(signal.rule, signal.key, signal.facts()) == signal


# --- weeks ------------------------------------------------------------------------------------------


def test_a_week_has_its_number_of_the_calendar() -> None:
    assert Week.of(date(2026, 1, 1)) == Week.numbered(2026, 1) == Week(date(2025, 12, 29))
    assert (Week.of(date(2027, 1, 3)).year, Week.of(date(2027, 1, 3)).number) == (2026, 53)
    with pytest.raises(ValueError, match="Invalid week"):
        Week.numbered(2025, 53)


def test_a_week_is_late_when_the_next_one_is_over_as_well() -> None:
    assert not WEEK.is_over(SUNDAY)
    assert WEEK.is_over(SUNDAY + timedelta(days=1))
    assert not WEEK.is_late(SUNDAY + timedelta(days=7))
    assert WEEK.is_late(SUNDAY + timedelta(days=8))


def test_weeks_come_newest_first() -> None:
    assert [week.number for week in Week.numbered(2025, 51).until(Week.numbered(2026, 2))] == [2, 1, 52, 51]


# --- ordinary work, and ten who snoop ----------------------------------------------------------------


@dataclass
class Town:
    """Thirty coaches with caseloads of all sizes, stand-ins, and professionals with whom was shared: one week of it."""

    seed: int
    reads: list[Read] = field(default_factory=list)
    rights: list[Right] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        self.caseloads = {UUID(int=self.chance.getrandbits(128)): self._dossiers() for _ in range(30)}
        for coach, dossiers in self.caseloads.items():
            self.rights += coach_of(coach, *dossiers)
        self._stand_ins()
        for coach, dossiers in list(self.caseloads.items()):
            self._works(coach, dossiers)
        for _ in range(25):
            self._professional()

    def _dossiers(self) -> list[UUID]:
        return [
            UUID(int=self.chance.getrandbits(128)) for _ in range(self.chance.choice([4, 8, 12, 18, 20, 22, 25, 40]))
        ]

    def _stand_ins(self) -> None:
        """Three are away this week; a colleague takes over."""
        coaches = list(self.caseloads)
        for away, here in zip(coaches[:3], coaches[3:6], strict=True):
            self.rights += [Right(here, one, "stand_in", MONDAY, SUNDAY) for one in self.caseloads[away]]
            self.caseloads[here] = [*self.caseloads[here], *self.caseloads[away]]
            self.caseloads[away] = []

    def _works(self, coach: UUID, dossiers: list[UUID]) -> None:
        own = {right.dossier: right.relation for right in self.rights if right.reader == coach}
        for day in range(7):
            if not dossiers or self.chance.random() < (0.05 if day < 5 else 0.8):
                continue
            for _ in range(self.chance.randint(1, 6)):
                self._list(coach, dossiers, own, self._when(day))
            visited = min(len(dossiers), max(1, round(self.chance.gauss(5, 2.5))))
            for dossier in self.chance.sample(dossiers, visited):
                self._page(coach, dossier, own[dossier], self._when(day))

    def _when(self, day: int) -> datetime:
        """Mostly by day, now and then in the evening, and once in a very long while later than one should."""
        late = self.chance.random()
        hour = 23 if late < 0.0001 else self.chance.randint(18, 22) if late < 0.15 else self.chance.randint(8, 17)
        return at(day, hour, self.chance.randint(0, 59))

    def _list(self, coach: UUID, dossiers: list[UUID], own: dict[UUID, str], when: datetime) -> None:
        page = UUID(int=self.chance.getrandbits(128))
        self.reads += [Read(coach, one, "identity", own[one], False, page, when) for one in dossiers]

    def _page(self, reader: UUID, dossier: UUID, ground: str, when: datetime) -> None:
        page = UUID(int=self.chance.getrandbits(128))
        for section in self.chance.sample(SECTIONS, self.chance.randint(2, 6)):
            self.reads.append(Read(reader, dossier, section, ground, False, page, when))

    def _professional(self) -> None:
        person = UUID(int=self.chance.getrandbits(128))
        everybody = [one for dossiers in self.caseloads.values() for one in dossiers]
        for number, dossier in enumerate(self.chance.sample(everybody, self.chance.randint(1, 4))):
            ground = f"grant:{person}-{number}"
            self.rights.append(Right(person, dossier, ground, LONG_AGO, SUNDAY, "plan"))
            when = self._when(self.chance.randint(0, 4))
            self.reads.append(Read(person, dossier, "plan", ground, False, uuid4(), when))

    @property
    def readers(self) -> set[UUID]:
        return {one.reader for one in self.reads}

    def flagged(self) -> set[UUID]:
        return {reader for signal in found(self.reads, self.rights) for reader in signal.readers}


def test_ordinary_work_stands_out_in_at_most_two_weeks_of_a_hundred() -> None:
    towns = [Town(seed) for seed in range(15)]
    weeks = sum(len(town.readers) for town in towns)
    flagged = sum(len(town.flagged()) for town in towns)
    assert weeks > 700
    assert flagged / weeks <= 0.02, f"{flagged} of {weeks}"


Snoop = Callable[[Town, UUID], None]


def tries_a_well_known_name(town: Town, who: UUID) -> None:
    victim = next(dossiers[0] for dossiers in town.caseloads.values() if dossiers)
    town.reads.append(Read(who, victim, "identity", "", True, uuid4(), at(2)))


def tries_one_after_another(town: Town, who: UUID) -> None:
    for dossiers in town.caseloads.values():
        town.reads += [Read(who, one, "identity", "", True, uuid4(), at(3)) for one in dossiers[:2]]


def reads_on_after_handing_over(town: Town, who: UUID) -> None:
    dossier = uuid4()
    town.rights += [Right(who, dossier, "coach", LONG_AGO, MONDAY - timedelta(days=3)), *coach_of(uuid4(), dossier)]
    town.reads.append(read(who, dossier, at(1)))


def stands_in_longer_than_he_should(town: Town, who: UUID) -> None:
    dossier = uuid4()
    town.rights.append(Right(who, dossier, "stand_in", MONDAY - timedelta(days=9), MONDAY - timedelta(days=2)))
    town.reads.append(read(who, dossier, at(4), ground="stand_in"))


def reads_what_is_no_longer_shared(town: Town, who: UUID) -> None:
    dossier = uuid4()
    town.rights.append(Right(who, dossier, "grant:1", LONG_AGO, MONDAY - timedelta(days=1), "money"))
    town.reads.append(read(who, dossier, at(2), ground="grant:1", section="money"))


def opens_the_door_from_behind(town: Town, who: UUID) -> None:
    """Somebody with the database made himself a line that says coach."""
    town.reads.append(read(who, uuid4(), at(2)))


def reads_at_night(town: Town, who: UUID) -> None:
    dossiers = [uuid4() for _ in range(12)]
    town.rights += coach_of(who, *dossiers)
    town.reads += [read(who, one, at(3, 2)) for one in dossiers[:3]]


def takes_everything_along_on_his_last_day(town: Town, who: UUID) -> None:
    dossiers = [uuid4() for _ in range(20)]
    town.rights += coach_of(who, *dossiers)
    town.reads += [read(who, one, at(4, 16), section=section) for one in dossiers for section in SECTIONS]


def uses_the_emergency_button_out_of_curiosity(town: Town, who: UUID) -> None:
    dossier = town.caseloads[max(town.caseloads)] or [uuid4()]
    town.reads.append(read(who, dossier[0], at(2, 11), ground=f"emergency:{uuid4()}"))


def is_one_of_many_at_one_dossier(town: Town, who: UUID) -> None:
    """Everybody had a right, on paper."""
    famous = uuid4()
    for reader in [who, *(uuid4() for _ in range(6))]:
        town.rights += coach_of(reader, famous)
        town.reads.append(read(reader, famous, at(1, 12)))


SNOOPERS: list[Snoop] = [
    tries_a_well_known_name, tries_one_after_another, reads_on_after_handing_over, stands_in_longer_than_he_should,
    reads_what_is_no_longer_shared, opens_the_door_from_behind, reads_at_night,
    takes_everything_along_on_his_last_day, uses_the_emergency_button_out_of_curiosity, is_one_of_many_at_one_dossier,
]  # fmt: skip


@pytest.mark.parametrize("snoop", SNOOPERS, ids=lambda snoop: snoop.__name__)
def test_each_of_ten_snoopers_is_found_among_ordinary_work(snoop: Snoop) -> None:
    for seed in range(5):
        town, who = Town(seed), uuid4()
        snoop(town, who)
        assert who in town.flagged()


def test_the_ten_are_ten_and_together_they_are_found_in_one_week() -> None:
    town = Town(99)
    ordinary = town.flagged()
    planted = [uuid4() for _ in SNOOPERS]
    for who, snoop in zip(planted, SNOOPERS, strict=True):
        snoop(town, who)
    assert len(planted) == 10
    assert set(planted) <= town.flagged() - ordinary
