"""A page of his own for somebody around the youth, seen from the desk of the coach."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from ipta.base.verdict import Impossible
from ipta.dossiers.models import Dossier, NetworkPerson
from ipta.sharing import guests, policies
from ipta.web import desk
from ipta.web.coach import people
from ipta.web.network.giving import handed, page_of, seen_by, spaced
from ipta.web.network.names import named


@desk.coach()
def guest(request: desk.DeskRequest, pk: UUID, somebody: UUID) -> HttpResponse:
    """Whether this person has a page, on which devices, and what can be done with it."""
    dossier = desk.own_dossier(request, pk)
    page = page_of(_somebody(request, dossier, somebody), request.reader)
    here = [pk, somebody]
    context = {
        "youth": people.known(request.reader, [dossier])[pk],
        "page": page,
        "may_invite": bool(policies.can_invite_guest(request.user, dossier)),
        "invite_url": reverse("coach:invite_guest", args=here),
        "renew_url": reverse("coach:renew_code", args=here),
        "cut_url": reverse("coach:cut_guest", args=here),
        "seen_url": reverse("coach:seen_by", args=[pk, page.person.pk]) if page.person else "",
        "share_url": f"{reverse('coach:grant', args=[pk])}?met={page.person.pk}" if page.person else "",
    }
    return render(request, "coach/guest.html", context)


@desk.coach("POST")
def invite_guest(request: desk.DeskRequest, pk: UUID, somebody: UUID) -> HttpResponse:
    """A link and a code, shown once. No redirect: an address is kept and logged, they must not be."""
    dossier = desk.own_dossier(request, pk)
    found = _somebody(request, dossier, somebody)
    try:
        way = guests.invite_guest(found, by=request.user)
    except Impossible as objection:
        return _sorry(request, objection, pk, somebody)
    return _way(request, dossier, found, **handed(request, way))


@desk.coach("POST")
def renew_code(request: desk.DeskRequest, pk: UUID, somebody: UUID) -> HttpResponse:
    """Another code, with the same link."""
    dossier = desk.own_dossier(request, pk)
    found = _somebody(request, dossier, somebody)
    try:
        code = guests.renew_code(found, by=request.user)
    except Impossible as objection:
        return _sorry(request, objection, pk, somebody)
    return _way(request, dossier, found, code=spaced(code))


@desk.coach("POST")
def cut_guest(request: desk.DeskRequest, pk: UUID, somebody: UUID) -> HttpResponse:
    """Closed at once."""
    dossier = desk.own_dossier(request, pk)
    guests.cut_guest(_somebody(request, dossier, somebody), by=request.user)
    messages.success(request, gettext("Gestopt. Die persoon komt er nu niet meer in."))
    return redirect("coach:guest", pk, somebody)


@desk.coach()
def see(request: desk.DeskRequest, pk: UUID, person: UUID) -> HttpResponse:
    """What somebody sees of this dossier, opened by the coach himself."""
    dossier = desk.own_dossier(request, pk)
    if not request.reader.may(dossier, NetworkPerson.section):
        raise Http404  # who stands in for some days knows nobody around the youth
    seen = seen_by(dossier, person, request.reader)
    context = {"youth": people.known(request.reader, [dossier])[pk], "seen": seen, "dossier": dossier}
    return render(request, "coach/seen_by.html", context)


def _way(request: desk.DeskRequest, dossier: Dossier, somebody: NetworkPerson, **way: Any) -> HttpResponse:
    youth = people.known(request.reader, [dossier])[dossier.pk]
    context = {"youth": youth, "who": named(somebody, request.reader), "somebody": somebody.pk, **way}
    return render(request, "coach/guest_way.html", context)


def _sorry(request: desk.DeskRequest, objection: Impossible, pk: UUID, somebody: UUID) -> HttpResponse:
    messages.warning(request, gettext(str(objection)))
    return redirect("coach:guest", pk, somebody)


def _somebody(request: desk.DeskRequest, dossier: Dossier, pk: UUID) -> NetworkPerson:
    """Nobody touches whom he cannot read."""
    rows = dossier.networkperson_set.select_related("account", "dossier")
    found: NetworkPerson | None = rows.filter(pk=pk).first()
    if found is None or not request.reader.may(dossier, found.section):
        raise Http404
    return found
