"""What was said of a point, and why a difficult one did not come on the table."""

from __future__ import annotations

from django.db import models

from ipta.accounts.models import Person
from ipta.base import clock
from ipta.dossiers.models import OfDossier
from ipta.vault.fields import SealedText
from ipta.wraparound.models import Meeting, Point, Voice


class Remark(OfDossier):
    """What was said of a point at the table, in the voice of who wrote it down. Two write at once: lines are added."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="remarks")
    key = models.CharField(max_length=40)  # of the point
    voice = models.CharField(max_length=5, choices=Voice.choices)
    by = models.ForeignKey(Person, models.PROTECT)
    written_at = models.DateTimeField(default=clock.now)
    text = SealedText()

    section = "plan"

    class Meta:
        ordering = ["written_at"]


class SetAside(OfDossier):
    """Why one of the two did not talk about a difficult point: not now, or not at all. Both say it, or it is asked."""

    point = models.ForeignKey(Point, models.CASCADE, related_name="set_aside")
    voice = models.CharField(max_length=5, choices=Voice.choices)
    is_later = models.BooleanField(default=False)
    by = models.ForeignKey(Person, models.PROTECT)
    said_at = models.DateTimeField(default=clock.now)
    why = SealedText()

    section = "plan"

    class Meta:
        ordering = ["said_at"]
        constraints = [models.UniqueConstraint(fields=["point", "voice"], name="one_reason_a_voice")]
