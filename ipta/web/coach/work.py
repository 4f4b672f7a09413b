"""A youth at work: agreed, started, amended, stopped."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipta.accounts.models import Person
from ipta.base import clock
from ipta.dossiers.models import Dossier
from ipta.placements import commands
from ipta.placements.models import Placement
from ipta.placements.rules import POINTS
from ipta.sharing.door import Reader
from ipta.web import asking, desk, kept
from ipta.web.among import Among
from ipta.web.asking import Asking, choice, day, words
from ipta.web.coach import people
from ipta.web.coach.yes_first import dossier_since_yes, not_yet
from ipta.web.meanwhile import Changing
from ipta.web.templatetags.ipta_ui import day as day_in_words
from ipta.workplaces import commands as workplaces
from ipta.workplaces.models import Workplace
from ipta.workplaces.queries import workplaces_visible_to

ICONS = {
    Placement.Kind.INTERNSHIP: "school",
    Placement.Kind.EDUCATION: "school",
    Placement.Kind.OWN_BUSINESS: "star",
    Placement.Kind.ACTIVITY: "heart",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A place in clear words."""

    pk: UUID
    kind: str
    icon: str
    where: str
    what: str
    points: list[tuple[str, str]]
    agreed_on: date
    starts_on: date | None
    stopped_on: date | None
    stop_reason: str
    stop_words: str
    views: list[str]

    @property
    def title(self) -> str:
        return f"{self.kind} · {self.where}" if self.where else self.kind

    @property
    def is_past(self) -> bool:
        return self.stopped_on is not None

    @property
    def is_coming(self) -> bool:
        return not self.is_past and (self.starts_on is None or self.starts_on > clock.today())


def in_words(reader: Reader, placement: Placement, views: list[str] | None = None) -> Shown:
    points: dict[str, str] = reader.json(placement.points) or {}
    return Shown(
        pk=placement.pk,
        kind=str(placement.get_kind_display()),
        icon=ICONS.get(Placement.Kind(placement.kind), "work"),
        where=placement.workplace.employer if placement.workplace else "",
        what=reader.text(placement.what),
        points=[(gettext(title), points[name]) for name, title in POINTS.items() if points.get(name)],
        agreed_on=placement.agreed_on,
        starts_on=placement.starts_on,
        stopped_on=placement.stopped_on,
        stop_reason=str(placement.get_stop_reason_display()) if placement.stop_reason else "",
        stop_words=reader.text(placement.stop_words),
        views=views or [],
    )


@desk.coach()
def work(request: desk.DeskRequest, pk: UUID) -> HttpResponse:
    """Where he works, worked and will work."""
    dossier = desk.dossier_to_read(request, pk)
    if dossier.joined_on is None:
        return not_yet(request, dossier, gettext("Werk"))
    reader = request.reader
    youth = people.known(reader, [dossier], {pk: {"work"}})[pk]
    views: dict[UUID, list[str]] = {}
    for view in dossier.view_set.filter(section="work"):
        views.setdefault(view.line, []).append(reader.text(view.text))
    found = dossier.placement_set.select_related("workplace")
    shown = [in_words(reader, place, views.get(place.pk)) for place in found]
    context = {
        "youth": youth,
        "running": [place for place in shown if not place.is_past and not place.is_coming],
        "coming": [place for place in shown if place.is_coming],
        "past": [place for place in shown if place.is_past],
    }
    return render(request, "coach/work.html", context)


# --- agreeing -----------------------------------------------------------------------


def _ask_points(form: forms.Form) -> None:
    """What a placement agreement speaks of, point by point; what is not known yet stays empty."""
    for name, title in POINTS.items():
        form.fields[f"point_{name}"] = words(gettext(title), longest=1000, rows=2)


def _points_in(form: forms.Form) -> dict[str, str]:
    return {name: form.cleaned_data[f"point_{name}"] for name in POINTS}


class WorkplaceChoice(Among):
    def label_from_instance(self, workplace: Any) -> str:
        return " · ".join(filter(None, [workplace.employer, workplace.work, workplace.place]))


class PlaceForm(Asking):
    """A new place: out of the book, or at a firm that then comes into the book."""

    kind = choice(_("Wat voor plek?"), Placement.Kind.choices, need=_("Kies wat voor plek het is."))
    workplace = WorkplaceChoice(
        label=_("Welke werkplek?"),
        queryset=Workplace.objects.none(),
        required=False,
        empty_label=_("Niet uit het boek"),
        error_messages={"invalid_choice": _("Kies een werkplek uit het boek.")},
    )
    employer = words(_("Een nieuw bedrijf?"), longest=120, hint=_("Het komt vanzelf in het boek met werkplekken."))
    what = words(_("Wat gaat de jongere doen?"), longest=500, rows=2, hint=_("Of welke school, of welk eigen bedrijf."))
    starts_on = day(_("Eerste dag"), hint=_("Als je die al weet."))

    def __init__(self, *args: Any, book: QuerySet[Workplace], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["workplace"].queryset = book  # type: ignore[attr-defined]
        _ask_points(self)

    @property
    def points(self) -> list[forms.BoundField]:
        return [self[f"point_{name}"] for name in POINTS]

    @property
    def has_points(self) -> bool:
        """Whether there is something to see in them, so that they stand open."""
        return any(point.value() or point.errors for point in self.points)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("workplace") and typed.get("employer"):
            self.add_error("employer", gettext("Kies één van de twee: een plek uit het boek of een nieuw bedrijf."))
        return typed


@desk.coach("GET", "HEAD", "POST")
def agree_place(request: desk.DeskRequest, pk: UUID) -> HttpResponse:
    """Write down what was agreed with a workplace."""
    dossier = dossier_since_yes(request, pk)
    book = workplaces_visible_to(request.user).filter(municipality=dossier.municipality_id, is_open=True)
    form = asking.asked(request, PlaceForm, book=book, initial={"workplace": request.GET.get("plek")})
    if asking.is_done(request, form, lambda: _agree(dossier, form, by=request.user)):
        messages.success(request, gettext("De plek staat erbij."))
        return kept.done(request, redirect("coach:work", pk))
    youth = people.known(request.reader, [dossier])[pk]
    return asking.shown(request, "coach/place.html", form, youth=youth)


def _agree(dossier: Dossier, form: PlaceForm, *, by: Person) -> None:
    """A new firm comes into the book first; a first day that is known is written at once."""
    typed = form.cleaned_data
    workplace = typed["workplace"]
    if typed["employer"]:
        workplace = workplaces.add(dossier.municipality, by=by, employer=typed["employer"], work=typed["what"][:200])
    placement = commands.agree(
        dossier, by=by, kind=typed["kind"], workplace=workplace, what=typed["what"], points=_points_in(form)
    )
    if typed["starts_on"]:
        commands.start(placement, by=by, on=typed["starts_on"])


class AmendForm(Changing):
    """The agreement as it is, to be changed as the work goes on."""

    what = words(_("Wat doet de jongere daar?"), longest=500, rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_points(self)


@desk.coach("GET", "HEAD", "POST")
def amend(request: desk.DeskRequest, pk: UUID, placement: UUID) -> HttpResponse:
    """Change the agreement as the work goes on."""
    dossier = dossier_since_yes(request, pk)
    found = _placement(dossier, placement)
    youth = people.known(request.reader, [dossier], {pk: {"work"}})[pk]
    form = asking.asked(request, AmendForm, there=_typed_before(request.reader, found))
    if asking.is_ready(request, form):
        if form.is_overtaken:
            return _amend_page(request, youth, form.again(), status=409, others=form.others())
        with asking.told(form):
            if form.others():
                commands.amend(found, by=request.user, points=_points_in(form), what=form.cleaned_data["what"])
            messages.success(request, gettext("Bewaard."))
            return kept.done(request, redirect("coach:work", pk))
    return _amend_page(request, youth, form)


def _typed_before(reader: Reader, placement: Placement) -> Mapping[str, str]:
    points: dict[str, str] = reader.json(placement.points) or {}
    return {"what": reader.text(placement.what)} | {f"point_{name}": points.get(name, "") for name in POINTS}


def _amend_page(
    request: desk.DeskRequest, youth: people.Youth, form: AmendForm, status: int = 0, **context: Any
) -> HttpResponse:
    context |= {"title": gettext("Wat is er afgesproken?"), "above": youth.name}
    back = reverse("coach:work", args=[youth.pk])
    return asking.shown(request, "coach/changing.html", form, status=status, back=back, **context)


# --- beginning and stopping -----------------------------------------------------------


class StartForm(Asking):
    on = day(_("Eerste dag"), need=_("Kies de eerste dag."))


@desk.coach("GET", "HEAD", "POST")
def start_place(request: desk.DeskRequest, pk: UUID, placement: UUID) -> HttpResponse:
    """The first working day."""
    dossier = dossier_since_yes(request, pk)
    found = _placement(dossier, placement)
    form = asking.asked(request, StartForm, initial={"on": clock.today()})
    if asking.is_done(request, form, lambda: commands.start(found, by=request.user, on=form.cleaned_data["on"])):
        messages.success(request, gettext("De eerste dag staat op de draad."))
        return kept.done(request, redirect("coach:work", pk))
    return _form_page(request, dossier, form, _("Wanneer begint het?"))


class StopForm(Asking):
    reason = choice(_("Hoe kwam dat?"), Placement.Stop.choices, need=_("Kies wat het beste past."))
    on = day(_("Laatste dag"), need=_("Kies de laatste dag."), only=asking.past)
    words = words(_("Wil je er iets bij zeggen?"), longest=1000, rows=3)

    def __init__(self, *args: Any, began_on: date | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.began_on = began_on

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if self.began_on and on < self.began_on:
            began = gettext("De eerste dag was %(day)s. Kies een dag daarna.") % {"day": day_in_words(self.began_on)}
            raise forms.ValidationError(began)
        return on


@desk.coach("GET", "HEAD", "POST")
def stop_place(request: desk.DeskRequest, pk: UUID, placement: UUID) -> HttpResponse:
    """It stops, with a reason that judges nobody."""
    dossier = dossier_since_yes(request, pk)
    found = _placement(dossier, placement)
    form = asking.asked(request, StopForm, began_on=found.starts_on, initial={"on": clock.today()})
    if asking.is_done(request, form, lambda: commands.stop(found, by=request.user, **form.cleaned_data)):
        messages.success(request, gettext("Genoteerd. De draad gaat verder."))
        return kept.done(request, redirect("coach:work", pk))
    text = _("Stoppen hoort erbij. Kies wat er gebeurde, niet wiens schuld het was.")
    return _form_page(request, dossier, form, _("Deze plek stopt"), text)


def _placement(dossier: Dossier, pk: UUID) -> Placement:
    found = dossier.placement_set.select_related("workplace").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _form_page(request: desk.DeskRequest, dossier: Dossier, form: Asking, title: Any, text: Any = "") -> HttpResponse:
    youth = people.known(request.reader, [dossier])[dossier.pk]
    back = reverse("coach:work", args=[dossier.pk])
    return asking.simple(request, form, title=title, above=youth.name, back=back, text=text)
