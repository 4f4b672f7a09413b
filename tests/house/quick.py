"""A pytest plugin for bin/mutants, which runs a few tests a thousand times: databases are made once, then copied."""

import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from django.db.backends.sqlite3.creation import DatabaseCreation

from ipta.base.prepared import Prepared

FIRST = ("test_policies", "test_reader", "test_keys.py")
KEPT = "IPTA_KEPT_DATABASES"  # the folder of databases as they are before the first test


def pytest_configure() -> None:
    # A question that was written before the change would go on asking what it asked.
    Prepared.__call__ = lambda question, **values: list(question.write(**values))  # type: ignore[method-assign]
    make = DatabaseCreation.create_test_db

    def copy_or_make(creation: DatabaseCreation, *how: Any, **more: Any) -> str:
        connection = creation.connection
        kept = Path(os.environ[KEPT]) / f"{connection.alias}.sqlite3"
        if not kept.exists():
            name = make(creation, *how, **more)
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            shutil.copy(name, kept)
            return name
        connection.close()
        name = connection.settings_dict["NAME"] = creation._get_test_db_name()  # type: ignore[attr-defined]
        shutil.copy(kept, name)
        return name

    if make.__name__ != copy_or_make.__name__:  # the same process runs many times
        DatabaseCreation.create_test_db = copy_or_make  # type: ignore[method-assign,assignment]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What is about the changed files themselves first: most are found at once. What empties tables stays last."""
    items.sort(key=lambda item: (_empties_tables(item), not any(name in item.nodeid for name in FIRST)))


def _empties_tables(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    return bool(marker and marker.kwargs.get("transaction"))
