"""Mijn kant: what he says himself beside a line somebody wrote, and what he asks to change in it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipta.dossiers import commands
from ipta.dossiers.corrections.commands import ask_correction as ask
from ipta.dossiers.corrections.models import Correction
from ipta.dossiers.models import Dossier
from ipta.sharing.door import Reader
from ipta.web import corrections, desk, kept
from ipta.web.asking import Asking, asked, is_done, shown, words
from ipta.web.desk import DeskRequest
from ipta.web.lines import KINDS, kind_or_404, line_or_404, words_of
from ipta.web.youth.page import asks

SIDES_A_PAGE = 20


@dataclass(frozen=True, slots=True)
class Side:
    """His words beside a line; `wish`: he asks to change it, with what came of that."""

    text: str
    at: datetime
    wish: corrections.Shown | None = None


class Line(Protocol):
    @property
    def pk(self) -> Any: ...


class ViewForm(Asking):
    text = words(_("Hoe zie jij het?"), longest=4000, rows=4, need=_("Schrijf een paar woorden."), hint=_("Alles mag."))


class WishForm(Asking):
    wish = words(
        _("Wat moet er staan?"),
        longest=4000,
        rows=4,
        need=_("Schrijf op wat er moet staan."),
        hint=_("Kort is goed. Je coach geeft antwoord."),
    )


def sides_beside(lines: Iterable[Line], dossier: Dossier, reader: Reader) -> dict[UUID, tuple[Side, ...]]:
    """His own words beside these lines, and what he asked to change, by the line they stand beside."""
    ids = [line.pk for line in lines]
    rows, wishes = list(dossier.view_set.filter(line__in=ids)), _wishes(dossier, ids)
    reader.unlock([dossier], *({row.section for row in rows} | {wish.section for wish in wishes}))
    found: defaultdict[UUID, tuple[Side, ...]] = defaultdict(tuple)
    for row in rows:
        found[row.line] += (Side(reader.text(row.text), row.written_at),)
    for wish in corrections.in_words(reader, wishes):
        found[wish.line] += (Side(wish.wish, wish.asked_at, wish),)
    return dict(found)


def with_sides(lines: Sequence[Line], dossier: Dossier, reader: Reader) -> list[tuple[Any, tuple[Side, ...]]]:
    """Each of these lines with what he says of it."""
    sides = sides_beside(lines, dossier, reader)
    return [(line, sides.get(line.pk, ())) for line in lines]


ON_PAPER_APART = ("vraag", "test", "verteld", "nood")  # of these the line itself is not in what he takes along on paper


def elsewhere(dossier: Dossier, reader: Reader) -> list[tuple[str, tuple[Side, ...]]]:
    """What he says beside lines that are not on paper themselves, with what each of them is."""
    lines = [(kind, line) for kind in ON_PAPER_APART for line in KINDS[kind].of(dossier).only("pk")]
    sides = sides_beside([line for _, line in lines], dossier, reader)
    return [(str(KINDS[kind].name), sides[line.pk]) for kind, line in lines if line.pk in sides]


@desk.youth()
def my_side(request: DeskRequest) -> HttpResponse:
    """All that he said and asked himself, the newest first: also beside what was taken away."""
    dossier, reader = desk.my_dossier(request), request.reader
    views, wishes = list(dossier.view_set.all()), corrections.all_of(dossier, reader)
    reader.unlock([dossier], *{row.section for row in views})
    sides = [Side(reader.text(row.text), row.written_at) for row in views]
    sides += [Side(wish.wish, wish.asked_at, wish) for wish in wishes]
    sides.sort(key=lambda side: side.at, reverse=True)
    page = Paginator(sides, SIDES_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "youth/my_side.html", {"dossier": dossier, "page": page})


def _wishes(dossier: Dossier, lines: list[UUID]) -> list[Correction]:
    return corrections.of(dossier, lines)


@asks("youth:about_me", always=True)
def view(request: DeskRequest, kind: str, pk: UUID) -> HttpResponse:
    """Read the line again, and say how it was. This stays his, also when it all has ended."""
    dossier, shape = desk.my_dossier(request), kind_or_404(kind)
    line = line_or_404(dossier, kind, pk)
    form = asked(request, ViewForm)
    if is_done(request, form, lambda: commands.view(line, by=request.user, text=form.cleaned_data["text"])):
        messages.success(request, gettext("Jouw kant staat erbij. Je coach kan het lezen."))
        return kept.done(request, redirect(shape.page))
    return _page(request, dossier, "youth/view.html", form, kind, line)


@asks("youth:about_me", always=True)
def ask_correction(request: DeskRequest, kind: str, pk: UUID) -> HttpResponse:
    """Read the line again, and ask to change it. The question and the answer stay."""
    dossier, shape = desk.my_dossier(request), kind_or_404(kind)
    line = line_or_404(dossier, kind, pk)
    form = asked(request, WishForm)
    if is_done(request, form, lambda: ask(line, kind=kind, wish=form.cleaned_data["wish"], by=request.user)):
        messages.success(request, gettext("Gevraagd. Je coach geeft binnen een maand antwoord."))
        return kept.done(request, redirect(shape.page))
    return _page(request, dossier, "youth/ask_correction.html", form, kind, line)


def _page(request: DeskRequest, dossier: Dossier, template: str, form: Asking, kind: str, line: Any) -> HttpResponse:
    context: dict[str, Any] = {
        "dossier": dossier,
        "kind": KINDS[kind],
        "slug": kind,
        "pk": line.pk,
        "line": words_of(request.reader, KINDS[kind], line),
        "sides": sides_beside([line], dossier, request.reader).get(line.pk, ()),
    }
    return shown(request, template, form, **context)
