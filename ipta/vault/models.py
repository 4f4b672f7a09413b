"""The key store. It lies in a database of its own, so that text and keys never share a back-up."""

from django.db import models


class MunicipalityKey(models.Model):
    municipality = models.CharField(primary_key=True, max_length=6)
    wrapped = models.BinaryField()
    master_version = models.PositiveIntegerField()


class SectionKey(models.Model):
    """The key of one section of one dossier. Destroyed, it stays as an empty row: the section cannot come back."""

    dossier_id = models.UUIDField()
    section = models.CharField(max_length=20)
    municipality = models.CharField(max_length=6)
    wrapped = models.BinaryField(null=True)
    destroyed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dossier_id", "section"], name="one_key_per_section")]
