"""What waits for the yes: before it a coach knows a nickname, and nothing else is asked."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render

from ipta.dossiers.models import Dossier
from ipta.web import desk
from ipta.web.coach import people


def dossier_since_yes(request: desk.DeskRequest, pk: UUID) -> Dossier:
    """A dossier of this coach's caseload that has its yes; before it there is nothing to fill in, so 404."""
    dossier = desk.own_dossier(request, pk)
    if dossier.joined_on is None:
        raise Http404
    return dossier


def since_yes_to_read(request: desk.DeskRequest, pk: UUID) -> Dossier:
    """The same for a page that reads."""
    dossier = desk.dossier_to_read(request, pk)
    if dossier.joined_on is None:
        raise Http404
    return dossier


def not_yet(request: desk.DeskRequest, dossier: Dossier, title: Any) -> HttpResponse:
    """The page that says so kindly, in the place of one that comes after the yes."""
    youth = people.known(request.reader, [dossier])[dossier.pk]
    return render(request, "coach/not_yet.html", {"youth": youth, "title": title})
