"""What the method says of scouting. Source: Samenvatting modelwerkwijze IPTA (2018), "Vinden van deelnemers"."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

# "... die gemotiveerd zijn om met hun toekomst bezig te gaan". Unknown is an answer like any other.
MOTIVATED: Final = {"yes": "Ja", "unsure": "Weet ik nog niet", "not_yet": "Nee, nog niet"}
YES_HOW: Final = {"together": "Samen gelezen", "aloud": "Voorgelezen", "own_words": "In eigen woorden verteld"}

# --- how long somebody is remembered who does not join ---------------------------------------------------------
# Source: docs/privacy.md, "Gone without a yes": six weeks from the day he was noted, once six weeks more.
WARNED: Final = timedelta(days=7)
KEPT_LONGER: Final = timedelta(days=42)
TERMS: Final = range(2, 13)  # in weeks: what a municipality can choose


def leaves_on(found_on: date, days: int, *, is_kept: bool) -> date:
    """The day on which everything about him goes, if he does not join before."""
    return found_on + timedelta(days=days) + (KEPT_LONGER if is_kept else timedelta())


def is_warned(leaves: date, today: date) -> bool:
    """Whether the coach is told by now: a week before."""
    return today >= leaves - WARNED


# --- does the method fit -----------------------------------------------------------------------------------------


def outside(age: str, ages: Collection[int]) -> str:
    """`younger` or `older` than whom the method is for; empty when he is not, or when nobody knows."""
    said = [int(number) for number in re.findall(r"(?<!\d)\d{1,2}(?!\d)", age)]
    if len(said) != 1 or said[0] in ages:
        return ""
    return "younger" if said[0] < min(ages) else "older"


# --- what works with him -------------------------------------------------------------------------------------------

REACHED_AT_LEAST: Final = 3  # so often he was reached in one way, before anything is said of it
MISSED_AT_LEAST: Final = 2  # so often nobody answered earlier in the day, before an hour is said


@dataclass(frozen=True, slots=True)
class Attempt:
    """A contact, or an attempt at one: no word of it, only how, what o'clock and whether he was reached."""

    channel: str
    hour: int
    is_reached: bool


@dataclass(frozen=True, slots=True)
class Works:
    """By which way he is reached, in how many of how many attempts; and from what hour on, if that shows."""

    channel: str
    reached: int
    tried: int
    from_hour: int | None


def what_works(attempts: Collection[Attempt]) -> Works | None:
    """What the notes tell of reaching him, for who wants to reach him. It says nothing about him.

    A way is named when he was reached by it three times or more, more often than not, and by no other way as often. An
    hour is named when two attempts or more by that way came earlier in the day than any that reached him.
    """
    reached: dict[str, list[int]] = {}
    for attempt in attempts:
        if attempt.is_reached:
            reached.setdefault(attempt.channel, []).append(attempt.hour)
    best, *others = sorted(reached, key=lambda channel: -len(reached[channel])) or [""]
    hours = reached.get(best, [])
    tried = [attempt for attempt in attempts if attempt.channel == best]
    is_tied = bool(others) and len(reached[others[0]]) == len(hours)
    if len(hours) < REACHED_AT_LEAST or is_tied or 2 * len(hours) <= len(tried):
        return None
    first = min(hours)
    earlier = sum(attempt.hour < first for attempt in tried)
    return Works(best, len(hours), len(tried), first if earlier >= MISSED_AT_LEAST else None)


# --- brought in by a professional ------------------------------------------------------------------------------

REFERRAL_LINK_LIFE = timedelta(days=365)
REFERRED_LINK_LIFE = timedelta(days=180)
MOST_REFERRALS_A_DAY = 20  # by one link: more is no longer warm, or no longer a person


# --- who the coach is --------------------------------------------------------------------------------------------

MOST_WORDS: Final = 12  # in a sentence for who reads with difficulty


def long_sentences(text: str) -> list[str]:
    """The sentences of more than MOST_WORDS words, for who writes to a youth."""
    sentences = [" ".join(part.split()) for part in re.split(r"(?<=[.!?…])\s+|\n+", text)]
    return [sentence for sentence in sentences if len(sentence.split()) > MOST_WORDS]
