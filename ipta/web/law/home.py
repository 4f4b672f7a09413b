"""Wet en privacy: why, how long, what has to be erased, the proof of it, and the papers that tell it all."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from ipta.accounts.models import Role
from ipta.law.models import Hold, Wish
from ipta.law.queries import answered_for
from ipta.web import desk
from ipta.web.law.here import shown, town_of


@desk.answerable()
def towns(request: desk.DeskRequest) -> HttpResponse:
    """The municipalities of this person; with one, straight on to it."""
    mine = list(answered_for(request.user))
    if len(mine) == 1:
        return redirect("law:home", mine[0].pk)
    is_manager = request.user.is_somewhere(Role.FUNCTIONAL_MANAGER)
    return render(request, "law/towns.html", {"towns": mine, "is_manager": is_manager})


@desk.answerable()
def home(request: desk.DeskRequest, municipality: UUID) -> HttpResponse:
    here = town_of(request, municipality)
    wishes = list(Wish.objects.open().filter(municipality=here, agreed_at=None))
    is_officer = here.pk in request.user.municipalities_as(Role.PRIVACY_OFFICER)
    mine = [wish for wish in wishes if (wish.asked_at is not None) == is_officer]
    holds = Hold.objects.asked().filter(municipality=here).exclude(asked_by=request.user)
    return shown(request, "law/home.html", here, waiting=len(mine) + holds.count(), late=sum(w.is_late for w in wishes))
