"""Questionnaires about a youth: which there are, filling one in, reading it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from ipta.base.verdict import Impossible
from ipta.scans.instruments.queries import asked_by
from ipta.web import desk, sheet_pages
from ipta.web.coach import people
from ipta.web.coach.yes_first import dossier_since_yes, not_yet, since_yes_to_read
from ipta.web.sheet_ages import not_made_for


@desk.coach()
def sheets(request: desk.DeskRequest, pk: UUID) -> HttpResponse:
    """What can be filled in, what was begun and what was done."""
    dossier = desk.dossier_to_read(request, pk)
    if dossier.joined_on is None:
        return not_yet(request, dossier, gettext("Vragenlijsten"))
    youth = people.known(request.reader, [dossier])[pk]
    return render(request, "coach/sheets.html", {"youth": youth, "offered": sheet_pages.offered(dossier)})


@desk.coach("POST")
def begin_sheet(request: desk.DeskRequest, pk: UUID) -> HttpResponse:
    """Begin, or go on where it was begun."""
    dossier = dossier_since_yes(request, pk)
    try:
        sheet = sheet_pages.begin(request, dossier)
    except Impossible as objection:
        messages.info(request, gettext(str(objection)))
        return redirect("coach:sheets", pk)
    return redirect("coach:sheet", pk, sheet.pk)


@desk.coach("GET", "HEAD", "POST")
def sheet(request: desk.DeskRequest, pk: UUID, sheet: UUID) -> HttpResponse:
    """Fill it in; once it was signed off, read it."""
    dossier = since_yes_to_read(request, pk)
    found = sheet_pages.found(dossier, sheet)
    youth = people.known(request.reader, [dossier], {pk: {"scores"}})[pk]
    context = {"youth": youth, "sheet": found, "back": reverse("coach:sheets", args=[pk])}
    asks = asked_by(found.version)
    mind = not_made_for(asks, request.reader.text(dossier.born), found.about_on, called=youth.called)
    ask_url = "" if request.reads_only else f"{reverse('coach:ask_help', args=[pk])}?lijst={sheet}"
    context |= {"rights": asks.copyright, "mind": mind, "ask_url": ask_url}
    if found.signed_off_at or request.reads_only or sheet_pages.is_gone(request, found):
        views = [request.reader.text(view.text) for view in dossier.view_set.filter(line=found.pk)]
        context |= {"read": sheet_pages.read(request.reader, found), "views": views}
        return render(request, "coach/sheet.html", context)
    here = reverse("coach:sheet", args=[pk, sheet])
    filling = sheet_pages.fill(request, found, here=here)
    if filling.response:
        return filling.response
    status = 422 if filling.form.errors else 200
    context |= {"form": filling.form, "asked": filling.asked, "is_kept": filling.form.is_kept, "signs": filling.signs}
    return render(request, "coach/fill_sheet.html", context, status=status)


@desk.coach("POST")
def sheet_again(request: desk.DeskRequest, pk: UUID, sheet: UUID) -> HttpResponse:
    """The same as last time, or corrected."""
    dossier = dossier_since_yes(request, pk)
    found = sheet_pages.found(dossier, sheet)
    try:
        made = sheet_pages.again(request, found)
    except Impossible as objection:
        messages.info(request, gettext(str(objection)))
        return redirect("coach:sheet", pk, sheet)
    return redirect("coach:sheet", pk, made.pk)
