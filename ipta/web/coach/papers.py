"""The papers of a youth: letters, a diploma, a cv, as a photo or a PDF."""

from collections.abc import Iterable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext

from ipta.dossiers.models import Dossier
from ipta.dossiers.papers import commands
from ipta.sharing.door import Reader
from ipta.web import asking, desk, kept
from ipta.web import papers as both
from ipta.web.coach import people
from ipta.web.coach.sharing import may_give
from ipta.web.papers import PaperForm, Shown
from ipta.web.uploads import takes_files


@desk.coach()
def papers(request: desk.DeskRequest, pk: UUID) -> HttpResponse:
    """All papers, newest first, and what was taken away. Who stands in sees those of the sections open to him."""
    dossier, reader = desk.dossier_to_read(request, pk), request.reader
    sections = both.sections_of(dossier)
    youth = people.known(reader, [dossier], {pk: sections})[pk]
    found = in_words(reader, dossier, sections)
    context = {
        "youth": youth,
        "papers": found,
        "has_unscanned": both.has_unscanned(found),
        "may_add": not request.reads_only and not dossier.is_scouted,
        "may_give": may_give(request.reader, dossier),
        "sees_all": reader.may(dossier, both.UNKNOWN),
    }
    return render(request, "coach/papers.html", context)


def in_words(reader: Reader, dossier: Dossier, sections: Iterable[str]) -> list[Shown]:
    """The papers in those of these sections that this person may read."""
    readable = {section for section in sections if reader.may(dossier, section)}
    return both.in_words(reader, dossier.paper_set.filter(section__in=readable).select_related("added_by"))


@takes_files
@desk.coach("GET", "HEAD", "POST")
def add_paper(request: desk.DeskRequest, pk: UUID) -> HttpResponse:
    dossier = desk.own_dossier(request, pk)
    form = asking.asked(request, PaperForm, files=request.FILES or None)
    if asking.is_ready(request, form):
        with asking.told(form):
            found = form.looked_at()
            with form.sent() as is_first:
                if is_first:
                    both.add(dossier, form, found, by=request.user)
            added = ngettext("Het papier staat erbij.", "De papieren staan erbij.", len(found))
            messages.success(request, added)
            return kept.done(request, redirect("coach:papers", pk))
    youth = people.known(request.reader, [dossier])[pk]
    return asking.shown(request, "coach/add_paper.html", form, youth=youth)


@desk.coach()
def open_paper(request: desk.DeskRequest, pk: UUID, paper: UUID) -> HttpResponse:
    dossier = desk.dossier_to_read(request, pk)
    return both.handed_over(request.reader, dossier.paper_set.filter(pk=paper).first())


@desk.coach("POST")
def remove_paper(request: desk.DeskRequest, pk: UUID, paper: UUID) -> HttpResponse:
    dossier = desk.own_dossier(request, pk)
    found = dossier.paper_set.filter(pk=paper).first()
    if found is None:
        raise Http404
    commands.remove_paper(found, by=request.user)
    messages.success(request, gettext("Het papier is weggehaald."))
    return redirect("coach:papers", pk)
