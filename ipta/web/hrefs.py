"""The way to the page of a row. Finding it takes Django longer than showing it; here it is found once for all rows."""

from functools import lru_cache
from uuid import UUID

from django.urls import get_script_prefix, get_urlconf, reverse
from phonenumbers import PhoneNumberFormat, PhoneNumberMatcher, format_number


def href(route: str, *ids: UUID) -> str:
    """As `reverse`, for a route that takes nothing but ids."""
    return _form(route, len(ids), get_script_prefix(), get_urlconf()).format(*ids)


@lru_cache(maxsize=256)
def _form(route: str, count: int, _prefix: str, _urlconf: str | None) -> str:
    stand_ins = [UUID(int=number) for number in range(count)]
    form = reverse(route, args=stand_ins)
    for stand_in in stand_ins:
        form = form.replace(str(stand_in), "{}")
    return form


def call_href(words: str) -> str:
    """To call the first telephone number in these words; empty where there is none."""
    match = next(iter(PhoneNumberMatcher(words, "NL")), None)
    return f"tel:{format_number(match.number, PhoneNumberFormat.E164)}" if match else ""
