"""Who gives people a way in, and in which words the others are refused."""

from collections.abc import Callable

import pytest

from ipta.accounts import policies
from ipta.accounts.models import Device, Municipality, Person, Post, Role
from ipta.base.verdict import Verdict
from tests.cast import days_ago, fresh

Cast = Callable[[str], Person]


@pytest.fixture
def cast(request: pytest.FixtureRequest) -> Cast:
    return lambda name: fresh(request.getfixturevalue(name))


def test_only_the_functional_manager_of_this_municipality_appoints(zoetermeer: Municipality, cast: Cast) -> None:
    refused = Verdict(is_yes=False, reason="Alleen de functioneel beheerder kan dit doen.")
    for who in ("noor", "lotte", "pepijn", "dana", "vera", "sem"):
        assert policies.can_appoint(cast(who), zoetermeer) == refused, who
    assert policies.can_appoint(cast("fem"), zoetermeer) == Verdict(is_yes=True, ground="functional_manager")
    Post.objects.filter(person=cast("fem"), role=Role.FUNCTIONAL_MANAGER).update(until=days_ago(0))
    assert policies.can_appoint(cast("fem"), zoetermeer) == refused


def test_a_telephone_is_taken_away_by_whose_it_is(sem: Person, kim: Person, noor: Person) -> None:
    device = Device(person=sem, token_hash="x", pin_hash="x", label="Mijn telefoon")
    refused = Verdict(is_yes=False, reason="Alleen de jongere zelf en de coach kunnen dit doen.")
    assert policies.can_remove_device(sem, device) == Verdict(is_yes=True, ground="youth")
    assert policies.can_remove_device(kim, device) == refused
    assert policies.can_remove_device(noor, device) == refused  # the coach: asked in ipta/sharing/entry.py
