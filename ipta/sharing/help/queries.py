"""Questions to specialists, and how quick the answers come."""

from collections import defaultdict
from uuid import UUID

from django.utils import timezone

from ipta.accounts.models import Link, Person
from ipta.base import acting, clock
from ipta.base.days import workdays_between
from ipta.dossiers.models import Dossier
from ipta.dossiers.specialists.policies import KEEPERS
from ipta.sharing.help.rules import Promptness, promptness
from ipta.sharing.models import HelpRequest, HelpRequestQuerySet


def questions_about(dossier: Dossier) -> HelpRequestQuerySet:
    """Of a dossier that was looked up already."""
    return HelpRequest.objects.filter(dossier=dossier).select_related("specialist", "asked_by").defer("letter")


def question_of(link: Link) -> HelpRequest | None:
    """Where this link leads to."""
    found = HelpRequest.objects.filter(pk=link.about)
    return found.select_related("dossier__municipality", "specialist").first()


def promptness_of(person: Person) -> dict[UUID, Promptness]:
    """How quick the specialists answer, in the municipalities where this person keeps the directory: numbers alone.

    Whoever made the agreements reads no dossier, and the walls show him no question. The house counts for him.
    """
    rows = HelpRequest.objects.filter(specialist__municipality__in=person.municipalities_as(*KEEPERS)).order_by()
    today = clock.today()
    asked: defaultdict[UUID, int] = defaultdict(int)
    late: defaultdict[UUID, int] = defaultdict(int)
    answers: defaultdict[UUID, list[tuple[int, bool]]] = defaultdict(list)
    with acting.as_work():
        found = list(rows.values_list("specialist", "asked_at", "due_on", "answered_at", "closed_at"))
    for specialist, asked_at, due_on, answered_at, closed_at in found:
        asked[specialist] += 1
        late[specialist] += answered_at is None and closed_at is None and due_on < today
        if answered_at:
            day = timezone.localdate(answered_at)
            days = workdays_between(timezone.localdate(asked_at), day)
            answers[specialist].append((days, day <= due_on))
    return {one: promptness(asked=asked[one], late=late[one], answers=answers[one]) for one in asked}
