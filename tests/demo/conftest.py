"""A few lives, lived once for all tests of a module."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction
from django.test import override_settings
from pytest_django.plugin import DjangoDbBlocker

from ipta.demo.programme import seed
from ipta.vault import keyring

FEW = 14


@pytest.fixture(scope="module")
def seeded(django_db_setup: None, django_db_blocker: DjangoDbBlocker, master_key_file: Path) -> Iterator[None]:
    """Each test changes what it likes and undoes it, as always; these lives are there until the module ends.

    So it stands in modules of which every test asks for it: the others would find them too.
    """
    yield from lived(django_db_blocker, master_key_file, FEW)


def lived(blocker: DjangoDbBlocker, master_key_file: Path, how_many: int | None) -> Iterator[None]:
    """The programme with so many youths, undone when the module ends."""
    with (
        blocker.unblock(),
        transaction.atomic(),
        transaction.atomic(using="keys"),
    ):
        with override_settings(MASTER_KEY_FILE=master_key_file):
            seed(how_many, say=lambda text: None)
        keyring.forget_everything()
        yield
        for database in ("default", "keys"):
            transaction.set_rollback(True, using=database)
