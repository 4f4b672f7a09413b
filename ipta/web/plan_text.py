"""One text of the plan in clear words, for both desks: what each of the two says, and how two texts become one."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Generic, Protocol, TypeVar
from uuid import UUID

from django.utils.translation import gettext

from ipta.accounts.models import Person
from ipta.base.verdict import Impossible
from ipta.dossiers.models import Dossier
from ipta.dossiers.rules import tidy
from ipta.plans import commands, rules
from ipta.plans.models import Agreement, PlanVersion
from ipta.plans.rules import BY_COACH, ELEMENTS, GOAL_WORDS, SPOKEN_OF, VOICES, Draft, Merged, new_key
from ipta.sharing.door import GONE, Reader
from ipta.web import asking
from ipta.web.components.icons import DOMAIN_ICONS
from ipta.web.difference import Change, changes
from ipta.web.plan_goals import key_of

TRIES: Final = 3  # to write on a text that was overtaken a moment ago


@dataclass(frozen=True, slots=True)
class Wording:
    """How a desk calls what the plan is made of."""

    domains: Mapping[str, asking.Words]
    elements: Mapping[str, asking.Words]
    strategies: Mapping[str, asking.Words]
    goal: asking.Words
    approach: asking.Words
    hints: Mapping[str, asking.Words]
    icons: Mapping[str, str]
    youth_says: asking.Words
    coach_says: asking.Words
    faces: Mapping[int, asking.Words]
    levels: Mapping[int, asking.Words]


@dataclass(frozen=True, slots=True)
class Goal:
    key: str
    domain: str
    name: str
    icon: str
    goal: str
    youth: str
    coach: str
    is_typed: bool  # by the coach, in the words of the youth
    strategy: str
    strategy_words: str

    @property
    def pieces(self) -> dict[str, str]:
        return {name: getattr(self, name) for name in GOAL_WORDS}


@dataclass(frozen=True, slots=True)
class Part:
    """One of the other elements; without words it is still open."""

    key: str
    name: str
    hint: str
    icon: str
    text: str  # what they wrote together
    youth: str
    coach: str
    is_typed: bool

    @property
    def is_said(self) -> bool:
        return bool(self.text or self.youth or self.coach)

    @property
    def all_words(self) -> str:
        return rules.all_words(self.text, {voice: getattr(self, voice) for voice in VOICES})


@dataclass(frozen=True, slots=True)
class Yes:
    who: str
    on: datetime


@dataclass(frozen=True, slots=True)
class Text:
    """One version of the plan, opened."""

    id: UUID
    number: int
    author: str
    is_of_youth: bool
    written_at: datetime
    in_force_from: datetime | None
    goals: list[Goal]
    parts: list[Part]
    approach: Part
    strategy: str
    strategy_words: str
    yes_of_youth: Yes | None
    yes_of_coach: Yes | None
    wording: Wording

    @property
    def youth_said_yes(self) -> datetime | None:
        return self.yes_of_youth.on if self.yes_of_youth else None

    @property
    def coach_said_yes(self) -> datetime | None:
        return self.yes_of_coach.on if self.yes_of_coach else None

    @property
    def said(self) -> list[Part]:
        return [part for part in self.parts if part.is_said]

    @property
    def unsaid(self) -> list[Part]:
        return [part for part in self.parts if not part.is_said]

    @property
    def has_approach(self) -> bool:
        return bool(self.strategy or self.approach.is_said)

    @property
    def open_names(self) -> list[str]:
        """What of the eight elements nobody has spoken of yet."""
        goals = [] if self.goals else [gettext("Doelen")]
        approach = [] if self.has_approach else [self.approach.name]
        return goals + [part.name for part in self.unsaid] + approach

    @property
    def draft(self) -> Draft:
        pieces = {f"{part.key}/{voice}": getattr(part, voice) for part in self._spoken for voice in VOICES}
        pieces |= {part.key: part.text for part in self.parts}
        return Draft({goal.key: goal.pieces for goal in self.goals}, pieces | {"strategy": self.strategy})

    @property
    def typed(self) -> set[str]:
        """The words of the youth that the coach typed, by the names of their pieces."""
        keys = [*((goal.key, goal.is_typed) for goal in self.goals), *((p.key, p.is_typed) for p in self._spoken)]
        return {f"{key}/youth" for key, is_typed in keys if is_typed}

    @property
    def _spoken(self) -> list[Part]:
        return [*self.parts, self.approach]

    def names_of(self, other: "Text | None" = None) -> dict[str, str]:
        """What each piece is called, of this text and of another beside it: a goal by its subject or its number."""
        found: dict[str, str] = {}
        goals = {goal.key: goal for text in (self, other) if text for goal in text.goals}
        taken: set[str] = set()
        for goal in goals.values():
            name = _free(goal.name, taken)
            taken.add(name)
            found |= {f"{goal.key}/{what}": name for what in ("domain", "goal")}
            found[f"{goal.key}/strategy"] = gettext("%(goal)s (de aanpak)") % {"goal": name}
            found |= {f"{goal.key}/{voice}": f"{name} ({says})" for voice, says in self._says.items()}
        for part in self._spoken:
            found[part.key] = part.name
            found |= {f"{part.key}/{voice}": f"{part.name} ({says})" for voice, says in self._says.items()}
        return found | {"strategy": self.approach.name}

    @property
    def _says(self) -> dict[str, str]:
        return {"youth": str(self.wording.youth_says), "coach": str(self.wording.coach_says)}

    @property
    def flat(self) -> dict[str, str]:
        """Every piece as it is read: what is chosen stands there in words."""
        found = {f"{goal.key}/{name}": getattr(goal, name) for goal in self.goals for name in ("goal", *VOICES)}
        found |= {f"{goal.key}/strategy": goal.strategy_words for goal in self.goals}
        return found | dict(self.draft.pieces) | {"strategy": self.strategy_words}


def differences(before: Text | None, after: Text | None) -> list[Change]:
    """What of one text became another, piece by piece under its name."""
    if before is None or after is None:
        return []
    names = after.names_of(before)
    return [Change(names[found.name], found.pieces) for found in changes(before.flat, after.flat)]


def _free(name: str, taken: set[str]) -> str:
    """This name, or with a number behind it: there may be two goals about one subject."""
    count, free = 2, name
    while free in taken:
        free, count = f"{name} {count}", count + 1
    return free


# --- opening --------------------------------------------------------------------------


def opened(version: PlanVersion, reader: Reader, wording: Wording, called: Callable[[Person], str]) -> Text:
    yeses = {yes.owner: Yes(yes.person.first_name, yes.given_at) for yes in _agreements(version)}
    voices: dict[str, dict[str, str]] = {} if reader.is_gone(version.voices) else reader.json(version.voices) or {}
    together = {name: reader.text(getattr(version, name)) for name in ELEMENTS}
    return Text(
        id=version.pk,
        number=version.number,
        author=called(version.author),
        is_of_youth=version.author.is_youth,
        written_at=version.written_at,
        in_force_from=version.in_force_from,
        goals=[_goal(place, goal, wording) for place, goal in enumerate(_goals(reader, version))],
        parts=[_part(name, wording.elements[name], together[name], voices, wording) for name in ELEMENTS],
        approach=_part("approach", wording.approach, "", voices, wording),
        strategy=version.strategy,
        strategy_words=str(wording.strategies.get(version.strategy, "")),
        yes_of_youth=yeses.get(Agreement.Owner.YOUTH),
        yes_of_coach=yeses.get(Agreement.Owner.COACH),
        wording=wording,
    )


def _agreements(version: PlanVersion) -> Iterable[Agreement]:
    return version.agreements.select_related("person")


def _goals(reader: Reader, version: PlanVersion) -> list[dict[str, str]]:
    """What they want; one that says so where they were erased."""
    if reader.is_gone(version.goals):
        return [{"goal": gettext(GONE)}]
    return reader.json(version.goals) or []


def _goal(place: int, goal: dict[str, str], wording: Wording) -> Goal:
    domain, strategy = goal.get("domain", ""), goal.get("strategy", "")
    return Goal(
        key=key_of(place, goal),
        domain=domain,
        name=str(wording.domains.get(domain) or wording.goal),
        icon=DOMAIN_ICONS.get(domain, "flag"),
        goal=goal.get("goal", ""),
        youth=goal.get("youth", ""),
        coach=goal.get("coach", ""),
        is_typed=goal.get("typed") == BY_COACH,
        strategy=strategy,
        strategy_words=str(wording.strategies.get(strategy, "")),
    )


def _part(key: str, name: asking.Words, text: str, voices: Mapping[str, Mapping[str, str]], wording: Wording) -> Part:
    said = voices.get(key, {})
    return Part(
        key=key,
        name=str(name),
        hint=str(wording.hints.get(key, "")),
        icon=wording.icons[key],
        text=text,
        youth=said.get("youth", ""),
        coach=said.get("coach", ""),
        is_typed=said.get("typed") == BY_COACH,
    )


# --- writing --------------------------------------------------------------------------


EMPTY: Final = Draft({}, {})


def initial_of(draft: Draft, on: Text | None) -> dict[str, Any]:
    """The words of a draft as a form asks for them, on top of a text."""
    fields = {name.replace("/", "-"): text for name, text in draft.pieces.items()}
    together = " ".join(name for name in ELEMENTS if draft.pieces.get(name))
    return {"based_on": on.number if on else 0, "together": together, **fields}


def pieces_of(typed: Mapping[str, Any]) -> dict[str, str]:
    """The same on the way back."""
    return {name.replace("-", "/"): tidy(text) for name, text in typed.items() if name not in {"based_on", "together"}}


def written_together(names: Any) -> list[str]:
    """Those elements stand in a text of both; a plan that begins now has none."""
    return [name for name in ELEMENTS if name in str(names or "").split()]


def key_in(text: str, *known: Text | None) -> str:
    """The key a form sends back, when there is such a goal; otherwise one for a new goal."""
    keys = {goal.key for one in known if one for goal in one.goals}
    return text if text in keys else new_key()


@dataclass(frozen=True, slots=True)
class Written:
    """What somebody wrote, on top of a text: in pieces, with what the coach typed in the words of the youth."""

    base: Text | None
    draft: Draft
    by_youth: bool

    @property
    def is_same(self) -> bool:
        """Whether nothing would change: a new version would ask both for a new yes."""
        return self.base is not None and _plain(self.draft) == _plain(self.base.draft)

    @property
    def typed(self) -> set[str]:
        before = _pieces(self.base.draft if self.base else EMPTY)
        spoken = {name: text for name, text in _pieces(self.draft).items() if name.endswith("/youth")}
        kept = {name for name, text in spoken.items() if text == before.get(name, "")}
        known = self.base.typed if self.base else set()
        return (known & kept) | (set() if self.by_youth else {name for name in spoken if name not in kept})


class Clash(Exception):  # noqa: N818 - it is one
    """Both changed the same words: what came of it so far, on top of the newest text, for a person to decide."""

    def __init__(self, newest: Text, merged: Merged, changed: list[Change]) -> None:
        super().__init__("Jullie veranderden allebei hetzelfde.")
        self.newest, self.merged, self.changes = newest, merged, changed

    @property
    def theirs(self) -> dict[str, str]:
        """What stands in the newest text where both changed something."""
        there = self.newest.flat
        return {name: there.get(name, "") for name in self.merged.clashes}

    def of_goal(self, key: str) -> list[tuple[str, str]]:
        names = self.newest.names_of()
        return [(names.get(name, ""), text) for name, text in self.theirs.items() if text and name.split("/")[0] == key]


def write(dossier: Dossier, written: Written, newest: Callable[[PlanVersion], Text], *, by: Person) -> bool:
    """A new text; whether it was put together with one that came meanwhile. Raises `Clash`."""
    based_on = written.base.number if written.base else 0
    draft, typed, is_together = written.draft, written.typed, False
    for _try in range(TRIES):
        try:
            commands.propose(dossier, by=by, based_on=based_on, **_given(draft, typed))
        except commands.OutOfDate as late:
            theirs = newest(late.newest) if late.newest else None
            merged = _merge(written, theirs)
            if theirs and not merged.is_clear:
                raise Clash(theirs, merged, differences(written.base, theirs)) from late
            based_on, is_together = theirs.number if theirs else 0, True
            draft, typed = merged.draft, _typed(written, theirs, merged)
        else:
            return is_together
    raise Impossible("Iemand anders heeft het plan intussen veranderd.")


def _merge(written: Written, theirs: Text | None) -> Merged:
    base = written.base.draft if written.base else EMPTY
    return rules.merge(base, theirs.draft if theirs else EMPTY, written.draft)


def _typed(written: Written, theirs: Text | None, merged: Merged) -> set[str]:
    """Whose words they are when the words are theirs is known of their text, otherwise of ours."""
    there, known = _pieces(theirs.draft if theirs else EMPTY), theirs.typed if theirs else set()
    spoken = _pieces(merged.draft).items()
    return {name for name, text in spoken if name in (known if there.get(name) == text else written.typed)}


def _pieces(draft: Draft) -> dict[str, str]:
    goals = {f"{key}/{name}": goal.get(name, "") for key, goal in draft.goals.items() for name in GOAL_WORDS}
    return goals | dict(draft.pieces)


def _plain(draft: Draft) -> tuple[list[str], dict[str, str]]:
    return list(draft.goals), {name: text for name, text in _pieces(draft).items() if text}


def _given(draft: Draft, typed: set[str]) -> dict[str, Any]:
    """The same as `plans.propose` takes it."""
    return {
        "goals": [{"key": key, **goal, "typed": _by(f"{key}/youth", typed)} for key, goal in draft.goals.items()],
        "voices": {
            name: {
                **{voice: draft.pieces.get(f"{name}/{voice}", "") for voice in VOICES},
                "typed": _by(f"{name}/youth", typed),
            }
            for name in SPOKEN_OF
        },
        "elements": {name: draft.pieces.get(name, "") for name in ELEMENTS},
        "strategy": draft.pieces.get("strategy", ""),
    }


def _by(name: str, typed: set[str]) -> str:
    return BY_COACH if name in typed else ""


# --- with what goes with it -----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Seen:
    """What the scan showed of one domain: how the youth said it was, and what the coach saw."""

    face: int | None
    face_word: str
    level: int | None
    level_word: str


class _Step(Protocol):
    @property
    def goal(self) -> str: ...
    @property
    def subject(self) -> str: ...


S = TypeVar("S", bound=_Step)


@dataclass(frozen=True, slots=True)
class Row(Generic[S]):
    """A goal with what the scan showed of it and the steps that serve it."""

    goal: Goal
    seen: Seen | None
    steps: list[S]


def laid_out(text: Text | None, seen: Mapping[str, Seen], steps: Sequence[S] = ()) -> tuple[list[Row[S]], list[S]]:
    """Each step under its goal; without one, under the first goal about its subject. Last, the steps of no goal."""
    rows: list[Row[S]] = [Row(goal, seen.get(goal.domain), []) for goal in text.goals] if text else []
    keys = {row.goal.key: row for row in rows}
    subjects = {row.goal.domain: row for row in reversed(rows) if row.goal.domain}
    others: list[S] = []
    for step in steps:
        row = keys.get(step.goal) or subjects.get(step.subject)
        (row.steps if row else others).append(step)
    return rows, others
