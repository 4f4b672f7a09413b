"""Who has not said yes and is about to be forgotten: said in time, and put off once."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipta.dossiers.models import Dossier
from ipta.scouting import commands
from ipta.scouting.queries import leaving_soon
from ipta.web import asking, desk, kept
from ipta.web.asking import Asking, words
from ipta.web.coach import people
from ipta.web.coach.people import Youth
from ipta.web.templatetags.ipta_ui import day as day_in_words

# The usual reasons, each one tap.
REASONS = (_("We praten nog"), _("Vroeg om meer tijd"), _("Is even weg"))


@dataclass(frozen=True, slots=True)
class Soon:
    """Everything about somebody goes on a day. `is_kept`: it was put off already, and not once more."""

    when: str
    is_kept: bool
    youth: Youth | None = None

    @property
    def text(self) -> str:
        return gettext("Zonder ja gaat alles weg: %(when)s") % {"when": self.when}


def soon(dossiers: Collection[Dossier], youths: Mapping[UUID, Youth] | None = None) -> list[Soon]:
    """Those who go within a week, the first one first."""
    today = timezone.localdate()
    return [
        Soon(
            gettext("vandaag") if leaves.on <= today else day_in_words(leaves.on),
            leaves.is_kept,
            youths[pk] if youths else None,
        )
        for pk, leaves in leaving_soon(dossiers).items()
        if youths is None or pk in youths
    ]


class KeepForm(Asking):
    why = words(_("Waarom langer?"), longest=500, rows=2, need=_("Schrijf kort op waarom."))


@desk.coach("GET", "HEAD", "POST")
def keep(request: desk.DeskRequest, pk: UUID) -> HttpResponse:
    """Six weeks longer, once, with a reason: one of the usual ones by a tap, or words of one's own."""
    dossier = desk.own_dossier(request, pk)
    form = asking.asked(request, KeepForm)
    if asking.is_ready(request, form):
        with asking.told(form):
            commands.keep(dossier, why=form.cleaned_data["why"], by=request.user)
            messages.success(request, gettext("Alles blijft zes weken langer staan."))
            return kept.done(request, asking.back_to(request, "coach:youth", pk))
    if dossier.joined_on:
        return redirect("coach:youth", pk)
    youth = people.known(request.reader, [dossier])[pk]
    context: dict[str, Any] = {"youth": youth, "text": gettext("Dit kan één keer. Zonder ja gaat daarna alles weg.")}
    return asking.simple(request, form, title=_("Zes weken langer"), back=youth.href, **context)
