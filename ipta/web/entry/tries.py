"""How often a wrong code may be tried from one address, counted by all workers together. Right ones do not count."""

from allauth.core.internal import ratelimit
from django.http import HttpRequest

MOST, MINUTES = 20, 10
_RATES = {"wrong_code": f"{MOST}/{MINUTES}m/ip"}


def begin(request: HttpRequest) -> ratelimit.RateLimitUsage | None:
    """Counted before it is looked at, so that tries side by side cannot slip through; None when there were too many.

    Who turns out to be right takes it back (`rollback`).
    """
    return ratelimit.consume(request, app="ipta.web.entry", action="wrong_code", config=_RATES)
