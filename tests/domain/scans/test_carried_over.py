"""What was rated before instruments were data is sealed anew, under the same key and number."""

from datetime import UTC, datetime
from importlib import import_module
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest

from ipta.accounts.models import Person
from ipta.dossiers.models import Dossier
from ipta.scans.models import FilledSheet
from ipta.scans.queries import OWN_VIEW, ZRM, ZRM_YOUNG, matrix_for
from ipta.sharing.door import Reader
from ipta.vault import keyring, seals
from tests.asking import levels, remark

carrying = import_module("ipta.scans.migrations.0003_one_kind_of_sheet")
LONG_AGO = datetime(2026, 3, 3, 14, 30, tzinfo=UTC)


@pytest.fixture
def matrices(dossier: Dossier) -> dict[str, Any]:
    urls = {"zrm-2017": ZRM, "zrm-jongeren": ZRM_YOUNG, "own-view": OWN_VIEW}
    found = {name: matrix_for(dossier.municipality, url) for name, url in urls.items()}
    return {name: (version.pk, matrix) for name, (version, matrix) in found.items()}


def before(dossier: Dossier, by: Person, *, voice: str, instrument: str = "zrm-2017", **words: str) -> Any:
    """A row as it lay in the table that is gone."""
    pk = uuid4()
    key = keyring.key_for_writing(dossier.pk, "scores", dossier.municipality_code)

    def sealed(field: str) -> bytes:
        at = seals.place("scans.sheet", pk, field, dossier.pk, "scores")
        return seals.seal(words[field], key, at=at) if words.get(field) else b""

    return SimpleNamespace(
        id=pk,
        dossier_id=dossier.pk,
        by_id=by.pk,
        voice=voice,
        instrument=instrument,
        about_on=LONG_AGO.date(),
        written_at=LONG_AGO,
        ratings=sealed("ratings"),
        remark=sealed("remark"),
    )


def carried(sheets: list[Any], matrices: dict[str, Any]) -> list[FilledSheet]:
    made = list(carrying.made_of(sheets, FilledSheet, matrices))
    for sheet in made:
        sheet.save(force_insert=True)
    return made


def test_both_voices_keep_their_levels_their_words_and_their_number(
    dossier: Dossier, noor: Person, sem: Person, matrices: dict[str, Any]
) -> None:
    coach = before(dossier, noor, voice="coach", ratings='{"money": 2, "work": 3}', remark="Post blijft dicht.")
    youth = before(dossier, noor, voice="youth", ratings='{"money": 5}')
    young = before(dossier, noor, voice="coach", instrument="zrm-jongeren", remark="Nog niets besproken.")
    made = carried([coach, youth, young], matrices)
    assert [sheet.pk for sheet in made] == [coach.id, youth.id, young.id]
    assert [levels(sem, sheet) for sheet in made] == [{"money": 2, "work": 3}, {"money": 5}, {}]
    assert [remark(sem, sheet) for sheet in made] == ["Post blijft dicht.", "", "Nog niets besproken."]
    assert [sheet.version.instrument.url for sheet in made] == [ZRM, OWN_VIEW, ZRM_YOUNG]
    assert {sheet.signed_off_at for sheet in made} == {LONG_AGO}


def test_what_was_erased_stays_erased(dossier: Dossier, sem: Person, noor: Person, matrices: dict[str, Any]) -> None:
    old = before(dossier, noor, voice="coach", ratings='{"money": 2}')
    keyring.destroy(dossier.pk, ["scores"])
    (made,) = carried([old], matrices)
    assert Reader(sem).is_gone(FilledSheet.objects.get(pk=made.pk).answers)
