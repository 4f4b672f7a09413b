import time
from typing import Any

from allauth.account import app_settings as account_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.http import HttpRequest

from ipta.vault import seals


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


class SealedSecrets(DefaultMFAAdapter):  # type: ignore[misc]
    """TOTP secrets and recovery seeds are sealed: allauth keeps them readable by default."""

    def encrypt(self, text: str) -> str:
        return seals.seal(text, _mfa_key(), at=b"mfa").hex()

    def decrypt(self, encrypted_text: str) -> str:
        return seals.unseal(bytes.fromhex(encrypted_text), _mfa_key(), at=b"mfa")

    def get_user_display_name(self, user: Any) -> str:
        return str(user.first_name)


def _mfa_key() -> bytes:
    masters = seals.read_master_keys(settings.MASTER_KEY_FILE)
    return HKDF(hashes.SHA256(), 32, salt=None, info=b"ipta mfa").derive(masters[min(masters)])
