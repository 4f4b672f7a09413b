"""The form in which a line is hashed: sealed once and for all, since whoever checks the log makes it anew."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from ipta.journal import rules

CONTENT = {"number": 2, "at": datetime(2026, 3, 3, 13, 30, tzinfo=UTC), "about": UUID(int=7), "facts": {"é": None}}
FORM = '{"about":"00000000-0000-0000-0000-000000000007","at":"2026-03-03T13:30:00+00:00","facts":{"é":null},"number":2}'
HASH = "203fab895d41c54d7e055b33b11dd1099ebc7811f60c32a84e52b0a9dc31ef57"  # sha256 of sixty-four times 0 and the form


def test_known_answer_of_the_form() -> None:
    assert rules.canonical(CONTENT) == FORM
    assert rules.canonical(dict(reversed(CONTENT.items()))) == FORM


def test_one_moment_has_one_form_wherever_the_clock_stands() -> None:
    there = CONTENT["at"].astimezone(ZoneInfo("Europe/Amsterdam"))
    assert rules.plain(there) == rules.plain(CONTENT["at"]) == "2026-03-03T13:30:00+00:00"
    assert rules.plain(7) == "7"


def test_known_answer_of_the_hash() -> None:
    assert rules.START == "0" * 64
    assert rules.line_hash(rules.START, CONTENT) == HASH


@dataclass
class Line:
    number: int
    previous: str
    hash: str

    def computed_hash(self) -> str:
        return rules.line_hash(self.previous, {"number": self.number})


def chain(length: int) -> list[Line]:
    found, previous = [], rules.START
    for number in range(1, length + 1):
        previous = rules.line_hash(previous, {"number": number})
        found.append(Line(number, found[-1].hash if found else rules.START, previous))
    return found


def test_a_whole_chain_has_no_fault() -> None:
    assert rules.first_fault([]) is None
    assert rules.first_fault(chain(1)) is None
    assert rules.first_fault(chain(5)) is None


@pytest.mark.parametrize("place", [0, 2, 4])
def test_the_first_fault_is_the_one_that_is_told(place: int) -> None:
    for change in ({"number": 9}, {"previous": "f" * 64}, {"hash": "f" * 64}):
        lines = chain(5)
        for name, value in change.items():
            setattr(lines[place], name, value)
        assert rules.first_fault(lines) == place + 1, change
    assert rules.first_fault(chain(5)[:place] + chain(5)[place + 1 :]) == (place + 1 if place < 4 else None)


@pytest.mark.parametrize(("number", "previous"), [(2, rules.START), (1, "f" * 64)])
def test_a_line_with_a_right_hash_in_the_wrong_place_is_a_fault(number: int, previous: str) -> None:
    line = Line(number, previous, rules.line_hash(previous, {"number": number}))
    assert line.hash == line.computed_hash()
    assert rules.first_fault([line]) == 1
