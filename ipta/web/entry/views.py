"""The way in of a youth: a code once, then this device and a PIN.

Looking changes nothing: a robot that previews a link sees an empty form and uses nothing up.
"""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext, ngettext
from django.views.decorators.debug import sensitive_post_parameters

from ipta.accounts import entry, rules, sessions
from ipta.accounts.models import Device, EntryCode, Person
from ipta.web import desk, onwards
from ipta.web.entry import tries
from ipta.web.entry.forms import ChooseForm, CodeForm, PinForm

COOKIE = f"{settings.COOKIE_PREFIX}toestel"
COOKIE_LIFE = timedelta(days=400)


@desk.anyone("GET", "HEAD", "POST")
def code(request: HttpRequest) -> HttpResponse:
    """The front door: a device we know goes on to its PIN, all others give a code."""
    if request.method != "POST":
        if request.user.is_authenticated:
            return redirect(_next(request))
        if _device(request):
            return redirect(_with_next(request, "entry:pin"))
    return _ask_code(request)


@desk.anyone("GET", "HEAD", "POST")
def other(request: HttpRequest) -> HttpResponse:
    """A code on a device that already has one: a forgotten PIN, or a phone that got another owner."""
    return _ask_code(request)


@sensitive_post_parameters()
def _ask_code(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _page(request, "code", form=CodeForm())
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _page(request, "code", form=form, status=422)
    found = _look_up(request, form.cleaned_data["code"])
    if isinstance(found, HttpResponse):
        return found
    return _page(request, "choose", form=ChooseForm(initial={"code": rules.tidy_code(form.cleaned_data["code"])}))


@desk.anyone("GET", "HEAD", "POST")
@sensitive_post_parameters()
def choose(request: HttpRequest) -> HttpResponse:
    """Choose a PIN and come in. Only this uses the code up."""
    if request.method != "POST":
        return redirect(_with_next(request, "entry:code"))
    form = ChooseForm(request.POST)
    found = _look_up(request, request.POST.get("code", ""))
    if isinstance(found, HttpResponse):
        return found
    if not form.is_valid():
        return _page(request, "choose", form=form, status=422)
    new = entry.use_code(
        found, pin=form.cleaned_data["pin"], label=rules.device_name(request.headers.get("User-Agent", ""))
    )
    if new is None:
        return _page(request, "no_code", status=422)
    response = _come_in(request, new.device.person, new.device)
    response.set_cookie(
        COOKIE, new.token, max_age=COOKIE_LIFE, secure=not settings.IS_LOCAL, httponly=True, samesite="Lax"
    )
    return response


@desk.anyone("GET", "HEAD", "POST")
@sensitive_post_parameters()
def pin(request: HttpRequest) -> HttpResponse:
    """This device and its PIN. After five wrong tries only the coach opens it again."""
    device = _device(request)
    if device is None:
        return redirect(_with_next(request, "entry:code"))
    form = PinForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _is_right(form, device):
        return _come_in(request, device.person, device)
    if device.is_locked:
        return _page(request, "locked", status=423 if form.is_bound else 200)
    return _page(request, "pin", form=form, status=422 if form.is_bound else 200)


def _is_right(form: PinForm, device: Device) -> bool:
    try:
        entry.check_pin(device, form.cleaned_data["pin"])
    except entry.WrongPin as wrong:
        form.add_error("pin", _tries_left(wrong.left))
        return False
    return True


@desk.anyone("GET", "HEAD")
def away(request: HttpRequest) -> HttpResponse:
    """Where "Weg" ends: the day and the time, for who looks over a shoulder."""
    return render(request, "entry/away.html", {"now": timezone.now()})


def _tries_left(left: int) -> str:
    tries_left = ngettext(
        "Je kunt het nog %(left)s keer proberen.", "Je kunt het nog %(left)s keer proberen.", left
    ) % {"left": left}
    return f"{gettext('Deze pincode klopt niet.')} {tries_left}"


def _come_in(request: HttpRequest, person: Person, device: Device) -> HttpResponse:
    login(request, person, backend="ipta.accounts.backends.ByCode")
    request.session[sessions.DEVICE] = str(device.pk)
    return redirect(_next(request))


def _look_up(request: HttpRequest, typed: str) -> EntryCode | HttpResponse:
    """The code, or a page that tells a guesser nothing: unknown, used and expired are one and the same."""
    counted = tries.begin(request)
    if counted is None:
        return _page(request, "too_often", status=429)
    code = entry.find_code(typed)
    if code is None:
        return _page(request, "no_code", status=422)
    counted.rollback()
    return code


def _device(request: HttpRequest) -> Device | None:
    token = request.COOKIES.get(COOKIE, "")
    return entry.find_device(token) if token else None


def _next(request: HttpRequest) -> str:
    return onwards.asked(request) or "home"


def _with_next(request: HttpRequest, name: str) -> str:
    asked = onwards.asked(request)
    return f"{reverse(name)}?{urlencode({'next': asked})}" if asked else reverse(name)


def _page(request: HttpRequest, name: str, *, status: int = 200, **context: object) -> HttpResponse:
    asked = onwards.asked(request)
    # Another language comes back here without what else stood in the address: somebody may have put a code there.
    here = f"{request.path}?{urlencode({'next': asked})}" if asked else request.path
    return render(request, f"entry/{name}.html", {"next": asked, "here": here, **context}, status=status)
