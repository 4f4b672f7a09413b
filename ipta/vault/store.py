"""The key store as a whole, for who looks after it: what stands in it, whether it opens, another master key.

Nobody's words are touched here: these functions see keys that are wrapped, and open some to see whether they open.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.db import connections, transaction
from django.db.models import Count

from ipta.base import acting
from ipta.vault import keyring, master, seals
from ipta.vault.models import HouseKey, MunicipalityKey, SectionKey

UNDER_MASTER = (MunicipalityKey, HouseKey)


class StoreFault(ValueError):
    """Something is wrong with the key store, or would become so. The message is for who looks after it."""


@dataclass(frozen=True, slots=True)
class State:
    """How things stand."""

    versions: tuple[int, ...]  # of the master key, in the file
    under: Counter[int]  # how many keys each version wraps
    municipalities: int
    houses: int
    sections: int  # that can be opened
    destroyed: int


@dataclass(slots=True)
class Trial:
    """Keys that were tried, and what did not open."""

    tried: int = 0
    faults: list[str] = field(default_factory=list)

    def count(self, fault: str) -> None:
        self.tried += 1
        if fault:
            self.faults.append(fault)


def state() -> State:
    """What stands in the store now."""
    with acting.as_work():
        under: Counter[int] = Counter()
        for model in UNDER_MASTER:
            counted = model._default_manager.values("master_version").annotate(keys=Count("pk")).order_by()
            under.update({row["master_version"]: row["keys"] for row in counted})
        destroyed = SectionKey.objects.filter(wrapped=None).count()
        return State(
            versions=tuple(sorted(master.versions())),
            under=under,
            municipalities=MunicipalityKey.objects.count(),
            houses=HouseKey.objects.count(),
            sections=SectionKey.objects.count() - destroyed,
            destroyed=destroyed,
        )


def is_in_use() -> bool:
    """Whether something was ever wrapped by the master key."""
    with acting.as_work():
        return any(model._default_manager.exists() for model in UNDER_MASTER)


def tried(sample: int | None) -> Trial:
    """Open every key under the master, and this many of sections taken at random; all of them when it is None."""
    trial = Trial()
    master.versions()  # without it there is nothing to try
    with acting.as_work():
        under = {}
        for row in keys_under_master():
            key, fault = _opens(row)
            trial.count(fault)
            if isinstance(row, MunicipalityKey):
                under[row.municipality] = key
        living = SectionKey.objects.exclude(wrapped=None)
        chosen = living.order_by("?")[:sample] if sample is not None else living
        for section in chosen.iterator():
            trial.count(_section_fault(section, under.get(section.municipality)))
    return trial


def keys_under_master() -> Iterator[HouseKey | MunicipalityKey]:
    """Every key that the master wraps: a few hundred at most."""
    for model in UNDER_MASTER:
        yield from model._default_manager.order_by("pk")


def _opens(row: HouseKey | MunicipalityKey) -> tuple[bytes | None, str]:
    try:
        return keyring.opened(row), ""
    except master.NoMasterKey as fault:
        return None, str(fault)


def _section_fault(row: SectionKey, under: bytes | None) -> str:
    try:
        if under is not None:
            seals.unwrap(bytes(row.wrapped or b""), under=under)
            return ""
    except seals.Unreadable:
        pass
    return f"The key of section {row.section} of dossier {row.dossier_id} does not open."


# --- another master key --------------------------------------------------------------------------------------


def rewrap() -> int:
    """Put every key of the master under its newest version, one by one: what broke off goes on where it was.

    Gives how many were done. Raises `StoreFault` at the end when some could not.
    """
    newest, faults, done = master.newest(), [], 0
    with acting.as_work():
        for row in keys_under_master():
            if row.master_version != newest:
                key, fault = _opens(row)
                if key is None:
                    faults.append(fault)
                else:
                    done += _put_under(row, key, newest)
    _raise_for(faults)
    return done


def _put_under(row: HouseKey | MunicipalityKey, key: bytes, version: int) -> int:
    """Only if nobody else did it meanwhile, and only what surely opens again."""
    under = master.versions()[version]
    wrapped = seals.wrap(key, under=under)
    if seals.unwrap(wrapped, under=under) != key:
        raise StoreFault(f"The key of {row.pk} does not come back. Nothing was changed to it.")
    same = type(row)._default_manager.filter(pk=row.pk, master_version=row.master_version)
    return same.update(wrapped=wrapped, master_version=version)


def _raise_for(faults: Iterable[str]) -> None:
    if text := "\n".join(faults):
        raise StoreFault(text)


def retire(version: int) -> None:
    """Take a version out of the master key file. Raises `StoreFault` while anything still needs it."""
    if version not in master.versions():
        raise StoreFault(f"The master key file holds no version {version}.")
    if version == master.newest():
        raise StoreFault(f"Version {version} is the newest: it wraps every new key. First: bin/ipta keys new-master")
    with acting.as_work(), transaction.atomic(using="keys"):
        _let_nobody_write()
        left = sum(model._default_manager.filter(master_version=version).count() for model in UNDER_MASTER)
        if left:
            raise StoreFault(f"{left} keys are still wrapped under version {version}. First: bin/ipta keys rewrap")
        master.leave_out(version)


def _let_nobody_write() -> None:
    """Until the transaction ends. SQLite does so by itself: its transactions are immediate."""
    if connections["keys"].vendor == "postgresql":
        with connections["keys"].cursor() as cursor:
            for model in UNDER_MASTER:
                cursor.execute(f'LOCK TABLE "{model._meta.db_table}" IN SHARE ROW EXCLUSIVE MODE')


def leave_no_trace() -> bool:
    """SQLite keeps what was written over in its log of writes, until that is emptied. False: somebody was reading."""
    keys = connections["keys"]
    if keys.vendor != "sqlite" or keys.in_atomic_block:
        return True
    with keys.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        is_busy, *_ = cursor.fetchone()
    return not is_busy
