"""What waits for him: a message, his plan, what others said, his week, what he shares. Asked in one question."""

from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Case, CharField, DateField, Exists, F, OuterRef, QuerySet, Value, When
from django.db.models.functions import Cast
from django.utils.translation import gettext

from ipta.base import clock
from ipta.base.prepared import prepared
from ipta.dossiers.models import Dossier, Message
from ipta.plans.models import Agreement, PlanVersion
from ipta.scans.check_in.queries import with_last
from ipta.scans.check_in.rules import is_due
from ipta.scans.models import Assessment, Statement
from ipta.sharing.asked.models import SharingRequest
from ipta.sharing.models import Grant, Warning
from ipta.sharing.rules import TOLD_BEFORE
from ipta.sharing.warning.rules import TOLD_FOR
from ipta.sharing.why.models import LookQuestion
from ipta.wraparound.models import Condition, Invitee, Point, SetAside, Voice

NEWS_FOR = timedelta(days=3)
NOBODY = Value("")
GUEST = "*"  # no name: he has none here
MESSAGE, PLAN, TOLD, TEST, WEEK = "message", "plan", "told", "test", "week"
TABLE, HARD, REPLY = "table", "hard", "reply"
ASKED, TYPED, STOPS, WHY, WARNED = "asked", "typed", "stops", "why", "warned"


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
    table: bool = False  # what they agreed on came true: another talk?
    hard: bool = False  # a difficult point did not come on the table, and he did not say why yet
    reply: bool = False  # somebody he asked to come answered lately
    asked: bool = False  # somebody would like to read something
    typed: bool = False  # his coach typed a yes for him
    stops: bool = False  # something he shares stops within a week
    why: bool = False  # somebody said why he looked
    warned: bool = False  # something was told without his yes, and he heard of it lately


def waiting_for(dossier: Dossier, today: date) -> Waiting:
    """Nothing waits for who takes no part any more, but that others said something of him stays to be answered."""
    since = clock.now() - NEWS_FOR
    warned = clock.now() - TOLD_FOR
    found = _waits(dossier=dossier.pk, since=since, week=today + TOLD_BEFORE, warned=warned)
    rows = {kind: (often, last) for kind, often, last in found}
    goes_on = dossier.is_taking_part
    often, last = rows.get(WEEK, ("", None))
    return Waiting(
        message=Sent(_writer(rows[MESSAGE][0])) if MESSAGE in rows else None,
        plan=goes_on and PLAN in rows,
        told=TOLD in rows,
        test=goes_on and TEST in rows,
        week=goes_on and is_due(often, last, today),
        table=goes_on and TABLE in rows,
        hard=goes_on and HARD in rows,
        reply=goes_on and REPLY in rows,
        asked=goes_on and ASKED in rows,
        typed=TYPED in rows,
        stops=goes_on and STOPS in rows,
        why=WHY in rows,
        warned=WARNED in rows,
    )


def _writer(name: str) -> str:
    return gettext("iemand uit je netwerk") if name == GUEST else name


@prepared
def _waits(dossier: UUID, since: datetime, week: date, warned: datetime) -> QuerySet[Any]:
    asked = Statement.objects.standing([dossier]).filter(answers=None)
    tests = Assessment.objects.filter(dossier=dossier, answer="")
    newer = PlanVersion.objects.filter(dossier=dossier, number__gt=OuterRef("number"))
    his_yes = Agreement.objects.filter(version=OuterRef("pk"), owner=Agreement.Owner.YOUTH)
    texts = PlanVersion.objects.filter(~Exists(newer), ~Exists(his_yes), dossier=dossier)
    rhythm = with_last(dossier).annotate(kind=Value(WEEK)).values_list("kind", "often", "last")
    writer = Case(When(written_by__is_guest=True, then=Value(GUEST)), default=F("written_by__first_name"))
    sent = _kind(Message.objects.to_youth().filter(dossier=dossier), MESSAGE, writer)
    true = Condition.objects.asking().filter(dossier=dossier)
    said_why = SetAside.objects.filter(point=OuterRef("pk"), voice=Voice.YOUTH)
    hard = Point.objects.forgotten().filter(~Exists(said_why), dossier=dossier).exclude(meeting__held_at=None)
    replied = Invitee.objects.filter(dossier=dossier, answered_at__gte=since, meeting__held_at=None)
    found: QuerySet[Any] = rhythm.union(
        sent,
        _kind(texts, PLAN),
        _kind(asked, TOLD),
        _kind(tests, TEST),
        _kind(true, TABLE),
        _kind(hard, HARD),
        _kind(replied, REPLY),
        _kind(SharingRequest.objects.to_show().filter(dossier=dossier), ASKED),
        _kind(Grant.objects.to_confirm().filter(dossier=dossier), TYPED),
        _kind(Grant.objects.ending(week).filter(dossier=dossier), STOPS),
        _kind(LookQuestion.objects.unread().filter(dossier=dossier), WHY),
        _kind(Warning.objects.told().filter(dossier=dossier, tells_at__gt=warned), WARNED),
    )
    return found


def _kind(rows: QuerySet[Any], kind: str, said: Any = NOBODY) -> QuerySet[Any]:
    nothing = Cast(Value(None), DateField())  # PostgreSQL wants to know of what kind nothing is
    named = rows.order_by().annotate(sort=Value(kind), how=Cast(said, CharField(max_length=40)), none=nothing)
    found: QuerySet[Any] = named.values_list("sort", "how", "none")
    return found
