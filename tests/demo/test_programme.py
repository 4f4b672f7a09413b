"""The lives of the demo are lived through the commands: chains are whole, texts are sealed, nothing is by chance."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from ipta.accounts.models import Municipality, Person, Post, Role
from ipta.base import clock
from ipta.base.verdict import Impossible
from ipta.demo.programme import seed
from ipta.demo.words import sentences
from ipta.dossiers.models import Appointment, Coachship, Dossier, Intensity, Note, Step, View
from ipta.dossiers.rules import INTENSIVE_CASELOAD
from ipta.journal.models import Entry
from ipta.journal.rules import first_fault
from ipta.placements.models import Placement
from ipta.plans.models import PlanVersion
from ipta.sharing.door import Reader
from ipta.sharing.models import Grant, Look
from ipta.sharing.weeks import weeks_of
from ipta.vault import keyring
from ipta.vault.fields import SealedJSON, SealedText

FEW = 8


def quiet(_: str) -> None:
    """The tests need no progress."""


@pytest.fixture
def few() -> None:
    seed(FEW, say=quiet)


def readers() -> dict[object, Reader]:
    """For each dossier somebody who may open all of it: the youth, or before the yes the coach."""
    ships = {ship.dossier_id: ship.coach for ship in Coachship.objects.now().filter(is_stand_in=False)}
    return {dossier.pk: Reader(dossier.youth or ships[dossier.pk]) for dossier in Dossier.objects.all()}


def opened_notes() -> list[tuple[object, str]]:
    reader_of = readers()
    with keyring.held(), transaction.atomic():
        notes = Note.objects.order_by("happened_at", "written_at")
        return [(note.dossier_id, reader_of[note.dossier_id].text(note.text)) for note in notes]


def opened_texts() -> Iterator[str]:
    """Every sealed word there is, opened at the door."""
    reader_of = readers()
    with keyring.held(), transaction.atomic():
        for model in (Dossier, *Dossier.__subclasses__(), *_of_dossiers()):
            names = [field.name for field in model._meta.fields if isinstance(field, SealedText | SealedJSON)]
            for row in model.objects.all():
                for name in names:
                    yield reader_of[row.dossier_id].text(getattr(row, name))


def _of_dossiers() -> list[type]:
    from django.apps import apps

    from ipta.dossiers.models import OfDossier

    return [model for model in apps.get_models() if issubclass(model, OfDossier)]


def is_bsn(digits: str) -> bool:
    """The elfproef of the BSN."""
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return sum(int(digit) * weight for digit, weight in zip(digits.zfill(9), weights, strict=True)) % 11 == 0


def assert_chains_are_whole() -> None:
    for model in (Entry, Look):
        for about in model.objects.values_list("about", flat=True).distinct():
            assert first_fault(model.objects.filter(about=about).order_by("number")) is None


def assert_no_bsn() -> None:
    for text in opened_texts():
        for digits in re.findall(r"(?<!\d)\d{8,9}(?!\d)", re.sub(r"(?<=\d)[ .-](?=\d)", "", text)):
            assert not is_bsn(digits), text


def test_every_chain_is_whole_and_no_number_is_a_bsn(few: None) -> None:
    assert Dossier.objects.count() == FEW
    assert Look.objects.exists()
    assert_chains_are_whole()
    assert_no_bsn()


def test_the_privacy_officer_finds_last_week_still_to_sign(few: None) -> None:
    states = weeks_of(Municipality.objects.get(post__role=Role.PRIVACY_OFFICER))
    assert [state.is_over for state in states if not state.review] == [False, True]
    assert not any(state.is_late for state in states)


def test_no_line_of_a_life_is_of_the_future_and_no_dossier_says_the_same_twice(few: None) -> None:
    now = timezone.now()
    assert not Entry.objects.filter(at__gt=now).exists()
    assert not Note.objects.filter(happened_at__gt=now).exists()
    notes = Counter(opened_notes())
    assert [note for note, times in notes.items() if times > 1] == []


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


def test_a_demo_begins_in_an_empty_database(few: None) -> None:
    with pytest.raises(Impossible, match="lege database"):
        seed(FEW, say=quiet)


def test_progress_is_told() -> None:
    said: list[str] = []
    seed(2, say=said.append)
    assert said[-1].split()[:3] == ["2", "/", "2"]


@pytest.mark.slow
@pytest.mark.skipif(settings.DATABASES["default"]["ENGINE"].endswith("postgresql"), reason="the demo lies in SQLite")
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
    today = timezone.localdate()
    for coach in Person.objects.filter(post__role=Role.COACH):
        mine = Dossier.objects.coached_by(coach)
        for day in (today, today + timedelta(days=1)):
            assert Appointment.objects.filter(dossier__in=mine, starts_at__date=day).exists()
        due = Step.objects.filter(dossier__in=mine, done_on=None, dropped_on=None)
        assert due.filter(due_on__lte=today + timedelta(days=1)).exists()
        assert due.filter(kind=Step.Kind.DIRECT).exists()
        assert mine.scouted().exists()
    assert Entry.objects.filter(verb="dossier.reopened").exists()
    assert PlanVersion.objects.filter(in_force_from=None).exists()
    assert PlanVersion.objects.filter(number__gt=2).exists()
    assert Placement.objects.exclude(stopped_on=None).exists()
    assert Placement.objects.filter(stopped_on=None).exclude(starts_on=None).exists()
    assert Grant.objects.now().exists()
    assert View.objects.exists()
    assert Note.objects.filter(is_celebration=True).exists()
    assert Municipality.objects.filter(dossier__ended_on__isnull=False).exists()
