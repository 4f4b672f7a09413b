"""The letter of a warning: read by who has the link, after pressing a button, with a line in the reading log."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ipta.accounts.models import Link
from ipta.sharing.models import Warning
from ipta.sharing.warning import commands, policies
from ipta.sharing.warning.queries import warning_of
from ipta.web import by_link, desk
from ipta.web.by_link import Opened


@desk.anyone("GET", "HEAD", "POST")
def letter(request: HttpRequest, token: str) -> HttpResponse:
    """A robot that looks what it is about reads nothing."""
    kind, gone = Link.Kind.WARNING, "specialist/gone.html"
    return by_link.opened(request, kind, token, row_of=warning_of, may=policies.can_pass_on, page=_page, gone=gone)


def _page(request: HttpRequest, warning: Warning, opened: Opened) -> HttpResponse:
    if request.method != "POST":
        return render(request, "receiver/door.html")
    told = commands.read_warning(warning, token=opened.token, by=opened.by)
    context = {"told": told, "coach": opened.by, "until": warning.until, "is_told": warning.is_told}
    return render(request, "receiver/letter.html", context)
