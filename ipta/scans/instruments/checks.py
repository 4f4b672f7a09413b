"""Whether what was said can be an answer to what was asked. Nothing has to be answered until somebody signs off."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from ipta.scans.instruments.answers import MOST_TIMES, Answers, At
from ipta.scans.instruments.asked import places
from ipta.scans.instruments.faults import _
from ipta.scans.instruments.questions import Item, Questionnaire
from ipta.scans.instruments.values import KIND_OF, Value

Reason = tuple[str, object]  # why, and the number in it


@dataclass(frozen=True, slots=True)
class Complaint:
    """What is wrong with one answer, in words for who gave it."""

    at: At
    name: str  # of the item: what it asks
    reason: str
    number: object = ""  # that goes in the reason, once it is translated

    def __str__(self) -> str:
        return f"{self.name}: {self.reason % {'number': self.number}}"


def complaints(asked: Questionnaire, answers: Answers, *, is_done: bool = False) -> list[Complaint]:
    """All that is wrong; nothing if these can be the answers. `is_done`: somebody is about to sign off."""
    strange = [
        Complaint(at, str(at[-1]), _("Deze vraag staat hier niet in de lijst.")) for at in _strange(asked, answers)
    ]
    if strange:
        return strange
    found = []
    for at, values in answers.said.items():
        item = asked.by_link[str(at[-1])]
        found += [Complaint(at, name_of(item), *reason) for reason in _wrong(item, values)]
    return found + (_missing(asked, answers) if is_done else [])


def name_of(item: Item) -> str:
    """What it asks, for a message about it."""
    return f"{item.prefix} {item.text}".strip() or item.link_id


def _strange(asked: Questionnaire, answers: Answers) -> list[At]:
    return [at for at in answers.said if not _is_there(asked, at)]


def _is_there(asked: Questionnaire, at: At) -> bool:
    item = asked.by_link.get(str(at[-1]))
    if item is None or at[:-1:2] != asked.above[item.link_id] or not item.has_answer:
        return False
    around = [(asked.by_link[str(link)], int(number)) for link, number in zip(at[:-1:2], at[1::2], strict=True)]
    return all(number < _most(above) for above, number in around)


def _most(item: Item) -> int:
    if not item.is_repeated:
        return 1
    return MOST_TIMES if item.max_times is None else max(1, item.max_times)


def _wrong(item: Item, values: tuple[Value, ...]) -> Iterator[Reason]:
    most = _most(item)
    if len(values) > most:
        several = _("Hier kunnen hooguit %(number)s antwoorden.")
        yield (several, most) if most > 1 else (_("Hier kan maar één antwoord."), "")
    if any(value.is_as(other) for n, value in enumerate(values) for other in values[:n] if item.options):
        yield _("Dit antwoord is twee keer gekozen."), ""
    chosen = [option for value in values if (option := item.option(value))]
    if len(values) > 1 and any(option.is_exclusive or option.value.is_unknown for option in chosen):
        yield _("Dit antwoord gaat niet samen met een ander antwoord."), ""
    if item.is_read_only and values != _ready(item):
        yield _("Dit antwoord ligt vast."), ""
    for value in values:
        yield from _wrong_value(item, value)


def _ready(item: Item) -> tuple[Value, ...]:
    return item.initial or tuple(option.value for option in item.options if option.is_initial)


def _wrong_value(item: Item, value: Value) -> Iterator[Reason]:
    if item.kind in {"choice", "open-choice"}:
        is_own = item.kind == "open-choice" and value.kind == "String"
        if not is_own and item.option(value) is None:
            yield _("Kies een van de antwoorden."), ""
    elif value.kind != KIND_OF[item.kind]:
        yield _("Dit antwoord past niet bij de vraag."), ""
    yield from _wrong_length(item, value)
    if item.minimum is not None and not value >= item.minimum:
        yield _("Dit is te weinig. Het minste is %(number)s."), item.minimum.words
    if item.maximum is not None and not value <= item.maximum:
        yield _("Dit is te veel. Het meeste is %(number)s."), item.maximum.words


def _wrong_length(item: Item, value: Value) -> Iterator[Reason]:
    length = len(str(value.content)) if value.kind in {"String", "Uri", "Integer", "Decimal"} else 0
    if item.max_length is not None and length > item.max_length:
        yield _("Dit antwoord is te lang. Er passen %(number)s tekens."), item.max_length
    if item.min_length is not None and value.kind == "String" and length < item.min_length:
        yield _("Dit antwoord is te kort. Schrijf minstens %(number)s tekens."), item.min_length
    if item.kind == "string" and "\n" in str(value.content):
        yield _("Dit antwoord past op één regel."), ""
    if item.max_decimals is not None and isinstance(value.content, Decimal):
        exponent = value.content.normalize().as_tuple().exponent
        if isinstance(exponent, int) and -exponent > item.max_decimals:
            yield _("Achter de komma passen %(number)s cijfers."), item.max_decimals


def _missing(asked: Questionnaire, answers: Answers) -> list[Complaint]:
    """What must be answered before somebody signs off. "Weet ik nog niet" is an answer."""
    found = []
    for place in places(asked, answers):
        item = place.item
        if not place.is_asked or item.is_hidden or item.is_read_only or item.kind == "display":
            continue
        there = len(answers.at(place.at)) if item.has_answer else _filled(answers, place.at)
        wanted = max(item.min_times or 0, 1) if item.is_required else item.min_times or 0 if there else 0
        if there < wanted:
            reason = _("Dit is nog niet ingevuld.") if wanted == 1 else _("Hier horen minstens %(number)s antwoorden.")
            found.append(Complaint(place.at, name_of(item), reason, wanted))
    return found


def _filled(answers: Answers, at: At) -> int:
    """In how many of this group something was answered."""
    inside = {place[len(at)] for place, values in answers.said.items() if place[: len(at)] == at and values}
    return len(inside)
