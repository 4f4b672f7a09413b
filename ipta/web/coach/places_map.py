"""A drawn map of the postcode areas of a municipality: dots where they lie, larger where there is a finding place."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import cos, hypot, radians

from ipta.accounts.models import Municipality
from ipta.scouting.queries import Area, areas

WIDTH, HEIGHT, EDGE = 320, 250, 36
APART, ROUNDS = 38, 40  # so far from each other that a thumb hits one of them, and its number can be read
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Dot:
    """An area on the map. `count`: how many places of the book lie in it."""

    area: str
    x: float
    y: float
    count: int
    href: str


@dataclass(frozen=True, slots=True)
class Map:
    width: int
    height: int
    land: str  # the corners of what lies around all areas
    quiet: list[Dot]  # areas without a place
    busy: list[Dot]


def map_of(municipality: Municipality, counts: Mapping[str, int], anchor: Callable[[str], str]) -> Map | None:
    """The map, or nothing where no areas are known. `anchor`: where on the page the places of an area stand."""
    known = areas().get(municipality.code, ())
    if not known:
        return None
    points = dict(enumerate(_laid_out(known)))
    busy = [number for number, area in enumerate(known) if counts.get(area.code)]
    shown = points | dict(zip(busy, _apart([points[number] for number in busy]), strict=True))
    dots = [
        Dot(area.code, *shown[number], counts.get(area.code, 0), f"#{anchor(area.code)}")
        for number, area in enumerate(known)
    ]
    land = " ".join(f"{x:.0f},{y:.0f}" for x, y in _around(list(points.values())))
    return Map(WIDTH, HEIGHT, land, [d for d in dots if not d.count], [d for d in dots if d.count])


def _laid_out(known: Sequence[Area]) -> list[Point]:
    """Where the areas come on the paper: north above, and a kilometre as long in each direction."""
    shrink = cos(radians(known[0].lat))
    flat = [(area.lon * shrink, -area.lat) for area in known]
    left, top = min(x for x, _ in flat), min(y for _, y in flat)
    wide, high = max(x for x, _ in flat) - left, max(y for _, y in flat) - top
    room_x, room_y = WIDTH - 2 * EDGE, HEIGHT - 2 * EDGE
    scale = min(room_x / wide if wide else 1, room_y / high if high else 1)
    beside, above = (WIDTH - wide * scale) / 2, (HEIGHT - high * scale) / 2
    return [(round(beside + (x - left) * scale, 1), round(above + (y - top) * scale, 1)) for x, y in flat]


def _apart(points: Sequence[Point]) -> list[Point]:
    """The same, where they would lie over each other a little aside: it is a drawing, and no map to measure on."""
    moved = list(points)
    for _round in range(ROUNDS):
        for one in range(len(moved)):
            for other in range(one):
                moved[one], moved[other] = _pushed(moved[one], moved[other])
    return [(round(_within(x, WIDTH), 1), round(_within(y, HEIGHT), 1)) for x, y in moved]


def _pushed(a: Point, b: Point) -> tuple[Point, Point]:
    beside, below = a[0] - b[0], a[1] - b[1]
    far = hypot(beside, below)
    if far >= APART:
        return a, b
    push = (APART - far) / 2
    x, y = (beside / far * push, below / far * push) if far else (push, 0.0)
    return (a[0] + x, a[1] + y), (b[0] - x, b[1] - y)


def _within(value: float, size: int) -> float:
    return min(max(value, EDGE / 2), size - EDGE / 2)


def _around(points: Sequence[Point]) -> list[Point]:
    """The corners of the smallest shape without dents around all of them."""
    ordered = sorted(set(points))
    if len(ordered) < 3:  # noqa: PLR2004 - a line has no inside
        return ordered
    return [*_half(ordered)[:-1], *_half(ordered[::-1])[:-1]]


def _half(ordered: Sequence[Point]) -> list[Point]:
    corners: list[Point] = []
    for point in ordered:
        while len(corners) > 1 and _turn(corners[-2], corners[-1], point) <= 0:
            corners.pop()
        corners.append(point)
    return corners


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
