"""Who there is in the demo: staff and youths of seven municipalities. The same every time, and no database needed."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import cycle
from typing import Any
from uuid import UUID, uuid5

from ipta.accounts.models import Role
from ipta.demo import strands

SEED = "ipta"
_CAST = UUID("6f1c2a56-7d0f-4c39-9d0e-0d5a4be5ca57")

# How it goes with the youths of one coach. The first ten keep him busy; the method says ten to twenty.
FATES = (
    "fresh", "waiting", "searching", "searching", "working", "working", "working", "moved_coach", "setback", "light",
    "aftercare", "ended", "reopened",
)  # fmt: skip
SCOUTED_PER_COACH = 2
ENDINGS = ("stable", "stopped", "moved", "stable", "other_help", "no_contact")


@dataclass(frozen=True, slots=True)
class Staff:
    """Somebody who works along."""

    first_name: str
    last_name: str
    role: str
    town: str  # official code
    organisation: str
    trade: str = ""  # of a professional: debt, mental, housing

    @property
    def email(self) -> str:
        return f"{self.slug}@demo.ipta"

    @property
    def slug(self) -> str:
        return self.first_name.lower().replace("ü", "u")


@dataclass(frozen=True, slots=True)
class Youth:
    """Who he is. Invented, all of it."""

    slug: str
    first_name: str
    last_name: str
    nickname: str
    age: int
    is_she: bool
    town: str
    coach: str  # slug
    fate: str
    ending: str = ""
    story: str = ""  # of a life written by hand: the name of its text

    @property
    def package_id(self) -> UUID:
        """Fixed, so that the demo finds him: an account of a youth holds no name."""
        return uuid5(_CAST, self.slug)

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}"


@cache
def staff() -> tuple[Staff, ...]:
    """Everybody with a post, and the first functional manager of a town first."""
    last_names = cycle(strands.read("people")["names"]["staff"])
    return tuple(
        Staff(first, next(last_names), role, town["code"], organisation, trade)
        for town in strands.read("people")["town"]
        for first, role, organisation, trade in _posts(town)
    )


def _posts(town: Mapping[str, Any]) -> Iterator[tuple[str, str, str, str]]:
    yield town["manager"], Role.FUNCTIONAL_MANAGER, "Gemeente", ""
    yield town["leader"], Role.PROJECT_LEADER, "Gemeente", ""
    for first, _ in town["coaches"]:
        yield first, Role.COACH, "IPTA", ""
    yield town["debt"], Role.PROFESSIONAL, "Schuldhulp", "debt"
    yield town["mental"], Role.PROFESSIONAL, "Wijkteam, ggz", "mental"
    yield town["housing"], Role.PROFESSIONAL, "Woningcorporatie", "housing"
    if town["manager"] == "Fem":
        yield "Pepijn", Role.PRIVACY_OFFICER, "Gemeente", ""
        yield "Ilse", Role.RESEARCHER, "Onderzoeksbureau", ""
        yield "Maartje", Role.MINISTRY, "Ministerie", ""


@cache
def youths() -> tuple[Youth, ...]:
    """175 who take part, in the order of their coaches, and with each coach two who have not said yes."""
    rng = random.Random(SEED)  # noqa: S311 - names, no secrets
    names = _names(rng)
    endings = cycle(ENDINGS)
    found: list[Youth] = []
    for town in strands.read("people")["town"]:
        for coach, size in town["coaches"]:
            hand_made = _by_hand(town["code"], coach.lower())
            found += hand_made
            for fate in (*FATES[: size - len(hand_made)], *["scouted"] * SCOUTED_PER_COACH):
                ending = next(endings) if fate == "ended" else ""
                found.append(_youth(next(names), rng, town["code"], coach.lower(), _fate_in(town, fate), ending))
    return tuple(found)


def _fate_in(town: Mapping[str, Any], fate: str) -> str:
    """Nobody changes to another coach where there is only one."""
    return "working" if fate == "moved_coach" and len(town["coaches"]) == 1 else fate


def _by_hand(town: str, coach: str) -> list[Youth]:
    """The lives that are written by hand: the ones people look at first."""
    return [
        Youth(slug=story, story=story, town=town, fate="by_hand", **life["who"])
        for story, life in strands.read("lives").items()
        if life["who"]["coach"] == coach
    ]


def _names(rng: random.Random) -> Iterator[tuple[str, str, str, bool]]:
    """First name, last name, nickname, and whether it is a she. Nobody has the whole name of another."""
    lists = strands.read("people")["names"]
    firsts = [(name, False) for name in lists["he"]] * 2 + [(name, True) for name in lists["she"]] * 2
    lasts, nicks = lists["last"] * 2, list(lists["nick"])
    for pile in (firsts, lasts, nicks):
        rng.shuffle(pile)
    known = set()
    for (first, is_she), last in zip(firsts, lasts, strict=False):
        if (first, last) not in known:
            known.add((first, last))
            yield first, last, _nickname(first, nicks, rng), is_she


def _nickname(first: str, nicks: list[str], rng: random.Random) -> str:
    """What they call him on the street: a nick of his own, or something of his name."""
    if nicks and rng.random() < 0.3:
        return nicks.pop()
    short = first if len(first) < 5 else first[: rng.choice((3, 4))]
    return rng.choice((first, short, f"Kleine {short}", f"Lange {first}", f"{first} van de flat", f"{short}'tje"))


def _youth(
    name: tuple[str, str, str, bool], rng: random.Random, town: str, coach: str, fate: str, ending: str
) -> Youth:
    first, last, nick, is_she = name
    slug = f"{first}-{last}".lower().replace(" ", "-")
    return Youth(slug, first, last, nick, rng.randint(16, 25), is_she, town, coach, fate, ending)
