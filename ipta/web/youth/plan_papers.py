"""Mijn plan on paper: to keep, to show, or to have in a pocket."""

from django.http import HttpResponse

from ipta.web import desk, paper_plan
from ipta.web.desk import DeskRequest


@desk.youth()
def whole(request: DeskRequest) -> HttpResponse:
    dossier = desk.my_dossier(request)
    version, called = paper_plan.newest(dossier), request.reader.text(dossier.first_name)
    return paper_plan.whole(request.reader, dossier, version, called)


@desk.youth()
def pocket(request: DeskRequest) -> HttpResponse:
    """In letters as large as fit."""
    dossier = desk.my_dossier(request)
    return paper_plan.pocket(request.reader, dossier, paper_plan.newest(dossier))
