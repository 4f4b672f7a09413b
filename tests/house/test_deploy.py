"""Outside the demo the site does not start while something is unsafe: each thing switched off by itself, and found."""

import os
import runpy
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from django.db import DatabaseError, connection, connections
from django.urls import clear_url_caches, include, path
from pytest_django import Settings

from ipta.accounts.models import Person
from ipta.cli import check
from ipta.vault import seals
from ipta.walls import checks as walls
from ipta.web import checks
from tests.house.code import IPTA, ROOT
from tests.house.evidence import Report

LOCAL = ("PYTEST_VERSION", "IPTA_LOCAL", "IPTA_DEMO", "IPTA_DEBUG", "IPTA_TEST_DATABASE", "IPTA_PG_NAME")
OF_THE_TESTS = {"DATABASES", "ROOT_URLCONF", "STATIC_ROOT", "DATA_DIR", "MASTER_KEY_FILE"}
ON_POSTGRES = os.environ.get("IPTA_TEST_DATABASE") == "postgres"
needs_walls = pytest.mark.skipif(not ON_POSTGRES, reason="PostgreSQL has the walls")


@pytest.fixture
def safe(tmp_path: Path) -> dict[str, str]:
    """What an installation for real people has in its environment."""
    mail = {"IPTA_EMAIL_HOST": "mail.voorbeeld.example"}
    folders = {"IPTA_DATA_DIR": str(tmp_path), "IPTA_STATIC_DIR": str(tmp_path / "static")}
    return {**folders, "IPTA_HOSTS": "ipta.voorbeeld.example", **mail}


@pytest.fixture
def deployed(
    safe: dict[str, str], settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Settings]:
    """The settings of such an installation, as ipta/settings.py makes them; on PostgreSQL signed in as the web."""
    for name in LOCAL:
        monkeypatch.delenv(name, raising=False)
    for name, value in safe.items():
        monkeypatch.setenv(name, value)
    (tmp_path / "secret_key").touch(0o600)
    (tmp_path / "secret_key").write_text("abcdefghijklmnopqrstuvwxyz" * 2)
    for name, value in runpy.run_path(str(IPTA / "settings.py")).items():
        if name.isupper() and name not in OF_THE_TESTS:
            setattr(settings, name, value)
    file = settings.MASTER_KEY_FILE = tmp_path / "master.key"
    file.touch(0o600)
    file.write_text(seals.master_key_line(1, seals.new_key()))
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATIC_ROOT.mkdir()
    (settings.STATIC_ROOT / "staticfiles.json").touch()
    _addresses(settings, monkeypatch, without="demo")
    _as_the_web("SET SESSION AUTHORIZATION ipta_web")
    yield settings
    _as_the_web("RESET SESSION AUTHORIZATION")


def _addresses(settings: Settings, monkeypatch: pytest.MonkeyPatch, *, without: str = "") -> None:
    """The addresses of the site; those of the tests have the demo among them."""
    from ipta import urls

    module = ModuleType("addresses_of_a_test")
    patterns = [each for each in urls.urlpatterns if not without or getattr(each, "namespace", "") != without]
    module.urlpatterns = patterns  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, module.__name__, module)
    settings.ROOT_URLCONF = module.__name__
    clear_url_caches()


def _as_the_web(said: str) -> None:
    for alias in connections:
        if connections[alias].vendor == "postgresql":
            with connections[alias].cursor() as cursor:
                cursor.execute(said)


def faults() -> list[str]:
    """What is wrong, of all there is to ask."""
    return [fault for asked in (*check.everywhere(), *check.in_real_use()) for fault in check._faults_of(asked)]


def the_fault() -> str:
    (fault,) = faults()
    return fault


# --- Nothing wrong, and each thing wrong ---------------------------------------------------------------------


def test_an_installation_as_it_should_be_has_no_fault_and_starts(deployed: Settings) -> None:
    assert faults() == []
    check.refuse_to_start()


def test_looking_costs_next_to_nothing(deployed: Settings) -> None:
    faults()
    before = time.process_time()
    faults()
    assert time.process_time() - before < 0.2


LOOSE = {"DIRECTIVES": {"default-src": ["'none'"], "script-src": ["'self'", "'unsafe-inline'"]}}
EVERYWHERE = {"DIRECTIVES": {"default-src": ["'none'"], "img-src": ["https:"], "style-src": ["*"]}}
OPEN = {"DIRECTIVES": {"script-src": ["'self'"]}}
HOLE = {"DIRECTIVES": {"default-src": ["'none'"]}, "EXCLUDE_URL_PREFIXES": ["/open/"]}
PBKDF2 = "django.contrib.auth.hashers.PBKDF2PasswordHasher"
ARGON2 = "django.contrib.auth.hashers.Argon2PasswordHasher"
LOCMEM = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
UNSAFE = {
    "debug": ("DEBUG", True, "DEBUG is on"),
    "the demo": ("DEMO", True, "The demo is on"),
    "no secret key": ("SECRET_KEY", "", "There is no secret key"),
    "a short secret key": ("SECRET_KEY", "kort maar krachtig", "can be guessed"),
    "a secret key of one letter": ("SECRET_KEY", "a" * 64, "can be guessed"),
    "the secret key of Django": ("SECRET_KEY", f"django-insecure-{'abcdefghijklmno' * 4}", "can be guessed"),
    "the secret key of the tests": ("SECRET_KEY", "only-for-tests-and-set-up" * 3, "can be guessed"),
    "no host": ("ALLOWED_HOSTS", [], "IPTA_HOSTS is empty"),
    "any host": ("ALLOWED_HOSTS", ["*"], "answer to any name"),
    "a session over http": ("SESSION_COOKIE_SECURE", False, "The session cookie"),
    "a session for scripts": ("SESSION_COOKIE_HTTPONLY", False, "The session cookie"),
    "a session of any host": ("SESSION_COOKIE_NAME", "sessie", "The session cookie"),
    "a form token over http": ("CSRF_COOKIE_SECURE", False, "The csrf cookie"),
    "a form token of other sites": ("CSRF_COOKIE_SAMESITE", "None", "The csrf cookie"),
    "a language over http": ("LANGUAGE_COOKIE_SECURE", False, "The language cookie"),
    "no HSTS": ("SECURE_HSTS_SECONDS", 0, "https only"),
    "a month of HSTS": ("SECURE_HSTS_SECONDS", 2_592_000, "https only"),
    "HSTS without subdomains": ("SECURE_HSTS_INCLUDE_SUBDOMAINS", False, "https only"),
    "no way to https": ("SECURE_SSL_REDIRECT", False, "not sent on to https"),
    "scripts in pages": ("CONTENT_SECURITY_POLICY", LOOSE, "scripts or styles of others: script-src"),
    "pictures of everybody": ("CONTENT_SECURITY_POLICY", EVERYWHERE, "of others: img-src, style-src"),
    "no content policy": ("CONTENT_SECURITY_POLICY", None, "default-src 'none'"),
    "an open content policy": ("CONTENT_SECURITY_POLICY", OPEN, "default-src 'none'"),
    "pages without content policy": ("CONTENT_SECURITY_POLICY", HOLE, "Some pages"),
    "nobody who says the policy": ("MIDDLEWARE", ["django.middleware.common.CommonMiddleware"], "default-src 'none'"),
    "mails on the screen": ("EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend", "Mails go nowhere"),
    "each worker its own count": ("CACHES", LOCMEM, "counts wrong tries for itself"),
    "another hash first": ("PASSWORD_HASHERS", [PBKDF2, ARGON2], "Argon2 alone: PASSWORD_HASHERS names django"),
    "another hash too": ("PASSWORD_HASHERS", [ARGON2, PBKDF2], "Argon2 alone"),
    "no hash": ("PASSWORD_HASHERS", [], "PASSWORD_HASHERS is empty"),
}


@pytest.mark.parametrize("what", UNSAFE)
def test_one_unsafe_setting_is_one_fault(
    what: str, deployed: Settings, capsys: pytest.CaptureFixture[str], evidence: Report
) -> None:
    name, value, said = UNSAFE[what]
    setattr(deployed, name, value)
    evidence("Unsafe settings that are found", said in the_fault(), of=1, aim="all")
    assert said in the_fault()
    with pytest.raises(SystemExit) as left:
        check.refuse_to_start()
    assert left.value.code == 1
    assert capsys.readouterr().err == f"ipta: {the_fault()}\nipta: The site does not start: 1 fault.\n"


@pytest.mark.parametrize(
    ("url", "token", "said"),
    [("http://sms.example/", "sesam", "leave in clear"), ("https://sms.example/", "", "has no token")],
)
def test_text_messages_leave_in_secret_or_not_at_all(deployed: Settings, url: str, token: str, said: str) -> None:
    deployed.TEXT_URL, deployed.TEXT_TOKEN = url, token
    assert said in the_fault()


def test_the_address_of_the_demo_is_a_fault(deployed: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    _addresses(deployed, monkeypatch)
    assert "The demo is on" in the_fault()


def test_a_page_that_does_not_say_for_whom_it_is(deployed: Settings) -> None:
    module = sys.modules[deployed.ROOT_URLCONF]

    def open_to_all(request: object) -> None:
        """A view that somebody forgot."""

    inner = ([path("vergeten/", open_to_all, name="forgotten")], "inner")
    module.urlpatterns = [*module.urlpatterns, path("", include(inner))]
    clear_url_caches()
    assert "open_to_all declares no desk" in the_fault()


@pytest.mark.parametrize("file", ["secret_key", "master.key", "log.key"])
@pytest.mark.parametrize("mode", [0o604, 0o602, 0o620, 0o644])
def test_a_key_that_others_can_read_or_change(
    file: str, mode: int, deployed: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    (tmp_path / file).touch(0o600)
    (tmp_path / file).chmod(0o440)  # as systemd hands it over
    assert faults() == []
    (tmp_path / file).chmod(mode)
    assert the_fault().endswith(f"chmod 600 {tmp_path / file}")


@pytest.mark.parametrize("file", ["secret_key", "log.key"])
def test_a_key_that_the_group_can_read_is_no_credential(file: str, deployed: Settings, tmp_path: Path) -> None:
    (tmp_path / file).touch(0o600)
    (tmp_path / file).chmod(0o640)
    assert the_fault().endswith(f"chmod 600 {tmp_path / file}")


def test_no_master_key(deployed: Settings, tmp_path: Path) -> None:
    (tmp_path / "master.key").unlink()
    assert "never make a new one" in the_fault()


@pytest.mark.parametrize("name", ["DEMO", "DEBUG", "IS_LOCAL"])
def test_what_is_for_this_machine_alone_does_not_start_under_another_name(
    name: str, deployed: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    setattr(deployed, name, True)
    deployed.IS_LOCAL = True
    with pytest.raises(SystemExit):
        check.refuse_to_start()
    assert "IPTA_HOSTS names ipta.voorbeeld.example" in capsys.readouterr().err
    deployed.ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
    check.refuse_to_start()


@pytest.mark.skipif(ON_POSTGRES, reason="about SQLite")
def test_two_municipalities_in_one_file(deployed: Settings, noor: Person, lotte: Person, yara: Person) -> None:
    assert "2 municipalities in one SQLite file" in the_fault()


def test_a_database_that_does_not_answer(deployed: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def silent() -> Iterator[str]:
        raise DatabaseError("connection refused")
        yield

    monkeypatch.setattr(checks, "IN_REAL_USE", (checks.Check("The database answers", silent),))
    assert the_fault() == "could not be looked at: connection refused"


# --- The database ----------------------------------------------------------------------------------------------


@needs_walls
@pytest.mark.parametrize("role", ["ipta", "ipta_backup"])
def test_a_role_whom_no_wall_stops(role: str, deployed: Settings) -> None:
    role = str(connection.settings_dict["USER"]) if role == "ipta" else role
    with connection.cursor() as cursor:
        cursor.execute("RESET SESSION AUTHORIZATION")
        cursor.execute(f'SET SESSION AUTHORIZATION "{role}"')
    found = faults()
    assert f"as {role}, whom no wall stops" in found[0]
    assert "as an owner of its tables" in " ".join(found) or role == "ipta_backup"


@needs_walls
@pytest.mark.parametrize("way", ["itself", "as a member"])
def test_an_owner_of_a_table(way: str, deployed: Settings) -> None:
    owner = "ipta_web" if way == "itself" else "ipta_owner"
    _as_owner("SET CONSTRAINTS ALL IMMEDIATE", f"ALTER TABLE dossiers_note OWNER TO {owner}")
    if way == "itself":
        assert "as an owner of its tables (dossiers_note ...)" in the_fault()
    else:
        assert faults() == []
        _as_owner("GRANT ipta_owner TO ipta_web")
        assert "as an owner of its tables (dossiers_note ...)" in the_fault()


@needs_walls
@pytest.mark.parametrize("said", ["NO FORCE", "DISABLE"])
@pytest.mark.parametrize(("alias", "table"), [("default", "dossiers_note"), ("keys", "vault_sectionkey")])
def test_a_table_without_its_wall(said: str, alias: str, table: str, deployed: Settings) -> None:
    _as_owner(f"ALTER TABLE {table} {said} ROW LEVEL SECURITY", alias=alias)
    assert f"no wall around {table}. Run bin/ipta migrate." in the_fault()


@needs_walls
def test_a_new_table_that_hangs_on_a_dossier(deployed: Settings) -> None:
    _as_owner("CREATE TABLE newcomer (dossier_id uuid)", "GRANT SELECT ON newcomer TO ipta_web")
    assert "no wall around newcomer" in the_fault()


def _as_owner(*said: str, alias: str = "default") -> None:
    with connections[alias].cursor() as cursor:
        for each in ("RESET SESSION AUTHORIZATION", *said, "SET SESSION AUTHORIZATION ipta_web"):
            cursor.execute(each)


@needs_walls
def test_a_clock_that_is_off(deployed: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    real = time.time
    for seconds, is_off in ((29, False), (-29, False), (32, True), (-32, True)):
        monkeypatch.setattr(time, "time", lambda ahead=seconds: real() + ahead)
        assert bool(faults()) is is_off
        assert all("seconds off from the clock here" in fault for fault in faults())


@needs_walls
def test_a_way_to_the_database_that_is_not_sealed(deployed: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    for host in ("", "/run/postgresql", "localhost", "127.0.0.1"):
        monkeypatch.setitem(connection.settings_dict, "HOST", host)
        assert list(walls.faults("default")) == []
    monkeypatch.setitem(connection.settings_dict, "HOST", "database.voorbeeld.example")
    assert "at database.voorbeeld.example is not sealed" in " ".join(walls.faults("default"))


# --- As it is started for real -----------------------------------------------------------------------------------


@pytest.fixture
def run(safe: dict[str, str]) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run Python with the environment of an installation, and more or other things in it."""
    kept = {name: value for name, value in os.environ.items() if name not in LOCAL}

    def run(*said: str, **more: str) -> subprocess.CompletedProcess[str]:
        env = kept | safe | more
        return subprocess.run(
            [sys.executable, *said], env=env, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
        )

    return run


@pytest.mark.slow
@pytest.mark.skipif(ON_POSTGRES, reason="an installation on SQLite")
def test_a_new_installation_starts_and_an_unsafe_one_says_why(
    run: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    for said in ("init", "migrate", "static"):
        assert run("-m", "ipta", said).returncode == 0
    told = run("-m", "ipta", "check")
    assert (told.returncode, told.stdout.splitlines()[-1]) == (0, "The site starts.")
    started = run("-c", "import ipta.wsgi")
    assert (started.returncode, started.stderr) == (0, "")
    (tmp_path / "master.key").chmod(0o644)
    started = run("-c", "import ipta.wsgi", IPTA_HOSTS="*")
    assert started.returncode == 1
    assert started.stderr.count("\n") == 3
    assert started.stderr.endswith("The site does not start: 2 faults.\n")
    served = run("-m", "granian", "--interface", "wsgi", "--port", "0", "ipta.wsgi:application", IPTA_HOSTS="*")
    assert served.returncode != 0
    assert "answer to any name" in served.stderr + served.stdout
    assert run("-c", "import ipta.wsgi", IPTA_DEMO="1").returncode == 1


def test_without_its_styles_the_site_does_not_start(deployed: Settings, tmp_path: Path) -> None:
    (tmp_path / "static" / "staticfiles.json").unlink()
    assert the_fault().endswith(f"not in {tmp_path / 'static'}: bin/ipta static")


def test_the_administrator_sees_what_is_well_too(deployed: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    said = check.check(asked())
    assert said.endswith("The site starts.")
    assert said.count("well ") == len(check.everywhere()) + len(check.in_real_use())
    deployed.SECURE_SSL_REDIRECT = False
    with pytest.raises(SystemExit):
        check.check(asked())
    told = capsys.readouterr().out
    assert told.count("FAULT  ") == 1
    assert told.count("well ") == len(check.everywhere()) + len(check.in_real_use()) - 1
    assert told.endswith("The site does not start: 1 fault.\n")


def test_in_the_demo_all_is_told_and_little_counts(settings: Settings) -> None:
    said = check.check(asked())
    assert "FAULT  Browsers come over https only" in said
    assert said.endswith("only the first 2 count.\n\nThe site starts.")


def asked(*, dependencies: bool = False) -> Any:
    from argparse import Namespace

    return Namespace(dependencies=dependencies)
