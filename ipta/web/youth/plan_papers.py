"""Mijn plan on paper: to keep, to show, or to have in a pocket."""

from django.http import Http404, HttpResponse

from ipta.dossiers.models import Dossier
from ipta.plans.models import PlanVersion
from ipta.web import desk, paper_plan
from ipta.web.desk import DeskRequest


def _newest(dossier: Dossier) -> PlanVersion:
    version = dossier.planversion_set.select_related("author").first()
    if version is None:
        raise Http404
    return version


@desk.youth()
def whole(request: DeskRequest) -> HttpResponse:
    dossier = desk.my_dossier(request)
    version, called = _newest(dossier), request.reader.text(dossier.first_name)
    return paper_plan.whole(request.reader, dossier, version, called)


@desk.youth()
def pocket(request: DeskRequest) -> HttpResponse:
    """In letters as large as fit."""
    dossier = desk.my_dossier(request)
    return paper_plan.pocket(request.reader, dossier, _newest(dossier))
