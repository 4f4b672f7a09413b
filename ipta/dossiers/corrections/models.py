"""What the youth wants to have changed, and what came of it."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ipta.accounts.models import Person
from ipta.base import clock
from ipta.dossiers.corrections.rules import answer_by
from ipta.dossiers.models import OfDossier
from ipta.vault.fields import SealedText


class CorrectionQuerySet(models.QuerySet["Correction"]):
    def waiting(self) -> CorrectionQuerySet:
        return self.filter(correctionanswer=None)


class Correction(OfDossier):
    """The youth asks to change a line, with what should be there. It lies in the section of that line, and stays."""

    line = models.UUIDField()  # the id of the note, step, sheet, placement ... it is about
    kind = models.CharField(max_length=20)  # what that line is, as the address of it says
    section = models.CharField(max_length=20)
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    wish = SealedText()

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at"]
        indexes = [models.Index(fields=["dossier", "line"])]

    @property
    def due_on(self) -> date:
        return answer_by(timezone.localdate(self.asked_at))


class CorrectionAnswer(OfDossier):
    """What the coach did with it: changed, or not and why. It stays beside the question."""

    class Outcome(models.TextChoices):
        CHANGED = "changed", _("Aangepast")
        KEPT = "kept", _("Niet aangepast")

    correction = models.OneToOneField(Correction, models.PROTECT, related_name="correctionanswer")
    section = models.CharField(max_length=20)
    outcome = models.CharField(max_length=7, choices=Outcome.choices)
    answered_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(default=clock.now)
    reason = SealedText()

    class Meta:
        ordering = ["answered_at"]
        indexes = [models.Index(fields=["dossier", "-answered_at"])]
