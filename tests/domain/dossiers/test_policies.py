"""The whole table of who may change a dossier: on what ground, or in which words somebody is refused."""

from collections.abc import Callable

import pytest

from ipta.accounts.models import Municipality, Person
from ipta.base.verdict import Verdict
from ipta.dossiers import policies
from ipta.dossiers.models import Coachship, Dossier, Paper
from tests.cast import days_ago, fresh

Answers = dict[str, str]  # who -> ground, or the reason why not
Ask = Callable[[Callable[[Person], Verdict]], Answers]

EVERYBODY = (
    "sem", "noor", "stef", "bram", "olga", "jip", "nel", "kim", "yara", "ali", "dana", "lotte", "fem", "vera"
)  # fmt: skip
HERE = ("noor", "stef", "bram", "olga", "jip")  # coaches of this municipality today
ONLY_COACH = "Alleen de coach van deze jongere kan dit doen."
ONLY_BOTH = "Alleen de jongere en de coach kunnen dit doen."
ONLY_HE = "Alleen de jongere zelf kan zijn kant vertellen."
ONLY_LEADER = "Alleen de projectleider en de coach van deze jongere kunnen dit doen."
ONLY_COACH_HERE = "Alleen een coach van deze gemeente kan iemand noteren."
NO_STAND_IN = "Een vervanger kan geen code geven. Dat doet de eigen coach."
ONLY_ADDER = "Alleen wie dit papier erbij deed en de coach kunnen het weghalen."


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


def test_who_may_what(ask: Ask, world: Dossier, zoetermeer: Municipality) -> None:
    asked: dict[Callable[[Person], Verdict], Answers] = {
        lambda person: policies.can_begin(person, zoetermeer): but(ONLY_COACH_HERE, **dict.fromkeys(HERE, "coach")),
        lambda person: policies.can_write(person, fresh(world)): but(ONLY_COACH, noor="coach", stef="coach"),
        lambda person: policies.can_own(person, fresh(world)): but(ONLY_BOTH, noor="coach", stef="coach", sem="youth"),
        lambda person: policies.can_view(person, fresh(world)): but(ONLY_HE, sem="youth"),
        lambda person: policies.can_assign(person, fresh(world)): but(
            ONLY_LEADER, noor="coach", lotte="project_leader"
        ),
        lambda person: policies.can_hand_code(person, fresh(world)): but(
            ONLY_BOTH, noor="coach", sem="youth", stef=NO_STAND_IN
        ),
    }
    for can, answers in asked.items():
        assert ask(can) == answers


def test_after_the_end_he_still_tells_his_side_and_owns_no_more(ask: Ask, world: Dossier) -> None:
    Dossier.objects.filter(pk=world.pk).update(ended_on=days_ago(0))
    assert ask(lambda person: policies.can_own(person, fresh(world)))["sem"] == ONLY_BOTH
    assert ask(lambda person: policies.can_view(person, fresh(world))) == but(ONLY_HE, sem="youth")


def test_whose_dossier_it_is_yet_to_be_is_nobody(ask: Ask, scouted: Dossier) -> None:
    assert ask(lambda person: policies.can_own(person, fresh(scouted))) == but(ONLY_BOTH, noor="coach")
    assert ask(lambda person: policies.can_view(person, fresh(scouted))) == but(ONLY_HE)


def test_a_coach_who_stood_in_first_is_no_stand_in(ask: Ask, world: Dossier, noor: Person, stef: Person) -> None:
    Coachship.objects.filter(dossier=world, coach=noor).update(until=days_ago(0))
    Coachship.objects.create(dossier=world, coach=stef, since=days_ago(0))
    assert ask(lambda person: policies.can_hand_code(person, fresh(world))) == but(ONLY_BOTH, stef="coach", sem="youth")


def test_who_stands_in_for_one_youth_is_the_coach_of_another(
    world: Dossier, kim_dossier: Dossier, stef: Person, bram: Person
) -> None:
    Coachship.objects.filter(dossier=kim_dossier, coach=bram).update(until=days_ago(0))
    Coachship.objects.create(dossier=kim_dossier, coach=stef, since=days_ago(0))
    assert policies.is_stand_in(fresh(stef), world)
    assert not policies.is_stand_in(fresh(stef), kim_dossier)
    assert policies.can_assign(fresh(stef), fresh(kim_dossier)).ground == "coach"


def test_a_paper_is_taken_away_by_the_coach_and_by_who_added_it(
    ask: Ask, paper: Paper, noor: Person, stef: Person, kim: Person
) -> None:
    def told(added_by: Person) -> Answers:
        Paper.objects.filter(pk=paper.pk).update(added_by=added_by)
        return ask(lambda person: policies.can_remove_paper(person, fresh(paper)))

    assert told(paper.added_by) == but(ONLY_ADDER, sem="youth", noor="coach")
    assert told(noor) == but(ONLY_ADDER, noor="coach")
    assert told(stef) == but(ONLY_ADDER, noor="coach", stef="coach")
    assert told(kim) == but(ONLY_ADDER, noor="coach")  # a youth is not let in to a dossier by adding something to it


def test_a_youth_takes_his_paper_away_also_when_all_has_ended(ask: Ask, paper: Paper) -> None:
    Dossier.objects.update(ended_on=days_ago(0))
    assert ask(lambda person: policies.can_remove_paper(person, fresh(paper)))["sem"] == "youth"
