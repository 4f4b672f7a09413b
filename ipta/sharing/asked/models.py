"""What somebody would like to see of a youth."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ipta.accounts.models import Person
from ipta.base import clock
from ipta.dossiers.models import OfDossier
from ipta.sharing.models import Grant
from ipta.vault.fields import SealedText


class SharingRequestQuerySet(models.QuerySet["SharingRequest"]):
    def waiting(self) -> SharingRequestQuerySet:
        """Not answered with yes or no, and not ended by itself."""
        return self.filter(answer__in=["", SharingRequest.Answer.LATER], ends_at__gt=clock.now())

    def to_show(self) -> SharingRequestQuerySet:
        """Those that stand on his first page: not those he put off a moment ago."""
        return self.waiting().filter(Q(rests_until=None) | Q(rests_until__lte=clock.now()))


class SharingRequest(OfDossier):
    """Somebody asks whether `to` may see a section: the coach, or that person himself. It opens nothing.

    One thing out of a section is asked for by the coach alone.
    """

    class Answer(models.TextChoices):
        YES = "yes", _("Ja")
        NO = "no", _("Nee")
        LATER = "later", _("Later")

    to = models.ForeignKey(Person, models.PROTECT, related_name="sharing_requests")
    shared_section = models.CharField(max_length=20)
    item = models.UUIDField(null=True)  # the one row that is asked for; without it the whole section
    item_kind = models.CharField(max_length=12, choices=Grant.Item.choices, blank=True)
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    ends_at = models.DateTimeField()  # by itself, when nobody said yes or no
    rests_until = models.DateTimeField(null=True)  # he said: later
    answer = models.CharField(max_length=5, choices=Answer.choices, blank=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")  # his coach: said aloud
    answered_at = models.DateTimeField(null=True)
    grant = models.OneToOneField("sharing.Grant", models.PROTECT, null=True, related_name="asked")
    reason = SealedText()

    objects = SharingRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at"]
        indexes = [models.Index(fields=["dossier", "-asked_at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="") | Q(answered_at__isnull=False), name="an_answer_has_its_moment"
            ),
            models.CheckConstraint(condition=Q(grant=None) | Q(answer="yes"), name="only_a_yes_opens"),
            models.CheckConstraint(
                condition=Q(item=None, item_kind="") | Q(item__isnull=False) & ~Q(item_kind=""),
                name="an_asked_item_has_a_kind",
            ),
        ]

    @property
    def section(self) -> str:
        """Where the reason lies: with what is asked for, as the purpose of a grant."""
        return self.shared_section

    @property
    def is_waiting(self) -> bool:
        """The same moments as `SharingRequestQuerySet.waiting`."""
        return self.answer in ("", self.Answer.LATER) and self.ends_at > clock.now()
