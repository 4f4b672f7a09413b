"""The second factor: a code of the telephone, a recovery code, or a passkey."""

from typing import Any

from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from ipta.accounts import rules

FEW = 3  # recovery codes left, from which on one hears of it
LONGEST_NAME, LONGEST_CREDENTIAL = 40, 20_000


class _Digits(forms.Form):
    """A code as people type it: with spaces, or in the digits of their own keyboard."""

    def clean_code(self) -> str:
        self.cleaned_data["code"] = rules.tidy_digits(self.cleaned_data["code"])
        return str(super().clean_code())  # type: ignore[misc]  # of the form it is put before


class Authenticate(_Digits, AuthenticateForm):  # type: ignore[misc]
    def save(self) -> None:
        super().save()
        if self.authenticator.type == Authenticator.Type.RECOVERY_CODES:
            self.authenticator.refresh_from_db()  # it was read before this code was used
            _tell_how_many_are_left(len(self.authenticator.wrap().get_unused_codes()))


class Reauthenticate(_Digits, ReauthenticateForm):  # type: ignore[misc]
    pass


class ActivateTOTP(_Digits, ActivateTOTPForm):  # type: ignore[misc]
    def clean_code(self) -> str:
        code = super().clean_code()
        if not TOTP(Authenticator(user=self.user))._mark_code_used(code):  # it would sign in once more
            raise get_adapter().validation_error("incorrect_code")
        return code


class _Credential(forms.JSONField):
    """What a browser says of a passkey: a few hundred signs, a few levels deep."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and (len(value) > LONGEST_CREDENTIAL or value.count("[") + value.count("{") > 50):
            raise get_adapter().validation_error("incorrect_code")
        return super().to_python(value)


class _Careful(forms.Form):
    """What a browser sends for a passkey is taken apart by three libraries; whatever breaks there is a wrong answer."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credential"] = _Credential()

    def _carefully(self, clean: Any) -> Any:
        try:
            return clean()
        except ValidationError:
            raise
        except Exception as fault:
            raise get_adapter().validation_error("incorrect_code") from fault


class AddPasskey(_Careful, AddWebAuthnForm):  # type: ignore[misc]
    """Every one is a passkey: it asks for a finger, a face or a PIN, and signs in by itself."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["passwordless"]
        self.fields["name"] = forms.CharField(
            label=_("Hoe noem je hem?"), max_length=LONGEST_NAME, required=False, initial=self.initial["name"]
        )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = self._carefully(super().clean)
        return cleaned


class AuthenticatePasskey(_Careful, AuthenticateWebAuthnForm):  # type: ignore[misc]
    def clean_credential(self) -> Authenticator:
        return self._carefully(super().clean_credential)


class ReauthenticatePasskey(_Careful, ReauthenticateWebAuthnForm):  # type: ignore[misc]
    def clean_credential(self) -> Authenticator:
        return self._carefully(super().clean_credential)


class LoginPasskey(_Careful, LoginWebAuthnForm):  # type: ignore[misc]
    def clean_credential(self) -> Authenticator:
        return self._carefully(super().clean_credential)


def _tell_how_many_are_left(left: int) -> None:
    if left > FEW:
        return
    words = ngettext(
        "Je hebt nog %(left)d herstelcode over. Maak nieuwe bij Tweede sleutel.",
        "Je hebt nog %(left)d herstelcodes over. Maak nieuwe bij Tweede sleutel.",
        left,
    )
    messages.warning(context.request, words % {"left": left})
