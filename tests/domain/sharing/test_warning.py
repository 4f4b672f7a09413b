"""The duty to warn: what is told without the youth's yes, who thinks along, and when he reads of it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core import mail
from django.test import TestCase

from ipta.accounts import commands as accounts
from ipta.accounts import links
from ipta.accounts.models import Link, Municipality, Person, Post, Role
from ipta.api import package
from ipta.base import clock
from ipta.base.acting import HOUSE
from ipta.base.verdict import Impossible, Refused
from ipta.dossiers import commands as dossiers
from ipta.dossiers.models import Coachship, Dossier
from ipta.sharing.door import Reader
from ipta.sharing.erasure import shred
from ipta.sharing.models import Consultation, Doubt, Look, Warning, WarningItem
from ipta.sharing.queries import looks_at, told_lines
from ipta.sharing.warning import commands, queries, reading
from ipta.sharing.warning.commands import Receiver, Wait
from ipta.sharing.warning.due import do_what_is_due
from ipta.sharing.warning.rules import Picked, ground_of
from tests.asking import assert_refused, assert_sealed, last_entry, looks, raw, row_counts, verbs
from tests.cast import CANARY, days_ago, fresh

FACTS = "Hij zegt dat hij morgen iemand gaat opwachten bij de school."
WHY = "Als hij het nu hoort, loopt een ander gevaar."
POLICE = Receiver("Ans de Wit", "wijkagent", "Politie Zoetermeer")
NOW = datetime.fromisoformat("2026-03-02T14:30:00+01:00")


@pytest.fixture(autouse=True)
def _monday() -> Any:
    """Everything in here happens on a Monday afternoon, and waits from there."""
    with time_machine.travel(NOW, tick=False) as travelling:
        yield travelling


@pytest.fixture
def picks(dossier: Dossier, noor: Person) -> list[Picked]:
    found = reading.pickable(dossier, Reader(noor))
    return [next(one for one in found if one.kind == kind) for kind in ("known", "note", "step")]


Warn = Callable[..., Warning]


@pytest.fixture
def warn(dossier: Dossier, noor: Person, lotte: Person, picks: list[Picked]) -> Warn:
    def make(**other: Any) -> Warning:
        said = {
            "ground": "code", "facts": FACTS, "receiver": POLICE, "items": picks, "way": "link", "hours": 24,
            "second": lotte, "by": noor,
        }  # fmt: skip
        return commands.warn(dossier, **said | other)

    return make


def yes(warning: Warning, *, by: Person, answer: str = "yes") -> None:
    asked = Consultation.objects.get(warning=warning)
    commands.answer_consultation(asked, answer=answer, words="Dit kan niet wachten.", by=by)


def give(warning: Warning, *, by: Person) -> str:
    there = fresh(warning)
    return commands.give(there, told=reading.told(there, Reader(by)), by=by)


def is_on_his_page(warning: Warning) -> bool:
    return queries.told_about(warning.dossier).filter(pk=warning.pk).exists()


def read(token: str) -> dict[str, Any]:
    """As the receiver does, through the link."""
    link = links.find(Link.Kind.WARNING, token)
    assert link
    warning = queries.warning_of(link)
    assert warning
    return commands.read_warning(warning, token=token, by=link.made_by)


# --- beginning -----------------------------------------------------------------------------------------------------


def test_a_warning_is_sealed_and_the_journal_says_no_word_of_it(warn: Warn, dossier: Dossier, lotte: Person) -> None:
    warning = warn()
    assert_sealed(warning, "morgen", "Ans", "wijkagent", "Politie")
    for item in WarningItem.objects.all():
        assert_sealed(item, CANARY)
    entry = last_entry(dossier)
    assert entry.verb == "warning.made"
    assert entry.facts == {
        "warning": str(warning.pk), "ground": "code", "second": str(lotte.pk), "items": 3, "postponed": False,
    }  # fmt: skip


def test_each_line_that_was_picked_lies_in_the_section_it_came_from(
    warn: Warn, dossier: Dossier, noor: Person, fem: Person, pepijn: Person
) -> None:
    warning = warn()
    assert list(warning.items.values_list("section", flat=True)) == ["identity", "contacts", "plan"]
    shred(dossier, by=fem, second=pepijn, section="plan")
    items = reading.told(fresh(warning), Reader(noor)).items
    assert [CANARY in words for _, words in items] == [True, True, False]


def test_what_was_erased_is_not_there_to_be_picked(dossier: Dossier, noor: Person, fem: Person, pepijn: Person) -> None:
    shred(dossier, by=fem, second=pepijn, section="plan")
    found = reading.pickable(dossier, Reader(noor))
    assert {"known", "note"} <= {one.kind for one in found}
    assert "step" not in {one.kind for one in found}
    assert not [one for one in found if "gewist" in one.words]


@pytest.mark.parametrize(
    ("other", "says"),
    [
        ({"facts": "gevaar"}, "hele zinnen"),
        ({"receiver": Receiver("", "wijkagent", "Politie")}, "aan wie"),
        ({"receiver": Receiver("Ans", "wijkagent", " ")}, "aan wie"),
        ({"hours": 73}, "antwoorden die er staan"),
        ({"ground": "x"}, "antwoorden die er staan"),
        ({"way": "x"}, "antwoorden die er staan"),
        ({"wait": Wait(date(2026, 3, 17), WHY)}, "veertien dagen"),
        ({"wait": Wait(date(2026, 3, 2), WHY)}, "veertien dagen"),
        ({"wait": Wait(date(2026, 3, 4), "zomaar")}, "hele zin"),
    ],
)
def test_it_does_not_begin_without_facts_a_receiver_and_an_end(warn: Warn, other: dict[str, Any], says: str) -> None:
    before = row_counts()
    with pytest.raises(Impossible, match=says):
        warn(**other)
    assert row_counts() == before


def test_nobody_tells_a_whole_dossier(warn: Warn, picks: list[Picked]) -> None:
    many = [replace(picks[0], line=uuid4()) for _ in range(9)]
    with pytest.raises(Impossible, match="acht regels"):
        warn(items=many)
    spread = [replace(picks[0], section=section, line=uuid4()) for section in ("plan", "work", "money", "health")]
    with pytest.raises(Impossible, match="drie onderdelen"):
        warn(items=spread)


def test_only_who_walks_along_warns_and_an_emergency_will_do(
    warn: Warn, world: Dossier, dossier: Dossier, sem: Person, rik: Person, stef: Person, outsiders: list[Person]
) -> None:
    strangers = [one for one in [*outsiders, sem] if one not in (rik, stef)]
    made = warn()
    for person in strangers:
        with pytest.raises(Refused):
            warn(by=person)
    assert_refused(commands.give, made, told=reading.told(made, Reader(sem)), by=strangers)
    assert_refused(commands.tell_now, made, by=strangers)
    assert_refused(commands.stop_warning, made, by=strangers)
    for person in (rik, stef):  # the emergency button, and a stand-in
        assert warn(by=person).made_by == person


def test_a_stand_in_tells_nothing_that_was_not_lent_to_him(
    warn: Warn, dossier: Dossier, standing_in: Coachship, picks: list[Picked]
) -> None:
    assert {one.section for one in reading.pickable(dossier, Reader(standing_in.coach))} <= {
        "identity", "contacts", "plan", "appointments", "scores", "work", "living",
    }  # fmt: skip
    with pytest.raises(Refused):
        warn(by=standing_in.coach, items=[replace(picks[0], section="family")])


# --- the second person ------------------------------------------------------------------------------------------------


def test_the_second_person_has_another_role_here(
    warn: Warn, dossier: Dossier, bram: Person, noor: Person, vera: Person, pepijn: Person, lotte: Person, dana: Person
) -> None:
    for person in (bram, noor, vera):
        with pytest.raises(Refused, match="andere rol"):
            warn(second=person)
    assert {pepijn, lotte, dana} <= {person for person, _ in queries.who_could_think_along(dossier)}
    assert not {bram, noor, vera} & {person for person, _ in queries.who_could_think_along(dossier)}


def test_who_coaches_here_as_well_is_no_second_person(
    warn: Warn, dossier: Dossier, zoetermeer: Municipality, lotte: Person
) -> None:
    Post.objects.create(person=lotte, municipality=zoetermeer, role=Role.COACH, since=days_ago(3))
    with pytest.raises(Refused, match="andere rol"):
        warn(second=lotte)


def test_the_second_person_reads_what_he_is_asked_and_nothing_of_the_dossier(
    warn: Warn, dossier: Dossier, lotte: Person
) -> None:
    warning = warn(question="Een jongen dreigt iemand iets aan te doen.")
    asked = Consultation.objects.get()
    reader = reading.SecondReader(lotte, asked, uuid4())
    assert reader.text(asked.question) == "Een jongen dreigt iemand iets aan te doen."
    assert reader.json(asked.receiver) == ["wijkagent", "Politie Zoetermeer"]
    for other in (warning.facts, warning.to_name, dossier.nickname, dossier.note_set.first().text):  # type: ignore[union-attr]
        with pytest.raises(Refused):
            reader.text(other)
    with pytest.raises(Refused):
        Reader(lotte).text(asked.question)
    line = [look for look in looks(dossier) if look.person_id == lotte.pk and look.result == "opened"][-1]
    assert (line.section, line.ground, line.reader_role) == ("contacts", ground_of(warning.pk), "second")


def test_nobody_else_answers_and_he_answers_once(
    warn: Warn, lotte: Person, pepijn: Person, noor: Person, sem: Person, dana: Person
) -> None:
    warn()
    asked = Consultation.objects.get()
    said = {"answer": "yes", "words": "Ja."}
    assert_refused(commands.answer_consultation, asked, by=[pepijn, noor, sem, dana], **said)
    commands.answer_consultation(asked, by=lotte, **said)
    assert_refused(commands.answer_consultation, fresh(asked), by=[lotte], **said)


@pytest.mark.parametrize(("answer", "words"), [("", "Ja."), ("yes", " "), ("x", "Ja.")])
def test_an_answer_is_yes_or_no_with_a_word(warn: Warn, lotte: Person, answer: str, words: str) -> None:
    warn()
    with pytest.raises(Impossible):
        commands.answer_consultation(Consultation.objects.get(), answer=answer, words=words, by=lotte)


def test_who_lost_his_post_reads_and_answers_nothing(warn: Warn, lotte: Person, fem: Person) -> None:
    warn()
    accounts.leave(Post.objects.now().get(person=lotte), by=fem)
    asked = Consultation.objects.get()
    assert_refused(commands.answer_consultation, asked, answer="yes", words="Ja.", by=[fresh(lotte)])
    with pytest.raises(Refused):
        reading.SecondReader(fresh(lotte), asked, uuid4()).text(asked.question)


def test_he_gets_a_mail_that_names_nobody(warn: Warn, lotte: Person) -> None:
    with TestCase.captureOnCommitCallbacks(execute=True):
        warn()
    (sent,) = mail.outbox
    assert sent.to == [lotte.email]
    for word in ("Sem", "Noor", "morgen", "wijkagent", CANARY):
        assert word not in sent.subject + str(sent.body)


# --- telling it -----------------------------------------------------------------------------------------------------


def test_it_is_told_after_the_yes_and_not_before(warn: Warn, noor: Person, lotte: Person) -> None:
    warning = warn()
    with pytest.raises(Refused, match="antwoord van je collega"):
        give(warning, by=noor)
    yes(warning, by=lotte)
    assert give(warning, by=noor)
    with pytest.raises(Refused, match="Begin opnieuw"):
        give(warning, by=noor)


def test_a_no_stops_it(warn: Warn, noor: Person, lotte: Person) -> None:
    warning = warn()
    yes(warning, by=lotte, answer="no")
    with pytest.raises(Refused, match="zei nee"):
        give(warning, by=noor)


def test_acute_danger_goes_first_and_a_no_afterwards_ends_the_link(warn: Warn, noor: Person, lotte: Person) -> None:
    warning = warn(ground="acute")
    token = give(warning, by=noor)
    assert FACTS in read(token)["facts"]
    yes(warning, by=lotte, answer="no")
    with pytest.raises(Refused):
        read(token)


def test_the_receiver_reads_what_was_picked_and_each_section_gets_a_line(
    warn: Warn, dossier: Dossier, noor: Person, lotte: Person
) -> None:
    warning = warn()
    yes(warning, by=lotte)
    token = give(warning, by=noor)
    before = len(looks(dossier))
    said = read(token)
    assert said["facts"] == FACTS
    assert [name for name, _ in said["items"]] == ["naam en contact", "notities over gesprekken", "plan en stappen"]
    lines = looks(dossier)[before:]
    assert {(line.section, line.ground, line.reader_role, line.reader_name) for line in lines} == {
        (section, ground_of(warning.pk), "warning", "") for section in ("identity", "contacts", "plan")
    }
    assert fresh(warning).opened_at == clock.now()
    assert_sealed(fresh(warning), "morgen", token)


@pytest.mark.parametrize("hours", [4, 24, 72])
def test_the_link_ends_by_itself(warn: Warn, noor: Person, lotte: Person, _monday: Any, hours: int) -> None:
    warning = warn(hours=hours)
    yes(warning, by=lotte)
    token = give(warning, by=noor)
    _monday.shift(timedelta(hours=hours) - timedelta(seconds=1))
    assert read(token)
    _monday.shift(timedelta(seconds=1))
    assert links.find(Link.Kind.WARNING, token) is None
    with pytest.raises(Refused):
        commands.read_warning(fresh(warning), token=token, by=noor)
    do_what_is_due()
    assert raw(warning, "letter") == b""


def test_a_hand_over_does_not_end_it_and_leaving_does(
    warn: Warn, dossier: Dossier, noor: Person, lotte: Person, bram: Person, fem: Person
) -> None:
    warning = warn()
    yes(warning, by=lotte)
    token = give(warning, by=noor)
    dossiers.hand_over(dossier, to=bram, by=lotte)
    assert read(token)
    accounts.leave(Post.objects.now().get(person=noor), by=fem)
    with pytest.raises(Refused):
        commands.read_warning(fresh(warning), token=token, by=fresh(noor))


def test_who_walks_along_now_stops_it(warn: Warn, dossier: Dossier, noor: Person, lotte: Person, bram: Person) -> None:
    warning = warn()
    yes(warning, by=lotte)
    token = give(warning, by=noor)
    dossiers.hand_over(dossier, to=bram, by=lotte)
    commands.stop_warning(fresh(warning), by=bram)
    assert links.find(Link.Kind.WARNING, token) is None
    assert raw(warning, "letter") == b""


def test_what_is_said_by_telephone_opens_nothing(warn: Warn, noor: Person, lotte: Person) -> None:
    warning = warn(way="voice")
    yes(warning, by=lotte)
    assert give(warning, by=noor) == ""
    assert not Link.objects.filter(kind=Link.Kind.WARNING).exists()
    there = fresh(warning)
    assert (there.given_at, there.is_open, bytes(there.letter)) == (clock.now(), False, b"")


def test_what_was_begun_three_days_ago_is_not_told_any_more(
    warn: Warn, noor: Person, lotte: Person, _monday: Any
) -> None:
    warning = warn()
    yes(warning, by=lotte)
    _monday.shift(timedelta(hours=72))
    with pytest.raises(Refused, match="Begin opnieuw"):
        give(warning, by=noor)


def test_erasing_any_section_takes_the_letter_away(
    warn: Warn, dossier: Dossier, noor: Person, lotte: Person, fem: Person, pepijn: Person
) -> None:
    warning = warn()
    yes(warning, by=lotte)
    give(warning, by=noor)
    shred(dossier, by=fem, second=pepijn, section="health")
    assert raw(warning, "letter") == b""


# --- the youth ------------------------------------------------------------------------------------------------------


def test_the_youth_reads_it_as_soon_as_it_is_told(warn: Warn, noor: Person, lotte: Person) -> None:
    warning = warn()
    yes(warning, by=lotte)
    assert not is_on_his_page(warning)
    give(warning, by=noor)
    assert is_on_his_page(warning)


@pytest.mark.parametrize("answer", ["", "no"])
def test_he_also_reads_what_was_not_told_in_the_end(
    warn: Warn, lotte: Person, noor: Person, _monday: Any, answer: str
) -> None:
    warning = warn()
    if answer:
        yes(warning, by=lotte, answer=answer)
    _monday.shift(timedelta(hours=72))
    assert is_on_his_page(warning)
    called_off = warn()
    commands.stop_warning(called_off, by=noor)
    assert is_on_his_page(called_off)


def test_later_is_a_day_with_a_reason_and_on_that_day_he_reads_it_whoever_has_left(
    warn: Warn, dossier: Dossier, noor: Person, lotte: Person, fem: Person, _monday: Any
) -> None:
    warning = warn(wait=Wait(date(2026, 3, 16), WHY))
    yes(warning, by=lotte)
    give(warning, by=noor)
    assert not is_on_his_page(warning)
    accounts.leave(Post.objects.now().get(person=noor), by=fem)
    Person.objects.filter(pk=noor.pk).update(is_active=False)
    _monday.move_to(datetime.fromisoformat("2026-03-15T23:59:59+01:00"))
    assert not is_on_his_page(warning)
    _monday.move_to(datetime.fromisoformat("2026-03-16T00:00:00+01:00"))
    assert is_on_his_page(warning)


def test_waiting_is_made_longer_once_with_a_reason_of_its_own(
    warn: Warn, noor: Person, lotte: Person, pepijn: Person
) -> None:
    warning = warn(wait=Wait(date(2026, 3, 9), WHY))
    yes(warning, by=lotte)
    give(warning, by=noor)
    there = fresh(warning)
    for wait in (Wait(date(2026, 3, 24), WHY), Wait(date(2026, 3, 9), WHY), Wait(date(2026, 3, 20), "nee")):
        with pytest.raises(Impossible):
            commands.wait_longer(there, wait, by=noor)
    with TestCase.captureOnCommitCallbacks(execute=True):
        commands.wait_longer(there, Wait(date(2026, 3, 23), "Het onderzoek loopt nog tot die week."), by=noor)
    assert [one.to for one in mail.outbox] == [[pepijn.email]]
    with pytest.raises(Refused, match="Nog langer"):
        commands.wait_longer(fresh(warning), Wait(date(2026, 3, 30), WHY), by=noor)


def test_who_is_told_at_once_is_not_put_off_afterwards(warn: Warn, noor: Person, lotte: Person) -> None:
    warning = warn()
    with pytest.raises(Refused, match="Nog langer"):
        commands.wait_longer(warning, Wait(date(2026, 3, 9), WHY), by=noor)
    yes(warning, by=lotte)
    give(warning, by=noor)
    with pytest.raises(Refused, match="weet het al"):
        commands.wait_longer(fresh(warning), Wait(date(2026, 3, 9), WHY), by=noor)


def test_waiting_ends_sooner_when_it_can(warn: Warn, dossier: Dossier, noor: Person) -> None:
    warning = warn(wait=Wait(date(2026, 3, 9), WHY))
    commands.tell_now(warning, by=noor)
    assert is_on_his_page(warning)
    before = verbs(dossier)
    commands.tell_now(fresh(warning), by=noor)
    assert verbs(dossier) == before


def test_the_log_is_whole_and_shows_the_line_on_the_day(
    warn: Warn, dossier: Dossier, noor: Person, lotte: Person, sem: Person, _monday: Any
) -> None:
    warning = warn(wait=Wait(date(2026, 3, 9), WHY))
    yes(warning, by=lotte)
    read(give(warning, by=noor))
    ground = ground_of(warning.pk)
    assert [look.ground for look in looks(dossier)].count(ground) >= 3
    assert [line.number for line in looks(dossier)] == list(range(1, len(looks(dossier)) + 1))
    assert not told_lines(dossier).filter(ground=ground).exists()
    assert not [look for look in looks_at(dossier) if look.warning or look.role == "warning"]
    found = package.export(dossier, Reader(sem))
    assert "warning" not in {look["role"] for look in found["looks"]}
    assert not [line for line in found["history"] if line["did"].startswith("warning")]
    _monday.move_to(datetime.fromisoformat("2026-03-09T08:00:00+01:00"))
    assert {look.warning for look in looks_at(dossier) if look.role == "warning"} == {warning.pk}
    found = package.export(dossier, Reader(sem))
    assert [line["did"] for line in found["history"] if line["did"].startswith("warning")] == [
        "warning.made", "warning.answered", "warning.given", "warning.opened",
    ]  # fmt: skip


def test_the_youth_says_that_it_was_not_right(
    warn: Warn, dossier: Dossier, noor: Person, lotte: Person, sem: Person
) -> None:
    warning = warn()
    yes(warning, by=lotte)
    assert_refused(commands.complain, warning, by=[sem], match="zelf")  # he does not know of it yet
    give(warning, by=noor)
    assert_refused(commands.complain, fresh(warning), by=[noor, lotte])
    commands.complain(fresh(warning), by=sem)
    commands.complain(fresh(warning), by=sem)
    assert Doubt.objects.get().reader == noor


# --- who keeps an eye on it -----------------------------------------------------------------------------------------


def test_the_numbers_count_and_tell_nothing(
    warn: Warn, zoetermeer: Municipality, schiedam: Municipality, noor: Person, lotte: Person, _monday: Any
) -> None:
    first = warn()
    yes(first, by=lotte)
    give(first, by=noor)
    yes(warn(), by=lotte, answer="no")
    _monday.shift(timedelta(days=31))
    warn()
    assert queries.months_of(zoetermeer) == [
        queries.Month(date(2026, 4, 1), begun=1, given=0, refused=0),
        queries.Month(date(2026, 3, 1), begun=2, given=1, refused=1),
    ]
    assert queries.months_of(schiedam) == []


def test_the_privacy_officer_sees_who_waits_and_until_when(
    warn: Warn, zoetermeer: Municipality, noor: Person, pepijn: Person, _monday: Any
) -> None:
    with TestCase.captureOnCommitCallbacks(execute=True):
        warn(wait=Wait(date(2026, 3, 9), WHY))
    assert [pepijn.email] in [sent.to for sent in mail.outbox]
    (waiting,) = queries.postponed_in(zoetermeer)
    assert (waiting.by, waiting.until.date(), waiting.is_longer) == (str(noor), date(2026, 3, 8), False)
    _monday.shift(timedelta(days=7))
    assert queries.postponed_in(zoetermeer) == []


def test_what_went_first_is_confirmed_within_the_hour_or_the_privacy_officer_knows(
    warn: Warn, zoetermeer: Municipality, noor: Person, lotte: Person, pepijn: Person, _monday: Any
) -> None:
    confirmed, late = warn(ground="acute"), warn(ground="acute")
    for warning in (confirmed, late):
        give(warning, by=noor)
    yes(confirmed, by=lotte)
    _monday.shift(timedelta(minutes=59))
    assert do_what_is_due() == 0
    assert [one.is_late for one in queries.unconfirmed_in(zoetermeer)] == [False]
    _monday.shift(timedelta(minutes=1))
    with TestCase.captureOnCommitCallbacks(execute=True):
        assert do_what_is_due() == 1
        assert do_what_is_due() == 0
    assert [one.to for one in mail.outbox] == [[pepijn.email]]
    assert [one.is_late for one in queries.unconfirmed_in(zoetermeer)] == [True]
    yes(late, by=lotte)
    assert queries.unconfirmed_in(zoetermeer) == []


def test_only_the_house_raises_an_alarm_and_clears_a_letter(
    warn: Warn, noor: Person, lotte: Person, pepijn: Person
) -> None:
    warning = warn(ground="acute")
    assert_refused(commands.raise_alarm, warning, by=[noor, pepijn])
    assert_refused(commands.clear_letter, warning, by=[noor, pepijn])
    give(warning, by=noor)
    with pytest.raises(Refused):
        commands.raise_alarm(fresh(warning), by=HOUSE)
    with pytest.raises(Refused):
        commands.clear_letter(fresh(warning), by=HOUSE)


def test_who_reads_on_a_warning_widens_nothing(warn: Warn, dossier: Dossier, noor: Person, lotte: Person) -> None:
    """Sharing as the youth gave it stays what it was."""
    warning = warn()
    yes(warning, by=lotte)
    give(warning, by=noor)
    assert not Reader(lotte).may(dossier, "contacts")
    assert not dossier.grant_set.exists()
    assert not Look.objects.filter(about=dossier.pk, person_id=lotte.pk).exists()
