"""The wrap-around meeting on the coach's desk: where and when, the agenda out of the plan, who comes."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from ipta.dossiers.models import Dossier
from ipta.dossiers.specialists.queries import specialists_visible_to
from ipta.web import agreed, asking, at_table, desk, kept
from ipta.web import meetings as both
from ipta.web.asking import Asking
from ipta.web.at_table import Side
from ipta.web.coach import people
from ipta.web.coach.yes_first import dossier_since_yes, not_yet
from ipta.web.hrefs import href
from ipta.wraparound import commands


@desk.coach()
def meeting(request: desk.DeskRequest, pk: UUID) -> HttpResponse:
    """What is being prepared, or the last one that was."""
    dossier = desk.dossier_to_read(request, pk)
    if dossier.joined_on is None:
        return not_yet(request, dossier, gettext("Overleg"))
    youth = people.known(request.reader, [dossier], {pk: {"plan"}})[pk]
    found = both.latest(dossier)
    shown = both.in_words(request.reader, found, dossier) if found else None
    side = Side(request, dossier, "coach", youth)
    context = {
        "youth": youth,
        "meeting": shown,
        "before": both.before(dossier, found),
        "asking": agreed.asking_now(side),
        "may_change": found is not None and found.is_ahead and not request.reads_only,
        "back": href("coach:plan", pk),
    }
    return render(request, "coach/meeting.html", context)


@desk.coach("GET", "HEAD", "POST")
def arrange_meeting(request: desk.DeskRequest, pk: UUID) -> HttpResponse:
    """Begin one, or another moment or place for the one that is being prepared."""
    dossier = dossier_since_yes(request, pk)
    found = both.ahead(dossier)
    initial = both.arranged(request.reader, found, request.user.first_name)
    initial["reason"] = agreed.reason_of(Side(request, dossier, "coach")) if found is None else ""
    needs_reason = both.needs_reason(dossier)
    form = asking.asked(request, both.ArrangeForm, initial=initial, with_reason=needs_reason)
    if asking.is_done(request, form, lambda: both.arrange(form, dossier, found, request.user)):
        messages.success(request, gettext("Het staat erin."))
        return kept.done(request, redirect("coach:meeting", pk))
    text = gettext("Kies samen een plek en een moment. Wat nog open is, laat je leeg.")
    text = both.text_or_gone(request.reader, text, both.words_of(found))
    return _page(request, dossier, form, title=gettext("Overleg: waar en wanneer"), text=text)


@desk.coach("GET", "HEAD", "POST")
def call_off_meeting(request: desk.DeskRequest, pk: UUID) -> HttpResponse:
    """It is not held."""
    dossier = dossier_since_yes(request, pk)
    found = both.ahead_or_404(dossier)
    form = asking.asked(request, both.CallOffForm)
    if asking.is_done(request, form, lambda: commands.call_off_meeting(found, by=request.user, **form.cleaned_data)):
        messages.success(request, gettext("Het overleg gaat niet door. Zeg het ook tegen wie zou komen."))
        return kept.done(request, redirect("coach:meeting", pk))
    return _page(request, dossier, form, title=gettext("Overleg gaat niet door"))


@desk.coach("POST")
def end_meeting(request: desk.DeskRequest, pk: UUID) -> HttpResponse:
    """It has been."""
    dossier = dossier_since_yes(request, pk)
    return at_table.end(Side(request, dossier, "coach"), both.ahead_or_404(dossier))


@desk.coach("GET", "HEAD", "POST")
def add_point(request: desk.DeskRequest, pk: UUID) -> HttpResponse:
    """A point beside those of the plan, in a voice."""
    dossier = dossier_since_yes(request, pk)
    found = both.ahead_or_404(dossier)
    form = asking.asked(request, both.PointForm, is_youth=False)
    if asking.is_done(request, form, lambda: commands.add_point(found, by=request.user, **form.cleaned_data)):
        messages.success(request, gettext("Het staat op de agenda."))
        return kept.done(request, redirect("coach:meeting", pk))
    return _page(request, dossier, form, title=gettext("Punt op de agenda"))


@desk.coach("GET", "HEAD", "POST")
def mark_point(request: desk.DeskRequest, pk: UUID, point: str) -> HttpResponse:
    """Difficult, on purpose; or not talked about."""
    dossier = dossier_since_yes(request, pk)
    found = both.ahead_or_404(dossier)
    topic = both.topic_or_404(request.reader, found, point)
    initial = both.marked(request.reader, found, topic)
    form = asking.asked(request, both.MarkForm, topic=topic, is_youth=False, initial=initial)
    if asking.is_done(request, form, lambda: commands.mark_point(found, point, by=request.user, **form.cleaned_data)):
        messages.success(request, gettext("Het staat erin."))
        return kept.done(request, redirect("coach:meeting", pk))
    return _page(request, dossier, form, title=gettext("Over dit punt"), text=topic.text)


@desk.coach("GET", "HEAD", "POST")
def invite(request: desk.DeskRequest, pk: UUID) -> HttpResponse:
    """Somebody who comes: from around him, a specialist, or by a name."""
    dossier = dossier_since_yes(request, pk)
    found = both.ahead_or_404(dossier)
    specialists = specialists_visible_to(request.user).reachable().filter(municipality=dossier.municipality)
    form = asking.asked(request, both.InviteForm, **both.to_invite(request.reader, found, specialists))
    if asking.is_done(request, form, lambda: commands.invite(found, by=request.user, **form.answers())):
        messages.success(request, gettext("Op de lijst. Vraag nu zelf of die persoon komt."))
        return kept.done(request, redirect("coach:meeting", pk))
    text = gettext("Kies samen. Op de lijst staan geeft nog geen recht om iets te lezen.")
    text = both.text_or_gone(request.reader, text, both.names_around(request.reader, dossier))
    return _page(request, dossier, form, title=gettext("Wie komt erbij?"), text=text)


@desk.coach("GET", "HEAD", "POST")
def invitee(request: desk.DeskRequest, pk: UUID, invitee: UUID) -> HttpResponse:
    """The words to send, and what came back."""
    dossier = dossier_since_yes(request, pk)
    row = both.invitee_or_404(dossier, invitee)
    form = asking.asked(request, both.ReplyForm, initial=both.replied(request.reader, row))
    if asking.is_done(request, form, lambda: commands.note_reply(row, by=request.user, **form.cleaned_data)):
        messages.success(request, gettext("Het staat erin."))
        return kept.done(request, redirect("coach:meeting", pk))
    youth = people.known(request.reader, [dossier], {pk: {"plan"}})[pk]
    shown = both.in_words(request.reader, row.meeting, dossier)
    guest = both.guest_of(request.reader, row, dossier)
    context: dict[str, Any] = {
        "youth": youth,
        "meeting": shown,
        "guest": guest,
        "letter": both.letter(shown, guest, asks=youth.called if guest.names_youth else ""),
        "back": href("coach:meeting", pk),
    }
    return asking.shown(request, "coach/invitee.html", form, **context)


@desk.coach("POST")
def send_invitation(request: desk.DeskRequest, pk: UUID, invitee: UUID) -> HttpResponse:
    """A link to the invitation. It is shown this once."""
    dossier = dossier_since_yes(request, pk)
    row = both.invitee_or_404(dossier, invitee)
    youth = people.known(request.reader, [dossier], {pk: {"plan"}})[pk]
    sent = both.link_for(request, row, dossier, youth=youth.called, coach=request.user.first_name)
    context = {"youth": youth, "sent": sent, "back": href("coach:invitee", pk, invitee)}
    return render(request, "coach/invitation.html", context)


@desk.coach("POST")
def uninvite(request: desk.DeskRequest, pk: UUID, invitee: UUID) -> HttpResponse:
    """Off the list."""
    commands.uninvite(both.invitee_or_404(dossier_since_yes(request, pk), invitee), by=request.user)
    messages.success(request, gettext("Van de lijst gehaald."))
    return redirect("coach:meeting", pk)


def _page(request: desk.DeskRequest, dossier: Dossier, form: Asking, *, title: str, text: str = "") -> HttpResponse:
    youth = people.known(request.reader, [dossier])[dossier.pk]
    return asking.simple(request, form, title=title, back=href("coach:meeting", dossier.pk), text=text, youth=youth)
