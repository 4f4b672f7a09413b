"""The youth's way in: his code and his devices."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from ipta.accounts.models import Device
from ipta.accounts.rules import CODE_LIFE
from ipta.dossiers.models import Dossier
from ipta.dossiers.policies import can_hand_code
from ipta.sharing import entry
from ipta.web import desk
from ipta.web.coach import people
from ipta.web.coach.yes_first import dossier_since_yes, not_yet


@desk.coach()
def devices(request: desk.DeskRequest, pk: UUID) -> HttpResponse:
    """On which devices he comes in."""
    dossier = desk.own_dossier(request, pk)
    if dossier.joined_on is None:
        return not_yet(request, dossier, gettext("Telefoon"))
    youth = people.known(request.reader, [dossier])[pk]
    found = dossier.youth.device_set.filter(removed_at=None).order_by("-last_used_at") if dossier.youth else []
    context = {"youth": youth, "devices": found, "may_hand_code": bool(can_hand_code(request.user, dossier))}
    return render(request, "coach/devices.html", context)


@desk.coach("POST")
def hand_code(request: desk.DeskRequest, pk: UUID) -> HttpResponse:
    """A new code, shown once. No redirect: an address is kept and logged, a code must not be."""
    dossier = dossier_since_yes(request, pk)
    code = entry.hand_code(dossier, by=request.user)
    # Behind the #: what stands there never leaves the browser, so no log and no link preview sees it.
    link = f"{request.build_absolute_uri(reverse('entry:code'))}#{code}"
    context = {
        "youth": people.known(request.reader, [dossier])[pk],
        "spaced": f"{code[:5]} {code[5:]}",
        "link": link,
        "days": CODE_LIFE.days,
    }
    return render(request, "coach/code.html", context)


@desk.coach("POST")
def remove_device(request: desk.DeskRequest, pk: UUID, device: UUID) -> HttpResponse:
    """Lost or sold: it no longer comes in."""
    dossier = desk.own_dossier(request, pk)
    entry.remove_device(dossier, _device(dossier, device), by=request.user)
    messages.success(request, gettext("Dit apparaat komt niet meer binnen."))
    return redirect("coach:devices", pk)


@desk.coach("POST")
def open_device(request: desk.DeskRequest, pk: UUID, device: UUID) -> HttpResponse:
    """After too many wrong PINs it may be tried again."""
    dossier = desk.own_dossier(request, pk)
    entry.open_device(dossier, _device(dossier, device), by=request.user)
    messages.success(request, gettext("De pincode kan weer geprobeerd worden."))
    return redirect("coach:devices", pk)


def _device(dossier: Dossier, pk: UUID) -> Device:
    found = dossier.youth.device_set.filter(pk=pk, removed_at=None).first() if dossier.youth else None
    if found is None:
        raise Http404
    return found
