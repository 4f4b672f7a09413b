"""What every page of this desk shares."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext

from ipta.accounts.models import Person
from ipta.base.prepared import prepared
from ipta.dossiers.models import Coachship, Dossier
from ipta.web import desk

View = Callable[..., HttpResponse]
OPEN = ("GET", "HEAD", "POST")


def asks(back: str, *, always: bool = False) -> Callable[[View], View]:
    """A page with a form; what he types is kept while he types.

    When it all has ended there is nothing to fill in any more: back to the page that reads. `always`: this stays his.
    """

    def declare(view: View) -> View:
        @wraps(view)
        def asked(request: desk.DeskRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if always or desk.my_dossier(request).is_taking_part:
                return view(request, *args, **kwargs)
            messages.info(request, gettext("Je bent hier klaar. Alles blijft staan. Iets veranderen? Vraag je coach."))
            return redirect(back)

        return desk.youth(*OPEN)(asked)

    return declare


def one_tap(back: str) -> Callable[[View], View]:
    """A button without a form. Who comes here by an address, after signing in again, goes back to the page of it."""

    def declare(view: View) -> View:
        @wraps(view)
        def tapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            return view(request, *args, **kwargs) if request.method == "POST" else redirect(back)

        return desk.youth(*OPEN)(tapped)

    return declare


# --- words ----------------------------------------------------------------------------


def coach_of(dossier: Dossier) -> Person | None:
    """Who walks along now; a stand-in only when there is nobody else."""
    ship = next(iter(_coachship(dossier=dossier.pk)), None)
    return ship.coach if ship else None


@prepared
def _coachship(dossier: UUID) -> QuerySet[Coachship]:
    return Coachship.objects.now().filter(dossier=dossier).select_related("coach").order_by("is_stand_in")[:1]


def coach_name(dossier: Dossier) -> str:
    coach = coach_of(dossier)
    return (coach.first_name if coach else "") or gettext("je coach")


def who(person: Person, dossier: Dossier) -> str:
    """Somebody, as one says it to the youth."""
    if person.pk == dossier.youth_id:
        return gettext("jij")
    return person.first_name or gettext("je coach")
