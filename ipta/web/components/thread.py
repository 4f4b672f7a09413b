"""The red thread: where the line goes. Pure geometry, no Django, no words.

A thread is a row of knots. Down a page every knot gets a head (a drawing of fixed height that holds the knot) and a
tail (a drawing that stretches with the text beside it) to the next knot. Stretches of phases run as strands beside each
other and come together in every knot; a setback is a loop in the line. The line never breaks.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import NamedTuple, Protocol

KINDS = ("found", "yes", "scan", "plan", "work", "stop", "loop", "calm", "end", "now")
ICON_OF = {
    "found": "pin",
    "yes": "check",
    "scan": "list",
    "plan": "plan",
    "work": "work",
    "stop": "pause",
    "calm": "leaf",
    "end": "flag",
    "now": "star",
}

WIDTH = 96  # the drawing, in units of the page at phone width
HEAD = 36  # height of the piece with an ordinary knot
LOOP = 96  # height of the piece with a loop
TAIL = 100  # height of a tail before it is stretched
SWAY = (28, 60, 40, 66, 32, 54)  # how the line sways from knot to knot, as if laid by hand
APART = 8  # between two strands
MOST_STRANDS = 4
ASIDE = (16, -16, 28)  # how far the other strands bend away from the line that runs across


class Happening(Protocol):
    """What a knot has to tell."""

    @property
    def date(self) -> date: ...
    @property
    def title(self) -> str: ...
    @property
    def kind(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Knot:
    """Something that happened."""

    date: date
    title: str
    kind: str = "yes"
    text: str = ""
    href: str = ""
    rough: str = ""  # "year" or "month", when no more than that is known of the date


class Phase(NamedTuple):
    """A stretch of the thread."""

    name: str
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Strand:
    """One drawn line; `place` is its place among the strands beside it."""

    path: str
    place: int = 0


@dataclass(frozen=True, slots=True)
class Piece:
    """A knot with the line that leads through it and on to the next."""

    kind: str
    x: int
    y: int
    height: int
    head: tuple[Strand, ...]
    tail: tuple[Strand, ...]
    open_end: Strand | None
    single: bool
    begins: tuple[str, ...]
    ends: tuple[str, ...]

    @property
    def icon(self) -> str:
        return ICON_OF.get(self.kind, "")


class Span(NamedTuple):
    """A phase, as knots: it runs from knot `first` up to knot `last`."""

    name: str
    first: int
    last: int
    is_open: bool


def draw(knots: Sequence[Happening], phases: Sequence[Phase] = ()) -> list[Piece]:
    """The pieces of the thread, one a knot, in the order given."""
    spans = spread([knot.date for knot in knots], phases)
    pieces = []
    for number, knot in enumerate(knots):
        is_last = number == len(knots) - 1
        x, next_x = sway(number), sway(number + 1)
        above = strands_between(spans, number - 1) if number else []
        below = [] if is_last else strands_between(spans, number)
        pieces.append(
            Piece(
                kind=knot.kind,
                x=x,
                y=height_of(knot) // 2,
                height=height_of(knot),
                head=tuple(head(knot, x, above, below)),
                tail=tuple(tail(x, next_x, below)),
                open_end=Strand(open_end(x)) if is_last and knot.kind != "end" else None,
                single=len(above) < 2 and len(below) < 2,
                begins=tuple(span.name for span in spans if span.first == number),
                ends=tuple(span.name for span in spans if span.last == number and not span.is_open),
            )
        )
    return pieces


def sway(number: int) -> int:
    return SWAY[number % len(SWAY)]


def height_of(knot: Happening) -> int:
    return LOOP if knot.kind == "loop" else HEAD


def spread(dates: Sequence[date], phases: Sequence[Phase]) -> list[Span]:
    """Tie every phase to knots: from the last knot before it began to the first knot after it ended."""
    if not dates:
        return []
    end = len(dates) - 1
    spans = []
    for phase in phases:
        first = max((n for n, day in enumerate(dates) if day <= phase.since), default=0)
        until = phase.until
        last = end if until is None else min((n for n, day in enumerate(dates) if day >= until), default=end)
        spans.append(Span(phase.name, first, max(first, last), until is None))
    return spans


def strands_between(spans: Sequence[Span], number: int) -> list[tuple[int, int]]:
    """The strands from a knot to the next, as (place, distance from the middle); the thread itself is always there."""
    running = sum(span.first <= number < span.last for span in spans)
    count = min(max(running, 1), MOST_STRANDS)
    return [(place, round((place - (count - 1) / 2) * APART)) for place in range(count)]


def head(knot: Happening, x: int, above: list[tuple[int, int]], below: list[tuple[int, int]]) -> Iterator[Strand]:
    """The line through a knot: the strands come together in it and part again."""
    height = height_of(knot)
    tie, untie = (20, height - 20) if knot.kind == "loop" else (height // 2, height // 2)
    for place, aside in above:
        yield Strand(f"M{x + aside} 0C{x + aside} {tie * 0.6:g} {x} {tie * 0.5:g} {x} {tie}", place)
    if knot.kind == "loop":
        start, stop = (20 if above else 12), height - 20
        yield Strand(loop(x, start, stop))
    for place, aside in below:
        rest = height - untie
        yield Strand(
            f"M{x} {untie}C{x} {untie + rest * 0.5:g} {x + aside} {untie + rest * 0.4:g} {x + aside} {height}", place
        )


def loop(x: int, top: int, bottom: int) -> str:
    """Down, round, through itself and on: a setback is part of the way."""
    way = 1 if x < WIDTH / 2 else -1
    cross, middle = x + 4 * way, (top + bottom) // 2
    return (
        f"M{x} {top}C{x} {top + 10} {cross - 13 * way} {middle - 20} {cross} {middle}"
        f"C{cross + 52 * way} {middle + 80} {cross + 52 * way} {middle - 80} {cross} {middle}"
        f"C{cross - 13 * way} {middle + 20} {x} {bottom - 10} {x} {bottom}"
    )


def tail(x: int, next_x: int, strands: list[tuple[int, int]]) -> Iterator[Strand]:
    """The line to the next knot."""
    for place, aside in strands:
        start, stop = x + aside, next_x + aside
        yield Strand(f"M{start} 0C{start} {TAIL * 0.45:g} {stop} {TAIL * 0.55:g} {stop} {TAIL}", place)


def open_end(x: int) -> str:
    """After the last knot the line runs on: the story is not over."""
    way = 1 if x < WIDTH / 2 else -1
    return f"M{x} 14C{x} 24 {x + 4 * way} 29 {x + 14 * way} 33S{x + 26 * way} 36 {x + 32 * way} 45"


# --- the thread as one drawing -------------------------------------------------


def across(
    knots: Sequence[Happening], phases: Sequence[Phase] = (), *, width: int = 480, height: int = 72
) -> list[str]:
    """The line from left to right: one path for the thread, and one for every stretch that runs beside it."""
    places = spots(knots, width=width, height=height)
    if not places:
        return []
    spans = spread([knot.date for knot in knots], phases)
    paths = [" ".join([f"M{places[0][0]} {places[0][1]}", *_legs(knots, places)])]
    for number in range(len(places) - 1):
        for place, _aside in strands_between(spans, number)[1:]:
            (x, y), (to_x, to_y) = places[number], places[number + 1]
            aside, third = ASIDE[place - 1], (to_x - x) / 3
            paths.append(f"M{x} {y}C{x + third:g} {y + aside} {to_x - third:g} {to_y + aside} {to_x} {to_y}")
    if knots[-1].kind != "end":
        x, y = places[-1]
        paths.append(f"M{x} {y}c12 0 16 5 {width - x - 4} 3")
    return paths


def spots(knots: Sequence[Happening], *, width: int = 480, height: int = 72) -> list[tuple[int, int]]:
    """Where the knots lie in the drawing from left to right."""
    left, right = 12, 12 if knots and knots[-1].kind == "end" else 36
    step = (width - left - right) / max(1, len(knots) - 1)
    low, high = height * 0.5, height * 0.76
    return [
        (round(left + n * step), round(low + (high - low) * (sway(n) - min(SWAY)) / (max(SWAY) - min(SWAY))))
        for n in range(len(knots))
    ]


def _legs(knots: Sequence[Happening], places: Sequence[tuple[int, int]]) -> Iterator[str]:
    for number, ((x, y), (to_x, to_y)) in enumerate(zip(places, places[1:], strict=False)):
        half = (to_x - x) / 2
        leave, arrive = f"{x + half:g} {y}", f"{to_x - half:g} {to_y}"
        if knots[number].kind == "loop":
            yield curl(x, y)
            leave = f"{x + 14} {y + 13}"
        if knots[number + 1].kind == "loop":
            arrive = f"{to_x - 14} {to_y + 13}"
        yield f"C{leave} {arrive} {to_x} {to_y}"
    if knots[-1].kind == "loop":
        yield curl(*places[-1])


def curl(x: int, y: int) -> str:
    """A loop on the way from left to right, ending where it began."""
    return f"C{x + 42} {y - 39} {x - 42} {y - 39} {x} {y}"


def picture(
    knots: Sequence[Happening],
    phases: Sequence[Phase] = (),
    *,
    title: str,
    description: str,
    width: int = 480,
    height: int = 72,
    line: str = "#b3261e",
    paper: str = "#fffdf9",
) -> str:
    """The whole thread as one SVG that needs nothing else: for a certificate, a letter, a publication."""
    paths = "".join(
        f'<path d="{path}" stroke-width="{5 if number == 0 else 3}"/>'
        for number, path in enumerate(across(knots, phases, width=width, height=height))
    )
    dots = "".join(
        f'<circle cx="{x}" cy="{y}" r="{8 if knot.kind == "now" else 6.5}" '
        f'fill="{line if knot.kind == "now" else paper}"/>'
        for knot, (x, y) in zip(knots, spots(knots, width=width, height=height), strict=True)
        if knot.kind != "loop"
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" role="img">'
        f"<title>{escape(title)}</title><desc>{escape(description)}</desc>"
        f'<g fill="none" stroke="{line}" stroke-linecap="round" stroke-linejoin="round">{paths}'
        f'<g stroke-width="4">{dots}</g></g></svg>'
    )
