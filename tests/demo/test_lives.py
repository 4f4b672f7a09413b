"""A few lives of the demo: every chain is whole, nothing is of the future, no number is a real one."""

from collections import Counter

import pytest
from django.utils import timezone

from ipta.accounts.models import Municipality, Role
from ipta.base.verdict import Impossible
from ipta.demo.programme import seed
from ipta.dossiers.models import Dossier, Note
from ipta.journal.models import Entry
from ipta.sharing.models import Look
from ipta.sharing.weeks import weeks_of
from tests.demo.conftest import FEW
from tests.demo.lives import assert_chains_are_whole, assert_no_bsn, opened_notes

pytestmark = pytest.mark.usefixtures("seeded")


def test_every_chain_is_whole_and_no_number_is_a_bsn() -> None:
    assert Dossier.objects.count() == FEW
    assert Look.objects.exists()
    assert_chains_are_whole()
    assert_no_bsn()


def test_no_line_of_a_life_is_of_the_future_and_no_dossier_says_the_same_twice() -> None:
    now = timezone.now()
    assert not Entry.objects.filter(at__gt=now).exists()
    assert not Note.objects.filter(happened_at__gt=now).exists()
    notes = Counter(opened_notes())
    assert [note for note, times in notes.items() if times > 1] == []


def test_the_privacy_officer_finds_last_week_still_to_sign() -> None:
    states = weeks_of(Municipality.objects.get(post__role=Role.PRIVACY_OFFICER))
    assert [state.is_over for state in states if not state.review] == [False, True]
    assert not any(state.is_late for state in states)


def test_a_demo_begins_in_an_empty_database() -> None:
    with pytest.raises(Impossible, match="lege database"):
        seed(FEW, say=lambda text: None)
