"""Of who may be under 18: whether his parents should know something, weighed and written down. He reads it."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipta.base import clock
from ipta.dossiers.models import Dossier
from ipta.law import commands, policies
from ipta.law.models import Weighing
from ipta.law.rules import OF_AGE, WEIGHED
from ipta.scans.instruments.ages import possible_ages
from ipta.sharing.door import Reader
from ipta.web import asking, desk, kept
from ipta.web.asking import Asking, choice, words
from ipta.web.coach import people
from ipta.web.templatetags.ipta_ui import short_day


@dataclass(frozen=True, slots=True)
class Weighed:
    title: str
    outcome: str
    reason: str


def weighed_about(reader: Reader, dossier: Dossier) -> list[Weighed]:
    """What was weighed, the newest first. Needs the right to read who his people are."""
    found = []
    for row in Weighing.objects.filter(dossier=dossier).select_related("by"):
        outcome = reader.text(row.outcome)
        title = f"{row.by.first_name}, {short_day(timezone.localdate(row.weighed_at))}"
        found.append(Weighed(title, gettext(WEIGHED.get(outcome, outcome)), reader.text(row.reason)))
    return found


def may_be_minor(reader: Reader, dossier: Dossier) -> bool:
    """Whether a day, a month or a year of birth is written down that leaves it open."""
    ages = possible_ages(reader.text(dossier.born), clock.today())
    return ages is not None and ages[0] < OF_AGE


class WeighForm(Asking):
    outcome = choice(
        _("Moeten de ouders iets weten?"),
        [(key, _(said)) for key, said in WEIGHED.items()],
        need=_("Kies wat het werd."),
    )
    reason = words(
        _("Waarom?"),
        longest=1000,
        rows=4,
        need=_("Schrijf kort op waarom."),
        hint=_("Wat wil de jongere zelf? Wat helpt, en wat kan misgaan? De jongere leest dit."),
    )


@desk.coach("GET", "HEAD", "POST")
def weigh(request: desk.DeskRequest, pk: UUID) -> HttpResponse:
    """Once it was talked about: what it became, and why."""
    dossier = desk.own_dossier(request, pk)
    if not policies.can_weigh(request.user, dossier):
        raise Http404
    form = asking.asked(request, WeighForm)
    if asking.is_done(request, form, lambda: commands.weigh(dossier, by=request.user, **form.cleaned_data)):
        messages.success(request, gettext("Bewaard. De jongere leest het bij ‘Mijn mensen’."))
        return kept.done(request, redirect("coach:network", pk))
    youth = people.known(request.reader, [dossier])[pk]
    text = gettext("Vanaf 16 jaar beslist een jongere zelf. Ouders zien niets, tenzij hij of zij het deelt.")
    return asking.simple(request, form, title=_("En de ouders?"), youth=youth, back=f"{youth.href}mensen/", text=text)
