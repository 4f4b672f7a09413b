"""A pytest plugin for bin/mutants, which runs a few tests a thousand times."""

import pytest

from ipta.base.prepared import Prepared

FIRST = ("test_policies", "test_reader", "test_keys.py")


def pytest_configure() -> None:
    # A question that was written before the change would go on asking what it asked.
    Prepared.__call__ = lambda question, **values: list(question.write(**values))  # type: ignore[method-assign]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What is about the changed files themselves first: most are found at once. What empties tables stays last."""
    items.sort(key=lambda item: (_empties_tables(item), not any(name in item.nodeid for name in FIRST)))


def _empties_tables(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    return bool(marker and marker.kwargs.get("transaction"))
