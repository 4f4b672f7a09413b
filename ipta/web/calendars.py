"""Appointments as calendars read them (RFC 5545). They say "Afspraak" and a time: others look at that screen too."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID, uuid5

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from icalendar import Alarm, Calendar, Event

from ipta.dossiers.models import Appointment

LASTS = timedelta(hours=1)
WARN_BEFORE = timedelta(hours=2)
CALENDARS = UUID("6c1f9d1e-3b0d-4a5b-9a51-6f0f1f5f7a10")  # so that an event shows no id of the record


def one(appointment: Appointment, place: str = "") -> HttpResponse:
    """A file with this appointment, for any telephone. `place`: of who is told where it is."""
    event = _event(appointment)
    if place:
        event.add("location", place)
    event.add_component(_alarm())
    response = answer([event])
    response.headers["Content-Disposition"] = 'attachment; filename="afspraak.ics"'
    return response


def many(appointments: Iterable[Appointment]) -> HttpResponse:
    """A calendar that is asked for again and again."""
    return answer(map(_event, appointments))


def answer(events: Iterable[Event]) -> HttpResponse:
    sheet = Calendar()
    for name, value in (("prodid", "-//afspraken//nl"), ("version", "2.0"), ("calscale", "GREGORIAN")):
        sheet.add(name, value)
    sheet.add("method", "PUBLISH")
    sheet.add("x-wr-calname", gettext("Afspraken"))
    for event in events:
        sheet.add_component(event)
    return HttpResponse(sheet.to_ical(), content_type="text/calendar; charset=utf-8")


def _event(appointment: Appointment) -> Event:
    event = Event()
    event.add("uid", f"{uuid5(CALENDARS, appointment.pk.hex)}@afspraken")
    event.add("dtstamp", timezone.now())
    event.add("summary", gettext("Afspraak"))
    event.add("dtstart", appointment.starts_at)
    event.add("dtend", appointment.starts_at + LASTS)
    event.add("status", "CANCELLED" if appointment.outcome == Appointment.Outcome.NOT else "CONFIRMED")
    event.add("transp", "OPAQUE")
    event.add("class", "PRIVATE")
    return event


def _alarm() -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", gettext("Afspraak"))
    alarm.add("trigger", -WARN_BEFORE)
    return alarm
