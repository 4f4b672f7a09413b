"""The dossier on one page: the thread, what comes next, and the way to everything else."""

from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from ipta.base.prepared import prepared
from ipta.dossiers.models import Appointment, Coachship, Dossier, Ending, Note, Step
from ipta.law.models import Hold
from ipta.law.queries import going_of
from ipta.plans.models import PlanVersion
from ipta.scouting.queries import Try, tries_of
from ipta.sharing.door import Reader
from ipta.sharing.rules import number_of, spaced
from ipta.web import desk, when
from ipta.web.coach import (
    appointments,
    attempts,
    chain,
    emergency,
    handing,
    leaving,
    notes,
    people,
    quiet,
    referrals,
    steps,
    warnings,
)
from ipta.web.knots import knots_of, phases_of, rows_of

LAST_NOTES, FIRST_STEPS = 3, 5
HEARS_FOR = timedelta(days=60)  # who brought him in hears that he joined


@desk.coach()
def youth(request: desk.DeskRequest, pk: UUID) -> HttpResponse:
    """What a coach wants to know before, during and after a conversation."""
    dossier = desk.dossier_to_read(request, pk)
    reader = request.reader
    shown = people.known(reader, [dossier], {pk: {"plan", "appointments", "contacts"}})[pk]
    tries = tries_of([pk])[pk]
    contact = quiet.contact_in(tries)
    ships = _ships(dossier=pk)
    stand_ins = [ship for ship in ships if ship.is_stand_in and ship.is_running()]
    is_lent = request.user.pk in {ship.coach_id for ship in stand_ins}
    last = _last_notes(dossier=pk)
    plans = _plans(dossier=pk)
    rows = rows_of(dossier, plans)
    context = {
        "youth": shown,
        "dossier": dossier,
        "above": _above(reader, dossier, contact, shown.intensity),
        "called": reader.text(dossier.nickname),
        "ways": people.ways_to(reader, dossier),
        "knots": knots_of(dossier, rows),
        "phases": phases_of(dossier),
        "notes": notes.in_words(reader, last),
        "plan_text": _plan_text(plans),
        "chain": chain.chain_of(reader, rows.finds[0], tries) if rows.finds else None,
        "brought_in": _brought_in(reader, dossier),
        "works": _works(reader, dossier, tries),
        "leaving": leaving.soon([dossier]) if dossier.is_scouted else [],
        "reasons": leaving.REASONS,
        "attempt": attempts.form_for(reader, dossier) if dossier.is_scouted else None,
        "stand_ins": [ship.coach.get_full_name() for ship in stand_ins],
        "next_coach": next((ship for ship in ships if not ship.is_stand_in and not ship.is_running()), None),
        "handed": handing.handed_to(reader, dossier, ships, request.user),
        "number": spaced(number_of(dossier.pk)),
        "emergencies": emergency.of_dossier(request, dossier),
        "may_give": dossier.is_taking_part and not is_lent and not request.reads_only,
        "warnings": warnings.news_about(dossier, request.user) if getattr(dossier, "has_warnings", True) else [],
        "button_href": emergency.button_for(dossier) if is_lent and not request.emergency else "",
        "going": going_of(dossier)[:1],
        "holds": Hold.objects.running().filter(dossier=dossier) if dossier.ended_on else [],
        "end_reason": dict(Ending.choices).get(dossier.end_reason, ""),
    }
    return render(request, "coach/youth.html", context | _next(reader, dossier))


def _next(reader: Reader, dossier: Dossier) -> dict[str, Any]:
    """What was agreed and promised, and what nobody closed yet."""
    today = timezone.localdate()
    meetings = appointments.in_words(reader, _meetings(dossier=dossier.pk))
    promised = steps.in_words(reader, _steps(dossier=dossier.pk))
    promised.sort(key=lambda step: not step.is_direct)
    more = promised[FIRST_STEPS:]
    return {
        "open_appointments": [m for m in meetings if timezone.localdate(m.starts_at) < today],
        "appointments": [m for m in meetings if timezone.localdate(m.starts_at) >= today],
        "steps": promised[:FIRST_STEPS],
        "more_steps": more,
        "more_steps_title": ngettext("Nog %(n)s stap", "Nog %(n)s stappen", len(more)) % {"n": len(more)},
    }


def _above(reader: Reader, dossier: Dossier, contact: quiet.Contact, intensity: str) -> str:
    day = timezone.localdate()
    since = dossier.joined_on or dossier.found_on
    if dossier.is_scouted:
        parts = [gettext("Nog geen ja"), gettext("ontmoet %(when)s") % {"when": when.ago(since, day)}]
    else:
        long = gettext("doet mee: %(long)s") % {"long": when.lasting(since, dossier.ended_on or day)}
        parts = [reader.text(dossier.born), gettext("Afgerond") if dossier.ended_on else intensity, long]
    if contact.spoken_on and not dossier.ended_on:
        parts.append(gettext("gesproken: %(when)s") % {"when": when.ago(contact.spoken_on, day)})
    return " · ".join(filter(None, parts))


def _brought_in(reader: Reader, dossier: Dossier) -> referrals.BroughtIn | None:
    """Until some time after the yes: then who brought him in has heard."""
    is_new = dossier.joined_on is None or timezone.localdate() - dossier.joined_on < HEARS_FOR
    return referrals.brought_in(reader, dossier) if is_new else None


def _works(reader: Reader, dossier: Dossier, tries: Collection[Try]) -> str:
    """What works to reach him. Nobody is sent to his home who was told not to go there."""
    works = chain.what_works(tries)
    return works.line if works and works.is_allowed(reader.json(dossier.careful) or []) else ""


def _plan_text(plans: Sequence[Any]) -> str:
    """Where the plan stands, without opening it. `plans`: its versions with their yeses, the newest first."""
    if not plans:
        return gettext("Nog niet begonnen")
    if plans[0].in_force_from:
        return gettext("Jullie zeiden ja")
    return gettext("Wacht op de jongere") if plans[0].coach_said_yes else gettext("Wacht op jouw ja")


# --- rows ---------------------------------------------------------------------------------------------------------


@prepared
def _ships(dossier: UUID) -> QuerySet[Coachship]:
    return Coachship.objects.ahead().filter(dossier=dossier).select_related("coach", "given_by", "briefing")


@prepared
def _last_notes(dossier: UUID) -> QuerySet[Note]:
    return Note.objects.standing([dossier]).select_related("author")[:LAST_NOTES]


@prepared
def _plans(dossier: UUID) -> QuerySet[PlanVersion]:
    return PlanVersion.objects.with_yeses().filter(dossier=dossier)


@prepared
def _meetings(dossier: UUID) -> QuerySet[Appointment]:
    return Appointment.objects.filter(dossier=dossier, outcome="")


@prepared
def _steps(dossier: UUID) -> QuerySet[Step]:
    return Step.objects.filter(dossier=dossier, done_on=None, dropped_on=None)
