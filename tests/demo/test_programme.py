"""The lives of the demo are lived through the commands: chains are whole, texts are sealed, nothing is by chance."""

from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from ipta.accounts.models import Municipality, Person, Post, Role
from ipta.base import clock
from ipta.demo.programme import seed
from ipta.demo.words import sentences
from ipta.dossiers.models import Appointment, Dossier, Intensity, Note, Step, View
from ipta.dossiers.rules import INTENSIVE_CASELOAD
from ipta.journal.models import Entry
from ipta.placements.models import Placement
from ipta.plans.models import PlanVersion
from ipta.scouting.models import Observation
from ipta.scouting.queries import silent
from ipta.sharing.models import Grant
from ipta.vault import keyring
from tests.demo.lives import assert_chains_are_whole, assert_no_bsn, opened_notes

# `test_lives` lives a few on PostgreSQL too.
pytestmark = pytest.mark.skipif(connection.vendor != "sqlite", reason="the demo lies in SQLite")


def quiet(_: str) -> None:
    """The tests need no progress."""


def test_the_same_seed_gives_the_same_lives() -> None:
    first, second = (_lived(timezone.now()) for _ in range(2))
    assert first == second
    assert first


def test_on_another_day_of_the_week_the_past_is_the_same() -> None:
    monday = timezone.now() - timedelta(days=timezone.localdate().weekday())
    early, late = _lived(monday), _lived(monday + timedelta(days=3))
    assert Counter(early) <= Counter(late)
    assert len(early) > 50


def _lived(now: object) -> list[str]:
    """The notes of some lives, lived on that day; nothing stays behind."""
    with transaction.atomic(), transaction.atomic(using="keys"), clock.at(now):  # type: ignore[arg-type]
        seed(3, say=quiet)
        texts = [text for _, text in opened_notes()]
        for database in ("default", "keys"):
            transaction.set_rollback(True, using=database)
    keyring.forget_everything()
    return texts


def test_progress_is_told() -> None:
    said: list[str] = []
    seed(2, say=said.append)
    assert said[-1].split()[:3] == ["2", "/", "2"]


@pytest.mark.slow
@pytest.mark.django_db(databases=["default", "keys"], transaction=True)
def test_the_whole_programme() -> None:
    seed(say=quiet)
    _assert_the_pilot()
    _assert_it_is_alive()
    assert_chains_are_whole()
    assert_no_bsn()
    notes = opened_notes()
    assert [note for note, times in Counter(notes).items() if times > 1] == []
    told = Counter(sentence for _, text in notes for sentence in sentences(text)[1:])
    assert sum(times - 1 for times in told.values()) < 0.06 * sum(told.values())


def _assert_the_pilot() -> None:
    towns = Dossier.objects.values("municipality").distinct()
    coaches = Post.objects.filter(role=Role.COACH)
    assert (towns.count(), coaches.count()) == (7, 14)
    assert Dossier.objects.exclude(joined_on=None).count() == Person.objects.filter(is_youth=True).count() == 175
    for post in coaches:
        mine = Dossier.objects.coached_by(post.person).filter(coachship__is_stand_in=False)
        taking_part = mine.exclude(joined_on=None).filter(ended_on=None, coachship__coach=post.person).distinct()
        assert taking_part.exclude(intensity=Intensity.AFTERCARE).count() in INTENSIVE_CASELOAD
        assert taking_part.filter(intensity=Intensity.AFTERCARE).exists()


def _assert_it_is_alive() -> None:
    today, towns = timezone.localdate(), Dossier.objects.order_by().values_list("municipality", flat=True).distinct()
    for coach in Person.objects.filter(post__role=Role.COACH):
        mine = Dossier.objects.coached_by(coach)
        for day in (today, today + timedelta(days=1)):
            assert Appointment.objects.filter(dossier__in=mine, starts_at__date=day).exists()
        due = Step.objects.filter(dossier__in=mine, done_on=None, dropped_on=None)
        assert due.filter(due_on__lte=today + timedelta(days=1)).exists()
        assert due.filter(kind=Step.Kind.DIRECT).exists()
        assert mine.scouted().exists()
    assert Entry.objects.filter(verb="dossier.reopened").exists()
    for town in towns:
        assert Observation.objects.filter(municipality=town, seen_on__gt=today - timedelta(days=9)).exists()
    assert not silent(), "the demo would forget somebody the night it was made"
    assert PlanVersion.objects.filter(in_force_from=None).exists()
    assert PlanVersion.objects.filter(number__gt=2).exists()
    assert Placement.objects.exclude(stopped_on=None).exists()
    assert Placement.objects.filter(stopped_on=None).exclude(starts_on=None).exists()
    assert Grant.objects.now().exists()
    assert View.objects.exists()
    assert Note.objects.filter(is_celebration=True).exists()
    assert Municipality.objects.filter(dossier__ended_on__isnull=False).exists()
