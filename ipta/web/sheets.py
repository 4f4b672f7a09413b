"""A questionnaire on a page: asked, sent back, and read again. The same for both desks.

Every question that stands on the page says so (`here`): what is empty there was left empty, and what is not there stays
as it was. Which questions are asked the server decides, each time somebody goes on.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Final
from urllib.parse import quote, unquote

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipta.dossiers.rules import tidy
from ipta.scans.instruments.answers import MOST_TIMES, Answers, At
from ipta.scans.instruments.asked import Place, places
from ipta.scans.instruments.checks import Complaint
from ipta.scans.instruments.questions import HELPING, Item, Questionnaire
from ipta.scans.instruments.scoring import Score
from ipta.scans.instruments.values import KIND_OF, Coding, NoValue, Quantity, Value, value_of
from ipta.web.asking import LOST, Asking, HiddenNumber, TidyWords, words
from ipta.web.templatetags.ipta_ui import day

HERE: Final = "here"
MORE: Final = "more"
YES, NO = "yes", "no"
LOST_WORDS: Final = TidyWords.default_error_messages["lost"]
_OWN: Final = "eigen:"
_ANSWER: Final = "a:"
_INPUT: Final = {
    "integer": "number", "decimal": "decimal", "quantity": "decimal", "date": "date", "dateTime": "datetime-local",
    "time": "time", "url": "url",
}  # fmt: skip


class SheetForm(Asking):
    """What is asked besides the answers: which state of the sheet was on the page, and who sat there too."""

    seen = HiddenNumber(most=10**9 - 1)
    together_with = words(_("Met wie samen?"), longest=200)


def worded(text: str) -> str:
    """What ships with the house in the language of the screen; what a municipality brought in, as it is."""
    return gettext(text) if text else ""


# --- where an answer stands ---------------------------------------------------------------------------------------


def name_of(at: At) -> str:
    """The name of the field in which it is answered."""
    return _ANSWER + "/".join(quote(str(step), safe="") for step in at)


def id_of(at: At) -> str:
    """Where it stands on the page."""
    return _id(name_of(at))


def _id(name: str) -> str:
    return "v-" + "".join(sign if sign.isalnum() else "-" for sign in name.removeprefix(_ANSWER))


def place_of(name: str) -> At | None:
    """The place that a field is named after; None when that cannot be."""
    if not name.startswith(_ANSWER):
        return None
    steps: list[str | int] = [unquote(step) for step in name.removeprefix(_ANSWER).split("/")]
    for number in range(1, len(steps), 2):
        said = str(steps[number])
        if not said.isascii() or not said.isdigit() or int(said) >= MOST_TIMES:
            return None
        steps[number] = int(said)
    return tuple(steps) if len(steps) % 2 else None


# --- what was sent -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Sent:
    """The answers with what was sent in them; `unread`: what could not be read, as it was typed, and why."""

    answers: Answers
    unread: Mapping[At, tuple[list[str], str]]


def sent(asked: Questionnaire, typed: QueryDict, before: Answers) -> Sent:
    """What stood on the page replaces what was there; anything else stays."""
    said = dict(before.said)
    unread: dict[At, tuple[list[str], str]] = {}
    for name in typed.getlist(HERE):
        at = place_of(name)
        item = asked.by_link.get(str(at[-1])) if at else None
        if at is None or item is None or not item.has_answer:
            continue
        texts = [text for text in typed.getlist(name) if text.strip()]
        own = tidy(typed.get(f"{_OWN}{name}", ""))
        if (texts, own) == _as_shown(item, before.at(at)):
            continue  # not touched: it stays as it was, also what a field shows less of
        try:
            if any(LOST in text for text in (*texts, own)):
                raise NoValue(LOST_WORDS)
            values = tuple(_value(item, text) for text in texts) + _own(item, own)
        except NoValue as fault:
            unread[at] = (texts, gettext(str(fault)))
            continue
        said[at] = values
    if (more := place_of(typed.get(MORE, ""))) and (item := asked.by_link.get(str(more[-1]))):
        said |= _one_more(item, more, Answers(said))
    try:
        return Sent(Answers(said), unread)
    except NoValue:
        return Sent(before, unread)


def _as_shown(item: Item, values: Sequence[Value]) -> tuple[list[str], str]:
    """What the fields of this question send back when nobody touches them."""
    if item.kind == "boolean" and not item.options:
        return [YES if value.content else NO for value in values], ""
    if not item.options:
        return [text for value in values if (text := _as_typed(item, value)).strip()], ""
    chosen = [answer.value for answer in _to_tap(item, values) if answer.is_chosen]
    return chosen, next((str(value.content) for value in values if item.option(value) is None), "")


def _own(item: Item, text: str) -> tuple[Value, ...]:
    return (value_of("String", text),) if text and item.kind == "open-choice" else ()


def _one_more(item: Item, at: At, answers: Answers) -> dict[At, tuple[Value, ...]]:
    """Room for another group: one that is there has a place in it, though nothing stands in it yet."""
    number = max(1, answers.times(at))
    inner = next((inner for inner in item.items if inner.has_answer), None)
    return {(*at, number, inner.link_id): ()} if inner and number < MOST_TIMES else {}


def _value(item: Item, text: str) -> Value:
    """What was tapped or typed, as an answer. Raises `NoValue`."""
    if item.options:
        number = text.removeprefix("#")
        if f"#{number}" == text and number.isascii() and number.isdigit() and int(number) < len(item.options):
            return item.options[int(number)].value
        raise NoValue("Kies een van de antwoorden.")
    if item.kind == "quantity":
        unit = item.unit or Coding()
        return Value("Quantity", Quantity(_number(text), unit.display, unit.system, unit.code))
    return value_of(KIND_OF[item.kind], _READ.get(item.kind, tidy)(text))


def _number(text: str) -> Decimal:
    try:
        return Decimal(text.replace(",", ".").strip())
    except InvalidOperation:
        raise NoValue("Dit is geen getal.") from None


def _whole(text: str) -> int:
    number = _number(text)
    if not number.is_finite() or number != int(number):
        raise NoValue("Dit is geen heel getal, of het is te groot.")
    return int(number)


def _moment(text: str) -> str:
    """With the time of here: what a browser sends knows no zone."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return text
    aware = timezone.make_aware(found) if found.tzinfo is None else found
    offset = aware.utcoffset()
    is_whole = offset is not None and offset.total_seconds() % 60 == 0  # Amsterdam was nineteen minutes and a half off
    return (aware if is_whole else aware.astimezone(UTC)).isoformat(timespec="seconds")


_READ: Final[dict[str, Callable[[str], object]]] = {
    "boolean": lambda text: text == YES,
    "decimal": _number,
    "integer": _whole,
    "time": lambda text: text if text.count(":") == 2 else f"{text}:00",
    "dateTime": _moment,
}


# --- what is asked -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Answer:
    """One to tap."""

    value: str
    words: str
    is_chosen: bool
    is_unknown: bool = False
    prefix: str = ""
    about: str = ""  # what it means, in the words of who made the list


@dataclass(frozen=True, slots=True)
class Question:
    """A question, a heading or a text, as it stands on the page."""

    name: str
    item: Item
    depth: int
    kind: str  # options, several, lines, text, heading, words
    input: str = "text"
    answers: Sequence[Answer] = ()
    texts: Sequence[str] = ()
    own: str = ""
    unit: str = ""
    error: str = ""
    is_decisive: bool = False  # others are asked or not by what is answered here
    can_have_more: bool = False

    @property
    def id(self) -> str:
        return _id(self.name)

    @property
    def own_name(self) -> str:
        return f"{_OWN}{self.name}"

    @property
    def text(self) -> str:
        return f"{self.item.prefix} {worded(self.item.text)}".strip()

    @property
    def help(self) -> str:
        return worded(self.item.help)

    @property
    def is_explained(self) -> bool:
        """Whether there is something to read beside the answers."""
        return any(answer.about for answer in self.answers)


def questions(
    asked: Questionnaire,
    answers: Answers,
    *,
    unread: Mapping[At, tuple[list[str], str]] | None = None,
    faults: Iterable[Complaint] = (),
) -> list[Question]:
    """Everything that is asked now, in order."""
    wrong = {fault.at: gettext(fault.reason) % {"number": fault.number} for fault in faults}
    unread = unread or {}
    decisive = _decisive(asked)
    found = []
    for place in places(asked, answers):
        item = place.item
        if place.is_asked and _is_shown(item):
            texts, fault = unread.get(place.at, ([], wrong.get(place.at, "")))
            found.append(_question(place, answers, texts, fault, is_decisive=item.link_id in decisive))
    return found


def in_all(asked: Questionnaire) -> list[Question]:
    """Everything that may ever be asked, in order: to look at, by who answers nothing."""
    found = []
    for item in asked.all():
        if _is_shown(item):
            above: list[str | int] = [step for link in asked.above[item.link_id] for step in (link, 0)]
            place = Place((*above, item.link_id), item, is_asked=True)
            found.append(_question(place, Answers(), [], "", is_decisive=False))
    return found


def _is_shown(item: Item) -> bool:
    is_help = item.kind == "display" and item.control in HELPING
    return not item.is_hidden and not is_help


def _decisive(asked: Questionnaire) -> set[str]:
    conditions = {condition.question for item in asked.all() for condition in item.conditions}
    asking = (item for item in asked.all() if item.has_answer and any(_is_shown(inner) for inner in item.items))
    return conditions | {item.link_id for item in asking}


def _question(place: Place, answers: Answers, typed: list[str], error: str, *, is_decisive: bool) -> Question:
    item, at = place.item, place.at
    values = answers.at(at)
    kind = _kind(item)
    texts = typed or [_as_typed(item, value) for value in values]
    own = next((str(value.content) for value in values if item.options and item.option(value) is None), "")
    is_many = item.is_repeated and kind in {"lines", "heading"} and not item.is_read_only
    return Question(
        name=name_of(at),
        item=item,
        depth=(len(at) - 1) // 2,
        kind=kind,
        input=_INPUT.get(item.kind, "text"),
        answers=_to_tap(item, values),
        texts=[*texts, ""] if is_many and kind == "lines" else texts or [""],
        own=own if item.kind == "open-choice" else "",
        unit=item.unit.display if item.unit else "",
        error=error,
        is_decisive=is_decisive,
        can_have_more=is_many,
    )


def _kind(item: Item) -> str:
    if item.kind == "group":
        return "heading"
    if item.kind == "display":
        return "words"
    if item.options or item.kind == "boolean":
        return "several" if item.is_one_of_more and item.options else "options"
    return "text" if item.kind == "text" else "lines"


def _to_tap(item: Item, values: Sequence[Value]) -> list[Answer]:
    if item.kind == "boolean" and not item.options:
        said = next((value.content for value in values), None)
        return [Answer(YES, gettext("Ja"), said is True), Answer(NO, gettext("Nee"), said is False)]
    return [
        Answer(
            f"#{number}",
            worded(option.value.words),
            any(value.is_as(option.value) for value in values),
            option.value.is_unknown,
            option.prefix,
            option.text,
        )
        for number, option in enumerate(item.options)
    ]


def _as_typed(item: Item, value: Value) -> str:
    """As the field shows it again."""
    if isinstance(value.content, Quantity):
        return f"{value.content.value}"
    if item.kind == "dateTime":
        return str(value.content)[:16]
    if item.kind == "time":
        return str(value.content)[:5]
    return str(value.content)


# --- what was answered, to read -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Told:
    """A line of a sheet that is done."""

    text: str
    words: Sequence[str]
    depth: int
    is_heading: bool
    total: Decimal | None = None  # of a group
    about: str = ""  # what the answer means, in the words of who made the list


def told(asked: Questionnaire, answers: Answers, score: Score) -> list[Told]:
    """What was answered, with the headings it stands under; what was left open takes no room."""
    found: list[Told] = []
    for place in places(asked, answers):
        item, depth = place.item, (len(place.at) - 1) // 2
        if not place.is_asked or item.is_hidden or item.kind == "display":
            continue
        if item.kind == "group":
            found.append(Told(worded(item.text), (), depth, is_heading=True, total=score.groups.get(item.link_id)))
        elif values := answers.at(place.at):
            said = [_in_words(item, value) for value in values]
            chosen = [option for value in values if (option := item.option(value))]
            about = "\n".join(option.text for option in chosen if option.text)
            found.append(Told(worded(item.text), said, depth, is_heading=False, about=about))
    return list(_without_empty(found))


def _without_empty(lines: Sequence[Told]) -> Iterator[Told]:
    """A heading under which nothing was answered says nothing."""
    for number, line in enumerate(lines):
        after = lines[number + 1 :]
        inside = [other for other in _until(after, line.depth) if not other.is_heading]
        if not line.is_heading or inside:
            yield line


def _until(lines: Sequence[Told], depth: int) -> Iterator[Told]:
    for line in lines:
        if line.depth <= depth:
            return
        yield line


def _in_words(item: Item, value: Value) -> str:
    """As the list itself says it, where it is an answer out of a list."""
    if value.kind == "Boolean":
        return gettext("Ja") if value.content else gettext("Nee")
    if value.kind == "Date" and len(str(value.content)) == 10:
        return str(day(date.fromisoformat(str(value.content))))
    option = item.option(value)
    return worded(option.value.words) if option else value.words
