"""The talk with a youth: cards in any order, with his own words on them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipta.scans.talk import commands
from ipta.scans.talk.models import Saying
from ipta.web import asking, cards, desk, kept
from ipta.web.asking import Asking, words
from ipta.web.coach import people
from ipta.web.coach.timeline import views_in
from ipta.web.coach.yes_first import dossier_since_yes, not_yet, since_yes_to_read


class SayForm(Asking):
    """His words, and apart from them what the coach noticed: two questions, so that nobody takes one for the other."""

    own_words = words(_("In zijn of haar eigen woorden"), longest=asking.LONG, rows=4)
    noticed = words(
        _("Wat merk je zelf op?"),
        longest=asking.LONG,
        rows=3,
        hint=_("Dit is jouw kijk. Het staat apart, en de jongere leest het ook."),
    )

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        if not self.errors and not typed.get("own_words") and not typed.get("noticed"):
            self.add_error("own_words", gettext("Schrijf een paar woorden op. Eén zin is genoeg."))
        return typed

    def said(self) -> list[tuple[str, str]]:
        """In which voice what was said."""
        typed = self.cleaned_data
        both = [(Saying.Voice.YOUTH.value, typed["own_words"]), (Saying.Voice.COACH.value, typed["noticed"])]
        return [(voice, text) for voice, text in both if text]

    def has_noticed(self) -> bool:
        return bool(self["noticed"].value() or self["noticed"].errors)


class BetterForm(Asking):
    text = words(_("Hoe is het beter gezegd?"), longest=asking.LONG, rows=4, need=_("Schrijf een paar woorden."))


@desk.coach()
def talk(request: desk.DeskRequest, pk: UUID) -> HttpResponse:
    """The cards, with what was said on each."""
    dossier = desk.dossier_to_read(request, pk)
    if dossier.joined_on is None:
        return not_yet(request, dossier, gettext("Het gesprek"))
    youth = people.known(request.reader, [dossier], {pk: {"scores"}})[pk]
    said = cards.said(request.reader, dossier)
    suggestion = None if request.reads_only else cards.suggestion(request, said)
    return render(request, "coach/talk.html", {"youth": youth, "talk": said.values(), "suggestion": suggestion})


@desk.coach("GET", "HEAD", "POST")
def card(request: desk.DeskRequest, pk: UUID, card: str) -> HttpResponse:
    """One card: questions to open the talk, room for words, and what was said before."""
    dossier = since_yes_to_read(request, pk)
    on = cards.found(card)
    form = asking.asked(request, SayForm)
    if asking.is_ready(request, form):  # who only reads it here is refused by the command
        with asking.told(form):
            with form.sent() as is_first:
                for voice, text in form.said() if is_first else []:
                    commands.say(dossier, card=on.key, voice=voice, text=text, by=request.user)
            messages.success(request, gettext("Bewaard."))
            return kept.done(request, redirect("coach:card", pk, card))
    youth = people.known(request.reader, [dossier], {pk: {"scores"}})[pk]
    said = cards.said(request.reader, dossier, lambda _rows: views_in(request.reader, dossier, ["scores"]))
    context: dict[str, Any] = {
        "youth": youth,
        "card": on,
        "said": said[on.key],
        "suggestion": cards.suggestion(request, said) if said[on.key].own else None,
    }
    return asking.shown(request, "coach/card.html", form, **context)


@desk.coach("GET", "HEAD", "POST")
def say_better(request: desk.DeskRequest, pk: UUID, saying: UUID) -> HttpResponse:
    """Better words in the place of what this coach typed."""
    dossier = dossier_since_yes(request, pk)
    old = cards.saying_of(dossier, saying, request.user)
    on = cards.BY_KEY[old.card]
    back = reverse("coach:card", args=[pk, on.slug])
    form = asking.asked(request, BetterForm, initial={"text": request.reader.text(old.text)})
    if asking.is_done(request, form, lambda: commands.say_better(old, text=form.cleaned_data["text"], by=request.user)):
        messages.success(request, gettext("Bewaard. Wat er eerst stond, staat eronder."))
        return kept.done(request, redirect(back))
    youth = people.known(request.reader, [dossier])[pk]
    return asking.simple(request, form, title=_("Beter zeggen"), youth=youth, back=back)


@desk.coach("POST")
def take_back(request: desk.DeskRequest, pk: UUID, saying: UUID) -> HttpResponse:
    """Not said any more, or said after all."""
    dossier = dossier_since_yes(request, pk)
    found = cards.saying_of(dossier, saying, request.user)
    cards.turn(request, found)
    return redirect("coach:card", pk, cards.BY_KEY[found.card].slug)
