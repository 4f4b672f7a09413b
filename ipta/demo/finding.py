"""Where the invented youths are found, and what their coaches knew before the yes.

It has dice of its own: the lives stay as they were.
"""

import random
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from ipta.accounts.models import Municipality, Person
from ipta.base import clock
from ipta.demo import strands
from ipta.demo.people import SEED, Youth
from ipta.scouting import commands as scouting
from ipta.scouting.models import FindingPlace
from ipta.scouting.queries import areas

BEFORE = timedelta(days=3)
LIKELY_IN_BOOK, LIKELY_CAREFUL = 0.4, 0.35


def book(municipality: Municipality, streets: Sequence[str], *, by: Person) -> list[FindingPlace]:
    """The book of finding places of a town: a place of each kind, and a street that everybody there knows."""
    dice = random.Random(f"{SEED} {municipality.code} places")  # noqa: S311 - invented places
    known = [area.code for area in areas().get(municipality.code, ())]
    written = [*strands.read("finding")["place"], {"kind": "street", "name": _as_name(streets[0])}]
    return [_write(municipality, one, dice.choice(known) if known else "", by=by) for one in written]


def look_around(places: Sequence[FindingPlace], *, by: Person) -> None:
    """What was seen there in the last weeks."""
    seen_at = {one["name"]: one["seen"] for one in strands.read("finding")["place"]}
    for place in places:
        for number, words in enumerate(seen_at.get(place.name, ()), start=1):
            with clock.at(clock.now() - number * BEFORE):
                scouting.observe(place, words=words, by=by)


def _as_name(street: str) -> str:
    """het Stadshart -> Stadshart"""
    return street.removeprefix("het ").removeprefix("de ").capitalize()


def _write(municipality: Municipality, one: dict[str, Any], area: str, *, by: Person) -> FindingPlace:
    words = {name: one.get(name, "") for name in ("name", "hours", "opens_doors")}
    place: FindingPlace = scouting.add_finding_place(municipality, kind=one["kind"], area=area, by=by, **words)
    return place


def of(youth: Youth, places: Sequence[FindingPlace]) -> dict[str, Any]:
    """What his coach knew of him when they met, beside the words of his life."""
    dice = random.Random(f"{SEED} {youth.slug} found")  # noqa: S311 - an invented life
    known: dict[str, Any] = {
        "known_from": dice.choice(strands.read("finding")["known_from"]),
        "age": dice.choice((str(youth.age), str(youth.age), f"rond de {youth.age}", "")),
        "motivated": dice.choice(("yes", "unsure", "unsure", "not_yet", "")),
        "careful": dice.choice((["parents", "home"], ["home"], ["by_whatsapp"], ["at_evening"])),
    }
    if dice.random() > LIKELY_CAREFUL:
        known["careful"] = []
    if places and dice.random() < LIKELY_IN_BOOK:
        known["place"] = dice.choice(places)
    return known


def how_he_said_yes(youth: Youth) -> dict[str, str]:
    """How he heard what taking part means, and who was there."""
    dice = random.Random(f"{SEED} {youth.slug} yes")  # noqa: S311 - an invented life
    how = dice.choice(("together", "together", "aloud", "own_words"))
    return {"how": how, "present": dice.choice(("", "", "", "een vriend", "de jongerenwerker"))}
