"""What the tests measured, in docs/privacy/evidence.md: leaks, faults, tamperings, and how many of them were found.

A test asks for `evidence` and reports a figure: `evidence("Leaks in the canary matrix", 0, aim=0)`. What several tests
report under one name is added up. A run of all tests writes the page when everything in it went well; `bin/evidence`
runs only the tests that report.
"""

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

import pytest
from django.db import connection

from tests.house.code import ROOT

PAGE = ROOT / "docs" / "privacy" / "evidence.md"
KEY = "evidence"
DATABASES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
STEP = 30  # a time is rounded up to half a minute, so that the page does not change with every run
# In this order; what is not named here comes after, by name.
ORDER = (
    "Leaks in the canary matrix", "Cells in the canary matrix", "The canary matrix takes (seconds of one core)",
    "Texts without a line in the reading log", "Addresses that declare no desk", "Planted faults found",
    "Tables without forced row-level security", "Attacks in SQL that got something", "Tamperings with the log found",
    "Places where a canary lies readable", "What nasty inputs broke (5xx, lost words, unescaped)",
    "Forms to which nasty inputs were sent", "Unsafe settings that are found",
    "Changes of the code that no test noticed", "Changes that no test can notice, each argued",
    "ASVS 5.0: requirements that apply and are met",
)  # fmt: skip

Report = Callable[..., None]


@dataclass(frozen=True)
class Figure:
    """One figure; `of`: out of how many; `aim`: what it must be (a number, or "all"), `at_most`: what it may be."""

    what: str
    value: float
    of: float | None = None
    aim: float | str | None = None
    at_most: float | None = None
    unit: str = ""  # s: seconds

    def __add__(self, other: "Figure") -> "Figure":
        both = [part for part in (self.of, other.of) if part is not None]
        return replace(self, value=self.value + other.value, of=sum(both) if both else None)

    @property
    def shown(self) -> str:
        if self.unit == "s":
            return f"under {math.ceil((self.value + 1) / STEP) * STEP}"
        return f"{self.value:,.0f}" + ("" if self.of is None else f" of {self.of:,.0f}")

    @property
    def wanted(self) -> str:
        if self.at_most is not None:
            return f"at most {self.at_most:,.0f}"
        return "" if self.aim is None else str(self.aim)

    @property
    def is_met(self) -> bool:
        if self.at_most is not None:
            return self.value <= self.at_most
        return self.aim is None or self.value == (self.of if self.aim == "all" else self.aim)


# --- In a test -------------------------------------------------------------------------------------------------


@pytest.fixture
def evidence(request: pytest.FixtureRequest) -> Report:
    """Report a figure of this test."""

    def report(what: str, value: float, **more: Any) -> None:
        figure = Figure(what, value, **more)
        request.node.user_properties.append((KEY, {**asdict(figure), "by": request.node.nodeid.split("::")[0]}))

    return report


# --- The plugin --------------------------------------------------------------------------------------------------


class Collected:
    """What this run measured; under xdist the reports come to the process that began it."""

    def __init__(self) -> None:
        self.figures: dict[str, Figure] = {}
        self.by: dict[str, str] = {}  # which file measured it

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call" and report.passed:
            for key, said in report.user_properties:
                if key == KEY:
                    self.add(dict(said))  # type: ignore[call-overload]

    def add(self, said: dict[str, Any]) -> None:
        by = said.pop("by")
        new = Figure(**said)
        known = self.figures.get(new.what)
        self.figures[new.what], self.by[new.what] = known + new if known else new, by


COLLECTED = pytest.StashKey[Collected]()


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "evidence: reports a figure for docs/privacy/evidence.md")
    collected = config.stash[COLLECTED] = Collected()
    config.pluginmanager.register(collected)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Who asks for `evidence` reports a figure: so `-m evidence` finds it."""
    for item in items:
        if "evidence" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.evidence)


def pytest_terminal_summary(terminalreporter: Any, exitstatus: int, config: pytest.Config) -> None:
    """At the end of a run of all tests, or of all that report: the page, when everything went well."""
    collected = config.stash[COLLECTED]
    if not collected.figures or not _is_whole(config):
        return
    terminalreporter.section("evidence")
    for line in lines(collected):
        terminalreporter.line(line)
    if exitstatus == 0 and all(figure.is_met for figure in collected.figures.values()):
        write(collected, DATABASES[connection.vendor])
    else:
        terminalreporter.line("Something went wrong: docs/privacy/evidence.md stays as it was.")


def _is_whole(config: pytest.Config) -> bool:
    """All tests but those in the browser, or all that report; not a few that somebody chose."""
    chosen = config.option.keyword or any(str(each) not in {"tests", str(ROOT / "tests")} for each in config.args)
    return not chosen and config.option.markexpr in {"not browser", "evidence"}


def lines(collected: Collected) -> Iterator[str]:
    for what, figure in sorted(collected.figures.items(), key=_place):
        yield f"{what:<48} {figure.shown:>16}   {figure.wanted:<12}{'' if figure.is_met else 'NOT MET'}"


def _place(found: tuple[str, object]) -> tuple[int, str]:
    return (ORDER.index(found[0]) if found[0] in ORDER else len(ORDER), found[0])


# --- The page ------------------------------------------------------------------------------------------------------

HEAD = """\
# Evidence

What the tests measured. The run writes it (`bin/test`, `bin/evidence`), and only when everything in it went well;
nobody types a figure here. What a line stands for is told in the file that measured it. A dash: nothing to measure.

| what | SQLite | PostgreSQL | must be | measured by | on |
|---|---|---|---|---|---|
"""
NOTHING = "–"
COLUMNS = ("what", *DATABASES.values(), "aim", "by", "on")
APART = "bin/mutants"  # runs by itself: what it measured stays when the tests run


def rows(page: str) -> dict[str, dict[str, str]]:
    """The rows of the page by what they are about."""
    cells = (line.split(" | ") for line in re.findall(r"^\| (?!what )(.*) \|$", page, re.M))
    return {row[0]: dict(zip(COLUMNS, row, strict=True)) for row in cells}


def write(collected: Collected, database: str) -> None:
    """Put these figures on the page, in the column of this database; what was not measured any more goes."""
    known = rows(PAGE.read_text()) if PAGE.exists() else {}
    for what, row in known.items():
        if what not in collected.figures and (APART in row["by"]) == (APART in collected.by.values()):
            row[database] = NOTHING
    for what, figure in collected.figures.items():
        row = known.setdefault(what, dict.fromkeys(COLUMNS, NOTHING) | {"what": what})
        row |= {database: figure.shown, "aim": figure.wanted or NOTHING, "by": f"`{collected.by[what]}`"}
        row["on"] = f"{date.today():%-d %B %Y}"
    measured = {what: row for what, row in known.items() if {row[each] for each in DATABASES.values()} != {NOTHING}}
    table = (" | ".join(row[column] for column in COLUMNS) for _, row in sorted(measured.items(), key=_place))
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(HEAD + "".join(f"| {row} |\n" for row in table))
