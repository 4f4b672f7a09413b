"""Who the coach is: a page of his own for a youth who wonders who is looking for him. By link or QR; nobody counts."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipta.accounts.models import Role
from ipta.base import acting
from ipta.dossiers.papers import checking
from ipta.scouting import commands
from ipta.scouting.models import CoachPage
from ipta.scouting.rules import long_sentences
from ipta.web import asking, desk, kept
from ipta.web.among import home
from ipta.web.asking import Asking, words
from ipta.web.coach.people import call_link
from ipta.web.uploads import takes_files

TEXTS = ("story", "why", "reach")


class WhoForm(Asking):
    story = words(
        _("Wie ben ik?"),
        longest=1500,
        rows=6,
        need=_("Schrijf in een paar zinnen wie je bent."),
        hint=_("Waar je vandaan komt, wat je zelf meemaakte, wat je leuk vindt. Korte zinnen."),
    )
    why = words(_("Waarom zoek ik je?"), longest=600, rows=4, hint=_("Wat je te bieden hebt, en dat hij of zij kiest."))
    reach = words(_("Zo bereik je mij"), longest=200, hint=_("Bijvoorbeeld: app of bel 06 12345678."))
    photo = forms.FileField(
        label=_("Foto"),
        required=False,
        help_text=_("Waarop je jezelf bent. Waar hij gemaakt is, halen we eruit."),
        widget=forms.FileInput(attrs={"accept": "image/*"}),
    )

    def said(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in TEXTS}

    def looked_at(self) -> checking.Checked | None:
        """The photo, clean. Raises `Impossible`."""
        file: UploadedFile[bytes] | None = self.cleaned_data["photo"]
        return checking.check(file.read()) if file else None


@takes_files
@desk.coach("GET", "HEAD", "POST")
def who_am_i(request: desk.DeskRequest) -> HttpResponse:
    """Write it, and hand out the link."""
    page = CoachPage.objects.filter(person=request.user).first()
    initial = {name: getattr(page, name) for name in TEXTS} if page else {}
    form = asking.asked(request, WhoForm, initial=initial)
    if request.method == "POST":
        form.files = request.FILES
    if asking.is_ready(request, form):
        with asking.told(form):
            commands.introduce_oneself(home(request.user), by=request.user, photo=form.looked_at(), **form.said())
            messages.success(request, gettext("Je pagina staat klaar."))
            return kept.done(request, redirect("coach:who_am_i"))
    is_open = page is not None and page.is_open
    context: dict[str, Any] = {
        "url": request.build_absolute_uri(reverse("coach:who", args=[page.token])) if page and is_open else "",
        "has_photo": page is not None and bool(page.photo),
        "long": long_sentences(f"{page.story}\n{page.why}") if page else [],
    }
    return asking.shown(request, "coach/who_am_i.html", form, **context)


@desk.coach("POST")
def close_page(request: desk.DeskRequest) -> HttpResponse:
    if page := CoachPage.objects.filter(person=request.user, is_open=True).first():
        commands.close_page(page, home(request.user), by=request.user)
    messages.success(request, gettext("Je pagina is dicht. De link werkt niet meer."))
    return redirect("coach:who_am_i")


@desk.anyone()
def who(request: HttpRequest, token: str) -> HttpResponse:
    """For everybody with the link. Nothing is kept of who reads it."""
    page = _page(token)
    context = {
        "page": page,
        "name": page.person.first_name,
        "call": call_link(page.reach),
        "has_photo": bool(page.photo),
    }
    return render(request, "coach/who.html", context)


@desk.anyone()
def photo(request: HttpRequest, token: str) -> HttpResponse:
    page = _page(token)
    if not page.photo:
        raise Http404
    return HttpResponse(bytes(page.photo), content_type="image/jpeg")


def _page(token: str) -> CoachPage:
    """An open page of somebody who is a coach still."""
    page = CoachPage.objects.filter(token=token, is_open=True, person__is_active=True).select_related("person").first()
    if page is None:
        raise Http404
    with acting.as_person(page.person_id):
        if not page.person.is_somewhere(Role.COACH):
            raise Http404
    return page
