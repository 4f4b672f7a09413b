"""Signing in with the identity provider of one's municipality. It says who somebody is; what he may do is ours to say.

Known by issuer and `sub` from the first time on. At that first time by a mail address that the provider verified, of a
domain of the municipality, of somebody who has an account, a role there today, and nobody linked yet.
"""

import secrets
from functools import cache
from typing import Any

import jwt
from allauth.account.authentication import get_authentication_records
from allauth.account.models import EmailAddress
from allauth.mfa.stages import AuthenticateStage
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.models import SocialAccount, SocialLogin
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from ipta.accounts.models import Municipality, Person, Post
from ipta.accounts.oidc import IdentityProvider
from ipta.base import acting
from ipta.journal.commands import record

ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]
YES = (True, 1, "1", "true")  # how providers say that a mail address is verified


class NotSignedIn(Exception):
    """The provider did not say who this is, or it is nobody who works here. The reason is for the log alone."""


@cache
def _by(what: str) -> dict[str, IdentityProvider]:
    return {getattr(provider, what): provider for provider in settings.IDENTITY_PROVIDERS}


def of_municipality(code: str) -> IdentityProvider | None:
    return _by("municipality").get(code)


def has_given_second_factor(request: HttpRequest) -> bool:
    """Did he come in by a provider that always asks a second factor?"""
    issuers = {record.get("provider") for record in get_authentication_records(request, request.user)}
    return any(provider.second_factor for issuer, provider in _by("issuer").items() if issuer in issuers)


class Protocol(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """OpenID Connect as allauth speaks it, with all checks that the specification knows."""

    @property
    def openid_config(self) -> dict[str, Any]:
        config: dict[str, Any] = super().openid_config
        if config.get("issuer") != self.provider_id:
            raise OAuth2Error("the provider calls itself otherwise than in our file")
        return config

    def get_callback_url(self, request: HttpRequest, app: Any) -> str:
        return str(request.build_absolute_uri(self.get_provider().get_callback_url()))

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **kwargs: Any) -> SocialLogin:
        claims = self._signed(kwargs["response"].get("id_token", ""), app.client_id)
        told = self._fetch_user_info(token.token)
        if told.get("sub") != claims["sub"]:
            raise OAuth2Error("two answers about two people")
        login = self.get_provider().sociallogin_from_response(request, {**told, **claims})
        login.nonce = claims.get("nonce")
        return login

    def _signed(self, token: str, client: str) -> dict[str, Any]:
        """What the provider says under its own signature, to us. Raises `OAuth2Error`."""
        with get_adapter().get_requests_session() as session:
            keys = session.get(self.openid_config["jwks_uri"]).json()
        try:
            wanted = jwt.get_unverified_header(token).get("kid")
            key = next(key for key in jwt.PyJWKSet.from_dict(keys).keys if wanted in (None, key.key_id))
            claims: dict[str, Any] = jwt.decode(
                token,
                key,
                algorithms=ALGORITHMS,
                audience=client,
                issuer=self.provider_id,
                options={"require": ["exp", "iat", "iss", "aud", "sub"]},
            )
        except (jwt.PyJWTError, StopIteration) as fault:
            raise OAuth2Error("not signed by the provider") from fault
        if claims.get("azp", client) != client:
            raise OAuth2Error("said to another application")
        return claims


class OfMunicipality(OpenIDConnectProvider):  # type: ignore[misc]
    oauth2_adapter_class = Protocol
    pkce_enabled_default = True

    @property
    def ours(self) -> IdentityProvider:
        return _by("issuer")[self.app.provider_id]

    def get_login_url(self, request: HttpRequest, **kwargs: Any) -> str:
        from django.urls import reverse

        return reverse("openid_connect_login", args=[self.ours.municipality.lower()])

    def get_callback_url(self) -> str:
        from django.urls import reverse

        return reverse("openid_connect_callback", args=[self.ours.municipality.lower()])

    def redirect(self, request: HttpRequest, process: str, next_url: str | None = None, **_: Any) -> HttpResponse:
        """To the provider, with a random word that must come back in what it signs."""
        nonce = secrets.token_urlsafe(24)
        answer: HttpResponse = super().redirect(
            request, process, next_url=next_url, nonce=nonce, auth_params={"nonce": nonce}
        )
        return answer

    def extract_uid(self, data: dict[str, Any]) -> str:
        return str(data["sub"])

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        return {}  # of what it tells about somebody nothing is kept

    def extract_common_fields(self, data: dict[str, Any]) -> dict[str, Any]:
        return {}

    def extract_email_addresses(self, data: dict[str, Any]) -> list[EmailAddress]:
        is_his = data.get(self.ours.verified_claim) in YES
        return [EmailAddress(email=str(data["email"]), verified=True)] if is_his and data.get("email") else []


class OnlyColleagues(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Nobody signs up by a provider: who has no account and no role stays outside."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def on_authentication_error(self, request: HttpRequest, provider: Any, **why: Any) -> None:
        raise NotSignedIn(why.get("error") or why.get("exception"))

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Raises `NotSignedIn`, unless this is somebody who works in the municipality of the provider."""
        provider = _by("issuer")[sociallogin.account.provider]
        if not sociallogin.nonce or sociallogin.state.get("nonce") != sociallogin.nonce:
            raise NotSignedIn("an answer to another question")
        sociallogin.is_first_time = not sociallogin.is_existing
        if sociallogin.is_first_time:
            _link(request, sociallogin, provider)
        elif not _works_here(sociallogin.user, provider):
            raise NotSignedIn("no role here")


class SecondFactor(AuthenticateStage):  # type: ignore[misc]
    """Our own second factor is asked, unless the provider always asks one and knows this account already.

    The first time it is asked of who has one here: an address may have gone to somebody else.
    """

    def _should_handle(self, request: HttpRequest) -> bool:
        came_by: SocialLogin | None = (self.login.signal_kwargs or {}).get("sociallogin")
        if came_by and not came_by.is_first_time and _by("issuer")[came_by.account.provider].second_factor:
            return False
        return bool(super()._should_handle(request))


@transaction.atomic
def _link(request: HttpRequest, sociallogin: SocialLogin, provider: IdentityProvider) -> None:
    """From now on this is his account. Raises `NotSignedIn`."""
    addresses = [address.email for address in sociallogin.email_addresses if provider.allows(address.email)]
    known = Person.objects.with_email(addresses[0]) if addresses else None
    person = known and Person.objects.select_for_update().get(pk=known.pk)  # of two at once one is the first
    if not person or not _works_here(person, provider):
        raise NotSignedIn("nobody of ours")
    if SocialAccount.objects.filter(user=person, provider=provider.issuer).exists():
        raise NotSignedIn("this account is somebody else's at the provider")
    sociallogin.connect(request, person)
    with acting.as_person(person.pk):
        municipality = Municipality.objects.get(code=provider.municipality)
        record("person.linked", by=person, about=municipality, person=person.id)


def _works_here(person: Person, provider: IdentityProvider) -> bool:
    with acting.as_person(person.pk):
        works = Post.objects.now().filter(person=person, municipality__code=provider.municipality).exists()
        return person.is_active and person.is_staff_member and works
