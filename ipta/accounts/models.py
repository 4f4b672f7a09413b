"""Who signs in, for which municipality, in which role."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar
from uuid import uuid4

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ipta.accounts import rules
from ipta.base import clock


class Municipality(models.Model):
    """A Dutch municipality, by its official code (GM0637)."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    code = models.CharField(max_length=6, unique=True)
    name = models.CharField(max_length=60)
    region = models.CharField(max_length=60, blank=True)
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


class Person(AbstractBaseUser):
    """Somebody with an account. A youth has neither name nor e-mail here: those are sealed in the dossier."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    email = models.EmailField(unique=True, null=True)  # noqa: DJ001 - a youth has none, and none is unique
    first_name = models.CharField(max_length=40, blank=True)
    last_name = models.CharField(max_length=60, blank=True)
    organisation = models.CharField(max_length=80, blank=True)
    is_youth = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "email"
    objects: ClassVar[PersonManager] = PersonManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(is_youth=False) | Q(email=None, first_name="", last_name=""),
                name="a_youth_has_no_name_here",
            )
        ]

    def __str__(self) -> str:
        return self.get_full_name() or str(self.id)[:8]

    def get_full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    def get_short_name(self) -> str:
        return self.first_name

    @property
    def is_staff_member(self) -> bool:
        return not self.is_youth

    def municipalities_as(self, *roles: str) -> set[Any]:
        """The ids of the municipalities where this person has one of these roles today."""
        return {post.municipality_id for post in self._posts() if post.role in roles}

    def is_somewhere(self, *roles: str) -> bool:
        return bool(self.municipalities_as(*roles))

    @property
    def has_post(self) -> bool:
        return self.is_somewhere(*Role.values)

    def role_in(self, municipality: Municipality) -> str:
        return next((post.role for post in self._posts() if post.municipality_id == municipality.id), "")

    def _posts(self) -> Iterable[Post]:
        if "posts" not in self.__dict__:
            self.__dict__["posts"] = list(self.post_set.now())
        return self.__dict__["posts"]  # type: ignore[no-any-return]


class PostQuerySet(models.QuerySet["Post"]):
    def now(self) -> PostQuerySet:
        today = clock.today()
        return self.filter(Q(until=None) | Q(until__gt=today), since__lte=today)


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
                condition=Q(until=None) | Q(until__gte=models.F("since")), name="a_post_ends_after_it_begins"
            )
        ]


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
    removed_at = models.DateTimeField(null=True)

    @property
    def is_locked(self) -> bool:
        return self.wrong_pins >= rules.PIN_TRIES
