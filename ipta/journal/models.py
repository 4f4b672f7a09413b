"""Who did what, when. No foreign keys: the journal outlives what it describes."""

from typing import Any, ClassVar

from django.apps import apps
from django.db import models

from ipta.journal import rules


class Chain(models.Model):
    """The last line of each chain, locked while a line is added."""

    kind = models.CharField(max_length=10)
    about = models.UUIDField()
    number = models.PositiveIntegerField(default=0)
    hash = models.CharField(max_length=64, default=rules.START)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "about"], name="one_chain")]


class Line(models.Model):
    """A line in a hash chain: it holds the hash of the line before it."""

    id = models.UUIDField(primary_key=True)
    about = models.UUIDField()  # the dossier, or the municipality where no dossier is concerned
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    person_id = models.UUIDField()
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    log: ClassVar[str]  # which log it is a line of: the kind of its chain
    hashed: ClassVar[tuple[str, ...]]

    class Meta:
        abstract = True
        ordering = ["about", "number"]

    def computed_hash(self) -> str:
        content: dict[str, Any] = {name: getattr(self, name) for name in self.hashed}
        return rules.line_hash(self.previous, content)


def logs() -> list[type[Line]]:
    """Every log of the house: the journal itself, and those of the parts above it."""
    return [model for model in apps.get_models() if issubclass(model, Line)]


class Entry(Line):
    """Something changed. `facts` holds ids, numbers and keys only, never anybody's words."""

    verb = models.CharField(max_length=60)
    facts = models.JSONField(default=dict)

    log = "journal"
    hashed = ("id", "about", "number", "at", "person_id", "verb", "facts")

    class Meta(Line.Meta):
        abstract = False
        constraints = [models.UniqueConstraint(fields=["about", "number"], name="entry_in_its_place")]
        indexes = [models.Index(fields=["about", "at"])]
