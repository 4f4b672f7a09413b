"""The key store. It lies in a database of its own, so that text and keys never share a back-up."""

from django.db import models


class UnderMaster(models.Model):
    """A key that the master key wraps. It is never destroyed."""

    wrapped = models.BinaryField()
    master_version = models.PositiveIntegerField()

    class Meta:
        abstract = True


class MunicipalityKey(UnderMaster):
    """Wraps the keys of the sections of one municipality."""

    municipality = models.CharField(primary_key=True, max_length=6)


class HouseKey(UnderMaster):
    """Seals what belongs to no dossier, each purpose under a key of its own."""

    purpose = models.CharField(primary_key=True, max_length=20)


class SectionKey(models.Model):
    """The key of one section of one dossier. Destroyed, it stays as an empty row: the section cannot come back."""

    dossier_id = models.UUIDField()
    section = models.CharField(max_length=20)
    municipality = models.CharField(max_length=6)
    wrapped = models.BinaryField(null=True)
    destroyed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dossier_id", "section"], name="one_key_per_section")]
