"""What every page of this desk shares: which municipality it is about, who looks, and what a section is called."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render

from ipta.accounts.models import Municipality, Role
from ipta.law.queries import answered_for
from ipta.sharing.words import name_of
from ipta.web import asking
from ipta.web.desk import DeskRequest


def named(sections: Iterable[str]) -> str:
    """Sections by their names."""
    return ", ".join(name_of(section) for section in sections)


def town_of(request: DeskRequest, pk: UUID, *roles: Role) -> Municipality:
    """One for whose law this person answers (in one of these roles); the same 404 for absent and forbidden."""
    here = answered_for(request.user, *roles).filter(pk=pk).first()
    if here is None:
        raise Http404
    return here


def shown(request: DeskRequest, template: str, here: Municipality, **context: Any) -> HttpResponse:
    return render(request, template, _around(request, here) | context)


def asked(request: DeskRequest, template: str, form: asking.Asking, here: Municipality, **context: Any) -> HttpResponse:
    """The page with a form."""
    return asking.shown(request, template, form, **_around(request, here) | context)


def _around(request: DeskRequest, here: Municipality) -> dict[str, Any]:
    return {
        "here": here,
        "is_manager": here.pk in request.user.municipalities_as(Role.FUNCTIONAL_MANAGER),
        "is_officer": here.pk in request.user.municipalities_as(Role.PRIVACY_OFFICER),
    }
