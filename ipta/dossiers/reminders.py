"""A reminder of an appointment: when it is due, and what it says. Pure: no table, no text of a dossier.

Being on time is a skill that many still have to learn (Samenvatting modelwerkwijze IPTA, "Basale functionele
vaardigheden"). What is sent out says no more than a time: others look at that screen too.
"""

from collections.abc import Collection
from datetime import datetime, time, timedelta
from typing import Final

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

EVENING, HOUR = "evening", "hour"
EVENING_BETWEEN: Final = (time(19), time(22))
WITHIN: Final = timedelta(hours=1)
AT_LEAST: Final = timedelta(minutes=5)  # later than that it only makes nervous
USUAL_WORDS: Final = _("Denk je eraan?")
WORDS_LENGTH: Final = 80
ADDRESS_LENGTH: Final = 120
_AFTERNOON, _EVENING = 12, 18  # o'clock


def moment_of(starts_at: datetime, now: datetime) -> str:
    """Which reminder is due now, if any: `evening`, `hour` or nothing. Both are local times."""
    if AT_LEAST <= starts_at - now <= WITHIN:
        return HOUR
    begin, end = EVENING_BETWEEN
    is_tomorrow = starts_at.date() == now.date() + timedelta(days=1)
    return EVENING if is_tomorrow and begin <= now.time() < end else ""


def is_welcome_at(now: datetime, careful: Collection[str]) -> bool:
    """Whether he may be reached at this hour, by what was ticked (`rules.HOURS`). Nothing ticked: always."""
    hours = {"at_morning": range(_AFTERNOON), "at_afternoon": range(_AFTERNOON, _EVENING)}
    hours["at_evening"] = range(_EVENING, 24)
    picked = [hours[key] for key in hours if key in careful]
    return not picked or any(now.hour in allowed for allowed in picked)


def message(words: str, moment: str, starts_at: datetime) -> str:
    """His own words, and the time. `starts_at`: local."""
    said = gettext("Morgen om %(time)s uur.") if moment == EVENING else gettext("Straks, om %(time)s uur.")
    return f"{words or gettext(USUAL_WORDS)} {said % {'time': starts_at.strftime('%H.%M')}}"
