"""What can happen with a question why: asked by the youth, answered by who looked, seen."""

from django.utils import timezone

from ipta.accounts.models import Person
from ipta.base import clock
from ipta.base.command import allow, command, mark_recorded
from ipta.base.verdict import Impossible
from ipta.dossiers.models import Dossier
from ipta.dossiers.rules import tidy
from ipta.journal.commands import record
from ipta.sharing.models import Look
from ipta.sharing.why import policies
from ipta.sharing.why.models import LookQuestion


@command
def ask_why(dossier: Dossier, look: Look, *, by: Person) -> LookQuestion:
    """One tap: of what this person read on this day. He finds it on his own desk."""
    allow(policies.can_ask_why(by, dossier, look))
    day = timezone.localdate(look.at)
    asked, is_new = LookQuestion.objects.get_or_create(dossier=dossier, day=day, reader_id=look.person_id)
    if is_new:
        record("look.asked_why", by=by, about=dossier, question=asked.id, day=day, reader=look.person_id)
    else:
        mark_recorded()
    return asked


@command
def explain(question: LookQuestion, *, words: str, by: Person) -> LookQuestion:
    """Why he looked, in a sentence. Once: what was said stays."""
    allow(policies.can_explain(by, question))
    if question.answered_at is not None:
        raise Impossible("Hier is al antwoord op gegeven.")
    if not tidy(words):
        raise Impossible("Schrijf in een zin waarom je keek.")
    question.answer, question.answered_at = tidy(words), clock.now()
    question.save(update_fields=["answer", "answered_at"])
    record("look.explained", by=by, about=question.dossier, question=question.id)
    return question


@command
def see_answer(question: LookQuestion, *, by: Person) -> LookQuestion:
    """The youth has read it: it no longer stands on his first page."""
    allow(policies.can_see_answer(by, question))
    if question.answered_at is None or question.seen_at is not None:
        mark_recorded()
        return question
    question.seen_at = clock.now()
    question.save(update_fields=["seen_at"])
    record("look.answer_seen", by=by, about=question.dossier, question=question.id)
    return question
