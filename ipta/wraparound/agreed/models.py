"""The six elements of what was agreed. Source: "Wrap around afspraken".

Goals and actions are those of the plan and its steps: they stand there, once. Here is what the table added to it.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from ipta.accounts.models import Person
from ipta.base import clock
from ipta.dossiers.models import Appointment, OfDossier
from ipta.vault.fields import SealedText
from ipta.wraparound.models import Invitee, Meeting, Voice


class MeetingAgreement(OfDossier):
    """What was agreed at one meeting. Its number goes up with every change: a yes is a yes to one text."""

    class Again(models.TextChoices):
        DAY = "day", _("Op een dag")
        NEEDED = "needed", _("Als het nodig is")

    meeting = models.OneToOneField(Meeting, models.CASCADE, related_name="agreement")
    number = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(default=clock.now)
    again = models.CharField(max_length=6, choices=Again.choices, blank=True)
    appointment = models.ForeignKey(Appointment, models.SET_NULL, null=True)
    informed = SealedText()  # how they keep each other informed

    section = "plan"


class Contribution(OfDossier):
    """The role of one person, and what he brings in. The youth and his coach have one; so has each who was there."""

    agreement = models.ForeignKey(MeetingAgreement, models.CASCADE, related_name="contributions")
    voice = models.CharField(max_length=5, choices=Voice.choices, blank=True)
    invitee = models.ForeignKey(Invitee, models.CASCADE, null=True, related_name="contributions")
    number = models.PositiveIntegerField(default=1)  # with which text of the agreement these words came
    by = models.ForeignKey(Person, models.PROTECT)
    written_at = models.DateTimeField(default=clock.now)
    due_on = models.DateField(null=True)
    text = SealedText()

    section = "plan"

    class Meta:
        ordering = ["written_at"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "voice"], condition=Q(invitee=None), name="one_role_an_owner"),
            models.UniqueConstraint(
                fields=["agreement", "invitee"], condition=~Q(invitee=None), name="one_role_somebody"
            ),
            models.CheckConstraint(condition=Q(invitee=None) ^ Q(voice=""), name="a_role_is_of_one"),
        ]


class ConditionQuerySet(models.QuerySet["Condition"]):
    def standing(self) -> ConditionQuerySet:
        """Those that can still come true: of the last meeting that was held, as long as no other is being prepared."""
        here = Meeting.objects.filter(dossier=OuterRef("dossier"))
        last = here.held().order_by("-held_at").values("pk")[:1]
        open_ones = self.filter(~Exists(here.ahead()), came_true_at=None, dossier__ended_on=None)
        return open_ones.filter(agreement__meeting=Subquery(last))

    def asking(self) -> ConditionQuerySet:
        """Those that came true, and of which nobody said yet what to do."""
        return self.exclude(came_true_at=None).filter(answer="", dossier__ended_on=None)


class Condition(OfDossier):
    """What makes them sit down together again. It comes true once; then youth and coach choose what to do."""

    class Kind(models.TextChoices):
        LATE = "late", _("Een actie blijft liggen")
        STOPPED = "stopped", _("De werkplek stopt")
        ACUTE = "acute", _("Iets kan niet wachten")
        SILENT = "silent", _("Een tijd geen contact")
        DAY = "day", _("Een dag")
        WORDS = "words", _("Iets anders, in eigen woorden")

    class Answer(models.TextChoices):
        TAKEN = "taken", _("Nog een keer om tafel")
        ASIDE = "aside", _("Nu niet")

    agreement = models.ForeignKey(MeetingAgreement, models.CASCADE, related_name="conditions")
    kind = models.CharField(max_length=7, choices=Kind.choices)
    days = models.PositiveSmallIntegerField(null=True)
    due_on = models.DateField(null=True)
    domain = models.CharField(max_length=20, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    came_true_at = models.DateTimeField(null=True)
    seen_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")  # empty: the house saw it
    answer = models.CharField(max_length=5, choices=Answer.choices, blank=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    text = SealedText()  # in free words, or what belongs to it
    why_not = SealedText()  # why they do not sit down again now

    section = "plan"
    objects = ConditionQuerySet.as_manager()

    class Meta:
        ordering = ["made_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(came_true_at=None) | Q(answer=""), name="answered_once_it_is_true"),
        ]


class MeetingYesQuerySet(models.QuerySet["MeetingYes"]):
    def standing(self) -> MeetingYesQuerySet:
        """Those that count now: to the text as it is, or to his own line as it is. What he said himself comes last."""
        same = {name: OuterRef(name) for name in ("agreement", "invitee", "number")}
        to_all = Q(is_to_own_line=False, number=F("agreement__number"))
        to_own = Q(Exists(Contribution.objects.filter(**same)), is_to_own_line=True)
        return self.filter(to_all | to_own).order_by("is_to_own_line")


class MeetingYes(OfDossier):
    """One person's yes: to all that was agreed, said himself or aloud at the table and written down by the coach; or
    on a page of his own to his line alone, and then it stands until that line is another."""

    agreement = models.ForeignKey(MeetingAgreement, models.CASCADE, related_name="yeses")
    number = models.PositiveIntegerField()  # to which text, or to his line that came with which text
    is_to_own_line = models.BooleanField(default=False, db_default=False)
    voice = models.CharField(max_length=5, choices=Voice.choices, blank=True)
    invitee = models.ForeignKey(Invitee, models.CASCADE, null=True, related_name="yeses")
    by = models.ForeignKey(Person, models.PROTECT)
    given_at = models.DateTimeField(default=clock.now)

    section = "plan"
    objects = MeetingYesQuerySet.as_manager()

    class Meta:
        ordering = ["given_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "number", "voice"], condition=Q(invitee=None), name="one_yes_an_owner_a_text"
            ),
            models.UniqueConstraint(
                fields=["agreement", "number", "invitee", "is_to_own_line"],
                condition=~Q(invitee=None),
                name="one_yes_somebody_a_text",
            ),
            models.CheckConstraint(condition=Q(invitee=None) ^ Q(voice=""), name="a_yes_is_of_one"),
            models.CheckConstraint(condition=~Q(invitee=None) | Q(is_to_own_line=False), name="an_owner_agrees_to_all"),
        ]
