"""What is asked now, seen what was answered. Source: FHIR R4, Questionnaire.item.enableWhen.

A condition looks at the answers nearest to it: within the group both lie in, of whatever is in there more than once.
An answer to a question that is not asked counts as no answer.
"""

import operator
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from ipta.scans.instruments.answers import Answers, At
from ipta.scans.instruments.questions import Condition, Item, Questionnaire
from ipta.scans.instruments.values import Value


@dataclass(frozen=True, slots=True)
class Place:
    """An item as it stands on the sheet: a group that may be there twice has two of each of its questions."""

    at: At
    item: Item
    is_asked: bool


def places(asked: Questionnaire, answers: Answers) -> list[Place]:
    """Every place of the sheet in order, with whether it is asked. Of what is not there yet, one to begin with."""
    looked = _Looked(asked, answers)
    return list(looked.places(asked.items, ()))


def spoken(asked: Questionnaire, answers: Answers) -> Answers:
    """The answers to what is asked, without gaps: what goes along, and what stays when somebody signs off."""
    looked = _Looked(asked, answers)
    return Answers(dict(looked.spoken(asked.items, (), ())))


def at_first(asked: Questionnaire) -> Answers:
    """The answers that stand ready on a sheet nobody has touched."""
    found = {}
    for place in places(asked, Answers()):
        item = place.item
        ready = item.initial or tuple(option.value for option in item.options if option.is_initial)
        if ready:
            found[place.at] = ready
    return Answers(found)


class _Looked:
    """One look at a sheet; what was found out about a place is remembered."""

    def __init__(self, asked: Questionnaire, answers: Answers) -> None:
        self.asked, self.answers = asked, answers
        self._known: dict[At, bool] = {}

    def places(self, items: Sequence[Item], under: At) -> Iterator[Place]:
        for item in items:
            at = (*under, item.link_id)
            yield Place(at, item, self.is_asked(at))
            for number in range(self.times(item, at)):
                yield from self.places(item.items, (*at, number))

    def spoken(self, items: Sequence[Item], under: At, to: At) -> Iterator[tuple[At, tuple[Value, ...]]]:
        for item in items:
            at, new = (*under, item.link_id), (*to, item.link_id)
            if not self.is_asked(at):
                continue
            if item.has_answer and (values := self.answers.at(at)):
                yield new, values
            count = 0
            for number in range(self.times(item, at)):
                inner = list(self.spoken(item.items, (*at, number), (*new, number if item.has_answer else count)))
                yield from inner
                count += bool(inner)

    def times(self, item: Item, at: At) -> int:
        """How many there are: of a group at least one, below a question one for each of its answers."""
        if item.has_answer:
            return len(self.answers.at(at))
        return max(1, self.answers.times(at) if item.is_repeated else 1)

    def is_asked(self, at: At) -> bool:
        if at not in self._known:
            item = self.asked.by_link[str(at[-1])]
            self._known[at] = self._is_open(at) and self._holds(item, at)
        return self._known[at]

    def _is_open(self, at: At) -> bool:
        """Whether what it lies in is asked, and answered if that is a question."""
        if len(at) == 1:
            return True
        *above, number = at[:-1]
        around = tuple(above)
        item = self.asked.by_link[str(around[-1])]
        is_there = not item.has_answer or int(number) < len(self.answers.at(around))
        return is_there and self.is_asked(around)

    def _holds(self, item: Item, at: At) -> bool:
        if not item.conditions:
            return True
        enough = all if item.needs_all else any
        return enough([_is_met(condition, self._said(condition.question, at)) for condition in item.conditions])

    def _said(self, question: str, at: At) -> Sequence[Value]:
        """The answers to this question that are nearest to this place."""
        mine, other = self.asked.above[str(at[-1])], self.asked.above[question]
        if question in mine:  # it lies below that question: it is about the answer it lies under
            step = 2 * mine.index(question) + 1
            number = int(at[step])
            return self.answers.at(at[:step])[number : number + 1]
        shared = 0
        while shared < min(len(mine), len(other)) and mine[shared] == other[shared]:
            shared += 1
        near = at[: 2 * shared]
        found = [place for place in self.answers.places_of(question) if place[: len(near)] == near]
        return [value for place in found if self.is_asked(place) for value in self.answers.at(place)]


_MEASURES: Final = {">": operator.gt, "<": operator.lt, ">=": operator.ge, "<=": operator.le}


def _is_met(condition: Condition, said: Sequence[Value]) -> bool:
    if condition.operator == "exists":
        return bool(said) == condition.value.content
    if measure := _MEASURES.get(condition.operator):
        return any(measure(each, condition.value) for each in said)
    # "!=" holds where none of the answers is that one: also when there is none.
    return any(each.is_as(condition.value) for each in said) == (condition.operator == "=")
