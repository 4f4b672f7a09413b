"""The veranderplan: versions of one text, in force once both owners said yes to the same one."""

from __future__ import annotations

from django.db import models
from django.db.models import Exists, OuterRef

from ipta.accounts.models import Person
from ipta.base import clock
from ipta.dossiers.models import OfDossier
from ipta.vault.fields import SealedJSON, SealedText


class PlanVersionQuerySet(models.QuerySet["PlanVersion"]):
    def in_force(self) -> PlanVersionQuerySet:
        return self.exclude(in_force_from=None).order_by("-number")

    def with_yeses(self) -> PlanVersionQuerySet:
        """Each with `youth_said_yes` and `coach_said_yes`; without its words."""
        yes = Agreement.objects.filter(version=OuterRef("pk"))
        said = {f"{owner.value}_said_yes": Exists(yes.filter(owner=owner)) for owner in Agreement.Owner}
        return self.annotate(**said).only("dossier", "number", "in_force_from")


class PlanVersion(OfDossier):
    """One text of the plan. A text that was proposed is never changed: a change is a new version."""

    number = models.PositiveIntegerField()
    author = models.ForeignKey(Person, models.PROTECT)
    written_at = models.DateTimeField(default=clock.now)
    in_force_from = models.DateTimeField(null=True)
    strategy = models.CharField(max_length=12, blank=True)
    goals = SealedJSON()  # [{"key": "a1b2", "domain": "housing", "goal": "...", "youth": "...", "coach": "..."}]
    voices = SealedJSON()  # of the other elements: {"remember": {"youth": "...", "coach": "..."}}
    # What they wrote together before each of the two had a voice at every element.
    most_important = SealedText()
    youth_does = SealedText()
    youth_learns = SealedText()
    network_does = SealedText()
    taken_over = SealedText()
    remember = SealedText()

    section = "plan"
    objects = PlanVersionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["dossier", "number"], name="one_version_of_a_number")]


class Agreement(models.Model):
    """The yes ("Ja, dit is mijn plan"): one owner's yes to one text."""

    class Owner(models.TextChoices):
        YOUTH = "youth"
        COACH = "coach"

    version = models.ForeignKey(PlanVersion, models.CASCADE, related_name="agreements")
    person = models.ForeignKey(Person, models.PROTECT)
    owner = models.CharField(max_length=8, choices=Owner.choices)
    given_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "owner"], name="one_yes_per_owner")]
