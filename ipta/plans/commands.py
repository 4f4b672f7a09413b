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
from ipta.plans.rules import BY_COACH, ELEMENTS, KEY_LENGTH, SPOKEN_OF, STRATEGIES, VOICES, Goal, new_key


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
    voices: Mapping[str, Mapping[str, str]] | None = None,
    strategy: str = "",
    at: datetime | None = None,
) -> PlanVersion:
    """A new text of the plan, on top of version `based_on` (0 for the first). Raises `OutOfDate`.

    goals: per life domain `domain`, `goal`, what each of the two says of it (`youth`, `coach`) and its `strategy`. Who
        goes on with a goal gives its `key`, so that steps and changes are known to be of the same one.
    voices: what each of the two says of the other elements, by their names in `rules.SPOKEN_OF`. In both `typed` is
        `coach` where he typed it in the words of the youth.
    elements: what they wrote together, by the names in `rules.ELEMENTS`; absent is empty.
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
        voices=_tidy_voices(voices or {}),
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
    """Without what nobody said; the two voices always stand there."""
    domain, strategy = goal.get("domain", ""), goal.get("strategy", "")
    return {
        "key": goal.get("key", "")[:KEY_LENGTH] or new_key(),
        "domain": domain if domain in DOMAINS else "",
        "goal": tidy(goal.get("goal", "")),
        **_tidy_voice(goal),
        **({"strategy": strategy} if strategy in STRATEGIES else {}),
    }


def _tidy_voices(voices: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    tidied = {name: _tidy_voice(voices.get(name, {})) for name in SPOKEN_OF}
    return {name: said for name, said in tidied.items() if any(said.values())}


def _tidy_voice(said: Mapping[str, str]) -> dict[str, str]:
    words = {voice: tidy(said.get(voice, "")) for voice in VOICES}
    is_typed = bool(words["youth"]) and said.get("typed") == BY_COACH
    return words | ({"typed": BY_COACH} if is_typed else {})
