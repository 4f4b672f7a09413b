"""The picture per life domain, out of the sheets that were filled in. Source: "Een beeld vormen"."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final
from uuid import UUID

from ipta.accounts.models import Municipality
from ipta.base.verdict import Impossible
from ipta.dossiers.models import Dossier
from ipta.scans.instruments.answers import Answers
from ipta.scans.instruments.queries import asked_by
from ipta.scans.instruments.scoring import by_domain
from ipta.scans.matrix import REMARK, Matrix, matrix_of
from ipta.scans.models import FilledSheet, FilledSheetQuerySet, InstrumentVersion
from ipta.scans.rules import PARTS, newest
from ipta.sharing.door import Reader

ZRM: Final = "urn:ipta:instrument:zrm-2017"
ZRM_YOUNG: Final = "urn:ipta:instrument:zrm-jongeren"
OWN_VIEW: Final = "urn:ipta:instrument:own-view"
WELLBEING_LIST: Final = "urn:ipta:instrument:wellbeing"
IN_THE_SCAN: Final = (ZRM, ZRM_YOUNG, OWN_VIEW)  # filled in there, with both voices beside each other
PICTURE: Final = (*IN_THE_SCAN, WELLBEING_LIST)


@dataclass(frozen=True, slots=True)
class Heard:
    """What one sheet says of the parts of life, opened at the door."""

    sheet: FilledSheet
    levels: Mapping[str, int]
    remark: str
    is_gone: bool


def matrix_for(municipality: Municipality, url: str) -> tuple[InstrumentVersion, Matrix]:
    """The matrix in use here: the municipality's own copy before that of the house. Raises `Impossible` without one."""
    return matrices_for(municipality, url)[url]


def matrices_for(municipality: Municipality, *urls: str) -> dict[str, tuple[InstrumentVersion, Matrix]]:
    """The same of several at once, by their urls in this order."""
    versions = InstrumentVersion.objects.for_municipality(municipality.id).active().filter(instrument__url__in=urls)
    found: dict[str, tuple[InstrumentVersion, Matrix]] = {}
    for version in versions.defer("definition"):
        if version.instrument.url not in found and (matrix := matrix_in(version)):
            found[version.instrument.url] = version, matrix
    if len(found) < len(urls):
        raise Impossible("Deze vragenlijst is niet in gebruik.")
    return {url: found[url] for url in urls}


def matrix_in(version: InstrumentVersion) -> Matrix | None:
    """The matrix that this version is for the scan; None where it asks too little or too much for that."""
    found = _matrix(version.pk)
    return found if found and (found.is_whole or version.instrument.url == WELLBEING_LIST) else None


def picture_of(dossier: Dossier, beside: Collection[str] = ()) -> FilledSheetQuerySet:
    """The sheets that make the picture, newest first, without what was corrected since. `beside`: of these urls too."""
    found = FilledSheet.objects.standing([dossier.id]).filter(version__instrument__url__in=[*PICTURE, *beside])
    return found.select_related("version__instrument", "by").defer("version__definition")


def heard(reader: Reader, dossier: Dossier, voice: str, most: int | None = None) -> list[Heard]:
    """What this voice said, newest first; the `most` newest only."""
    return [hear(reader, sheet) for sheet in picture_of(dossier).filter(voice=voice)[:most]]


def hear(reader: Reader, sheet: FilledSheet) -> Heard:
    """One sheet. Raises `Refused` without a right."""
    answers = Answers.from_json(reader.json(sheet.answers) or [])
    levels = by_domain(asked_by(sheet.version), answers)
    known = {part: levels[part] for part in PARTS if part in levels}
    return Heard(sheet, known, _remark(answers), reader.is_gone(sheet.answers))


def by_day(said: Iterable[Heard]) -> dict[date, dict[str, int]]:
    """What was said last on each day. `said`: the newest first, and so are the days."""
    days: dict[date, list[Mapping[str, int]]] = {}
    for one in said:
        days.setdefault(one.sheet.about_on, []).append(one.levels)
    return {day: newest(levels) for day, levels in days.items()}


def _remark(answers: Answers) -> str:
    return "\n".join(value.words for at in answers.places_of(REMARK) for value in answers.at(at))


@lru_cache(maxsize=64)
def _matrix(version: UUID) -> Matrix | None:
    """A version never changes, so it is read once."""
    return matrix_of(asked_by(InstrumentVersion(pk=version)))
