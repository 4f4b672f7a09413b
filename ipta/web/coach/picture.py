"""In beeld: what is known of a youth on one page, and on paper."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from ipta.web import desk, paper_picture
from ipta.web.coach import people
from ipta.web.coach.yes_first import not_yet, since_yes_to_read
from ipta.web.picture import picture_of, sections_of


@desk.coach()
def picture(request: desk.DeskRequest, pk: UUID) -> HttpResponse:
    """The three blocks of the quick scan."""
    dossier = desk.dossier_to_read(request, pk)
    if dossier.joined_on is None:
        return not_yet(request, dossier, gettext("In beeld"))
    youth = people.known(request.reader, [dossier], {pk: sections_of(dossier)})[pk]
    return render(request, "coach/picture.html", {"youth": youth, "picture": picture_of(request.reader, dossier)})


@desk.coach()
def picture_pdf(request: desk.DeskRequest, pk: UUID) -> HttpResponse:
    """The same on paper, in the words for the youth: to give along, or to lie on the table between them."""
    dossier = since_yes_to_read(request, pk)
    called = people.known(request.reader, [dossier], {pk: sections_of(dossier)})[pk].called
    return paper_picture.response(request.reader, dossier, called)
