"""The drill: an old back-up of the texts is put back beside today's keys. What was erased since stays unreadable, in
every field of it; everything else is there again word by word. Source: security design, section 6 and threat 31.
"""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connections

from ipta.accounts.models import Municipality, Person
from ipta.dossiers import commands as dossiers
from ipta.dossiers.models import Dossier, Note
from ipta.sharing import erasure
from ipta.sharing.door import GONE
from ipta.vault import backup, keyring, master, seals, store
from ipta.vault.fields import Sealed, SealedField
from ipta.vault.models import SectionKey
from tests.asking import text
from tests.cast import CANARY, canary, full_dossier
from tests.conftest import sign_in

pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)

Field = tuple[str, str, str]  # model, row, field
Where = tuple[UUID, str]  # dossier, section


@pytest.fixture(autouse=True)
def master_file(tmp_path: Path) -> Path:
    file = tmp_path / "master.key"
    file.write_text(seals.master_key_line(1, seals.new_key()))
    settings.MASTER_KEY_FILE = file
    keyring.forget_everything()
    return file


# --- a back-up of the texts as an administrator makes it -------------------------------------------------------


def back_up(file: Path) -> Callable[[], None]:
    """Make a back-up of the database of the texts; gives what puts it back, over all that came since."""
    texts = connections["default"]
    texts.ensure_connection()
    if texts.vendor == "sqlite":
        with sqlite3.connect(file) as copy:
            texts.connection.backup(copy)
        return lambda: sqlite3.connect(file).backup(texts.connection)
    _run("pg_dump", "--format=custom", f"--file={file}")
    return lambda: _run("pg_restore", "--clean", "--if-exists", "--single-transaction", "--dbname", _name(), str(file))


def _run(program: str, *words: str) -> None:
    beside = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"))
    found = shutil.which(program) or (str(beside[-1]) if beside else None)
    if found is None:
        pytest.skip(f"{program} is not on this machine")
    given = connections["default"].settings_dict
    wanted = {
        "PGHOST": given["HOST"],
        "PGPORT": given["PORT"],
        "PGUSER": given["USER"],
        "PGPASSWORD": given["PASSWORD"],
    }
    environment = os.environ | {name: str(value) for name, value in wanted.items() if value} | {"PGDATABASE": _name()}
    connections["default"].close()
    done = subprocess.run([found, *words], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def _name() -> str:
    return str(connections["default"].settings_dict["NAME"])


# --- everything that is sealed ---------------------------------------------------------------------------------


def sealed() -> Iterator[tuple[Field, Sealed]]:
    """Every sealed field of every row of every table, when something stands in it."""
    for model in apps.get_models():
        fields = [field.name for field in model._meta.get_fields() if isinstance(field, SealedField)]
        for row in model._base_manager.all() if fields else ():
            for name in fields:
                if found := getattr(row, name):
                    yield (model._meta.label, str(row.pk), name), found


def opened(found: Sealed, keys: dict[Where, bytes | None]) -> bytes | None:
    key = keys.get((found.dossier_id, found.section))
    return seals.unseal_bytes(found.blob, key, at=found.place) if key else None


def contents() -> dict[Field, bytes | None]:
    """What stands in each field; None where no key opens it."""
    there = dict(sealed())
    keys = keyring.keys({(found.dossier_id, found.section) for found in there.values()})
    return {field: opened(found, keys) for field, found in there.items()}


def places() -> dict[Field, Where]:
    return {field: (found.dossier_id, found.section) for field, found in sealed()}


def every_key_there_is() -> list[bytes]:
    living = SectionKey.objects.exclude(wrapped=None).values_list("dossier_id", "section")
    return [key for key in keyring.keys(living).values() if key] + [
        *(keyring.opened(row) for row in store.keys_under_master()),
        *master.versions().values(),
    ]


# --- the drill -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("is_rotated", [False, True], ids=["", "with another master key since"])
def test_the_drill(
    is_rotated: bool, zoetermeer: Municipality, schiedam: Municipality, noor: Person, bram: Person, yara: Person,
    fem: Person, pepijn: Person, scouted: Dossier, tmp_path: Path,
) -> None:  # fmt: skip
    sem, kim, ali = (
        full_dossier(who, town, coach)
        for who, town, coach in (("sem", zoetermeer, noor), ("kim", zoetermeer, bram), ("ali", schiedam, yara))
    )
    before, where = contents(), places()
    assert len(before) > 60 and None not in before.values()
    put_back = back_up(tmp_path / "texts")
    backup.write(tmp_path / "keys")

    erasure.shred(kim, by=fem, second=pepijn)
    erasure.shred(sem, by=fem, second=pepijn, section="contacts")
    dossiers.note(ali, text="Van na de back-up.", by=yara)
    Note.objects.filter(dossier=sem).delete()
    if is_rotated:
        master.add()
        store.rewrap()
        store.retire(1)
    keyring.forget_everything()

    put_back()
    assert places() == where, "the texts are those of the back-up"
    assert_erased_and_the_rest_is_whole(before, where, kim, sem)
    if not is_rotated:  # then the old back-up of the keys needs the old master key, which is gone
        came = backup.restore(tmp_path / "keys")
        assert came.stayed_destroyed == len({place for place in where.values() if is_erased(place, kim, sem)})
        assert_erased_and_the_rest_is_whole(before, where, kim, sem)
    assert text(noor, Note.objects.get(dossier=sem), "text") == GONE
    assert text(bram, kim, "nickname") == GONE
    assert text(noor, sem, "nickname").startswith(canary("sem", "identity"))
    for coach, dossier in ((noor, sem), (bram, kim)):
        page = sign_in(coach).get(f"/jongeren/{dossier.id}/tijdlijn/")
        assert (page.status_code, GONE in page.text) == (200, True)


def is_erased(place: Where, kim: Dossier, sem: Dossier) -> bool:
    return place[0] == kim.id or place == (sem.id, "contacts")


def assert_erased_and_the_rest_is_whole(
    before: dict[Field, bytes | None], where: dict[Field, Where], kim: Dossier, sem: Dossier
) -> None:
    after, keys = contents(), every_key_there_is()
    erased = {field for field, place in where.items() if is_erased(place, kim, sem)}
    assert len(erased) > 20 and len(erased) < len(before) - 20
    assert {field for field, content in after.items() if content is None} == erased, "all of it, and nothing else"
    assert {field: after[field] for field in before.keys() - erased} == {
        field: content for field, content in before.items() if field not in erased
    }
    for field, found in sealed():
        if field in erased:
            assert CANARY.encode() not in found.blob
            assert not [key for key in keys if _opens(found, key)], f"{field} opens with another key"


def _opens(found: Any, key: bytes) -> bool:
    try:
        seals.unseal_bytes(found.blob, key, at=found.place)
    except seals.Unreadable:
        return False
    return True
