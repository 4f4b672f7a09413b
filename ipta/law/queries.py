"""How long what is kept here and on what ground, what goes when, and whether a proof holds."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from ipta.accounts.models import Municipality, Person, Role
from ipta.base import acting, clock
from ipta.base.prepared import prepared
from ipta.dossiers.models import Dossier
from ipta.journal.models import Entry
from ipta.law.models import Ground, Hold, Notice, Proof, Retention
from ipta.law.policies import ANSWERABLE
from ipta.law.rules import KIND_NAMES, KINDS, PURPOSES, SHORTEST, WHOLE, goes_on, is_told, mark_of, over_on, with_rest
from ipta.vault.models import SectionKey

DESTROYED = "record.destroyed"


def answered_for(person: Person, *roles: Role) -> QuerySet[Municipality]:
    """The municipalities for whose law this person answers."""
    return Municipality.objects.filter(pk__in=person.municipalities_as(*(roles or ANSWERABLE))).order_by("name")


# --- how long -----------------------------------------------------------------------------------------------------


def months_of(municipalities: Collection[UUID]) -> dict[UUID, dict[str, int]]:
    """How many months each of these keeps each kind after the end."""
    said: dict[UUID, dict[str, int]] = {municipality: {} for municipality in municipalities}
    for term in _terms(municipalities=list(said)):
        said[term.municipality_id][term.kind] = term.months  # the newest comes last
    return {municipality: with_rest(months) for municipality, months in said.items()}


@prepared
def _terms(municipalities: Collection[UUID]) -> QuerySet[Retention]:
    return Retention.objects.filter(municipality__in=municipalities).order_by("stated_at")


def terms_of(municipality: Municipality) -> dict[str, list[Retention]]:
    """What was said here of each kind, the newest first."""
    return _by("kind", Retention.objects.filter(municipality=municipality).select_related("stated_by"), KINDS)


def grounds_of(municipality: Municipality) -> dict[str, list[Ground]]:
    """What was said here of each purpose, the newest first; none: what ships with the house counts."""
    return _by("purpose", Ground.objects.filter(municipality=municipality).select_related("stated_by"), PURPOSES)


def _by(name: str, rows: Iterable[object], keys: Iterable[str]) -> dict[str, list]:  # type: ignore[type-arg]  # of either
    found: dict[str, list] = {key: [] for key in keys}  # type: ignore[type-arg]
    for row in rows:
        found.setdefault(getattr(row, name), []).append(row)
    return found


# --- what goes when -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Keeping:
    """Of one kind of record of one dossier: how long it stays, and when it goes or went."""

    kind: str
    months: int
    over: date | None = None  # its term; nothing as long as somebody walks along
    told_on: date | None = None
    gone_on: date | None = None
    is_held: bool = False

    @property
    def goes(self) -> date | None:
        """The day on which it goes, once that was announced."""
        return goes_on(self.over, self.told_on) if self.over and self.told_on and not self.is_gone else None

    @property
    def name(self) -> str:
        return gettext(KIND_NAMES[self.kind])

    @property
    def is_gone(self) -> bool:
        return self.gone_on is not None

    def should_be_told(self, today: date) -> bool:
        return self.over is not None and not self.is_held and not self.is_gone and is_told(self.over, today)

    def is_due(self, today: date) -> bool:
        return self.should_be_told(today) and self.goes is not None and self.goes <= today


def keeping(dossiers: Collection[Dossier]) -> dict[UUID, list[Keeping]]:
    """Of each of these dossiers: each kind of record, the rest last."""
    months = months_of({dossier.municipality_id for dossier in dossiers})
    pks = [dossier.pk for dossier in dossiers]
    told = {(pk, kind): on for pk, kind, on in Notice.objects.filter(dossier__in=pks).values_list(*_TOLD)}
    held = set(Hold.objects.running().filter(dossier__in=pks).values_list("dossier", flat=True))
    gone = _gone(pks)
    found = {}
    for dossier in dossiers:
        pk, ended_on = dossier.pk, dossier.ended_on if dossier.joined_on else None
        found[pk] = [
            Keeping(
                kind,
                term,
                over=over_on(ended_on, term) if ended_on else None,
                told_on=told.get((pk, kind)),
                gone_on=gone.get((pk, kind)) or gone.get((pk, WHOLE)),
                is_held=pk in held,
            )
            for kind, term in months[dossier.municipality_id].items()
        ]
    return found


_TOLD = ("dossier", "kind", "told_on")


def _gone(dossiers: Collection[UUID]) -> dict[tuple[UUID, str], date]:
    """Which kinds of these were destroyed here, and when; not in the house a package came from."""
    lines = Entry.objects.filter(about__in=dossiers, verb=DESTROYED).values_list("about", "facts", "at")
    return {(about, facts["kind"]): timezone.localdate(at) for about, facts, at in lines if "package" not in facts}


def keeping_of(dossier: Dossier) -> list[Keeping]:
    """The same of one dossier."""
    return keeping([dossier])[dossier.pk]


def going_of(dossier: Dossier) -> list[Keeping]:
    """What of this dossier was announced to go, the first one first."""
    if dossier.ended_on is None:
        return []
    return sorted(
        (one for one in keeping_of(dossier) if one.goes and not one.is_held), key=lambda one: one.goes or date.max
    )


def ended() -> Iterator[list[Dossier]]:
    """Every dossier that ended so long ago that something may go, some at a time, in the whole house."""
    rows = Dossier.objects.exclude(joined_on=None).filter(ended_on__lte=clock.today() - SHORTEST)
    rows = rows.select_related("municipality").order_by("pk")
    some: list[Dossier] = []
    for dossier in rows.iterator(chunk_size=_AT_A_TIME):
        some.append(dossier)
        if len(some) == _AT_A_TIME:
            yield some
            some = []
    if some:
        yield some


_AT_A_TIME = 200


# --- proof --------------------------------------------------------------------------------------------------------


def proofs_visible_to(person: Person) -> QuerySet[Proof]:
    """Of the municipalities for whose law this person answers."""
    return Proof.objects.filter(municipality__in=answered_for(person)).select_related("municipality")


@dataclass(frozen=True, slots=True)
class Checked:
    """Whether a proof holds: what the journal says, and what lies in the key store."""

    line: Entry | None
    is_mark_right: bool
    keys: int  # of the sections that went
    destroyed: int  # of these the keys that are gone

    @property
    def holds(self) -> bool:
        return self.line is not None and self.is_mark_right and 0 < self.keys == self.destroyed


def checked(proof: Proof) -> Checked:
    """Lay a proof beside the journal of its municipality, and beside the keys of what went."""
    lines = Entry.objects.filter(about=proof.municipality_id, verb=DESTROYED)
    line = next((line for line in lines if line.facts.get("proof") == str(proof.pk)), None)
    if line is None:
        return Checked(None, is_mark_right=False, keys=len(proof.sections), destroyed=0)
    dossier = UUID(line.facts["dossier"])
    is_right = line.hash == line.computed_hash() and mark_of(dossier) == proof.mark
    with acting.wanting_keys_of([dossier]):
        gone = SectionKey.objects.filter(dossier_id=dossier, section__in=proof.sections, wrapped=None).count()
    return Checked(line, is_right, len(proof.sections), gone)


# --- counts, for who reads no dossier -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Counts:
    scouted: int
    taking_part: int
    ended: int

    @property
    def all(self) -> int:
        return self.scouted + self.taking_part + self.ended


def counts_of(municipality: Municipality) -> Counts:
    """How many dossiers there are here: numbers, for who reads none."""
    rows = Dossier.objects.filter(municipality=municipality)
    with acting.as_work():
        return Counts(
            rows.filter(joined_on=None).count(),
            rows.taking_part().count(),
            rows.exclude(ended_on=None).exclude(joined_on=None).count(),
        )
