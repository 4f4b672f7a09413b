"""Messages with a youth: short, kept in his dossier, and "gezien" only when somebody opened them."""

from uuid import UUID

from django.contrib import messages as told_above
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext

from ipta.dossiers.messages import commands
from ipta.web import asking, conversation, desk, kept
from ipta.web.coach import people
from ipta.web.coach.yes_first import dossier_since_yes, not_yet
from ipta.web.conversation import MessageForm, VoiceForm
from ipta.web.uploads import takes_files


@desk.coach("GET", "HEAD", "POST")
def messages(request: desk.DeskRequest, pk: UUID) -> HttpResponse:
    """What was written, newest first, and room for more. Who only looks in an emergency opens nothing."""
    dossier = desk.dossier_to_read(request, pk)
    if dossier.joined_on is None:
        return not_yet(request, dossier, gettext("Berichten"))
    form = asking.asked(request, MessageForm)
    if asking.is_done(
        request, form, lambda: commands.send_message(dossier, text=form.cleaned_data["text"], by=request.user)
    ):
        told_above.success(request, gettext("Verstuurd. Hier zie je wanneer het gelezen is."))
        return kept.done(request, redirect("coach:messages", pk))
    youth = people.known(request.reader, [dossier], {pk: {"contacts"}})[pk]
    found = conversation.conversation(request.reader, dossier, request, is_looking=request.reads_only)
    return asking.shown(request, "coach/messages.html", form, youth=youth, dossier=dossier, talked=found)


@takes_files
@desk.coach("GET", "HEAD", "POST")
def send_voice(request: desk.DeskRequest, pk: UUID) -> HttpResponse:
    """Spoken instead of typed."""
    dossier = dossier_since_yes(request, pk)
    form = asking.asked(request, VoiceForm, files=request.FILES or None)
    if asking.is_ready(request, form):
        with asking.told(form):
            found = form.looked_at()
            with form.sent() as is_first:
                if is_first:
                    commands.send_message(dossier, voice=found, text=form.cleaned_data["about"], by=request.user)
            told_above.success(request, gettext("Verstuurd. Hier zie je wanneer het gelezen is."))
            return kept.done(request, redirect("coach:messages", pk))
    youth = people.known(request.reader, [dossier])[pk]
    return asking.shown(request, "coach/send_voice.html", form, youth=youth)


@desk.coach("POST")
def open_messages(request: desk.DeskRequest, pk: UUID) -> HttpResponse:
    """The coach reads what came: the youth sees when."""
    commands.open_messages(dossier_since_yes(request, pk), by=request.user)
    return redirect("coach:messages", pk)


@desk.coach()
def voice(request: desk.DeskRequest, pk: UUID, message: UUID) -> HttpResponse:
    return conversation.played(request, desk.dossier_to_read(request, pk), message)


@desk.coach("POST")
def take_back_message(request: desk.DeskRequest, pk: UUID, message: UUID) -> HttpResponse:
    found = conversation.message_of(dossier_since_yes(request, pk), message)
    commands.take_back_message(found, by=request.user)
    told_above.success(request, gettext("Teruggenomen. Wat erin stond is weg."))
    return redirect("coach:messages", pk)
