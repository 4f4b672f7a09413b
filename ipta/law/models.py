"""How long what is kept, on what ground, and what is left as proof when it is gone."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ipta.accounts.models import Municipality, Person
from ipta.base import clock
from ipta.dossiers.models import Dossier, OfDossier
from ipta.law import rules
from ipta.vault.fields import SealedText

KINDS = [(kind, _(name)) for kind, name in rules.KIND_NAMES.items()]


class Stated(models.Model):
    """Something a municipality says, about nobody. Never changed: the newest counts, those of before stay."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    municipality = models.ForeignKey(Municipality, models.PROTECT)
    stated_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    stated_at = models.DateTimeField(default=clock.now)
    why = models.CharField(max_length=500)

    class Meta:
        abstract = True
        ordering = ["-stated_at"]


class Retention(Stated):
    """How long a municipality keeps a kind of record after the end."""

    kind = models.CharField(max_length=8, choices=KINDS)
    months = models.PositiveSmallIntegerField()


class Ground(Stated):
    """On what ground a municipality uses what it knows for a purpose: for a lawyer, and as one says it to the youth."""

    purpose = models.CharField(
        max_length=12, choices=[(purpose, _(name)) for purpose, name in rules.PURPOSE_NAMES.items()]
    )
    articles = models.TextField(max_length=2000)
    plain = models.TextField(max_length=600)


class Notice(OfDossier):
    """From this day on youth and coach find on their pages that a kind of record goes, and when."""

    kind = models.CharField(max_length=8, choices=KINDS)
    told_on = models.DateField(default=clock.today)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dossier", "kind"], name="told_of_a_kind_once")]


class HoldQuerySet(models.QuerySet["Hold"]):
    def running(self) -> HoldQuerySet:
        """Those two people asked for, that have not ended."""
        return self.exclude(agreed_at=None).filter(ended_at=None, until__gte=clock.today())

    def asked(self) -> HoldQuerySet:
        """Those that wait for the second one."""
        return self.filter(agreed_at=None, ended_at=None, until__gte=clock.today())


class Hold(OfDossier):
    """Nothing of this dossier goes until a day, whatever its terms. One asks, the other agrees; the youth reads it."""

    municipality = models.ForeignKey(Municipality, models.PROTECT)  # who asks for it sees no dossier
    why = models.CharField(max_length=10, choices=[(key, _(name)) for key, name in rules.HOLDS.items()])
    until = models.DateField()  # the last day of it
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    agreed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    agreed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = HoldQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.CheckConstraint(condition=Q(agreed_by=None) | ~Q(agreed_by=F("asked_by")), name="two_hold_a_dossier")
        ]

    @property
    def about(self) -> Dossier:
        """Whose dossier, for who may not see it: its id, and where it lies."""
        return Dossier(pk=self.dossier_id, municipality_id=self.municipality_id)

    @property
    def is_running(self) -> bool:
        return self.agreed_at is not None and self.ended_at is None and self.until >= clock.today()


class WishQuerySet(models.QuerySet["Wish"]):
    def open(self) -> WishQuerySet:
        """Those to which nobody has said no, and that were not done or called off."""
        return self.filter(refused_at=None, called_off_at=None, done_at=None)

    def agreed(self) -> WishQuerySet:
        """Those to which two people said yes."""
        return self.open().exclude(agreed_at=None)


class Wish(OfDossier):
    """The youth wants something erased (AVG 17). One asks for it, a second agrees, and then the house does it."""

    municipality = models.ForeignKey(Municipality, models.PROTECT)  # who handles it sees no dossier
    kind = models.CharField(max_length=8, choices=KINDS)
    wished_at = models.DateTimeField(default=clock.now)
    asked_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(null=True)
    agreed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    agreed_at = models.DateTimeField(null=True)
    refused_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    refused_at = models.DateTimeField(null=True)
    refused_why = models.CharField(
        max_length=8, blank=True, choices=[(key, _(name)) for key, name in rules.REFUSALS.items()]
    )
    called_off_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    objects = WishQuerySet.as_manager()

    class Meta:
        ordering = ["-wished_at"]
        constraints = [
            models.CheckConstraint(condition=Q(agreed_by=None) | ~Q(agreed_by=F("asked_by")), name="two_erase"),
            models.UniqueConstraint(
                fields=["dossier", "kind"],
                condition=Q(refused_at=None, called_off_at=None, done_at=None),
                name="one_wish_of_a_kind",
            ),
        ]

    @property
    def about(self) -> Dossier:
        """Whose dossier, for who may not see it: its id, and where it lies."""
        return Dossier(pk=self.dossier_id, municipality_id=self.municipality_id)

    @property
    def is_open(self) -> bool:
        return self.refused_at is None and self.called_off_at is None and self.done_at is None

    @property
    def answer_by(self) -> date:
        """The last day on which he must have an answer."""
        return timezone.localdate(self.wished_at) + rules.ANSWER_WITHIN

    @property
    def is_late(self) -> bool:
        return self.is_open and self.agreed_at is None and self.answer_by < clock.today()


class Proof(models.Model):
    """What is left when something was destroyed: which, when and by which rule. It names no dossier and no person."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    municipality = models.ForeignKey(Municipality, models.PROTECT)
    mark = models.CharField(max_length=64)  # rules.mark_of the dossier
    kind = models.CharField(max_length=8, choices=KINDS)
    is_wished = models.BooleanField(default=False)  # the youth asked for it; otherwise its term was over
    months = models.PositiveSmallIntegerField(null=True)  # the term that was over
    rule = models.CharField(max_length=500)
    sections: models.JSONField[Any, Any] = models.JSONField()
    rows = models.PositiveIntegerField()  # taken away with it
    destroyed_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-destroyed_at"]
        indexes = [models.Index(fields=["municipality", "-destroyed_at"])]
        constraints = [models.UniqueConstraint(fields=["mark", "kind"], name="a_kind_is_destroyed_once")]


class Weighing(OfDossier):
    """Of who is under 18: that was weighed whether his parents should know something, with what came of it and why."""

    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    weighed_at = models.DateTimeField(default=clock.now)
    outcome = SealedText()  # out of rules.WEIGHED
    reason = SealedText()

    section = "family"

    class Meta:
        ordering = ["-weighed_at"]
