"""The book of finding places: where youths are found, when to go there, and who opens doors."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.validators import RegexValidator
from django.db.models import Max
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipta.accounts.models import Municipality, Person, Role
from ipta.scouting import commands
from ipta.scouting.models import KNOWN_PLACES, FindingPlace, Observation, Place
from ipta.scouting.queries import places_visible_to
from ipta.sharing import books
from ipta.web import asking, desk, kept
from ipta.web.among import InTown, towns
from ipta.web.asking import Asking, choice, words
from ipta.web.coach.places_map import Map, map_of
from ipta.web.meanwhile import Changing

ICON_OF: Mapping[str, str] = {
    Place.STREET: "pin",
    Place.SPORT: "flag",
    Place.MUSIC: "speak",
    Place.RELIGIOUS: "star",
    Place.COMMUNITY: "home",
    Place.COFFEESHOP: "leaf",
    Place.BARBER: "person",
    Place.SHISHA: "people",
    Place.SCHOOL: "school",
    Place.POLICE: "shield",
    Place.SAFETY_HOUSE: "health",
    Place.OTHER: "question",
}
NAV = "more"


@dataclass(frozen=True, slots=True)
class Shown:
    """A finding place as the book shows it."""

    pk: UUID
    name: str
    kind: str
    icon: str
    area: str
    hours: str
    opens_doors: str
    seen_on: date | None

    @property
    def href(self) -> str:
        return reverse("coach:finding_place", args=[self.pk])

    @property
    def scout_href(self) -> str:
        """To note somebody who was met here."""
        return f"{reverse('coach:scout')}?plek={self.pk}"

    @property
    def under(self) -> str:
        return " · ".join(filter(None, [self.kind, self.hours]))


@dataclass(frozen=True, slots=True)
class Seen:
    """An observation in clear words."""

    on: date
    author: str
    words: str


@dataclass(frozen=True, slots=True)
class Group:
    """The places of one area, or those of which no area is known."""

    area: str
    places: list[Shown]

    @property
    def id(self) -> str:
        return anchor(self.area)

    @property
    def title(self) -> str:
        return gettext("Gebied %(area)s") % {"area": self.area} if self.area else gettext("Nog zonder gebied")


@dataclass(frozen=True, slots=True)
class Town:
    """The book of one municipality: its map, and its places by area."""

    name: str
    map: Map | None
    groups: list[Group]


def anchor(area: str) -> str:
    """Where the places of this area stand on the page."""
    return f"gebied-{area or 'onbekend'}"


def in_words(person: Person, place: FindingPlace, seen_on: date | None = None) -> Shown:
    return Shown(
        pk=place.pk,
        name=place.name,
        kind=str(place.get_kind_display()),
        icon=ICON_OF[place.kind],
        area=place.area,
        hours=books.text(person, place.hours),
        opens_doors=books.text(person, place.opens_doors),
        seen_on=seen_on,
    )


@desk.coach()
def finding_places(request: desk.DeskRequest) -> HttpResponse:
    """The book: a map of the areas, and the places beside it."""
    by_town: defaultdict[Municipality, list[Shown]] = defaultdict(list)
    for place in places_visible_to(request.user).annotate(last=Max("observation__seen_on")):
        by_town[place.municipality].append(in_words(request.user, place, place.last))
    towns = [_town(town, places) for town, places in sorted(by_town.items(), key=lambda item: item[0].name)]
    return render(request, "coach/finding_places.html", {"towns": towns, "nav": NAV})


def _town(municipality: Municipality, places: Iterable[Shown]) -> Town:
    by_area: defaultdict[str, list[Shown]] = defaultdict(list)
    for place in places:
        by_area[place.area].append(place)
    groups = [Group(area, by_area[area]) for area in sorted(by_area, key=lambda area: area or "z")]
    counts = {group.area: len(group.places) for group in groups if group.area}
    return Town(municipality.name, map_of(municipality, counts, anchor), groups)


# --- one place ----------------------------------------------------------------------


class ObserveForm(Asking):
    words = words(
        _("Wat zag je?"),
        longest=asking.LONG,
        rows=3,
        need=_("Schrijf in een paar woorden op wat je zag."),
        hint=_("Over de plek, niet over één jongere. Zet hier geen namen van jongeren."),
    )
    on = asking.day(_("Dag"), hint=_("Leeg is vandaag."), only=asking.past)


@desk.coach("GET", "HEAD", "POST")
def finding_place(request: desk.DeskRequest, place: UUID) -> HttpResponse:
    """What is known of one place, what was seen there, newest first, and room for what was seen today."""
    found = _found(request, place)
    form = asking.asked(request, ObserveForm)
    if asking.is_done(request, form, lambda: commands.observe(found, by=request.user, **form.cleaned_data)):
        messages.success(request, gettext("Het staat erbij."))
        return kept.done(request, redirect("coach:finding_place", place))
    context: dict[str, Any] = {"place": in_words(request.user, found), "seen": _seen(request.user, found), "nav": NAV}
    return asking.shown(request, "coach/finding_place.html", form, **context)


def _found(request: desk.DeskRequest, place: UUID) -> FindingPlace:
    found = places_visible_to(request.user).filter(pk=place).first()
    if found is None:
        raise Http404
    return found


def _seen(person: Person, place: FindingPlace) -> list[Seen]:
    rows = Observation.objects.filter(place=place).select_related("author", "municipality")
    return [Seen(row.seen_on, row.author.get_full_name(), books.text(person, row.words)) for row in rows]


# --- writing in it ------------------------------------------------------------------


class Words(forms.Form):
    """What is asked of a finding place, new or known."""

    icons = ICON_OF

    name = words(
        _("Welke plek?"),
        longest=120,
        need=_("Schrijf op hoe de plek heet."),
        hint=_("Alleen de naam van de plek, bijvoorbeeld: Kapper Said."),
    )
    kind = choice(_("Wat voor plek?"), KNOWN_PLACES, need=_("Kies wat voor plek het is."))
    area = words(_("Postcode, vier cijfers"), longest=4, hint=_("Dan staat de plek op de kaart."))
    hours = words(_("Wanneer kun je er het beste heen?"), longest=200)
    opens_doors = words(
        _("Wie opent hier deuren?"),
        longest=1000,
        rows=3,
        hint=_("Wie kent iedereen? Hoe spreek je die aan? Zet hier geen namen van jongeren."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        four = RegexValidator(r"^[1-9][0-9]{3}\Z", gettext("Een postcode begint met vier cijfers, zoals 2711."))
        self.fields["area"].validators.append(four)


SAID = ("kind", *commands.WORDS)


def _said(form: forms.Form) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in SAID}


class NewForm(Words, InTown):
    field_order = ["municipality"]


class ChangeForm(Words, Changing):
    pass


@desk.coach("GET", "HEAD", "POST")
def add_finding_place(request: desk.DeskRequest) -> HttpResponse:
    """A place more. Its name and kind are enough to begin with."""
    form = asking.asked(request, NewForm, among=towns(request.user, Role.COACH))
    if asking.is_done(request, form, lambda: commands.add_finding_place(form.town, by=request.user, **_said(form))):
        messages.success(request, gettext("De plek staat in het boek."))
        return kept.done(request, redirect("coach:finding_places"))
    return asking.shown(request, "coach/add_finding_place.html", form, nav=NAV)


@desk.coach("GET", "HEAD", "POST")
def change_finding_place(request: desk.DeskRequest, place: UUID) -> HttpResponse:
    """What is known of it now, for every coach of the municipality."""
    found = _found(request, place)
    sealed = {name: books.text(request.user, getattr(found, name)) for name in ("hours", "opens_doors")}
    there = {"kind": found.kind, "name": found.name, "area": found.area} | sealed
    form = asking.asked(request, ChangeForm, there=there)
    if asking.is_ready(request, form):
        if form.is_overtaken:
            return _change_page(request, found, form.again(), status=409, others=form.others())
        with asking.told(form):
            if form.others():
                commands.change_finding_place(found, by=request.user, **_said(form))
            messages.success(request, gettext("Bewaard."))
            return kept.done(request, redirect("coach:finding_place", place))
    return _change_page(request, found, form)


def _change_page(
    request: desk.DeskRequest, place: FindingPlace, form: ChangeForm, status: int = 0, **context: Any
) -> HttpResponse:
    back = reverse("coach:finding_place", args=[place.pk])
    context |= {"title": gettext("Vindplaats"), "above": place.name, "back": back, "nav": NAV}
    return asking.shown(request, "coach/changing.html", form, status=status, **context)
