"""What the desks keep for themselves: forms typed just as a session ended, and marks of forms that came in."""

from django.db import models


class KeptForm(models.Model):
    """What was typed on one page in one browser; the key lies in that browser."""

    browser = models.UUIDField()
    path = models.CharField(max_length=200)
    blob = models.BinaryField()
    kept_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["browser", "path"], name="one_kept_form_a_page")]


class SentForm(models.Model):
    """A form that came in. The same one sent again, by a second tap or on a bad line, writes nothing twice."""

    id = models.UUIDField(primary_key=True)
    sent_at = models.DateTimeField(auto_now_add=True)
