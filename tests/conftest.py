"""What every test stands on: a master key of its own, both databases, and the cast."""

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
from pytest_django.plugin import DjangoDbBlocker

from ipta.accounts.models import Person
from ipta.base.prepared import Prepared
from ipta.vault import keyring, seals
from ipta.walls.raising import raise_walls
from ipta.walls.roles import ROLES

# Machines differ in speed, and a seed that changes by itself makes a red test that nobody can repeat.
hypothesis.settings.register_profile("house", deadline=None, derandomize=True, print_blob=True)
hypothesis.settings.load_profile("house")

pytest_plugins = ["tests.cast", "tests.house.evidence", "tests.house.site"]

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
    """Every test has both databases, but those that only read the method or the code: these need to run once."""
    for item in items:
        if item.get_closest_marker("django_db"):
            continue
        if not item.nodeid.startswith(WITHOUT_DATABASE):
            item.add_marker(pytest.mark.django_db(databases=["default", "keys"]))
        elif connection.vendor != "sqlite":
            item.add_marker(pytest.mark.skip(reason="reads the method or the code: on SQLite is enough"))


@pytest.fixture(scope="session")
def master_key_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("keys") / "master.key"
    file.write_text(seals.master_key_line(1, seals.new_key()))
    return file


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    tmp_path_factory: pytest.TempPathFactory, django_db_modify_db_settings_parallel_suffix: None
) -> None:
    """SQLite in files instead of in memory, as in real use: threads share it, and its bytes can be searched."""
    folder = tmp_path_factory.mktemp("databases")
    for alias in connections:
        connection = connections[alias]
        if connection.vendor == "sqlite":
            connection.settings_dict["TEST"]["NAME"] = str(folder / f"{alias}.sqlite3")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """PostgreSQL with its roles and its walls, as after `bin/ipta migrate`: every request of a test asks as the web."""
    with django_db_blocker.unblock():
        for alias in connections:
            if connections[alias].vendor == "postgresql":
                _make_roles(connections[alias])
                with connections[alias].cursor() as cursor:
                    cursor.execute("CREATE SCHEMA IF NOT EXISTS gate AUTHORIZATION ipta_gate")
                raise_walls(alias)


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
