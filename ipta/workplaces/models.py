"""Employers and workplaces: the coach's own network of firms. Source: "Vinden van werkplekken"."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from ipta.accounts.models import Municipality, Person
from ipta.base import clock
from ipta.reference.models import Term
from ipta.scouting.models import OfMunicipality
from ipta.vault.fields import BookText


class Workplace(models.Model):
    """A place to work. It tells of a firm, not of a youth, so it is plain; who works there is in the placement."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    municipality = models.ForeignKey(Municipality, models.PROTECT)
    employer = models.CharField(max_length=120)
    work = models.CharField(max_length=200, blank=True)
    occupation = models.ForeignKey(Term, models.SET_NULL, null=True)  # that is called so, if there is one
    place = models.CharField(max_length=120, blank=True)
    contact = models.CharField(max_length=200, blank=True)
    mood = models.TextField(max_length=2000, blank=True)  # "sfeer, leiding, begeleiding", as told
    is_open = models.BooleanField(default=True, verbose_name=_("Hier kan iemand terecht"))
    added_by = models.ForeignKey(Person, models.PROTECT)
    added_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["employer"]

    def __str__(self) -> str:
        return self.employer


class WorkplaceScan(OfMunicipality):
    """What somebody saw or told of a workplace, on a day: one voice, which nobody changes any more.

    Source: "Quick scan van een werkplek". Sealed, since who worked there tells of people.
    """

    class Voice(models.TextChoices):
        VISIT = "visit", _("Op bezoek")
        WORKED = "worked", _("Van iemand die er werkte")
        HEARD = "heard", _("Van horen zeggen")

    workplace = models.ForeignKey(Workplace, models.CASCADE, related_name="scans")
    voice = models.CharField(max_length=6, choices=Voice.choices, default=Voice.VISIT)
    author = models.ForeignKey(Person, models.PROTECT)
    seen_on = models.DateField()
    written_at = models.DateTimeField(default=clock.now)
    atmosphere = BookText()
    tasks = BookText()
    skills = BookText()
    social = BookText()
    guidance = BookText()
    network = BookText()

    class Meta:
        ordering = ["-seen_on", "-written_at"]
