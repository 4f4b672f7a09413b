import time
import unicodedata
from typing import Any

from allauth.account import app_settings as account_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipta.accounts import rules, sessions
from ipta.accounts.models import Person
from ipta.vault import keyring, seals
from ipta.vault import rules as vault_rules


class NobodySignsUp(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are given, never taken."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Who signed in a moment ago is not asked again: setting up the second factor follows on the first sign-in."""
        records = get_authentication_records(self.request, self.request.user)
        signed_in_at = records[-1]["at"] if records else 0
        recently = time.time() - signed_in_at < account_settings.REAUTHENTICATION_TIMEOUT
        return not recently and bool(super().is_reauthentication_required(app=app, **kwargs))

    def get_login_stages(self) -> list[str]:
        ours = {"allauth.mfa.stages.AuthenticateStage": "ipta.accounts.providers.SecondFactor"}
        return [ours.get(stage, stage) for stage in super().get_login_stages()]

    def get_client_ip(self, request: HttpRequest) -> str:
        """Of whom the proxy in front of us heard; there is always one, so that nobody is let through uncounted."""
        return rules.client_address(
            request.headers.get("X-Forwarded-For", ""),
            seen=request.META.get("REMOTE_ADDR", ""),
            proxies=settings.ALLAUTH_TRUSTED_PROXY_COUNT,
        )

    def is_safe_url(self, url: str) -> bool:
        """Only a page of this very site, wherever it is called from."""
        return url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def set_password(self, user: Person, password: str) -> None:
        """Another password ends what was open elsewhere with the old one."""
        super().set_password(user, password)
        is_his_own = self.request.user == user
        sessions.end_all(user, but=self.request.session.session_key if is_his_own else None)

    def send_password_reset_mail(self, user: Person, email: str, context: dict[str, Any]) -> None:
        """To somebody who is not there: that he is not known (see `web/account/forms.py`)."""
        if user._state.adding:
            self.send_mail("account/email/unknown_account", email, context)
        else:
            super().send_password_reset_mail(user, email, context)

    def send_notification_mail(
        self, template_prefix: str, user: Person, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """One and the same mail, whatever changed: what it was is nothing for a mailbox."""
        super().send_notification_mail("account/email/changed", user, context, email)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Wrong tries are counted by account alone: allauth counts anew for every port somebody writes in `Host`."""
        return "login:" + unicodedata.normalize("NFKC", credentials.get("email", "")).casefold()


class SealedSecrets(DefaultMFAAdapter):  # type: ignore[misc]
    """TOTP secrets and recovery seeds are sealed: allauth keeps them readable by default."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("Dit klopt niet. Probeer het nog een keer."),
    }

    def encrypt(self, text: str) -> str:
        return seals.seal(text, _mfa_key(), at=b"mfa").hex()

    def decrypt(self, encrypted_text: str) -> str:
        return seals.unseal(bytes.fromhex(encrypted_text), _mfa_key(), at=b"mfa")

    def get_user_display_name(self, user: Any) -> str:
        return str(user.first_name)

    def is_mfa_enabled(self, user: Any, types: list[str] | None = None) -> bool:
        """Recovery codes alone are no second factor."""
        return bool(super().is_mfa_enabled(user, types or rules.SECOND_FACTORS))

    def generate_authenticator_name(self, user: Any, type: str) -> str:
        there_are = Authenticator.objects.filter(user=user, type=type).count()
        return gettext("Passkey %(number)d") % {"number": there_are + 1}


def _mfa_key() -> bytes:
    """Wrapped under the master key as all others, so that a new master key changes nothing here."""
    return keyring.house_key(vault_rules.SECOND_FACTOR)
