"""Waarom mag dit, en hoe lang blijft het? What goes when, and his own wish that something is erased."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipta.base.verdict import Impossible
from ipta.dossiers.models import Dossier
from ipta.law import commands
from ipta.law.models import Hold, Weighing, Wish
from ipta.law.queries import Keeping, going_of, keeping_of
from ipta.law.rules import HOLDS_TO_HIM, KINDS, KINDS_TO_HIM, REFUSALS_TO_HIM, REST, WHOLE
from ipta.sharing.door import Reader
from ipta.web import desk, kept
from ipta.web.asking import Asking, asked, choice, is_done, shown
from ipta.web.desk import DeskRequest
from ipta.web.law.grounds import lines_of
from ipta.web.law.terms import in_years
from ipta.web.templatetags.ipta_ui import day, short_day
from ipta.web.youth.page import asks, one_tap

# What came of weighing whether his parents should know something, as one says it to him.
WEIGHED = {
    "nothing": _("Je ouders hoeven niets te weten."),
    "himself": _("Jij vertelt het zelf."),
    "together": _("Jullie vertellen het samen."),
    "coach": _("Je coach vertelt het."),
}


@desk.youth()
def why(request: DeskRequest) -> HttpResponse:
    """Each purpose in plain words, with the law behind it for who wants to read that."""
    dossier = desk.my_dossier(request)
    return render(request, "youth/why.html", {"dossier": dossier, "lines": lines_of(dossier.municipality)})


# --- how long -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Kept:
    """A kind of record: how long it stays, or when it goes or went."""

    name: str
    words: str
    is_gone: bool
    is_soon: bool


@dataclass(frozen=True, slots=True)
class Wished:
    """What he asked to erase, and how far that is."""

    pk: UUID
    name: str
    words: str
    can_call_off: bool


@desk.youth()
def keeping(request: DeskRequest) -> HttpResponse:
    """How long everything stays, what goes soon, what is held, and what he asked himself."""
    dossier = desk.my_dossier(request)
    holds = Hold.objects.running().filter(dossier=dossier)
    context = {
        "dossier": dossier,
        "kept": [_kept(one) for one in keeping_of(dossier)],
        "soon": soon(dossier),
        "holds": [(gettext(HOLDS_TO_HIM[hold.why]), hold.until) for hold in holds],
        "wishes": [_wished(wish) for wish in Wish.objects.filter(dossier=dossier, called_off_at=None)],
    }
    return render(request, "youth/keeping.html", context)


def soon(dossier: Dossier) -> str:
    """The first day on which something goes, when that was announced; nothing while he takes part."""
    days = [one.goes for one in going_of(dossier) if one.goes]
    return day(days[0]) if days else ""


def _kept(one: Keeping) -> Kept:
    if one.gone_on:
        words = gettext("Dit is weg sinds %(day)s.") % {"day": short_day(one.gone_on)}
    elif one.goes and not one.is_held:
        words = gettext("Op %(day)s gaat dit weg.") % {"day": day(one.goes)}
    elif one.over:
        words = gettext("Dit blijft tot %(day)s.") % {"day": short_day(one.over)}
    else:
        words = gettext("Nog %(years)s als je klaar bent.") % {"years": in_years(one.months)}
    return Kept(gettext(KINDS_TO_HIM[one.kind]), words, one.is_gone, bool(one.goes) and not one.is_held)


def _wished(wish: Wish) -> Wished:
    if wish.done_at:
        words = gettext("Dit is weg sinds %(day)s.") % {"day": short_day(timezone.localdate(wish.done_at))}
    elif wish.refused_why:
        words = gettext(REFUSALS_TO_HIM[wish.refused_why])
    elif wish.agreed_at:
        words = gettext("De gemeente zei ja. Het gaat bijna weg.")
    else:
        words = gettext("De gemeente kijkt ernaar. Je hoort het voor %(day)s.") % {"day": short_day(wish.answer_by)}
    return Wished(wish.pk, gettext(KINDS_TO_HIM[wish.kind]), words, wish.is_open)


# --- erased -------------------------------------------------------------------------------------------------------


class WishForm(Asking):
    kind = choice(
        _("Wat moet er weg?"),
        [(kind, _(KINDS_TO_HIM[kind])) for kind in (*KINDS, WHOLE) if kind != REST],
        need=_("Kies wat er weg moet."),
    )


@asks("youth:keeping", always=True)
def wish(request: DeskRequest) -> HttpResponse:
    """He asks it; two people of the municipality answer."""
    dossier = desk.my_dossier(request)
    form = asked(request, WishForm)
    if is_done(request, form, lambda: commands.wish(dossier, form.cleaned_data["kind"], by=request.user)):
        messages.success(request, gettext("Gevraagd. Je hoort het binnen een maand."))
        return kept.done(request, redirect("youth:keeping"))
    return shown(request, "youth/wish.html", form, dossier=dossier)


@one_tap("youth:keeping")
def call_off_wish(request: DeskRequest, pk: UUID) -> HttpResponse:
    """It need not go after all."""
    dossier = desk.my_dossier(request)
    found = get_object_or_404(Wish.objects.filter(dossier=dossier), pk=pk)
    try:
        commands.call_off_wish(found, by=request.user)
    except Impossible as objection:
        messages.error(request, gettext(str(objection)))
    else:
        messages.success(request, gettext("Goed. Het blijft staan."))
    return redirect("youth:keeping")


# --- parents ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Weighed:
    title: str
    outcome: str
    reason: str


def weighed_about(dossier: Dossier, reader: Reader) -> list[Weighed]:
    """What his coach weighed about his parents: he reads all of it."""
    rows = Weighing.objects.filter(dossier=dossier).select_related("by")
    return [_weighed(row, reader) for row in rows]


def _weighed(row: Weighing, reader: Reader) -> Weighed:
    said = {"name": row.by.first_name or gettext("je coach"), "day": short_day(timezone.localdate(row.weighed_at))}
    title = gettext("%(name)s dacht hierover na, %(day)s") % said
    outcome = reader.text(row.outcome)
    return Weighed(title, str(WEIGHED.get(outcome, outcome)), reader.text(row.reason))
