"""An invitation to sit down together, for who has no account: a page that a grandmother reads and answers.

Looking at the address does nothing: the letter opens by a button, so that a robot that visits a link reads nothing.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipta.accounts import links
from ipta.accounts.models import Link
from ipta.base import acting
from ipta.dossiers.models import Appointment
from ipta.sharing.letters import Unreadable
from ipta.web import asking, calendars, desk
from ipta.web.asking import Asking, choice
from ipta.wraparound import policies
from ipta.wraparound.invited import commands
from ipta.wraparound.invited.letters import Letter
from ipta.wraparound.invited.queries import invitee_of
from ipta.wraparound.models import Invitee

ANSWERS = {
    Invitee.Answer.YES: _("Ja, ik kom"),
    Invitee.Answer.NO: _("Nee, ik kom niet"),
    Invitee.Answer.OTHER: _("Ik wil wel, op een ander moment"),
}


class AnswerForm(Asking):
    answer = choice(_("Kom je?"), ANSWERS.items(), need=_("Kies een van de drie."))
    words = asking.words(
        _("Wil je er iets bij zeggen?"), longest=500, rows=2, hint=_("Bijvoorbeeld: ik kan alleen ’s avonds.")
    )
    brings = asking.words(_("Wil je iets meenemen of vragen?"), longest=500, rows=2)


@desk.anyone("GET", "HEAD", "POST")
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What the maker of the link may do, and nothing else. Whatever is wrong with a link, the page is the same."""
    link = links.find(Link.Kind.INVITE, token)
    if link is None:
        return _gone(request)
    with acting.as_person(link.made_by_id):
        invitee = invitee_of(link)
        if invitee is None or not policies.can_pass_on(link.made_by, invitee):
            return _gone(request)
        if request.method != "POST":
            return render(request, "invited/door.html")
        try:
            return _page(request, invitee, link, token)
        except Unreadable:
            return _gone(request)


def _page(request: HttpRequest, invitee: Invitee, link: Link, token: str) -> HttpResponse:
    letter = commands.read_invitation(invitee, token=token, by=link.made_by)
    appointment = _appointment(invitee)
    place = "" if _moved(invitee) else letter.place
    if "agenda" in request.POST and appointment:
        return calendars.one(appointment, place)
    is_answer = "words" in request.POST
    form = AnswerForm(request.POST if is_answer else None)
    if is_answer and form.is_valid():
        with asking.told(form), form.sent() as is_first:
            if is_first:
                commands.answer_invitation(invitee, by=link.made_by, **form.cleaned_data)
        if not form.errors:
            return _thanks(request, form.cleaned_data["answer"], letter, appointment, place)
    context: dict[str, Any] = {"form": form, "letter": letter, "place": place, "appointment": appointment}
    context |= {"has_moved": _moved(invitee), "said": invitee.answer, "coach": link.made_by}
    return render(request, "invited/invitation.html", context, status=422 if form.is_bound else 200)


def _thanks(
    request: HttpRequest, answer: str, letter: Letter, appointment: Appointment | None, place: str
) -> HttpResponse:
    said = {
        Invitee.Answer.YES: gettext("Fijn dat je komt."),
        Invitee.Answer.NO: gettext("Jammer. Dank je wel dat je het laat weten."),
        Invitee.Answer.OTHER: gettext("Goed dat je het zegt. Je hoort of het op een ander moment kan."),
    }
    context = {"said": said[Invitee.Answer(answer)], "letter": letter, "appointment": appointment, "place": place}
    return render(request, "invited/thanks.html", context | {"comes": answer == Invitee.Answer.YES})


def _appointment(invitee: Invitee) -> Appointment | None:
    """When it is, as it stands now: another moment after the letter is shown by itself."""
    found = invitee.meeting.appointment
    return None if found is None or found.outcome == Appointment.Outcome.NOT else found


def _moved(invitee: Invitee) -> bool:
    """It became another place after this letter was written. Where, the letter cannot know."""
    since, written = invitee.meeting.place_since, invitee.letter_at
    return since is not None and written is not None and since > written


def _gone(request: HttpRequest) -> HttpResponse:
    return render(request, "invited/gone.html", status=404)
