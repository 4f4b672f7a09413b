"""Hoe was je week: how often he wants to be asked, and his own line over time."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipta.dossiers.models import Dossier
from ipta.scans.check_in import commands
from ipta.scans.check_in.queries import URL, check_ins, rhythm_of
from ipta.scans.instruments.queries import answers_in, asked_by, version_for
from ipta.scans.models import CheckInRhythm
from ipta.sharing.door import Reader
from ipta.web import desk, kept, week_line
from ipta.web.asking import Asking, asked, choice, is_done, shown
from ipta.web.desk import DeskRequest
from ipta.web.youth.page import OPEN


class RhythmForm(Asking):
    often = choice(_("Hoe vaak wil je deze vragen?"), CheckInRhythm.Often.choices, need=_("Kies hoe vaak."))


@desk.youth(*OPEN)
def check_in(request: DeskRequest) -> HttpResponse:
    """His line, and how often. When it all has ended he still reads it."""
    dossier = desk.my_dossier(request)
    if request.method == "POST" and not dossier.is_taking_part:
        messages.info(request, gettext("Je bent hier klaar. Alles blijft staan. Iets veranderen? Vraag je coach."))
        return redirect("youth:check_in")
    now = rhythm_of(dossier)
    form = asked(request, RhythmForm, initial={"often": now.often if now else CheckInRhythm.Often.NEVER})
    if is_done(request, form, lambda: commands.set_rhythm(dossier, often=form.cleaned_data["often"], by=request.user)):
        messages.success(request, gettext("Bewaard."))
        return kept.done(request, redirect("youth:check_in"))
    weeks, is_gone = _weeks(request.reader, dossier)
    context: dict[str, Any] = {"dossier": dossier, "weeks": weeks, "is_gone": is_gone, "list": URL}
    return shown(request, "youth/check_in.html", form, **context)


def _weeks(reader: Reader, dossier: Dossier) -> tuple[week_line.Weeks | None, bool]:
    """What he said over time, and whether some of it was erased."""
    rows = list(check_ins(dossier).defer("version__definition")[: week_line.MOST])
    if not rows:
        return None, False
    for row in rows:
        row.dossier = dossier
    there = [row for row in rows if not reader.is_gone(row.answers)]
    version = version_for(dossier.municipality, URL) or rows[0].version
    times = [(row.about_on, answers_in(reader, row)) for row in reversed(there)]
    return week_line.drawn(asked_by(version), times) if times else None, len(there) < len(rows)
