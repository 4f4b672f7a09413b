"""What answers add up to. A sheet holds one voice, and two voices are never added up or averaged."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from ipta.dossiers.rules import DOMAINS
from ipta.scans.instruments.answers import Answers
from ipta.scans.instruments.asked import places
from ipta.scans.instruments.questions import (
    CONSULT,
    DOMAIN,
    IT_PLAYS,
    MARK,
    PLAYS,
    ZRM_LEVEL,
    Item,
    Questionnaire,
)
from ipta.scans.instruments.values import Coding, Value
from ipta.scans.rules import DIRECT_ACTION


@dataclass(frozen=True, slots=True)
class Score:
    """The weights of what was chosen, and how much was not: a total of half a list says little."""

    total: Decimal | None  # None where nothing that was chosen has a weight
    groups: Mapping[str, Decimal]  # by linkId of the group
    answered: int
    unknown: int  # "weet ik nog niet"
    open: int  # asked, and not answered


def score(asked: Questionnaire, answers: Answers) -> Score:
    """Over what is asked now. Source: FHIR R4, ordinalValue and itemWeight."""
    groups: dict[str, Decimal] = {}
    counts: Counter[str] = Counter()
    weights = []
    for place in places(asked, answers):
        item = place.item
        if not place.is_asked or not item.has_answer or item.is_hidden:
            continue
        values = answers.at(place.at)
        counts["unknown" if any(v.is_unknown for v in values) else "answered" if values else "open"] += 1
        for weight in [weight for value in values if (weight := _weight(item, value)) is not None]:
            weights.append(weight)
            for above in asked.above[item.link_id]:
                if not asked.by_link[above].has_answer:
                    groups[above] = groups.get(above, Decimal(0)) + weight
    total = sum(weights, Decimal(0)) if weights else None
    return Score(total, groups, counts["answered"], counts["unknown"], counts["open"])


def by_domain(asked: Questionnaire, answers: Answers) -> dict[str, int]:
    """The level of each life domain that was spoken of: to lay beside that of the other voice, and never to average."""
    return {
        place.item.coded(DOMAIN): int(weight)
        for place in places(asked, answers)
        if place.is_asked and place.item.coded(DOMAIN)
        for value in answers.at(place.at)
        if (weight := _weight(place.item, value)) is not None
    }


def acute(asked: Questionnaire, answers: Answers) -> list[str]:
    """The domains at level 1 of the Zelfredzaamheid-Matrix, whoever wrote the words beside that level."""
    return [
        place.item.coded(DOMAIN)
        for place in places(asked, answers)
        if place.is_asked and place.item.coded(DOMAIN) in DOMAINS
        for value in answers.at(place.at)
        if isinstance(value.content, Coding) and value.content.name == (ZRM_LEVEL, str(DIRECT_ACTION))
    ]


def signs(asked: Questionnaire, answers: Answers) -> list[str]:
    """Why a consult can be useful, in the words of the list: a proposal to talk about, never a diagnosis.

    Source: "Raadplegen van een psycholoog kan nuttig zijn als ...".
    """
    return [
        place.item.text
        for place in places(asked, answers)
        if place.is_asked and place.item.coded(MARK) == CONSULT
        for value in answers.at(place.at)
        if isinstance(value.content, Coding) and value.content.system == PLAYS and value.content.code in IT_PLAYS
    ]


def _weight(item: Item, value: Value) -> Decimal | None:
    option = item.option(value)
    return None if option is None or value.is_unknown else option.weight
