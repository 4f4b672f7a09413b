"""What the talk is about. Source: "Een beeld vormen": "een goed en gelijkwaardig gesprek over hoe de jongere over de
toekomst denkt, werkwensen, interesses, waar hij goed in is, basiswerknemersvaardigheden, sociaal netwerk".

The cards have no order and are never complete: "het meeste wat van belang is, kan in een goed gesprek helder worden".
"""

from collections.abc import Collection
from typing import Final

CARDS: Final = ("future", "work", "good_at", "people", "days", "not_wanted")


def next_card(talked_of: Collection[str], left: Collection[str] = ()) -> str | None:
    """A card nobody spoke of yet, and that was not left for now. None: there is nothing to suggest."""
    return next((card for card in CARDS if card not in talked_of and card not in left), None)
