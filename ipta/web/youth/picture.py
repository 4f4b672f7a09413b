"""In beeld: what is known of him on one page, and on paper."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from ipta.web import desk, paper_picture
from ipta.web.desk import DeskRequest
from ipta.web.picture import picture_of, sections_of
from ipta.web.youth.page import coach_name
from ipta.web.youth.words import IN_HIS_WORDS


@desk.youth()
def picture(request: DeskRequest) -> HttpResponse:
    dossier = desk.my_dossier(request)
    request.reader.unlock([dossier], *sections_of(dossier))
    found = picture_of(request.reader, dossier, IN_HIS_WORDS)
    says = gettext("%(coach)s zegt") % {"coach": coach_name(dossier)}
    return render(request, "youth/picture.html", {"dossier": dossier, "picture": found, "coach_says": says})


@desk.youth()
def picture_pdf(request: DeskRequest) -> HttpResponse:
    """On paper, to keep or to show."""
    dossier = desk.my_dossier(request)
    request.reader.unlock([dossier], *sections_of(dossier))
    return paper_picture.response(request.reader, dossier, request.reader.text(dossier.first_name))
