"""The page of evidence says what was measured, and keeps still when nothing changed."""

from pathlib import Path
from typing import Any

import pytest

from tests.house import evidence
from tests.house.evidence import Collected, Figure, write


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(evidence, "PAGE", tmp_path / "evidence.md")
    return tmp_path / "evidence.md"


def measured(*said: tuple[str, float, dict[str, Any]], by: str = "tests/x.py") -> Collected:
    found = Collected()
    for what, value, more in said:
        found.add({"what": what, "value": value, "by": by} | more)
    return found


def the_rows(page: Path) -> list[str]:
    return [line for line in page.read_text().splitlines() if line.startswith("| ")][1:]


def test_what_several_tests_report_is_added_up() -> None:
    found = measured(("Faults found", 3, {"of": 3, "aim": "all"}), ("Faults found", 4, {"of": 5, "aim": "all"}))
    figure = found.figures["Faults found"]
    assert (figure.shown, figure.wanted, figure.is_met) == ("7 of 8", "all", False)


@pytest.mark.parametrize(
    ("figure", "shown", "wanted", "is_met"),
    [
        (Figure("x", 0, aim=0), "0", "0", True),
        (Figure("x", 1, aim=0), "1", "0", False),
        (Figure("x", 71_234), "71,234", "", True),
        (Figure("x", 1000, of=1000, aim="all"), "1,000 of 1,000", "all", True),
        (Figure("x", 74.2, unit="s", at_most=180), "under 90", "at most 180", True),
        (Figure("x", 89.5, unit="s", at_most=180), "under 120", "at most 180", True),
        (Figure("x", 181, unit="s", at_most=180), "under 210", "at most 180", False),
    ],
)
def test_a_figure_says_what_it_is_and_what_it_must_be(figure: Figure, shown: str, wanted: str, is_met: bool) -> None:
    assert (figure.shown, figure.wanted, figure.is_met) == (shown, wanted, is_met)


def test_the_page_has_a_column_for_each_database_and_the_same_order_always(page: Path) -> None:
    leaks, faults = ("Leaks in the canary matrix", 0, {"aim": 0}), ("A new figure", 5, {})
    write(measured(faults, leaks), "SQLite")
    write(measured(leaks, faults), "PostgreSQL")
    first, second = the_rows(page)
    assert first.startswith("| Leaks in the canary matrix | 0 | 0 | 0 | `tests/x.py` | ")
    assert second.startswith("| A new figure | 5 | 5 | – | `tests/x.py` | ")
    before = page.read_text()
    write(measured(faults, leaks), "SQLite")
    assert page.read_text() == before


def test_what_is_not_measured_any_more_goes(page: Path) -> None:
    write(measured(("One", 1, {}), ("Two", 2, {})), "SQLite")
    write(measured(("Two", 2, {}), ("Walls", 3, {})), "PostgreSQL")
    write(measured(("Two", 2, {})), "SQLite")
    assert [row.split(" | ")[:3] for row in the_rows(page)] == [["| Two", "2", "2"], ["| Walls", "–", "3"]]


def test_what_runs_by_itself_stays_when_the_tests_run(page: Path) -> None:
    write(measured(("Changes", 0, {}), by=evidence.APART), "SQLite")
    write(measured(("One", 1, {})), "SQLite")
    write(measured(("Changes", 0, {}), by=evidence.APART), "SQLite")
    assert [row.split(" | ")[:2] for row in the_rows(page)] == [["| Changes", "0"], ["| One", "1"]]
