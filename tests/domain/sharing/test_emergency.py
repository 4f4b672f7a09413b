"""The emergency button: the whole dossier, for four hours, for a reason, and everybody concerned is told."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ipta.accounts import commands as accounts
from ipta.accounts.models import Municipality, Person, Post, Role
from ipta.base.verdict import Impossible, Refused
from ipta.dossiers import commands as dossiers
from ipta.dossiers.models import Coachship, Dossier, Note, Step
from ipta.plans import commands as plans
from ipta.plans.models import PlanVersion
from ipta.scans import commands as scans
from ipta.sharing import commands as sharing
from ipta.sharing import entry, policies
from ipta.sharing.door import Reader
from ipta.sharing.models import Emergency
from ipta.sharing.queries import caseload_of, dossiers_visible_to, looks_at
from ipta.sharing.rules import EMERGENCY_LASTS, WRONG_NUMBERS, WRONG_NUMBERS_REST, number_of
from ipta.vault.rules import SECTIONS
from tests.asking import assert_refused, assert_sealed, last_entry, looks, row_counts, text, verbs
from tests.cast import CANARY, canary, days_ago, fresh, staff

REASON = "Hij staat voor de deur en weet niet waarheen."
MINUTE = timedelta(minutes=1)
CommitAll = Any


def later(**ahead: float) -> Any:
    return time_machine.travel(timezone.now() + timedelta(**ahead), tick=False)


def opens(person: Person, dossier: Dossier) -> set[str]:
    """The sections that open for this person at a next request."""
    return {section for section in SECTIONS if policies.can_open(fresh(person), dossier, section)}


@pytest.fixture
def taken(dossier: Dossier, bram: Person, kim_dossier: Dossier) -> Emergency:
    """Bram, a colleague with a caseload of his own, opened sem's dossier just now."""
    return sharing.take(dossier, reason=REASON, by=bram)


# --- what it opens ----------------------------------------------------------------------


def test_a_colleague_reads_the_whole_dossier_and_the_log_says_on_what_ground(
    taken: Emergency, dossier: Dossier, note: Note, bram: Person
) -> None:
    assert opens(bram, dossier) == set(SECTIONS)
    assert canary("sem", "contacts") in text(bram, note, "text")
    (look,) = looks(dossier)
    assert (look.ground, look.reader_role, look.reader_name) == (f"emergency:{taken.id}", "emergency", "Bram")


def test_before_it_he_read_nothing(dossier: Dossier, bram: Person) -> None:
    assert opens(bram, dossier) == set()


def test_a_stand_in_reads_what_he_otherwise_does_not_and_only_that_is_called_an_emergency(
    dossier: Dossier, standing_in: Coachship, stef: Person
) -> None:
    lent = opens(stef, dossier)
    taken = sharing.take(dossier, reason=REASON, by=stef)
    assert opens(stef, dossier) == set(SECTIONS)
    found = policies.grounds(fresh(stef), [dossier])[dossier.id]
    assert {section for section, ground in found.items() if ground == "stand_in"} == lent
    assert {ground for section, ground in found.items() if section not in lent} == {f"emergency:{taken.id}"}


def test_what_the_youth_shared_himself_is_read_on_that_ground(taken: Emergency, sem: Person, bram: Person) -> None:
    given = sharing.grant(taken.dossier, section="plan", to=bram, purpose="x", by=sem)
    assert policies.can_open(fresh(bram), taken.dossier, "plan").ground == f"grant:{given.id}"


def test_it_opens_this_dossier_and_no_other(taken: Emergency, bram: Person, scouted: Dossier) -> None:
    assert opens(bram, scouted) == set()
    assert not dossiers_visible_to(bram).filter(pk=scouted.pk).exists()


def test_it_stands_on_no_list_of_his(taken: Emergency, bram: Person, dossier: Dossier, kim_dossier: Dossier) -> None:
    """He would open it by passing by."""
    assert set(dossiers_visible_to(bram)) == {dossier, kim_dossier}
    assert caseload_of(bram).get() == kim_dossier


def test_four_hours_and_not_a_moment_more(taken: Emergency, dossier: Dossier, bram: Person) -> None:
    assert taken.until - taken.taken_at == timedelta(hours=4) == EMERGENCY_LASTS
    with time_machine.travel(taken.until - timedelta(seconds=1), tick=False):
        assert opens(bram, dossier) == set(SECTIONS)
    with time_machine.travel(taken.until, tick=False):
        assert opens(bram, dossier) == set()
        assert not dossiers_visible_to(fresh(bram)).filter(pk=dossier.pk).exists()
        assert not fresh(taken).is_running


def test_the_reason_is_sealed_and_the_youth_and_his_coach_read_it(
    taken: Emergency, sem: Person, noor: Person, lotte: Person
) -> None:
    assert_sealed(taken, "deur", "waarheen")
    assert text(sem, taken, "reason") == text(noor, taken, "reason") == REASON
    with pytest.raises(Refused):
        text(lotte, taken, "reason")


def test_the_journal_tells_it_without_words(taken: Emergency, dossier: Dossier, bram: Person) -> None:
    told = last_entry(dossier)
    assert (told.verb, told.person_id) == ("emergency.taken", bram.id)
    assert told.facts == {"emergency": str(taken.id)}


# --- who may ----------------------------------------------------------------------------


def test_who_is_no_coach_here_has_no_such_button(dossier: Dossier, outsiders: list[Person], sem: Person) -> None:
    here = {"Bram", "Olga", "Jip", "Ivo"}
    assert_refused(sharing.take, dossier, reason=REASON, by=[p for p in outsiders if p.first_name not in here])
    assert_refused(sharing.take, dossier, reason=REASON, by=[sem], match="coach van deze gemeente")


def test_his_coach_needs_none(dossier: Dossier, noor: Person) -> None:
    assert_refused(sharing.take, dossier, reason=REASON, by=[noor], match="Je leest alles al")


@pytest.mark.parametrize("who", ["olga", "jip", "ivo", "bram"])
def test_every_colleague_of_the_municipality_has_it(who: str, dossier: Dossier, request: pytest.FixtureRequest) -> None:
    person = request.getfixturevalue(who)
    sharing.take(dossier, reason=REASON, by=person)
    assert opens(person, dossier) == set(SECTIONS)


@pytest.mark.parametrize("reason", ["", "  ", "nood", "het is nood", "\u202e\u200b\u200b\u200b \x00 \ufeff"])
def test_without_a_reason_nothing_opens(reason: str, dossier: Dossier, bram: Person) -> None:
    before = row_counts()
    with pytest.raises(Impossible, match="in een hele zin"):
        sharing.take(dossier, reason=reason, by=bram)
    assert row_counts() == before
    assert opens(bram, dossier) == set()


def test_it_is_never_made_longer(taken: Emergency, dossier: Dossier, bram: Person) -> None:
    with later(hours=3.9), pytest.raises(Impossible, match="Langer maken kan niet"):
        sharing.take(dossier, reason=REASON, by=fresh(bram))
    assert fresh(taken).until == taken.until


def test_when_it_is_over_a_new_one_asks_a_new_reason(taken: Emergency, dossier: Dossier, bram: Person) -> None:
    with later(hours=4, minutes=1):
        with pytest.raises(Impossible):
            sharing.take(dossier, reason="", by=fresh(bram))
        again = sharing.take(dossier, reason="Hij belde nog een keer, in paniek.", by=fresh(bram))
        assert opens(bram, dossier) == set(SECTIONS)
        assert policies.can_open(fresh(bram), dossier, "plan").ground == f"emergency:{again.id}"


def test_two_colleagues_may_both_be_in_and_each_ends_for_himself(
    taken: Emergency, dossier: Dossier, bram: Person, olga: Person
) -> None:
    other = sharing.take(dossier, reason=REASON, by=olga)
    sharing.end(taken, by=bram)
    assert opens(bram, dossier) == set()
    assert opens(olga, dossier) == set(SECTIONS)
    assert_refused(sharing.end, other, by=[bram])


def test_it_ends_with_the_post(taken: Emergency, dossier: Dossier, bram: Person, fem: Person) -> None:
    accounts.leave(Post.objects.get(person=bram), by=fem)
    assert opens(bram, dossier) == set()
    assert not dossiers_visible_to(fresh(bram)).exists()


def test_a_post_elsewhere_gives_nothing_here(
    taken: Emergency, dossier: Dossier, bram: Person, fem: Person, schiedam: Municipality
) -> None:
    Post.objects.create(person=bram, municipality=schiedam, role=Role.COACH, since=days_ago(9))
    accounts.leave(Post.objects.get(person=bram, municipality=dossier.municipality), by=fem)
    assert opens(bram, dossier) == set()


def test_a_row_that_ends_before_it_begins_is_not_kept(dossier: Dossier, bram: Person) -> None:
    now = timezone.now()
    with pytest.raises(IntegrityError), transaction.atomic():
        Emergency.objects.create(dossier=dossier, taken_by=bram, taken_at=now, until=now, reason="")


# --- what it does not give ----------------------------------------------------------------

CHANGES: dict[str, Callable[[Dossier, Person], Any]] = {
    "his name": lambda d, p: dossiers.describe(d, nickname="x", by=p),
    "an ordinary note": lambda d, p: dossiers.note(d, text="x", by=p),
    "an ordinary step": lambda d, p: dossiers.promise(d, text="x", owner="coach", by=p),
    "finishing a step": lambda d, p: dossiers.finish(Step.objects.get(dossier=d), by=p),
    "an appointment": lambda d, p: dossiers.appoint(d, what="x", starts_at=timezone.now(), by=p),
    "his people": lambda d, p: dossiers.add_person(d, kind="friend", name="x", by=p),
    "a phase": lambda d, p: dossiers.start_phase(d, "match", by=p),
    "handing over": lambda d, p: dossiers.hand_over(d, to=p, by=p),
    "a stand-in": lambda d, p: dossiers.stand_in(d, coach=p, until=days_ago(-5), by=p),
    "ending": lambda d, p: dossiers.end(d, reason="other_help", by=p),
    "sharing": lambda d, p: sharing.grant(d, section="plan", to=p, purpose="x", by=p),
    "a code for his phone": lambda d, p: entry.hand_code(d, by=p),
    "a text of the plan": lambda d, p: plans.propose(d, based_on=1, goals=[], elements={}, by=p),
    "a yes to the plan": lambda d, p: plans.agree(PlanVersion.objects.get(dossier=d), by=p),
    "a scan": lambda d, p: scans.rate(d, ratings={"work": 3}, by=p),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_it_changes_nothing_of_what_is_his_and_his_coachs(
    change: str, taken: Emergency, dossier: Dossier, bram: Person
) -> None:
    before = row_counts()
    with pytest.raises(Refused):
        CHANGES[change](fresh(dossier), bram)
    assert row_counts() == before


def test_who_took_it_writes_what_happened_and_what_must_happen_at_once(
    taken: Emergency, dossier: Dossier, noor: Person, bram: Person
) -> None:
    line = sharing.note(taken, text="Hij slaapt vannacht bij zijn oom.", place="station", by=bram)
    assert last_entry(dossier).facts == {"note": str(line.id), "reached": True, "emergency": str(taken.id)}
    step = sharing.promise(taken, text="Morgen om negen uur bellen", by=bram)
    assert (step.kind, step.owner) == (Step.Kind.DIRECT, Step.Owner.COACH)
    assert last_entry(dossier).facts == {"step": str(step.id), "owner": "coach", "emergency": str(taken.id)}
    assert text(noor, line, "text") == "Hij slaapt vannacht bij zijn oom."
    assert text(noor, step, "text") == "Morgen om negen uur bellen"
    assert line.author == bram
    assert_sealed(line, "oom", "station")
    assert_sealed(step, "bellen")


def test_nobody_else_writes_by_it_and_nobody_when_it_is_over(
    taken: Emergency, dossier: Dossier, bram: Person, noor: Person, sem: Person, outsiders: list[Person]
) -> None:
    others = [noor, sem, *(person for person in outsiders if person != bram)]
    assert_refused(sharing.note, taken, text="x", by=others, match="voorbij")
    assert_refused(sharing.promise, taken, text="x", by=others)
    sharing.end(taken, by=bram)
    assert_refused(sharing.note, fresh(taken), text="x", by=[bram])
    assert_refused(sharing.promise, fresh(taken), text="x", by=[bram])


# --- how it ends --------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["bram", "noor", "sem", "stef"])
def test_who_took_it_his_coach_and_the_youth_end_it_at_once(
    who: str, taken: Emergency, dossier: Dossier, bram: Person, standing_in: Coachship, request: pytest.FixtureRequest
) -> None:
    by = request.getfixturevalue(who)
    sharing.end(taken, by=by)
    assert opens(bram, dossier) == set()
    told = last_entry(dossier)
    assert (told.verb, told.person_id, told.facts) == ("emergency.ended", by.id, {"emergency": str(taken.id)})


def test_nobody_else_ends_it(taken: Emergency, outsiders: list[Person], bram: Person) -> None:
    assert_refused(sharing.end, taken, by=[person for person in outsiders if person != bram])
    assert fresh(taken).is_running


def test_the_youth_ends_it_also_after_the_trajectory(
    taken: Emergency, dossier: Dossier, noor: Person, sem: Person
) -> None:
    dossiers.end(dossier, reason="stable", by=noor)
    sharing.end(taken, by=sem)
    assert not fresh(taken).is_running


def test_ending_twice_is_once_and_what_ended_by_itself_stays_so(
    taken: Emergency, dossier: Dossier, bram: Person, noor: Person
) -> None:
    sharing.end(taken, by=bram)
    first = fresh(taken).ended_at
    sharing.end(fresh(taken), by=noor)
    assert (fresh(taken).ended_at, verbs(dossier).count("emergency.ended")) == (first, 1)
    again = sharing.take(dossier, reason=REASON, by=bram)
    with later(hours=5):
        sharing.end(fresh(again), by=noor)
    assert (fresh(again).ended_at, fresh(again).closed_at) == (None, again.until)


def test_it_survives_a_change_of_coach_and_the_new_one_ends_it(
    taken: Emergency, dossier: Dossier, noor: Person, olga: Person, bram: Person
) -> None:
    dossiers.hand_over(dossier, to=olga, by=noor)
    assert opens(bram, dossier) == set(SECTIONS)
    assert_refused(sharing.end, fresh(taken), by=[noor])
    sharing.end(fresh(taken), by=olga)
    assert opens(bram, dossier) == set()


# --- everybody is told ----------------------------------------------------------------------


def test_his_coach_and_who_leads_get_a_mail_and_nobody_else(
    dossier: Dossier,
    world: Dossier,
    bram: Person,
    noor: Person,
    standing_in: Coachship,
    django_capture_on_commit_callbacks: CommitAll,
) -> None:
    gone = staff("Weg", "Gemeente", (dossier.municipality, Role.PROJECT_LEADER))
    Post.objects.filter(person=gone).update(until=days_ago(0))
    closed = staff("Dicht", "Gemeente", (dossier.municipality, Role.PROJECT_LEADER))
    Person.objects.filter(pk=closed.pk).update(is_active=False)
    with django_capture_on_commit_callbacks(execute=True), translation.override("en"):
        sharing.take(dossier, reason=REASON, by=bram)
    names = ("fem", "lotte", "noor", "stef")
    assert [message.to for message in mail.outbox] == [[f"{name}@voorbeeld.example"] for name in names]
    assert {message.subject for message in mail.outbox} == {"Er was noodtoegang"}


def test_the_mail_says_nothing_of_anybody(
    dossier: Dossier, noor: Person, bram: Person, lotte: Person, django_capture_on_commit_callbacks: CommitAll
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        sharing.take(dossier, reason=REASON, by=bram)
    assert mail.outbox
    for message in mail.outbox:
        whole = message.message().as_string()
        for word in (CANARY, "deur", "Bram", "Noor", "Sem", "IPTA Zoetermeer", str(dossier.id), number_of(dossier.id)):
            assert word not in whole
        assert "http" not in message.body


def test_who_pressed_the_button_needs_no_mail_about_himself(
    dossier: Dossier, bram: Person, django_capture_on_commit_callbacks: CommitAll
) -> None:
    Post.objects.create(person=bram, municipality=dossier.municipality, role=Role.PROJECT_LEADER, since=days_ago(1))
    with django_capture_on_commit_callbacks(execute=True):
        sharing.take(dossier, reason=REASON, by=bram)
    assert [message.to for message in mail.outbox] == [["noor@voorbeeld.example"]]


def test_who_gets_it_is_reckoned_when_it_is_sent(
    dossier: Dossier, noor: Person, olga: Person, bram: Person, django_capture_on_commit_callbacks: CommitAll
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        sharing.take(dossier, reason=REASON, by=bram)
        dossiers.hand_over(dossier, to=olga, by=noor)
    assert [message.to for message in mail.outbox] == [["olga@voorbeeld.example"]]


def test_a_try_that_was_refused_sends_nothing(
    dossier: Dossier, bram: Person, django_capture_on_commit_callbacks: CommitAll
) -> None:
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(Impossible):
        sharing.take(dossier, reason="nood", by=bram)
    assert mail.outbox == []


def test_the_button_works_when_the_mail_does_not(
    dossier: Dossier,
    bram: Person,
    django_capture_on_commit_callbacks: CommitAll,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def down(*_: Any) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", down)
    with django_capture_on_commit_callbacks(execute=True):
        taken = sharing.take(dossier, reason=REASON, by=bram)
    assert opens(bram, dossier) == set(SECTIONS)
    assert caplog.messages == [f"mail_not_sent emergency={taken.id} fault=ConnectionRefusedError"]


def test_what_was_read_with_the_button_stands_apart_in_who_looked(
    dossier: Dossier, note: Note, standing_in: Coachship, stef: Person
) -> None:
    Reader(stef).text(note.text)
    taken = sharing.take(dossier, reason=REASON, by=stef)
    Reader(stef).unlock([dossier], "family", "justice")
    Reader(stef).text(note.text)
    found = {look.role: look for look in looks_at(dossier)}
    assert found.keys() == {"stand_in", "emergency"}
    assert found["emergency"].sections == ("mijn mensen", "politie en justitie")
    assert (found["emergency"].emergency, found["stand_in"].emergency) == (taken.id, None)


# --- the number -----------------------------------------------------------------------------


def test_a_colleague_finds_a_dossier_by_its_number_and_by_nothing_else(dossier: Dossier, bram: Person) -> None:
    number = number_of(dossier.pk)
    assert len(number) == 9
    assert sharing.look_up(number.lower(), by=bram) == dossier
    assert verbs(dossier.municipality) == []
    for guess in (canary("sem", "identity"), "", str(dossier.id), number[:6], "BCDFGHJMN"):
        assert sharing.look_up(guess, by=bram) is None


def test_the_number_counts_in_its_own_municipality_only(
    dossier: Dossier, ali_dossier: Dossier, bram: Person, yara: Person
) -> None:
    assert sharing.look_up(number_of(dossier.pk), by=yara) is None
    assert sharing.look_up(number_of(ali_dossier.pk), by=bram) is None


def test_it_opens_nothing_by_itself(dossier: Dossier, bram: Person) -> None:
    sharing.look_up(number_of(dossier.pk), by=bram)
    assert opens(bram, dossier) == set()
    assert looks(dossier) == []


def test_when_two_have_the_same_number_it_opens_neither(zoetermeer: Municipality, bram: Person) -> None:
    ids = [UUID(int=(7 << 120) + extra) for extra in (0, 1)]
    twins = [Dossier.objects.create(id=pk, municipality=zoetermeer, found_on=days_ago(1)) for pk in ids]
    assert number_of(twins[0].pk) == number_of(twins[1].pk)
    assert sharing.look_up(number_of(twins[0].pk), by=bram) is None


def test_one_elsewhere_that_begins_alike_makes_no_difference(
    zoetermeer: Municipality, schiedam: Municipality, bram: Person, yara: Person
) -> None:
    here, there = (
        Dossier.objects.create(id=UUID(int=(7 << 120) + n), municipality=town, found_on=days_ago(1))
        for n, town in enumerate((zoetermeer, schiedam))
    )
    number = number_of(here.pk)
    assert number == number_of(there.pk)
    assert (sharing.look_up(number, by=bram), sharing.look_up(number, by=yara)) == (here, there)


def test_a_wrong_number_is_written_down_without_the_number(dossier: Dossier, bram: Person) -> None:
    sharing.look_up("BCDFGHJMN", by=bram)
    told = last_entry(dossier.municipality)
    assert (told.verb, told.person_id) == ("emergency.missed", bram.id)
    assert told.facts.keys() == {"attempt"}


def test_after_five_wrong_ones_he_waits_an_hour_and_others_do_not(dossier: Dossier, bram: Person, olga: Person) -> None:
    number = number_of(dossier.pk)
    for _ in range(WRONG_NUMBERS):
        assert sharing.look_up(number, by=fresh(bram)) == dossier  # right ones do not count
        assert sharing.look_up("BCDFGHJMN", by=fresh(bram)) is None
    assert_refused(sharing.look_up, number, by=[bram], match="Wacht een uur")
    assert sharing.look_up(number, by=olga) == dossier
    with time_machine.travel(timezone.now() + WRONG_NUMBERS_REST + MINUTE, tick=False):
        assert sharing.look_up(number, by=fresh(bram)) == dossier


def test_who_coaches_in_two_towns_is_counted_once_and_both_are_told(
    dossier: Dossier, ali_dossier: Dossier, bram: Person, schiedam: Municipality
) -> None:
    Post.objects.create(person=bram, municipality=schiedam, role=Role.COACH, since=days_ago(1))
    for _ in range(WRONG_NUMBERS):
        assert sharing.look_up("BCDFGHJMN", by=fresh(bram)) is None
    assert_refused(sharing.look_up, "BCDFGHJMN", by=[fresh(bram)])
    assert len(verbs(dossier.municipality)) == len(verbs(schiedam)) == WRONG_NUMBERS


def test_only_a_coach_gives_numbers(dossier: Dossier, lotte: Person, dana: Person, sem: Person, fem: Person) -> None:
    assert_refused(sharing.look_up, number_of(dossier.id), by=[lotte, dana, sem, fem])


# --- policy and list say the same -----------------------------------------------------------

PEOPLE = ("sem", "noor", "bram", "stef", "dana", "yara", "lotte", "fem")
HAPPENINGS = ("take", "end", "grant", "stand_in", "hand_over", "wait", "leave")


@given(events=st.lists(st.tuples(st.sampled_from(HAPPENINGS), st.sampled_from(PEOPLE), st.integers(1, 5)), max_size=8))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_dossier_is_on_the_list_if_and_only_if_something_of_it_opens(
    events: list[tuple[str, str, int]], world: Dossier, request: pytest.FixtureRequest
) -> None:
    people = {name: request.getfixturevalue(name) for name in PEOPLE}
    with transaction.atomic(), time_machine.travel(timezone.now(), tick=False) as clock:
        for happening, who, number in events:
            _happen(happening, world, people[who], people, number, clock)
        for person in map(fresh, people.values()):
            found = list(Dossier.objects.all())
            grounds = policies.grounds(person, found)
            assert set(dossiers_visible_to(person)) == {one for one in found if grounds[one.id]}
            assert set(dossiers_visible_to(person)) >= set(caseload_of(person))
        transaction.set_rollback(True)


def _happen(
    happening: str, dossier: Dossier, person: Person, people: dict[str, Person], number: int, clock: Any
) -> None:
    dossier, person, sem, noor = (fresh(row) for row in (dossier, person, people["sem"], people["noor"]))
    does: dict[str, Callable[[], Any]] = {
        "take": lambda: sharing.take(dossier, reason=REASON, by=person),
        "end": lambda: [sharing.end(one, by=sem) for one in Emergency.objects.now().filter(taken_by=person)],
        "grant": lambda: sharing.grant(
            dossier, section="plan", to=person, purpose="x", until=days_ago(-number), by=sem
        ),
        "stand_in": lambda: dossiers.stand_in(dossier, coach=person, until=days_ago(-number), by=noor),
        "hand_over": lambda: dossiers.hand_over(dossier, to=person, by=noor),
        "wait": lambda: clock.shift(timedelta(hours=number)),
        "leave": lambda: [accounts.leave(post, by=people["fem"]) for post in Post.objects.now().filter(person=person)],
    }
    try:
        with transaction.atomic():
            does[happening]()
    except (Refused, Impossible):
        pass
