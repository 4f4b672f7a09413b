"""Filled-in sheets. A sheet holds one voice: the coach's rating or the youth's own view, never both."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ipta.accounts.models import Person
from ipta.base import clock
from ipta.dossiers.models import OfDossier
from ipta.vault.fields import SealedJSON, SealedText


class Sheet(OfDossier):
    class Voice(models.TextChoices):
        COACH = "coach", _("Coach")
        YOUTH = "youth", _("Jongere")

    instrument = models.CharField(max_length=20, default="zrm-2017")
    voice = models.CharField(max_length=8, choices=Voice.choices)
    by = models.ForeignKey(Person, models.PROTECT)
    about_on = models.DateField(default=clock.today)
    written_at = models.DateTimeField(default=clock.now)
    ratings = SealedJSON()
    remark = SealedText()

    section = "scores"

    class Meta:
        ordering = ["-about_on", "-written_at"]
        indexes = [models.Index(fields=["dossier", "voice", "-about_on"])]
