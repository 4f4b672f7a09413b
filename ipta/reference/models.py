"""Words of others that everybody may use: occupations and skills, as ESCO calls them. About nobody, so plain."""

from __future__ import annotations

from django.db import models

from ipta.base import clock


class Source(models.Model):
    """Where the words of one kind came from, with what must be said of it."""

    name = models.CharField(max_length=20, primary_key=True)
    version = models.CharField(max_length=40)
    checksum = models.CharField(max_length=64)  # SHA-256 of what was read
    attribution = models.CharField(max_length=300)
    loaded_at = models.DateTimeField(default=clock.now)


class Term(models.Model):
    """An occupation or a skill. Its id is that of ESCO, so that others mean the same by it."""

    class Kind(models.TextChoices):
        OCCUPATION = "occupation", "Beroep"
        SKILL = "skill", "Vaardigheid"

    id = models.UUIDField(primary_key=True)
    source = models.ForeignKey(Source, models.CASCADE)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    label = models.CharField(max_length=200)
    group = models.CharField(max_length=200, blank=True)  # of ISCO, or the wider skill
    isco = models.CharField(max_length=4, blank=True)
    is_current = models.BooleanField(default=True)  # no longer in the newest list; what was chosen once stays

    class Meta:
        ordering = ["label"]

    def __str__(self) -> str:
        return self.label


class Name(models.Model):
    """What people call it: the label itself, or another name. Folded is how names are compared."""

    term = models.ForeignKey(Term, models.CASCADE, related_name="names")
    name = models.CharField(max_length=200)
    folded = models.CharField(max_length=220)
    is_label = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["folded"])]
        constraints = [models.UniqueConstraint(fields=["term", "folded"], name="a_name_is_there_once")]
