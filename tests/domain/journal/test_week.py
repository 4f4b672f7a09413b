"""The weekly review: what a privacy officer finds of real reading, what he makes of it, and a name below it."""

from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ipta.accounts.models import Municipality, Person, Role
from ipta.base.verdict import Impossible, Refused
from ipta.dossiers import commands as dossiers
from ipta.dossiers.models import Coachship, Dossier
from ipta.journal.commands import append
from ipta.sharing import commands
from ipta.sharing.door import Reader
from ipta.sharing.models import Doubt, Judgement, Look, Review
from ipta.sharing.review import Rule, Verdict, Week
from ipta.sharing.weeks import OpenWeek, looks_in, week_of, weeks_of
from tests.asking import assert_refused, last_entry, verbs
from tests.cast import CANARY, days_ago, staff

LAST_WEEK = Week.of(days_ago(7))


def last_week(day: int, hour: int = 10) -> datetime:
    return timezone.make_aware(datetime.combine(LAST_WEEK.monday + timedelta(days=day), time(hour)))


@pytest.fixture
def read_at() -> Callable[..., None]:
    def read(person: Person, dossier: Dossier, *sections: str, day: int = 1, hour: int = 10) -> None:
        with time_machine.travel(last_week(day, hour), tick=False):
            Reader(person).unlock([dossier], *(sections or ("plan",)))

    return read


def rules(opened: OpenWeek) -> list[Rule]:
    return [one.signal.rule for one in opened.found]


@pytest.fixture
def night(dossier: Dossier, noor: Person, read_at: Callable[..., None]) -> Dossier:
    """Noor read sem's plan and money at three in the night."""
    read_at(noor, dossier, "plan", "money", hour=3)
    return dossier


# --- what is found -----------------------------------------------------------------------------------


def test_ordinary_work_of_the_cast_stands_out_nowhere(
    world: Dossier, zoetermeer: Municipality, noor: Person, sem: Person, stef: Person, dana: Person, bram: Person,
    kim_dossier: Dossier, read_at: Callable[..., None],
) -> None:  # fmt: skip
    Coachship.objects.filter(coach=stef).update(since=LAST_WEEK.monday)
    with time_machine.travel(last_week(0)):
        commands.grant(world, section="plan", to=dana, purpose="samen plannen", by=sem)
    for day in range(5):
        read_at(noor, world, "identity", "plan", "contacts", day=day)
        read_at(stef, world, "identity", "plan", day=day, hour=20)
        read_at(sem, world, "plan", "messages", day=day, hour=23)
        read_at(dana, world, "plan", day=day)
        read_at(bram, kim_dossier, "identity", "money", day=day)
    opened = week_of(zoetermeer, LAST_WEEK)
    assert rules(opened) == []
    assert (opened.readers, opened.dossiers) == (5, 2)
    assert opened.lines == Look.objects.count()


def test_reading_at_night_is_found_with_what_one_needs_to_judge_it(
    night: Dossier, zoetermeer: Municipality, noor: Person
) -> None:
    (found,) = week_of(zoetermeer, LAST_WEEK).found
    assert found.signal.rule == Rule.AT_NIGHT
    assert found.signal.readers == (noor.id,)
    assert found.signal.dossiers == (night.id,)
    assert found.signal.sections == ("money", "plan")
    assert found.signal.relations == ("coach",)
    assert (found.signal.times, found.signal.days) == (1, (LAST_WEEK.monday + timedelta(days=1),))


def test_a_refusal_is_found(dossier: Dossier, zoetermeer: Municipality, bram: Person) -> None:
    with time_machine.travel(last_week(2)), pytest.raises(Refused):
        Reader(bram).text(dossier.nickname)
    assert rules(week_of(zoetermeer, LAST_WEEK)) == [Rule.REFUSED]


def test_an_emergency_is_found(
    dossier: Dossier, zoetermeer: Municipality, bram: Person, read_at: Callable[..., None]
) -> None:
    with time_machine.travel(last_week(2)):
        commands.take(dossier, reason="Hij belde in paniek en Noor neemt niet op.", by=bram)
    read_at(bram, dossier, "health", day=2, hour=11)
    assert rules(week_of(zoetermeer, LAST_WEEK)) == [Rule.EMERGENCY]


def test_reading_on_after_handing_over_is_found(
    dossier: Dossier, zoetermeer: Municipality, noor: Person, bram: Person, read_at: Callable[..., None]
) -> None:
    """The door let her in by mistake: the line says coach, and she was none any more."""
    read_at(noor, dossier, day=4)
    Coachship.objects.filter(dossier=dossier).update(until=LAST_WEEK.monday + timedelta(days=2))
    assert rules(week_of(zoetermeer, LAST_WEEK)) == [Rule.GROUND_GONE]


def test_handing_over_in_the_middle_of_a_week_is_not(
    dossier: Dossier, zoetermeer: Municipality, noor: Person, bram: Person, read_at: Callable[..., None]
) -> None:
    read_at(noor, dossier, day=2)
    with time_machine.travel(last_week(2, 15)):
        dossiers.hand_over(dossier, to=bram, by=noor)
    read_at(bram, dossier, day=2, hour=16)
    assert rules(week_of(zoetermeer, LAST_WEEK)) == []


def test_who_was_to_come_and_did_not_had_no_right_on_his_day(
    dossier: Dossier, zoetermeer: Municipality, noor: Person, bram: Person, read_at: Callable[..., None]
) -> None:
    """The door let him in by mistake, on the very day on which he would have begun."""
    on = LAST_WEEK.monday + timedelta(days=3)
    with time_machine.travel(last_week(0)):
        dossiers.hand_over(dossier, to=bram, on=on, by=noor)
    read_at(bram, dossier, day=3)
    planned = Coachship.objects.filter(dossier=dossier, coach=bram)
    assert rules(week_of(zoetermeer, LAST_WEEK)) == []
    planned.update(until=on, is_off=True)
    assert rules(week_of(zoetermeer, LAST_WEEK)) == [Rule.GROUND_GONE]


def test_a_grant_that_was_withdrawn_is_found(
    dossier: Dossier, zoetermeer: Municipality, sem: Person, dana: Person, read_at: Callable[..., None]
) -> None:
    with time_machine.travel(last_week(0)):
        given = commands.grant(dossier, section="money", to=dana, purpose="schulden", by=sem)
    read_at(dana, dossier, "money", day=3)
    assert rules(week_of(zoetermeer, LAST_WEEK)) == []
    given.revoked_at = last_week(1)
    given.save()
    assert rules(week_of(zoetermeer, LAST_WEEK)) == [Rule.GROUND_GONE]


def test_another_municipality_and_another_week_are_not_in_it(
    night: Dossier, zoetermeer: Municipality, schiedam: Municipality
) -> None:
    before = Week(LAST_WEEK.monday - timedelta(days=7))
    assert rules(week_of(schiedam, LAST_WEEK)) == rules(week_of(zoetermeer, before)) == []


def test_the_first_and_the_last_minute_are_in_it(dossier: Dossier, zoetermeer: Municipality, noor: Person) -> None:
    monday = timezone.make_aware(datetime.combine(LAST_WEEK.monday, time(0)))
    for moment in (timedelta(seconds=-1), timedelta(0), timedelta(days=7, seconds=-1), timedelta(days=7)):
        with time_machine.travel(monday + moment, tick=False):
            Reader(noor).unlock([dossier], "plan")
    assert looks_in(zoetermeer, LAST_WEEK).count() == 2


# --- the youth doubts --------------------------------------------------------------------------------


def noors_look(dossier: Dossier, noor: Person) -> Look:
    Reader(noor).unlock([dossier], "plan")
    return Look.objects.get(about=dossier.id, person_id=noor.id)


def test_what_the_youth_doubts_is_in_the_review_of_the_week_in_which_he_says_so(
    dossier: Dossier, zoetermeer: Municipality, noor: Person, sem: Person, read_at: Callable[..., None]
) -> None:
    """Also of a day in a week that was signed long ago: nothing he says goes where nobody looks any more."""
    read_at(noor, dossier, day=1)
    commands.doubt(dossier, Look.objects.get(about=dossier.id), by=sem)
    assert rules(week_of(zoetermeer, LAST_WEEK)) == []
    (found,) = week_of(zoetermeer, Week.of(timezone.localdate())).found
    assert found.signal.rule == Rule.REPORTED
    assert (found.signal.readers, found.signal.days) == ((noor.id,), (LAST_WEEK.monday + timedelta(days=1),))


def test_a_doubt_is_written_once(dossier: Dossier, noor: Person, sem: Person) -> None:
    look = noors_look(dossier, noor)
    commands.doubt(dossier, look, by=sem)
    commands.doubt(dossier, look, by=sem)
    assert Doubt.objects.count() == 1
    assert verbs(dossier).count("look.doubted") == 1
    assert last_entry(dossier).facts == {"day": str(timezone.localdate()), "reader": str(noor.id)}


def test_only_the_youth_doubts_and_not_his_own_reading(
    world: Dossier, outsiders: list[Person], noor: Person, stef: Person, sem: Person, kim_dossier: Dossier, kim: Person
) -> None:
    look = noors_look(world, noor)
    assert_refused(commands.doubt, world, look, by=[*outsiders, noor, stef], match="Alleen de jongere zelf")
    Reader(sem).unlock([world], "plan")
    own = Look.objects.get(about=world.id, person_id=sem.id)
    assert_refused(commands.doubt, world, own, by=[sem])
    assert_refused(commands.doubt, kim_dossier, look, by=[kim])


# --- judging and signing -----------------------------------------------------------------------------


@pytest.fixture
def key(night: Dossier, zoetermeer: Municipality) -> str:
    return week_of(zoetermeer, LAST_WEEK).found[0].signal.key


def judge(here: Municipality, key: str, by: Person, verdict: str = "explained", week: Week = LAST_WEEK) -> Judgement:
    judged: Judgement = commands.judge(here, week, key, verdict=verdict, by=by)
    return judged


def test_a_signal_is_judged_and_the_week_signed(
    zoetermeer: Municipality, pepijn: Person, noor: Person, key: str
) -> None:
    judged = judge(zoetermeer, key, pepijn, "talk")
    assert (judged.verdict, judged.judged_by, judged.rule) == (Verdict.TALK, pepijn, Rule.AT_NIGHT)
    signed = commands.sign(zoetermeer, LAST_WEEK, by=pepijn)
    assert (signed.signed_by, signed.reads) == (pepijn, 2)
    assert verbs(zoetermeer)[-2:] == ["review.judged", "review.signed"]
    assert last_entry(zoetermeer).facts == {"monday": str(LAST_WEEK.monday)}


def test_what_was_kept_of_a_signal_holds_no_word(zoetermeer: Municipality, pepijn: Person, key: str) -> None:
    facts = judge(zoetermeer, key, pepijn).facts
    assert set(facts) == {"readers", "dossiers", "days", "sections", "relations", "times"}
    assert CANARY not in str(facts)
    assert "Noor" not in str(facts)


def test_one_may_think_again_until_the_week_is_signed(zoetermeer: Municipality, pepijn: Person, key: str) -> None:
    judge(zoetermeer, key, pepijn, "incident")
    assert judge(zoetermeer, key, pepijn, "explained").verdict == Verdict.EXPLAINED
    assert Judgement.objects.count() == 1
    commands.sign(zoetermeer, LAST_WEEK, by=pepijn)
    with pytest.raises(Impossible, match="al getekend"):
        judge(zoetermeer, key, pepijn, "incident")
    assert Judgement.objects.get().verdict == Verdict.EXPLAINED


def test_a_week_is_signed_once(zoetermeer: Municipality, pepijn: Person, key: str) -> None:
    judge(zoetermeer, key, pepijn)
    commands.sign(zoetermeer, LAST_WEEK, by=pepijn)
    other = staff("Vos", "Gemeente", (zoetermeer, Role.PRIVACY_OFFICER))
    with pytest.raises(Impossible, match="al getekend"):
        commands.sign(zoetermeer, LAST_WEEK, by=other)
    assert Review.objects.get().signed_by == pepijn


def test_a_week_is_not_signed_before_everything_was_judged(zoetermeer: Municipality, pepijn: Person, key: str) -> None:
    with pytest.raises(Impossible, match="Beoordeel eerst alles"):
        commands.sign(zoetermeer, LAST_WEEK, by=pepijn)
    assert verbs(zoetermeer) == []


def test_a_week_without_signals_is_signed_as_well(zoetermeer: Municipality, pepijn: Person) -> None:
    assert commands.sign(zoetermeer, LAST_WEEK, by=pepijn).reads == 0


def test_the_running_week_is_neither_judged_nor_signed(
    dossier: Dossier, zoetermeer: Municipality, pepijn: Person, noor: Person, sem: Person
) -> None:
    this_week = Week.of(timezone.localdate())
    commands.doubt(dossier, noors_look(dossier, noor), by=sem)
    found = week_of(zoetermeer, this_week).found
    assert found
    for each in found:
        with pytest.raises(Impossible, match="loopt nog"):
            judge(zoetermeer, each.signal.key, pepijn, week=this_week)
    with pytest.raises(Impossible, match="loopt nog"):
        commands.sign(zoetermeer, this_week, by=pepijn)


def test_what_does_not_stand_there_is_not_judged(zoetermeer: Municipality, pepijn: Person, key: str) -> None:
    with pytest.raises(Impossible, match="staat er niet meer"):
        judge(zoetermeer, "0" * 16, pepijn)
    assert verbs(zoetermeer) == []


def test_a_signed_week_stays_as_it_was_signed(
    night: Dossier, zoetermeer: Municipality, pepijn: Person, noor: Person, key: str
) -> None:
    """Whatever is learned later of who was coach: what was judged is what is shown."""
    judge(zoetermeer, key, pepijn, "incident")
    before = week_of(zoetermeer, LAST_WEEK).found[0].signal
    commands.sign(zoetermeer, LAST_WEEK, by=pepijn)
    Coachship.objects.filter(dossier=night).update(since=timezone.localdate())
    after = week_of(zoetermeer, LAST_WEEK)
    assert [one.signal for one in after.found] == [before]
    assert [one.judgement.verdict for one in after.found if one.judgement] == [Verdict.INCIDENT]


# --- who may ------------------------------------------------------------------------------------------


@pytest.fixture
def officer_elsewhere(schiedam: Municipality) -> Person:
    return staff("Vos", "Gemeente Schiedam", (schiedam, Role.PRIVACY_OFFICER))


def test_only_the_privacy_officer_of_this_municipality_reviews(
    world: Dossier, outsiders: list[Person], noor: Person, sem: Person, officer_elsewhere: Person,
    zoetermeer: Municipality, pepijn: Person,
) -> None:  # fmt: skip
    everybody = [*outsiders, noor, sem, officer_elsewhere]
    assert_refused(commands.open_week, zoetermeer, LAST_WEEK, by=everybody)
    assert_refused(commands.judge, zoetermeer, LAST_WEEK, "0" * 16, verdict="explained", by=everybody)
    assert_refused(commands.sign, zoetermeer, LAST_WEEK, by=everybody)
    assert commands.open_week(zoetermeer, LAST_WEEK, by=pepijn)


@pytest.fixture
def coach_and_officer(dossier: Dossier, zoetermeer: Municipality, read_at: Callable[..., None]) -> Person:
    """In a small municipality one person may be both. She read sem's plan at night, as his stand-in."""
    person = staff("Els", "Gemeente", (zoetermeer, Role.COACH), (zoetermeer, Role.PRIVACY_OFFICER))
    Coachship.objects.create(
        dossier=dossier, coach=person, is_stand_in=True, since=LAST_WEEK.monday, until=LAST_WEEK.sunday
    )
    read_at(person, dossier, hour=3)
    return person


def test_nobody_judges_or_signs_what_he_read_himself(
    coach_and_officer: Person, zoetermeer: Municipality, pepijn: Person
) -> None:
    (found,) = week_of(zoetermeer, LAST_WEEK).found
    with pytest.raises(Refused, match="gaat over jou"):
        judge(zoetermeer, found.signal.key, coach_and_officer)
    judge(zoetermeer, found.signal.key, pepijn)
    with pytest.raises(Refused, match="Je las zelf"):
        commands.sign(zoetermeer, LAST_WEEK, by=coach_and_officer)
    assert commands.sign(zoetermeer, LAST_WEEK, by=pepijn)


def test_who_only_read_by_day_does_not_sign_either(
    dossier: Dossier, zoetermeer: Municipality, read_at: Callable[..., None]
) -> None:
    person = staff("Els", "Gemeente", (zoetermeer, Role.COACH), (zoetermeer, Role.PRIVACY_OFFICER))
    Coachship.objects.create(
        dossier=dossier, coach=person, is_stand_in=True, since=LAST_WEEK.monday, until=LAST_WEEK.sunday
    )
    read_at(person, dossier)
    with pytest.raises(Refused, match="Je las zelf"):
        commands.sign(zoetermeer, LAST_WEEK, by=person)
    assert commands.sign(zoetermeer, Week(LAST_WEEK.monday - timedelta(days=7)), by=person)


def test_looking_at_the_log_is_logged(night: Dossier, zoetermeer: Municipality, pepijn: Person) -> None:
    commands.open_week(zoetermeer, LAST_WEEK, by=pepijn)
    entry = last_entry(zoetermeer)
    assert (entry.verb, entry.person_id) == ("review.opened", pepijn.id)
    assert entry.facts == {"monday": str(LAST_WEEK.monday)}


def test_without_that_line_nothing_is_seen(
    night: Dossier, zoetermeer: Municipality, pepijn: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any, **__: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("ipta.sharing.commands.record", full)
    with pytest.raises(OSError, match="No space"):
        commands.open_week(zoetermeer, LAST_WEEK, by=pepijn)


# --- the list of weeks ----------------------------------------------------------------------------------


def test_each_week_since_work_began_says_how_it_stands(zoetermeer: Municipality, pepijn: Person, noor: Person) -> None:
    two, three = (Week(LAST_WEEK.monday - timedelta(days=days)) for days in (7, 14))
    commands.sign(zoetermeer, three, by=pepijn)
    this, last, second, third, *rest = weeks_of(zoetermeer)
    assert (this.is_over, this.is_late, last.is_over, last.is_late) == (False, False, True, False)
    assert (second.week, second.is_late, second.review) == (two, True, None)
    assert (third.week, third.is_late) == (three, False)
    assert third.review
    assert third.review.signed_by == pepijn
    assert rest[-1].week == Week.of(days_ago(400))


# --- a country -------------------------------------------------------------------------------------------


@pytest.fixture
def country(zoetermeer: Municipality, noor: Person, bram: Person) -> Iterator[Callable[[int], None]]:
    """Municipalities with dossiers that were read last week, each like the other."""

    def grow(municipalities: int) -> None:
        towns = [
            Municipality(code=f"GM{uuid4().int % 9000 + 1000}{n}"[:6], name=f"Plaats {n}")
            for n in range(municipalities)
        ]
        Municipality.objects.bulk_create(towns, ignore_conflicts=True)
        towns = list(Municipality.objects.filter(name__startswith="Plaats"))
        rows = [Dossier(municipality=town, found_on=days_ago(99)) for town in towns for _ in range(5)]
        Dossier.objects.bulk_create(rows)
        with time_machine.travel(last_week(2)):
            read = {"person_id": bram.id, "section": "plan", "ground": "coach", "result": "opened"}
            append("looks", [Look(about=row.pk, request_id=uuid4(), **read) for row in rows])

    yield grow


def test_a_week_asks_as_many_questions_in_a_large_country_as_in_a_small_one(
    night: Dossier, zoetermeer: Municipality, country: Callable[[int], None]
) -> None:
    with CaptureQueriesContext(connection) as before:
        week_of(zoetermeer, LAST_WEEK)
    country(30)
    with CaptureQueriesContext(connection) as after:
        week_of(zoetermeer, LAST_WEEK)
    assert len(after) == len(before) <= 8


def test_a_week_is_found_along_the_index_of_each_dossier(
    night: Dossier, zoetermeer: Municipality, country: Callable[[int], None]
) -> None:
    """The database reads the dossiers of the municipality and their lines of that week, and not the log."""
    country(60)
    table = "sharing_look"
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")  # so small a log is read whole otherwise
    plan = looks_in(zoetermeer, LAST_WEEK).explain()
    if connection.vendor == "postgresql":
        assert f"Seq Scan on {table}" not in plan
        assert "Index Cond" in plan
    else:
        assert f"SCAN {table}" not in plan
        assert f"SEARCH {table} USING INDEX" in plan
