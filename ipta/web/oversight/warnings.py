"""Told without a youth's yes: how often in each month, and which youths are still to be told. No word of any."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from ipta.sharing.warning.queries import months_of, postponed_in, unconfirmed_in
from ipta.web import desk
from ipta.web.oversight.weeks import municipality_of


@desk.privacy_officer()
def warnings(request: desk.DeskRequest, municipality: UUID) -> HttpResponse:
    here = municipality_of(request, municipality)
    context = {
        "municipality": here,
        "unconfirmed": unconfirmed_in(here),
        "postponed": postponed_in(here),
        "months": months_of(here),
    }
    return render(request, "oversight/warnings.html", context)
