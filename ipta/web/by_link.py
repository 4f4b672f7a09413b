"""A page that somebody without an account opens with the link that a coach made for him."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ipta.accounts import links
from ipta.accounts.models import Link, Person
from ipta.base import acting
from ipta.base.verdict import Verdict
from ipta.sharing.letters import Unreadable

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Opened:
    """A link that works, with its secret: the letter opens with that alone."""

    link: Link
    token: str

    @property
    def by(self) -> Person:
        """Who made it: what is done by this link, is done with his right."""
        return self.link.made_by


def opened(
    request: HttpRequest,
    kind: Link.Kind,
    token: str,
    *,
    row_of: Callable[[Link], Row | None],
    may: Callable[[Person, Row], Verdict],
    page: Callable[[HttpRequest, Row, Opened], HttpResponse],
    gone: str,
) -> HttpResponse:
    """What its maker may do, and nothing else. Whatever is wrong with a link, the page (`gone`) is the same."""
    link = links.find(kind, token)
    if link is not None:
        with acting.as_person(link.made_by_id):
            row = row_of(link)
            if row is not None and may(link.made_by, row):
                try:
                    return page(request, row, Opened(link, token))
                except Unreadable:
                    pass
    return render(request, gone, status=404)
