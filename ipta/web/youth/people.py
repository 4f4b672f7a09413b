"""Mijn mensen: who is around him, and who may see what."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipta.dossiers import commands
from ipta.dossiers.models import Briefing, Coachship, Dossier, NetworkPerson
from ipta.sharing.door import Reader
from ipta.web import around, desk, kept
from ipta.web.asking import asked, choice, is_done, is_ready, shown, told, words
from ipta.web.desk import DeskRequest
from ipta.web.meanwhile import Changing
from ipta.web.templatetags.ipta_ui import short_day
from ipta.web.youth.law import weighed_about
from ipta.web.youth.my_side import Side, sides_beside
from ipta.web.youth.page import asks, coaches_of, one_tap, who
from ipta.web.youth.sharing import shared_now


@dataclass(frozen=True, slots=True)
class Somebody:
    id: UUID
    name: str
    relation: str
    reach: str
    helps_with: str
    sides: tuple[Side, ...]
    bond: around.Bond


@dataclass(frozen=True, slots=True)
class Written:
    """What one coach wrote to the other: he reads it as well, and can put his side beside it."""

    id: UUID
    title: str
    text: str
    sides: tuple[Side, ...]


class PersonForm(around.AroundForm):
    name = words(_("Wie?"), longest=120, need=_("Schrijf een naam op."))
    kind = choice(
        _("Wie is dat voor jou?"),
        NetworkPerson.Kind.choices,
        need=_("Kies er een."),
        initial=NetworkPerson.Kind.FAMILY,
    )
    relation = words(_("Van wat ken je die?"), longest=120, hint=_("Bijvoorbeeld: mijn zus, of: van voetbal."))
    reach = words(_("Nummer"), longest=120)
    helps_with = words(_("Waarmee helpt die jou?"), longest=500, rows=2)


def people_of(dossier: Dossier, reader: Reader) -> list[Somebody]:
    rows = list(dossier.networkperson_set.all())
    sides = sides_beside(rows, dossier, reader)
    return [
        Somebody(
            id=row.pk,
            name=reader.text(row.name),
            relation=reader.text(row.relation) or str(row.get_kind_display()),
            reach=reader.text(row.reach),
            helps_with=reader.text(row.helps_with),
            sides=sides.get(row.pk, ()),
            bond=around.bond_of(reader, row),
        )
        for row in rows
    ]


def written_to_coaches(ships: list[Coachship], dossier: Dossier, reader: Reader) -> list[Written]:
    sides = sides_beside([ship.briefing for ship in ships if ship.briefing], dossier, reader) if ships else {}
    return [_written(ship, ship.briefing, dossier, reader, sides) for ship in ships if ship.briefing]


def _written(
    ship: Coachship, briefing: Briefing, dossier: Dossier, reader: Reader, sides: Mapping[UUID, tuple[Side, ...]]
) -> Written:
    by = who(ship.given_by, dossier) if ship.given_by else gettext("je coach")
    words = {"who": by, "to": ship.coach.first_name, "day": short_day(ship.since)}
    title = gettext("Dit schreef %(who)s voor %(to)s, %(day)s") % words
    return Written(briefing.pk, title, reader.text(briefing.text), sides.get(briefing.pk, ()))


@desk.youth()
def people(request: DeskRequest) -> HttpResponse:
    dossier, reader = desk.my_dossier(request), request.reader
    walking, mine = coaches_of(dossier), people_of(dossier, reader)
    context = {
        "dossier": dossier,
        "walking": walking,
        "written": written_to_coaches(walking.written, dossier, reader),
        "people": mine,
        "picture": around.drawn((one.id, one.name, one.bond.near, one.bond.does) for one in mine),
        "readers": shared_now(dossier, reader),
        "weighed": weighed_about(dossier, reader),
    }
    return render(request, "youth/people.html", context)


@asks("youth:people")
def add(request: DeskRequest) -> HttpResponse:
    """Somebody new. Being listed gives nobody a right to read anything."""
    dossier = desk.my_dossier(request)
    form = asked(request, PersonForm)
    if is_done(request, form, lambda: commands.add_person(dossier, by=request.user, **form.said())):
        messages.success(request, gettext("Die staat erbij."))
        return kept.done(request, redirect("youth:people"))
    return shown(request, "youth/add_person.html", form, dossier=dossier)


class ChangeForm(PersonForm, Changing):
    pass


@asks("youth:people")
def change(request: DeskRequest, pk: UUID) -> HttpResponse:
    """What he says of somebody now. His coach may have changed it in the meantime: then both stand there."""
    dossier = desk.my_dossier(request)
    somebody = get_object_or_404(dossier.networkperson_set, pk=pk)
    form = asked(request, ChangeForm, there=around.now(request.reader, somebody))
    if is_ready(request, form):
        if form.is_overtaken:
            context = {"dossier": dossier, "others": form.others()}
            return shown(request, "youth/change_person.html", form.again(), status=409, **context)
        with told(form):
            commands.change_person(somebody, by=request.user, **form.said())
            messages.success(request, gettext("Bewaard."))
            return kept.done(request, redirect("youth:people"))
    return shown(request, "youth/change_person.html", form, dossier=dossier)


@one_tap("youth:people")
def remove(request: DeskRequest, pk: UUID) -> HttpResponse:
    dossier = desk.my_dossier(request)
    commands.remove_person(get_object_or_404(dossier.networkperson_set, pk=pk), by=request.user)
    messages.success(request, gettext("Die staat er niet meer bij."))
    return redirect("youth:people")
