"""Pages for when it goes wrong. They need no database, and say nothing of anybody."""

import logging
import sys
import traceback
from urllib.parse import urlsplit

from django.contrib import messages
from django.core.exceptions import RequestDataTooBig
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.translation import gettext

from ipta.base.verdict import Impossible
from ipta.web import kept

log = logging.getLogger("ipta.web")
_PAGE = "pages/{}.html"


def _page(name: str, status: int, **context: object) -> HttpResponse:
    response = HttpResponse(render_to_string(_PAGE.format(name), context), status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page("400", 400, is_too_large=isinstance(exception, RequestDataTooBig))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The same page for what is not there and what is not yours. Who typed something for it, finds it there."""
    is_typed = request.method == "POST" and getattr(request, "sits_here", False)
    return _page("404", 404, typed=kept.sentences(request) if is_typed else [])


def too_often(request: HttpRequest) -> HttpResponse:
    """Too many wrong tries, of one account or from one address."""
    return _page("429", 429)


def impossible(request: HttpRequest, objection: Impossible) -> HttpResponse:
    """What a button asked cannot be done: that is said on the page it stands on. Words that were typed are kept."""
    messages.warning(request, gettext(str(objection)))
    page = urlsplit(request.headers.get("Referer", ""))
    is_ours = page.netloc == request.get_host() and page.path.startswith("/") and not page.path.startswith("//")
    response = redirect(page.path if is_ours else "home")
    kept.keep(request, response)
    return response


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form of an earlier sign-in. What was typed waits on its own page."""
    response = _page("stale", 403, again=request.path if kept.can_keep(request) else "")
    kept.keep(request, response)
    return response


def fault(request: HttpRequest) -> HttpResponse:
    reason = sys.exc_info()[1]
    if isinstance(reason, OperationalError | OSError):  # raised before the view, such as by the session
        return unavailable(reason)
    return _page("500", 500)


def unavailable(fault: OperationalError | OSError) -> HttpResponse:
    """Database or disk gone: nothing half written, try again."""
    where = traceback.extract_tb(fault.__traceback__)[-1]
    log.error("unavailable: %s at %s:%s", type(fault).__name__, where.filename, where.lineno)
    response = _page("503", 503)
    response.headers["Retry-After"] = "30"
    return response
