"""Who looked: a day at a time, as the youth reads it."""

from datetime import timedelta

import time_machine
from django.utils import timezone

from ipta.accounts.models import Person
from ipta.dossiers.models import Dossier, Note
from ipta.sharing.door import Reader
from ipta.sharing.queries import looks_at


def test_one_line_per_person_and_day(dossier: Dossier, note: Note, noor: Person, sem: Person) -> None:
    for _ in range(2):
        Reader(noor).text(note.text)
    Reader(noor).text(dossier.nickname)
    Reader(sem).text(note.text)
    own, coachs = looks_at(dossier)
    assert (coachs.reader, coachs.role, coachs.organisation) == ("Noor", "coach", "IPTA Zoetermeer")
    assert coachs.sections == ("notities over gesprekken", "naam en contact")
    assert own.is_self
    assert not coachs.is_self


def test_yesterday_stands_apart_and_the_newest_comes_first(dossier: Dossier, note: Note, noor: Person) -> None:
    with time_machine.travel(timezone.now() - timedelta(days=1)):
        Reader(noor).text(note.text)
    Reader(noor).text(note.text)
    days = [look.day for look in looks_at(dossier)]
    assert days == [timezone.localdate(), timezone.localdate() - timedelta(days=1)]


def test_a_try_that_failed_is_told_too(dossier: Dossier, note: Note, bram: Person) -> None:
    reader = Reader(bram)
    try:
        reader.text(note.text)
    except Exception:
        (look,) = looks_at(dossier)
        assert look.is_refused
    else:
        raise AssertionError("bram read it")


def test_looks_at_another_dossier_are_not_told_here(dossier: Dossier, kim_dossier: Dossier, bram: Person) -> None:
    Reader(bram).text(kim_dossier.nickname)
    assert looks_at(dossier) == []
