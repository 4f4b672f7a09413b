"""Vragen: what he can fill in himself, and what was filled in about him."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from ipta.base.verdict import Impossible
from ipta.scans.instruments.queries import asked_by
from ipta.scans.models import FilledSheet
from ipta.web import desk, sheet_pages
from ipta.web.desk import DeskRequest
from ipta.web.sheet_ages import not_made_for
from ipta.web.youth.my_side import sides_beside
from ipta.web.youth.page import OPEN, one_tap

MINE = (FilledSheet.Voice.YOUTH,)


@desk.youth()
def sheets(request: DeskRequest) -> HttpResponse:
    """What he can fill in, and all that was."""
    dossier = desk.my_dossier(request)
    lists = sheet_pages.offered(dossier)
    about = [one for one in lists if any(voice.done for voice in one.voices)]
    context = {"dossier": dossier, "offered": sheet_pages.in_voices(lists, MINE), "about": about}
    return render(request, "youth/sheets.html", context)


@one_tap("youth:sheets")
def begin(request: DeskRequest) -> HttpResponse:
    """Begin, or go on where it was begun."""
    try:
        sheet = sheet_pages.begin(request, desk.my_dossier(request), only=MINE)
    except Impossible as objection:
        messages.info(request, gettext(str(objection)))
        return redirect("youth:sheets")
    return redirect("youth:sheet", sheet.pk)


@desk.youth(*OPEN)
def sheet(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Fill it in; what is done, or of another, he reads."""
    dossier = desk.my_dossier(request)
    found = sheet_pages.found(dossier, pk)
    asks = asked_by(found.version)
    mind = not_made_for(asks, request.reader.text(dossier.born), found.about_on)
    context: dict[str, Any] = {"dossier": dossier, "sheet": found, "mind": mind, "rights": asks.copyright}
    is_to_read = found.signed_off_at or found.voice not in MINE or not dossier.is_taking_part
    if is_to_read or sheet_pages.is_gone(request, found):
        context |= {"read": sheet_pages.read(request.reader, found)}
        context |= {"sides": sides_beside([found], dossier, request.reader).get(found.pk, ())}
        return render(request, "youth/read_sheet.html", context)
    here = reverse("youth:sheet", args=[pk])
    filling = sheet_pages.fill(request, found, here=here)
    if filling.response:
        return filling.response
    status = 422 if filling.form.errors else 200
    context |= {"form": filling.form, "asked": filling.asked, "is_kept": filling.form.is_kept}
    return render(request, "youth/fill_sheet.html", context, status=status)


@one_tap("youth:sheets")
def again(request: DeskRequest, pk: UUID) -> HttpResponse:
    """The same as last time, or corrected."""
    found = sheet_pages.found(desk.my_dossier(request), pk)
    try:
        made = sheet_pages.again(request, found)
    except Impossible as objection:
        messages.info(request, gettext(str(objection)))
        return redirect("youth:sheet", pk)
    return redirect("youth:sheet", made.pk)
