"""A grant ends by itself, and is told a week before: asked of the rows, kept nowhere."""

from datetime import UTC, datetime, time

import pytest
import time_machine

from ipta.accounts.models import Person
from ipta.dossiers.models import Dossier
from ipta.sharing import commands as sharing
from ipta.sharing.models import Grant
from ipta.sharing.rules import TOLD_BEFORE
from tests.cast import days_ago


@pytest.fixture
def shared(dossier: Dossier, sem: Person, dana: Person) -> Grant:
    given: Grant = sharing.grant(dossier, section="plan", to=dana, purpose="x", until=days_ago(-20), by=sem)
    return given


def ending_in(days: int) -> list[Grant]:
    with time_machine.travel(datetime.combine(days_ago(days - 20), time(12), tzinfo=UTC), tick=False):
        return list(Grant.objects.ending())


def test_from_a_week_before_until_its_last_day(shared: Grant) -> None:
    week = TOLD_BEFORE.days
    assert [ending_in(days) for days in (week + 1, week, 1, 0, -1)] == [[], [shared], [shared], [shared], []]


def test_not_when_it_goes_on_or_was_stopped(shared: Grant, dossier: Dossier, sem: Person, dana: Person) -> None:
    longer = sharing.grant(dossier, section="plan", to=dana, purpose="x", by=sem)
    assert ending_in(3) == []
    sharing.revoke(longer, by=sem)
    assert ending_in(3) == [shared]
    step = dossier.step_set.get()
    sharing.grant(dossier, section="plan", to=dana, purpose="x", item=step.pk, item_kind="step", by=sem)
    assert ending_in(3) == [shared], "one thing is less than all of it"
    sharing.grant(dossier, section="work", to=dana, purpose="x", by=sem)
    assert ending_in(3) == [shared], "another section is another thing"
    sharing.revoke(shared, by=sem)
    assert ending_in(3) == []
