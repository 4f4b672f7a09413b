"""What every request passes: the headers, rest times, the second factor, the reader."""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve

from ipta.accounts import guests, rules, sessions
from ipta.accounts.models import Device, Person
from ipta.accounts.providers import has_given_second_factor
from ipta.base import acting
from ipta.base.verdict import Impossible, Refused
from ipta.sharing.door import Reader
from ipta.vault import keyring
from ipta.web import errors, kept

TOLD_EVERY, TOLD_IN = 60, 15  # seconds; and at least so often within the time it may rest
Next = Callable[[HttpRequest], HttpResponse]

# Where somebody without a second factor may go: to get one, or out.
WITHOUT_SECOND_FACTOR = {
    "mfa_index",
    "mfa_authenticate",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "mfa_remove_webauthn",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "account_reauthenticate",
    "account_logout",
    "set_language",
}


def nobody_yet(get_response: Next) -> Next:
    """Until it is known who asks, the database is asked on behalf of nobody."""

    def respond(request: HttpRequest) -> HttpResponse:
        with acting.as_nobody():
            return get_response(request)

    return respond


def headers(get_response: Next) -> Next:
    """On every answer, also of a file or a fault. No page of anybody stays behind in a browser."""

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not request.path.startswith(f"/{settings.STATIC_URL.strip('/')}/"):
            response.headers.setdefault("Cache-Control", "no-store")
        for name, value in settings.HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    return respond


def rest(get_response: Next) -> Next:
    """A session ends after half an hour of rest, that of a guest after a quarter, a youth's after a minute or as his
    telephone was told; after twelve hours in any case. Who comes back to his device gives his PIN, and finds his page
    and his words again (decision 38).

    It also ends as soon as the device is taken away, the link of a guest is cut, or at signing out: then the browser
    forgets what it kept.
    """

    def respond(request: HttpRequest) -> HttpResponse:
        device = _device(request) if request.user.is_authenticated else None
        if request.user.is_authenticated and _is_over(request, device):
            logout(request)
        was_in = request.user.is_authenticated
        if was_in and device:
            request.away = device["away_minutes"] * 60  # type: ignore[attr-defined]  # told to the page (`context`)
        response = get_response(request)
        if request.user.is_authenticated:
            is_same = was_in and request.method != "POST"  # nobody came in, and nothing was chosen
            _let_it_rest(request, _rest(request, device if is_same else _device(request)))
        elif was_in:
            response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response

    return respond


def _device(request: HttpRequest) -> dict[str, Any] | None:
    """The device on which a youth gave his PIN, or a guest his code."""
    number: Any = request.session.get(sessions.DEVICE)
    found: Any = Device.objects.filter(pk=number).values("away_minutes", "removed_at") if number else ()
    return next(iter(found), None)


def _is_over(request: HttpRequest, device: dict[str, Any] | None) -> bool:
    if time.time() - request.session.get(sessions.SINCE, time.time()) >= settings.SESSION_COOKIE_AGE:
        return True
    person: Any = request.user
    if person.is_guest and guests.link_of(person) is None:  # cut, or its last day has passed
        return True
    return bool(device and device["removed_at"])


def _rest(request: HttpRequest, device: dict[str, Any] | None) -> int:
    """For how many seconds a session may lie still."""
    person: Any = request.user
    if not person.is_youth:
        return settings.GUEST_REST if person.is_guest else settings.STAFF_REST
    return device["away_minutes"] * 60 if device else settings.YOUTH_REST


def _let_it_rest(request: HttpRequest, rest: int) -> None:
    """It may lie still so many seconds from now on, and never longer than twelve hours in all.

    Told at most once a minute: so not every page that is read writes a session. Where it rests shorter, sooner.
    """
    session: Any = request.session  # of `accounts/sessions.py`
    since = session.get(sessions.SINCE) or time.time()
    longest = since + settings.SESSION_COOKIE_AGE - time.time()
    ends_in = max(1, int(min(rest, longest)))
    told = session.rests_until
    if (
        session.modified
        or not told
        or abs(told.timestamp() - time.time() - ends_in) >= min(TOLD_EVERY, rest // TOLD_IN)
    ):
        session[sessions.SINCE] = since
        session[sessions.ON] = rules.device_name(request.headers.get("User-Agent", ""))
        session.set_expiry(ends_in)


def second_factor(get_response: Next) -> Next:
    """Staff without a second factor get no further than the page where they set one up."""

    def respond(request: HttpRequest) -> HttpResponse:
        person = request.user
        if not person.is_authenticated or person.is_known_by_code:
            return get_response(request)
        if settings.DEMO and request.session.get("stepped_in"):
            return get_response(request)
        session: Any = request.session  # of `accounts/sessions.py`
        if session.has_second_factor or has_given_second_factor(request) or _leads_to_one(request):
            return get_response(request)
        return redirect(f"/accounts/2fa/totp/activate/?next={quote(request.get_full_path())}")

    return respond


def _leads_to_one(request: HttpRequest) -> bool:
    try:
        return resolve(request.path_info).url_name in WITHOUT_SECOND_FACTOR
    except Resolver404:
        return False


def reader(get_response: Next) -> Next:
    """Give the request its reader, and forget every key when it ends."""

    def respond(request: HttpRequest) -> HttpResponse:
        with keyring.held(), _on_behalf_of(request.user):
            reader = Reader(request.user) if request.user.is_authenticated else None
            if reader:
                request.reader = reader  # type: ignore[attr-defined]
            response = get_response(request)
            if reader:
                reader.settle()
            kept.remember_who(request, response)
            return response

    return respond


def _on_behalf_of(person: Person | AnonymousUser) -> AbstractContextManager[None]:
    return acting.as_person(person.pk) if isinstance(person, Person) and person.is_authenticated else nullcontext()


class Answers:
    """What a view says by raising becomes a page."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        if isinstance(fault, Refused):
            return errors.not_found(request)
        if isinstance(fault, OperationalError):
            return errors.unavailable(fault)
        if isinstance(fault, Impossible) and request.method == "POST":
            return errors.impossible(request, fault)
        return None
