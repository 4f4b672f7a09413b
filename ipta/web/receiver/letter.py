"""The letter of a warning: read by who has the link, after pressing a button, with a line in the reading log."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ipta.accounts import links
from ipta.accounts.models import Link
from ipta.base import acting
from ipta.sharing.letters import Unreadable
from ipta.sharing.warning import commands, policies
from ipta.sharing.warning.queries import warning_of
from ipta.web import desk


@desk.anyone("GET", "HEAD", "POST")
def letter(request: HttpRequest, token: str) -> HttpResponse:
    """Whatever is wrong with a link, the page is the same. A robot that looks what it is about reads nothing."""
    link = links.find(Link.Kind.WARNING, token)
    if link is None:
        return _gone(request)
    with acting.as_person(link.made_by_id):
        warning = warning_of(link)
        if warning is None or not policies.can_pass_on(link.made_by, warning):
            return _gone(request)
        if request.method != "POST":
            return render(request, "receiver/door.html")
        try:
            told = commands.read_warning(warning, token=token, by=link.made_by)
        except Unreadable:
            return _gone(request)
    context = {"told": told, "coach": link.made_by, "until": warning.until, "is_told": warning.is_told}
    return render(request, "receiver/letter.html", context)


def _gone(request: HttpRequest) -> HttpResponse:
    return render(request, "specialist/gone.html", status=404)
