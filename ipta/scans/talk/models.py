"""What was said on the cards of the talk."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from ipta.accounts.models import Person
from ipta.base import clock
from ipta.dossiers.models import OfDossier
from ipta.vault.fields import SealedText


class SayingQuerySet(models.QuerySet["Saying"]):
    def standing(self, dossiers: Iterable[UUID]) -> SayingQuerySet:
        """Of these dossiers what is said now: without what a better word replaced, and what was taken back."""
        mine = self.filter(dossier__in=list(dossiers))
        return mine.filter(taken_back_at=None).exclude(pk__in=mine.exclude(replaces=None).values("replaces"))


class Saying(OfDossier):
    """Words on a card of the talk, in one voice. They are never changed: a better word stands in their place, and what
    was taken back stays as well, with its day.

    It lies in `scores`, with the rest of the quick scan: a stand-in goes on with the talk, an employer reads nothing.
    """

    class Voice(models.TextChoices):
        YOUTH = "youth", _("Jongere")
        COACH = "coach", _("Coach")  # what he noticed himself, never beside the other as if it were the same

    card = models.CharField(max_length=12)
    voice = models.CharField(max_length=8, choices=Voice.choices)
    by = models.ForeignKey(Person, models.PROTECT)  # who typed it
    said_at = models.DateTimeField(default=clock.now)
    taken_back_at = models.DateTimeField(null=True)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    text = SealedText()

    section = "scores"
    objects = SayingQuerySet.as_manager()

    class Meta:
        ordering = ["said_at"]
        indexes = [models.Index(fields=["dossier", "card", "said_at"])]
