"""How often a wrong code may be tried from one address. Right codes are not counted."""

from contextlib import suppress
from datetime import timedelta

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

MOST = 20
REST = timedelta(minutes=10)


def is_too_often(request: HttpRequest) -> bool:
    return int(cache.get(_key(request), 0)) >= MOST


def count(request: HttpRequest) -> None:
    key = _key(request)
    if not cache.add(key, 1, REST.total_seconds()):
        with suppress(ValueError):  # forgotten in between: ten minutes are over
            cache.incr(key)


def _key(request: HttpRequest) -> str:
    return f"wrong-codes:{_address(request)}"


def _address(request: HttpRequest) -> str:
    """The address our own proxy saw: the last one it added. Whatever stands before that anybody can make up."""
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.SECURE_PROXY_SSL_HEADER else ""
    return forwarded.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "")
