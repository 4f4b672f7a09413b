"""The people around the youth."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipta.dossiers import commands
from ipta.dossiers.models import Dossier, NetworkPerson
from ipta.web import around, asking, desk, kept
from ipta.web.asking import choice, words
from ipta.web.coach import parents, people
from ipta.web.coach.emergency import button_for
from ipta.web.coach.timeline import views_in
from ipta.web.meanwhile import Changing


@dataclass(frozen=True, slots=True)
class Shown:
    pk: UUID
    name: str
    text: str
    reach: str
    views: tuple[str, ...] = ()  # what the youth says of it
    bond: around.Bond | None = None

    @property
    def anchor(self) -> str:
        return f"regel-{self.pk}"

    @property
    def call(self) -> str:
        return people.call_link(self.reach)


class PersonForm(around.AroundForm):
    name = words(_("Naam"), longest=120, need=_("Schrijf een naam op."))
    kind = choice(_("Wie is het?"), NetworkPerson.Kind.choices, need=_("Kies wie het is."))
    relation = words(_("Wat is hij of zij van de jongere?"), longest=120, hint=_("Bijvoorbeeld: tante, trainer."))
    reach = words(_("Hoe te bereiken?"), longest=200)
    helps_with = words(_("Waar helpt hij of zij bij?"), longest=500, rows=2)


@desk.coach()
def network(request: desk.DeskRequest, pk: UUID) -> HttpResponse:
    """Who is around him, by kind."""
    dossier = desk.dossier_to_read(request, pk)
    reader = request.reader
    youth = people.known(reader, [dossier], {pk: {"family"}})[pk]
    if not reader.may(dossier, "family"):
        context = {"youth": youth, "title": gettext("Mensen"), "button_href": button_for(dossier)}
        return render(request, "coach/closed.html", context)
    found: dict[str, list[Shown]] = {kind: [] for kind in NetworkPerson.Kind.values}
    views = views_in(reader, dossier, ["family"])
    near: list[tuple[UUID, str, str, str]] = []
    for somebody in dossier.networkperson_set.all():
        text = " · ".join(filter(None, [reader.text(somebody.relation), reader.text(somebody.helps_with)]))
        words = reader.text(somebody.name), text, reader.text(somebody.reach)
        bond = around.bond_of(reader, somebody)
        found[somebody.kind].append(Shown(somebody.pk, *words, views.get(somebody.pk, ()), bond))
        near.append((somebody.pk, words[0], bond.near, bond.does))
    groups = [(NetworkPerson.Kind(kind).label, rows) for kind, rows in found.items() if rows]
    context = {
        "youth": youth,
        "groups": groups,
        "picture": around.drawn(near),
        "weighed": parents.weighed_about(reader, dossier),
        "may_be_minor": dossier.is_taking_part and parents.may_be_minor(reader, dossier),
    }
    return render(request, "coach/network.html", context)


@desk.coach("GET", "HEAD", "POST")
def add_person(request: desk.DeskRequest, pk: UUID) -> HttpResponse:
    dossier = desk.own_dossier(request, pk)
    form = asking.asked(request, PersonForm)
    if asking.is_done(request, form, lambda: commands.add_person(dossier, by=request.user, **form.said())):
        messages.success(request, gettext("Deze persoon staat erbij."))
        return kept.done(request, redirect("coach:network", pk))
    youth = people.known(request.reader, [dossier])[pk]
    return asking.simple(
        request,
        form,
        title=_("Iemand toevoegen"),
        youth=youth,
        back=f"{youth.href}mensen/",
        text=_("Wie hier staat, kan daarmee nog niets lezen."),
    )


class ChangeForm(PersonForm, Changing):
    pass


@desk.coach("GET", "HEAD", "POST")
def change_person(request: desk.DeskRequest, pk: UUID, somebody: UUID) -> HttpResponse:
    """What is known of somebody, and how near he is."""
    dossier = desk.own_dossier(request, pk)
    found = _somebody(request, dossier, somebody)
    form = asking.asked(request, ChangeForm, there=around.now(request.reader, found))
    youth = people.known(request.reader, [dossier])[pk]
    context: dict[str, Any] = {"title": gettext("Mensen"), "above": youth.name, "back": f"{youth.href}mensen/"}
    if asking.is_ready(request, form):
        if form.is_overtaken:
            again = form.again()
            return asking.shown(request, "coach/changing.html", again, status=409, others=form.others(), **context)
        with asking.told(form):
            commands.change_person(found, by=request.user, **form.said())
            messages.success(request, gettext("Bewaard."))
            return kept.done(request, redirect("coach:network", pk))
    return asking.shown(request, "coach/changing.html", form, **context)


def _somebody(request: desk.DeskRequest, dossier: Dossier, somebody: UUID) -> NetworkPerson:
    """Nobody touches whom he cannot read."""
    found: NetworkPerson | None = dossier.networkperson_set.filter(pk=somebody).first()
    if found is None or not request.reader.may(dossier, found.section):
        raise Http404
    return found


@desk.coach("POST")
def remove_person(request: desk.DeskRequest, pk: UUID, somebody: UUID) -> HttpResponse:
    dossier = desk.own_dossier(request, pk)
    commands.remove_person(_somebody(request, dossier, somebody), by=request.user)
    messages.success(request, gettext("Deze persoon staat er niet meer bij."))
    return redirect("coach:network", pk)
