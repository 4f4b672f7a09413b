"""A question to a specialist, who has no account: read and answered through the link that a coach made."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipta.accounts.models import Link
from ipta.sharing.help import commands, policies
from ipta.sharing.help.queries import question_of
from ipta.sharing.models import HelpRequest
from ipta.web import asking, by_link, desk
from ipta.web.asking import Asking, choice, words
from ipta.web.by_link import Opened


class AnswerForm(Asking):
    reply = choice(
        _("Wat is je antwoord?"),
        HelpRequest.Reply.choices,
        need=_("Kies een van de drie."),
        initial=HelpRequest.Reply.ANSWER,
    )
    words = words(
        _("Jouw woorden"),
        longest=asking.LONG,
        rows=6,
        hint=_("Bij “Bel mij”: op welk nummer, en wanneer?"),
    )

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        if typed.get("reply") == HelpRequest.Reply.ANSWER and not typed.get("words") and "words" not in self.errors:
            self.add_error("words", gettext("Schrijf je antwoord op, of kies een ander antwoord."))
        return typed


@desk.anyone("GET", "HEAD", "POST")
def question(request: HttpRequest, token: str) -> HttpResponse:
    kind, gone = Link.Kind.HELP, "specialist/gone.html"
    return by_link.opened(request, kind, token, row_of=question_of, may=policies.can_pass_on, page=_page, gone=gone)


def _page(request: HttpRequest, asked: HelpRequest, opened: Opened) -> HttpResponse:
    if asked.answered_at is not None:
        return _thanks(request)
    if request.method != "POST":  # a robot that looks what a link is about reads nothing
        return render(request, "specialist/door.html")
    if "words" not in request.POST:
        return _read(request, AnswerForm(), asked, opened)
    form = AnswerForm(request.POST)
    if form.is_valid():
        with asking.told(form), form.sent() as is_first:
            if is_first:
                commands.answer_help(asked, by=opened.by, **form.cleaned_data)
        # Somebody else with this link may have been just before him.
        return _thanks(request) if form.errors else redirect("specialist:question", opened.token)
    return _read(request, form, asked, opened)


def _read(request: HttpRequest, form: AnswerForm, asked: HelpRequest, opened: Opened) -> HttpResponse:
    words = commands.read_question(asked, token=opened.token, by=opened.by)
    context = {"form": form, "words": words, "asked": asked, "coach": opened.by}
    return render(request, "specialist/question.html", context, status=422 if form.is_bound else 200)


def _thanks(request: HttpRequest) -> HttpResponse:
    """It was answered. Words that came in afterwards replace nothing, and are not lost."""
    form = AnswerForm(request.POST or None)
    late = form.is_bound and not form.was_sent() and form.is_valid()
    context = {"words": form.cleaned_data["words"] if late else "", "is_late": late}
    return render(request, "specialist/thanks.html", context, status=409 if late else 200)
