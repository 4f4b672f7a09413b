"""What every request passes: rest times, the second factor, the reader."""

from collections.abc import Callable
from urllib.parse import quote

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from ipta.accounts.models import Device
from ipta.base.verdict import Refused
from ipta.sharing.door import Reader
from ipta.vault import keyring
from ipta.web import errors, kept

Next = Callable[[HttpRequest], HttpResponse]

# Where somebody without a second factor may go: to get one, or out.
WITHOUT_SECOND_FACTOR = ("/accounts/2fa/", "/accounts/logout/", "/accounts/reauthenticate/", "/static/", "/taal/")


def no_store(get_response: Next) -> Next:
    """No page of anybody stays behind in a browser."""

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not request.path.startswith(f"/{settings.STATIC_URL.strip('/')}/"):
            response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), payment=(), usb=()")
        return response

    return respond


def rest(get_response: Next) -> Next:
    """A session ends after half an hour of rest; a youth's after a quarter, or as soon as his device is taken away."""

    def respond(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and _is_on_lost_device(request):
            logout(request)
        if request.user.is_authenticated:
            request.session.set_expiry(settings.YOUTH_REST if request.user.is_youth else settings.STAFF_REST)
        return get_response(request)

    return respond


def _is_on_lost_device(request: HttpRequest) -> bool:
    device = str(request.session.get("device", ""))
    return bool(device) and Device.objects.filter(pk=device, removed_at__isnull=False).exists()


def second_factor(get_response: Next) -> Next:
    """Staff without a second factor get no further than the page where they set one up."""

    def respond(request: HttpRequest) -> HttpResponse:
        person = request.user
        if not person.is_authenticated or person.is_youth or request.path.startswith(WITHOUT_SECOND_FACTOR):
            return get_response(request)
        if settings.DEMO and request.session.get("stepped_in"):
            return get_response(request)
        if is_mfa_enabled(person):
            return get_response(request)
        return redirect(f"/accounts/2fa/totp/activate/?next={quote(request.get_full_path())}")

    return respond


def reader(get_response: Next) -> Next:
    """Give the request its reader, and forget every key when it ends."""

    def respond(request: HttpRequest) -> HttpResponse:
        with keyring.held():
            if request.user.is_authenticated:
                request.reader = Reader(request.user)  # type: ignore[attr-defined]
            response = get_response(request)
            kept.remember_who(request, response)
            return response

    return respond


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
        return None
