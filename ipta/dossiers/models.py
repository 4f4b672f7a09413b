"""The youth's dossier: who walks along, in which phases, what was said and what was promised.

Plain is only what queries need (ids, dates, kinds); every word and name is sealed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from uuid import UUID, uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ipta.accounts.models import Municipality, Person, Role
from ipta.base import clock
from ipta.dossiers import reminders
from ipta.vault.fields import SealedBytes, SealedJSON, SealedText


class Intensity(models.TextChoices):
    """Source: "Als ... de situatie stabiel is, kan de begeleidingsintensiteit omlaag. De coach blijft beschikbaar"."""

    INTENSIVE = "intensive", _("Intensief")
    LIGHT = "light", _("Licht")
    AFTERCARE = "aftercare", _("Nazorg")


class DossierQuerySet(models.QuerySet["Dossier"]):
    def scouted(self) -> DossierQuerySet:
        return self.filter(joined_on=None, ended_on=None)

    def taking_part(self) -> DossierQuerySet:
        return self.exclude(joined_on=None).filter(ended_on=None)

    def coached_by(self, person: Person) -> DossierQuerySet:
        return self.filter(pk__in=Coachship.objects.held_by(person).values("dossier"))


class RemindBy(models.TextChoices):
    PAGE = "page", _("Op de eigen pagina")
    CHAT = "chat", _("De coach appt")
    TEXT = "text", _("Sms")
    MAIL = "mail", _("Mail")


class RoughDays(models.Model):
    """Of a day long ago often only the year or the month is known. The row then holds the first day of it (of an end
    the last), and says here how rough that is.
    """

    rough = models.JSONField(default=dict, blank=True)  # {"found_on": "year"}

    class Meta:
        abstract = True


class Dossier(RoughDays):
    """One youth, from the first contact on. Before the yes it knows a nickname only."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    municipality = models.ForeignKey(Municipality, models.PROTECT)
    youth = models.OneToOneField(Person, models.PROTECT, null=True, related_name="dossier")
    found_on = models.DateField()
    joined_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    end_reason = models.CharField(max_length=20, blank=True)
    intensity = models.CharField(max_length=12, choices=Intensity.choices, default=Intensity.INTENSIVE)
    package_id = models.UUIDField(null=True)  # of the package it came from, so that a second import finds it

    nickname = SealedText()
    first_name = SealedText()
    last_name = SealedText()
    born = SealedText()  # a date, a year, or what is known: "twintiger"
    reach = SealedJSON()  # channels with number or name
    careful = SealedJSON()  # out of rules.CAREFUL: what to mind, by which ways only, at which hours only
    may_know = SealedText()  # who may be told
    safety = SealedText()  # the same in free words: all of it is shown before anybody calls, texts or visits

    # How he wants to be reminded of an appointment (`reminders`). What goes out goes where he says, in his own words.
    remind_by = models.CharField(max_length=4, choices=RemindBy.choices, default=RemindBy.PAGE)
    remind_evening = models.BooleanField(default=True)  # the evening before
    remind_hour = models.BooleanField(default=True)  # an hour before
    remind_words = SealedText()
    remind_to = SealedText()  # an address or a number

    section = "identity"
    objects = DossierQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "package_id"], name="a_package_is_one_dossier"),
            models.CheckConstraint(
                condition=Q(joined_on=None) | Q(joined_on__gte=F("found_on")), name="found_before_joining"
            ),
        ]

    @property
    def dossier_id(self) -> UUID:
        return self.id

    @property
    def municipality_code(self) -> str:
        return self.municipality.code

    @property
    def is_scouted(self) -> bool:
        return self.joined_on is None and self.ended_on is None

    @property
    def is_taking_part(self) -> bool:
        return self.joined_on is not None and self.ended_on is None


class OfDossier(models.Model):
    """Everything that hangs under a dossier, in one section of it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    dossier = models.ForeignKey(Dossier, models.CASCADE)

    class Meta:
        abstract = True

    @property
    def municipality_code(self) -> str:
        return self.dossier.municipality.code


class CoachshipQuerySet(models.QuerySet["Coachship"]):
    def now(self) -> CoachshipQuerySet:
        today = clock.today()
        return self.filter(Q(until=None) | Q(until__gt=today), since__lte=today)

    def held_by(self, person: Person) -> CoachshipQuerySet:
        """Those this person holds now: a coachship ends with the post in its municipality, wherever else he works."""
        return self.of(person.pk, person.municipalities_as(Role.COACH))

    def of(self, coach: UUID, municipalities: Iterable[UUID]) -> CoachshipQuerySet:
        """The same, of somebody who is a coach in these municipalities."""
        return self.now().filter(coach=coach, dossier__municipality__in=municipalities)

    def kept(self) -> CoachshipQuerySet:
        """Without what was called off before it began."""
        return self.filter(is_off=False)

    def planned(self) -> CoachshipQuerySet:
        """What begins on a day that is still to come."""
        return self.kept().filter(since__gt=clock.today())

    def ahead(self) -> CoachshipQuerySet:
        """What runs and what is planned."""
        return self.kept().filter(Q(until=None) | Q(until__gt=clock.today()))


class Briefing(OfDossier):
    """What whoever goes on must know. It is written for him and goes with his time, and is no contact with the youth,
    as a note is."""

    written_at = models.DateTimeField(default=clock.now)
    text = SealedText()

    section = "contacts"


class Coachship(OfDossier):
    """Who walks along with this youth. One coach at a time; a stand-in has an end date from the start."""

    coach = models.ForeignKey(Person, models.PROTECT)
    is_stand_in = models.BooleanField(default=False)
    since = models.DateField()
    until = models.DateField(null=True)
    given_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")  # by which coach
    is_off = models.BooleanField(default=False)  # called off before it began: it never ran, and ends on its first day
    briefing = models.OneToOneField(Briefing, models.SET_NULL, null=True)

    objects = CoachshipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"], condition=Q(until=None, is_stand_in=False), name="one_coach_at_a_time"
            ),
            models.CheckConstraint(condition=Q(is_stand_in=False) | ~Q(until=None), name="a_stand_in_leaves_again"),
        ]

    @property
    def last_day(self) -> date | None:
        """The row names the first day without; people name the last day with."""
        return self.until - timedelta(days=1) if self.until else None

    def is_running(self) -> bool:
        """Whether it holds today: the same days as `CoachshipQuerySet.now`."""
        return self.since <= clock.today() and (self.until is None or self.until > clock.today())


class PhaseSpan(RoughDays, OfDossier):
    """A stretch of the red thread. Phases may overlap and return."""

    phase = models.CharField(max_length=20)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        ordering = ["since"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "phase"], condition=Q(until=None), name="a_phase_runs_once")
        ]


class NetworkPerson(OfDossier):
    """Somebody around the youth: family, friend, neighbour, professional."""

    class Kind(models.TextChoices):
        FAMILY = "family", _("Familie")
        FRIEND = "friend", _("Vriend of vriendin")
        PROFESSIONAL = "professional", _("Professional")
        OTHER = "other", _("Iemand anders")

    kind = models.CharField(max_length=12, choices=Kind.choices)
    account = models.ForeignKey(Person, models.SET_NULL, null=True)
    added_at = models.DateTimeField(default=clock.now)
    name = SealedText()
    relation = SealedText()
    reach = SealedText()
    helps_with = SealedText()
    ties = (
        SealedJSON()
    )  # out of rules.TIES: how near, what he gives, whether he lifts or pulls down, whether he opens doors
    own_words = SealedText()  # what he does with the youth, in the words of the youth
    worked_at = SealedText()  # where firms are to be found

    section = "family"

    class Meta:
        ordering = ["added_at"]


class NoteQuerySet(models.QuerySet["Note"]):
    """A note that was replaced is looked for among those of the same dossiers: a join with the note that replaces it
    reads the notes of the whole country, of which the walls then leave these."""

    def standing(self, dossiers: Iterable[UUID]) -> NoteQuerySet:
        """Of these dossiers, without those that a later one replaced."""
        mine = list(dossiers)
        return self.filter(dossier__in=mine).exclude(pk__in=_replaced(mine))

    def replaced(self, dossiers: Iterable[UUID]) -> NoteQuerySet:
        """Of these dossiers those that a later one replaced."""
        mine = list(dossiers)
        return self.filter(dossier__in=mine, pk__in=_replaced(mine))


def _replaced(dossiers: Collection[UUID]) -> models.QuerySet[Note, UUID | None]:
    return Note.objects.filter(dossier__in=dossiers).exclude(replaces=None).values_list("replaces", flat=True)


class Note(OfDossier):
    """A line in the contact log. Never changed: a correction is a new note that replaces the old one."""

    class Channel(models.TextChoices):
        MET = "met", _("Gesproken")
        WHATSAPP = "whatsapp", _("App")
        CALLED = "called", _("Gebeld")
        VISIT = "visit", _("Huisbezoek")
        OTHER = "other", _("Anders")

    author = models.ForeignKey(Person, models.PROTECT)
    channel = models.CharField(max_length=12, choices=Channel.choices)
    is_reached = models.BooleanField(default=True)
    is_celebration = models.BooleanField(default=False)
    happened_at = models.DateTimeField()
    written_at = models.DateTimeField(default=clock.now)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    place = SealedText()
    text = SealedText()

    section = "contacts"
    objects = NoteQuerySet.as_manager()

    class Meta:
        ordering = ["-happened_at"]
        indexes = [
            models.Index(fields=["dossier", "-happened_at"]),
            # Without it what corrects a note is looked for among all corrections of the country.
            models.Index(fields=["dossier"], condition=Q(replaces__isnull=False), name="dossiers_note_corrections"),
        ]


class Step(OfDossier):
    """Something somebody promised: an owner and, if there is one, a day. It may serve a goal of the plan, and be cut in
    small steps. Source: "taken in kleine stappen onderverdelen"."""

    class Owner(models.TextChoices):
        YOUTH = "youth", _("Jongere")
        COACH = "coach", _("Coach")
        NETWORK = "network", _("Iemand uit het netwerk")
        PROFESSIONAL = "professional", _("Professional")
        EMPLOYER = "employer", _("Werkgever")

    class Kind(models.TextChoices):
        STEP = "step", _("Stap")
        DIRECT = "direct", _("Directe actie")

    class Way(models.TextChoices):
        """Source: "Veranderplan": what he does, what he can learn, what is taken off his hands."""

        DO = "do", _("Doen")
        LEARN = "learn", _("Leren")
        TAKE_OVER = "take_over", _("Uit handen nemen")

    class Outcome(models.TextChoices):
        """Neutral: what did not work out stays open, and is tried in another way, smaller or later."""

        WORKED = "worked", _("Gelukt")
        NOT = "not", _("Niet gelukt")
        OTHERWISE = "otherwise", _("Het ging anders")

    owner = models.CharField(max_length=12, choices=Owner.choices)
    somebody = models.ForeignKey(NetworkPerson, models.SET_NULL, null=True, related_name="steps")
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.STEP)
    way = models.CharField(max_length=9, choices=Way.choices, default=Way.DO)
    domain = models.CharField(max_length=20, blank=True)
    goal = models.CharField(max_length=12, blank=True)  # the key of a goal in the plan
    parent = models.ForeignKey("self", models.CASCADE, null=True, related_name="pieces")
    outcome = models.CharField(max_length=9, choices=Outcome.choices, blank=True)
    due_on = models.DateField(null=True)
    promised_at = models.DateTimeField(default=clock.now)
    done_on = models.DateField(null=True)
    dropped_on = models.DateField(null=True)
    text = SealedText()
    owner_name = SealedText()
    progress = SealedText()

    section = "plan"

    class Meta:
        ordering = [F("due_on").asc(nulls_last=True), "promised_at"]
        indexes = [models.Index(fields=["dossier", "done_on", "due_on"])]

    @property
    def is_open(self) -> bool:
        return self.done_on is None and self.dropped_on is None


class Appointment(OfDossier):
    """When, where, how to get there and what to bring: reckoning time and travelling are what is hard."""

    class Outcome(models.TextChoices):
        HAPPENED = "happened", _("Gelukt")
        NOT = "not", _("Het ging niet door")

    class Party(models.TextChoices):
        YOUTH = "youth", _("De jongere")
        NETWORK = "network", _("Iemand uit het netwerk")
        WORKPLACE = "workplace", _("Een werkplek")
        PROFESSIONAL = "professional", _("Een professional")

    class WhyNot(models.TextChoices):
        """Neutral: nobody is asked whose doing it was."""

        SOMETHING_ELSE = "something_else", _("Er kwam iets tussen")
        ILL = "ill", _("Ziek")
        TRAVEL = "travel", _("Reizen lukte niet")
        SLIPPED = "slipped", _("Even niet aan gedacht")
        MOVED = "moved", _("Verzet")
        NOT_READY = "not_ready", _("Nu nog niet")

    starts_at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    why_not = models.CharField(max_length=15, choices=WhyNot.choices, blank=True)
    party = models.CharField(max_length=12, choices=Party.choices, default=Party.YOUTH)
    made_by = models.ForeignKey(Person, models.PROTECT)
    what = SealedText()
    who = SealedText()  # with whom besides: the foreman, his mother
    place = SealedText()
    travel = SealedText()
    bring = SealedText()

    section = "appointments"

    class Meta:
        ordering = ["starts_at"]
        indexes = [models.Index(fields=["dossier", "starts_at"])]


class Reminder(OfDossier):
    """One reminder that went out, or did not: each at most once, however often is looked whether it is due."""

    class Moment(models.TextChoices):
        EVENING = reminders.EVENING, _("De avond ervoor")
        HOUR = reminders.HOUR, _("Een uur ervoor")

    class Outcome(models.TextChoices):
        SENDING = "sending", _("Onderweg")
        SENT = "sent", _("Gestuurd")
        FAILED = "failed", _("Niet gelukt")
        HELD = "held", _("Niet op dit uur")  # he may not be reached now

    appointment = models.ForeignKey(Appointment, models.CASCADE)
    moment = models.CharField(max_length=7, choices=Moment.choices)
    by = models.CharField(max_length=4, choices=RemindBy.choices)
    outcome = models.CharField(max_length=7, choices=Outcome.choices, default=Outcome.SENDING)
    tries = models.PositiveSmallIntegerField(default=0)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["appointment", "moment"], name="reminded_once")]


class PaperQuerySet(models.QuerySet["Paper"]):
    def kept(self) -> PaperQuerySet:
        return self.filter(removed_at=None)


class Papers(models.Manager.from_queryset(PaperQuerySet)):  # type: ignore[misc]  # made at run time
    """Papers without what stands in them: that is fetched when somebody opens one."""

    def get_queryset(self) -> PaperQuerySet:
        found: PaperQuerySet = super().get_queryset().defer("content")
        return found


class Paper(OfDossier):
    """A letter, a diploma, a cv: a photo or a PDF, in the section it is about. Taken away, its line stays."""

    class Kind(models.TextChoices):
        JPG = "jpg", _("Foto")
        PNG = "png", _("Plaatje")
        PDF = "pdf", _("PDF")

    section = models.CharField(max_length=20)
    kind = models.CharField(max_length=3, choices=Kind.choices)
    size = models.PositiveIntegerField()  # in bytes, of what was kept
    is_scanned = models.BooleanField(default=False)  # whether a virus scanner looked at what came in
    added_by = models.ForeignKey(Person, models.PROTECT)
    added_at = models.DateTimeField(default=clock.now)
    removed_at = models.DateTimeField(null=True)
    name = SealedText()
    content = SealedBytes()

    objects = Papers()

    class Meta:
        ordering = ["-added_at"]
        indexes = [models.Index(fields=["dossier", "-added_at"])]

    @property
    def is_there(self) -> bool:
        return self.removed_at is None


class MessageQuerySet(models.QuerySet["Message"]):
    def to_coach(self) -> MessageQuerySet:
        """What the youth sent, or a guest of his, and nobody opened yet."""
        return self._waiting().filter(Q(written_by=F("dossier__youth")) | Q(written_by__is_guest=True))

    def to_youth(self) -> MessageQuerySet:
        """What was sent to the youth and he did not open yet."""
        return self._waiting().exclude(written_by=F("dossier__youth"))

    def _waiting(self) -> MessageQuerySet:
        return self.filter(seen_at=None, taken_back_at=None)


class Messages(models.Manager.from_queryset(MessageQuerySet)):  # type: ignore[misc]  # made at run time
    """Messages without the voice in them: that is fetched when somebody plays one."""

    def get_queryset(self) -> MessageQuerySet:
        found: MessageQuerySet = super().get_queryset().defer("voice")
        return found


class Message(OfDossier):
    """A few words, or a voice, between the youth and who walks along. Never changed; taken back, its line stays."""

    class Kind(models.TextChoices):
        TEXT = "", _("Bericht")
        WEBM = "webm", _("Spraak (WebM)")
        OGG = "ogg", _("Spraak (Ogg)")
        MP4 = "mp4", _("Spraak (MP4)")
        WAV = "wav", _("Spraak (WAV)")

    kind = models.CharField(max_length=4, choices=Kind.choices, blank=True, default=Kind.TEXT)
    size = models.PositiveIntegerField(default=0)  # in bytes, of the voice
    written_by = models.ForeignKey(Person, models.PROTECT)
    sent_at = models.DateTimeField(default=clock.now)
    seen_at = models.DateTimeField(null=True)  # when the other side really opened it
    taken_back_at = models.DateTimeField(null=True)
    text = SealedText()
    voice = SealedBytes()

    section = "contacts"  # who stands in for some days is the one who answers then
    objects = Messages()

    class Meta:
        ordering = ["-sent_at"]
        indexes = [
            models.Index(fields=["dossier", "-sent_at"]),
            models.Index(fields=["dossier"], condition=Q(seen_at=None, taken_back_at=None), name="dossiers_unseen"),
        ]

    @property
    def is_there(self) -> bool:
        return self.taken_back_at is None

    @property
    def has_voice(self) -> bool:
        return self.is_there and self.kind != self.Kind.TEXT


class View(OfDossier):
    """The youth's own view beside a line somebody else wrote. It lies in the section of that line."""

    author = models.ForeignKey(Person, models.PROTECT)
    line = models.UUIDField()  # the id of the note, step, sheet, placement ... it stands beside
    section = models.CharField(max_length=20)
    written_at = models.DateTimeField(default=clock.now)
    text = SealedText()

    class Meta:
        ordering = ["written_at"]
        indexes = [models.Index(fields=["dossier", "line"])]


class Ending(models.TextChoices):
    """Why the trajectory ended, in words that judge nobody."""

    STABLE = "stable", _("Het gaat goed en stabiel")
    MOVED = "moved", _("Verhuisd")
    OTHER_HELP = "other_help", _("Andere hulp gaat verder")
    STOPPED = "stopped", _("Stopt nu, kan terugkomen")
    NO_CONTACT = "no_contact", _("Geen contact meer")


class SpecialistQuerySet(models.QuerySet["Specialist"]):
    def reachable(self) -> SpecialistQuerySet:
        return self.filter(is_reachable=True)


class Specialist(models.Model):
    """Whom a coach may call on, and what he may rely on then. It tells of an organisation, not of a youth: plain."""

    class Field(models.TextChoices):
        """Source: "Specialisten": work, income and debts, care, housing, leisure, surroundings, diagnostics."""

        WORK = "work", _("Werk")
        MONEY = "money", _("Inkomen en schulden")
        MENTAL = "mental", _("Psychische gezondheid")
        HEALTH = "health", _("Gezondheid")
        ADDICTION = "addiction", _("Verslaving")
        HOUSING = "housing", _("Wonen")
        LEISURE = "leisure", _("Vrije tijd")
        SOCIAL = "social", _("Sociale omgeving")
        DIAGNOSTICS = "diagnostics", _("Onderzoek: werk, ggz, lvb")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    municipality = models.ForeignKey(Municipality, models.PROTECT)
    organisation = models.CharField(max_length=80)
    name = models.CharField(max_length=80, blank=True)
    fields = models.JSONField(default=list)
    about = models.CharField(max_length=300, blank=True)  # for what, in words
    phone = models.CharField(max_length=60, blank=True)
    email = models.EmailField(blank=True)
    answers_within = models.PositiveSmallIntegerField(default=5)  # working days
    agreement = models.CharField(max_length=1000, blank=True)  # what else was agreed: how to reach, when not to call
    until = models.DateField(null=True, blank=True)  # the last day of the agreement
    is_reachable = models.BooleanField(default=True)
    added_by = models.ForeignKey(Person, models.PROTECT)
    added_at = models.DateTimeField(default=clock.now)

    objects = SpecialistQuerySet.as_manager()

    class Meta:
        ordering = ["organisation", "name"]

    def __str__(self) -> str:
        return ", ".join(filter(None, [self.name, self.organisation]))

    @property
    def short_name(self) -> str:
        return self.name or self.organisation

    @property
    def field_names(self) -> list[str]:
        """In the order of the list, in words."""
        return [str(field.label) for field in self.Field if field.value in self.fields]

    @property
    def is_agreed(self) -> bool:
        """Whether what was agreed still holds."""
        return self.until is None or self.until >= clock.today()


# Tables that lie in a folder of their own: Django looks for them here.
from ipta.dossiers.corrections import models as _corrections  # noqa: E402, F401
