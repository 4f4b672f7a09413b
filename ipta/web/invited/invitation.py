"""An invitation to sit down together, for who has no account: a page that a grandmother reads and answers.

Looking at the address does nothing: the letter opens by a button, so that a robot that visits a link reads nothing.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipta.accounts.models import Link
from ipta.dossiers.models import Appointment
from ipta.web import asking, by_link, calendars, desk
from ipta.web.asking import Asking, choice
from ipta.web.by_link import Opened
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
    kind, gone = Link.Kind.INVITE, "invited/gone.html"
    return by_link.opened(request, kind, token, row_of=invitee_of, may=policies.can_pass_on, page=_page, gone=gone)


def _page(request: HttpRequest, invitee: Invitee, opened: Opened) -> HttpResponse:
    if request.method != "POST":
        return render(request, "invited/door.html")
    letter = commands.read_invitation(invitee, token=opened.token, by=opened.by)
    appointment = _appointment(invitee)
    place = "" if _moved(invitee) else letter.place
    if "agenda" in request.POST and appointment:
        return calendars.one(appointment, place)
    is_answer = "words" in request.POST
    form = AnswerForm(request.POST if is_answer else None)
    if is_answer and form.is_valid():
        with asking.told(form), form.sent() as is_first:
            if is_first:
                commands.answer_invitation(invitee, by=opened.by, **form.cleaned_data)
        if not form.errors:
            return _thanks(request, form.cleaned_data["answer"], letter, appointment, place)
    context: dict[str, Any] = {"form": form, "letter": letter, "place": place, "appointment": appointment}
    context |= {"has_moved": _moved(invitee), "said": invitee.answer, "coach": opened.by}
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
