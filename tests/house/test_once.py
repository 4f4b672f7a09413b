"""What is left out on PostgreSQL touched no database on SQLite: not a question, not a look at which one it is."""

from pathlib import Path

import pytest
from django.db import connection

from ipta.accounts.models import Person
from tests.house import once
from tests.house.once import TOUCHED


@pytest.fixture
def counted() -> int:
    return Person.objects.count()


def _is_noted(request: pytest.FixtureRequest) -> bool:
    """As it stands at this moment of the test that asks."""
    return not (TOUCHED.is_asked or TOUCHED.is_looked_at or once._is_prepared_for_more(request.node))


def test_nothing_is_noticed_where_nothing_is_touched(request: pytest.FixtureRequest) -> None:
    TOUCHED.is_asked = False  # before the first test of all the databases are made
    assert _is_noted(request)


def test_a_question_is_noticed(request: pytest.FixtureRequest) -> None:
    Person.objects.exists()
    assert TOUCHED.is_asked
    assert not _is_noted(request)


def test_a_question_of_what_the_test_stands_on_is_noticed(counted: int, request: pytest.FixtureRequest) -> None:
    assert not TOUCHED.is_looked_at
    assert not _is_noted(request)


def test_a_look_at_which_database_it_is_is_noticed(request: pytest.FixtureRequest) -> None:
    assert connection.vendor
    assert not TOUCHED.is_asked
    assert not _is_noted(request)


@pytest.fixture(scope="module")
def prepared() -> int:
    return 1


def test_what_was_prepared_for_more_tests_may_come_from_a_database(
    prepared: int, request: pytest.FixtureRequest
) -> None:
    assert not _is_noted(request)


def report(nodeid: str, outcome: str = "passed", *, touched_nothing: bool) -> pytest.TestReport:
    properties = [(once.NOTHING, True)] if touched_nothing else []
    return pytest.TestReport(nodeid, ("", 0, ""), {}, outcome, None, "call", user_properties=properties)  # type: ignore[arg-type]


def test_what_went_wrong_or_touched_something_is_run_again(tmp_path: Path) -> None:
    noting = once.Noting(tmp_path / "once.txt")
    noting.pytest_runtest_logreport(report("right", touched_nothing=True))
    noting.pytest_runtest_logreport(report("wrong", "failed", touched_nothing=True))
    noting.pytest_runtest_logreport(report("touched", touched_nothing=False))
    noting.pytest_sessionfinish()
    assert noting.file.read_text() == "right\n"
