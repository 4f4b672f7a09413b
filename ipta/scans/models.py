"""Instruments, and filled-in sheets. A sheet holds one voice: the coach's or the youth's, never both."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID, uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ipta.accounts.models import Municipality, Person
from ipta.base import clock
from ipta.dossiers.models import OfDossier, Paper
from ipta.vault.fields import SealedJSON, SealedText


class Instrument(models.Model):
    """A questionnaire by its url: of the house, or a municipality's own copy that nobody else sees."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    municipality = models.ForeignKey(Municipality, models.PROTECT, null=True)
    url = models.CharField(max_length=255)
    name = models.CharField(max_length=120, blank=True)
    title = models.CharField(max_length=200, blank=True)
    publisher = models.CharField(max_length=200, blank=True)
    copyright = models.TextField(blank=True)

    class Meta:
        ordering = ["url"]
        constraints = [
            models.UniqueConstraint(fields=["url", "municipality"], name="an_instrument_is_there_once"),
            models.UniqueConstraint(
                fields=["url"], condition=Q(municipality=None), name="an_instrument_of_the_house_is_there_once"
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.name or self.url


class InstrumentVersionQuerySet(models.QuerySet["InstrumentVersion"]):
    def active(self) -> InstrumentVersionQuerySet:
        return self.filter(status=InstrumentVersion.Status.ACTIVE)

    def for_municipality(self, municipality: UUID) -> InstrumentVersionQuerySet:
        """Those of the house and its own; its own come first."""
        mine = Q(instrument__municipality=None) | Q(instrument__municipality=municipality)
        own_first = F("instrument__municipality").asc(nulls_last=True)
        return self.filter(mine).select_related("instrument").order_by("instrument__url", own_first, "-loaded_at")


class InstrumentVersion(models.Model):
    """One text of an instrument. It never changes: whoever filled it in answered these words."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Nog niet in gebruik")
        ACTIVE = "active", _("In gebruik")
        RETIRED = "retired", _("Niet meer in gebruik")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="versions")
    version = models.CharField(max_length=60)
    status = models.CharField(max_length=8, choices=Status.choices)
    definition = models.JSONField()
    checksum = models.CharField(max_length=64)  # of the definition: SHA-256
    loaded_by = models.ForeignKey(Person, models.PROTECT, null=True)  # nobody: it ships with the house
    loaded_at = models.DateTimeField(default=clock.now)

    objects = InstrumentVersionQuerySet.as_manager()

    class Meta:
        ordering = ["-loaded_at"]
        constraints = [
            models.UniqueConstraint(fields=["instrument", "version"], name="a_version_is_there_once"),
            models.UniqueConstraint(
                fields=["instrument"], condition=Q(status="active"), name="one_version_in_use_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.instrument} {self.version}"


class FilledSheetQuerySet(models.QuerySet["FilledSheet"]):
    def open(self) -> FilledSheetQuerySet:
        """Those somebody is still filling in."""
        return self.filter(signed_off_at=None)

    def standing(self, dossiers: Iterable[UUID]) -> FilledSheetQuerySet:
        """Of these dossiers what was signed off, without what was corrected since."""
        signed = self.filter(dossier__in=list(dossiers)).exclude(signed_off_at=None)
        return signed.exclude(pk__in=signed.exclude(replaces=None).values("replaces"))


class FilledSheet(OfDossier):
    """Answers to one version of an instrument, in one voice. Signed off it does not change: a correction is another."""

    class Voice(models.TextChoices):
        YOUTH = "youth", _("Jongere")
        COACH = "coach", _("Coach")
        SUPERVISOR = "supervisor", _("Leidinggevende")
        OTHER = "other", _("Iemand anders")

    version = models.ForeignKey(InstrumentVersion, models.PROTECT)
    voice = models.CharField(max_length=10, choices=Voice.choices)
    by = models.ForeignKey(Person, models.PROTECT)  # who filled it in, or typed it together
    about_on = models.DateField(default=clock.today)
    started_at = models.DateTimeField(default=clock.now)
    saved_at = models.DateTimeField(default=clock.now)
    times_saved = models.PositiveIntegerField(default=0)  # so that two devices do not write over each other
    signed_off_at = models.DateTimeField(null=True)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    together_with = SealedText()
    answers = SealedJSON()

    section = "scores"
    objects = FilledSheetQuerySet.as_manager()

    class Meta:
        ordering = ["-about_on", "-started_at"]
        indexes = [models.Index(fields=["dossier", "voice", "-about_on"])]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "version", "voice"], condition=Q(signed_off_at=None), name="a_sheet_is_open_once"
            )
        ]


class CheckInRhythm(OfDossier):
    """How often the youth wants to be asked how his week was. Without a row nobody asks."""

    class Often(models.TextChoices):
        NEVER = "never", _("Nooit")
        WEEKLY = "weekly", _("Elke week")
        FORTNIGHTLY = "fortnightly", _("Om de week")
        MONTHLY = "monthly", _("Elke maand")

    often = models.CharField(max_length=11, choices=Often.choices)
    since = models.DateField(default=clock.today)

    section = "scores"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dossier"], name="a_rhythm_is_there_once")]


class Assessment(OfDossier):
    """A test or scan that somebody else does, if the youth finds it useful: his yes comes before anything else."""

    class Answer(models.TextChoices):
        YES = "yes", _("Ja")
        NO = "no", _("Nee")

    class How(models.TextChoices):
        TYPED = "typed", _("Zelf ingevuld")
        SAID = "said", _("Gezegd tegen de coach")

    proposed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=clock.now)
    answer = models.CharField(max_length=3, choices=Answer.choices, blank=True)
    answered_how = models.CharField(max_length=5, choices=How.choices, blank=True)
    answered_at = models.DateTimeField(null=True)
    planned_on = models.DateField(null=True)
    done_on = models.DateField(null=True)
    paper = models.ForeignKey(Paper, models.PROTECT, null=True)  # in which the outcome stands
    what = SealedText()
    why = SealedText()
    by_whom = SealedText()
    own_words = SealedText()  # what he himself says of it
    outcome = SealedText()

    section = "scores"

    class Meta:
        ordering = ["-proposed_at"]
        indexes = [models.Index(fields=["dossier", "-proposed_at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="yes") | Q(planned_on=None, done_on=None), name="no_assessment_without_his_yes"
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_how="", answered_at=None) | ~Q(answer="") & ~Q(answered_how=""),
                name="an_answer_says_how_it_was_given",
            ),
        ]


# What lies in folders of its own.
from ipta.scans.talk.models import Saying  # noqa: E402
from ipta.scans.told.models import OwnAnswer, SecondLook, Statement  # noqa: E402

__all__ = [
    "Assessment",
    "CheckInRhythm",
    "FilledSheet",
    "Instrument",
    "InstrumentVersion",
    "OwnAnswer",
    "Saying",
    "SecondLook",
    "Statement",
]
