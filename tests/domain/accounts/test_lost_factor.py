"""`call_lost`, `take_off`, `call_found`: two people take off the second factor of a colleague who lost it."""

from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction
from django.utils import timezone

from ipta.accounts import commands
from ipta.accounts.models import LostFactor, Municipality, Person, Post, Role, Session
from ipta.base.verdict import Impossible
from tests.asking import assert_refused, last_entry, verbs
from tests.cast import fresh, staff
from tests.conftest import sign_in


@pytest.fixture
def lost(noor: Person, fem: Person, zoetermeer: Municipality) -> LostFactor:
    sign_in(noor).get("/vandaag/")  # she has a second factor, and an open session
    return commands.call_lost(noor, municipality=zoetermeer, by=fem)


def has_one(person: Person) -> bool:
    return Authenticator.objects.filter(user=person).exists()


def test_asking_changes_nothing_yet(lost: LostFactor, noor: Person, zoetermeer: Municipality) -> None:
    assert has_one(noor)
    assert Session.objects.filter(person=noor).exists()
    assert last_entry(zoetermeer).verb == "factor.lost"
    assert last_entry(zoetermeer).facts == {"person": str(noor.pk)}


def test_a_second_person_says_yes_and_it_is_off(lost: LostFactor, noor: Person, lotte: Person) -> None:
    noor.set_password("vier fietsen staan buiten")
    noor.save()
    commands.take_off(lost, by=lotte)
    assert not has_one(noor)
    assert not Session.objects.filter(person=noor).exists()
    assert fresh(noor).check_password("vier fietsen staan buiten"), "the password stays her own"
    assert (fresh(lost).asked_by.first_name, fresh(lost).taken_off_by) == ("Fem", lotte)
    assert verbs(lost.municipality)[-2:] == ["factor.lost", "factor.taken_off"]


def test_another_functional_manager_can_be_the_second_person(lost: LostFactor, zoetermeer: Municipality) -> None:
    other = staff("Ada", "Gemeente Zoetermeer", (zoetermeer, Role.FUNCTIONAL_MANAGER))
    commands.take_off(lost, by=other)
    assert not has_one(lost.person)


def test_nobody_does_it_alone(lost: LostFactor, fem: Person, noor: Person) -> None:
    assert_refused(commands.take_off, lost, by=[fem], match="tweede persoon")
    Post.objects.create(
        person=noor, municipality=lost.municipality, role=Role.PROJECT_LEADER, since=timezone.localdate()
    )
    assert_refused(commands.take_off, lost, by=[fresh(noor)], match="tweede persoon")
    assert has_one(noor)


def test_the_database_knows_that_it_takes_two(lost: LostFactor, fem: Person, noor: Person) -> None:
    for alone in (fem, noor):
        with pytest.raises(IntegrityError), transaction.atomic():
            LostFactor.objects.filter(pk=lost.pk).update(taken_off_by=alone)


def test_nobody_else_has_a_say(
    lost: LostFactor, outsiders: list[Person], sem: Person, lotte: Person, fem: Person
) -> None:
    strangers = [person for person in [*outsiders, sem, lost.person] if person not in (lotte, fem)]
    assert_refused(commands.take_off, lost, by=strangers)
    assert_refused(commands.call_found, lost, by=strangers)
    assert_refused(commands.call_lost, lost.person, municipality=lost.municipality, by=[*strangers, lotte])


def test_only_of_who_works_here(zoetermeer: Municipality, fem: Person, yara: Person, nel: Person, sem: Person) -> None:
    for person in (yara, nel, sem, fem):
        assert_refused(
            commands.call_lost, person, municipality=zoetermeer, by=[fem], match="met een rol in deze gemeente"
        )


def test_a_day_later_it_has_to_be_asked_anew(lost: LostFactor, lotte: Person) -> None:
    with time_machine.travel(lost.asked_at + timedelta(hours=24, seconds=-1), tick=False):
        assert LostFactor.objects.open().exists()
    late = time_machine.travel(lost.asked_at + timedelta(hours=24, seconds=1), tick=False)
    with late, pytest.raises(Impossible, match="duurde te lang"):
        commands.take_off(lost, by=lotte)
    assert has_one(lost.person)


def test_it_is_asked_once_and_done_once(lost: LostFactor, fem: Person, lotte: Person) -> None:
    with pytest.raises(Impossible, match="al gevraagd"):
        commands.call_lost(lost.person, municipality=lost.municipality, by=fem)
    commands.take_off(lost, by=lotte)
    with pytest.raises(Impossible, match="al gebeurd"):
        commands.take_off(lost, by=lotte)


@pytest.mark.parametrize("who", ["fem", "lotte"])
def test_it_need_not_happen_after_all(
    lost: LostFactor, who: str, request: pytest.FixtureRequest, lotte: Person
) -> None:
    commands.call_found(lost, by=request.getfixturevalue(who))
    with pytest.raises(Impossible, match="al gebeurd"):
        commands.take_off(lost, by=lotte)
    assert has_one(lost.person)
    assert verbs(lost.municipality)[-1] == "factor.found"
