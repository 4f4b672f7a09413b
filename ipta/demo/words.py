"""How the demo tells: a sentence with choices and open places becomes words, and as few as possible come twice.

`[a|b|c]` is one of these; `{name}` is a word of this life (`{hij}`, `{coach}`) or one of a list of talk.toml
(`{eten}`). A capital (`{Hij}`) gives a capital.
"""

import random
import re
from collections.abc import Mapping, Sequence

from ipta.demo import strands

_CHOICE = re.compile(r"\[([^][]*)\]")
_PLACE = re.compile(r"\{(\w+)\}")
_END = re.compile(r"(?<=[.!?])['’]?\s+")
TRIES = 12
SHORT = 24  # "Goed gesprek." may come back


class Teller:
    """Remembers what was told, in all lives together."""

    def __init__(self) -> None:
        self.lists: Mapping[str, Sequence[str]] = strands.read("talk")["lists"]
        self.told: set[str] = set()

    def tell(self, texts: Sequence[str], words: Mapping[str, str], rng: random.Random) -> str:
        """One of the texts, filled in; of a dozen tries the one that repeats least."""
        best, repeats = "", 99
        for _ in range(TRIES):
            text = self._fill(rng.choice(texts), words, rng)
            again = sum(sentence in self.told for sentence in sentences(text))
            if again < repeats:
                best, repeats = text, again
            if not again:
                break
        self.told.update(sentences(best))
        return best

    def _fill(self, text: str, words: Mapping[str, str], rng: random.Random) -> str:
        while "[" in text or "{" in text:
            text = _CHOICE.sub(lambda found: rng.choice(found[1].split("|")), text)
            text = _PLACE.sub(lambda found: self._word(found[1], words, rng), text)
        return text

    def _word(self, name: str, words: Mapping[str, str], rng: random.Random) -> str:
        known = words.get(name.lower())
        word = self._fill(rng.choice(self.lists[name.lower()]) if known is None else known, words, rng)
        return word[:1].upper() + word[1:] if name[0].isupper() else word


def sentences(text: str) -> list[str]:
    """What is noticed when it comes back: the whole text, and its sentences that are not too short."""
    return [text, *(sentence for sentence in _END.split(text) if len(sentence) > SHORT)]
