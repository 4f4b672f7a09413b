"""Levels of life domains become sheets of an instrument like any other.

What was written is sealed anew under the same key and keeps its number, so that the youth's own side stays beside it.
"""

import json

from django.db import migrations

from ipta.scans.instruments.opening import plain
from ipta.scans.instruments.shelf import checksum_of, house_id, shipped, version_of
from ipta.scans.matrix import matrix_of
from ipta.vault import keyring, seals

AT_ONCE = 500
COACH, ADULT, OWN_VIEW = "coach", "zrm-2017", "own-view"


def carry_over(apps, schema_editor):
    sheets = apps.get_model("scans", "Sheet").objects.using(schema_editor.connection.alias)
    if not sheets.exists():
        return
    filled = apps.get_model("scans", "FilledSheet").objects.using(schema_editor.connection.alias)
    matrices = {name: put_on_the_shelf(apps, schema_editor, name) for name in (ADULT, "zrm-jongeren", OWN_VIEW)}
    batch = []
    for sheet in sheets.iterator(chunk_size=AT_ONCE):
        batch.append(sheet)
        if len(batch) == AT_ONCE:
            filled.bulk_create(made_of(batch, filled.model, matrices))
            batch = []
    filled.bulk_create(made_of(batch, filled.model, matrices))


def put_on_the_shelf(apps, schema_editor, name):
    """The version in use and the matrix in it; `bin/ipta migrate` finds it there already."""
    alias = schema_editor.connection.alias
    asked = next(asked for asked in shipped() if asked.url.endswith(f":{name}"))
    told = {name: str(getattr(asked, name)) for name in ("name", "title", "publisher", "copyright")}
    instruments = apps.get_model("scans", "Instrument").objects.using(alias)
    instrument, _ = instruments.get_or_create(url=asked.url, municipality=None, defaults=told)
    versions = apps.get_model("scans", "InstrumentVersion").objects.using(alias)
    there = versions.filter(instrument=instrument, version=version_of(asked)).first()
    if there is None:
        versions.filter(instrument=instrument, status="active").update(status="retired")
        there = versions.create(
            id=house_id(asked),
            instrument=instrument,
            version=version_of(asked),
            status="active",
            definition=plain(asked.source),
            checksum=checksum_of(asked.source),
        )
    return there.pk, matrix_of(asked)


def made_of(sheets, model, matrices):
    keys = keyring.keys({(sheet.dossier_id, "scores") for sheet in sheets})
    for sheet in sheets:
        name = sheet.instrument if sheet.instrument in matrices else ADULT
        version, matrix = matrices[name if sheet.voice == COACH else OWN_VIEW]
        key = keys.get((sheet.dossier_id, "scores"))
        yield model(
            id=sheet.id,
            dossier_id=sheet.dossier_id,
            version_id=version,
            voice=sheet.voice,
            by_id=sheet.by_id,
            about_on=sheet.about_on,
            started_at=sheet.written_at,
            saved_at=sheet.written_at,
            signed_off_at=sheet.written_at,
            # Of a section that was erased nothing opens; that something stood there stays.
            answers=sealed_anew(sheet, key, matrix) if key else blob(sheet, "ratings") or blob(sheet, "remark"),
        )


def sealed_anew(sheet, key, matrix):
    ratings, remark = (words_in(sheet, name, key) for name in ("ratings", "remark"))
    answers = matrix.answers(json.loads(ratings or "{}"), remark)
    content = json.dumps(answers.to_json(), ensure_ascii=False, sort_keys=True).encode()
    return seals.seal_bytes(content, key, at=place("scans.filledsheet", sheet, "answers"))


def words_in(sheet, name, key):
    sealed = blob(sheet, name)
    return seals.unseal(sealed, key, at=place("scans.sheet", sheet, name)) if sealed else ""


def blob(sheet, name):
    """As it stands in the row: nobody opened it."""
    return bytes(sheet.__dict__[name])


def place(label, sheet, name):
    return seals.place(label, sheet.id, name, sheet.dossier_id, "scores")


class Migration(migrations.Migration):
    dependencies = [("scans", "0002_instruments"), ("vault", "0002_house_key")]

    operations = [
        migrations.RunPython(carry_over, migrations.RunPython.noop),
        migrations.DeleteModel("Sheet"),
    ]
