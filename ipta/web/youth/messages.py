"""Berichten: he writes to his coach, or speaks, and reads what came back."""

from uuid import UUID

from django.contrib import messages as told_above
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext

from ipta.dossiers.messages import commands
from ipta.web import conversation, desk, kept
from ipta.web.asking import asked, is_done, is_ready, shown, told
from ipta.web.conversation import MessageForm, VoiceForm
from ipta.web.desk import DeskRequest
from ipta.web.uploads import takes_files
from ipta.web.youth.page import OPEN, asks, coach_name, one_tap


@desk.youth(*OPEN)
def messages(request: DeskRequest) -> HttpResponse:
    """What was written, newest first, and room for more. When it all has ended he reads it."""
    dossier = desk.my_dossier(request)
    form = asked(request, MessageForm)
    if request.method == "POST" and not dossier.is_taking_part:
        form.add_error(None, gettext("Je bent hier klaar. Wil je nog iets zeggen? Zeg het je coach."))
    if is_done(request, form, lambda: commands.send_message(dossier, text=form.cleaned_data["text"], by=request.user)):
        told_above.success(request, gettext("Je bericht is weg. Hier zie je of je coach het las."))
        return kept.done(request, redirect("youth:messages"))
    found = conversation.conversation(request.reader, dossier, request)
    coach = coach_name(dossier)
    return shown(request, "youth/messages.html", form, dossier=dossier, talked=found, coach=coach)


@takes_files
@asks("youth:messages")
def send_voice(request: DeskRequest) -> HttpResponse:
    """Spoken instead of typed."""
    dossier = desk.my_dossier(request)
    form = asked(request, VoiceForm, files=request.FILES or None)
    if is_ready(request, form):
        with told(form):
            voice = form.looked_at()
            with form.sent() as is_new:
                if is_new:
                    commands.send_message(dossier, voice=voice, text=form.cleaned_data["about"], by=request.user)
            told_above.success(request, gettext("Je bericht is weg. Hier zie je of je coach het las."))
            return kept.done(request, redirect("youth:messages"))
    return shown(request, "youth/send_voice.html", form, dossier=dossier)


@one_tap("youth:messages")
def open_messages(request: DeskRequest) -> HttpResponse:
    """He reads what came: who wrote it sees when."""
    commands.open_messages(desk.my_dossier(request), by=request.user)
    return redirect("youth:messages")


@desk.youth()
def voice(request: DeskRequest, pk: UUID) -> HttpResponse:
    return conversation.played(request, desk.my_dossier(request), pk)


@one_tap("youth:messages")
def take_back_message(request: DeskRequest, pk: UUID) -> HttpResponse:
    message = conversation.message_of(desk.my_dossier(request), pk)
    commands.take_back_message(message, by=request.user)
    told_above.success(request, gettext("Teruggenomen. Wat erin stond is weg."))
    return redirect("youth:messages")
