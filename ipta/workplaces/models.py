"""Employers and workplaces: the coach's own network of firms. Source: "Vinden van werkplekken"."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from ipta.accounts.models import Municipality, Person
from ipta.base import clock


class Workplace(models.Model):
    """A place to work. It tells of a firm, not of a youth, so it is plain; who works there is in the placement."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    municipality = models.ForeignKey(Municipality, models.PROTECT)
    employer = models.CharField(max_length=120)
    work = models.CharField(max_length=200, blank=True)
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
