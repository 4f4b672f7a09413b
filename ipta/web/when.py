"""Days in words, as one says them."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext, ngettext

from ipta.web.templatetags.ipta_ui import day as day_in_words

NEAR = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Due:
    """A day on which something is to be done, in words: vandaag, morgen, vrijdag 6 maart, was gisteren."""

    words: str
    is_near: bool
    is_late: bool


def until(day: date | None, today: date) -> Due | None:
    """How it stands with that day, counted from today; None without one."""
    if day is None:
        return None
    return Due(due(day, today), is_near=today <= day <= today + NEAR, is_late=day < today)


def ago(day: date, today: date) -> str:
    """vandaag, gisteren, 9 dagen geleden"""
    days = (today - day).days
    if days <= 0:
        return gettext("vandaag")
    if days == 1:
        return gettext("gisteren")
    return ngettext("%(days)s dag geleden", "%(days)s dagen geleden", days) % {"days": days}


def due(day: date | None, today: date) -> str:
    """vandaag, morgen, vrijdag 6 maart; what is past says since when"""
    if day is None:
        return gettext("zonder dag")
    days = (day - today).days
    if days < 0:
        return gettext("was %(when)s") % {"when": ago(day, today)}
    if days < 2:
        return gettext("morgen") if days else gettext("vandaag")
    return day_in_words(day)


def lasting(since: date, until: date) -> str:
    """12 dagen, 3 maanden, 2 jaar"""
    days = max((until - since).days, 0)
    if days < 60:
        return ngettext("%(n)s dag", "%(n)s dagen", days) % {"n": days}
    months = days // 30
    if months < 24:
        return ngettext("%(n)s maand", "%(n)s maanden", months) % {"n": months}
    return ngettext("%(n)s jaar", "%(n)s jaar", days // 365) % {"n": days // 365}
