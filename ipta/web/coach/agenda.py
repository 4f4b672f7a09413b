"""The calendar of a coach: an address that says when, and nothing of whom or where."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from ipta.accounts import commands, rules
from ipta.accounts.models import CalendarFeed, Role
from ipta.base import acting
from ipta.dossiers.models import Appointment
from ipta.sharing.queries import caseload_of
from ipta.web import calendars, desk
from ipta.web.among import home

BEFORE = timedelta(days=31)


@desk.coach("GET", "HEAD", "POST")
def agenda(request: desk.DeskRequest) -> HttpResponse:
    """Make an address for one's own calendar, or another one. It is shown this once."""
    url = ""
    if request.method == "POST":
        token = commands.make_feed(home(request.user), by=request.user)
        url = request.build_absolute_uri(reverse("coach:feed", args=[token]))
    running = CalendarFeed.objects.running().filter(person=request.user).first()
    context = {"url": url, "webcal": f"webcal:{url.partition(':')[2]}", "running": running}
    return render(request, "coach/agenda.html", context)


@desk.coach("POST")
def end_feed(request: desk.DeskRequest) -> HttpResponse:
    commands.end_feed(home(request.user), by=request.user)
    messages.success(request, gettext("Het adres werkt niet meer."))
    return redirect("coach:agenda")


@desk.anyone()
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Asked for by a calendar that cannot sign in. Nothing is opened: it says "Afspraak" and a time."""
    found = CalendarFeed.objects.running().filter(token_hash=rules.hashed(token)).select_related("person").first()
    if found is None or not found.person.is_active:
        raise Http404
    with acting.as_person(found.person.pk):
        if not found.person.is_somewhere(Role.COACH):
            raise Http404
        since = timezone.now() - BEFORE
        mine = list(caseload_of(found.person).values_list("pk", flat=True))
        rows = Appointment.objects.filter(dossier__in=mine, starts_at__gte=since)
        return calendars.many(rows.defer("what", "who", "place", "travel", "bring"))
