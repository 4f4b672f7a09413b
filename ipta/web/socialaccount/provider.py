"""Signing in with the identity provider of the municipality: to it, and back."""

import logging

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from requests import RequestException

from ipta.accounts import providers
from ipta.accounts.oidc import IdentityProvider
from ipta.web import desk, onwards

log = logging.getLogger("ipta.web")


@desk.anyone("POST")
def go(request: HttpRequest, municipality: str) -> HttpResponse:
    """To the provider, by a page in between: a form may not lead to another site (`form-action` of the policy)."""
    ours = _provider(municipality)
    if request.user.is_authenticated:
        return redirect("home")
    try:
        there = get_adapter().get_provider(request, ours.issuer)
        onward = there.redirect(request, AuthProcess.LOGIN, next_url=onwards.asked(request))
    except (RequestException, OAuth2Error, providers.NotSignedIn) as fault:
        return _not_signed_in(request, ours, fault, status=503)
    return render(request, "socialaccount/onwards.html", {"provider": ours, "there": onward.url})


@desk.anyone("GET")
def back(request: HttpRequest, municipality: str) -> HttpResponse:
    """Back again, with what the provider says of him."""
    ours = _provider(municipality)
    try:
        view = OAuth2CallbackView.adapter_view(providers.Protocol(request, ours.issuer))
        response: HttpResponse = view(request)
    except (providers.NotSignedIn, KeyError, ValueError) as fault:
        return _not_signed_in(request, ours, fault, status=403)
    return response


def _provider(municipality: str) -> IdentityProvider:
    if found := providers.of_municipality(municipality.upper()):
        return found
    raise Http404


def _not_signed_in(request: HttpRequest, ours: IdentityProvider, fault: Exception, *, status: int) -> HttpResponse:
    """One page for every reason: whether somebody is known here is nobody's business."""
    log.warning("not signed in by a provider: %s", type(fault).__name__)
    return render(request, "socialaccount/not_signed_in.html", {"provider": ours}, status=status)
