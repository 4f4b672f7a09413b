"""Who works along in this municipality, and as what. No dossier is opened here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from allauth.account.forms import ResetPasswordForm
from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipta.accounts.commands import appoint, introduce
from ipta.accounts.commands import leave as end_post
from ipta.accounts.models import Municipality, Person, Post, Role
from ipta.base.verdict import Impossible
from ipta.web import desk, kept


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


class NewColleague(forms.Form):
    municipality = forms.ModelChoiceField(Municipality.objects.none(), label=_("Gemeente"), empty_label=None)
    role = forms.ChoiceField(label=_("Rol"), choices=Role.choices)
    first_name = forms.CharField(label=_("Voornaam"), max_length=40)
    last_name = forms.CharField(label=_("Achternaam"), max_length=60, required=False)
    email = forms.EmailField(
        label=_("E-mailadres van het werk"),
        max_length=254,
        error_messages={"invalid": _("Dit is geen e-mailadres. Een adres ziet er zo uit: noor@gemeente.nl.")},
    )
    organisation = forms.CharField(label=_("Organisatie"), max_length=80, required=False)


@desk.functional_manager("GET", "HEAD", "POST")
def people(request: desk.DeskRequest) -> HttpResponse:
    """Everybody with a role, and a form for one more. Who is new gets a mail to choose a password."""
    mine = Municipality.objects.filter(pk__in=request.user.municipalities_as(Role.FUNCTIONAL_MANAGER))
    words = request.POST if request.method == "POST" else kept.take_back(request)
    form = NewColleague(words)
    form.fields["municipality"].queryset = mine  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        try:
            _welcome(request, form)
        except Impossible as reason:
            form.add_error(None, gettext(str(reason)))
        else:
            return kept.done(request, redirect("municipality:people"))
    return render(
        request,
        "municipality/people.html",
        {
            "teams": list(_teams(request.user, mine)),
            "form": form,
            "several": len(mine) > 1,
            "kept": request.method != "POST" and words is not None,
        },
        status=422 if request.method == "POST" else 200,
    )


@desk.functional_manager("POST")
def leave(request: desk.DeskRequest, post: int) -> HttpResponse:
    """End a role today."""
    mine = request.user.municipalities_as(Role.FUNCTIONAL_MANAGER)
    found = Post.objects.now().filter(pk=post, municipality__in=mine).exclude(person=request.user).first()
    if found is None:
        raise Http404
    end_post(found, by=request.user)
    messages.success(request, gettext("De rol is gestopt."))
    return redirect("municipality:people")


def _welcome(request: desk.DeskRequest, form: NewColleague) -> None:
    wanted = form.cleaned_data
    known = Person.objects.filter(email__iexact=wanted["email"]).first()
    person = known or introduce(
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
