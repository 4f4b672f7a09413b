"""The book of workplaces."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipta.accounts.models import Role
from ipta.web import asking, desk, kept
from ipta.web.among import InTown, towns
from ipta.web.asking import tick, words
from ipta.web.coach.meanwhile import Changing
from ipta.web.hrefs import call_href
from ipta.workplaces import commands
from ipta.workplaces.models import Workplace
from ipta.workplaces.queries import workplaces_visible_to


@dataclass(frozen=True, slots=True)
class Shown:
    """A workplace as the book shows it. `call`: a link to telephone, where a number was written."""

    pk: UUID
    employer: str
    line: str
    contact: str
    call: str
    mood: str
    is_open: bool

    def speaks_of(self, wanted: str) -> bool:
        everything = " ".join([self.employer, self.line, self.contact, self.mood]).casefold()
        return all(word in everything for word in wanted.casefold().split())


def in_words(workplace: Workplace, *, with_town: bool) -> Shown:
    town = workplace.municipality.name if with_town else ""
    return Shown(
        pk=workplace.pk,
        employer=workplace.employer,
        line=" · ".join(filter(None, [workplace.work, workplace.place, town])),
        contact=workplace.contact,
        call=call_href(workplace.contact),
        mood=workplace.mood,
        is_open=workplace.is_open,
    )


@desk.coach()
def workplaces(request: desk.DeskRequest) -> HttpResponse:
    """The book: where somebody can go first; a word narrows it down."""
    wanted = request.GET.get("zoek", "").strip()[:80]
    towns = request.user.municipalities_as(Role.COACH)
    book = workplaces_visible_to(request.user).select_related("municipality")
    everything = [in_words(workplace, with_town=len(towns) > 1) for workplace in book]
    found = [workplace for workplace in everything if workplace.speaks_of(wanted)]
    context = {
        "is_empty": not everything,
        "open": [workplace for workplace in found if workplace.is_open],
        "closed": [workplace for workplace in found if not workplace.is_open],
        "wanted": wanted,
    }
    return render(request, "coach/workplaces.html", context)


# --- writing in it ------------------------------------------------------------------


class Words(forms.Form):
    """What is asked of a workplace, new or known."""

    employer = words(_("Bedrijf"), longest=120, need=_("Schrijf de naam van het bedrijf op."))
    work = words(_("Wat voor werk?"), longest=200)
    place = words(_("Waar?"), longest=120)
    contact = words(_("Met wie heb je contact?"), longest=200, hint=_("Naam en hoe je die bereikt."))
    mood = words(
        _("Hoe is het daar?"),
        longest=2000,
        rows=4,
        hint=_("Sfeer, leiding, begeleiding. Ook wat jongeren erover vertellen. Zet hier geen namen van jongeren."),
    )


def _said(form: forms.Form) -> dict[str, str]:
    return {name: form.cleaned_data[name] for name in commands.WORDS}


class NewForm(Words, InTown):
    pass


class ChangeForm(Words, Changing):
    is_open = tick(_("Hier kan iemand terecht"))


@desk.coach("GET", "HEAD", "POST")
def add_workplace(request: desk.DeskRequest) -> HttpResponse:
    """A firm more. Its name is enough to begin with."""
    form = asking.asked(request, NewForm, among=towns(request.user, Role.COACH))
    if asking.is_ready(request, form):
        with asking.told(form):
            with form.sent() as is_first:
                if is_first:
                    commands.add(form.town, by=request.user, **_said(form))
            messages.success(request, gettext("De werkplek staat in het boek."))
            return kept.done(request, redirect("coach:workplaces"))
    text = _("De naam is genoeg. De rest kan later.")
    return asking.simple(request, form, title=_("Nieuwe werkplek"), back=reverse("coach:workplaces"), text=text)


@desk.coach("GET", "HEAD", "POST")
def change_workplace(request: desk.DeskRequest, workplace: UUID) -> HttpResponse:
    """What is known of it now, for every coach of the municipality."""
    found = workplaces_visible_to(request.user).filter(pk=workplace).first()
    if found is None:
        raise Http404
    there = {name: getattr(found, name) for name in (*commands.WORDS, "is_open")}
    form = asking.asked(request, ChangeForm, there=there)
    if asking.is_ready(request, form):
        if form.is_overtaken:
            return _change_page(request, found, form.again(), status=409, others=form.others())
        with asking.told(form):
            if form.others():
                commands.change(found, by=request.user, is_open=form.cleaned_data["is_open"], **_said(form))
            messages.success(request, gettext("Bewaard."))
            return kept.done(request, redirect("coach:workplaces"))
    return _change_page(request, found, form)


def _change_page(
    request: desk.DeskRequest, workplace: Workplace, form: ChangeForm, status: int = 0, **context: Any
) -> HttpResponse:
    context |= {"title": gettext("Werkplek"), "above": workplace.employer, "back": reverse("coach:workplaces")}
    return asking.shown(request, "coach/changing.html", form, status=status, **context)
