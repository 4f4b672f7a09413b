"""A youth at a workplace. Source: "Match", "Plaatsingsafspraken"."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ipta.accounts.models import Person
from ipta.base import clock
from ipta.dossiers.models import OfDossier, RoughDays
from ipta.vault.fields import SealedJSON, SealedText
from ipta.workplaces.models import Workplace


class Placement(RoughDays, OfDossier):
    class Kind(models.TextChoices):
        JOB = "job", _("Baan")
        EXPERIENCE = "experience", _("Werkervaringsplek")
        TRIAL = "trial", _("Proefplaatsing")
        INTERNSHIP = "internship", _("Stage")
        EDUCATION = "education", _("Opleiding")
        OWN_BUSINESS = "own_business", _("Eigen zaak")
        ACTIVITY = "activity", _("Vrijwilligerswerk of dagbesteding")

    class Stop(models.TextChoices):
        """Neutral: it says what comes of it, not whose fault it was."""

        DONE = "done", _("De afgesproken tijd is om")
        ON_TO_WORK = "on_to_work", _("Verder naar ander werk of school")
        NO_FIT = "no_fit", _("Het paste niet")
        TOO_HEAVY = "too_heavy", _("Het was te zwaar")
        TRAVEL = "travel", _("De reis of het ritme lukte niet")
        EMPLOYER = "employer", _("Het bedrijf stopte")
        LIFE = "life", _("Er was iets anders nodig")
        OTHER = "other", _("Anders")

    workplace = models.ForeignKey(Workplace, models.PROTECT, null=True)
    kind = models.CharField(max_length=14, choices=Kind.choices)
    agreed_on = models.DateField(default=clock.today)
    starts_on = models.DateField(null=True)
    stopped_on = models.DateField(null=True)
    stop_reason = models.CharField(max_length=12, choices=Stop.choices, blank=True)
    made_by = models.ForeignKey(Person, models.PROTECT)
    what = SealedText()  # what he does there, or which school, which business
    points = SealedJSON()
    stop_words = SealedText()

    section = "work"

    class Meta:
        ordering = ["-agreed_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(stopped_on=None) | Q(starts_on=None) | Q(stopped_on__gte=F("starts_on")),
                name="a_placement_stops_after_it_starts",
            )
        ]

    @property
    def is_running(self) -> bool:
        return self.starts_on is not None and self.stopped_on is None
