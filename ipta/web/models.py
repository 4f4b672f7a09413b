"""What the desks keep for themselves: forms typed just as a session ended."""

from django.db import models


class KeptForm(models.Model):
    id = models.UUIDField(primary_key=True)
    path = models.CharField(max_length=200)
    blob = models.BinaryField()
    kept_at = models.DateTimeField(auto_now_add=True)
