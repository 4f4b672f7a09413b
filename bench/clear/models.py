"""Dossiers and notes as plain tables."""

from django.conf import settings
from django.db import models


class Dossier(models.Model):
    coach = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT)
    municipality = models.CharField(max_length=60)
    first_name = models.CharField(max_length=120)
    last_name = models.CharField(max_length=120)
    born = models.CharField(max_length=40)
    intensity = models.CharField(max_length=12)
    found_on = models.DateField()
    joined_on = models.DateField(null=True, blank=True)

    class Meta:
        app_label = "clear"
        db_table = "clear_dossier"

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}"


class Note(models.Model):
    class Channel(models.TextChoices):
        MET = "met", "Gesproken"
        WHATSAPP = "whatsapp", "App"
        CALLED = "called", "Gebeld"
        VISIT = "visit", "Huisbezoek"
        OTHER = "other", "Anders"

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="notes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT)
    channel = models.CharField(max_length=12, choices=Channel.choices)
    is_reached = models.BooleanField(default=True)
    is_celebration = models.BooleanField(default=False)
    happened_at = models.DateTimeField()
    written_at = models.DateTimeField(auto_now_add=True)
    place = models.CharField(max_length=200, blank=True)
    text = models.TextField()

    class Meta:
        app_label = "clear"
        db_table = "clear_note"
        ordering = ["-happened_at"]
        indexes = [models.Index(fields=["dossier", "-happened_at"])]

    def __str__(self) -> str:
        return f"{self.happened_at:%d-%m-%Y}"
