"""Who may see what, and who looked."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from ipta.accounts.models import Person
from ipta.base import clock
from ipta.dossiers.models import OfDossier
from ipta.journal.models import Line
from ipta.vault.fields import SealedText


class GrantQuerySet(models.QuerySet["Grant"]):
    def now(self) -> GrantQuerySet:
        today = clock.today()
        return self.filter(since__lte=today, until__gte=today, revoked_at=None)

    def held_by(self, person: Person) -> GrantQuerySet:
        """Those this person can read by now: who no longer works anywhere reads nothing any more."""
        return self.now().filter(to=person) if person.has_post else self.none()


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


class Look(Line):
    """Somebody opened a section: one line per reader, section and request."""

    section = models.CharField(max_length=20)
    ground = models.CharField(max_length=60)
    result = models.CharField(max_length=8)  # opened, refused
    request_id = models.UUIDField()
    reader_name = models.CharField(max_length=40, blank=True)  # first name of staff, as the youth reads it
    reader_role = models.CharField(max_length=20, blank=True)
    reader_organisation = models.CharField(max_length=80, blank=True)

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
