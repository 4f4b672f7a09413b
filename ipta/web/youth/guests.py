"""Een eigen pagina voor iemand om mij heen: giving it, closing it, and seeing it as that person does."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from ipta.base.verdict import Impossible
from ipta.dossiers.models import Dossier, NetworkPerson
from ipta.sharing import guests, policies
from ipta.web import desk
from ipta.web.desk import DeskRequest
from ipta.web.network.giving import handed, page_of, seen_by, spaced
from ipta.web.network.names import named
from ipta.web.youth.page import one_tap


@desk.youth()
def guest(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Whether this person has a page, on which devices, and what can be done with it."""
    dossier = desk.my_dossier(request)
    page = page_of(_somebody(dossier, pk), request.reader)
    context = {
        "dossier": dossier,
        "page": page,
        "may_invite": bool(policies.can_invite_guest(request.user, dossier)),
        "invite_url": reverse("youth:invite_guest", args=[pk]),
        "renew_url": reverse("youth:renew_code", args=[pk]),
        "cut_url": reverse("youth:cut_guest", args=[pk]),
        "seen_url": reverse("youth:seen_by", args=[page.person.pk]) if page.person else "",
        "share_url": f"{reverse('youth:grant')}?met={page.person.pk}" if page.person else "",
    }
    return render(request, "youth/guest.html", context)


@one_tap("youth:people")
def invite_guest(request: DeskRequest, pk: UUID) -> HttpResponse:
    """A link and a code, shown once. No redirect: an address is kept and logged, they must not be."""
    dossier = desk.my_dossier(request)
    somebody = _somebody(dossier, pk)
    try:
        way = guests.invite_guest(somebody, by=request.user)
    except Impossible as objection:
        messages.warning(request, gettext(str(objection)))
        return redirect("youth:guest", pk)
    context = {"dossier": dossier, "who": named(somebody, request.reader), "pk": pk, **handed(request, way)}
    return render(request, "youth/guest_way.html", context)


@one_tap("youth:people")
def renew_code(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Another code, with the same link."""
    dossier = desk.my_dossier(request)
    somebody = _somebody(dossier, pk)
    try:
        code = guests.renew_code(somebody, by=request.user)
    except Impossible as objection:
        messages.warning(request, gettext(str(objection)))
        return redirect("youth:guest", pk)
    context = {"dossier": dossier, "who": named(somebody, request.reader), "pk": pk, "code": spaced(code)}
    return render(request, "youth/guest_way.html", context)


@one_tap("youth:people")
def cut_guest(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Closed at once: whoever is reading now reads nothing at the next tap."""
    guests.cut_guest(_somebody(desk.my_dossier(request), pk), by=request.user)
    messages.success(request, gettext("Gestopt. Die persoon komt er nu niet meer in."))
    return redirect("youth:guest", pk)


@desk.youth()
def see(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Zo ziet die het: the same blocks, opened by himself."""
    dossier = desk.my_dossier(request)
    seen = seen_by(dossier, pk, request.reader)
    return render(request, "youth/seen_by.html", {"dossier": dossier, "seen": seen})


def _somebody(dossier: Dossier, pk: UUID) -> NetworkPerson:
    return get_object_or_404(dossier.networkperson_set.select_related("account", "dossier"), pk=pk)
