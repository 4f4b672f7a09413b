"""What was answered, place by place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from ipta.scans.instruments.opening import Json, plain
from ipta.scans.instruments.values import NoValue, Value, read_value, written

# Where an answer stands: the items from the outside to the inside, each but the last with which one of them it is.
# ("people", 1, "name") is the name of the second of the people; below a question it is which answer of it.
At = tuple[str | int, ...]

MOST_TIMES: Final = 100
MOST_ANSWERS: Final = 5_000


@dataclass(frozen=True, slots=True)
class Answers:
    """Everything that was answered, also to what is not asked any more: nothing that was said is lost on the way."""

    said: Mapping[At, tuple[Value, ...]] = field(default_factory=dict)
    _times: dict[At, int] = field(default_factory=dict, init=False, repr=False, compare=False)
    _places: dict[str, list[At]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Raises `NoValue` for places that cannot be: whoever walks past all of them would not come to an end."""
        if len(self.said) > MOST_ANSWERS or not all(_is_place(at) for at in self.said):
            raise NoValue("Deze antwoorden kunnen niet bij een vragenlijst horen.")
        for at in self.said:
            self._places.setdefault(str(at[-1]), []).append(at)
            for depth in range(1, len(at), 2):
                self._times[at[:depth]] = max(self._times.get(at[:depth], 0), int(at[depth]) + 1)

    def __bool__(self) -> bool:
        return any(self.said.values())

    def at(self, at: At) -> tuple[Value, ...]:
        return self.said.get(at, ())

    def times(self, at: At) -> int:
        """How many of this item hold an answer, or lie before one that does."""
        return self._times.get(at, 0)

    def places_of(self, link_id: str) -> Sequence[At]:
        """Where this question was answered."""
        return self._places.get(link_id, ())

    def to_json(self) -> list[Json]:
        """For a sealed field."""
        return [
            {"at": list(at), "values": [plain(written(value)) for value in values]}
            for at, values in self.said.items()
            if values
        ]

    @classmethod
    def from_json(cls, found: Iterable[Any]) -> Answers:
        """What `to_json` made. Raises `NoValue` for what it never makes."""
        said = {}
        for each in found:
            values = [read_value(value) for value in each["values"]]
            said[tuple(each["at"])] = tuple(value[1] for value in values if value)
        return cls(said)


def _is_place(at: At) -> bool:
    is_link = all(isinstance(step, str) for step in at[::2])
    return len(at) % 2 == 1 and is_link and all(isinstance(n, int) and 0 <= n < MOST_TIMES for n in at[1::2])
