"""What waits for him: a message, his plan, what others said, a test, how his week was. Asked in one question."""

from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import CharField, DateField, Exists, F, OuterRef, QuerySet, Value
from django.db.models.functions import Cast

from ipta.base.prepared import prepared
from ipta.dossiers.models import Dossier, Message
from ipta.plans.models import Agreement, PlanVersion
from ipta.scans.check_in.queries import with_last
from ipta.scans.check_in.rules import is_due
from ipta.scans.models import Assessment, Statement

NOBODY = Value("")
MESSAGE, PLAN, TOLD, TEST, WEEK = "message", "plan", "told", "test", "week"


class Sent(NamedTuple):
    """A message that he did not open yet, by its writer alone."""

    who: str


class Waiting(NamedTuple):
    """Whether something of each kind waits."""

    message: Sent | None = None
    plan: bool = False  # the newest text waits for his yes
    told: bool = False
    test: bool = False
    week: bool = False


def waiting_for(dossier: Dossier, today: date) -> Waiting:
    """Nothing waits for who takes no part any more, but that others said something of him stays to be answered."""
    rows = {kind: (often, last) for kind, often, last in _waits(dossier=dossier.pk)}
    goes_on = dossier.is_taking_part
    often, last = rows.get(WEEK, ("", None))
    return Waiting(
        message=Sent(rows[MESSAGE][0]) if MESSAGE in rows else None,
        plan=goes_on and PLAN in rows,
        told=TOLD in rows,
        test=goes_on and TEST in rows,
        week=goes_on and is_due(often, last, today),
    )


@prepared
def _waits(dossier: UUID) -> QuerySet[Any]:
    asked = Statement.objects.standing([dossier]).filter(answers=None)
    tests = Assessment.objects.filter(dossier=dossier, answer="")
    newer = PlanVersion.objects.filter(dossier=dossier, number__gt=OuterRef("number"))
    his_yes = Agreement.objects.filter(version=OuterRef("pk"), owner=Agreement.Owner.YOUTH)
    texts = PlanVersion.objects.filter(~Exists(newer), ~Exists(his_yes), dossier=dossier)
    rhythm = with_last(dossier).annotate(kind=Value(WEEK)).values_list("kind", "often", "last")
    sent = _kind(Message.objects.to_youth().filter(dossier=dossier), MESSAGE, F("written_by__first_name"))
    found: QuerySet[Any] = rhythm.union(sent, _kind(texts, PLAN), _kind(asked, TOLD), _kind(tests, TEST))
    return found


def _kind(rows: QuerySet[Any], kind: str, said: Any = NOBODY) -> QuerySet[Any]:
    nothing = Cast(Value(None), DateField())  # PostgreSQL wants to know of what kind nothing is
    named = rows.order_by().annotate(sort=Value(kind), how=Cast(said, CharField(max_length=40)), none=nothing)
    found: QuerySet[Any] = named.values_list("sort", "how", "none")
    return found
