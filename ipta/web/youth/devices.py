"""Mijn telefoons: where he gets in, adding one and taking one away."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from ipta.accounts.models import Device
from ipta.accounts.rules import CODE_LIFE, away_minutes
from ipta.sharing import entry
from ipta.web import desk
from ipta.web.desk import DeskRequest
from ipta.web.templatetags.ipta_ui import qr_code
from ipta.web.youth.home import go_away
from ipta.web.youth.page import one_tap


@desk.youth()
def devices(request: DeskRequest) -> HttpResponse:
    dossier, here = desk.my_dossier(request), request.session.get("device", "")
    devices = Device.objects.filter(person=request.user, removed_at=None).order_by("-last_used_at")
    this = next((device for device in devices if str(device.pk) == here), None)
    context = {
        "dossier": dossier,
        "devices": devices,
        "here": here,
        "this": this,
        "choices": away_minutes(this.label) if this else (),
    }
    return render(request, "youth/devices.html", context)


@one_tap("youth:devices")
def hand_code(request: DeskRequest) -> HttpResponse:
    """A code for another phone of his own. Shown once, never kept readable: not even in the session."""
    dossier = desk.my_dossier(request)
    code = entry.hand_code(dossier, by=request.user)
    link = f"{request.build_absolute_uri(reverse('entry:code'))}#{code}"
    context = {
        "dossier": dossier,
        "code": f"{code[:5]} {code[5:]}",
        "page": request.build_absolute_uri(reverse("entry:code")),
        "qr": qr_code(link),
        "days": CODE_LIFE.days,
    }
    return render(request, "youth/code.html", context)


@one_tap("youth:devices")
def set_away(request: DeskRequest) -> HttpResponse:
    """How soon the device in his hand asks the PIN again."""
    dossier = desk.my_dossier(request)
    here: Any = request.session.get("device")
    device = Device.objects.filter(pk=here, person=request.user, removed_at=None).first() if here else None
    said, choices = request.POST.get("minutes", ""), away_minutes(device.label) if device else ()
    minutes = next((each for each in choices if str(each) == said), None)
    if device and minutes:
        entry.set_away(dossier, device, minutes=minutes, by=request.user)
        messages.success(request, gettext("Bewaard."))
    return redirect("youth:devices")


@one_tap("youth:devices")
def remove(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Lost, sold, or somebody else's: from now on it does not come in. This very device leaves at once."""
    dossier = desk.my_dossier(request)
    device = get_object_or_404(Device, pk=pk, person=request.user, removed_at=None)
    entry.remove_device(dossier, device, by=request.user)
    if str(device.pk) == request.session.get("device"):
        return go_away(request)
    messages.success(request, gettext("Dat toestel komt niet meer binnen."))
    return redirect("youth:devices")
