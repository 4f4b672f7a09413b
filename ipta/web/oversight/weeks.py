"""The weeks of the reading log: which are signed, by whom, and which are late."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from ipta.accounts.models import Municipality, Role
from ipta.sharing.weeks import weeks_of
from ipta.web import desk

WEEKS_A_PAGE = 12


@desk.privacy_officer()
def municipalities(request: desk.DeskRequest) -> HttpResponse:
    """The municipalities of this privacy officer; with one, straight on to its weeks."""
    mine = _mine(request)
    if len(mine) == 1:
        return redirect("oversight:weeks", mine[0].pk)
    return render(request, "oversight/municipalities.html", {"municipalities": mine})


@desk.privacy_officer()
def weeks(request: desk.DeskRequest, municipality: UUID) -> HttpResponse:
    """Every week since work began here, the newest first."""
    here = municipality_of(request, municipality)
    states = weeks_of(here)
    context = {
        "municipality": here,
        "several": len(_mine(request)) > 1,
        "page": Paginator(states, WEEKS_A_PAGE).get_page(request.GET.get("page")),
        "late": sum(state.is_late for state in states),
    }
    return render(request, "oversight/weeks.html", context)


def municipality_of(request: desk.DeskRequest, pk: UUID) -> Municipality:
    """One of this officer's; the same 404 for absent and forbidden."""
    here = next((one for one in _mine(request) if one.pk == pk), None)
    if here is None:
        raise Http404
    return here


def _mine(request: desk.DeskRequest) -> list[Municipality]:
    return list(Municipality.objects.filter(pk__in=request.user.municipalities_as(Role.PRIVACY_OFFICER)))
