"""The wrap-around meeting. Source: "Wrap around".

All of it lies in the section of the plan: the agenda is the plan, and who may read what he wants to change may know
with whom he talks about it. It holds a name of each guest, as a step does of its owner, and nothing else of him.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from ipta.accounts.models import Person
from ipta.base import clock
from ipta.dossiers.models import Appointment, NetworkPerson, OfDossier
from ipta.vault.fields import SealedText


class Voice(models.TextChoices):
    YOUTH = "youth", _("De jongere")
    COACH = "coach", _("De coach")


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def ahead(self) -> MeetingQuerySet:
        """What is being prepared: one at a time."""
        return self.filter(held_at=None, called_off_at=None)

    def held(self) -> MeetingQuerySet:
        return self.exclude(held_at=None)


class Meeting(OfDossier):
    """Youth and coach lay the plan before the people around him. In principle once: another one has a reason.

    As soon as day and hour are known it is an appointment as well, with all that comes with it.
    """

    made_by = models.ForeignKey(Person, models.PROTECT)
    made_at = models.DateTimeField(default=clock.now)
    appointment = models.ForeignKey(Appointment, models.SET_NULL, null=True)
    held_at = models.DateTimeField(null=True)
    called_off_at = models.DateTimeField(null=True)
    place_since = models.DateTimeField(
        null=True
    )  # since when it is about this place: who was told before, is told anew
    youth_was_there = models.BooleanField(null=True)
    when = SealedText()  # as long as the day is open: "ergens na de vakantie"
    place = SealedText()
    leader = SealedText()  # who leads the talk; empty: the coach
    reason = SealedText()  # why there is another one
    why_off = SealedText()

    section = "plan"
    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"], condition=Q(held_at=None, called_off_at=None), name="one_meeting_at_a_time"
            ),
            models.CheckConstraint(condition=Q(held_at=None) | Q(called_off_at=None), name="held_or_called_off"),
        ]

    @property
    def is_ahead(self) -> bool:
        return self.held_at is None and self.called_off_at is None

    @property
    def may_be_held(self) -> bool:
        """At the table, and afterwards for what nobody wrote down yet; not of what never was."""
        return self.called_off_at is None


class PointQuerySet(models.QuerySet["Point"]):
    def forgotten(self) -> PointQuerySet:
        """Difficult, to be talked about, and not on the table; and not both said why."""
        both = Count("set_aside", distinct=True)
        hard = self.exclude(hard_voice="").filter(left_out_voice="", tabled_at=None)
        return hard.alias(said_why=both).filter(said_why__lt=len(Voice))


class Point(OfDossier):
    """What was said of one point of the agenda, or a point of one's own. Of the plan it knows the key alone: the words
    stand there, once."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="points")
    key = models.CharField(max_length=40)
    voice = models.CharField(max_length=5, choices=Voice.choices, blank=True)  # of a point of one's own
    by = models.ForeignKey(Person, models.PROTECT)
    added_at = models.DateTimeField(default=clock.now)
    left_out_voice = models.CharField(max_length=5, choices=Voice.choices, blank=True)
    is_left_out_by_himself = models.BooleanField(default=False)  # he typed it: nobody else brings it back
    hard_voice = models.CharField(max_length=5, choices=Voice.choices, blank=True)
    is_hard_by_himself = models.BooleanField(default=False)
    tabled_at = models.DateTimeField(null=True)  # it was on the table
    text = SealedText()  # of a point of one's own
    why_hard = SealedText()

    section = "plan"
    objects = PointQuerySet.as_manager()

    class Meta:
        ordering = ["added_at"]
        constraints = [models.UniqueConstraint(fields=["meeting", "key"], name="one_line_for_a_point")]


class Invitee(OfDossier):
    """Somebody whom youth and coach want to be there. A name, and what he answered: it gives him no right to read."""

    class Kind(models.TextChoices):
        NETWORK = "network", _("Iemand van dichtbij")
        PROFESSIONAL = "professional", _("Iemand van een organisatie")

    class MaySee(models.TextChoices):
        NOTHING = "nothing", _("Niets")
        AGENDA = "agenda", _("Alleen de agenda")

    class Answer(models.TextChoices):
        YES = "yes", _("Ja, komt")
        NO = "no", _("Nee, komt niet")
        OTHER = "other", _("Wil een ander moment")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="invitees")
    somebody = models.ForeignKey(NetworkPerson, models.SET_NULL, null=True)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    may_see = models.CharField(max_length=7, choices=MaySee.choices, default=MaySee.NOTHING)
    answer = models.CharField(max_length=5, choices=Answer.choices, blank=True)
    invited_by = models.ForeignKey(Person, models.PROTECT)
    invited_at = models.DateTimeField(default=clock.now)
    was_there = models.BooleanField(null=True)
    came_along = models.BooleanField(default=False)  # nobody asked him beforehand
    names_youth = models.BooleanField(default=False)  # the youth ticked that his first name stands in the letter
    letter_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)  # he read it through his link
    answered_at = models.DateTimeField(null=True)  # he answered himself, through his link
    name = SealedText()
    answer_words = SealedText()  # which other moment, or what he said
    brings = SealedText()  # what he wants to bring along or ask
    letter = SealedText()  # what he reads through his link: under this key, and inside it under that of his link

    section = "plan"

    class Meta:
        ordering = ["invited_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "somebody"], condition=~Q(somebody=None), name="somebody_is_invited_once"
            )
        ]


# What lies in folders of its own.
from ipta.wraparound.agreed.models import Condition, Contribution, MeetingAgreement, MeetingYes  # noqa: E402
from ipta.wraparound.table.models import Remark, SetAside  # noqa: E402

__all__ = [
    "Condition",
    "Contribution",
    "Invitee",
    "Meeting",
    "MeetingAgreement",
    "MeetingYes",
    "Point",
    "Remark",
    "SetAside",
    "Voice",
]
