"""Who signs in, for which municipality, in which role."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar
from uuid import UUID, uuid4

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ipta.accounts import rules
from ipta.base import clock
from ipta.base.prepared import prepared
from ipta.base.verdict import Impossible


class Municipality(models.Model):
    """A Dutch municipality, by its official code (GM0637)."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    code = models.CharField(max_length=6, unique=True)
    name = models.CharField(max_length=60)
    region = models.CharField(max_length=60, blank=True)
    scout_days = models.PositiveSmallIntegerField(default=rules.SCOUT_DAYS)  # after so many without a yes he is gone
    phases = models.JSONField(default=dict, blank=True)  # own names of phases by key; what is not in here: the method's

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    COACH = "coach", _("IPTA-coach")
    PROJECT_LEADER = "project_leader", _("Projectleider")
    FUNCTIONAL_MANAGER = "functional_manager", _("Functioneel beheerder")
    PROFESSIONAL = "professional", _("Professional in het team")
    PRIVACY_OFFICER = "privacy_officer", _("Functionaris gegevensbescherming")
    MINISTRY = "ministry", _("Ministerie")
    RESEARCHER = "researcher", _("Onderzoeker")


class PersonManager(BaseUserManager["Person"]):
    def get_by_natural_key(self, username: str | None) -> Person:
        return self.get(email__iexact=username)

    def with_email(self, email: str) -> Person | None:
        """Who has this address, in capitals or not."""
        return self.filter(email__iexact=email).first() if rules.in_plain_letters(email) else None

    def colleague(self, email: str, *, first_name: str, last_name: str = "", organisation: str = "") -> Person:
        """An account for somebody who works along, not saved yet. The password is his own to choose.

        Raises `Impossible` for an address that cannot be somebody's account.
        """
        if not rules.in_plain_letters(email):
            raise Impossible("Schrijf het e-mailadres met gewone letters, zonder accenten.")
        person = Person(
            email=self.normalize_email(email).lower(),  # as it is looked for at signing in
            first_name=first_name,
            last_name=last_name,
            organisation=organisation,
        )
        person.set_unusable_password()
        return person


class Person(AbstractBaseUser):
    """Somebody who comes in. A youth has neither name nor e-mail here: those are sealed in the dossier.

    Nor has a guest: somebody of his network, who reads what was shared with him and nothing else.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    email = models.EmailField(unique=True, null=True)  # noqa: DJ001 - a youth has none, and none is unique
    first_name = models.CharField(max_length=40, blank=True)
    last_name = models.CharField(max_length=60, blank=True)
    organisation = models.CharField(max_length=80, blank=True)
    is_youth = models.BooleanField(default=False)
    is_guest = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "email"
    objects: ClassVar[PersonManager] = PersonManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(is_youth=False) | Q(email=None, first_name="", last_name=""),
                name="a_youth_has_no_name_here",
            ),
            models.CheckConstraint(
                condition=Q(is_guest=False)
                | Q(is_youth=False, email=None, first_name="", last_name="", organisation=""),
                name="a_guest_has_no_name_here",
            ),
        ]

    def __str__(self) -> str:
        return self.get_full_name() or str(self.id)[:8]

    def get_full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    def get_short_name(self) -> str:
        return self.first_name

    @property
    def in_full(self) -> str:
        """Name, organisation and address: of two names that look alike it shows which one is meant."""
        return ", ".join(filter(None, [self.get_full_name(), self.organisation, self.email]))

    @property
    def is_staff_member(self) -> bool:
        return not self.is_youth and not self.is_guest

    @property
    def is_known_by_code(self) -> bool:
        """Without name and password: a code brought him in, and then his device."""
        return self.is_youth or self.is_guest

    def municipalities_as(self, *roles: str) -> set[Any]:
        """The ids of the municipalities where this person has one of these roles today."""
        return {post.municipality_id for post in self._posts() if post.role in roles}

    def is_somewhere(self, *roles: str) -> bool:
        return bool(self.municipalities_as(*roles))

    @property
    def has_post(self) -> bool:
        return self.is_somewhere(*Role.values)

    @property
    def holds_grants(self) -> bool:
        """Whether what was shared with him opens: who no longer works anywhere reads nothing any more."""
        return self.is_guest or self.has_post

    def role_in(self, municipality: Municipality) -> str:
        return next((post.role for post in self._posts() if post.municipality_id == municipality.id), "")

    def _posts(self) -> Iterable[Post]:
        if "posts" not in self.__dict__:
            self.__dict__["posts"] = _posts_of(person=self.pk)
        return self.__dict__["posts"]  # type: ignore[no-any-return]


class PostQuerySet(models.QuerySet["Post"]):
    def now(self) -> PostQuerySet:
        today = clock.today()
        return self.after(today).filter(since__lte=today)

    def after(self, day: date) -> PostQuerySet:
        """What goes on after this day, also where it has yet to begin; not what was taken back before it began."""
        return self.filter(Q(until=None) | Q(until__gt=day) & Q(until__gt=F("since")))


class Post(models.Model):
    """A person's role in a municipality, from a day until a day. Never edited into another: ended, and a new one."""

    person = models.ForeignKey(Person, models.CASCADE)
    municipality = models.ForeignKey(Municipality, models.PROTECT)
    role = models.CharField(max_length=20, choices=Role.choices)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="a_post_ends_after_it_begins"
            )
        ]


@prepared
def _posts_of(person: UUID) -> PostQuerySet:
    return Post.objects.now().filter(person=person)


class EntryCode(models.Model):
    """A code with which a youth gets in for the first time on a device. Only its hash is kept."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, models.CASCADE)
    code_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(Person, models.CASCADE, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class Device(models.Model):
    """A phone (or borrowed computer) on which a youth gets in with his PIN."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, models.CASCADE)
    token_hash = models.CharField(max_length=64, unique=True)
    pin_hash = models.CharField(max_length=128)
    label = models.CharField(max_length=40)
    added_at = models.DateTimeField(default=clock.now)
    last_used_at = models.DateTimeField(default=clock.now)
    wrong_pins = models.PositiveSmallIntegerField(default=0)
    away_minutes = models.PositiveSmallIntegerField(default=rules.AWAY_MINUTES[0])  # then it asks the PIN again
    removed_at = models.DateTimeField(null=True)

    @property
    def is_locked(self) -> bool:
        return self.wrong_pins >= rules.PIN_TRIES


class GuestLinkQuerySet(models.QuerySet["GuestLink"]):
    def open(self) -> GuestLinkQuerySet:
        """Those that work: a link ends on its day, or when it is cut."""
        return self.filter(ended_at=None, ends_on__gte=clock.today(), person__is_active=True)


class GuestLink(models.Model):
    """The way in of a guest: a link, and a code that he got another way. Each of his devices gives the code once."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, models.CASCADE)
    token_hash = models.CharField(max_length=64, unique=True)
    code_hash = models.CharField(max_length=128)
    wrong_codes = models.PositiveSmallIntegerField(default=0)
    made_by = models.ForeignKey(Person, models.CASCADE, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    ends_on = models.DateField()  # the last day on which it works
    ended_at = models.DateTimeField(null=True)

    objects = GuestLinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(ended_at=None), name="one_guest_link_at_a_time")
        ]

    @property
    def is_locked(self) -> bool:
        return self.wrong_codes >= rules.PIN_TRIES


class LostFactorQuerySet(models.QuerySet["LostFactor"]):
    def open(self) -> LostFactorQuerySet:
        """What still waits for a second person."""
        return self.filter(ended_at=None, asked_at__gt=clock.now() - rules.LOST_FACTOR_LIFE)


class LostFactor(models.Model):
    """A colleague without telephone and recovery codes. His second factor comes off when two people say so."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, models.CASCADE)
    municipality = models.ForeignKey(Municipality, models.PROTECT)
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)
    taken_off_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    objects = LostFactorQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(taken_off_by=None) | ~Q(taken_off_by=F("asked_by")), name="two_take_off_a_second_factor"
            ),
            models.CheckConstraint(
                condition=~Q(person=F("asked_by")) & (Q(taken_off_by=None) | ~Q(taken_off_by=F("person"))),
                name="nobody_takes_off_his_own_second_factor",
            ),
        ]


class CalendarFeedQuerySet(models.QuerySet["CalendarFeed"]):
    def running(self) -> CalendarFeedQuerySet:
        return self.filter(ended_at=None)


class CalendarFeed(models.Model):
    """An address at which the calendar of a colleague asks for his appointments, until he ends it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, models.CASCADE)
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(ended_at=None), name="one_calendar_feed_at_a_time")
        ]


class LinkQuerySet(models.QuerySet["Link"]):
    def open(self) -> LinkQuerySet:
        """Those that work: a link ends on its day, when it is cut, and when its maker can no longer sign in."""
        return self.filter(ended_at=None, ends_at__gt=clock.now(), made_by__is_active=True)


class Link(models.Model):
    """A way in for somebody without an account, to one page about one thing. It does what its maker may do there."""

    class Kind(models.TextChoices):
        REFERRAL = "referral", _("Iemand aanbrengen")
        REFERRED = "referred", _("Hoe het gaat met wie je aanbracht")
        HELP = "help", _("Antwoord op een vraag om hulp")
        INVITE = "invite", _("Uitnodiging om erbij te zijn")
        WARNING = "warning", _("Lezen wat gedeeld moest worden")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    about = models.UUIDField()  # what it leads to: as the journal, it outlives what it names
    token_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(Person, models.CASCADE)
    made_at = models.DateTimeField(default=clock.now)
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = LinkQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["kind", "about"])]


class Session(AbstractBaseSession):
    """Somebody signed in on one browser. The key lies hashed and the content sealed (`accounts/sessions.py`)."""

    session_key = models.CharField(max_length=64, primary_key=True)
    person = models.ForeignKey(Person, models.CASCADE, null=True)
    device = models.CharField(max_length=40, blank=True)  # the kind of it: what it says of itself in words of ours
    since = models.DateTimeField(default=clock.now)

    @classmethod
    def get_session_store_class(cls) -> type[SessionBase]:
        from ipta.accounts.sessions import SessionStore

        return SessionStore

    def get_decoded(self) -> dict[str, Any]:
        from ipta.accounts.sessions import SessionStore, place

        return SessionStore().opened(self.session_data, place(self.session_key))
