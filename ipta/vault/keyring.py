"""Getting at keys. Only `sharing` may open with them (a test of the house checks who imports this)."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from uuid import UUID

from django.conf import settings
from django.db import transaction

from ipta.base import clock
from ipta.vault import rules, seals
from ipta.vault.models import MunicipalityKey, SectionKey

Place = tuple[UUID, str]  # dossier, section

_held: ContextVar[dict[Place, bytes] | None] = ContextVar("held_keys", default=None)


class Destroyed(seals.Unreadable):
    """The key of this section was destroyed, on purpose and for good."""


@contextmanager
def held() -> Iterator[None]:
    """Keep the keys of a piece of work (a request, an import) in memory until it ends, and no longer."""
    token = _held.set({})
    try:
        yield
    finally:
        _held.reset(token)


@cache
def _master_keys() -> dict[int, bytes]:
    return seals.read_master_keys(settings.MASTER_KEY_FILE)


@cache
def _municipality_key(municipality: str) -> bytes:
    """Unwrap a municipality's key, making it at first use. It is never destroyed, so it may be remembered."""
    masters = _master_keys()
    newest = max(masters)
    row, _ = MunicipalityKey.objects.get_or_create(
        municipality=municipality,
        defaults={"wrapped": seals.wrap(seals.new_key(), under=masters[newest]), "master_version": newest},
    )
    return seals.unwrap(bytes(row.wrapped), under=masters[row.master_version])


def forget_everything() -> None:
    """For a new master key, and between tests."""
    _master_keys.cache_clear()
    _municipality_key.cache_clear()


def keys(places: Iterable[Place]) -> dict[Place, bytes]:
    """The keys that exist for these places, in one query."""
    wanted = set(places)
    mine = _held.get()
    found = {} if mine is None else {place: mine[place] for place in wanted if place in mine}
    if missing := wanted - found.keys():
        rows = SectionKey.objects.filter(
            dossier_id__in={dossier for dossier, _ in missing}, section__in={section for _, section in missing}
        )
        for row in rows:
            if (row.dossier_id, row.section) in missing and row.wrapped is not None:
                under = _municipality_key(row.municipality)
                found[row.dossier_id, row.section] = seals.unwrap(bytes(row.wrapped), under=under)
    if mine is not None:
        mine.update(found)
    return found


def key_for_writing(dossier: UUID, section: str, municipality: str) -> bytes:
    """The key of a section, made at the first word that is written in it."""
    if section not in rules.SECTIONS:
        raise ValueError(section)
    if key := keys([(dossier, section)]).get((dossier, section)):
        return key
    new = seals.wrap(seals.new_key(), under=_municipality_key(municipality))
    row, _ = SectionKey.objects.get_or_create(
        dossier_id=dossier, section=section, defaults={"municipality": municipality, "wrapped": new}
    )
    if row.wrapped is None:
        raise Destroyed(section)
    return keys([(dossier, section)])[dossier, section]


def destroy(dossier: UUID, sections: Iterable[str] = rules.SECTIONS) -> None:
    """Make sections unreadable for ever, in every back-up of the texts too."""
    with transaction.atomic(using="keys"):
        for section in sections:
            SectionKey.objects.update_or_create(
                dossier_id=dossier,
                section=section,
                defaults={"wrapped": None, "destroyed_at": clock.now()},
                create_defaults={"municipality": "", "wrapped": None, "destroyed_at": clock.now()},
            )
    if mine := _held.get():
        for section in sections:
            mine.pop((dossier, section), None)
