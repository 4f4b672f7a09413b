"""What need not be run twice: a test that touched no database on SQLite proves nothing new on PostgreSQL.

Nobody writes down which these are. The run on SQLite notes every test that went well without a question to a database,
without a look at which one it is, and without anything that was prepared for several tests; the run on PostgreSQL after
it in the same `bin/test` leaves those out. Without such notes everything is run.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.utils import ConnectionHandler

FOLDER = "IPTA_TESTS_DIR"  # of all runs of one `bin/test`
NOTHING = "touched no database"
# How pytest-django begins and undoes a test, whatever stands in it.
AROUND = ("BEGIN", "SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK", "SET CONSTRAINTS", "PRAGMA")


class Touched:
    """Whether anything in this process asked a database a question, or looked at one, since somebody cleared it."""

    is_asked = is_looked_at = False

    def watch(self) -> None:
        CursorWrapper.execute = self._noticed(CursorWrapper.execute)  # type: ignore[method-assign]
        CursorWrapper.executemany = self._noticed(CursorWrapper.executemany)  # type: ignore[method-assign]
        get = ConnectionHandler.__getitem__

        def looked_at(handler: ConnectionHandler, alias: str) -> Any:
            self.is_looked_at = True
            return get(handler, alias)

        ConnectionHandler.__getitem__ = looked_at  # type: ignore[method-assign]

    def _noticed(self, ask: Callable[..., Any]) -> Callable[..., Any]:
        def asked(cursor: CursorWrapper, sql: Any, params: Any = None) -> Any:
            self.is_asked |= not str(sql).startswith(AROUND)
            return ask(cursor, sql, params)

        return asked


TOUCHED = Touched()


def notes() -> Path | None:
    return Path(os.environ[FOLDER]) / "once.txt" if FOLDER in os.environ else None


def pytest_configure(config: pytest.Config) -> None:
    TOUCHED.watch()
    if (file := notes()) and connection.vendor == "sqlite" and not hasattr(config, "workerinput"):
        config.pluginmanager.register(Noting(file))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On another database: without those of which a note says that it makes no difference."""
    file = notes()
    if connection.vendor == "sqlite" or file is None or not file.exists():
        return
    once = set(file.read_text().splitlines())
    config.hook.pytest_deselected(items=[item for item in items if item.nodeid in once])
    items[:] = [item for item in items if item.nodeid not in once]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Iterator[None]:
    TOUCHED.is_asked = False
    yield


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    TOUCHED.is_looked_at = False
    yield
    if not (TOUCHED.is_asked or TOUCHED.is_looked_at or _is_prepared_for_more(item)):
        item.user_properties.append((NOTHING, True))


def _is_prepared_for_more(item: pytest.Item) -> bool:
    """Then what it reads may have been asked in the test before it."""
    fixtures = [found[-1] for found in item._fixtureinfo.name2fixturedefs.values()]  # type: ignore[attr-defined]
    ours = [fixture for fixture in fixtures if fixture.func.__module__.startswith("tests.")]
    return any(fixture.scope not in {"function", "session"} for fixture in ours)


class Noting:
    """In the process that began the run: under xdist the reports come there."""

    def __init__(self, file: Path) -> None:
        self.file, self.once = file, set[str]()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call" and report.passed and (NOTHING, True) in map(tuple, report.user_properties):
            self.once.add(report.nodeid)

    def pytest_sessionfinish(self) -> None:
        self.file.write_text("".join(f"{nodeid}\n" for nodeid in sorted(self.once)))
