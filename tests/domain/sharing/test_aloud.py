"""`grant` aloud: the youth says yes, his coach types it, and he says himself afterwards whether that was so."""

import pytest

from ipta.accounts.models import Person
from ipta.base.verdict import Refused
from ipta.dossiers import commands as dossiers
from ipta.dossiers.models import Coachship, Dossier, Step
from ipta.sharing import commands as sharing
from ipta.sharing.models import Grant
from tests.asking import assert_refused, last_entry, text
from tests.cast import canary, fresh


@pytest.fixture
def aloud(dossier: Dossier, noor: Person, dana: Person) -> Grant:
    given: Grant = sharing.grant(dossier, section="plan", to=dana, purpose="hulp met post", by=noor, aloud=True)
    return given


def test_it_opens_what_he_said_and_tells_who_typed_it(aloud: Grant, step: Step, noor: Person, dana: Person) -> None:
    assert canary("sem", "plan") in text(dana, step, "text")
    assert (aloud.is_aloud, aloud.given_by) == (True, noor)
    assert last_entry(aloud.dossier).verb == "grant.given_aloud"
    assert list(Grant.objects.to_confirm()) == [aloud]


def test_without_saying_that_it_was_aloud_the_coach_shares_nothing(
    dossier: Dossier, noor: Person, dana: Person
) -> None:
    assert_refused(sharing.grant, dossier, section="plan", to=dana, purpose="x", by=[noor], match="Alleen de jongere")


def test_not_by_a_stand_in_and_not_by_anybody_else(
    dossier: Dossier, stef: Person, standing_in: Coachship, dana: Person, outsiders: list[Person], lotte: Person
) -> None:
    by = [stef, *(person for person in outsiders if person != lotte)]
    assert_refused(sharing.grant, dossier, section="plan", to=lotte, purpose="x", aloud=True, by=by)


def test_the_coach_gives_himself_nothing(dossier: Dossier, noor: Person) -> None:
    assert_refused(sharing.grant, dossier, section="plan", to=noor, purpose="x", aloud=True, by=[noor])


def test_when_it_has_ended_nobody_speaks_for_him(dossier: Dossier, noor: Person, dana: Person) -> None:
    dossiers.end(dossier, reason="stable", by=noor)
    assert_refused(sharing.grant, fresh(dossier), section="plan", to=dana, purpose="x", aloud=True, by=[noor])


def test_what_he_gives_himself_is_not_aloud_whatever_is_said(dossier: Dossier, sem: Person, dana: Person) -> None:
    given = sharing.grant(dossier, section="plan", to=dana, purpose="x", by=sem, aloud=True)
    assert not given.is_aloud
    assert last_entry(dossier).verb == "grant.given"


def test_he_says_himself_that_it_was_so(aloud: Grant, sem: Person, noor: Person, dana: Person) -> None:
    assert_refused(sharing.confirm, aloud, by=[noor, dana])
    sharing.confirm(aloud, by=sem)
    assert not Grant.objects.to_confirm().exists()
    assert last_entry(aloud.dossier).verb == "grant.confirmed"
    first = fresh(aloud).confirmed_at
    sharing.confirm(fresh(aloud), by=sem)
    assert fresh(aloud).confirmed_at == first


def test_he_stops_it_in_one_tap(aloud: Grant, sem: Person, step: Step, dana: Person) -> None:
    sharing.revoke(aloud, by=sem)
    with pytest.raises(Refused):
        text(dana, step, "text")
    assert not Grant.objects.to_confirm().exists()


def test_one_thing_is_said_aloud_by_the_same_rules(
    dossier: Dossier, step: Step, sem: Person, noor: Person, stef: Person, standing_in: Coachship, dana: Person,
    outsiders: list[Person],
) -> None:  # fmt: skip
    what = {"section": "plan", "item": step.pk, "item_kind": "step", "to": dana, "purpose": "x"}
    by = [noor, stef, *(person for person in outsiders if person != dana)]
    assert_refused(sharing.grant, dossier, **what, by=by)
    assert_refused(sharing.grant, dossier, **what, aloud=True, by=by[1:])
    given = sharing.grant(dossier, **what, aloud=True, by=noor)
    assert last_entry(dossier).facts["item"] == str(step.pk)
    assert canary("sem", "plan") in text(dana, step, "text")
    assert list(Grant.objects.to_confirm()) == [given]
    sharing.confirm(given, by=sem)
    assert not Grant.objects.to_confirm().exists()
    sharing.revoke(given, by=sem)
    with pytest.raises(Refused):
        text(fresh(dana), step, "text")
