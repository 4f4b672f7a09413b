"""How hard a Dutch text is: long sentences, long words, rare words.

Flesch-Douma counts syllables and words (206.84 - 0.77 x syllables per 100 words - 0.93 x words per sentence; 80
and more is "gemakkelijk", the level of the fifth year of primary school). It says nothing of words that are short
and strange, so how often a word is used is looked at besides. Compounds are taken apart first: Dutch makes them as
it goes, and everybody understands "stappenplan" who knows both its parts.

Besides: who does something is said ("wij lezen", not "wordt gelezen"), and a sentence denies once, in a plain word.

`python -m tests.house.plain_dutch` prints the measure of every page of the youth (tests/house/youth_pages.py).
"""

import re
from dataclasses import dataclass
from functools import cache

import pyphen
import wordfreq

LONGEST_SENTENCE = 12  # words; B1: one message a sentence
EASY = 80.0  # Flesch-Douma, of everything together
EASY_ENOUGH = 55.0  # of one message: a single word of four syllables weighs heavily there
COMMON = 3.3  # Zipf: once in 500,000 words
COMMON_PART = 3.3
SHORTEST_PART = 3

LEVELS = ((90.0, 10, "A2"), (70.0, 12, "B1"), (45.0, 20, "B2"), (-999.0, 999, "C1"))  # Flesch-Douma, longest sentence

_PASSIVE = re.compile(r"^(word|wordt|worden|werd|werden)$")
_DONE = re.compile(
    r"^(?!geen$|gemeente|gesprek|geld$|gelijk$|genoeg$|gewoon$|gezond$|geleden$)(ge|be|ver|ont|her|[a-z]+ge)[a-z]{2,}(d|t|en)$"
)
_DENIES = frozenset("niet geen nooit niets niemand nergens".split())  # noqa: SIM905 - a list of words to read
_DENIES_HARD = frozenset("noch nimmer geenszins evenmin allerminst behoudens uitgezonderd".split())  # noqa: SIM905
_HYPHENS = pyphen.Pyphen(lang="nl_NL", left=1, right=1)
_VOWELS = re.compile(r"[aeiouyáéíóúàèëïöüê]+")
_WORD = re.compile(r"[A-Za-zÀ-ÿ]+(?:['’-][A-Za-zÀ-ÿ]+)*")
_SENTENCE = re.compile(r"[.!?:;]+(?=\s|$)|\n+| - | · ")
_PLACE = re.compile(r"%\(\w+\)[sd]|%[sd]|{{.*?}}|{\w+}")
_LINKS = ("", "s", "en", "e", "n")


@dataclass(frozen=True)
class Objection:
    sentence: str
    why: str

    def __str__(self) -> str:
        return f"{self.why}: “{self.sentence}”"


def sentences(text: str) -> list[str]:
    """What stands in the place of a name is one word."""
    plain = _PLACE.sub("iets", text)
    return [found.strip() for found in _SENTENCE.split(plain) if _WORD.search(found)]


def words(sentence: str) -> list[str]:
    return _WORD.findall(sentence)


@cache
def syllables(word: str) -> int:
    """As many as it is hyphenated in, or as it has groups of vowels, whichever is more."""
    return max(len(_HYPHENS.positions(word)) + 1, len(_VOWELS.findall(word.lower())), 1)


def flesch_douma(texts: list[str]) -> float:
    """Of these texts together; 100 and more is very easy."""
    said = [sentence for text in texts for sentence in sentences(text)]
    used = [word for sentence in said for word in words(sentence)]
    if not used:
        return 120.0
    per_hundred = 100 * sum(map(syllables, used)) / len(used)
    return 206.84 - 0.77 * per_hundred - 0.93 * len(used) / len(said)


@cache
def how_common(word: str) -> float:
    """How often it is used (Zipf), or the rarer of the parts it is made of: the better known way to read it."""
    small = word.lower()
    pieces = re.split(r"[-'’]", small)
    if len(pieces) > 1:
        return min((how_common(piece) for piece in pieces if len(piece) > 1), default=8.0)
    halves = [(small[:cut], small[cut:]) for cut in range(SHORTEST_PART, len(small) - SHORTEST_PART + 1)]
    return max([wordfreq.zipf_frequency(small, "nl"), *(_of_parts(*half) for half in halves)])


def _of_parts(first: str, second: str) -> float:
    stems = [first.removesuffix(link) for link in _LINKS if first.endswith(link)]
    known = [wordfreq.zipf_frequency(stem, "nl") for stem in stems if len(stem) >= SHORTEST_PART]
    return min(max(known, default=0.0), wordfreq.zipf_frequency(second, "nl"))


def level(texts: list[str]) -> str:
    """The level of these texts together, as far as counting tells: A2, B1, B2 or C1."""
    longest = max((len(words(sentence)) for text in texts for sentence in sentences(text)), default=0)
    ease = flesch_douma(texts)
    return next(name for easy, most, name in LEVELS if ease >= easy and longest <= most)


@cache
def is_common(word: str) -> bool:
    """Known to most: used often, or made of words that are."""
    small = word.lower()
    if wordfreq.zipf_frequency(small, "nl") >= COMMON or len(small) <= 2:
        return True
    if any(mark in small for mark in "-'’"):
        return all(is_common(part) for part in re.split(r"[-'’]", small) if part)
    return any(_is_made_of(small[:cut], small[cut:]) for cut in range(SHORTEST_PART, len(small) - SHORTEST_PART + 1))


def _is_made_of(first: str, second: str) -> bool:
    if wordfreq.zipf_frequency(second, "nl") < COMMON_PART:
        return False
    stems = (first.removesuffix(link) for link in _LINKS if first.endswith(link))
    return any(len(stem) >= SHORTEST_PART and wordfreq.zipf_frequency(stem, "nl") >= COMMON_PART for stem in stems)


def objections(
    text: str, *, known: frozenset[str] = frozenset(), office: frozenset[str] = frozenset()
) -> list[Objection]:
    """What makes this text hard, sentence by sentence. `known`: rare words all the same; `office`: never to be used."""
    found = []
    for sentence in sentences(text):
        used = words(sentence)
        if len(used) > LONGEST_SENTENCE:
            found.append(Objection(sentence, f"{len(used)} words in one sentence"))
        small = [word.lower() for word in used]
        if any(_PASSIVE.match(word) for word in small) and any(_DONE.match(word) for word in small):
            found.append(Objection(sentence, "nobody does it (passive)"))
        if sum(word in _DENIES for word in small) > 1 or _DENIES_HARD & set(small):
            found.append(Objection(sentence, "denies twice, or in a hard word"))
        for word in used:
            if word.lower() in office:
                found.append(Objection(sentence, f"“{word}” is a word of an office"))
            elif word.lower() not in known and not is_common(word):
                found.append(Objection(sentence, f"“{word}” is a rare word"))
    if len(words(text)) >= 8 and flesch_douma([text]) < EASY_ENOUGH:
        found.append(Objection(text, f"hard to read ({flesch_douma([text]):.0f})"))
    return found


if __name__ == "__main__":
    from tests.house.youth_pages import print_pages

    print_pages()
