"""A back-up of the key store as one file, the same for SQLite and PostgreSQL. Every key in it stays wrapped.

A line of JSON for each key; the first line says what it is, the last how many lines there are and their hash.
"""

import errno
import hashlib
import json
import os
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction

from ipta.base import acting, clock
from ipta.vault import keyring, master, seals
from ipta.vault.keyring import Place
from ipta.vault.models import HouseKey, MunicipalityKey, SectionKey
from ipta.vault.store import StoreFault, keys_under_master

FORMAT, VERSION = "ipta-keys", 1
AT_ONCE = 500  # sections that are looked up together
SHOWN = 5

Line = dict[str, Any]


# --- out -----------------------------------------------------------------------------------------------------


def write(file: Path) -> int:
    """Write every key to a new file that only its owner reads. Gives how many; `StoreFault` if any is missing."""
    if file.exists():
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(file))
    part = file.with_name(f"{file.name}.part")
    try:
        with acting.as_work():
            there = sum(model._default_manager.count() for model in (SectionKey, MunicipalityKey, HouseKey))
            _write(part, _everything())
        written = sum(1 for _ in _lines(part)) - 1  # read back, with its hash
        if written < there:
            raise StoreFault(f"The file holds {written} keys, the store {there}. No back-up was made.")
        part.rename(file)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return written


def _everything() -> Iterator[Line]:
    """Sections before what wraps them: whatever is made meanwhile, no section comes without its municipality."""
    yield {"format": FORMAT, "version": VERSION, "made_at": clock.now().isoformat()}
    for section in SectionKey.objects.order_by("pk").iterator():
        yield {
            "dossier": str(section.dossier_id),
            "section": section.section,
            "municipality": section.municipality,
            "wrapped": _said(section.wrapped) if section.wrapped is not None else None,
            "destroyed_at": section.destroyed_at.isoformat() if section.destroyed_at else None,
        }
    for row in keys_under_master():
        named = {"key_of": row.pk, "kind": "municipality" if isinstance(row, MunicipalityKey) else "house"}
        yield named | {"wrapped": _said(row.wrapped), "master_version": row.master_version}


def _said(wrapped: bytes | memoryview) -> str:
    return b64encode(bytes(wrapped)).decode()


def _write(file: Path, lines: Iterable[Line]) -> None:
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    whole, count = hashlib.sha256(), 0
    with os.fdopen(descriptor, "wb") as out:
        for line in lines:
            said = json.dumps(line, separators=(",", ":")).encode() + b"\n"
            whole.update(said)
            count += 1
            out.write(said)
        out.write(json.dumps({"lines": count, "sha256": whole.hexdigest()}).encode() + b"\n")
        out.flush()
        os.fsync(out.fileno())


# --- in ------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Restored:
    """What came of it."""

    added: int = 0
    same: int = 0
    stayed_destroyed: int = 0  # in the file they could be opened, here they were destroyed
    contradictions: list[str] = field(default_factory=list)


def restore(file: Path, *, prefer_file: bool = False) -> Restored:
    """Put back the keys that are not here. What was destroyed here stays destroyed, whatever the file says.

    A key that is another one here than in the file is a contradiction: then nothing is changed at all, unless the
    file is preferred. Raises `StoreFault`.
    """
    for _ in _lines(file):  # whole, before anything is looked at
        pass
    with acting.as_work(), transaction.atomic(using="keys"):
        return_of = _Return(prefer_file)
        return_of.wrapping(_rows(file, HouseKey, MunicipalityKey))
        sections = _rows(file, SectionKey)
        while batch := list(islice(sections, AT_ONCE)):
            return_of.sections(batch)
        if return_of.came.contradictions and not prefer_file:
            raise StoreFault(_contradicted(return_of.came.contradictions))
    keyring.forget_everything()
    return return_of.came


def _contradicted(found: list[str]) -> str:
    more = [f"and {len(found) - SHOWN} more."] if len(found) > SHOWN else []
    return "\n  ".join(
        [
            f"{len(found)} keys are not the same here as in the file. Nothing was changed.",
            *found[:SHOWN],
            *more,
            "Is the file right and the present store wrong? Then: --prefer-file. What was written under the present "
            "keys since cannot be opened any more.",
        ]
    )


class _Return:
    """Keys of a file while they come back. All that comes in is wrapped under what wraps here and now."""

    def __init__(self, prefer_file: bool) -> None:
        self.prefer_file = prefer_file
        self.came = Restored()
        self.theirs: dict[str, bytes] = {}
        self.ours: dict[str, bytes] = {}

    def wrapping(self, rows: Iterable[HouseKey | MunicipalityKey]) -> None:
        """Keys of municipalities and of the house, which everything else needs."""
        for row in rows:
            key = keyring.opened(row)
            here = type(row)._default_manager.filter(pk=row.pk).first()
            if here is None:
                self._keep(row, key)
            elif keyring.opened(here) == key:
                self.came.same += 1
            elif isinstance(row, HouseKey):
                self._contradict(f"the key of the house for {row.pk}")
                self._keep(row, key)
            if isinstance(row, MunicipalityKey):
                self.theirs[row.municipality] = key
                self.ours[row.municipality] = keyring.opened(here) if here else key

    def _keep(self, row: HouseKey | MunicipalityKey, key: bytes) -> None:
        row.master_version = master.newest()
        row.wrapped = seals.wrap(key, under=master.versions()[row.master_version])
        row.save(using="keys")
        self.came.added += 1

    def sections(self, rows: list[SectionKey]) -> None:
        known = SectionKey.objects.filter(dossier_id__in={row.dossier_id for row in rows})
        here: dict[Place, SectionKey] = {(row.dossier_id, row.section): row for row in known}
        new = []
        for row in rows:
            row.wrapped = self._wrapped_anew(row)
            present = here.get((row.dossier_id, row.section))
            if present is None:
                new.append(row)
            else:
                self._settle(present, row)
        self.came.added += len(SectionKey.objects.bulk_create(new))

    def _settle(self, present: SectionKey, row: SectionKey) -> None:
        """Both know it: destroyed here is the end of it, and otherwise they should say the same."""
        if present.wrapped is None:
            self.came.stayed_destroyed += row.wrapped is not None
            self.came.same += row.wrapped is None
        elif row.wrapped is not None and bytes(present.wrapped) == row.wrapped:
            self.came.same += 1
        else:
            is_gone = " (destroyed in the file)" if row.wrapped is None else ""
            self._contradict(f"section {row.section} of dossier {row.dossier_id}{is_gone}")
            SectionKey.objects.filter(pk=present.pk).update(wrapped=row.wrapped, destroyed_at=row.destroyed_at)

    def _contradict(self, what: str) -> None:
        self.came.contradictions.append(what)

    def _wrapped_anew(self, row: SectionKey) -> bytes | None:
        if row.wrapped is None:
            return None
        if row.municipality not in self.theirs:
            raise StoreFault(f"The file holds sections of {row.municipality}, and not its key. Nothing was changed.")
        try:
            key = seals.unwrap(bytes(row.wrapped), under=self.theirs[row.municipality])
        except seals.Unreadable:
            raise StoreFault(
                f"The key of section {row.section} of dossier {row.dossier_id} in the file does not open. "
                "Nothing was changed."
            ) from None
        return seals.wrap(key, under=self.ours[row.municipality])


def _rows(file: Path, *models: type[HouseKey | MunicipalityKey | SectionKey]) -> Iterator[Any]:
    """The rows of these kinds."""
    for number, line in enumerate(_lines(file)):
        if number:
            try:
                row = _row(line)
            except (KeyError, TypeError, ValueError):
                raise StoreFault(f"{file}, line {number + 1}: this is no key. Nothing was changed.") from None
            if isinstance(row, models):
                yield row


def _row(line: Line) -> HouseKey | MunicipalityKey | SectionKey:
    wrapped = b64decode(line["wrapped"], validate=True) if line["wrapped"] is not None else None
    if "dossier" in line:
        destroyed_at = line["destroyed_at"] and datetime.fromisoformat(line["destroyed_at"])
        place = {"dossier_id": UUID(line["dossier"]), "section": line["section"], "municipality": line["municipality"]}
        return SectionKey(**place, wrapped=wrapped, destroyed_at=destroyed_at)
    model = MunicipalityKey if line["kind"] == "municipality" else HouseKey
    return model(pk=line["key_of"], wrapped=wrapped, master_version=line["master_version"])


def _lines(file: Path) -> Iterator[Line]:
    """Every line but the last. Raises `StoreFault` at the end when a letter of the file changed."""
    whole, count, line = hashlib.sha256(), 0, b""
    with file.open("rb") as stream:
        for following in stream:
            if line:
                whole.update(line)
                yield _read(file, line, is_first=not count)
                count += 1
            line = following
    if _read(file, line) != {"lines": count, "sha256": whole.hexdigest()}:
        raise StoreFault(f"{file} is not as it was written: cut off, or damaged. Nothing was changed.")


def _read(file: Path, line: bytes, is_first: bool = False) -> Line:
    try:
        found = json.loads(line)
    except ValueError:
        found = None
    if not isinstance(found, dict) or (is_first and found.get("format") != FORMAT):
        raise StoreFault(f"{file} is not a back-up of the key store, or it is damaged. Nothing was changed.")
    if is_first and found.get("version") != VERSION:
        raise StoreFault(f"{file} was made by another version of IPTA ({found.get('version')}). Nothing was changed.")
    return found
