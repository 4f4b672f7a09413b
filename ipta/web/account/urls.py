"""Signing in, by django-allauth. Of its many doors those stay open that a colleague with a given account needs."""

from collections.abc import Iterable
from functools import wraps

from allauth.account.urls import urlpatterns as account_doors
from allauth.mfa.recovery_codes.views import generate_recovery_codes
from allauth.mfa.totp.views import activate_totp
from allauth.mfa.urls import urlpatterns as second_factor_doors
from allauth.mfa.webauthn.views import add_webauthn
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path
from django.views.decorators.http import require_http_methods

from ipta.web import desk
from ipta.web.account import sessions
from ipta.web.mfa.views import recovery_codes, shown_once
from ipta.web.socialaccount import provider

OPEN = {
    # the second factor
    "mfa_index",
    "mfa_authenticate",
    "mfa_reauthenticate",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "mfa_remove_webauthn",
    "mfa_login_webauthn",
    "mfa_reauthenticate_webauthn",
    # a password
    "account_login",
    "account_logout",
    "account_reauthenticate",
    "account_change_password",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
}


# Where ours stands in the place of allauth's own, or around it.
OURS = {
    "mfa_view_recovery_codes": recovery_codes,
    "mfa_activate_totp": shown_once(activate_totp),
    "mfa_generate_recovery_codes": shown_once(generate_recovery_codes),
    "mfa_add_webauthn": shown_once(add_webauthn),
}


@desk.anyone("GET", "HEAD", "POST")
def closed(request: HttpRequest, **_: str) -> HttpResponse:
    """Nobody signs up or changes his address himself: accounts are given."""
    raise Http404


def doors(found: Iterable[URLPattern | URLResolver]) -> list[URLPattern | URLResolver]:
    return [door(each) for each in found]


def door(found: URLPattern | URLResolver) -> URLPattern | URLResolver:
    """The door itself, or a closed one: allauth looks up the address of each."""
    if isinstance(found, URLResolver):
        return URLResolver(found.pattern, doors(found.url_patterns))
    view = OURS.get(found.name, found.callback) if found.name in OPEN else closed
    return URLPattern(found.pattern, view, found.default_args, found.name)


def not_for_youths(found: Iterable[URLPattern | URLResolver]) -> list[URLPattern | URLResolver]:
    """The same doors, which a youth does not find: he has a code and a PIN, no password. Going out he may."""
    return [_staffed(each) for each in found]


def _staffed(found: URLPattern | URLResolver) -> URLPattern | URLResolver:
    if isinstance(found, URLResolver):
        return URLResolver(found.pattern, not_for_youths(found.url_patterns))
    if found.name == "account_logout":
        return found
    view = found.callback

    @require_http_methods(["GET", "HEAD", "POST"])  # those of allauth answer a PUT as if it were a form
    @wraps(view)
    def answer(request: HttpRequest, **parts: str) -> HttpResponse:
        if request.user.is_authenticated and request.user.is_known_by_code:
            raise Http404
        response: HttpResponse = view(request, **parts)
        return response

    return URLPattern(found.pattern, answer, found.default_args, found.name)


urlpatterns = not_for_youths(
    [
        *doors(account_doors),
        path("2fa/", include(doors(second_factor_doors))),
        path("gemeente/<slug:municipality>/", provider.go, name="openid_connect_login"),
        path("gemeente/<slug:municipality>/terug/", provider.back, name="openid_connect_callback"),
        path("sessions/", sessions.where_i_am, name="sessions"),
    ]
)
