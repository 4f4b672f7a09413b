"""`agree` and `witness`: "Ja, dit is mijn plan", twice, to the same text."""

import pytest

from ipta.accounts.models import Person
from ipta.base.verdict import Refused
from ipta.dossiers.models import Dossier
from ipta.plans import commands as plans
from ipta.plans.models import Agreement, PlanVersion
from tests.asking import assert_refused, verbs
from tests.cast import fresh


def newer(dossier: Dossier, by: Person) -> PlanVersion:
    version: PlanVersion = plans.propose(dossier, based_on=1, goals=[], elements={"remember": "nieuw"}, by=by)
    return version


@pytest.mark.parametrize("order", [("noor", "sem"), ("sem", "noor")])
def test_it_is_in_force_once_both_said_yes(
    order: tuple[str, str], plan: PlanVersion, sem: Person, request: pytest.FixtureRequest
) -> None:
    first, second = (request.getfixturevalue(who) for who in order)
    plans.agree(plan, by=first)
    assert fresh(plan).in_force_from is None
    plans.agree(fresh(plan), by=second)
    assert fresh(plan).in_force_from is not None
    assert verbs(plan.dossier)[-3:] == ["plan.agreed", "plan.agreed", "plan.in_force"]


def test_one_voice_does_not_count_twice(plan: PlanVersion, noor: Person) -> None:
    for _ in range(2):
        plans.agree(fresh(plan), by=noor)
    assert fresh(plan).in_force_from is None
    assert Agreement.objects.get(version=plan).owner == Agreement.Owner.COACH


def test_a_yes_to_an_older_text_is_no_yes(dossier: Dossier, plan: PlanVersion, noor: Person, sem: Person) -> None:
    newer(dossier, noor)
    assert_refused(plans.agree, plan, by=[noor, sem], match="nieuwere tekst")


def test_a_newer_text_asks_for_both_again_and_the_old_one_stays_in_force(
    dossier: Dossier, plan: PlanVersion, noor: Person, sem: Person
) -> None:
    plans.agree(plan, by=noor)
    plans.agree(fresh(plan), by=sem)
    proposed = newer(dossier, sem)
    plans.agree(proposed, by=noor)
    assert PlanVersion.objects.filter(dossier=dossier).in_force().get() == plan


def test_a_yes_that_is_said_aloud_counts_and_the_journal_tells_who_typed(
    plan: PlanVersion, noor: Person, sem: Person
) -> None:
    plans.witness(plan, by=noor)
    plans.agree(fresh(plan), by=noor)
    assert fresh(plan).in_force_from is not None
    assert Agreement.objects.get(version=plan, owner="youth").person == sem
    assert verbs(plan.dossier)[-3:] == ["plan.agreed_aloud", "plan.agreed", "plan.in_force"]


def test_the_last_yes_may_be_the_one_aloud(plan: PlanVersion, noor: Person) -> None:
    plans.agree(plan, by=noor)
    plans.witness(fresh(plan), by=noor)
    assert fresh(plan).in_force_from is not None
    assert verbs(plan.dossier)[-1] == "plan.in_force"


def test_the_youth_notes_no_yes_for_himself_through_the_coachs_door(plan: PlanVersion, sem: Person) -> None:
    assert_refused(plans.witness, plan, by=[sem], match="Alleen de coach")


def test_before_the_youth_takes_part_he_has_said_no_yes(scouted: Dossier, noor: Person) -> None:
    version = plans.propose(scouted, based_on=0, goals=[], elements={}, by=noor)
    with pytest.raises(Refused):
        plans.witness(version, by=noor)


def test_nobody_else_may(plan: PlanVersion, outsiders: list[Person]) -> None:
    assert_refused(plans.agree, plan, by=outsiders, match="Alleen de jongere en de coach")
    assert_refused(plans.witness, plan, by=outsiders, match="Alleen de jongere en de coach")
