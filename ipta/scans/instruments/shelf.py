"""Putting an instrument on the shelf: what ships with the house for everybody, the rest for one municipality.

What ships is there before anybody can allow it; a municipality's own comes in by the command `load_instrument`.
"""

import json
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid4, uuid5

from django.db import transaction

from ipta.accounts.models import Municipality, Person
from ipta.base.verdict import Impossible
from ipta.scans.instruments.definition import read, read_definition
from ipta.scans.instruments.opening import plain
from ipta.scans.instruments.questions import Questionnaire
from ipta.scans.models import Instrument, InstrumentVersion

SHIPPED = Path(__file__).parent / "shipped"
LENGTHS = {"url": 255, "name": 120, "title": 200, "publisher": 200}


@cache
def shipped() -> tuple[Questionnaire, ...]:
    """The instruments that come with the house."""
    return tuple(read(file.read_bytes()) for file in sorted(SHIPPED.glob("*.json")))


def load_shipped() -> int:
    """Put what is not there yet on the shelf of the house, and tell how many those were."""
    with transaction.atomic():
        return sum(is_new for _version, is_new in [shelve(asked, None, None) for asked in shipped()])


@transaction.atomic
def shelve(
    asked: Questionnaire, municipality: Municipality | None, by: Person | None, *, is_draft: bool = False
) -> tuple[InstrumentVersion, bool]:
    """This version, and whether it is new. A version in use takes the place of the one before; a draft waits.

    Raises `Impossible` when the same version was there with other words: somebody may have answered those.
    """
    told, number = _told(asked), version_of(asked)
    if len(number) > 60:
        raise Impossible("Geef de vragenlijst een versienummer (version) van hooguit 60 tekens.")
    instrument, _ = Instrument.objects.get_or_create(url=told.pop("url"), municipality=municipality, defaults=told)
    definition, checksum = plain(asked.source), checksum_of(asked.source)
    instrument = _alone(instrument)
    there = instrument.versions.filter(version=number).first()
    if there and there.checksum != checksum:
        raise Impossible("Deze versie is er al, met andere woorden. Geef de vragenlijst een nieuw versienummer.")
    if there:
        return there, False
    is_known = asked.status in InstrumentVersion.Status.values and not is_draft
    status = asked.status if is_known else InstrumentVersion.Status.DRAFT
    if status == InstrumentVersion.Status.ACTIVE:
        _make_room(instrument, asked)
    made = InstrumentVersion.objects.create(
        id=uuid4() if municipality else house_id(asked),
        instrument=instrument,
        version=number,
        status=status,
        definition=definition,
        checksum=checksum,
        loaded_by=by,
    )
    return made, True


def set_aside(asked: Questionnaire, municipality: Municipality) -> InstrumentVersion:
    """The version with exactly these words, for reading what somebody answered elsewhere. New ones are not in use."""
    checksum, number = checksum_of(asked.source), version_of(asked)
    there = InstrumentVersion.objects.for_municipality(municipality.id).filter(instrument__url=asked.url)
    if same := there.filter(checksum=checksum).first():
        return same
    told = _told(asked)
    instrument, _ = Instrument.objects.get_or_create(url=told.pop("url"), municipality=municipality, defaults=told)
    is_taken = instrument.versions.filter(version=number).exists()
    return InstrumentVersion.objects.create(
        instrument=instrument,
        version=f"{number[:47]} {checksum[:12]}" if is_taken else number[:60],
        status=InstrumentVersion.Status.RETIRED,
        definition=plain(asked.source),
        checksum=checksum,
    )


def use(version: InstrumentVersion) -> None:
    """Put it to use in the place of the one before. Part of a command."""
    instrument = _alone(version.instrument)
    there = instrument.versions.filter(pk=version.pk).first()
    if there is None:
        raise Impossible("Deze versie is intussen weggegooid.")
    _make_room(instrument, read_definition(there.definition))
    there.status = InstrumentVersion.Status.ACTIVE
    there.save(update_fields=["status"])


def throw_away(version: InstrumentVersion) -> None:
    """A draft goes, and its instrument with it where that has no other version. Part of a command."""
    instrument = _alone(version.instrument)
    drafts = instrument.versions.filter(pk=version.pk, status=InstrumentVersion.Status.DRAFT)
    if not drafts.delete()[0]:
        raise Impossible("Deze versie is in gebruik geweest. Die blijft, want er kan mee zijn ingevuld.")
    if not instrument.versions.exists():
        instrument.delete()


def _alone(instrument: Instrument) -> Instrument:
    """Who changes its versions does so alone: of two at once the second waits for the first."""
    found = Instrument.objects.select_for_update(of=("self",)).filter(pk=instrument.pk).first()
    if found is None:
        raise Impossible("Deze versie is intussen weggegooid.")
    return found


def _make_room(instrument: Instrument, asked: Questionnaire) -> None:
    """It is called as this version says, and the version before goes out of use."""
    told = _told(asked)
    del told["url"]
    Instrument.objects.filter(pk=instrument.pk).update(**told)
    active = instrument.versions.filter(status=InstrumentVersion.Status.ACTIVE)
    active.update(status=InstrumentVersion.Status.RETIRED)


def version_of(asked: Questionnaire) -> str:
    """Its number, or else its date; of a questionnaire that tells neither a piece of its checksum."""
    return asked.version or asked.source.get("date") or checksum_of(asked.source)[:12]


def house_id(asked: Questionnaire) -> UUID:
    """The number of a version that ships with the house: the same in every house."""
    return uuid5(NAMESPACE_URL, f"{asked.url}|{version_of(asked)}|{checksum_of(asked.source)}")


def checksum_of(definition: dict[str, Any]) -> str:
    """Of what a definition says, whatever the order in which it says it."""
    said = json.dumps(plain(definition), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return sha256(said.encode()).hexdigest()


def _told(asked: Questionnaire) -> dict[str, str]:
    told = {name: str(getattr(asked, name)) for name in LENGTHS}
    for name, longest in LENGTHS.items():
        if len(told[name]) > longest:
            raise Impossible("De url, de naam, de titel of de uitgever is te lang.")
    return {**told, "copyright": asked.copyright}
