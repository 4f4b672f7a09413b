"""The people around the youth, asked and drawn: circles around him, and the same people in a list."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, pi, sin
from typing import Any
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipta.dossiers.models import NetworkPerson
from ipta.dossiers.rules import DOES, GIVES, NEARNESS
from ipta.sharing.door import Reader
from ipta.web.asking import Asking, choice, several, tick, words

WIDTH, MIDDLE = 340, 170
RINGS = {"near": 62, "around": 104, "far": 146}  # how far from the middle
TURN = {"near": 0.0, "around": 0.5, "far": 0.25}  # so that names of two circles do not stand above each other
SHORT = 9  # letters of a name that fit beside a dot
TIES = ("near", "gives", "does", "bridges")
MORE = ("relation", "gives", "helps_with", "bridges", "worked_at", "reach")
ORDER = (
    "name", "kind", "near", "relation", "does", "own_words", "gives", "helps_with", "bridges", "worked_at", "reach"
)  # fmt: skip


class AroundForm(Asking):
    """How somebody is to the youth, for both desks: filled in together, on one telephone."""

    field_order = ORDER

    near = choice(_("Hoe dichtbij?"), [(key, _(name)) for key, name in NEARNESS.items()])
    gives = several(_("Wat krijg je van die persoon?"), [(key, _(name)) for key, name in GIVES.items()])
    does = choice(_("Wat doet die persoon met jou?"), [(key, _(name)) for key, name in DOES.items()])
    own_words = words(_("In je eigen woorden"), longest=500, rows=2)
    bridges = tick(_("Brengt me bij andere mensen"))
    worked_at = words(_("Waar werkt of werkte die?"), longest=200)

    def has_more(self) -> bool:
        """Whether something stands in what is folded away at first."""
        return any(self[name].value() or self[name].errors for name in MORE)

    def said(self) -> dict[str, Any]:
        """For the commands: the ties together, the words apart."""
        typed = dict(self.cleaned_data)
        typed.pop("seen", None)
        ties = {name: typed.pop(name) for name in TIES}
        return typed | {"ties": ties}


def now(reader: Reader, somebody: NetworkPerson) -> dict[str, Any]:
    """What is known of him, as the form shows it."""
    texts = ("name", "relation", "reach", "helps_with", "own_words", "worked_at")
    ties = reader.json(somebody.ties) or {}
    known = {"near": "", "gives": [], "does": "", "bridges": False} | ties
    return {"kind": somebody.kind} | known | {name: reader.text(getattr(somebody, name)) for name in texts}


@dataclass(frozen=True, slots=True)
class Bond:
    """What somebody is to the youth, in words."""

    near: str
    gives: Sequence[str]
    does: str
    does_words: str
    bridges: bool
    own_words: str
    worked_at: str


def bond_of(reader: Reader, somebody: NetworkPerson) -> Bond:
    known = now(reader, somebody)
    does: str = known["does"]
    return Bond(
        near=known["near"],
        gives=[gettext(GIVES[key]) for key in known["gives"]],
        does=does,
        does_words=gettext(DOES[does]) if does else "",
        bridges=known["bridges"],
        own_words=known["own_words"],
        worked_at=known["worked_at"],
    )


# --- the picture --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Dot:
    """Somebody on the picture. `kind`: lifts, pulls, both or nothing."""

    id: UUID
    name: str
    short: str
    x: float
    y: float
    kind: str
    near: str  # in words

    @property
    def href(self) -> str:
        return f"#regel-{self.id}"


@dataclass(frozen=True, slots=True)
class Picture:
    rings: Sequence[int]
    dots: Sequence[Dot]
    width: int = WIDTH
    middle: int = MIDDLE


def drawn(people: Iterable[tuple[UUID, str, str, str]]) -> Picture | None:
    """The circles with everybody of whom it was said how near he is; nothing where that is nobody.

    `people`: id, name, nearness, what he does.
    """
    by_ring: dict[str, list[tuple[UUID, str, str]]] = {ring: [] for ring in RINGS}
    for pk, name, near, does in people:
        if near in by_ring:
            by_ring[near].append((pk, name, does))
    dots = [dot for ring, members in by_ring.items() for dot in _on_ring(ring, members)]
    return Picture(list(RINGS.values()), dots) if dots else None


def _on_ring(ring: str, members: Sequence[tuple[UUID, str, str]]) -> Iterable[Dot]:
    for number, (pk, name, does) in enumerate(members):
        angle = 2 * pi * (number + TURN[ring]) / max(len(members), 1) - pi / 2
        x, y = MIDDLE + RINGS[ring] * cos(angle), MIDDLE + RINGS[ring] * sin(angle)
        yield Dot(pk, name, _short(name), round(x, 1), round(y, 1), does, gettext(NEARNESS[ring]))


def _short(name: str) -> str:
    first = name.split(maxsplit=1)[0] if name.split() else ""
    return first if len(first) <= SHORT else f"{first[: SHORT - 1]}…"
