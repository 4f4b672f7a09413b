"""Finding an occupation or a skill by what people call it."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Length

from ipta.base.folding import fold
from ipta.reference.models import Name, Source, Term

MOST = 8
LEAST_LETTERS = 2
LONGEST = 100


@dataclass(frozen=True, slots=True)
class Found:
    """A term, and the name by which it was found."""

    id: UUID
    name: str
    label: str
    group: str

    @property
    def under(self) -> str:
        """What it is, where another name was typed than the official one; else where it belongs."""
        return self.label if fold(self.label) != fold(self.name) else self.group


def find(kind: str, typed: str, most: int = MOST) -> list[Found]:
    """What may be meant, the likeliest first; each term once. Nothing for less than two letters.

    The whole name comes before one that begins so, that before a word that begins so, that before the rest; a short
    name before a long one, and the official name before another one.
    """
    wanted = _wanted(typed)
    if sum(sign.isalnum() for sign in wanted) < LEAST_LETTERS:
        return []
    rows = _ranked(Name.objects.filter(term__kind=kind, term__is_current=True), wanted)
    found: dict[UUID, Found] = {}
    for row in rows[: most * 6]:
        found.setdefault(row.term_id, Found(row.term_id, row.name, row.term.label, row.term.group))
    return list(found.values())[:most]


def _wanted(typed: str) -> str:
    """As names are compared; what shows nothing is left out."""
    shown = "".join(sign for sign in typed[:LONGEST] if sign.isprintable() or sign.isspace())
    return " ".join(fold(shown).split())


def _ranked(names: QuerySet[Name], wanted: str) -> QuerySet[Name]:
    """Every word must stand in it, in any order."""
    for word in wanted.split():
        names = names.filter(folded__contains=word)
    rank = Case(
        When(folded=wanted, then=Value(0)),
        When(folded__startswith=wanted, then=Value(1)),
        When(Q(folded__contains=f" {wanted}") | Q(folded__contains=f"-{wanted}"), then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )
    return names.select_related("term").order_by(rank, Length("folded"), "-is_label", "folded", "term")


def named(kind: str, typed: str) -> Term | None:
    """The term that is called exactly so; of several the one of which it is the official name, then the first."""
    wanted = _wanted(typed)
    rows = Name.objects.filter(term__kind=kind, term__is_current=True, folded=wanted).select_related("term")
    row = rows.order_by("-is_label", "term__label").first() if wanted else None
    return row.term if row else None


def all_named(kind: str, typed: Iterable[str]) -> dict[str, Term]:
    """The same for several at once: what was typed -> its term, where there is one. One question."""
    folded = {text: _wanted(text) for text in typed}
    rows = Name.objects.filter(term__kind=kind, term__is_current=True, folded__in=[*folded.values()])
    by_fold: dict[str, Term] = {}
    for row in rows.select_related("term").order_by("-is_label", "term__label"):
        by_fold.setdefault(row.folded, row.term)
    return {text: by_fold[name] for text, name in folded.items() if name in by_fold}


def source() -> Source | None:
    """Where the words come from: its attribution stands wherever they are offered."""
    return Source.objects.first()
