"""The whole table of who may open, share, stop and take: on what ground, or in which words somebody is refused."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from unittest.mock import Mock

import pytest
from django.utils import timezone

from ipta.accounts.models import Municipality, Person, Post, Role
from ipta.base import clock
from ipta.base.verdict import Refused, Verdict, no, yes
from ipta.dossiers.models import Coachship, Dossier
from ipta.journal.commands import record
from ipta.sharing import commands as sharing
from ipta.sharing import policies
from ipta.sharing.door import Reader
from ipta.sharing.models import Emergency, Grant, Look
from ipta.sharing.rules import READS, WRONG_NUMBERS, WRONG_NUMBERS_REST
from ipta.vault.rules import SECTIONS
from tests.cast import days_ago, fresh

Answers = dict[str, str]  # who -> ground, or the reason why not
Ask = Callable[[Callable[[Person], Verdict]], Answers]

EVERYBODY = (
    "sem", "noor", "stef", "bram", "olga", "jip", "nel", "kim", "yara", "ali", "dana", "lotte", "fem", "vera"
)  # fmt: skip
COACHES = ("noor", "stef", "bram", "olga", "jip", "yara")
NOT_SHARED = "Dit is niet met jou gedeeld."
ONLY_HE = "Alleen de jongere kan dit delen."
NOT_WITH = "Met deze persoon kun je niet delen."
ONLY_COACH = "Alleen de coach van deze jongere kan dit doen."
ONLY_COACH_HERE = "Alleen een coach van deze gemeente kan dit doen."
TOO_OFTEN = "Je gaf te vaak een nummer dat niet klopt. Wacht een uur. Of bel je projectleider."
SHREDDING = (
    "Wissen doe je met z'n tweeën.",
    "Alleen de functioneel beheerder van deze gemeente kan dit vragen.",
    "De functionaris gegevensbescherming van deze gemeente moet het ermee eens zijn.",
)


def but(refusal: str, **grounds: str) -> Answers:
    """Everybody is refused in these words, but some."""
    return dict.fromkeys(EVERYBODY, refusal) | grounds


@pytest.fixture
def ask(world: Dossier, request: pytest.FixtureRequest) -> Ask:
    """What each member of the cast is told, as at a request of his own."""
    people = {who: request.getfixturevalue(who) for who in EVERYBODY}
    return lambda can: {who: _said(can(fresh(person))) for who, person in people.items()}


def _said(verdict: Verdict) -> str:
    assert bool(verdict.ground) == verdict.is_yes != bool(verdict.reason)
    return verdict.ground or verdict.reason


# --- reading ------------------------------------------------------------------------------


def test_who_opens_what(ask: Ask, world: Dossier) -> None:
    everywhere = {"sem": "youth", "noor": "coach"}
    for section in SECTIONS:
        lent = {"stef": "stand_in"} if section in READS["stand_in"] else {}
        told = ask(lambda person, section=section: policies.can_open(person, world, section))
        assert told == but(NOT_SHARED, **everywhere, **lent), section


def test_of_two_grounds_the_more_ordinary_one_is_told(world: Dossier, sem: Person, stef: Person, bram: Person) -> None:
    """An emergency, something shared, standing in, walking along: each later one is told instead of the earlier."""

    def told(person: Person) -> dict[str, str]:
        return policies.grounds(fresh(person), [world])[world.id]

    taken = sharing.take(world, reason="Hij staat voor de deur en weet niet waarheen.", by=stef)
    work = sharing.grant(world, section="work", to=stef, purpose="x", by=sem)
    money = sharing.grant(world, section="money", to=stef, purpose="x", by=sem)
    found = told(stef)
    assert set(found) == set(SECTIONS)
    assert {section for section, ground in found.items() if ground == "stand_in"} == READS["stand_in"]
    assert found["money"] == f"grant:{money.id}"
    assert found["work"] == "stand_in"
    assert found["justice"] == f"emergency:{taken.id}"
    assert policies.can_open(fresh(stef), world, "work").ground == "stand_in" != f"grant:{work.id}"
    Coachship.objects.create(dossier=world, coach=stef, since=days_ago(9), until=days_ago(-9))
    assert told(stef) == dict.fromkeys(SECTIONS, "coach")


def test_of_two_grants_the_one_that_lasts_longest_is_told(world: Dossier, sem: Person, dana: Person) -> None:
    def share(days: int) -> Grant:
        return sharing.grant(world, section="plan", to=dana, purpose="x", until=days_ago(-days), by=sem)

    given = {days: share(days) for days in (30, 90, 60)}
    assert policies.grounds(fresh(dana), [world])[world.id] == {"plan": f"grant:{given[90].id}"}


def test_many_dossiers_at_once_are_as_many_answers(
    world: Dossier, kim_dossier: Dossier, ali_dossier: Dossier, sem: Person, bram: Person
) -> None:
    everything = dict.fromkeys(SECTIONS, "coach")
    three = [world, kim_dossier, ali_dossier]
    assert policies.grounds(fresh(bram), three) == {world.id: {}, kim_dossier.id: everything, ali_dossier.id: {}}
    assert policies.grounds(sem, three) == {
        world.id: dict.fromkeys(SECTIONS, "youth"),
        kim_dossier.id: {},
        ali_dossier.id: {},
    }
    assert policies.grounds(fresh(bram), []) == {}


def test_an_emergency_a_grant_and_a_coachship_open_their_own_dossier_and_no_other(
    world: Dossier, kim_dossier: Dossier, kim: Person, bram: Person, stef: Person
) -> None:
    taken = sharing.take(kim_dossier, reason="Hij staat voor de deur en weet niet waarheen.", by=stef)
    given = sharing.grant(kim_dossier, section="plan", to=stef, purpose="x", by=kim)
    found = policies.grounds(fresh(stef), [world, kim_dossier])
    assert found[world.id] == dict.fromkeys(READS["stand_in"], "stand_in")
    assert found[kim_dossier.id] == dict.fromkeys(SECTIONS, f"emergency:{taken.id}") | {"plan": f"grant:{given.id}"}
    assert policies.grounds(fresh(stef), [world]) == {world.id: found[world.id]}


def test_a_youth_opens_nothing_that_another_shares_or_that_is_taken(
    world: Dossier, kim: Person, zoetermeer: Municipality
) -> None:
    """Whatever rows there may be: a youth reads his own."""
    today = clock.today()
    Grant.objects.create(dossier=world, to=kim, shared_section="plan", until=today, given_by=kim, purpose="x")
    assert policies.grounds(kim, [world]) == {world.id: {}}


# --- sharing and stopping --------------------------------------------------------------------


def test_only_he_shares(ask: Ask, world: Dossier, dana: Person) -> None:
    assert ask(lambda person: policies.can_grant(person, world, "plan", dana)) == but(ONLY_HE, sem="youth")


def test_aloud_his_own_coach_types_it(ask: Ask, world: Dossier, dana: Person) -> None:
    said = ask(lambda person: policies.can_grant(person, world, "plan", dana, aloud=True))
    assert said == but(ONLY_HE, sem="youth", noor="coach")


@pytest.mark.parametrize("section", ["identity", "justice", "family", "messages", "everything", ""])
def test_not_everything_can_be_shared(section: str, ask: Ask, world: Dossier, dana: Person) -> None:
    refused = "Dit onderdeel kun je niet delen."
    assert ask(lambda person: policies.can_grant(person, world, section, dana)) == but(refused)


def test_not_everybody_can_be_shared_with(world: Dossier, sem: Person, kim: Person, dana: Person) -> None:
    assert policies.can_grant(sem, world, "plan", kim) == no(NOT_WITH)
    dana.is_active = False
    assert policies.can_grant(sem, world, "plan", dana) == no(NOT_WITH)


def test_he_and_who_walks_along_stop_it(ask: Ask, world: Dossier, sem: Person, dana: Person) -> None:
    given = sharing.grant(world, section="plan", to=dana, purpose="x", by=sem)
    answers = but(ONLY_COACH, sem="youth", noor="coach", stef="coach")
    assert ask(lambda person: policies.can_revoke(person, fresh(given))) == answers
    Dossier.objects.filter(pk=world.pk).update(ended_on=days_ago(0))
    assert ask(lambda person: policies.can_revoke(person, fresh(given)))["sem"] == "youth"


# --- the emergency button ----------------------------------------------------------------------


def missed(municipality: Municipality, person: Person, times: int, *, ago: timedelta = timedelta()) -> None:
    """He gave a number that is none, as the command writes it."""
    with clock.at(timezone.now() - ago):
        for _ in range(times):
            record("emergency.missed", by=person, about=municipality)


def test_coaches_look_up_a_number(ask: Ask) -> None:
    answers = but("Alleen een coach kan dit doen.", **dict.fromkeys(COACHES, "coach"))
    assert ask(policies.can_look_up) == answers


def test_after_five_wrong_numbers_in_an_hour_he_waits(
    zoetermeer: Municipality, schiedam: Municipality, bram: Person, noor: Person
) -> None:
    missed(zoetermeer, bram, WRONG_NUMBERS - 1)
    missed(schiedam, bram, WRONG_NUMBERS - 1)  # the same tries, written about his other municipality
    assert policies.can_look_up(bram) == yes("coach")
    missed(zoetermeer, bram, 1)
    assert policies.can_look_up(bram) == no(TOO_OFTEN)
    assert policies.can_look_up(noor) == yes("coach")


def test_wrong_numbers_of_an_hour_ago_and_other_lines_count_no_more(zoetermeer: Municipality, bram: Person) -> None:
    missed(zoetermeer, bram, WRONG_NUMBERS * 2, ago=WRONG_NUMBERS_REST + timedelta(seconds=1))
    for _ in range(WRONG_NUMBERS * 2):
        record("person.introduced", by=bram, about=zoetermeer)
    assert policies.can_look_up(bram) == yes("coach")
    missed(zoetermeer, bram, WRONG_NUMBERS, ago=WRONG_NUMBERS_REST - timedelta(seconds=5))
    assert policies.can_look_up(bram) == no(TOO_OFTEN)


def test_a_colleague_and_a_stand_in_take_it_and_the_coach_need_not(ask: Ask, world: Dossier) -> None:
    takes = dict.fromkeys(("stef", "bram", "olga", "jip"), "emergency")
    answers = but(ONLY_COACH_HERE, noor="Je bent de coach van deze jongere. Je leest alles al.", **takes)
    assert ask(lambda person: policies.can_take(person, world)) == answers


def test_who_coaches_another_youth_takes_this_one(world: Dossier, kim_dossier: Dossier, noor: Person) -> None:
    assert policies.can_take(fresh(noor), kim_dossier) == yes("emergency")


@pytest.fixture
def taken(world: Dossier, bram: Person) -> Emergency:
    return sharing.take(world, reason="Hij staat voor de deur en weet niet waarheen.", by=bram)


def test_who_took_it_writes_while_it_runs(ask: Ask, taken: Emergency, stef: Person) -> None:
    over = "Je noodtoegang is voorbij."
    sharing.take(taken.dossier, reason="Zijn moeder stond in paniek voor de deur.", by=stef)
    assert ask(lambda person: policies.can_note(person, taken)) == but(over, bram="emergency")
    Emergency.objects.filter(pk=taken.pk).update(ended_at=timezone.now())
    assert ask(lambda person: policies.can_note(person, taken)) == but(over)


def test_it_is_ended_by_who_took_it_by_him_and_by_who_walks_along(ask: Ask, taken: Emergency) -> None:
    answers = but(ONLY_COACH, bram="emergency", sem="youth", noor="coach", stef="coach")
    assert ask(lambda person: policies.can_end(person, fresh(taken))) == answers


# --- erasing ---------------------------------------------------------------------------------


def test_two_people_erase_each_from_his_own_post(
    ask: Ask, world: Dossier, fem: Person, pepijn: Person, vera: Person
) -> None:
    alone, not_manager, not_officer = SHREDDING
    assert ask(lambda person: policies.can_shred(person, world, pepijn)) == but(not_manager, fem="functional_manager")
    assert ask(lambda second: policies.can_shred(fem, world, second)) == but(not_officer, fem=alone)
    assert policies.can_shred(pepijn, world, pepijn) == no(alone)


def test_who_is_from_elsewhere_or_closed_erases_nothing(
    world: Dossier, fem: Person, pepijn: Person, schiedam: Municipality
) -> None:
    _, not_manager, not_officer = SHREDDING
    for person, refused in ((fem, not_manager), (pepijn, not_officer)):
        person.is_active = False
        assert policies.can_shred(fem, world, pepijn) == no(refused)
        person.is_active = True
    assert policies.can_shred(fem, world, pepijn) == yes("functional_manager")
    for role, refused in ((Role.PRIVACY_OFFICER, not_officer), (Role.FUNCTIONAL_MANAGER, not_manager)):
        Post.objects.filter(role=role).update(municipality=schiedam)
        assert policies.can_shred(fresh(fem), world, fresh(pepijn)) == no(refused)


# --- the weekly review ------------------------------------------------------------------------


def look_of(person: Person, dossier: Dossier) -> Look:
    """The line of somebody who read his name, or tried to."""
    with suppress(Refused):
        Reader(person).text(dossier.nickname)
    return Look.objects.get(person_id=person.id, about=dossier.id)


def test_the_youth_says_of_another_ones_reading_that_it_is_not_right(
    dossier: Dossier, kim_dossier: Dossier, sem: Person, kim: Person, noor: Person
) -> None:
    of_noor = look_of(noor, dossier)
    assert policies.can_doubt(sem, dossier, of_noor) == yes("youth")
    others = [
        (noor, dossier, of_noor),
        (kim, dossier, of_noor),
        (sem, dossier, look_of(sem, dossier)),
        (sem, dossier, look_of(noor, kim_dossier)),
    ]
    for person, about, look in others:
        assert policies.can_doubt(person, about, look) == no("Alleen de jongere zelf kan dit melden.")


NOT_THE_OFFICER = no("Alleen de functionaris gegevensbescherming van deze gemeente kan dit doen.")


def test_the_privacy_officer_reviews_his_own_municipality(
    zoetermeer: Municipality, schiedam: Municipality, pepijn: Person, noor: Person
) -> None:
    assert policies.can_review(pepijn, zoetermeer) == yes("privacy_officer")
    assert policies.can_review(pepijn, schiedam) == policies.can_review(noor, zoetermeer) == NOT_THE_OFFICER


def test_nobody_judges_what_he_read_himself(
    zoetermeer: Municipality, schiedam: Municipality, pepijn: Person, noor: Person
) -> None:
    of_noor, of_both = (Mock(readers=readers) for readers in ({noor.id}, {noor.id, pepijn.id}))
    assert policies.can_judge(pepijn, zoetermeer, of_noor) == yes("privacy_officer")
    assert policies.can_judge(pepijn, zoetermeer, of_both) == no("Dit gaat over jou. Een ander beoordeelt het.")
    assert policies.can_judge(pepijn, schiedam, of_noor) == NOT_THE_OFFICER


def test_nobody_signs_a_week_in_which_he_read_himself(
    dossier: Dossier, zoetermeer: Municipality, schiedam: Municipality, pepijn: Person, noor: Person
) -> None:
    look_of(noor, dossier)
    looks = Look.objects.filter(about=dossier.id)
    assert policies.can_sign(pepijn, zoetermeer, looks) == yes("privacy_officer")
    assert policies.can_sign(pepijn, schiedam, looks) == NOT_THE_OFFICER
    look_of(pepijn, dossier)
    assert policies.can_sign(pepijn, zoetermeer, looks.all()) == no("Je las zelf in deze week. Een ander tekent.")
