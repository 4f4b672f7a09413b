"""What the tests of the demo look up in its lives."""

import re
from collections.abc import Iterator

from django.apps import apps
from django.db import transaction

from ipta.dossiers.models import Coachship, Dossier, Note, OfDossier
from ipta.journal.models import Entry
from ipta.journal.rules import first_fault
from ipta.sharing.door import Reader
from ipta.sharing.models import Look
from ipta.vault import keyring
from ipta.vault.fields import SealedJSON, SealedText

IDS = {"place_in_book"}  # sealed, and no words: the digits of an id are nobody's number


def readers() -> dict[object, Reader]:
    """For each dossier somebody who may open all of it: the youth, or before the yes the coach."""
    ships = {ship.dossier_id: ship.coach for ship in Coachship.objects.now().filter(is_stand_in=False)}
    return {dossier.pk: Reader(dossier.youth or ships[dossier.pk]) for dossier in Dossier.objects.all()}


def opened_notes() -> list[tuple[object, str]]:
    reader_of = readers()
    with keyring.held(), transaction.atomic():
        notes = Note.objects.order_by("happened_at", "written_at")
        return [(note.dossier_id, reader_of[note.dossier_id].text(note.text)) for note in notes]


def opened_texts() -> Iterator[str]:
    """Every sealed word there is, opened at the door."""
    reader_of = readers()
    with keyring.held(), transaction.atomic():
        for model in (Dossier, *Dossier.__subclasses__(), *_of_dossiers()):
            sealed = [field.name for field in model._meta.fields if isinstance(field, SealedText | SealedJSON)]
            names = [name for name in sealed if name not in IDS]
            for row in model.objects.all():
                for name in names:
                    yield reader_of[row.dossier_id].text(getattr(row, name))


def _of_dossiers() -> list[type]:
    return [model for model in apps.get_models() if issubclass(model, OfDossier)]


def is_bsn(digits: str) -> bool:
    """The elfproef of the BSN."""
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return sum(int(digit) * weight for digit, weight in zip(digits.zfill(9), weights, strict=True)) % 11 == 0


def assert_chains_are_whole() -> None:
    for model in (Entry, Look):
        for about in model.objects.order_by().values_list("about", flat=True).distinct():
            assert first_fault(model.objects.filter(about=about).order_by("number")) is None


def assert_no_bsn() -> None:
    for text in opened_texts():
        for digits in re.findall(r"(?<!\d)\d{8,9}(?!\d)", re.sub(r"(?<=\d)[ .-](?=\d)", "", text)):
            assert not is_bsn(digits), text
