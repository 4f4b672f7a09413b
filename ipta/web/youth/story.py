"""Over mij: the doors to everything that is known of him, and his thread."""

from dataclasses import replace

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from ipta.dossiers.models import Dossier
from ipta.placements.models import Placement
from ipta.sharing.warning.queries import told_about
from ipta.web import desk, knots
from ipta.web.components.thread import Knot, Phase
from ipta.web.desk import DeskRequest
from ipta.web.youth.words import PHASES, PLACES

PAGE_OF = {
    "scan": "youth:scans",
    "plan": "youth:plan",
    "work": "youth:work",
    "stop": "youth:work",
    "loop": "youth:work",
}


@desk.youth()
def about_me(request: DeskRequest) -> HttpResponse:
    dossier = desk.my_dossier(request)
    context = {"dossier": dossier, "knots": knots_of(dossier), "phases": phases_of(dossier)}
    context["is_warned"] = told_about(dossier).exists()
    return render(request, "youth/about_me.html", context)


@desk.youth()
def thread(request: DeskRequest) -> HttpResponse:
    dossier = desk.my_dossier(request)
    context = {"dossier": dossier, "knots": knots_of(dossier), "phases": phases_of(dossier)}
    return render(request, "youth/thread.html", context)


def phases_of(dossier: Dossier) -> list[Phase]:
    own = dossier.municipality.phases
    return [
        Phase(own.get(span.phase) or str(PHASES.get(span.phase, gettext("Eigen fase"))), span.since, span.until)
        for span in dossier.phasespan_set.order_by("since")
    ]


def knots_of(dossier: Dossier) -> list[Knot]:
    """The same thread the coach sees, in his words and with doors to his own pages."""
    words = _his_words()
    return [
        replace(
            knot,
            title=words.get(knot.title, knot.title),
            href=reverse(PAGE_OF[knot.kind]) if knot.href and knot.kind in PAGE_OF else "",
        )
        for knot in knots.knots_of(dossier)
    ]


def _his_words() -> dict[str, str]:
    """What the coach's thread says, as one says it to him."""
    return {
        gettext("Gevonden"): gettext("Jullie leerden elkaar kennen"),
        gettext("Doet mee"): gettext("Jij zei ja"),
        gettext("Quick scan"): gettext("Jullie keken hoe het ging"),
        gettext("Een plek is gestopt"): gettext("Even terug, en weer door"),
        **{str(name): str(PLACES[kind]) for kind, name in Placement.Kind.choices},
    }
