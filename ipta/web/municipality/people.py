"""Who works along in this municipality, and as what. No dossier is opened here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from allauth.account.forms import ResetPasswordForm
from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipta.accounts.commands import appoint, introduce
from ipta.accounts.models import Municipality, Person, Post, Role
from ipta.dossiers.commands import depart
from ipta.dossiers.queries import count_left
from ipta.web import desk, kept
from ipta.web.among import Among
from ipta.web.among import Colleague as AColleague
from ipta.web.asking import NO_SUCH_ANSWER, Asking, asked, is_done, is_ready, shown, told, words


@dataclass(frozen=True)
class Colleague:
    post: int
    name: str
    email: str
    organisation: str
    since: date
    is_me: bool


@dataclass(frozen=True)
class Team:
    role: str
    municipality: str
    people: list[Colleague]


class NewColleague(Asking):
    municipality = Among(
        Municipality.objects.none(),
        label=_("Gemeente"),
        empty_label=None,
        error_messages={"required": _("Kies een gemeente.")},
    )
    role = forms.ChoiceField(
        label=_("Rol"),
        choices=Role.choices,
        error_messages={"required": _("Kies een rol."), "invalid_choice": NO_SUCH_ANSWER},
    )
    first_name = words(_("Voornaam"), longest=40, need=_("Vul de voornaam in."))
    last_name = words(_("Achternaam"), longest=60)
    email = forms.EmailField(
        label=_("E-mailadres van het werk"),
        max_length=254,
        error_messages={
            "required": _("Vul het e-mailadres in. Daar gaat de mail naartoe om een wachtwoord te kiezen."),
            "invalid": _("Dit is geen e-mailadres. Een adres ziet er zo uit: noor@gemeente.nl."),
        },
    )
    organisation = words(_("Organisatie"), longest=80)

    def __init__(self, *args: Any, mine: QuerySet[Municipality], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["municipality"].queryset = mine  # type: ignore[attr-defined]


@desk.functional_manager("GET", "HEAD", "POST")
def people(request: desk.DeskRequest) -> HttpResponse:
    """Everybody with a role, and a form for one more. Who is new gets a mail to choose a password."""
    mine = Municipality.objects.filter(pk__in=request.user.municipalities_as(Role.FUNCTIONAL_MANAGER))
    form = asked(request, NewColleague, mine=mine)
    if is_done(request, form, lambda: _welcome(request, form)):
        return kept.done(request, redirect("municipality:people"))
    teams = list(_teams(request.user, mine))
    return shown(request, "municipality/people.html", form, teams=teams, several=len(mine) > 1)


class LeaveForm(Asking):
    """Who goes on, when there are youths to go on with. How many is said; who they are is not."""

    coach = AColleague(
        label=_("Wie neemt het over?"),
        queryset=Person.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={
            "required": _("Kies wie het overneemt."),
            "invalid_choice": _("Kies een coach uit de lijst."),
        },
    )

    def __init__(self, *args: Any, post: Post, me: Person, is_needed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_needed:
            del self.fields["coach"]
            return
        posts = Post.objects.now().filter(municipality=post.municipality_id, role=Role.COACH)
        coaches = Person.objects.filter(pk__in=posts.values("person"), is_active=True)
        others = coaches.exclude(pk__in=[post.person_id, me.pk]).order_by("first_name", "last_name")
        self.fields["coach"].queryset = others  # type: ignore[attr-defined]


@desk.functional_manager("GET", "HEAD", "POST")
def leave(request: desk.DeskRequest, post: int) -> HttpResponse:
    """End a role today. A coach leaves nobody behind: somebody goes on with his youths."""
    mine = request.user.municipalities_as(Role.FUNCTIONAL_MANAGER)
    found = Post.objects.now().filter(pk=post, municipality__in=mine).exclude(person=request.user).first()
    if found is None:
        raise Http404
    count = count_left(found)
    form = asked(request, LeaveForm, post=found, me=request.user, is_needed=count > 0)
    if is_ready(request, form):
        with told(form):
            depart(found, to=form.cleaned_data.get("coach"), by=request.user)
            messages.success(request, gettext("De rol is gestopt."))
            return kept.done(request, redirect("municipality:people"))
    context: dict[str, Any] = {
        "name": str(found.person),
        "role": Role(found.role).label,
        "count": count,
        "is_alone": bool(count) and not form.fields["coach"].queryset.exists(),  # type: ignore[attr-defined]
    }
    return shown(request, "municipality/leave.html", form, **context)


def _welcome(request: desk.DeskRequest, form: NewColleague) -> None:
    wanted = form.cleaned_data
    person = Person.objects.with_email(wanted["email"]) or introduce(
        wanted["municipality"],
        email=wanted["email"],
        first_name=wanted["first_name"],
        last_name=wanted["last_name"],
        organisation=wanted["organisation"],
        by=request.user,
    )
    appoint(person, municipality=wanted["municipality"], role=wanted["role"], by=request.user)
    if person.has_usable_password():
        messages.success(request, gettext("De rol is gegeven."))
        return
    invitation = ResetPasswordForm({"email": person.email})
    if invitation.is_valid():
        invitation.save(request)
    messages.success(request, gettext("De rol is gegeven. Er is een mail gestuurd om een wachtwoord te kiezen."))


def _teams(me: Person, municipalities: Iterable[Municipality]) -> Iterable[Team]:
    posts = Post.objects.now().filter(municipality__in=municipalities).select_related("person", "municipality")
    order = {role: place for place, role in enumerate(Role.values)}
    ordered = sorted(posts, key=lambda post: (post.municipality.name, order[post.role], str(post.person)))
    for (municipality, role), together in groupby(ordered, key=lambda post: (post.municipality.name, post.role)):
        yield Team(str(Role(role).label), municipality, [_colleague(post, me) for post in together])


def _colleague(post: Post, me: Person) -> Colleague:
    person = post.person
    return Colleague(
        post.pk, str(person), person.email or "", person.organisation, post.since, is_me=person.pk == me.pk
    )
