"""Sending what is due of the reminders, for `bin/ipta tick`: to where the youth said, in the words he chose.

The house opens those words and that address itself, and says so in the reading log: the youth sees when it did.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.core.mail import send_mail
from django.db.models import QuerySet
from django.utils import timezone, translation

from ipta.base import clock, texting
from ipta.base.acting import HOUSE
from ipta.dossiers import commands, reminders
from ipta.dossiers.models import Appointment, Dossier, RemindBy, Reminder
from ipta.sharing.door import HouseReader

log = logging.getLogger("ipta.reminders")
GROUND = "reminder"
SUBJECT = "Herinnering"
Outcome = Reminder.Outcome
OUT = (RemindBy.TEXT, RemindBy.MAIL)


@dataclass(slots=True)
class Done:
    """Of which appointments it went out, was held back at this hour, or did not work: ids alone."""

    sent: list[UUID] = field(default_factory=list)
    held: list[UUID] = field(default_factory=list)
    faults: list[UUID] = field(default_factory=list)


def send_due() -> Done:
    """Each reminder that is due and did not go out yet. What goes wrong with one of them stops none of the others."""
    done = Done()
    for appointment, moment in _due():
        begun = commands.begin_reminder(appointment, moment, by=HOUSE)
        if begun is None:
            continue
        try:
            outcome = _send(appointment, moment)
        except Exception as fault:
            log.error("not reminded appointment=%s %s", appointment.pk, type(fault).__name__)  # noqa: TRY400 - no words
            commands.end_reminder(begun, Outcome.FAILED, by=HOUSE)
            done.faults.append(appointment.pk)
        else:
            commands.end_reminder(begun, outcome, by=HOUSE)
            (done.sent if outcome == Outcome.SENT else done.held).append(appointment.pk)
    return done


def _due() -> Iterable[tuple[Appointment, str]]:
    now = clock.now()
    here = timezone.localtime(now)
    for appointment in _coming(until=now + timedelta(days=1, hours=5)):
        dossier = appointment.dossier
        moment = reminders.moment_of(timezone.localtime(appointment.starts_at), here)
        if moment and getattr(dossier, f"remind_{moment}"):
            yield appointment, moment


def _coming(until: datetime) -> QuerySet[Appointment]:
    rows = Appointment.objects.filter(starts_at__gt=clock.now(), starts_at__lt=until, outcome="")
    wanted = rows.filter(dossier__remind_by__in=OUT, dossier__ended_on=None)
    return wanted.select_related("dossier__municipality").order_by("starts_at")


def _send(appointment: Appointment, moment: str) -> str:
    """Send it, unless he may not be reached at this hour, or no longer. Raises whatever a gateway or server says."""
    dossier = appointment.dossier
    reader = HouseReader(GROUND, ["identity"])
    reader.unlock([dossier], "identity")
    here = timezone.localtime(clock.now())
    is_erased = reader.is_gone(dossier.remind_to)
    if is_erased or not reminders.is_welcome_at(here, reader.json(dossier.careful) or []):
        return Outcome.HELD
    starts_at = timezone.localtime(appointment.starts_at)
    with translation.override(settings.LANGUAGE_CODE):
        said = reminders.message(reader.text(dossier.remind_words), moment, starts_at)
    _deliver(dossier, reader.text(dossier.remind_to), said)
    return Outcome.SENT


def _deliver(dossier: Dossier, to: str, words: str) -> None:
    if dossier.remind_by == RemindBy.MAIL:
        send_mail(SUBJECT, words, None, [to])
        return
    send = texting.gateway(dossier.municipality.code)
    if send is None:
        raise texting.NotSent("no gateway")
    send(to, words)
