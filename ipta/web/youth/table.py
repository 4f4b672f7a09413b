"""The talk itself on his own phone, at the same time as on that of his coach; and what was agreed there."""

from uuid import UUID

from django.http import HttpResponse

from ipta.web import agreed, at_table, desk, meetings
from ipta.web.at_table import Side
from ipta.web.desk import DeskRequest
from ipta.web.youth.meetings import PAGE, side_of
from ipta.web.youth.page import asks, one_tap
from ipta.wraparound.models import Meeting


def _here(request: DeskRequest) -> tuple[Side, Meeting]:
    dossier = desk.my_dossier(request)
    return side_of(request, dossier), meetings.at_table_or_404(dossier)


@desk.youth()
def table(request: DeskRequest) -> HttpResponse:
    return at_table.table(*_here(request))


@one_tap(PAGE)
def attend(request: DeskRequest) -> HttpResponse:
    return at_table.attend(*_here(request))


@asks(PAGE)
def bring_along(request: DeskRequest) -> HttpResponse:
    return at_table.bring_along(*_here(request))


@asks(PAGE)
def discuss(request: DeskRequest, point: str) -> HttpResponse:
    return at_table.discuss(*_here(request), point)


@one_tap(PAGE)
def table_point(request: DeskRequest, point: str) -> HttpResponse:
    return at_table.table_point(*_here(request), point)


@asks(PAGE)
def set_aside(request: DeskRequest, point: str) -> HttpResponse:
    return at_table.set_aside(*_here(request), point)


@desk.youth()
def agreement(request: DeskRequest) -> HttpResponse:
    return agreed.agreement(*_here(request))


@desk.youth()
def agreed_at(request: DeskRequest, pk: UUID) -> HttpResponse:
    return agreed.agreed_at(side_of(request, desk.my_dossier(request)), pk)


@asks(PAGE)
def contribute(request: DeskRequest, who: str) -> HttpResponse:
    return agreed.contribute(*_here(request), who)


@asks(PAGE)
def keep_informed(request: DeskRequest) -> HttpResponse:
    return agreed.keep_informed(*_here(request))


@asks(PAGE)
def set_condition(request: DeskRequest) -> HttpResponse:
    return agreed.set_condition(*_here(request))


@one_tap(PAGE)
def drop_condition(request: DeskRequest, pk: UUID) -> HttpResponse:
    return agreed.drop_condition(_here(request)[0], pk)


@one_tap(PAGE)
def come_true(request: DeskRequest, pk: UUID) -> HttpResponse:
    return agreed.come_true(_here(request)[0], pk)


@asks(PAGE)
def put_aside(request: DeskRequest, pk: UUID) -> HttpResponse:
    return agreed.put_aside(_here(request)[0], pk)


@one_tap(PAGE)
def say_yes(request: DeskRequest) -> HttpResponse:
    return agreed.say_yes(*_here(request))


@one_tap(PAGE)
def share_promises(request: DeskRequest) -> HttpResponse:
    """He shares, so this stands on his desk alone."""
    return agreed.share_promises(*_here(request))
