"""Days on which people work, and on which nobody does."""

from datetime import date, timedelta
from functools import cache

import holidays

MOST_WORK = {"Goede vrijdag"}  # in the list of days off, but offices and shops are open


@cache
def _days_off(year: int) -> dict[date, str]:
    found = holidays.country_holidays("NL", years=year, language="nl")
    return {day: name for day, name in found.items() if name not in MOST_WORK}


def holiday(day: date) -> str:
    """The name of the Dutch public holiday of this day, in Dutch; empty where it is none."""
    return _days_off(day.year).get(day, "")


def is_workday(day: date) -> bool:
    """Whether an office answers its telephone: no weekend, no public holiday."""
    return day.weekday() < 5 and not holiday(day)


def workdays_after(day: date, count: int) -> date:
    """The day on which so many working days have passed since this one."""
    while count > 0:
        day += timedelta(days=1)
        count -= is_workday(day)
    return day


def workdays_between(since: date, until: date) -> int:
    """How many working days have passed on `until`, when it began on `since`. Never less than none."""
    days = ((since + timedelta(days=number + 1)) for number in range((until - since).days))
    return sum(map(is_workday, days))
