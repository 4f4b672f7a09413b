"""What others said of the youth, what he says of it, and what was looked at again."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ipta.accounts.models import Person
from ipta.base import clock
from ipta.dossiers.models import OfDossier, RoughDays
from ipta.vault.fields import SealedText


class StatementQuerySet(models.QuerySet["Statement"]):
    def standing(self, dossiers: Iterable[UUID]) -> StatementQuerySet:
        """Of these dossiers, without those that a better one replaced."""
        mine = self.filter(dossier__in=list(dossiers))
        return mine.exclude(pk__in=mine.exclude(replaces=None).values("replaces"))


class Statement(RoughDays, OfDossier):
    """Something that somebody elsewhere said or wrote of the youth. Never changed: a correction takes its place."""

    class Kind(models.TextChoices):
        SCHOOL = "school", _("School")
        WORK = "work", _("Werk")
        HELP = "help", _("Hulp")
        JUSTICE = "justice", _("Justitie")
        HEALTH = "health", _("Gezondheid")
        MONEY = "money", _("Geld")
        HOUSING = "housing", _("Wonen")
        HOME = "home", _("Thuis")
        OTHER = "other", _("Anders")

    kind = models.CharField(max_length=8, choices=Kind.choices)
    section = models.CharField(max_length=20)  # sections.SECTION_OF
    by = models.ForeignKey(Person, models.PROTECT)  # who put it in the dossier
    cited_at = models.DateTimeField(default=clock.now)
    about_on = models.DateField(null=True)  # when it was said or written there, as far as that is known
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    text = SealedText()
    source = SealedText()

    objects = StatementQuerySet.as_manager()

    class Meta:
        ordering = ["cited_at"]
        indexes = [models.Index(fields=["dossier", "cited_at"])]


class OwnAnswer(OfDossier):
    """Whether it is right, says the youth. Nobody changes it or takes it away; a later answer stands beside it."""

    statement = models.ForeignKey(Statement, models.CASCADE, related_name="answers")
    section = models.CharField(max_length=20)  # of the statement
    by = models.ForeignKey(Person, models.PROTECT)  # who typed it
    answered_at = models.DateTimeField(default=clock.now)
    reply = SealedText()  # one of rules.REPLIES
    words = SealedText()

    class Meta:
        ordering = ["answered_at"]
        indexes = [models.Index(fields=["dossier", "answered_at"])]


class SecondLookQuerySet(models.QuerySet["SecondLook"]):
    def open(self) -> SecondLookQuerySet:
        return self.filter(closed_at=None)


class SecondLook(OfDossier):
    """It does not fit with what the coach sees: a reason to look again, until he says what came of it."""

    statement = models.ForeignKey(Statement, models.CASCADE, related_name="second_looks")
    section = models.CharField(max_length=20)  # of the statement
    by = models.ForeignKey(Person, models.PROTECT)
    since = models.DateTimeField(default=clock.now)
    closed_at = models.DateTimeField(null=True)
    why = SealedText()
    came_of = SealedText()

    objects = SecondLookQuerySet.as_manager()

    class Meta:
        ordering = ["since"]
        indexes = [models.Index(fields=["dossier", "closed_at"])]
        constraints = [
            models.UniqueConstraint(fields=["statement"], condition=Q(closed_at=None), name="looked_at_again_once")
        ]
