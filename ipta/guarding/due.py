"""Looking whether a condition came true, for `bin/ipta tick`. It reads days and kinds; it opens no word and no score.

Nobody is called and nothing is planned: youth and coach find the reason on their pages, and choose.
"""

import logging
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Max
from django.utils import timezone

from ipta.base import clock
from ipta.base.acting import HOUSE
from ipta.dossiers.models import Note, Step
from ipta.placements.models import Placement
from ipta.wraparound.agreed.commands import come_true
from ipta.wraparound.agreed.rules import Facts, is_true
from ipta.wraparound.models import Condition

log = logging.getLogger("ipta.guarding")


@dataclass(slots=True)
class Done:
    """Which conditions came true just now, and which could not be looked at: ids alone."""

    true: list[UUID] = field(default_factory=list)
    faults: list[UUID] = field(default_factory=list)


def look() -> Done:
    """Each condition that can still come true. What goes wrong with one of them stops none of the others."""
    done = Done()
    standing = Condition.objects.standing().exclude(kind=Condition.Kind.WORDS)
    for condition in standing.select_related("dossier__municipality", "agreement__meeting"):
        try:
            if _is_true(condition):
                come_true(condition, by=HOUSE)
                done.true.append(condition.pk)
        except Exception as fault:
            log.error("not looked at condition=%s %s", condition.pk, type(fault).__name__)  # noqa: TRY400 - no words
            done.faults.append(condition.pk)
    return done


def _is_true(condition: Condition) -> bool:
    begun = max(condition.made_at, condition.agreement.meeting.held_at or condition.made_at)
    return is_true(
        condition.kind,
        _facts(condition, begun),
        since=timezone.localdate(begun),
        today=clock.today(),
        days=condition.days or 0,
        on=condition.due_on,
        domain=condition.domain,
    )


def _facts(condition: Condition, begun: datetime) -> Facts:
    """Of the one thing it is about."""
    steps = Step.objects.filter(dossier=condition.dossier_id)
    if condition.kind == Condition.Kind.LATE:
        due = steps.filter(done_on=None, dropped_on=None).exclude(due_on=None).values_list("due_on", flat=True)
        return Facts(open_steps=[day for day in due if day])
    if condition.kind == Condition.Kind.STOPPED:
        stopped = Placement.objects.filter(dossier=condition.dossier_id).exclude(stopped_on=None)
        return Facts(stopped=[day for day in stopped.values_list("stopped_on", flat=True) if day])
    if condition.kind == Condition.Kind.ACUTE:
        # A level 1 that a coach signs off becomes a direct action in that domain: the score itself stays sealed.
        direct = steps.filter(kind=Step.Kind.DIRECT, promised_at__gt=begun)
        return Facts(acute=list(direct.values_list("domain", flat=True)))
    if condition.kind == Condition.Kind.SILENT:
        spoken = Note.objects.standing([condition.dossier_id]).filter(is_reached=True)
        last = spoken.aggregate(last=Max("happened_at"))["last"]
        return Facts(spoken_on=timezone.localdate(last) if last else None)
    return Facts()
