"""What he said of his weeks, drawn: a line for each sentence, and the same in a table. Nothing is added up."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from ipta.scans.instruments.answers import Answers
from ipta.scans.instruments.questions import Item, Questionnaire
from ipta.scans.instruments.values import Value

MOST: Final = 20  # times that are drawn; all of them stand in the lists that were filled in
WIDTH, HEIGHT = 320, 96
LEFT, RIGHT, TOP, BOTTOM = 34, 306, 14, 82


@dataclass(frozen=True, slots=True)
class Dot:
    """One answer, where it stands in the drawing."""

    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence with all that was answered to it, the oldest first."""

    id: str
    text: str
    high: str  # what the top means, and the bottom
    low: str
    parts: Sequence[str]  # the points of each stretch without a gap, as SVG wants them
    dots: Sequence[Dot]


@dataclass(frozen=True, slots=True)
class Week:
    """One time: what was answered to each sentence, in words; a dash where nothing was."""

    on: date
    said: Sequence[str]


@dataclass(frozen=True, slots=True)
class Weeks:
    sentences: Sequence[str]
    lines: Sequence[Line]
    weeks: Sequence[Week]  # the newest first


def drawn(asked: Questionnaire, times: Iterable[tuple[date, Answers]]) -> Weeks:
    """Of what was signed off the last ones; what is of one day in the order in which it comes."""
    newest = sorted(times, key=lambda time: time[0])[-MOST:]
    items = [item for item in asked.all() if len(_weights(item)) > 1]
    return Weeks(
        sentences=[item.text for item in items],
        lines=[_line(item, [_weight(item, answers) for _on, answers in newest]) for item in items],
        weeks=[Week(on, [_words(item, answers) for item in items]) for on, answers in reversed(newest)],
    )


def _line(item: Item, heights: Sequence[Decimal | None]) -> Line:
    weights = _weights(item)
    low, high = min(weights), max(weights)
    step = (RIGHT - LEFT) / max(1, len(heights) - 1)
    dots = [
        Dot(round(LEFT + step * n), round(BOTTOM - (BOTTOM - TOP) * float((height - low) / (high - low))))
        if height is not None
        else None
        for n, height in enumerate(heights)
    ]
    ends = {option.weight: option.prefix or option.value.words for option in item.options if option.weight is not None}
    parts = [" ".join(f"{dot.x},{dot.y}" for dot in part) for part in _stretches(dots) if len(part) > 1]
    return Line(item.link_id, item.text, ends[high], ends[low], parts, [dot for dot in dots if dot])


def _stretches(dots: Sequence[Dot | None]) -> Iterator[list[Dot]]:
    """What hangs together: where nothing was answered the line is open."""
    part: list[Dot] = []
    for dot in [*dots, None]:
        if dot is not None:
            part.append(dot)
        elif part:
            yield part
            part = []


def _weights(item: Item) -> set[Decimal]:
    return {option.weight for option in item.options if option.weight is not None}


def _weight(item: Item, answers: Answers) -> Decimal | None:
    return next(
        (
            option.weight
            for value in _values(item, answers)
            if (option := item.option(value)) and option.weight is not None
        ),
        None,
    )


def _words(item: Item, answers: Answers) -> str:
    return ", ".join(_option_words(item, value) for value in _values(item, answers)) or "–"


def _option_words(item: Item, value: Value) -> str:
    option = item.option(value)
    return option.value.words if option else value.words


def _values(item: Item, answers: Answers) -> Sequence[Value]:
    """What was answered to it, wherever it stood in the version of then."""
    return [value for at in answers.places_of(item.link_id) for value in answers.at(at)]
