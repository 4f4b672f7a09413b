"""How a youth was found, and where youths are found. Source: "Vinden van deelnemers"."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from ipta.accounts.models import Municipality, Person
from ipta.base import clock
from ipta.dossiers.models import Note, OfDossier
from ipta.scouting import rules
from ipta.vault.fields import BookText, SealedJSON, SealedText


class Place(models.TextChoices):
    """The kinds of place the method names."""

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


KNOWN_PLACES = [(key, name) for key, name in Place.choices if key != Place.UNKNOWN]


class OfMunicipality(models.Model):
    """A line in a book of a municipality. Its words are sealed under a key of that municipality."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    municipality = models.ForeignKey(Municipality, models.PROTECT)

    class Meta:
        abstract = True

    @property
    def municipality_code(self) -> str:
        return self.municipality.code


class FindingPlace(OfMunicipality):
    """A place where youths can be found, in the book that all coaches of a municipality keep together.

    Its name and kind are plain: they are about a place, and name nobody. What coaches say of it is not.
    """

    kind = models.CharField(max_length=12, choices=KNOWN_PLACES)
    name = models.CharField(max_length=120)
    area = models.CharField(max_length=4, blank=True)  # the four digits of its postcode
    added_by = models.ForeignKey(Person, models.PROTECT)
    added_at = models.DateTimeField(default=clock.now)
    hours = BookText()  # when to go there
    opens_doors = BookText()  # who knows everybody, and how one gets in touch

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Observation(OfMunicipality):
    """What a coach saw at a place on a day. Never changed: what is otherwise now is a new one."""

    place = models.ForeignKey(FindingPlace, models.CASCADE)
    author = models.ForeignKey(Person, models.PROTECT)
    seen_on = models.DateField()
    written_at = models.DateTimeField(default=clock.now)
    words = BookText()

    class Meta:
        ordering = ["-seen_on", "-written_at"]


class Find(OfDossier):
    """place -> introducer -> first contact. A warm introduction works best, so it is kept as one."""

    Place = Place

    kind = models.CharField(max_length=12, choices=Place.choices, default=Place.UNKNOWN)
    where = SealedText()
    place_in_book = SealedText()  # the id of a place in the book: where he is found is about him
    introduced_by = SealedText()
    known_from = SealedText()  # how the introducer knows him
    introduction = SealedText()  # what was said, and how it went
    wants = SealedText()  # what he wants himself, in his words
    age = SealedText()  # as far as one knows: "17", "rond de 20"
    plays = SealedJSON()  # what plays in his life: out of DOMAINS
    motivated = SealedText()  # out of rules.MOTIVATED
    kept_on = models.DateField(null=True)  # when the coach kept what is known six weeks longer
    kept_why = SealedText()
    yes_how = models.CharField(max_length=10, choices=rules.YES_HOW.items(), blank=True)  # how the yes was given
    yes_with = SealedText()  # who was there

    section = "contacts"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dossier"], name="found_once")]


class GoneCount(models.Model):
    """All that is left of who did not join: a count by place and channel, of a month."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    municipality = models.ForeignKey(Municipality, models.PROTECT)
    month = models.DateField()  # its first day
    kind = models.CharField(max_length=12, choices=Place.choices)
    channel = models.CharField(max_length=12, choices=Note.Channel.choices, blank=True)  # of the last try
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "month", "kind", "channel"], name="one_count_of_gone")
        ]


class Referral(OfDossier):
    """Somebody who was brought in by a professional, warmly: there is always somebody who introduces him."""

    class Role(models.TextChoices):
        POLICE = "police", _("Wijkagent")
        YOUTH_WORKER = "youth_worker", _("Jongerenwerker")
        MENTOR = "mentor", _("Mentor of stagebegeleider")
        SAFETY_HOUSE = "safety_house", _("Zorg- en veiligheidshuis")
        OTHER = "other", _("Iemand anders")

    class Knows(models.TextChoices):
        YES = "yes", _("Ja, en het is goed")
        NOT_YET = "not_yet", _("Nog niet. Dat hoort hij of zij eerst")

    class Told(models.TextChoices):
        """What who brought him in may hear. The coach chooses it, and after the yes the youth."""

        RECEIVED = "received", _("Het is aangekomen. Dank je wel.")
        TRYING = "trying", _("We zoeken contact.")
        TALKING = "talking", _("We zijn in gesprek.")
        JOINED = "joined", _("Hij of zij doet mee.")
        NOT_NOW = "not_now", _("Nu niet. Misschien later.")

    role = models.CharField(max_length=12, choices=Role.choices)
    knows = models.CharField(max_length=8, choices=Knows.choices)
    told = models.CharField(max_length=8, choices=Told.choices, default=Told.RECEIVED)
    arrived_at = models.DateTimeField(default=clock.now)
    name = SealedText()
    organisation = SealedText()
    reach = SealedText()
    why = SealedText()

    section = "contacts"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dossier"], name="brought_in_once")]


class CoachPage(models.Model):
    """Who the coach is, in his own words, for a youth who wonders who is looking for him. Everybody with the link reads
    it, so nothing of it is sealed; who reads it is counted nowhere.
    """

    person = models.OneToOneField(Person, models.CASCADE, primary_key=True)
    token = models.CharField(max_length=64, unique=True)
    story = models.TextField(max_length=1500, blank=True)
    why = models.TextField(max_length=600, blank=True)
    reach = models.CharField(max_length=200, blank=True)
    photo = models.BinaryField(default=b"", blank=True)  # a JPEG, written anew by us
    is_open = models.BooleanField(default=True)
    changed_at = models.DateTimeField(default=clock.now)
