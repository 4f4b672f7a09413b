"""`grant` and `revoke`: one person, one section, a purpose, a last day. In effect, and over, at the next request."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine

from ipta.accounts import commands as accounts
from ipta.accounts.models import Person, Post
from ipta.base.verdict import Impossible, Refused
from ipta.dossiers import commands as dossiers
from ipta.dossiers.models import Dossier, Step
from ipta.sharing import commands as sharing
from ipta.sharing.models import Grant
from ipta.sharing.queries import caseload_of, dossiers_visible_to
from ipta.sharing.rules import LONGEST_GRANT, SHAREABLE, USUAL_GRANT
from ipta.vault.rules import SECTIONS
from tests.asking import assert_refused, assert_sealed, last_entry, text
from tests.cast import canary, days_ago, fresh


@pytest.fixture
def shared(dossier: Dossier, sem: Person, dana: Person) -> Grant:
    given: Grant = sharing.grant(dossier, section="plan", to=dana, purpose="hulp met post", by=sem)
    return given


def days_on(days: int) -> datetime:
    return datetime.combine(days_ago(-days), time(12), tzinfo=UTC)


def test_she_reads_that_section_and_no_other(shared: Grant, step: Step, dossier: Dossier, dana: Person) -> None:
    assert canary("sem", "plan") in text(dana, step, "text")
    with pytest.raises(Refused):
        text(dana, dossier, "first_name")
    assert dossiers_visible_to(dana).get() == dossier
    assert not caseload_of(dana).exists()


def test_three_months_when_nothing_is_said(shared: Grant) -> None:
    assert (shared.since, shared.until) == (days_ago(0), days_ago(0) + USUAL_GRANT)
    assert last_entry(shared.dossier).facts == {
        "grant": str(shared.id), "section": "plan", "to": str(shared.to_id),
    }  # fmt: skip


def test_the_purpose_is_sealed(shared: Grant, sem: Person) -> None:
    assert text(sem, shared, "purpose") == "hulp met post"
    assert_sealed(shared, "post")


def test_the_last_day_still_counts_and_the_day_after_does_not(shared: Grant, step: Step, dana: Person) -> None:
    with time_machine.travel(days_on(USUAL_GRANT.days), tick=False):
        assert text(fresh(dana), step, "text")
    with time_machine.travel(days_on(USUAL_GRANT.days + 1), tick=False):
        with pytest.raises(Refused):
            text(fresh(dana), step, "text")
        assert not dossiers_visible_to(fresh(dana)).exists()


@pytest.mark.parametrize("days", [-1, LONGEST_GRANT.days + 1])
def test_not_for_yesterday_and_not_for_ever(days: int, dossier: Dossier, sem: Person, dana: Person) -> None:
    with pytest.raises(Impossible, match="binnen een jaar"):
        sharing.grant(dossier, section="plan", to=dana, purpose="x", until=days_ago(-days), by=sem)


@pytest.mark.parametrize("section", sorted({*SECTIONS, "everything"} - set(SHAREABLE)))
def test_some_sections_cannot_be_shared(section: str, dossier: Dossier, sem: Person, dana: Person) -> None:
    assert_refused(sharing.grant, dossier, section=section, to=dana, purpose="x", by=[sem], match="kun je niet delen")


def test_not_with_another_youth_nor_with_an_account_that_is_closed(
    dossier: Dossier, sem: Person, kim: Person, dana: Person
) -> None:
    dana.is_active = False
    for somebody in (kim, sem, dana):
        assert_refused(sharing.grant, dossier, section="plan", to=somebody, purpose="x", by=[sem], match="deze persoon")


def test_the_coach_does_not_share_for_him(
    dossier: Dossier, noor: Person, stef: Person, standing_in: object, dana: Person
) -> None:
    assert_refused(sharing.grant, dossier, section="plan", to=dana, purpose="x", by=[noor, stef])


def test_nobody_passes_on_what_was_shared_with_her(shared: Grant, dossier: Dossier, dana: Person, bram: Person) -> None:
    assert_refused(sharing.grant, dossier, section="plan", to=bram, purpose="x", by=[dana])
    assert_refused(sharing.revoke, shared, by=[dana])


def test_she_reads_and_writes_nothing(shared: Grant, dossier: Dossier, step: Step, dana: Person) -> None:
    assert_refused(dossiers.note, dossier, text="x", by=[dana])
    assert_refused(dossiers.finish, step, by=[dana])


@pytest.mark.parametrize("who", ["sem", "noor"])
def test_stopping_is_one_tap_for_either_owner(
    who: str, shared: Grant, step: Step, dana: Person, request: pytest.FixtureRequest
) -> None:
    assert text(dana, step, "text")
    sharing.revoke(shared, by=request.getfixturevalue(who))
    with pytest.raises(Refused):
        text(dana, step, "text")
    assert not dossiers_visible_to(dana).exists()
    assert last_entry(shared.dossier).verb == "grant.revoked"


def test_stopping_twice_keeps_the_first_moment(shared: Grant, sem: Person) -> None:
    sharing.revoke(shared, by=sem)
    first = fresh(shared).revoked_at
    sharing.revoke(fresh(shared), by=sem)
    assert fresh(shared).revoked_at == first


def test_of_two_that_run_one_is_stopped(shared: Grant, dossier: Dossier, step: Step, sem: Person, dana: Person) -> None:
    second = sharing.grant(dossier, section="plan", to=dana, purpose="nog iets", by=sem)
    sharing.revoke(shared, by=sem)
    assert text(dana, step, "text")
    sharing.revoke(second, by=sem)
    with pytest.raises(Refused):
        text(dana, step, "text")


def test_after_the_trajectory_he_still_stops_it(shared: Grant, dossier: Dossier, noor: Person, sem: Person) -> None:
    dossiers.end(dossier, reason="stable", by=noor)
    sharing.revoke(fresh(shared), by=sem)
    assert fresh(shared).revoked_at


def test_who_no_longer_works_here_reads_nothing(
    shared: Grant, step: Step, dana: Person, fem: Person, dossier: Dossier
) -> None:
    accounts.leave(Post.objects.get(person=dana), by=fem)
    with pytest.raises(Refused):
        text(fresh(dana), step, "text")
    assert not dossiers_visible_to(fresh(dana)).exists()


def test_sharing_outlives_a_change_of_coach(
    shared: Grant, dossier: Dossier, step: Step, noor: Person, bram: Person, dana: Person
) -> None:
    dossiers.hand_over(dossier, to=bram, by=noor)
    assert text(dana, step, "text")
    assert_refused(sharing.revoke, fresh(shared), by=[noor])


@pytest.mark.parametrize("change", ["grant", "revoke"])
def test_nobody_else_may(change: str, dossier: Dossier, shared: Grant, outsiders: list[Person], lotte: Person) -> None:
    changes: dict[str, Callable[[], None]] = {
        "grant": lambda: assert_refused(sharing.grant, dossier, section="plan", to=lotte, purpose="x", by=outsiders),
        "revoke": lambda: assert_refused(sharing.revoke, shared, by=outsiders),
    }
    changes[change]()
    assert timedelta(0) < fresh(shared).until - days_ago(0)
