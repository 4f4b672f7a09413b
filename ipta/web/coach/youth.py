"""The dossier on one page: the thread, what comes next, and the way to everything else."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from ipta.dossiers.models import Coachship, Dossier, Ending, Note
from ipta.scouting.queries import Try, tries_of
from ipta.sharing.door import Reader
from ipta.sharing.rules import number_of, spaced
from ipta.web import desk, when
from ipta.web.coach import appointments, attempts, chain, emergency, leaving, notes, people, quiet, steps
from ipta.web.knots import knots_of, phases_of

LAST_NOTES, FIRST_STEPS = 3, 5


@desk.coach()
def youth(request: desk.DeskRequest, pk: UUID) -> HttpResponse:
    """What a coach wants to know before, during and after a conversation."""
    dossier = desk.dossier_to_read(request, pk)
    reader = request.reader
    shown = people.known(reader, [dossier], {pk: {"plan", "appointments", "contacts"}})[pk]
    prefetch_related_objects([dossier], "find_set")  # by the chain and by the thread
    tries = tries_of([pk])[pk]
    contact = quiet.contact_in(tries)
    stand_ins = _stand_ins(dossier)
    is_lent = request.user.pk in {ship.coach_id for ship in stand_ins}
    last = Note.objects.standing([dossier.pk]).select_related("author")[:LAST_NOTES]
    plans = list(dossier.planversion_set.with_yeses())
    context = {
        "youth": shown,
        "dossier": dossier,
        "above": _above(reader, dossier, contact, shown.intensity),
        "called": reader.text(dossier.nickname),
        "ways": people.ways_to(reader, dossier),
        "knots": knots_of(dossier, plans),
        "phases": phases_of(dossier),
        "notes": notes.in_words(reader, last),
        "plan_text": _plan_text(plans),
        "chain": chain.chain_of(reader, dossier, tries),
        "works": _works(reader, dossier, tries),
        "leaving": leaving.soon([dossier]) if dossier.is_scouted else [],
        "reasons": leaving.REASONS,
        "attempt": attempts.form_for(reader, dossier) if dossier.is_scouted else None,
        "stand_ins": [ship.coach.get_full_name() for ship in stand_ins],
        "number": spaced(number_of(dossier.pk)),
        "emergencies": emergency.of_dossier(request, dossier),
        "button_href": emergency.button_for(dossier) if is_lent and not request.emergency else "",
        "end_reason": dict(Ending.choices).get(dossier.end_reason, ""),
    }
    return render(request, "coach/youth.html", context | _next(reader, dossier))


def _next(reader: Reader, dossier: Dossier) -> dict[str, Any]:
    """What was agreed and promised, and what nobody closed yet."""
    today = timezone.localdate()
    meetings = appointments.in_words(reader, dossier.appointment_set.filter(outcome=""))
    promised = steps.in_words(reader, dossier.step_set.filter(done_on=None, dropped_on=None))
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


def _stand_ins(dossier: Dossier) -> list[Coachship]:
    return list(Coachship.objects.now().filter(dossier=dossier, is_stand_in=True).select_related("coach"))
