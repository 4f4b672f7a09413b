"""Getting at keys. Only `sharing` may open with them (a test of the house checks who imports this)."""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_noop as _

from ipta.base import acting, clock
from ipta.base.prepared import prepared
from ipta.base.verdict import Impossible
from ipta.vault import master, rules, seals
from ipta.vault.models import HouseKey, MunicipalityKey, SectionKey

Place = tuple[UUID, str]  # dossier, section

_held: ContextVar[dict[Place, bytes | None] | None] = ContextVar("held_keys", default=None)


class Destroyed(seals.Unreadable, Impossible):
    """The key of this section was destroyed, on purpose and for good. Whoever writes is told so beside his words."""


class NeverMade(seals.Unreadable):
    """What wraps this key is not in the store: it was lost, or never there."""


@contextmanager
def held() -> Iterator[None]:
    """Keep the keys of a piece of work (a request, an import) in memory until it ends, and no longer."""
    token = _held.set({})
    try:
        yield
    finally:
        _held.reset(token)


# --- under the master key ----------------------------------------------------------------------------------


def house_key(purpose: str) -> bytes:
    """The key for what belongs to no dossier, made at first use."""
    with acting.wanting_keys_of(()):
        try:
            return _remembered(HouseKey, purpose)
        except NeverMade:
            return opened(_made(HouseKey, purpose))


@cache
def _remembered(model: type[HouseKey | MunicipalityKey], name: str) -> bytes:
    """It never changes and is never destroyed, so who reads may remember it. Raises `NeverMade`."""
    row = model._default_manager.filter(pk=name).first()
    if row is None:
        raise NeverMade(f"there is no key of {name}")
    return opened(row)


def _made(model: type[HouseKey | MunicipalityKey], name: str) -> HouseKey | MunicipalityKey:
    """The row as it stands in the store, or a new one: under no version that was retired while we were at it."""
    while True:
        version = master.newest()
        wrapped = seals.wrap(seals.new_key(), under=master.versions()[version])
        with transaction.atomic(using="keys"):
            row, is_new = model._default_manager.get_or_create(
                pk=name, defaults={"wrapped": wrapped, "master_version": version}
            )
            if not is_new or version in master.versions():
                return row
            transaction.set_rollback(True, using="keys")


def opened(row: HouseKey | MunicipalityKey) -> bytes:
    """Unwrap a key of the master. Raises `NoMasterKey` when its version is not there, or is another one."""
    version, masters = row.master_version, master.versions()
    if version not in masters:
        raise master.NoMasterKey(
            f"The key of {row.pk} is wrapped under version {version} of the master key, which is not in the file here. "
            "Put the line of that version back."
        )
    try:
        return seals.unwrap(bytes(row.wrapped), under=masters[version])
    except seals.Unreadable:
        raise master.NoMasterKey(
            f"Version {version} of the master key here is not the one that wrapped the key of {row.pk}. "
            "Put a copy back."
        ) from None


def forget_everything() -> None:
    """For a key that was made in vain, and between tests."""
    _remembered.cache_clear()


# --- of sections ---------------------------------------------------------------------------------------------


def keys(places: Iterable[Place]) -> dict[Place, bytes | None]:
    """The keys of these places, in one query. None for one that was destroyed; absent where nothing was ever sealed."""
    wanted = set(places)
    mine = _held.get()
    found = {} if mine is None else {place: mine[place] for place in wanted if place in mine}
    if missing := wanted - found.keys():
        dossiers, sections = {dossier for dossier, _ in missing}, {section for _, section in missing}
        with acting.wanting_keys_of(dossiers):
            rows = _section_keys(dossiers=dossiers, sections=sections)
            found |= {place: _section_key(row) for row in rows if (place := (row.dossier_id, row.section)) in missing}
    if mine is not None:
        mine.update(found)
    return found


@prepared
def _section_keys(dossiers: Collection[UUID], sections: Collection[str]) -> QuerySet[SectionKey]:
    return SectionKey.objects.filter(dossier_id__in=dossiers, section__in=sections)


def _section_key(row: SectionKey) -> bytes | None:
    if row.wrapped is None:
        return None
    try:
        return seals.unwrap(bytes(row.wrapped), under=_remembered(MunicipalityKey, row.municipality))
    except seals.Unreadable:  # what is remembered may be of a store that was put back since
        forget_everything()
        return seals.unwrap(bytes(row.wrapped), under=_remembered(MunicipalityKey, row.municipality))


def key_for_writing(dossier: UUID, section: str, municipality: str) -> bytes:
    """The key of a section, made at the first word that is written in it. Raises `Destroyed`."""
    if section not in rules.SECTIONS:
        raise ValueError(section)
    place = (dossier, section)
    known = keys([place])
    if place not in known:
        with acting.wanting_keys_of([dossier]):
            # Not as it is remembered: a new key must never hang on one that was rolled back since.
            new = seals.wrap(seals.new_key(), under=opened(_made(MunicipalityKey, municipality)))
            SectionKey.objects.get_or_create(
                dossier_id=dossier, section=section, defaults={"municipality": municipality, "wrapped": new}
            )
        known = keys([place])
    key = known[place]
    if key is None:
        raise Destroyed(_("Dit onderdeel is gewist. Er kan niets meer bij."))
    return key


def destroy(dossier: UUID, sections: Iterable[str] = rules.SECTIONS) -> None:
    """Make sections unreadable for ever, in every back-up of the texts too. Whether it may has been asked before."""
    gone = {"wrapped": None, "destroyed_at": clock.now()}
    with acting.as_work(), transaction.atomic(using="keys"):
        for section in sections:
            row, is_new = SectionKey.objects.get_or_create(
                dossier_id=dossier, section=section, defaults={"municipality": ""} | gone
            )
            if not is_new and row.wrapped is not None:
                SectionKey.objects.filter(pk=row.pk).update(**gone)
    if mine := _held.get():
        for section in sections:
            mine.pop((dossier, section), None)
