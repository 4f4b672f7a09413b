"""A matrix: an instrument that asks for a level of each life domain, one tap a domain.

The Zelfredzaamheid-Matrix is one, and so is the youth's own view of the same domains. Source: "Een beeld vormen".
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from ipta.dossiers.rules import DOMAINS
from ipta.scans.instruments.answers import Answers, At
from ipta.scans.instruments.asked import Place, places
from ipta.scans.instruments.questions import DOMAIN, Questionnaire
from ipta.scans.instruments.values import Value

LEVELS: Final = [5, 4, 3, 2, 1]
REMARK: Final = "remark"  # the linkId of the words that go with it


@dataclass(frozen=True, slots=True)
class Rung:
    """One of the levels, with the words of this instrument for it, and what they mean for who has to choose."""

    level: int
    value: Value
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """One domain as this instrument asks it; the highest level first."""

    domain: str
    at: At
    text: str
    help: str
    rungs: tuple[Rung, ...]
    unknown: Value | None
    is_minimum: bool
    may_be_open: bool  # "weet ik nog niet" can be said, or nothing at all


@dataclass(frozen=True, slots=True)
class Matrix:
    """All its questions, by domain."""

    questions: Mapping[str, Question]
    remark_at: At | None

    @property
    def is_whole(self) -> bool:
        """Whether it asks each domain of the house, and takes no for an answer."""
        every = DOMAINS.keys() <= self.questions.keys()
        return every and all(question.may_be_open for question in self.questions.values())

    def answers(self, levels: Mapping[str, int], remark: str = "") -> Answers:
        """These levels as answers; what is not known yet is answered so, where the instrument can hear that."""
        said = {}
        for question in self.questions.values():
            values = {rung.level: rung.value for rung in question.rungs}
            value = values[levels[question.domain]] if question.domain in levels else question.unknown
            if value is not None:
                said[question.at] = (value,)
        if remark and self.remark_at:
            said[self.remark_at] = (Value("String", remark),)
        return Answers(said)


def matrix_of(asked: Questionnaire) -> Matrix | None:
    """The matrix in a questionnaire: five levels for each domain it asks, and nothing else that must be answered.

    None for any other questionnaire: it is filled in as it is.
    """
    questions: dict[str, Question] = {}
    remark_at: At | None = None
    for place in places(asked, Answers()):
        question = _question(place)
        if place.item.link_id == REMARK and place.item.kind in {"string", "text"}:
            remark_at = place.at
        elif question and question.domain not in questions:
            questions[question.domain] = question
        elif place.item.is_required or place.item.coded(DOMAIN):
            return None
    return Matrix(questions, remark_at) if questions else None


def _question(place: Place) -> Question | None:
    item = place.item
    found = [
        Rung(int(option.weight), option.value, option.text)
        for option in item.options
        if option.weight is not None and option.weight % 1 == 0
    ]
    rungs = sorted(found, key=lambda rung: -rung.level)
    if not item.coded(DOMAIN) or [rung.level for rung in rungs] != LEVELS:
        return None
    unknown = next((option.value for option in item.options if option.value.is_unknown), None)
    return Question(
        domain=item.coded(DOMAIN),
        at=place.at,
        text=item.text,
        help=item.help,
        rungs=tuple(rungs),
        unknown=unknown,
        is_minimum=item.is_minimum,
        may_be_open=unknown is not None or not item.is_required,
    )
