"""The way in of a guest: his link, and on each new device once the code that he got another way.

Looking changes nothing: a robot that previews the link sees a page that asks for a code, and says nothing of anybody.
"""

from collections.abc import Iterator
from datetime import timedelta

from django import forms
from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters

from ipta.accounts import guests, rules, sessions
from ipta.accounts.models import Device, GuestLink
from ipta.web import desk, onwards
from ipta.web.entry import tries

COOKIE = f"{settings.COOKIE_PREFIX}mee-"  # and the beginning of who: one telephone may know two guests
COOKIE_LIFE = timedelta(days=365)


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("De code"),
        max_length=40,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "class": "entry-code",
            }
        ),
        error_messages={"required": _("Typ de code."), "max_length": _("Deze code is te lang. Kijk nog een keer.")},
    )


@desk.anyone("GET", "HEAD", "POST")
@sensitive_post_parameters()
def door(request: HttpRequest, token: str) -> HttpResponse:
    """A device we know goes on to the page; all others give the code. Whatever is wrong with a link: the same page."""
    link = guests.find_link(token)
    if link is None:
        return _page(request, "gone", status=404)
    if request.method != "POST" and (known := _known(request, link)):
        return _come_in(request, known)
    if link.is_locked:
        return _page(request, "locked", status=423 if request.method == "POST" else 200)
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return _try(request, link, form)
    return _page(request, "door", form=form, status=422 if form.is_bound else 200)


def _try(request: HttpRequest, link: GuestLink, form: CodeForm) -> HttpResponse:
    """A right code counts for nobody; a wrong one for its link and for its address."""
    counted = tries.begin(request)
    if counted is None:
        return _page(request, "too_often", status=429)
    try:
        guests.check_code(link, form.cleaned_data["code"])
    except guests.WrongCode as wrong:
        if not wrong.left:
            return _page(request, "locked", status=423)
        form.add_error("code", _tries_left(wrong.left))
        return _page(request, "door", form=form, status=422)
    counted.rollback()
    return _bind(request, link)


@desk.anyone("GET", "HEAD")
def again(request: HttpRequest) -> HttpResponse:
    """His session was over. A device we know goes on at once; who comes from elsewhere opens his link."""
    known = next(_devices(request), None)
    return _come_in(request, known) if known else _page(request, "again")


@desk.network("POST")
def leave(request: desk.DeskRequest) -> HttpResponse:
    """Nothing stays behind. The device stays known."""
    logout(request)
    response = redirect("entry:away")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def _bind(request: HttpRequest, link: GuestLink) -> HttpResponse:
    new = guests.bind(link, label=rules.device_name(request.headers.get("User-Agent", "")))
    response = _come_in(request, new.device)
    response.set_cookie(
        _cookie_of(new.device),
        new.token,
        max_age=COOKIE_LIFE,
        secure=not settings.IS_LOCAL,
        httponly=True,
        samesite="Lax",
    )
    return response


def _come_in(request: HttpRequest, device: Device) -> HttpResponse:
    if request.user != device.person:
        login(request, device.person, backend="ipta.accounts.backends.ByCode")
    request.session[sessions.DEVICE] = str(device.pk)
    return redirect(onwards.asked(request) or "network:home")


def _known(request: HttpRequest, link: GuestLink) -> Device | None:
    return next((device for device in _devices(request) if device.person_id == link.person_id), None)


def _devices(request: HttpRequest) -> Iterator[Device]:
    """What this browser is known as, as far as it still may come in."""
    for name, token in request.COOKIES.items():
        if name.startswith(COOKIE) and (device := guests.find_device(token)):
            yield device


def _cookie_of(device: Device) -> str:
    return f"{COOKIE}{device.person_id.hex[:8]}"


def _tries_left(left: int) -> str:
    tries_left = ngettext(
        "Je kunt het nog %(left)s keer proberen.", "Je kunt het nog %(left)s keer proberen.", left
    ) % {"left": left}
    return f"{gettext('Deze code klopt niet.')} {tries_left}"


def _page(request: HttpRequest, name: str, *, status: int = 200, **context: object) -> HttpResponse:
    return render(request, f"network/{name}.html", context, status=status)
