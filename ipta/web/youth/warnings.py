"""Verteld zonder jouw ja: what was told about him to prevent harm, to whom and why, and what he can do about it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipta.accounts.models import Person, Post, Role
from ipta.dossiers.models import Dossier
from ipta.sharing.door import Reader
from ipta.sharing.models import Consultation, Doubt, Warning
from ipta.sharing.warning import commands
from ipta.sharing.warning.commands import Told
from ipta.sharing.warning.queries import doubted_as, told_about
from ipta.sharing.warning.reading import told
from ipta.web import desk
from ipta.web.desk import DeskRequest
from ipta.web.youth.my_side import Side, sides_beside
from ipta.web.youth.page import one_tap, who
from ipta.web.youth.words import SECTIONS

WHY = {
    Warning.Ground.ACUTE: _("Er was gevaar."),
    Warning.Ground.CODE: _("Je coach moet dit vertellen als iemand gevaar loopt."),
    Warning.Ground.LAW: _("Je coach moet dit vertellen van de wet."),
}


@dataclass(frozen=True, slots=True)
class Mine:
    """A warning as he reads it."""

    pk: UUID
    by: str
    why: str
    at: datetime
    is_given: bool
    is_read: bool
    until: datetime | None
    told: Told
    items: list[tuple[str, str]]
    second: str
    says_no: bool
    second_words: str
    waits: tuple[str, ...]  # why he hears it on this day
    sides: tuple[Side, ...]
    is_doubted: bool


@desk.youth()
def warnings(request: DeskRequest) -> HttpResponse:
    """Each of them, from the moment he is told."""
    dossier = desk.my_dossier(request)
    rows = list(told_about(dossier))
    sides = sides_beside(rows, dossier, request.reader)
    doubted = set(Doubt.objects.filter(dossier=dossier).values_list("day", "reader"))
    context = {
        "dossier": dossier,
        "warnings": [_mine(row, dossier, request.reader, sides, doubted) for row in rows],
        "officers": _officers(dossier),
    }
    return render(request, "youth/warnings.html", context)


def _mine(row: Warning, dossier: Dossier, reader: Reader, sides: dict[UUID, tuple[Side, ...]], doubted: Any) -> Mine:
    asked, said = row.asked_of, told(row, reader)
    return Mine(
        pk=row.pk,
        by=who(row.given_by or row.made_by, dossier),
        why=str(WHY[Warning.Ground(row.ground)]),
        at=row.given_at or row.made_at,
        is_given=row.given_at is not None,
        is_read=row.opened_at is not None,
        until=row.until if row.is_open and asked.answer != Consultation.Answer.NO else None,
        told=said,
        items=[
            (str(SECTIONS[item.section]), words) for item, (_, words) in zip(row.items.all(), said.items, strict=True)
        ],
        second=asked.second.first_name,
        says_no=asked.answer == Consultation.Answer.NO,
        second_words=reader.text(asked.words),
        waits=tuple(filter(None, (reader.text(row.why_wait), reader.text(row.why_longer)))),
        sides=sides.get(row.pk, ()),
        is_doubted=doubted_as(row) in doubted,
    )


def _officers(dossier: Dossier) -> list[Person]:
    """Who looks after privacy in his municipality, with an address."""
    posts = Post.objects.now().filter(municipality=dossier.municipality_id, role=Role.PRIVACY_OFFICER)
    return list(Person.objects.filter(pk__in=posts.values("person"), is_active=True).order_by("first_name"))


@one_tap("youth:warnings")
def complain(request: DeskRequest, pk: UUID) -> HttpResponse:
    """ "Dit klopt niet": the privacy officer finds it in the week. No words are asked."""
    row = get_object_or_404(told_about(desk.my_dossier(request)), pk=pk)
    commands.complain(row, by=request.user)
    messages.success(request, gettext("Gemeld. Iemand die op privacy let, kijkt ernaar."))
    return redirect("youth:warnings")
