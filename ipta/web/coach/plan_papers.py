"""The plan on paper, to give along or to lie on the table. In the words of the youth's desk: it is his."""

from uuid import UUID

from django.http import HttpResponse

from ipta.web import desk, paper_plan
from ipta.web.coach import people
from ipta.web.coach.yes_first import since_yes_to_read


@desk.coach()
def plan_pdf(request: desk.DeskRequest, pk: UUID) -> HttpResponse:
    dossier = since_yes_to_read(request, pk)
    version = paper_plan.newest(dossier)
    called = people.known(request.reader, [dossier], {pk: {"plan"}})[pk].called
    return paper_plan.whole(request.reader, dossier, version, called)


@desk.coach()
def plan_pocket(request: desk.DeskRequest, pk: UUID) -> HttpResponse:
    """On one page, in letters as large as fit."""
    dossier = since_yes_to_read(request, pk)
    return paper_plan.pocket(request.reader, dossier, paper_plan.newest(dossier))
