"""`introduce`, `appoint`, `leave`, `found`: who works here, in which role, until when."""

import pytest

from ipta.accounts import commands as accounts
from ipta.accounts.founding import found
from ipta.accounts.models import Municipality, Person, Post, Role
from ipta.base.verdict import Impossible
from tests.asking import assert_refused, last_entry, row_counts, verbs
from tests.cast import days_ago, fresh


def test_somebody_new_gets_an_account_without_password_and_without_role(zoetermeer: Municipality, fem: Person) -> None:
    made = accounts.introduce(
        zoetermeer, email="Piet@Voorbeeld.EXAMPLE", first_name="Piet", organisation="Schuldhulp", by=fem
    )
    assert made.email == "piet@voorbeeld.example", "with capitals he could not sign in"
    assert not made.has_usable_password()
    assert not made.has_post
    assert last_entry(zoetermeer).verb == "person.introduced"
    assert "Piet" not in str(last_entry(zoetermeer).facts)


def test_nobody_is_introduced_twice(zoetermeer: Municipality, fem: Person, noor: Person) -> None:
    with pytest.raises(Impossible, match="al iemand met dit e-mailadres"):
        accounts.introduce(zoetermeer, email="NOOR@voorbeeld.example", first_name="Noor", by=fem)


def test_a_role_begins_and_ends_on_a_day(zoetermeer: Municipality, fem: Person, dana: Person) -> None:
    post = accounts.appoint(dana, municipality=zoetermeer, role=Role.COACH, by=fem)
    assert fresh(dana).is_somewhere(Role.COACH)
    accounts.leave(post, by=fem)
    assert not fresh(dana).is_somewhere(Role.COACH)
    assert fresh(dana).is_somewhere(Role.PROFESSIONAL)
    assert verbs(zoetermeer)[-2:] == ["post.given", "post.ended"]


def test_a_role_of_next_month_gives_nothing_today(zoetermeer: Municipality, fem: Person, dana: Person) -> None:
    accounts.appoint(dana, municipality=zoetermeer, role=Role.COACH, since=days_ago(-30), by=fem)
    assert not fresh(dana).is_somewhere(Role.COACH)


@pytest.mark.parametrize("begins", [0, 30])
def test_the_same_role_is_given_once(zoetermeer: Municipality, fem: Person, dana: Person, begins: int) -> None:
    accounts.appoint(dana, municipality=zoetermeer, role=Role.COACH, since=days_ago(-begins), by=fem)
    before = row_counts()
    with pytest.raises(Impossible, match="heeft deze rol al"):
        accounts.appoint(dana, municipality=zoetermeer, role=Role.COACH, by=fem)
    assert row_counts() == before


@pytest.mark.parametrize("begins", [0, 30])
def test_a_role_that_was_ended_can_be_given_again(
    zoetermeer: Municipality, fem: Person, dana: Person, begins: int
) -> None:
    post = accounts.appoint(dana, municipality=zoetermeer, role=Role.COACH, since=days_ago(-begins), by=fem)
    accounts.leave(post, by=fem)
    accounts.appoint(dana, municipality=zoetermeer, role=Role.COACH, by=fem)
    assert fresh(dana).is_somewhere(Role.COACH)


def test_the_same_role_in_another_municipality_is_another_role(
    zoetermeer: Municipality, schiedam: Municipality, fem: Person, noor: Person
) -> None:
    Post.objects.create(person=fem, municipality=schiedam, role=Role.FUNCTIONAL_MANAGER, since=days_ago(1))
    accounts.appoint(noor, municipality=schiedam, role=Role.COACH, by=fresh(fem))
    assert fresh(noor).municipalities_as(Role.COACH) == {zoetermeer.pk, schiedam.pk}


def test_nobody_gives_himself_a_role(zoetermeer: Municipality, fem: Person) -> None:
    with pytest.raises(Impossible, match="jezelf geen rol"):
        accounts.appoint(fem, municipality=zoetermeer, role=Role.COACH, by=fem)


def test_a_youth_gets_no_role(zoetermeer: Municipality, fem: Person, sem: Person) -> None:
    with pytest.raises(Impossible, match="geen rol"):
        accounts.appoint(sem, municipality=zoetermeer, role=Role.COACH, by=fem)


def test_a_role_that_does_not_exist(zoetermeer: Municipality, fem: Person, dana: Person) -> None:
    with pytest.raises(ValueError, match="superuser"):
        accounts.appoint(dana, municipality=zoetermeer, role="superuser", by=fem)


def test_what_ended_long_ago_is_not_ended_anew(fem: Person, nel: Person) -> None:
    Post.objects.filter(person=nel).update(until=days_ago(30))
    with pytest.raises(Impossible, match="al gestopt"):
        accounts.leave(Post.objects.get(person=nel), by=fem)
    assert Post.objects.get(person=nel).until == days_ago(30)


def test_only_the_functional_manager_of_this_municipality(
    zoetermeer: Municipality, outsiders: list[Person], sem: Person, noor: Person, dana: Person, fem: Person
) -> None:
    strangers = [noor, sem, *(person for person in outsiders if person != fem)]
    assert_refused(accounts.introduce, zoetermeer, email="x@voorbeeld.example", first_name="x", by=strangers)
    assert_refused(accounts.appoint, dana, municipality=zoetermeer, role="coach", by=strangers, match="beheerder")
    assert_refused(accounts.leave, Post.objects.get(person=dana), by=strangers, match="beheerder")


def test_the_functional_manager_reads_no_dossier(fem: Person, world: object) -> None:
    from ipta.sharing.queries import dossiers_visible_to

    assert not dossiers_visible_to(fem).exists()


def test_a_municipality_begins_with_one_functional_manager(db: None) -> None:
    person = found("GM0637", "begin@voorbeeld.example", first_name="Bo")
    municipality = Municipality.objects.get(code="GM0637")
    assert person.role_in(municipality) == Role.FUNCTIONAL_MANAGER
    assert verbs(municipality) == ["municipality.founded"]


def test_it_is_founded_once(zoetermeer: Municipality, fem: Person) -> None:
    with pytest.raises(Impossible, match="al een functioneel beheerder"):
        found("GM0637", "nog-een@voorbeeld.example")
    assert not Person.objects.filter(email="nog-een@voorbeeld.example").exists()


def test_a_code_that_is_none(db: None) -> None:
    before = row_counts(without=["accounts.Municipality"])
    with pytest.raises(Impossible, match="GM0637"):
        found("Zoetermeer", "begin@voorbeeld.example")
    assert row_counts(without=["accounts.Municipality"]) == before
