"""Who sits at which desk. Every view declares its desk; the site does not start without (see `checks`)."""

from collections.abc import Callable, Collection
from functools import wraps
from typing import Any, Protocol
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from ipta.accounts.models import Person, Role
from ipta.base.prepared import prepared
from ipta.dossiers.corrections.models import Correction
from ipta.dossiers.models import Coachship, Dossier
from ipta.law.policies import ANSWERABLE
from ipta.scans.models import Saying, Statement
from ipta.sharing.door import Reader
from ipta.sharing.models import Emergency, Warning
from ipta.sharing.queries import caseload_of, coached, dossiers_visible_to, of_youth
from ipta.web import kept


class DeskRequest(HttpRequest):
    """A request of somebody who sits at a desk."""

    user: Person
    reader: Reader
    emergency: Emergency | None  # with which this dossier is read now; known after `dossier_to_read`
    reads_only: bool  # then the page offers nothing to change


View = Callable[..., HttpResponse]


class _Sits(Protocol):
    def __call__(self, person: Person) -> bool: ...


def _desk(name: str, sits: _Sits, methods: tuple[str, ...]) -> Callable[[View], View]:
    def declare(view: View) -> View:
        @wraps(view)
        def at_desk(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                response = redirect_to_login(request.get_full_path(), _door_of(name))
                if request.method == "POST":
                    kept.keep(request, response)
                return response
            if not sits(request.user):
                raise Http404
            request.sits_here = True  # type: ignore[attr-defined]  # read by `errors.not_found`
            return _of_draft(request) or view(request, *args, **kwargs)

        declared = require_http_methods(list(methods))(at_desk)
        declared.desk = name  # type: ignore[attr-defined]
        return declared

    return declare


def _of_draft(request: HttpRequest) -> HttpResponse | None:
    """The answer to what a browser sends by itself while somebody types, and to throwing that away. Otherwise None."""
    if request.method != "POST":
        return None
    if request.headers.get("X-Requested-With") == "fetch":
        return HttpResponse(status=kept.type_on(request))
    return kept.done(request, redirect(request.path)) if "weg" in request.POST else None


def _door_of(desk: str) -> str:
    return {"youth": "/binnen/", "network": "/mee/verder/"}.get(desk, "/accounts/login/")


def coach(*methods: str) -> Callable[[View], View]:
    """For coaches. Another desk's people get the 404 of a page that is not there."""
    return _desk("coach", lambda person: person.is_somewhere(Role.COACH), methods or ("GET", "HEAD"))


def youth(*methods: str) -> Callable[[View], View]:
    return _desk("youth", lambda person: person.is_youth, methods or ("GET", "HEAD"))


def network(*methods: str) -> Callable[[View], View]:
    """For guests: people around a youth, who came in with a link and a code."""
    return _desk("network", lambda person: person.is_guest, methods or ("GET", "HEAD"))


def functional_manager(*methods: str) -> Callable[[View], View]:
    """For who gives and ends the roles of a municipality. Opens no dossier."""
    return _desk(
        "functional_manager",
        lambda person: person.is_somewhere(Role.FUNCTIONAL_MANAGER),
        methods or ("GET", "HEAD"),
    )


def municipality(*methods: str) -> Callable[[View], View]:
    """For who runs a municipality: its functional managers and its project leader."""
    return _desk(
        "municipality",
        lambda person: person.is_somewhere(Role.FUNCTIONAL_MANAGER, Role.PROJECT_LEADER),
        methods or ("GET", "HEAD"),
    )


def privacy_officer(*methods: str) -> Callable[[View], View]:
    """For who reviews the reading log of a municipality. Opens no dossier."""
    return _desk(
        "privacy_officer", lambda person: person.is_somewhere(Role.PRIVACY_OFFICER), methods or ("GET", "HEAD")
    )


def answerable(*methods: str) -> Callable[[View], View]:
    """For who answers for the law in a municipality: its functional managers and its privacy officer."""
    return _desk("answerable", lambda person: person.is_somewhere(*ANSWERABLE), methods or ("GET", "HEAD"))


def guest(*methods: str) -> Callable[[View], View]:
    """For professionals a youth shared something with (a coach may be one too)."""
    return _desk("guest", lambda person: person.is_staff_member, methods or ("GET", "HEAD"))


def second_person(*methods: str) -> Callable[[View], View]:
    """For a colleague who is asked to think along about a warning: each finds only what he himself was asked."""
    return _desk("second_person", lambda person: person.is_staff_member, methods or ("GET", "HEAD"))


def anyone(*methods: str) -> Callable[[View], View]:
    """For everybody, signed in or not: a declaration like any other."""

    def declare(view: View) -> View:
        declared = require_http_methods(list(methods or ("GET", "HEAD")))(view)
        declared.desk = "anyone"  # type: ignore[attr-defined]
        return declared

    return declare


def own_dossier(request: DeskRequest, pk: UUID) -> Dossier:
    """A dossier of this coach's caseload; the same 404 for absent and forbidden."""
    return _found(caseload_of(request.user).filter(pk=pk))


def dossier_to_read(request: DeskRequest, pk: UUID) -> Dossier:
    """The same for a page that reads: also a dossier that this coach opened with the emergency button."""
    coach = request.user
    mine = _to_read(pk=pk, coach=coach.pk, municipalities=coach.municipalities_as(Role.COACH))
    dossier: Any = next(iter(mine), None)
    request.reads_only = dossier is None
    held = Emergency.objects.held_by(coach).filter(dossier=pk)
    request.emergency = held.first() if dossier is None or dossier.taken else None
    if dossier is None and request.emergency:
        dossier = dossiers_visible_to(request.user).filter(pk=pk).first()
    if dossier is None:
        raise Http404
    return dossier  # type: ignore[no-any-return]  # with what was annotated


@prepared
def _to_read(pk: UUID, coach: UUID, municipalities: Collection[UUID]) -> QuerySet[Dossier]:
    taken = Emergency.objects.of(coach, municipalities).filter(dossier=pk)
    mine = coached(coach, municipalities).filter(pk=pk)
    others = Coachship.objects.filter(dossier=OuterRef("pk")).exclude(coach=coach)
    talked = Saying.objects.filter(dossier=OuterRef("pk"))
    told = Statement.objects.filter(dossier=OuterRef("pk"))
    wishes = Correction.objects.filter(dossier=OuterRef("pk"))
    warnings = Warning.objects.filter(dossier=OuterRef("pk"))
    return mine.annotate(
        taken=Subquery(taken.values("pk")[:1]),
        has_other_coaches=Exists(others),
        has_sayings=Exists(talked),
        has_statements=Exists(told),
        has_wishes=Exists(wishes),
        has_warnings=Exists(warnings),
    )


def visible_dossier(request: DeskRequest, pk: UUID) -> Dossier:
    return _found(dossiers_visible_to(request.user).filter(pk=pk))


def my_dossier(request: DeskRequest) -> Dossier:
    dossier: Dossier | None = next(iter(of_youth(youth=request.user.pk)), None)
    if dossier is None:
        raise Http404
    return dossier


def _found(rows: QuerySet[Dossier]) -> Dossier:
    dossier = rows.first()
    if dossier is None:
        raise Http404
    return dossier
