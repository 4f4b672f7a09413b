"""Text messages: one way out of the house, for a municipality that has a gateway. Without one nothing is sent."""

import logging
from collections.abc import Callable
from typing import Final

import requests
from django.conf import settings

log = logging.getLogger("ipta.texting")
WAITS: Final = 10  # seconds

Send = Callable[[str, str], None]  # number, words


class NotSent(Exception):
    """The gateway did not take it. Says why in one word, never to whom or what."""


def gateway(municipality: str) -> Send | None:
    """The way in which this municipality sends text messages; None where it has none. `municipality`: its code."""
    if settings.TEXT_FOR and municipality not in settings.TEXT_FOR:
        return None
    if settings.TEXT_URL:
        return _over_http
    return _printed if settings.IS_LOCAL else None


def _printed(_number: str, _words: str) -> None:
    """On this machine alone: enough to see that it works. No number stands in a log, also not here."""
    log.info("a text message goes out; without a gateway nobody gets it")


def _over_http(number: str, words: str) -> None:
    """POST {"to", "text"} as JSON, with a token. Raises `NotSent`."""
    try:
        answer = requests.post(
            settings.TEXT_URL,
            json={"to": number, "text": words},
            headers={"Authorization": f"Bearer {settings.TEXT_TOKEN}"},
            timeout=WAITS,
            allow_redirects=False,
        )
    except requests.RequestException as fault:
        raise NotSent(type(fault).__name__) from None
    if answer.status_code not in {200, 201, 202, 204}:
        raise NotSent(str(answer.status_code))
