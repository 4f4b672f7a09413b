"""In beeld: the picture of a youth in the three blocks of the method, on one page, for both desks and for paper.

Source: "Inhoud quick scan jongere": motivation and possibilities, network, situation on the life domains.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipta.dossiers.models import Dossier, NetworkPerson
from ipta.scans.instruments.answers import Answers
from ipta.scans.instruments.asked import places
from ipta.scans.instruments.queries import asked_by
from ipta.scans.models import FilledSheet, Saying
from ipta.scans.queries import Heard, by_day, hear
from ipta.scans.queries import picture_of as sheets_of
from ipta.scans.rules import FACES, LEVELS, PARTS, Beside, beside, newest
from ipta.scans.talk.rules import CARDS
from ipta.sharing.door import Reader
from ipta.web import around
from ipta.web.cards import BY_KEY
from ipta.web.components.icons import DOMAIN_ICONS
from ipta.web.sheets import worded

BOTH = (FilledSheet.Voice.COACH, FilledSheet.Voice.YOUTH)
BASIC_SKILLS = "urn:ipta:instrument:basic-skills"
MOST_SAID = 2  # of what he said on a card: all of it stands in the talk
WIDE, HIGH, EDGE = 132, 52, 8  # of the line of one part of life
STEP = (HIGH - 2 * EDGE) / 4


# --- 1. motivation and possibilities ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Quote:
    """His own words, with what they are about."""

    about: str
    texts: Sequence[str]


@dataclass(frozen=True, slots=True)
class Skill:
    """A basic skill as it was seen last: what it is, how it goes, with an example."""

    name: str
    word: str
    example: str


def sections_of(dossier: Dossier) -> set[str]:
    """What the page reads of him: how he was found only as long as he said nothing in the talk himself."""
    known: Any = dossier
    has_said = getattr(known, "has_sayings", None)
    if has_said is None:
        has_said = Saying.objects.standing([dossier.pk]).exists()
    return {"identity", "scores", "family"} | (set() if has_said else {"contacts"})


def wishes_of(reader: Reader, dossier: Dossier) -> list[Quote]:
    """What he said in the talk, card by card; as long as he said nothing there, what he wanted when it began."""
    said: dict[str, list[str]] = {card: [] for card in CARDS}
    for saying in Saying.objects.standing([dossier.pk]).filter(voice=Saying.Voice.YOUTH).exclude(card="people"):
        if saying.card in said and not reader.is_gone(saying.text):
            said[saying.card].append(reader.text(saying.text))
    quotes = [Quote(str(BY_KEY[card].title), texts[-MOST_SAID:]) for card, texts in said.items() if texts]
    return quotes or _wanted_at_first(reader, dossier)


def _wanted_at_first(reader: Reader, dossier: Dossier) -> list[Quote]:
    if not reader.may(dossier, "contacts"):
        return []
    found = [reader.text(find.wants) for find in dossier.find_set.all() if not reader.is_gone(find.wants)]
    texts = [text for text in found if text]
    return [Quote(gettext("Bij het begin"), texts)] if texts else []


def skills_of(reader: Reader, sheet: FilledSheet | None) -> list[Skill]:
    """What stands in a list of basic skills; what was not looked at is left out."""
    if sheet is None:
        return []
    answers = Answers.from_json(reader.json(sheet.answers) or [])
    skills = []
    for place in places(asked_by(sheet.version), answers):
        said = answers.at(place.at)
        if place.item.options and said and not said[0].is_unknown:
            below = [value.words for at, values in answers.said.items() if at[:-2] == place.at for value in values]
            skills.append(Skill(worded(place.item.text), worded(said[0].words), " ".join(below)))
    return skills


# --- 2. the people around him ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Somebody:
    pk: UUID
    name: str
    kind: str
    relation: str
    bond: around.Bond

    @property
    def in_words(self) -> str:
        """What he is to the youth, in one line."""
        does = self.bond.own_words or self.bond.does_words
        return " · ".join(filter(None, [self.relation, ", ".join(self.bond.gives).lower(), does]))


@dataclass(frozen=True, slots=True)
class Network:
    people: Sequence[Somebody]
    drawing: around.Picture | None

    @property
    def kinds(self) -> list[tuple[str, list[Somebody]]]:
        """Family, friends and professionals apart: bonds of two sorts."""
        named = [(str(kind.label), [one for one in self.people if one.kind == kind]) for kind in NetworkPerson.Kind]
        return [(name, people) for name, people in named if people]


def network_of(reader: Reader, dossier: Dossier) -> Network:
    rows = [row for row in dossier.networkperson_set.all() if not reader.is_gone(row.name)]
    bonds = {row.pk: around.bond_of(reader, row) for row in rows}
    people = [
        Somebody(row.pk, reader.text(row.name), row.kind, reader.text(row.relation), bonds[row.pk]) for row in rows
    ]
    near = [(one.pk, one.name, one.bond.near, one.bond.does) for one in people]
    return Network(people, around.drawn(near))


# --- 3. how it is, per part of life ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Dot:
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Movement:
    """A line of each voice over time, on one scale: how it moved, and never what is between them."""

    coach: Sequence[Dot]
    youth: Sequence[Dot]
    width: int = WIDE
    height: int = HIGH

    @property
    def lines(self) -> list[tuple[str, str, Sequence[Dot]]]:
        """Who, the points as SVG wants them, and the dots."""
        voices = (("coach", self.coach), ("youth", self.youth))
        return [(who, " ".join(f"{dot.x},{dot.y}" for dot in dots), dots) for who, dots in voices if dots]

    @property
    def ladder(self) -> list[float]:
        return [_height(level) for level in range(1, 6)]


@dataclass(frozen=True, slots=True)
class Moment:
    """What both said on one day; nothing where one of them said nothing then."""

    on: date
    coach: int | None
    youth: int | None


@dataclass(frozen=True, slots=True)
class Words:
    """How a desk calls the parts of life, what the coach rates and what the youth says."""

    parts: Mapping[str, Any]
    levels: Mapping[int, Any]
    faces: Mapping[int, Any]


IN_THE_METHOD = Words(PARTS, LEVELS, FACES)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of life: how it is now in two voices, and how it went."""

    key: str
    name: str
    icon: str
    now: Beside
    coach: str  # in words; nothing where nothing was said
    youth: str
    moments: Sequence[Moment]
    movement: Movement | None  # nothing that moved: nothing to draw

    @property
    def turn(self) -> str:
        """Which way it went since the first time, in words: a drawing is not for everybody."""
        for said in ([moment.coach for moment in self.moments], [moment.youth for moment in self.moments]):
            known = [level for level in said if level is not None]
            if len(known) > 1:
                return str(_UP if known[-1] > known[0] else _DOWN if known[-1] < known[0] else _SAME)
        return ""


_UP, _DOWN, _SAME = _("vooruit"), _("achteruit"), _("gelijk gebleven")


def parts_of(coach: Sequence[Heard], youth: Sequence[Heard], words: Words) -> list[Part]:
    """Every part of life that was ever spoken of."""
    days = sorted({one.sheet.about_on for one in (*coach, *youth)})
    said = {"coach": by_day(coach), "youth": by_day(youth)}
    found = []
    for now in beside(newest(said["coach"].values()), newest(said["youth"].values())):
        levels = [Moment(on, *(said[who].get(on, {}).get(now.domain) for who in ("coach", "youth"))) for on in days]
        moments = [moment for moment in levels if moment.coach or moment.youth]
        if moments:
            found.append(_part(now, moments, _movement(moments, days), words))
    return found


def _part(now: Beside, moments: Sequence[Moment], movement: Movement | None, words: Words) -> Part:
    return Part(
        key=now.domain,
        name=gettext(str(words.parts[now.domain])),
        icon=DOMAIN_ICONS[now.domain],
        now=now,
        coach=gettext(str(words.levels[now.coach])) if now.coach else "",
        youth=gettext(str(words.faces[now.youth])) if now.youth else "",
        moments=moments,
        movement=movement,
    )


def _movement(moments: Sequence[Moment], days: Sequence[date]) -> Movement | None:
    if len(moments) < 2:
        return None
    start, length = days[0], (days[-1] - days[0]).days

    def dots(who: str) -> list[Dot]:
        said = [(moment.on, getattr(moment, who)) for moment in moments]
        return [Dot(_across(on, start, length), _height(level)) for on, level in said if level is not None]

    return Movement(dots("coach"), dots("youth"))


def _across(on: date, start: date, length: int) -> float:
    return round(EDGE + (WIDE - 2 * EDGE) * (on - start).days / length, 1)


def _height(level: int) -> float:
    return round(HIGH - EDGE - (level - 1) * STEP, 1)


# --- the page ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Picture:
    quotes: Sequence[Quote]
    skills: Sequence[Skill]
    network: Network | None  # None for who may not read of the people around him
    parts: Sequence[Part]
    is_gone: bool

    @property
    def is_empty(self) -> bool:
        return not (self.quotes or self.skills or self.parts or (self.network and self.network.people))


def picture_of(reader: Reader, dossier: Dossier, words: Words = IN_THE_METHOD) -> Picture:
    """All three blocks, opened at the door, in the words of a desk."""
    sheets = list(sheets_of(dossier, beside=[BASIC_SKILLS]))
    listed = [sheet for sheet in sheets if sheet.version.instrument.url == BASIC_SKILLS]
    said = [hear(reader, sheet) for sheet in sheets if sheet not in listed]
    coach, youth = ([one for one in said if one.sheet.voice == voice] for voice in BOTH)
    return Picture(
        quotes=wishes_of(reader, dossier),
        skills=skills_of(reader, next(iter(listed), None)),
        network=network_of(reader, dossier) if reader.may(dossier, "family") else None,
        parts=parts_of(coach, youth, words),
        is_gone=any(one.is_gone for one in (*coach, *youth)),
    )
