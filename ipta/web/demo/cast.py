"""Step in as one of the cast. Only in the demo, where everybody is invented; anywhere else there is no such page."""

import secrets

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from ipta.accounts.models import Device, Person
from ipta.demo import cast as demo
from ipta.web import desk

LONGEST = 60
DEVICE = "Proef"


@desk.anyone("GET", "HEAD", "POST")
def cast(request: HttpRequest) -> HttpResponse:
    """Everybody there is: a few to begin with, then the rest by municipality, or those who fit what was typed."""
    if not settings.DEMO:
        raise Http404
    if request.method == "POST":
        return step_in(request)
    wanted = request.GET.get("zoek", "").strip()[:LONGEST]
    there = demo.there()
    members = [member for slug, member in demo.cast().items() if slug in there and member.matches(wanted)]
    context = {
        "wanted": wanted,
        "is_seeded": bool(there),
        "suggested": [] if wanted else [member for member in demo.suggested() if member.slug in there],
        "groups": demo.by_town(members),
        "count": len(members),
    }
    return render(request, "demo/cast.html", context)


def step_in(request: HttpRequest) -> HttpResponse:
    """Sign in as this member of the cast, without password or PIN."""
    member = demo.cast().get(request.POST.get("who", ""))
    person = member.person() if member else None
    if person is None:
        raise Http404
    login(request, person, backend="ipta.accounts.backends.ByCode")
    request.session["stepped_in"] = True
    if person.is_known_by_code:
        request.session["device"] = str(_device_of(person).pk)
    return redirect("home")


def _device_of(youth: Person) -> Device:
    """A device as every youth and guest has one. Nobody knows its token, so nothing but this page comes in by it."""
    known = Device.objects.filter(person=youth, label=DEVICE, removed_at=None).first()
    return known or Device.objects.create(person=youth, label=DEVICE, token_hash=secrets.token_hex(32), pin_hash="!")
