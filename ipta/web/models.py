"""What the desks keep for themselves: what is being typed, and marks of forms that came in."""

from uuid import UUID, uuid4

from django.db import models

from ipta.accounts.models import Person
from ipta.dossiers.models import Dossier


class Draft(models.Model):
    """What somebody is typing in one form, until he sends it. About nobody yet: then it hangs on no dossier."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, models.CASCADE)
    dossier = models.ForeignKey(Dossier, models.CASCADE, null=True)
    path = models.CharField(max_length=200)
    mark = models.UUIDField()
    blob = models.BinaryField()
    kept_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "path", "mark"], name="one_draft_a_form")]


class KeptForm(models.Model):
    """What was sent from one page in one browser when the session had ended; the key lies in that browser."""

    browser = models.UUIDField()
    path = models.CharField(max_length=200)
    mark = models.UUIDField(default=UUID(int=0))
    blob = models.BinaryField()
    kept_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["browser", "path", "mark"], name="one_kept_form_a_page")]


class SentForm(models.Model):
    """A form that came in. The same one sent again, by a second tap or on a bad line, writes nothing twice."""

    id = models.UUIDField(primary_key=True)
    sent_at = models.DateTimeField(auto_now_add=True)
