"""Mijn papieren: his letters, his diploma, his cv. He keeps them here, and takes them along."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext, ngettext

from ipta.dossiers.models import Dossier
from ipta.dossiers.papers import commands
from ipta.sharing.door import Reader
from ipta.web import desk, kept
from ipta.web import papers as both
from ipta.web.asking import asked, is_ready, shown, told
from ipta.web.desk import DeskRequest
from ipta.web.papers import PaperForm, Shown
from ipta.web.uploads import takes_files
from ipta.web.youth.my_side import Side, sides_beside
from ipta.web.youth.page import asks, one_tap, who


@dataclass(frozen=True, slots=True)
class Line:
    paper: Shown
    by: str
    sides: tuple[Side, ...]


@desk.youth()
def papers(request: DeskRequest) -> HttpResponse:
    dossier = desk.my_dossier(request)
    lines = papers_of(dossier, request.reader)
    has_unscanned = both.has_unscanned(line.paper for line in lines)
    return render(request, "youth/papers.html", {"dossier": dossier, "papers": lines, "has_unscanned": has_unscanned})


def papers_of(dossier: Dossier, reader: Reader) -> list[Line]:
    """Everything that is and was there, newest first."""
    rows = list(dossier.paper_set.select_related("added_by"))
    reader.unlock([dossier], *{row.section for row in rows})
    sides = sides_beside(rows, dossier, reader)
    found = both.in_words(reader, rows)
    return [Line(paper, who(paper.by, dossier), sides.get(paper.pk, ())) for paper in found]


@takes_files
@asks("youth:papers")
def add(request: DeskRequest) -> HttpResponse:
    """Something new: a photo, or a file."""
    dossier = desk.my_dossier(request)
    form = asked(request, PaperForm, files=request.FILES or None)
    if is_ready(request, form):
        with told(form):
            found = form.looked_at()
            with form.sent() as is_new:
                if is_new:
                    both.add(dossier, form, found, by=request.user)
            messages.success(request, ngettext("Je papier staat erbij.", "Je papieren staan erbij.", len(found)))
            return kept.done(request, redirect("youth:papers"))
    return shown(request, "youth/add_paper.html", form, dossier=dossier)


@desk.youth()
def open_paper(request: DeskRequest, pk: UUID) -> HttpResponse:
    return both.handed_over(request.reader, desk.my_dossier(request).paper_set.filter(pk=pk).first())


@one_tap("youth:papers")
def remove(request: DeskRequest, pk: UUID) -> HttpResponse:
    dossier = desk.my_dossier(request)
    commands.remove_paper(get_object_or_404(dossier.paper_set, pk=pk), by=request.user)
    messages.success(request, gettext("Je papier is weg. De naam blijft staan."))
    return redirect("youth:papers")
