"""How a youth was found: the place and the introduction. Source: "Vinden van deelnemers"."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ipta.dossiers.models import OfDossier
from ipta.vault.fields import SealedText


class Find(OfDossier):
    """place -> introducer -> first contact. A warm introduction works best, so it is kept as one."""

    class Place(models.TextChoices):
        STREET = "street", _("Straat")
        SPORT = "sport", _("Sport")
        MUSIC = "music", _("Muziekstudio")
        RELIGIOUS = "religious", _("Moskee of kerk")
        COMMUNITY = "community", _("Buurthuis")
        COFFEESHOP = "coffeeshop", _("Coffeeshop")
        BARBER = "barber", _("Kapper")
        SHISHA = "shisha", _("Shishalounge")
        SCHOOL = "school", _("School")
        POLICE = "police", _("Wijkagent")
        SAFETY_HOUSE = "safety_house", _("Zorg- en veiligheidshuis")
        OTHER = "other", _("Ergens anders")
        UNKNOWN = "unknown", _("Weet ik niet")

    kind = models.CharField(max_length=12, choices=Place.choices, default=Place.UNKNOWN)
    where = SealedText()
    introduced_by = SealedText()
    introduction = SealedText()  # how they know each other, what was said
    wants = SealedText()  # what he wants himself, in his words

    section = "contacts"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dossier"], name="found_once")]
