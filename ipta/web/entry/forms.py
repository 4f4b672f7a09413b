"""What a youth is asked at the door: a code once, then a PIN."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipta.accounts import rules

_DIGITS = {"inputmode": "numeric", "autocomplete": "off", "class": "pin"}


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Je code"),
        max_length=40,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "class": "entry-code",
                "data-code-from-link": True,
            }
        ),
        error_messages={"required": _("Typ je code."), "max_length": _("Deze code is te lang. Kijk nog een keer.")},
    )


def _pin_field(label: Any, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=40,
        widget=forms.PasswordInput(attrs=_DIGITS),
        error_messages={"required": _("Typ je pincode."), "max_length": _("Een pincode heeft 4 tot 8 cijfers.")},
        **more,
    )


class ChooseForm(forms.Form):
    """The PIN twice. The code travels along unseen; it is used up only now."""

    code = forms.CharField(max_length=40, widget=forms.HiddenInput)
    pin = _pin_field(_("Kies een pincode"), help_text=_("Neem 4 tot 8 cijfers."))
    again = _pin_field(_("Typ hem nog een keer"))

    def clean_pin(self) -> str:
        pin = rules.tidy_pin(self.cleaned_data["pin"])
        if objection := rules.pin_objection(pin):
            raise forms.ValidationError(gettext(objection))
        return pin

    def clean_again(self) -> str:
        again = rules.tidy_pin(self.cleaned_data["again"])
        if "pin" in self.cleaned_data and again != self.cleaned_data["pin"]:
            raise forms.ValidationError(gettext("Dit is een andere pincode. Typ twee keer dezelfde."))
        return again


class PinForm(forms.Form):
    pin = _pin_field(_("Je pincode"))
