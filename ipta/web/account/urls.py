"""Signing in, by django-allauth. Of its many doors those stay open that a colleague with a given account needs."""

from collections.abc import Iterable
from functools import wraps

from allauth.account.urls import urlpatterns as account_doors
from allauth.mfa.urls import urlpatterns as second_factor_doors
from allauth.usersessions.urls import urlpatterns as session_doors
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path

from ipta.web import desk

OPEN = {
    "account_login",
    "account_logout",
    "account_reauthenticate",
    "account_change_password",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
}


@desk.anyone("GET", "HEAD", "POST")
def closed(request: HttpRequest, **_: str) -> HttpResponse:
    """Nobody signs up or changes his address himself: accounts are given."""
    raise Http404


def door(pattern: URLPattern) -> URLPattern:
    """The door itself, or a closed one: allauth looks up the address of each."""
    return pattern if pattern.name in OPEN else URLPattern(pattern.pattern, closed, name=pattern.name)


def not_for_youths(doors: Iterable[URLPattern | URLResolver]) -> list[URLPattern | URLResolver]:
    """The same doors, which a youth does not find: he has a code and a PIN, no password. Going out he may."""
    return [_staffed(found) for found in doors]


def _staffed(found: URLPattern | URLResolver) -> URLPattern | URLResolver:
    if isinstance(found, URLResolver):
        return URLResolver(found.pattern, not_for_youths(found.url_patterns))
    if found.name == "account_logout":
        return found
    view = found.callback

    @wraps(view)
    def answer(request: HttpRequest, **parts: str) -> HttpResponse:
        if request.user.is_authenticated and request.user.is_youth:
            raise Http404
        response: HttpResponse = view(request, **parts)
        return response

    return URLPattern(found.pattern, answer, found.default_args, found.name)


urlpatterns = not_for_youths(
    [
        *(door(pattern) for pattern in account_doors),
        path("2fa/", include(second_factor_doors)),
        path("sessions/", include(session_doors)),
    ]
)
