"""What must be right before the site serves anybody, as far as the settings and the addresses tell.

Each check gives the faults it finds, a line each; what the database tells stands in `ipta/walls/checks.py`.
`bin/ipta check` prints them all, and the site does not start while there is one.
"""

import os
import stat
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import ImproperlyConfigured
from django.urls import URLPattern, URLResolver, get_resolver

from ipta.vault import master

# Views of others: who may go through stands in the files that bring them in (ipta/web/account/urls.py, ipta/urls.py).
OF_OTHERS = ("allauth.", "django.views.i18n")
THIS_MACHINE = {"localhost", "127.0.0.1", "[::1]", "testserver"}
KEY_LENGTH, KEY_LETTERS = 50, 10
YEAR = 31_536_000


@dataclass(frozen=True, slots=True)
class Check:
    what: str  # that is well, when there are no faults
    faults: Callable[[], Iterator[str]]


# --- everywhere, also in the demo ----------------------------------------------------------------------------


def open_doors() -> Iterator[str]:
    """Views of ours that do not say who sits there."""
    for pattern in _patterns(get_resolver()):
        view = pattern.callback
        if not view.__module__.startswith(OF_OTHERS) and not hasattr(view, "desk"):
            yield f"{view.__module__}.{view.__name__} declares no desk"


@register("desks")
def every_view_declares_a_desk(app_configs: Any = None, **_: Any) -> list[CheckMessage]:
    """The same for `manage.py check`."""
    return [Error(fault, id="ipta.E001") for fault in open_doors()]


def strangers_at_the_demo() -> Iterator[str]:
    """Plain http, a door without a password: for this machine alone."""
    if settings.IS_LOCAL and (others := set(settings.ALLOWED_HOSTS) - THIS_MACHINE):
        yield (
            f"IPTA_HOSTS names {_list(others)}, and IPTA_LOCAL, IPTA_DEMO or IPTA_DEBUG is set: that is for this "
            "machine alone. Take one of the two away."
        )


EVERYWHERE = (
    Check("Every page says for whom it is", open_doors),
    Check("What is for this machine alone has no other name", strangers_at_the_demo),
)


# --- in real use -----------------------------------------------------------------------------------------------


def debug() -> Iterator[str]:
    engines: list[dict[str, Any]] = settings.TEMPLATES
    if settings.DEBUG or any(engine["OPTIONS"].get("debug") for engine in engines):
        yield "DEBUG is on: a fault shows the insides of the program, and texts with it. Take IPTA_DEBUG away."


def demo() -> Iterator[str]:
    if settings.DEMO or "demo" in get_resolver().namespace_dict:
        yield "The demo is on: anybody steps in as anybody at /proef/. Take IPTA_DEMO away."


def secret_key() -> Iterator[str]:
    try:
        key = settings.SECRET_KEY
    except ImproperlyConfigured:
        key = ""
    if not key:
        yield f"There is no secret key in {settings.SECRET_KEY_FILE}. A new installation begins with bin/ipta init."
    elif len(key) < KEY_LENGTH or len(set(key)) < KEY_LETTERS or key.startswith(("only-for-tests", "django-insecure")):
        yield f"The secret key in {settings.SECRET_KEY_FILE} can be guessed. Put {KEY_LENGTH} random letters in it."


def secret_files() -> Iterator[str]:
    for file in (settings.SECRET_KEY_FILE, settings.LOG_KEY_FILE):
        yield from _not_for_others(file)
    try:
        master.versions()
    except master.NoMasterKey as fault:
        yield str(fault)


def _not_for_others(file: Path) -> Iterator[str]:
    """Of a credential its group may read it: so it shows that systemd lets its user in (as in `vault/master.py`)."""
    is_credential = file.parent == Path(os.environ.get("CREDENTIALS_DIRECTORY", "/nowhere"))
    others = 0o027 if is_credential else 0o077
    if file.exists() and stat.S_IMODE(file.stat().st_mode) & others:
        yield f"{file} can be read or changed by others on this machine: chmod 600 {file}"


def hosts() -> Iterator[str]:
    if not settings.ALLOWED_HOSTS:
        yield "IPTA_HOSTS is empty. Say under which names the site is reached, such as ipta.example.nl"
    if any("*" in host for host in settings.ALLOWED_HOSTS):
        yield "IPTA_HOSTS says *: the site would answer to any name. Say its own names."


def cookies() -> Iterator[str]:
    for kind in ("SESSION", "CSRF", "LANGUAGE"):
        said = {name: getattr(settings, f"{kind}_COOKIE_{name}") for name in ("NAME", "SECURE", "HTTPONLY", "SAMESITE")}
        is_safe = said["SECURE"] and said["HTTPONLY"] and said["SAMESITE"] in {"Lax", "Strict"}
        if not is_safe or not said["NAME"].startswith("__Host-"):
            names = f"{kind}_COOKIE_NAME, _SECURE, _HTTPONLY, _SAMESITE"
            yield f"The {kind.lower()} cookie can be read or set by others: {names}"


def https() -> Iterator[str]:
    if settings.SECURE_HSTS_SECONDS < YEAR or not settings.SECURE_HSTS_INCLUDE_SUBDOMAINS:
        yield "Browsers are not told to come over https only, for a year: SECURE_HSTS_SECONDS, _INCLUDE_SUBDOMAINS"
    if not settings.SECURE_SSL_REDIRECT:
        yield "Who comes over http is not sent on to https: SECURE_SSL_REDIRECT"


def content_policy() -> Iterator[str]:
    policy = settings.CONTENT_SECURITY_POLICY or {}
    said: Mapping[str, Any] = policy.get("DIRECTIVES", {})
    loose = [name for name, allowed in said.items() if isinstance(allowed, list) and any(map(_is_loose, allowed))]
    if said.get("default-src") != ["'none'"] or "csp.middleware.CSPMiddleware" not in settings.MIDDLEWARE:
        yield "Pages may bring in anything: CONTENT_SECURITY_POLICY does not begin with default-src 'none'"
    if loose:
        yield f"CONTENT_SECURITY_POLICY lets in scripts or styles of others: {_list(loose)}"
    if policy.get("EXCLUDE_URL_PREFIXES"):
        yield "Some pages have no Content-Security-Policy: EXCLUDE_URL_PREFIXES"


def _is_loose(source: str) -> bool:
    return "unsafe" in source or "*" in source or source.rstrip("/") in {"http:", "https:"}


def mail() -> Iterator[str]:
    if settings.EMAIL_BACKEND != "django.core.mail.backends.smtp.EmailBackend":
        yield "Mails go nowhere, or into the log: nobody can choose a password. Set IPTA_EMAIL_HOST."


def texting() -> Iterator[str]:
    if not settings.TEXT_URL:
        return
    if not settings.TEXT_URL.startswith("https://"):
        yield "Text messages would leave in clear, with numbers of youths: IPTA_TEXT_URL does not begin with https://"
    if not settings.TEXT_TOKEN:
        yield f"The gateway for text messages has no token in {settings.TEXT_TOKEN_FILE}. Set IPTA_TEXT_TOKEN_FILE."
    yield from _not_for_others(settings.TEXT_TOKEN_FILE)


def shared_counts() -> Iterator[str]:
    kind = settings.CACHES["default"]["BACKEND"]
    if kind.rpartition(".")[2] in {"LocMemCache", "DummyCache"}:
        yield f"Each worker counts wrong tries for itself: CACHES is {kind}. Use one that all workers share."


def static_files() -> Iterator[str]:
    """Without them no page comes: each asks under which name its styles lie."""
    listed = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if not listed.exists():
        yield f"The styles and scripts are not in {settings.STATIC_ROOT}: bin/ipta static"


def passwords() -> Iterator[str]:
    if others := [kind for kind in settings.PASSWORD_HASHERS if not kind.endswith(".Argon2PasswordHasher")]:
        yield f"Passwords are not kept with Argon2 alone: PASSWORD_HASHERS names {_list(others)}"
    if not settings.PASSWORD_HASHERS:
        yield "PASSWORD_HASHERS is empty"


def one_municipality_per_file() -> Iterator[str]:
    from django.db import connection

    from ipta.accounts.models import Post

    if connection.vendor == "sqlite":
        count = Post.objects.values("municipality").distinct().count()
        if count > 1:
            yield f"{count} municipalities in one SQLite file, no walls between them. Use PostgreSQL, or a file each"


IN_REAL_USE = (
    Check("No page shows the insides of the program", debug),
    Check("There is no demo", demo),
    Check("The secret key cannot be guessed", secret_key),
    Check("The files with keys are there, and for us alone", secret_files),
    Check("The site answers to its own names only", hosts),
    Check("Cookies are for this site and https only", cookies),
    Check("Browsers come over https only", https),
    Check("Pages take nothing from elsewhere", content_policy),
    Check("There is a mail server", mail),
    Check("Text messages leave in secret", texting),
    Check("All workers count wrong tries together", shared_counts),
    Check("The styles and scripts lie ready", static_files),
    Check("Passwords are kept with Argon2", passwords),
    Check("A SQLite file holds one municipality", one_municipality_per_file),
)


def _patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for found in resolver.url_patterns:
        if isinstance(found, URLResolver):
            yield from _patterns(found)
        else:
            yield found


def _list(names: Any) -> str:
    return ", ".join(sorted(names))
