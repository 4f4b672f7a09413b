"""The cards of the talk, in words for both desks: what opens the talk, what was said, and what to talk about next."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from textwrap import shorten
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipta.accounts.models import Person
from ipta.dossiers.models import Dossier
from ipta.scans.talk import commands, policies, rules
from ipta.scans.talk.models import Saying
from ipta.scans.talk.queries import Words, in_place, sayings_of
from ipta.sharing.door import Reader

AGAIN = "toch"  # how a button says that it was meant after all
LEFT = "niet"  # in an address: a card that was suggested, and left for now
LEAD = 90  # letters of what was said last, on the list of cards


@dataclass(frozen=True, slots=True)
class Card:
    """A subject of the talk. Its questions open it, and need no answer."""

    key: str
    slug: str
    title: str | Promise
    icon: str
    questions: Sequence[str | Promise]


# Ours, in his words: "gelijkwaardig gesprek". Which subjects there are stands in `rules.CARDS`.
CARDS: Final = (
    Card(
        "future",
        "toekomst",
        _("Mijn toekomst"),
        "flag",
        (
            _("Het is een jaar later, en het gaat goed. Hoe ziet je dag eruit?"),
            _("Waar kijk je naar uit?"),
            _("Wie is er dan bij je?"),
        ),
    ),
    Card(
        "work",
        "werk",
        _("Werk dat ik wil"),
        "work",
        (
            _("Welk werk zou je best eens willen proberen?"),
            _("Werk je liever met je handen, met mensen, of rustig alleen?"),
            _("Wat deed je al eens, ook zonder geld? Wat was daar leuk aan?"),
        ),
    ),
    Card(
        "good_at",
        "goed-in",
        _("Hier ben ik goed in"),
        "star",
        (
            _("Wat gaat bij jou bijna vanzelf?"),
            _("Waar vragen mensen jou voor?"),
            _("Waar ben je trots op?"),
        ),
    ),
    Card(
        "people",
        "mensen",
        _("Mijn mensen"),
        "people",
        (
            _("Wie bel je als er iets is?"),
            _("Bij wie kun je gewoon jezelf zijn?"),
            _("Wie zou je vaker willen zien?"),
        ),
    ),
    Card(
        "days",
        "dag",
        _("Zo kom ik een dag door"),
        "clock",
        (
            _("Hoe begint een gewone dag bij jou?"),
            _("Wat helpt jou om op tijd te komen?"),
            _("Wat doe je als iets anders loopt dan je dacht?"),
        ),
    ),
    Card(
        "not_wanted",
        "niet",
        _("Dit wil ik niet"),
        "shield",
        (
            _("Wat heb je geprobeerd, en hoeft niet nog een keer?"),
            _("Wat moet iemand bij jou echt niet doen?"),
            _("Waar wil je het nu nog niet over hebben?"),
        ),
    ),
)
BY_SLUG: Final = {card.slug: card for card in CARDS}
BY_KEY: Final = {card.key: card for card in CARDS}


def found(slug: str) -> Card:
    """The card of this address."""
    if slug not in BY_SLUG:
        raise Http404
    return BY_SLUG[slug]


@dataclass(frozen=True, slots=True)
class Line:
    """Something that was said, with what stood there before."""

    pk: UUID
    at: datetime
    text: str
    typed_by: str  # who typed it; empty when that is who said it
    by: str
    is_youths: bool
    before: tuple[tuple[datetime, str], ...]
    taken_back_at: datetime | None
    may_change: bool
    sides: Sequence[Any]  # what the youth says of it, as his or his coach's page shows that


def _short(text: str) -> str:
    short = shorten(text, LEAD, placeholder="…")
    return short if short != "…" else f"{text[:LEAD]}…"  # one word without an end


Beside = Callable[[Sequence[Saying]], Mapping[UUID, Sequence[Any]]]


@dataclass(frozen=True, slots=True)
class Said:
    """Everything on one card, newest first: his own words, what the coach noticed, what was taken back."""

    card: Card
    own: Sequence[Line]
    noticed: Sequence[Line]
    taken_back: Sequence[Line]

    @property
    def is_empty(self) -> bool:
        return not (self.own or self.noticed or self.taken_back)

    @property
    def lead(self) -> str:
        """What he said last, short."""
        return _short(self.own[0].text) if self.own else ""


def said(reader: Reader, dossier: Dossier, beside: Beside | None = None) -> dict[str, Said]:
    """What was said on each card by its key, also where nothing was. `beside`: what the youth says of these lines."""
    if not reader.person.is_youth:
        prefetch_related_objects([dossier], "coachship_set")  # who may change what is asked of each line
    rows = list(sayings_of(dossier))
    sides = beside(rows) if beside and rows else {}
    of: defaultdict[str, list[Line]] = defaultdict(list)
    for words in in_place(rows):
        spoken = [side for row in (words.now, *words.before) for side in sides.get(row.pk, ())]
        of[words.now.card].append(_line(reader, dossier, words, spoken))
    return {card.key: _on(card, of[card.key]) for card in CARDS}


def _on(card: Card, lines: Iterable[Line]) -> Said:
    there = list(lines)
    standing = [line for line in there if line.taken_back_at is None]
    return Said(
        card,
        own=[line for line in standing if line.is_youths],
        noticed=[line for line in standing if not line.is_youths],
        taken_back=[line for line in there if line.taken_back_at],
    )


def _line(reader: Reader, dossier: Dossier, words: Words, sides: Sequence[Any]) -> Line:
    saying = words.now
    saying.dossier = dossier
    is_youths = saying.voice == Saying.Voice.YOUTH
    is_said_by_typist = not is_youths or saying.by_id == dossier.youth_id
    return Line(
        pk=saying.pk,
        at=saying.said_at,
        text=reader.text(saying.text),
        typed_by="" if is_said_by_typist else name_of(saying.by),
        by=name_of(saying.by),
        is_youths=is_youths,
        before=tuple((earlier.said_at, reader.text(earlier.text)) for earlier in words.before),
        taken_back_at=saying.taken_back_at,
        may_change=bool(policies.can_change_saying(reader.person, saying)),
        sides=sides,
    )


def name_of(person: Person) -> str:
    """Who typed something; of somebody from elsewhere the name may not be known."""
    return person.first_name or gettext("de coach")


# --- what to talk about next -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A card nobody spoke of yet, and the address that leaves it for now."""

    card: Card
    later: str


def suggestion(request: HttpRequest, talk: Mapping[str, Said]) -> Suggestion | None:
    """One card at a time. What is left for now stays left as long as one walks on from this page."""
    left = [slug for slug in request.GET.getlist(LEFT) if slug in BY_SLUG]
    key = rules.next_card(_talked_of(talk), [BY_SLUG[slug].key for slug in left])
    if key is None:
        return None
    card = BY_KEY[key]
    return Suggestion(card, "?" + urlencode([(LEFT, slug) for slug in dict.fromkeys([*left, card.slug])]))


def _talked_of(talk: Mapping[str, Said]) -> Collection[str]:
    return {key for key, on in talk.items() if on.own or on.noticed}


def saying_of(dossier: Dossier, pk: UUID, person: Person) -> Saying:
    """Words of this dossier that this person may change; 404 for any other."""
    saying: Any = sayings_of(dossier).filter(pk=pk).first()
    if saying is None:
        raise Http404
    saying.dossier = dossier
    if not policies.can_change_saying(person, saying):
        raise Http404
    return saying  # type: ignore[no-any-return]


def turn(request: HttpRequest, saying: Saying) -> None:
    """Take it back, or stand by it after all. Tapped twice it is the same."""
    person: Any = request.user
    if request.POST.get("how") == AGAIN:
        if saying.taken_back_at:
            commands.stand_by(saying, by=person)
        messages.success(request, gettext("Het staat er weer."))
        return
    if saying.taken_back_at is None:
        commands.take_back(saying, by=person)
    messages.success(request, gettext("Teruggenomen. Het staat nu onderaan."))
