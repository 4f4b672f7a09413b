"""A hold and an erasure each take two people; nothing goes during a hold, and what the youth wants goes after both."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ipta.accounts.models import Link, Municipality, Person, Role
from ipta.base import acting, clock
from ipta.base.acting import HOUSE
from ipta.base.verdict import Impossible, Refused
from ipta.dossiers import commands as dossiers
from ipta.dossiers.models import Dossier, Note
from ipta.law import commands, destruction, due
from ipta.law.models import Hold, Notice, Proof, Wish
from ipta.law.queries import checked, keeping_of
from ipta.sharing.door import GONE
from ipta.sharing.models import HelpRequest, Warning
from tests.asking import assert_refused, text, verbs
from tests.cast import days_ago, fresh, staff
from tests.domain.law.test_destroy import FIVE, TWO, after, go
from tests.house.site import TOKENS, Site


@pytest.fixture
def ended(dossier: Dossier, noor: Person) -> Dossier:
    return dossiers.end(dossier, reason="moved", by=noor)


def hold_it(dossier: Dossier, fem: Person, pepijn: Person, days: int = 90) -> Hold:
    hold = commands.ask_hold(dossier, why="complaint", until=clock.today() + timedelta(days=days), by=fem)
    return commands.agree_hold(hold, by=pepijn)


# --- held -----------------------------------------------------------------------------------


def test_during_a_hold_nothing_goes_and_after_it_it_is_announced_anew(
    ended: Dossier, fem: Person, pepijn: Person
) -> None:
    go(TWO)
    with after(TWO + 1):
        hold_it(ended, fem, pepijn)
    assert go(TWO + 31, TWO + 91).destroyed == 0
    assert not Notice.objects.exists()
    done = go(TWO + 92)
    assert (done.destroyed, done.announced) == (0, 4)
    assert go(TWO + 121).destroyed == 0
    assert go(TWO + 122).destroyed == 4


def test_one_person_holds_nothing(ended: Dossier, fem: Person) -> None:
    go(TWO)
    with after(TWO + 1):
        commands.ask_hold(ended, why="court", until=clock.today() + timedelta(days=90), by=fem)
    assert go(TWO + 30).destroyed == 4


def test_it_takes_the_functional_manager_and_the_privacy_officer(
    ended: Dossier, zoetermeer: Municipality, fem: Person, pepijn: Person, vera: Person, noor: Person
) -> None:
    hold = commands.ask_hold(ended, why="inquiry", until=days_ago(-9), by=pepijn)
    other = staff("Otto", "", (zoetermeer, Role.PRIVACY_OFFICER))
    for person in (pepijn, vera, noor, other):
        with pytest.raises(Refused):
            commands.agree_hold(hold, by=person)
    assert not fresh(hold).is_running
    assert commands.agree_hold(hold, by=fem).is_running
    with pytest.raises(Impossible):
        commands.agree_hold(fresh(hold), by=fem)
    assert verbs(ended)[-2:] == ["hold.asked", "hold.agreed"]


def test_only_who_answers_for_the_law_there_asks_for_it(
    ended: Dossier, outsiders: list[Person], fem: Person, noor: Person, sem: Person
) -> None:
    others = [person for person in (*outsiders, noor, sem) if person != fem]
    assert_refused(commands.ask_hold, ended, why="court", until=days_ago(-9), by=others, match="beheerder")


@pytest.mark.parametrize(("why", "days"), [("x", 9), ("court", -1), ("court", 400)])
def test_a_hold_has_a_ground_and_a_day_within_a_year(ended: Dossier, fem: Person, why: str, days: int) -> None:
    with pytest.raises(Impossible):
        commands.ask_hold(ended, why=why, until=days_ago(-days), by=fem)


def test_one_at_a_time_and_either_of_them_ends_it(ended: Dossier, fem: Person, pepijn: Person, noor: Person) -> None:
    hold = hold_it(ended, fem, pepijn)
    with pytest.raises(Impossible, match="al een pauze"):
        commands.ask_hold(ended, why="court", until=days_ago(-9), by=fem)
    with pytest.raises(Refused):
        commands.end_hold(hold, by=noor)
    commands.end_hold(hold, by=fem)
    assert not fresh(hold).is_running
    with pytest.raises(Impossible):
        commands.end_hold(fresh(hold), by=fem)
    assert not keeping_of(ended)[0].is_held


# --- wished ---------------------------------------------------------------------------------


def test_what_the_youth_wants_goes_when_two_people_said_yes(
    dossier: Dossier, sem: Person, noor: Person, fem: Person, pepijn: Person, note: Note
) -> None:
    wish = commands.wish(dossier, "contacts", by=sem)
    assert go(1).destroyed == 0
    commands.ask_erasure(wish, by=fem)
    assert go(1).destroyed == 0
    commands.agree_erasure(wish, by=pepijn)
    assert text(sem, note, "text") != GONE
    assert go(1).destroyed == 1
    assert not Note.objects.filter(pk=note.pk).exists()
    proof = Proof.objects.get()
    assert (proof.kind, proof.is_wished, checked(proof).holds) == ("contacts", True, True)
    assert fresh(wish).done_at
    assert go(2).destroyed == 0
    with pytest.raises(Impossible, match="al gewist"):
        commands.wish(dossier, "contacts", by=sem)


def test_what_a_link_still_opened_goes_too(
    site: Site, client: Client, sem: Person, fem: Person, pepijn: Person
) -> None:
    """The question to a specialist is a row of its own; the letter of a warning may hold words of any section."""
    address = reverse("receiver:letter", args=[TOKENS[Link.Kind.WARNING]])
    with after(1):
        assert client.post(address).status_code == 200
    for kind in ("plan", "contacts"):
        wish = commands.wish(site.dossier, kind, by=sem)
        commands.ask_erasure(wish, by=fem)
        commands.agree_erasure(wish, by=pepijn)
        assert go(1).faults == []
        assert not Warning.objects.filter(dossier=site.dossier).exclude(letter=b"").exists()
        with after(1):
            assert client.post(address).status_code == 404
    assert not HelpRequest.objects.filter(dossier=site.dossier).exists()


def test_everything_goes_with_the_account(dossier: Dossier, sem: Person, fem: Person, pepijn: Person) -> None:
    wishes = [commands.wish(dossier, kind, by=sem) for kind in ("all", "scans")]
    for wish in wishes:
        commands.ask_erasure(wish, by=fem)
        commands.agree_erasure(wish, by=pepijn)
    done = go(1)
    assert (done.destroyed, done.gone, done.faults) == (2, [dossier.pk], [])
    assert not Person.objects.filter(pk=sem.pk).exists()
    assert go(2) == due.Done()


def test_during_a_hold_a_wish_waits(dossier: Dossier, sem: Person, fem: Person, pepijn: Person) -> None:
    hold = hold_it(dossier, fem, pepijn)
    wish = commands.wish(dossier, "scans", by=sem)
    commands.ask_erasure(wish, by=fem)
    commands.agree_erasure(wish, by=pepijn)
    assert go(90).destroyed == 0
    with acting.as_work(), pytest.raises(Refused):
        destruction.carry_out(wish, by=HOUSE)
    assert hold.is_running
    assert go(91).destroyed == 1


def test_it_takes_two_with_the_right_posts(
    dossier: Dossier, sem: Person, noor: Person, fem: Person, pepijn: Person, vera: Person
) -> None:
    wish = commands.wish(dossier, "scans", by=sem)
    with pytest.raises(Refused, match="eerst"):
        commands.agree_erasure(wish, by=pepijn)
    assert_refused(commands.ask_erasure, wish, by=[sem, noor, pepijn, vera], match="functioneel beheerder")
    commands.ask_erasure(wish, by=fem)
    assert_refused(commands.agree_erasure, wish, by=[sem, noor, fem, vera])
    with pytest.raises(Impossible):
        commands.ask_erasure(fresh(wish), by=fem)


def test_it_is_his_own_to_ask_and_to_call_off(
    dossier: Dossier, sem: Person, noor: Person, fem: Person, kim: Person
) -> None:
    assert_refused(commands.wish, dossier, "plan", by=[noor, fem, kim], match="zelf")
    wish = commands.wish(dossier, "plan", by=sem)
    with pytest.raises(Impossible, match="al"):
        commands.wish(dossier, "plan", by=sem)
    for kind in ("rest", "x"):
        with pytest.raises(Impossible, match="Kies"):
            commands.wish(dossier, kind, by=sem)
    assert_refused(commands.call_off_wish, wish, by=[noor, fem, kim])
    commands.call_off_wish(wish, by=sem)
    with pytest.raises(Impossible):
        commands.ask_erasure(fresh(wish), by=fem)
    assert commands.wish(dossier, "plan", by=sem).is_open


def test_a_no_has_a_reason_in_the_law(dossier: Dossier, sem: Person, fem: Person, pepijn: Person, noor: Person) -> None:
    wish = commands.wish(dossier, "plan", by=sem)
    with pytest.raises(Impossible, match="waarom"):
        commands.refuse_erasure(wish, why="geen zin", by=fem)
    assert_refused(commands.refuse_erasure, wish, why="duty", by=[noor, pepijn, sem])
    commands.refuse_erasure(wish, why="archive", by=fem)
    assert not fresh(wish).is_open
    with pytest.raises(Impossible):
        commands.agree_erasure(fresh(wish), by=pepijn) if commands.ask_erasure(fresh(wish), by=fem) else None


def test_after_a_month_it_is_late(dossier: Dossier, sem: Person) -> None:
    with clock.at(timezone.now() - timedelta(days=31)):
        wish: Wish = commands.wish(dossier, "plan", by=sem)
    assert wish.is_late
    assert wish.answer_by == days_ago(1)


def test_when_the_end_came_a_wish_goes_along(ended: Dossier, sem: Person) -> None:
    commands.wish(ended, "plan", by=sem)
    assert go(TWO, TWO + 30, FIVE, FIVE + 30).gone == [ended.pk]
    assert not Wish.objects.exists()
