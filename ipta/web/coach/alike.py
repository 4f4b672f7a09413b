"""Finding words however they are written: in capitals, with other accents, with a Turkish i or a German sz.

A text is folded to how it is compared; every sign keeps its place, so that what was found can be shown as it was typed.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from ipta.base.folding import fold

_QUOTES = "\"'"
_AROUND = 48  # how much is shown before and behind what was found
_MOST = 3  # places of one text that are shown

Span = tuple[int, int]  # from where to where


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text. `is_found`: this is what somebody looked for."""

    text: str
    is_found: bool = False


def words_in(typed: str) -> tuple[str, ...]:
    """What to look for: each word once, folded. Quotes around a word say nothing; all other signs are plain signs."""
    words = (word.strip(_QUOTES) for word in fold(typed).split())
    return tuple(dict.fromkeys(filter(None, words)))


def excerpt(text: str, words: Sequence[str]) -> list[Piece]:
    """Where each of these words first stands, with what is around it; nothing when none of them is there."""
    one_line = " ".join(text.split())
    found = _found(one_line, words)
    if not found:
        return []
    windows = _merged((_before(one_line, spans[0][0]), _behind(one_line, spans[0][1])) for spans in found)
    return list(_pieces(one_line, windows[:_MOST], _merged(chain.from_iterable(found))))


def _found(text: str, words: Sequence[str]) -> list[list[Span]]:
    """For each word that is there: where, in the text as it was typed."""
    folded, places = _folded(text)
    whole, found = "".join(folded), []
    for word in words:
        spans, at = [], whole.find(word)
        while at >= 0:
            after = at + len(word)
            spans.append((places[at], _with_accents(folded, places[after - 1] + 1)))
            at = whole.find(word, after)
        found.append(spans)
    return [spans for spans in found if spans]


def _folded(text: str) -> tuple[Sequence[str], Sequence[int]]:
    """Each sign folded, which may be none or two signs; and for each of those the place of the first."""
    if text.isascii():
        return text.lower(), range(len(text))
    folded = [sign.lower() if sign.isascii() else fold(sign) for sign in text]
    return folded, [place for place, sign in enumerate(folded) for _ in sign]


def _with_accents(folded: Sequence[str], end: int) -> int:
    """An accent that stands apart belongs to the letter before it."""
    while end < len(folded) and not folded[end]:
        end += 1
    return end


def _merged(spans: Iterable[Span]) -> list[Span]:
    """In order; what touches or overlaps becomes one."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _before(text: str, start: int) -> int:
    """Where to begin to show it: not in the middle of a word, unless that word has no end."""
    begin = start - _AROUND
    return 0 if begin <= 0 else text.find(" ", begin, start) + 1 or begin


def _behind(text: str, end: int) -> int:
    last = end + _AROUND
    if last >= len(text):
        return len(text)
    space = text.rfind(" ", end, last)
    return last if space < 0 else space


def _pieces(text: str, windows: Iterable[Span], spans: Sequence[Span]) -> Iterator[Piece]:
    last = 0
    for begin, end in windows:
        if begin:
            yield Piece(" … " if last else "… ")
        last = begin
        for start, stop in spans:
            if begin <= start < end:
                yield Piece(text[last:start])
                yield Piece(text[start:stop], is_found=True)
                last = stop
        yield Piece(text[last:end])
        last = end
    if last < len(text):
        yield Piece(" …")
