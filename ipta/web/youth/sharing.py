"""Wie mag wat lezen: one card for each person. Stopping is one tap, and so is sharing it again."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from ipta.base.verdict import Impossible
from ipta.dossiers.models import Dossier
from ipta.sharing import commands
from ipta.sharing.asked.commands import answer_request as answer
from ipta.sharing.door import Reader
from ipta.sharing.rules import ASKED_TWICE
from ipta.web import desk, kept
from ipta.web.asking import asked, is_done, shown
from ipta.web.desk import DeskRequest
from ipta.web.giving import AnswerForm, GrantForm, ItemForm, could_read
from ipta.web.hrefs import href
from ipta.web.reins import (
    Shared,
    Voice,
    give_again,
    grant_or_404,
    in_full_of,
    item_or_404,
    names_of,
    reins_of,
    request_or_404,
    stop,
    stopped_lately,
    what_is_in,
    words_of_item,
)
from ipta.web.reins import (
    share_promised as share,
)
from ipta.web.reins import shared_now as shared_in
from ipta.web.youth.page import asks, one_tap
from ipta.web.youth.words import ITEMS, SECTION_ICONS, SECTIONS


def _way(_dossier: Dossier, name: str, pk: UUID) -> str:
    return href(f"youth:{name}", pk)


MINE = Voice(is_youth=True, names=SECTIONS, icons=SECTION_ICONS, way=_way)


def shared_now(dossier: Dossier, reader: Reader) -> list[Shared]:
    """What he shares now, thing by thing."""
    return shared_in(dossier, reader, MINE)


@desk.youth()
def grants(request: DeskRequest) -> HttpResponse:
    """Who may read what now, who asks for more, and who could before."""
    dossier = desk.my_dossier(request)
    stopped = stopped_lately(request, dossier)
    context = {"dossier": dossier, "reins": reins_of(dossier, request.reader, MINE), "stopped": stopped}
    return render(request, "youth/grants.html", context)


def _asked_for(request: DeskRequest) -> dict[str, str]:
    """Whom he chose on the page he came from."""
    return {"to": request.GET["met"]} if "met" in request.GET else {}


@asks("youth:grants", always=True)
def grant(request: DeskRequest) -> HttpResponse:
    """Let somebody read a part."""
    dossier = desk.my_dossier(request)
    people = {str(person.pk): person for person in could_read(dossier)}
    names = in_full_of(request.reader, dossier, people)
    form = asked(request, GrantForm, people=people, names=names, parts=SECTIONS, initial=_asked_for(request))
    if is_done(request, form, lambda: commands.grant(dossier, by=request.user, **form.said())):
        return _done(request, gettext("Gedeeld. Je kunt het altijd stoppen."))
    context: dict[str, Any] = {"dossier": dossier, "people": people, "section_icons": SECTION_ICONS}
    return shown(request, "youth/grant.html", form, **context)


@asks("youth:grants", always=True)
def grant_item(request: DeskRequest, kind: str, pk: UUID) -> HttpResponse:
    """Let somebody see one thing, and nothing beside it."""
    dossier = desk.my_dossier(request)
    row = item_or_404(dossier, kind, pk)
    people = {str(person.pk): person for person in could_read(dossier)}
    names = in_full_of(request.reader, dossier, people)
    form = asked(request, ItemForm, people=people, names=names, part=row.section)
    if is_done(
        request, form, lambda: commands.grant(dossier, by=request.user, item=row.pk, item_kind=kind, **form.said())
    ):
        return _done(request, gettext("Gedeeld. Je kunt het altijd stoppen."))
    context: dict[str, Any] = {"dossier": dossier, "people": people, "kind": ITEMS[kind]}
    return shown(request, "youth/grant_item.html", form, what=words_of_item(request.reader, kind, row), **context)


@one_tap("youth:grants")
def revoke(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Stop: at the next request that person reads nothing of it any more."""
    found = grant_or_404(desk.my_dossier(request), pk)
    stop(found, by=request.user)
    messages.success(request, gettext("Gestopt. Die persoon kan het nu niet meer lezen."))
    return redirect(f"{reverse('youth:grants')}?gestopt={pk}")


@one_tap("youth:grants")
def confirm(request: DeskRequest, pk: UUID) -> HttpResponse:
    """It is so, what his coach typed."""
    commands.confirm(grant_or_404(desk.my_dossier(request), pk), by=request.user)
    messages.success(request, gettext("Dank je. Je kunt het altijd stoppen."))
    return redirect("youth:grants")


@one_tap("youth:grants")
def grant_again(request: DeskRequest, pk: UUID) -> HttpResponse:
    """The same person, the same part, the same reason, three months more: a new one, since none is ever changed."""
    dossier = desk.my_dossier(request)
    before = grant_or_404(dossier, pk)
    if before.to not in could_read(dossier):
        messages.warning(request, gettext("Met deze persoon kun je nu niet delen."))
        return redirect("youth:grants")
    if before.shared_section in ASKED_TWICE and "sure" not in request.POST:
        what = {"what": what_is_in(before, request.reader, SECTIONS), "again": pk}
        return render(request, "youth/sure.html", {"dossier": dossier, **what})
    try:
        give_again(before, request.reader, by=request.user)
    except Impossible as objection:  # the one thing is not there any more
        messages.warning(request, gettext(str(objection)))
        return redirect("youth:grants")
    messages.success(request, gettext("Gedeeld, voor drie maanden. Je kunt het altijd stoppen."))
    return redirect("youth:grants")


@one_tap("youth:grants")
def share_promised(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Somebody reads on his own page what he promised, and nothing else."""
    somebody = get_object_or_404(desk.my_dossier(request).networkperson_set.select_related("account"), pk=pk)
    try:
        share(somebody, by=request.user)
    except Impossible as objection:  # he pressed twice
        messages.warning(request, gettext(str(objection)))
        return redirect("youth:grants")
    messages.success(request, gettext("Gedeeld. Je kunt het altijd stoppen."))
    return redirect("youth:grants")


@asks("youth:grants")
def answer_request(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Somebody would like to see something. He says yes, no or later."""
    dossier, reader = desk.my_dossier(request), request.reader
    found = request_or_404(dossier, pk)
    if request.method != "POST" and not found.is_waiting:
        return redirect("youth:grants")
    form = asked(request, AnswerForm, section=found.shared_section)
    why = reader.text(found.reason)
    if is_done(request, form, lambda: answer(found, by=request.user, purpose=why, **form.said())):
        return _done(request, gettext("Bewaard."))
    people = names_of(reader, dossier, [found.to, found.asked_by])
    context: dict[str, Any] = {
        "dossier": dossier,
        "who": people[found.to_id][0],
        "role": people[found.to_id][1],
        "by": "" if found.asked_by_id == found.to_id else found.asked_by.first_name,
        "what": what_is_in(found, reader, SECTIONS),
        "icon_name": SECTION_ICONS[found.shared_section],
        "why": why,
    }
    return shown(request, "youth/answer_request.html", form, **context)


def _done(request: DeskRequest, said: str) -> HttpResponse:
    messages.success(request, said)
    return kept.done(request, redirect("youth:grants"))
