"""The book of workplaces."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipta.accounts.models import Person, Role
from ipta.reference import queries as reference
from ipta.reference.models import Term
from ipta.sharing import books
from ipta.web import asking, desk, kept
from ipta.web.among import InTown, towns
from ipta.web.asking import Asking, choice, tick, words
from ipta.web.hrefs import call_href
from ipta.web.meanwhile import Changing
from ipta.workplaces import commands
from ipta.workplaces.models import Workplace, WorkplaceScan
from ipta.workplaces.queries import workplaces_visible_to
from ipta.workplaces.rules import POINTS


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


# --- one place ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Said:
    """What one voice says about one point."""

    words: str
    voice: str
    icon: str
    author: str
    on: date
    side: str  # how it looks: who worked there speaks as a youth does


@dataclass(frozen=True, slots=True)
class Point:
    """One of the five points, with all that was said about it beside each other."""

    title: str
    said: list[Said]


VOICES = {
    WorkplaceScan.Voice.VISIT: ("eye", "coach"),
    WorkplaceScan.Voice.WORKED: ("person", "youth"),
    WorkplaceScan.Voice.HEARD: ("chat", "coach"),
}


@desk.coach()
def workplace(request: desk.DeskRequest, workplace: UUID) -> HttpResponse:
    """What is known of one place: the five points, each with every voice, and nothing added up."""
    found = _found(request, workplace)
    towns = request.user.municipalities_as(Role.COACH)
    context = {
        "workplace": in_words(found, with_town=len(towns) > 1),
        "occupation": found.occupation,
        "points": _points(request.user, found),
        "source": reference.source() if found.occupation else None,
    }
    return render(request, "coach/workplace_page.html", context)


def _found(request: desk.DeskRequest, workplace: UUID) -> Workplace:
    mine = workplaces_visible_to(request.user).select_related("municipality", "occupation")
    found = mine.filter(pk=workplace).first()
    if found is None:
        raise Http404
    return found


def _points(person: Person, workplace: Workplace) -> list[Point]:
    scans = list(workplace.scans.select_related("author", "municipality"))
    said: dict[str, list[Said]] = {name: [] for name in POINTS}
    for scan in scans:
        for name in POINTS:
            if words := books.text(person, getattr(scan, name)):
                icon, side = VOICES[WorkplaceScan.Voice(scan.voice)]
                author, voice = scan.author.get_full_name(), str(scan.get_voice_display())
                said[name].append(Said(words, voice, icon, author, scan.seen_on, side))
    return [Point(str(_(POINTS[name])), voices) for name, voices in said.items() if voices]


def _offer(form: forms.Form, name: str, kind: str, *, is_list: bool = False) -> None:
    """Let the field offer words of ESCO while one types. Whatever is typed is right too."""
    offers = {"data-suggest": reverse("coach:suggest", args=[kind])} | ({"data-suggest-list": ""} if is_list else {})
    form.fields[name].widget.attrs.update(offers)


class ScanForm(Asking):
    voice = choice(_("Hoe weet je dit?"), WorkplaceScan.Voice.choices, initial=WorkplaceScan.Voice.VISIT)
    atmosphere = words(_("Sfeer"), longest=asking.LONG, rows=2, hint=_("Hoe gaan mensen hier met elkaar om?"))
    tasks = words(_("Taken"), longest=asking.LONG, rows=2, hint=_("Wat doe je hier op een gewone dag?"))
    skills = words(_("Wat je moet kunnen"), longest=1000, hint=_("Een paar woorden, met komma's ertussen."))
    social = words(_("Hoe je met mensen omgaat"), longest=asking.LONG, rows=2)
    guidance = words(
        _("Leiding, begeleiding en doorgroeien"),
        longest=asking.LONG,
        rows=2,
        hint=_("Wie legt het uit? Hoe streng? Wat kun je er worden?"),
    )
    network = words(
        _("Mensen om het werk heen"),
        longest=asking.LONG,
        rows=2,
        hint=_("Collega's, vaste klanten, wie helpt. Zet hier geen namen van jongeren."),
    )
    on = asking.day(_("Dag"), hint=_("Leeg is vandaag."), only=asking.past)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "skills", Term.Kind.SKILL, is_list=True)


@desk.coach("GET", "HEAD", "POST")
def scan_workplace(request: desk.DeskRequest, workplace: UUID) -> HttpResponse:
    """Write down how it is there: after a visit, or as somebody tells it."""
    found = _found(request, workplace)
    form = asking.asked(request, ScanForm)
    if asking.is_ready(request, form):
        with asking.told(form):
            said = form.cleaned_data | {"voice": form.cleaned_data["voice"] or WorkplaceScan.Voice.VISIT}
            with form.sent() as is_first:
                if is_first:
                    commands.scan_workplace(found, by=request.user, **said)
            messages.success(request, gettext("Het staat erbij."))
            return kept.done(request, redirect("coach:workplace", workplace))
    return asking.shown(request, "coach/scan_workplace.html", form, workplace=found)


@desk.coach("POST")
def suggest(request: desk.DeskRequest, shelf: str) -> HttpResponse:
    """Words that may be meant, while somebody types. By POST: what is typed stands in no address."""
    if shelf not in Term.Kind.values:
        raise Http404
    found = reference.find(shelf, request.POST.get("typed", ""))
    return JsonResponse({"found": [{"name": one.name, "under": one.under} for one in found]})


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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "work", Term.Kind.OCCUPATION)


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
    if asking.is_done(request, form, lambda: commands.add(form.town, by=request.user, **_said(form))):
        messages.success(request, gettext("De werkplek staat in het boek."))
        return kept.done(request, redirect("coach:workplaces"))
    text = _("De naam is genoeg. De rest kan later.")
    return asking.simple(request, form, title=_("Nieuwe werkplek"), back=reverse("coach:workplaces"), text=text)


@desk.coach("GET", "HEAD", "POST")
def change_workplace(request: desk.DeskRequest, workplace: UUID) -> HttpResponse:
    """What is known of it now, for every coach of the municipality."""
    found = _found(request, workplace)
    there = {name: getattr(found, name) for name in (*commands.WORDS, "is_open")}
    form = asking.asked(request, ChangeForm, there=there)
    if asking.is_ready(request, form):
        if form.is_overtaken:
            return _change_page(request, found, form.again(), status=409, others=form.others())
        with asking.told(form):
            if form.others():
                commands.change(found, by=request.user, is_open=form.cleaned_data["is_open"], **_said(form))
            messages.success(request, gettext("Bewaard."))
            return kept.done(request, redirect("coach:workplace", workplace))
    return _change_page(request, found, form)


def _change_page(
    request: desk.DeskRequest, workplace: Workplace, form: ChangeForm, status: int = 0, **context: Any
) -> HttpResponse:
    context |= {
        "title": gettext("Werkplek"),
        "above": workplace.employer,
        "back": reverse("coach:workplace", args=[workplace.pk]),
    }
    return asking.shown(request, "coach/changing.html", form, status=status, **context)
