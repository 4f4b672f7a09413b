"""Who gives people a way in, and in which words the others are refused."""

from collections.abc import Callable

import pytest

from ipta.accounts import policies
from ipta.accounts.models import Device, LostFactor, Municipality, Person, Post, Role
from ipta.base.verdict import Verdict, no, yes
from tests.cast import days_ago, fresh, staff

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


# --- a lost second factor -----------------------------------------------------------------------


@pytest.fixture
def lost(noor: Person, fem: Person, zoetermeer: Municipality) -> LostFactor:
    """Noor lost it; Fem said so."""
    return LostFactor(person=noor, municipality=zoetermeer, asked_by=fem)


def test_a_functional_manager_calls_that_of_a_colleague_lost(
    cast: Cast, zoetermeer: Municipality, schiedam: Municipality
) -> None:
    not_manager = no("Alleen de functioneel beheerder kan dit doen.")
    not_here = no("Dit kan alleen voor een collega met een rol in deze gemeente.")
    noor, fem = cast("noor"), cast("fem")
    assert policies.can_call_lost(fem, noor, zoetermeer) == yes("functional_manager")
    for who in ("fem", "yara", "sem"):
        assert policies.can_call_lost(fem, cast(who), zoetermeer) == not_here, who
    for who in ("lotte", "noor", "pepijn", "dana", "vera", "sem"):
        assert policies.can_call_lost(cast(who), noor, zoetermeer) == not_manager, who
    assert policies.can_call_lost(fem, cast("yara"), schiedam) == not_manager


def test_a_second_person_takes_it_off(cast: Cast, lost: LostFactor, zoetermeer: Municipality) -> None:
    other = staff("Ada", "Gemeente Zoetermeer", (zoetermeer, Role.FUNCTIONAL_MANAGER))
    for second in (fresh(other), cast("lotte")):
        assert policies.can_take_off(second, lost) == yes("second_person")
    assert policies.can_take_off(cast("fem"), lost) == no("Hier is een tweede persoon voor nodig.")
    Post.objects.filter(person=cast("noor")).update(role=Role.PROJECT_LEADER)
    assert policies.can_take_off(cast("noor"), lost) == no("Hier is een tweede persoon voor nodig.")


NOT_THE_SECOND = no("Alleen een functioneel beheerder of de projectleider kan dit doen.")


def test_nobody_else_is_the_second_person(cast: Cast, lost: LostFactor) -> None:
    for who in ("noor", "pepijn", "dana", "vera", "sem"):
        assert policies.can_take_off(cast(who), lost) == NOT_THE_SECOND, who


def test_who_asked_and_who_could_say_yes_call_it_found(cast: Cast, lost: LostFactor) -> None:
    assert policies.can_call_found(cast("fem"), lost) == yes("asked")
    assert policies.can_call_found(cast("lotte"), lost) == yes("second_person")
    for who in ("noor", "vera", "sem"):
        assert policies.can_call_found(cast(who), lost) == NOT_THE_SECOND, who


# --- a telephone --------------------------------------------------------------------------------


def test_a_telephone_is_taken_away_by_whose_it_is(sem: Person, kim: Person, noor: Person) -> None:
    device = Device(person=sem, token_hash="x", pin_hash="x", label="Mijn telefoon")
    refused = Verdict(is_yes=False, reason="Alleen de jongere zelf en de coach kunnen dit doen.")
    assert policies.can_remove_device(sem, device) == Verdict(is_yes=True, ground="youth")
    assert policies.can_remove_device(kim, device) == refused
    assert policies.can_remove_device(noor, device) == refused  # the coach: asked in ipta/sharing/entry.py


def test_how_soon_it_asks_the_pin_is_his_alone(sem: Person, kim: Person, noor: Person) -> None:
    device = Device(person=sem, token_hash="x", pin_hash="x", label="Android-telefoon")
    assert policies.can_set_away(sem, device) == Verdict(is_yes=True, ground="youth")
    assert not policies.can_set_away(kim, device)
    assert not policies.can_set_away(noor, device)
