"""What was asked of who looked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone

from ipta.accounts.models import Person
from ipta.base import acting
from ipta.dossiers.models import Dossier
from ipta.sharing.models import Look
from ipta.sharing.why.models import LookQuestion


@dataclass(frozen=True, slots=True)
class AskedWhy:
    """A question to who looked: when he looked, at what, and in which municipality. Of whom it was is not said."""

    question: LookQuestion
    town: str
    sections: tuple[str, ...]


def asked_of(person: Person) -> list[AskedWhy]:
    """What waits for an answer of this person, the oldest first."""
    return _with_places(LookQuestion.objects.waiting().filter(reader=person).order_by("asked_at"))


def question_to(person: Person, pk: UUID) -> AskedWhy | None:
    """A question to this person, answered or not, with its dossier to write in."""
    return next(iter(_with_places(LookQuestion.objects.filter(reader=person, pk=pk))), None)


def _with_places(rows: Iterable[LookQuestion]) -> list[AskedWhy]:
    questions = list(rows)
    where = _where(question.dossier_id for question in questions)
    found = []
    for question in questions:
        question.dossier = where[question.dossier_id]
        found.append(AskedWhy(question, question.dossier.municipality.name, _sections(question)))
    return found


def _sections(question: LookQuestion) -> tuple[str, ...]:
    """Which he opened that day; his own lines of the reading log."""
    lines = Look.objects.filter(about=question.dossier_id, person_id=question.reader_id)
    return tuple(dict.fromkeys(line.section for line in lines.order_by("number") if _day(line) == question.day))


def _day(line: Look) -> date:
    return timezone.localdate(line.at)


def _where(dossiers: Iterable[UUID]) -> dict[Any, Dossier]:
    """Where the answer is written. Who looked may have no right to the dossier any more, and gets no more than this."""
    rows = Dossier.objects.filter(pk__in=set(dossiers)).select_related("municipality")
    with acting.as_work():
        return {dossier.pk: dossier for dossier in rows.only("id", "youth_id", "municipality")}
