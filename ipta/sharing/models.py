"""Who may see what, and who looked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ipta.accounts.models import Municipality, Person, Role
from ipta.base import clock
from ipta.dossiers.models import OfDossier, Specialist
from ipta.journal.models import Line
from ipta.sharing.review import Rule, Verdict
from ipta.sharing.rules import EMERGENCY_TOLD
from ipta.vault.fields import SealedText


class GrantQuerySet(models.QuerySet["Grant"]):
    def now(self) -> GrantQuerySet:
        today = clock.today()
        return self.filter(since__lte=today, until__gte=today, revoked_at=None)

    def held_by(self, person: Person) -> GrantQuerySet:
        """Those this person can read by now: who no longer works anywhere reads nothing any more."""
        return self.of(person.pk) if person.has_post else self.none()

    def of(self, person: UUID) -> GrantQuerySet:
        """The same, of somebody who works somewhere."""
        return self.now().filter(to=person)


class Grant(OfDossier):
    """The youth lets one person see one section, for a purpose, until a day. Never edited: withdrawn, and a new one."""

    to = models.ForeignKey(Person, models.PROTECT, related_name="grants")
    shared_section = models.CharField(max_length=20)
    since = models.DateField(default=clock.today)
    until = models.DateField()
    given_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    given_at = models.DateTimeField(default=clock.now)
    revoked_at = models.DateTimeField(null=True)
    purpose = SealedText()

    objects = GrantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=models.F("since")), name="a_grant_ends_after_it_begins")
        ]

    @property
    def section(self) -> str:
        """Where the purpose lies: with what is shared, so that who may read the one may read what it is for."""
        return self.shared_section


class EmergencyQuerySet(models.QuerySet["Emergency"]):
    def now(self) -> EmergencyQuerySet:
        return self.filter(ended_at=None, until__gt=clock.now())

    def held_by(self, person: Person) -> EmergencyQuerySet:
        """Those this person reads by now: as a coachship, it ends with the post in its municipality."""
        return self.of(person.pk, person.municipalities_as(Role.COACH))

    def of(self, coach: UUID, municipalities: Iterable[UUID]) -> EmergencyQuerySet:
        """The same, of somebody who is a coach in these municipalities."""
        return self.now().filter(taken_by=coach, dossier__municipality__in=municipalities)

    def lately(self) -> EmergencyQuerySet:
        """Those that youth and coach still find on their first page."""
        return self.since(told_since())

    def since(self, moment: datetime) -> EmergencyQuerySet:
        return self.filter(taken_at__gte=moment).select_related("taken_by").order_by("-taken_at")


def told_since() -> datetime:
    """Youth and coach find on their first page what was opened after this moment."""
    return clock.now() - EMERGENCY_TOLD


class Emergency(OfDossier):
    """Somebody opened the dossier with the emergency button. Never made longer: a new one, with a new reason."""

    taken_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)  # before its time, by whom the journal tells
    reason = SealedText()

    section = "contacts"
    objects = EmergencyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until__gt=models.F("taken_at")), name="an_emergency_ends_after_it_begins"
            )
        ]

    @property
    def is_running(self) -> bool:
        """Whether it opens anything now: the same moments as `EmergencyQuerySet.now`."""
        return self.ended_at is None and self.until > clock.now()

    @property
    def closed_at(self) -> datetime:
        """When it is over, or was."""
        return self.ended_at or self.until


class Look(Line):
    """Somebody opened a section: one line per reader, section and request."""

    section = models.CharField(max_length=20)
    ground = models.CharField(max_length=60)
    result = models.CharField(max_length=8)  # opened, refused
    request_id = models.UUIDField()
    reader_name = models.CharField(max_length=40, blank=True)  # first name of staff, as the youth reads it
    reader_role = models.CharField(max_length=20, blank=True)
    reader_organisation = models.CharField(max_length=80, blank=True)

    log = "looks"
    hashed = (
        "id",
        "about",
        "number",
        "at",
        "person_id",
        "section",
        "ground",
        "result",
        "request_id",
        "reader_name",
        "reader_role",
        "reader_organisation",
    )

    class Meta(Line.Meta):
        abstract = False
        constraints = [models.UniqueConstraint(fields=["about", "number"], name="look_in_its_place")]
        indexes = [models.Index(fields=["about", "-at"])]


class Doubt(OfDossier):
    """The youth says of what one person read on one day: this is not right. The privacy officer looks into it."""

    day = models.DateField()
    reader = models.ForeignKey(Person, models.PROTECT, related_name="+")
    raised_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dossier", "day", "reader"], name="a_day_is_doubted_once")]
        indexes = [models.Index(fields=["dossier", "raised_at"])]


class Judgement(models.Model):
    """What the privacy officer makes of one signal of a week. When the week is signed it is fixed."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    municipality = models.ForeignKey(Municipality, models.PROTECT)
    monday = models.DateField()
    key = models.CharField(max_length=16)
    rule = models.CharField(max_length=12, choices=[(rule.value, rule.value) for rule in Rule])
    facts = models.JSONField()  # who, which dossiers, when: as it was shown
    verdict = models.CharField(max_length=9, choices=[(verdict.value, verdict.value) for verdict in Verdict])
    judged_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    judged_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "monday", "key"], name="a_signal_is_judged_once")
        ]


class Review(models.Model):
    """A week of the reading log of a municipality, gone through and signed by somebody with a name."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    municipality = models.ForeignKey(Municipality, models.PROTECT)
    monday = models.DateField()
    reads = models.PositiveIntegerField()  # how many lines the week had
    signed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["municipality", "monday"], name="a_week_is_signed_once")]


class HelpRequestQuerySet(models.QuerySet["HelpRequest"]):
    def waiting(self) -> HelpRequestQuerySet:
        return self.filter(answered_at=None, closed_at=None)

    def late(self, today: date) -> HelpRequestQuerySet:
        """No answer, although the day of the agreement has passed."""
        return self.waiting().filter(due_on__lt=today)

    def unread(self) -> HelpRequestQuerySet:
        """Answered, and the coach has not seen it."""
        return self.filter(answered_at__isnull=False, read_at=None, closed_at=None)


class HelpRequest(OfDossier):
    """A coach asks a specialist something about a youth, with his yes. The clock of the agreement runs."""

    class Reply(models.TextChoices):
        ANSWER = "answer", _("Dit is ons antwoord")
        CANNOT = "cannot", _("Wij kunnen dit niet")
        CALL = "call", _("Bel mij")

    specialist = models.ForeignKey(Specialist, models.PROTECT)
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    is_discussed = models.BooleanField()  # the youth knows what is asked and agrees
    asked_at = models.DateTimeField(default=clock.now)
    due_on = models.DateField()
    letter = models.BinaryField(default=b"")  # the question, sealed under the secret of the link alone (help/letters)
    opened_at = models.DateTimeField(null=True)  # by the specialist, the first time
    answered_at = models.DateTimeField(null=True)
    reply = models.CharField(max_length=8, choices=Reply.choices, blank=True)
    read_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    question = SealedText()
    answer = SealedText()

    section = "contacts"
    objects = HelpRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at"]
        indexes = [models.Index(fields=["dossier", "-asked_at"])]
        constraints = [
            models.CheckConstraint(condition=Q(is_discussed=True), name="nothing_is_asked_without_him"),
            models.CheckConstraint(condition=Q(answered_at=None) | ~Q(reply=""), name="an_answer_says_what_kind"),
        ]

    @property
    def is_waiting(self) -> bool:
        return self.answered_at is None and self.closed_at is None

    @property
    def is_late(self) -> bool:
        return self.is_waiting and self.due_on < clock.today()
