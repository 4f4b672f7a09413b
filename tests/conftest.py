"""What every test stands on: a master key of its own, both databases, and the cast."""

import fcntl
import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.db import DatabaseError, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client
from django.test.utils import setup_databases
from pytest_django.plugin import DjangoDbBlocker

from ipta.accounts.models import Person
from ipta.base.prepared import Prepared
from ipta.vault import keyring, seals
from ipta.walls.raising import raise_walls
from ipta.walls.roles import ROLES
from tests.house import once

# Machines differ in speed, and a seed that changes by itself makes a red test that nobody can repeat.
hypothesis.settings.register_profile("house", deadline=None, derandomize=True, print_blob=True)
hypothesis.settings.load_profile("house")

pytest_plugins = ["tests.cast", "tests.house.evidence", "tests.house.once", "tests.house.site"]

MOST_TRIES = 20
QUICK_HASHES = {"time_cost": 1, "memory_cost": 8, "parallelism": 1}
REAL_HASHES = {name: getattr(Argon2PasswordHasher, name) for name in QUICK_HASHES}
BY_CODE = "ipta.accounts.backends.ByCode"
BY_PASSWORD = "allauth.account.auth_backends.AuthenticationBackend"
WITHOUT_DATABASE = (
    "tests/method/",
    "tests/house/test_laws.py",
    "tests/house/test_words.py",
    "tests/house/test_glossary.py",
    "tests/house/test_advisories.py",
    "tests/house/test_asvs.py",
    "tests/house/test_evidence.py",
    "tests/house/test_mutants.py",
)


def pytest_configure() -> None:
    """Static files are looked up when somebody asks for one, not listed anew for every browser of a test.

    Passwords and PINs are hashed by the real algorithm, but quickly: `slow_hashes` gives back what it really takes.
    """
    settings.WHITENOISE_AUTOREFRESH = True
    for name, quick in QUICK_HASHES.items():
        setattr(Argon2PasswordHasher, name, quick)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test has both databases, but those that only read the method or the code."""
    for item in items:
        if not item.get_closest_marker("django_db") and not item.nodeid.startswith(WITHOUT_DATABASE):
            item.add_marker(pytest.mark.django_db(databases=["default", "keys"]))


@pytest.fixture(scope="session")
def master_key_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("keys") / "master.key"
    file.write_text(seals.master_key_line(1, seals.new_key()))
    return file


@pytest.fixture(scope="session")
def django_db_setup(
    tmp_path_factory: pytest.TempPathFactory,
    worker_id: str,
    django_test_environment: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[None]:
    """Both databases, each worker with copies of its own: going through all migrations takes longer than most files.

    They are made once in a folder of all workers, and of all runs of one `bin/test`.
    """
    base = tmp_path_factory.getbasetemp()
    shared = Path(os.environ.get(once.FOLDER) or (base if worker_id == "master" else base.parent)) / connection.vendor
    shared.mkdir(exist_ok=True)
    with django_db_blocker.unblock():
        with (shared / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # given back as it is closed
            _make_databases(shared)
            for alias in connections:
                _take_a_copy(connections[alias], worker_id, tmp_path_factory.mktemp(alias))
        yield
        for alias in connections:
            connections[alias].creation.destroy_test_db(verbosity=0)


def _make_databases(shared: Path) -> None:
    """SQLite in files, as in real use: threads share it, and its bytes can be searched. PostgreSQL with its roles and
    its walls, as after `bin/ipta migrate`: every request of a test asks as the web.
    """
    for alias in connections:
        named = connections[alias].settings_dict
        in_file = connections[alias].vendor == "sqlite"
        named["TEST"]["NAME"] = str(shared / f"{alias}.sqlite3") if in_file else f"test_{named['NAME']}"
    if (shared / "made").exists():
        return
    setup_databases(verbosity=0, interactive=False, aliases=list(connections))
    for alias in connections:
        if connections[alias].vendor == "postgresql":
            _make_roles(connections[alias])
            with connections[alias].cursor() as cursor:
                cursor.execute("CREATE SCHEMA IF NOT EXISTS gate AUTHORIZATION ipta_gate")
            raise_walls(alias)
    (shared / "made").touch()


def _take_a_copy(connection: BaseDatabaseWrapper, worker_id: str, folder: Path) -> None:
    connection.close()
    made = connection.settings_dict["NAME"] = connection.settings_dict["TEST"]["NAME"]
    if connection.vendor == "sqlite":
        connection.settings_dict["NAME"] = shutil.copy(made, folder / "copy.sqlite3")
    else:
        connection.creation.clone_test_db(worker_id, verbosity=0)
        connection.settings_dict.update(connection.creation.get_test_db_clone_settings(worker_id))


def _make_roles(connection: BaseDatabaseWrapper) -> None:
    """Roles are of the whole cluster: another worker may be making the same ones this very moment."""
    for attempt in range(MOST_TRIES):
        try:
            with connection.cursor() as cursor:
                cursor.execute(ROLES)
            return
        except DatabaseError:
            if attempt == MOST_TRIES - 1:
                raise
            time.sleep(0.2)


@pytest.fixture(autouse=True)
def fresh_keys(master_key_file: Path) -> Iterator[None]:
    """The master key of the tests; no test reads with the keys of another."""
    before = settings.MASTER_KEY_FILE
    settings.MASTER_KEY_FILE = master_key_file
    keyring.forget_everything()
    yield
    keyring.forget_everything()
    settings.MASTER_KEY_FILE = before


@pytest.fixture
def slow_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashing as long as at a real installation, for who measures how long signing in takes."""
    for name, real in REAL_HASHES.items():
        monkeypatch.setattr(Argon2PasswordHasher, name, real)


@pytest.fixture(autouse=True)
def fresh_cache(request: pytest.FixtureRequest) -> Iterator[None]:
    """Rate limits count per test: they lie in a table that most tests roll back; the others empty it."""
    from django.core.cache import cache

    marker = request.node.get_closest_marker("django_db")
    is_kept = bool(marker and marker.kwargs.get("transaction"))
    if is_kept:
        request.getfixturevalue("transactional_db")
        cache.clear()
    yield
    if is_kept:
        cache.clear()


def sign_in(person: Person) -> Client:
    """A browser of somebody who came in the real way: a youth by his device, staff with a second factor."""
    from allauth.mfa.models import Authenticator
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    client = Client()
    if not person.is_known_by_code and not Authenticator.objects.filter(user=person).exists():
        TOTP.activate(person, generate_totp_secret())
    client.force_login(person, backend=BY_CODE if person.is_known_by_code else BY_PASSWORD)
    return client


@pytest.fixture
def client_for() -> Callable[[Person], Client]:
    return sign_in


@pytest.fixture
def anonymous() -> Client:
    return Client()


@pytest.fixture
def written_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """No prepared question is kept: a fault that is planted in one is asked at once, and stays nowhere."""
    monkeypatch.setattr(Prepared, "__call__", lambda question, **values: list(question.write(**values)))
