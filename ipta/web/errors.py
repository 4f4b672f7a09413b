"""Pages for when it goes wrong. They need no database, and say nothing of anybody."""

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

_PAGE = "pages/{}.html"


def _page(name: str, status: int) -> HttpResponse:
    response = HttpResponse(render_to_string(_PAGE.format(name)), status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page("400", 400)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The same page for what is not there and what is not yours."""
    return _page("404", 404)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _page("stale", 403)


def fault(request: HttpRequest) -> HttpResponse:
    return _page("500", 500)


def unavailable(fault: DatabaseError | OSError) -> HttpResponse:
    """Database or disk gone: nothing half written, try again."""
    response = _page("503", 503)
    response.headers["Retry-After"] = "30"
    return response
