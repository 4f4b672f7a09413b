"""Who may see what, and who looked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from ipta.accounts.models import Municipality, Person, Role
from ipta.base import clock
from ipta.dossiers.models import OfDossier, Specialist
from ipta.journal.models import Line
from ipta.sharing.review import Rule, Verdict
from ipta.sharing.rules import EMERGENCY_TOLD, TOLD_BEFORE, USUAL_GRANT
from ipta.sharing.warning.rules import ANSWER_WITHIN, LONGEST_HOURS, MOST_POSTPONED, SECONDS
from ipta.vault.fields import SealedJSON, SealedText


class GrantQuerySet(models.QuerySet["Grant"]):
    def now(self) -> GrantQuerySet:
        today = clock.today()
        return self.filter(since__lte=today, until__gte=today, revoked_at=None)

    def held_by(self, person: Person) -> GrantQuerySet:
        """Those this person can read by now: who no longer works anywhere reads nothing any more."""
        return self.of(person.pk) if person.holds_grants else self.none()

    def of(self, person: UUID) -> GrantQuerySet:
        """The same, of somebody who works somewhere, or is a guest."""
        return self.now().filter(to=person)

    def to_confirm(self) -> GrantQuerySet:
        """Typed by his coach, and he has not said himself that it is so."""
        return self.now().filter(is_aloud=True, confirmed_at=None)

    def ending(self, by: date | None = None) -> GrantQuerySet:
        """Those that stop within a week, or by that day, where nothing goes on after them."""
        longer = Grant.objects.now().filter(
            Q(item=None) | Q(item=OuterRef("item")),
            dossier=OuterRef("dossier"),
            to=OuterRef("to"),
            shared_section=OuterRef("shared_section"),
            until__gt=OuterRef("until"),
        )
        return self.now().filter(~Exists(longer), until__lte=by or clock.today() + TOLD_BEFORE)

    def of_sections(self) -> GrantQuerySet:
        """Those of a whole section."""
        return self.filter(item=None)

    def of_items(self) -> GrantQuerySet:
        """Those of one thing out of a section."""
        return self.exclude(item=None)


class Grant(OfDossier):
    """The youth lets one person see one section, or one thing out of it, for a purpose, until a day.

    Never edited: withdrawn, and a new one.
    """

    class Item(models.TextChoices):
        STEP = "step", _("Stap")
        CONTRIBUTION = "contribution", _("Wat iemand bijdraagt")
        PLAN = "plan", _("Plan")
        APPOINTMENT = "appointment", _("Afspraak")
        NOTE = "note", _("Notitie")
        PAPER = "paper", _("Papier")

    to = models.ForeignKey(Person, models.PROTECT, related_name="grants")
    shared_section = models.CharField(max_length=20)
    item = models.UUIDField(null=True)  # the one row that is shared; without it the whole section
    item_kind = models.CharField(max_length=12, choices=Item.choices, blank=True)
    since = models.DateField(default=clock.today)
    until = models.DateField()
    given_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    given_at = models.DateTimeField(default=clock.now)
    is_aloud = models.BooleanField(default=False, db_default=False)  # he said yes, and his coach typed it
    confirmed_at = models.DateTimeField(null=True)  # when he said himself that this was so
    revoked_at = models.DateTimeField(null=True)
    purpose = SealedText()

    objects = GrantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=models.F("since")), name="a_grant_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(item=None, item_kind="") | Q(item__isnull=False) & ~Q(item_kind=""),
                name="a_shared_item_has_a_kind",
            ),
        ]

    @property
    def lasts(self) -> bool:
        """Whether it runs on for long enough to need no other one now."""
        return self.until >= clock.today() + USUAL_GRANT

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
    letter = models.BinaryField(default=b"")  # the question, under the secret of the link alone (sharing/letters)
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


# --- the duty to warn -------------------------------------------------------------------------------------------


class WarningQuerySet(models.QuerySet["Warning"]):
    def told(self) -> WarningQuerySet:
        """Those of which the youth reads: at its moment each of them is, whoever is still there to tell him."""
        return self.filter(tells_at__lte=clock.now())


class Warning(OfDossier):
    """Somebody tells a few things about a youth without his yes, so that nobody comes to harm. He is told of it."""

    class Ground(models.TextChoices):
        ACUTE = "acute", _("Acuut gevaar")
        CODE = "code", _("Meldcode")
        LAW = "law", _("Het moet van de wet")

    class Way(models.TextChoices):
        LINK = "link", _("Met een link")
        VOICE = "voice", _("Ik vertel het")
        PAPER = "paper", _("Op papier")

    ground = models.CharField(max_length=8, choices=Ground.choices)
    way = models.CharField(max_length=8, choices=Way.choices)
    hours = models.PositiveSmallIntegerField()  # how long a link opens it
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    tells_at = models.DateTimeField()  # from then on the youth reads of it; nobody has to do anything for that
    times_postponed = models.PositiveSmallIntegerField(default=0)
    given_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    given_at = models.DateTimeField(null=True)
    until = models.DateTimeField(null=True)  # then the link ends
    opened_at = models.DateTimeField(null=True)  # the first time
    ended_at = models.DateTimeField(null=True)  # called off, or stopped before its time
    alarmed_at = models.DateTimeField(null=True)  # given, and nobody said in time whether that was right
    letter = models.BinaryField(default=b"")  # what was picked, sealed under the secret of the link alone
    facts = SealedText()
    to_name = SealedText()
    to_function = SealedText()
    to_organisation = SealedText()
    why_wait = SealedText()
    why_longer = SealedText()

    section = "contacts"
    objects = WarningQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]
        indexes = [models.Index(fields=["dossier", "-made_at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(hours__gte=1, hours__lte=LONGEST_HOURS), name="a_warning_is_open_three_days_at_most"
            ),
            models.CheckConstraint(
                condition=Q(times_postponed__lte=MOST_POSTPONED), name="a_notice_is_postponed_twice_at_most"
            ),
        ]

    @property
    def is_told(self) -> bool:
        """Whether the youth reads of it: the same moments as `WarningQuerySet.told`."""
        return self.tells_at <= clock.now()

    @property
    def is_open(self) -> bool:
        """Whether its link opens anything now."""
        return self.ended_at is None and self.until is not None and self.until > clock.now()

    @property
    def asked_of(self) -> Consultation:
        """Who was asked to think along; there is always one."""
        return self.consultation


class WarningItem(OfDossier):
    """One line that was picked, in the words as they were told. It lies in the section it was picked from."""

    warning = models.ForeignKey(Warning, models.CASCADE, related_name="items")
    place = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12)  # out of warning.rules.KINDS
    line = models.UUIDField()  # which line it was
    section = models.CharField(max_length=20)
    words = SealedText()

    class Meta:
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["warning", "kind", "line"], name="a_line_is_picked_once")]


class ConsultationQuerySet(models.QuerySet["Consultation"]):
    def asked_of(self, person: Person) -> ConsultationQuerySet:
        """Those this person was asked, as long as he works there."""
        here = person.municipalities_as(*SECONDS)
        return self.filter(second=person, municipality__in=here).order_by("-asked_at")

    def waiting(self) -> ConsultationQuerySet:
        return self.filter(answer="", asked_at__gt=clock.now() - ANSWER_WITHIN)


class Consultation(OfDossier):
    """A colleague in another role thinks along about a warning. He reads what he is asked, and no dossier."""

    class Answer(models.TextChoices):
        YES = "yes", _("Ja, delen is nodig")
        NO = "no", _("Nee, niet delen")

    warning = models.OneToOneField(Warning, models.CASCADE)
    municipality = models.ForeignKey(Municipality, models.PROTECT)  # he does not find the dossier that would say it
    second = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    ground = models.CharField(max_length=8, choices=Warning.Ground.choices)
    answer = models.CharField(max_length=3, choices=Answer.choices, blank=True)
    answered_at = models.DateTimeField(null=True)
    question = SealedText()
    receiver = SealedJSON()  # function and organisation, no name
    words = SealedText()  # his

    section = "contacts"
    objects = ConsultationQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None, answer="") | (Q(answered_at__isnull=False) & ~Q(answer="")),
                name="who_thinks_along_says_yes_or_no",
            )
        ]

    @property
    def municipality_code(self) -> str:
        return self.municipality.code


# Tables that lie in folders of their own: Django looks for them here.
from ipta.sharing.asked import models as _asked  # noqa: E402, F401
from ipta.sharing.why import models as _why  # noqa: E402, F401
