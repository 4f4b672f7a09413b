"""What the youth wants to know of who looked."""

from __future__ import annotations

from django.db import models

from ipta.accounts.models import Person
from ipta.base import clock
from ipta.dossiers.models import OfDossier
from ipta.vault.fields import SealedText


class LookQuestionQuerySet(models.QuerySet["LookQuestion"]):
    def waiting(self) -> LookQuestionQuerySet:
        return self.filter(answered_at=None)

    def unread(self) -> LookQuestionQuerySet:
        """Answered, and the youth has not seen it."""
        return self.filter(answered_at__isnull=False, seen_at=None)


class LookQuestion(OfDossier):
    """The youth asks somebody why he looked, on one day. He types nothing; who looked answers in a sentence.

    The answer lies in `messages`: words between the two, that nobody else is ever given to read.
    """

    day = models.DateField()
    reader = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    answered_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    answer = SealedText()

    section = "messages"
    objects = LookQuestionQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at"]
        constraints = [models.UniqueConstraint(fields=["dossier", "day", "reader"], name="a_day_is_asked_about_once")]
        indexes = [models.Index(fields=["reader", "answered_at"]), models.Index(fields=["dossier", "-asked_at"])]
