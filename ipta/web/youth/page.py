"""What every page of this desk shares."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext

from ipta.accounts.models import Person
from ipta.base import clock
from ipta.base.prepared import prepared
from ipta.dossiers.models import Coachship, Dossier
from ipta.sharing.door import Reader
from ipta.web import desk

View = Callable[..., HttpResponse]
OPEN = ("GET", "HEAD", "POST")
IS_NEW_FOR = timedelta(days=21)


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


@dataclass(slots=True)
class Coaches:
    """Who walks along with him: now, soon and before."""

    now: Person | None = None
    is_new: bool = False  # since a few weeks another one than before
    before: Coachship | None = None  # the one of before him
    next_one: Coachship | None = None
    stand_ins: list[Coachship] = field(default_factory=list)  # who is there for the coach now
    written: list[Coachship] = field(default_factory=list)  # one wrote to the other what he must know

    @property
    def name(self) -> str:
        return (self.now.first_name if self.now else "") or gettext("je coach")


def coaches_of(dossier: Dossier) -> Coaches:
    today, found = clock.today(), Coaches()
    for ship in _ships(dossier=dossier.pk):
        found.written += [ship] if ship.briefing else []
        if ship.is_stand_in:
            found.stand_ins += [ship] if ship.is_running() else []
        elif ship.since > today:
            found.next_one = ship
        elif ship.is_running():
            found.now = ship.coach
            found.is_new = found.before is not None and today - ship.since < IS_NEW_FOR
        else:
            found.before = ship
    return found


@prepared
def _ships(dossier: UUID) -> QuerySet[Coachship]:
    ships = Coachship.objects.kept().filter(dossier=dossier)
    return ships.select_related("coach", "given_by", "briefing").order_by("since")


def coach_name(dossier: Dossier) -> str:
    coach = coach_of(dossier)
    return (coach.first_name if coach else "") or gettext("je coach")


def known_as(reader: Reader, dossier: Dossier) -> str:
    """What he is called; nothing where that was erased."""
    if reader.is_gone(dossier.nickname):
        return ""
    return reader.text(dossier.first_name) or reader.text(dossier.nickname)


def who(person: Person, dossier: Dossier) -> str:
    """Somebody, as one says it to the youth."""
    if person.pk == dossier.youth_id:
        return gettext("jij")
    return person.first_name or gettext("je coach")
