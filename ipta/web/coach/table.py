"""The wrap-around meeting itself, on the desk of the coach who leads it; and what was agreed there."""

from uuid import UUID

from django.http import HttpResponse

from ipta.dossiers.models import Dossier
from ipta.web import agreed, at_table, desk, meetings
from ipta.web.at_table import Side
from ipta.web.coach import people
from ipta.web.coach.yes_first import dossier_since_yes, since_yes_to_read
from ipta.wraparound.models import Meeting

OPEN = ("GET", "HEAD", "POST")


def _side(request: desk.DeskRequest, dossier: Dossier) -> Side:
    youth = people.known(request.reader, [dossier], {dossier.pk: {"plan"}})[dossier.pk]
    return Side(request, dossier, "coach", youth, may_change=not request.reads_only)


def _to_read(request: desk.DeskRequest, pk: UUID) -> tuple[Side, Meeting]:
    dossier = since_yes_to_read(request, pk)
    return _side(request, dossier), meetings.at_table_or_404(dossier)


def _to_write(request: desk.DeskRequest, pk: UUID) -> tuple[Side, Meeting]:
    dossier = dossier_since_yes(request, pk)
    request.reads_only = False
    return _side(request, dossier), meetings.at_table_or_404(dossier)


@desk.coach()
def table(request: desk.DeskRequest, pk: UUID) -> HttpResponse:
    return at_table.table(*_to_read(request, pk))


@desk.coach("POST")
def attend(request: desk.DeskRequest, pk: UUID) -> HttpResponse:
    return at_table.attend(*_to_write(request, pk))


@desk.coach(*OPEN)
def bring_along(request: desk.DeskRequest, pk: UUID) -> HttpResponse:
    return at_table.bring_along(*_to_write(request, pk))


@desk.coach(*OPEN)
def discuss(request: desk.DeskRequest, pk: UUID, point: str) -> HttpResponse:
    return at_table.discuss(*_to_write(request, pk), point)


@desk.coach("POST")
def table_point(request: desk.DeskRequest, pk: UUID, point: str) -> HttpResponse:
    return at_table.table_point(*_to_write(request, pk), point)


@desk.coach(*OPEN)
def set_aside(request: desk.DeskRequest, pk: UUID, point: str) -> HttpResponse:
    return at_table.set_aside(*_to_write(request, pk), point)


@desk.coach()
def agreement(request: desk.DeskRequest, pk: UUID) -> HttpResponse:
    return agreed.agreement(*_to_read(request, pk))


@desk.coach()
def agreed_at(request: desk.DeskRequest, pk: UUID, meeting: UUID) -> HttpResponse:
    return agreed.agreed_at(_side(request, since_yes_to_read(request, pk)), meeting)


@desk.coach(*OPEN)
def contribute(request: desk.DeskRequest, pk: UUID, who: str) -> HttpResponse:
    return agreed.contribute(*_to_write(request, pk), who)


@desk.coach(*OPEN)
def keep_informed(request: desk.DeskRequest, pk: UUID) -> HttpResponse:
    return agreed.keep_informed(*_to_write(request, pk))


@desk.coach(*OPEN)
def set_condition(request: desk.DeskRequest, pk: UUID) -> HttpResponse:
    return agreed.set_condition(*_to_write(request, pk))


@desk.coach("POST")
def drop_condition(request: desk.DeskRequest, pk: UUID, condition: UUID) -> HttpResponse:
    return agreed.drop_condition(_to_write(request, pk)[0], condition)


@desk.coach("POST")
def come_true(request: desk.DeskRequest, pk: UUID, condition: UUID) -> HttpResponse:
    return agreed.come_true(_to_write(request, pk)[0], condition)


@desk.coach(*OPEN)
def put_aside(request: desk.DeskRequest, pk: UUID, condition: UUID) -> HttpResponse:
    return agreed.put_aside(_to_write(request, pk)[0], condition)


@desk.coach("POST")
def say_yes(request: desk.DeskRequest, pk: UUID) -> HttpResponse:
    return agreed.say_yes(*_to_write(request, pk))
