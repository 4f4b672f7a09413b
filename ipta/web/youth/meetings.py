"""Het grote gesprek: he chooses himself who comes, what it is about, and what it is not about."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from ipta.dossiers.models import Dossier
from ipta.web import agreed, at_table, desk, kept
from ipta.web import meetings as both
from ipta.web.asking import Asking, asked, is_done, shown
from ipta.web.at_table import Side
from ipta.web.desk import DeskRequest
from ipta.web.youth.page import asks, coach_name, known_as, one_tap
from ipta.web.youth.words import DOMAINS
from ipta.wraparound import commands
from ipta.wraparound.invited import commands as invited

PAGE = "youth:meeting"


def side_of(request: DeskRequest, dossier: Dossier) -> Side:
    return Side(request, dossier, "youth", may_change=dossier.is_taking_part, domains=DOMAINS)


@desk.youth()
def meeting(request: DeskRequest) -> HttpResponse:
    """What is being prepared, or the last one that was."""
    dossier = desk.my_dossier(request)
    found = both.latest(dossier)
    context = {
        "dossier": dossier,
        "coach": coach_name(dossier),
        "meeting": both.in_words(request.reader, found, dossier) if found else None,
        "before": both.before(dossier, found),
        "asking": agreed.asking_now(side_of(request, dossier)),
        "may_change": found is not None and found.is_ahead and dossier.is_taking_part,
    }
    return render(request, "youth/meeting.html", context)


@asks(PAGE)
def arrange_meeting(request: DeskRequest) -> HttpResponse:
    dossier = desk.my_dossier(request)
    found = both.ahead(dossier)
    initial = both.arranged(request.reader, found, coach_name(dossier))
    initial["reason"] = agreed.reason_of(side_of(request, dossier)) if found is None else ""
    form = asked(request, both.ArrangeForm, initial=initial, with_reason=both.needs_reason(dossier))
    if is_done(request, form, lambda: both.arrange(form, dossier, found, request.user)):
        return _done(request, gettext("Het staat erin. Je coach ziet het ook."))
    text = gettext("Weet je het nog niet? Laat het leeg.")
    text = both.text_or_gone(request.reader, text, both.words_of(found))
    return _page(request, dossier, form, title=gettext("Waar en wanneer"), text=text)


@asks(PAGE)
def call_off_meeting(request: DeskRequest) -> HttpResponse:
    dossier = desk.my_dossier(request)
    found = both.ahead_or_404(dossier)
    form = asked(request, both.CallOffForm)
    if is_done(request, form, lambda: commands.call_off_meeting(found, by=request.user, **form.cleaned_data)):
        return _done(request, gettext("Het gesprek gaat niet door. Je coach ziet het ook."))
    return _page(request, dossier, form, title=gettext("Het gesprek gaat niet door"))


@one_tap(PAGE)
def end_meeting(request: DeskRequest) -> HttpResponse:
    """It has been."""
    dossier = desk.my_dossier(request)
    return at_table.end(side_of(request, dossier), both.ahead_or_404(dossier))


@asks(PAGE)
def add_point(request: DeskRequest) -> HttpResponse:
    dossier = desk.my_dossier(request)
    found = both.ahead_or_404(dossier)
    form = asked(request, both.PointForm, is_youth=True)
    if is_done(request, form, lambda: commands.add_point(found, by=request.user, **form.cleaned_data)):
        return _done(request, gettext("Het staat op de lijst."))
    return _page(request, dossier, form, title=gettext("Iets erbij"))


@asks(PAGE)
def mark_point(request: DeskRequest, point: str) -> HttpResponse:
    """Difficult, on purpose; or not talked about."""
    dossier = desk.my_dossier(request)
    found = both.ahead_or_404(dossier)
    topic = both.topic_or_404(request.reader, found, point)
    initial = both.marked(request.reader, found, topic)
    form = asked(request, both.MarkForm, topic=topic, is_youth=True, initial=initial)
    if is_done(request, form, lambda: commands.mark_point(found, point, by=request.user, **form.cleaned_data)):
        return _done(request, gettext("Het staat erin."))
    return _page(request, dossier, form, title=gettext("Praten we hierover?"), text=topic.text)


@asks(PAGE)
def invite(request: DeskRequest) -> HttpResponse:
    dossier = desk.my_dossier(request)
    found = both.ahead_or_404(dossier)
    form = asked(request, both.InviteForm, **both.to_invite(request.reader, found))
    if is_done(request, form, lambda: commands.invite(found, by=request.user, **form.answers())):
        return _done(request, gettext("Op de lijst. Vraag nu of die persoon komt."))
    text = gettext("Jij kiest wie erbij is. Die persoon kan hier niets lezen.")
    text = both.text_or_gone(request.reader, text, both.names_around(request.reader, dossier))
    return _page(request, dossier, form, title=gettext("Wie komt erbij?"), text=text)


@asks(PAGE)
def invitee(request: DeskRequest, pk: UUID) -> HttpResponse:
    """The words to send, and what came back."""
    dossier, reader = desk.my_dossier(request), request.reader
    row = both.invitee_or_404(dossier, pk)
    form = asked(request, both.ReplyForm, initial=both.replied(reader, row))
    if is_done(request, form, lambda: commands.note_reply(row, by=request.user, **form.cleaned_data)):
        return _done(request, gettext("Het staat erin."))
    seen, guest = both.in_words(reader, row.meeting, dossier), both.guest_of(reader, row, dossier)
    context: dict[str, Any] = {"dossier": dossier, "meeting": seen, "guest": guest}
    context["letter"] = both.letter(seen, guest, asks="")
    return shown(request, "youth/invitee.html", form, **context)


@one_tap(PAGE)
def send_invitation(request: DeskRequest, pk: UUID) -> HttpResponse:
    """A link to the invitation, shown this once. His own name stands in it if he ticked that."""
    dossier = desk.my_dossier(request)
    row = both.invitee_or_404(dossier, pk)
    invited.name_youth(row, is_named=request.POST.get("naam") == "on", by=request.user)
    known = known_as(request.reader, dossier)
    sent = both.link_for(request, row, dossier, youth=known, coach=coach_name(dossier))
    return render(request, "youth/invitation.html", {"dossier": dossier, "sent": sent, "invitee": row})


@one_tap(PAGE)
def uninvite(request: DeskRequest, pk: UUID) -> HttpResponse:
    commands.uninvite(both.invitee_or_404(desk.my_dossier(request), pk), by=request.user)
    messages.success(request, gettext("Van de lijst gehaald."))
    return redirect(PAGE)


def _done(request: DeskRequest, said: str) -> HttpResponse:
    messages.success(request, said)
    return kept.done(request, redirect(PAGE))


def _page(request: DeskRequest, dossier: Dossier, form: Asking, *, title: str, text: str = "") -> HttpResponse:
    return shown(request, "youth/meeting_form.html", form, dossier=dossier, title=title, text=text)
