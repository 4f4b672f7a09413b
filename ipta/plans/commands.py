"""Youth and coach write the plan together. Source: "Veranderplan"; "Jongere en coach houden hierin samen de regie"."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from ipta.accounts.models import Person
from ipta.base import clock
from ipta.base.command import allow, command
from ipta.base.verdict import Impossible, Refused
from ipta.dossiers.models import Dossier
from ipta.dossiers.rules import DOMAINS, tidy
from ipta.journal.commands import record
from ipta.plans import policies
from ipta.plans.models import Agreement, PlanVersion
from ipta.plans.rules import ELEMENTS, STRATEGIES

Goal = Mapping[str, str]


class OutOfDate(Impossible):
    """Somebody else proposed a text in the meantime: the screen shows both, and a person decides."""

    def __init__(self, newest: PlanVersion | None) -> None:
        super().__init__("Iemand anders heeft het plan intussen veranderd.")
        self.newest = newest


@command
def propose(
    dossier: Dossier,
    *,
    by: Person,
    based_on: int,
    goals: Sequence[Goal],
    elements: Mapping[str, str],
    strategy: str = "",
    at: datetime | None = None,
) -> PlanVersion:
    """A new text of the plan, on top of version `based_on` (0 for the first). Raises `OutOfDate`.

    goals: per life domain `domain`, `goal`, and what each of the two says of it (`youth`, `coach`).
    elements: the other elements by their names in `rules.ELEMENTS`; absent is empty.
    """
    allow(policies.can_propose(by, dossier))
    newest = PlanVersion.objects.select_for_update().filter(dossier=dossier).first()
    if (newest.number if newest else 0) != based_on:
        raise OutOfDate(newest)
    version = PlanVersion.objects.create(
        dossier=dossier,
        number=based_on + 1,
        author=by,
        written_at=at or clock.now(),
        strategy=strategy if strategy in STRATEGIES else "",
        goals=[_tidy_goal(goal) for goal in goals if tidy(goal.get("goal", ""))],
        **{name: tidy(elements.get(name, "")) for name in ELEMENTS},
    )
    record("plan.proposed", by=by, about=dossier, version=version.number)
    return version


@command
def agree(version: PlanVersion, *, by: Person, at: datetime | None = None) -> Agreement:
    """Say yes to this text. The plan is in force once both owners have said yes to the same one."""
    verdict = allow(policies.can_agree(by, version))
    owner = Agreement.Owner.YOUTH if verdict.ground == "youth" else Agreement.Owner.COACH
    when = at or clock.now()
    agreement, _ = version.agreements.get_or_create(owner=owner, defaults={"person": by, "given_at": when})
    record("plan.agreed", by=by, about=version.dossier, version=version.number, owner=owner)
    _come_into_force(version, when, by=by)
    return agreement


@command
def witness(version: PlanVersion, *, by: Person, at: datetime | None = None) -> Agreement:
    """The youth says his yes aloud, the coach notes it: for who has no phone at hand. The journal tells who typed."""
    verdict = allow(policies.can_agree(by, version))
    if verdict.ground != "coach" or version.dossier.youth is None:
        raise Refused("Alleen de coach kan een gesproken ja noteren.")
    when = at or clock.now()
    agreement, _ = version.agreements.get_or_create(
        owner=Agreement.Owner.YOUTH, defaults={"person": version.dossier.youth, "given_at": when}
    )
    record("plan.agreed_aloud", by=by, about=version.dossier, version=version.number)
    _come_into_force(version, when, by=by)
    return agreement


def _come_into_force(version: PlanVersion, when: datetime, *, by: Person) -> None:
    if version.in_force_from is None and version.agreements.count() == len(Agreement.Owner):
        version.in_force_from = when
        version.save(update_fields=["in_force_from"])
        record("plan.in_force", by=by, about=version.dossier, version=version.number)


def _tidy_goal(goal: Goal) -> dict[str, str]:
    domain = goal.get("domain", "")
    words = {name: tidy(goal.get(name, "")) for name in ("goal", "youth", "coach")}
    return {"domain": domain if domain in DOMAINS else "", **words}
