"""Mijn kant: what he says himself beside a line somebody wrote."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipta.dossiers import commands
from ipta.dossiers.models import Dossier
from ipta.scans.models import FilledSheet
from ipta.scans.queries import hear
from ipta.sharing.door import Reader
from ipta.web import desk, kept
from ipta.web.asking import Asking, asked, is_ready, shown, told, words
from ipta.web.desk import DeskRequest
from ipta.web.sheets import worded
from ipta.web.youth.page import asks


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of line he can put his side beside."""

    rows: str
    words: str  # the field that is shown again; none: the remark on a questionnaire
    page: str
    name: str | Promise


KINDS = {
    "gesprek": Kind("note_set", "text", "youth:notes", _("Dit is opgeschreven")),
    "stap": Kind("step_set", "text", "youth:steps", _("Dit is een stap")),
    "plan": Kind("planversion_set", "most_important", "youth:plan", _("Dit is je plan")),
    "scan": Kind("filledsheet_set", "", "youth:scans", _("Zo is het ingevuld")),
    "werk": Kind("placement_set", "what", "youth:work", _("Dit is een werkplek")),
    "afspraak": Kind("appointment_set", "what", "youth:appointments", _("Dit was een afspraak")),
    "mens": Kind("networkperson_set", "name", "youth:people", _("Dit is iemand om je heen")),
    "papier": Kind("paper_set", "name", "youth:papers", _("Dit is een papier")),
    "coach": Kind("briefing_set", "text", "youth:people", _("Dit schreef je coach")),
    "kaart": Kind("saying_set", "text", "youth:talk", _("Dit viel je coach op")),
    "begin": Kind("find_set", "introduction", "youth:known", _("Zo begon het")),
}


@dataclass(frozen=True, slots=True)
class Side:
    text: str
    at: datetime


class Line(Protocol):
    pk: Any


class ViewForm(Asking):
    text = words(_("Hoe zie jij het?"), longest=4000, rows=4, need=_("Schrijf een paar woorden."), hint=_("Alles mag."))


def sides_beside(lines: Iterable[Line], dossier: Dossier, reader: Reader) -> dict[UUID, tuple[Side, ...]]:
    """His own words beside these lines, by the line they stand beside."""
    rows = list(dossier.view_set.filter(line__in=[line.pk for line in lines]))
    reader.unlock([dossier], *{row.section for row in rows})
    found: defaultdict[UUID, tuple[Side, ...]] = defaultdict(tuple)
    for row in rows:
        found[row.line] += (Side(reader.text(row.text), row.written_at),)
    return dict(found)


def _remark(reader: Reader, sheet: FilledSheet) -> str:
    """What was written with it, or else which questionnaire it is."""
    said = hear(reader, sheet)
    return reader.text(sheet.answers) if said.is_gone else said.remark or worded(str(sheet.version.instrument))


@asks("youth:about_me", always=True)
def view(request: DeskRequest, kind: str, pk: UUID) -> HttpResponse:
    """Read the line again, and say how it was. This stays his, also when it all has ended."""
    dossier, shape = desk.my_dossier(request), KINDS.get(kind)
    line: Any = getattr(dossier, shape.rows).filter(pk=pk).first() if shape else None
    if shape is None or line is None:
        raise Http404
    form = asked(request, ViewForm)
    if is_ready(request, form):
        with told(form), form.sent() as is_new:
            if is_new:
                commands.view(line, by=request.user, text=form.cleaned_data["text"])
            messages.success(request, gettext("Jouw kant staat erbij. Je coach kan het lezen."))
            return kept.done(request, redirect(shape.page))
    context: dict[str, Any] = {
        "dossier": dossier,
        "kind": shape,
        "line": request.reader.text(getattr(line, shape.words)) if shape.words else _remark(request.reader, line),
        "sides": sides_beside([line], dossier, request.reader).get(line.pk, ()),
    }
    return shown(request, "youth/view.html", form, **context)
