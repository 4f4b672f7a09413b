"""Ons gesprek: what he says himself of his future, his work, his people."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipta.scans.talk import commands
from ipta.web import cards, desk, kept
from ipta.web.asking import LONG, Asking, asked, is_done, shown, words
from ipta.web.desk import DeskRequest
from ipta.web.youth.my_side import sides_beside
from ipta.web.youth.page import OPEN, asks, one_tap


class SayForm(Asking):
    text = words(_("Wat zeg jij?"), longest=LONG, rows=4, need=_("Schrijf een paar woorden."), hint=_("Alles mag."))


class BetterForm(Asking):
    text = words(_("Hoe zeg je het beter?"), longest=LONG, rows=4, need=_("Schrijf een paar woorden."))


@desk.youth()
def talk(request: DeskRequest) -> HttpResponse:
    """The cards, with what he said on each."""
    dossier = desk.my_dossier(request)
    said = cards.said(request.reader, dossier)
    suggestion = cards.suggestion(request, said) if dossier.is_taking_part else None
    context = {"dossier": dossier, "talk": said.values(), "suggestion": suggestion}
    return render(request, "youth/talk.html", context)


@desk.youth(*OPEN)
def card(request: DeskRequest, card: str) -> HttpResponse:
    """One card: what to think of, room for words, and what was said before. When it all has ended he reads it."""
    dossier, on = desk.my_dossier(request), cards.found(card)
    form = asked(request, SayForm)
    if request.method == "POST" and not dossier.is_taking_part:
        form.add_error(None, gettext("Je bent hier klaar. Wil je nog iets zeggen? Zeg het je coach."))
    if is_done(
        request, form, lambda: commands.say(dossier, card=on.key, text=form.cleaned_data["text"], by=request.user)
    ):
        messages.success(request, gettext("Het staat erbij. Je coach kan het lezen."))
        return kept.done(request, redirect("youth:card", card))
    said = cards.said(request.reader, dossier, lambda rows: sides_beside(rows, dossier, request.reader))
    context: dict[str, Any] = {
        "dossier": dossier,
        "card": on,
        "said": said[on.key],
        "suggestion": cards.suggestion(request, said) if said[on.key].own and dossier.is_taking_part else None,
    }
    return shown(request, "youth/card.html", form, **context)


@asks("youth:talk", always=True)
def say_better(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Better words in the place of his own. They stay his, also when it all has ended."""
    dossier = desk.my_dossier(request)
    old = cards.saying_of(dossier, pk, request.user)
    on = cards.BY_KEY[old.card]
    form = asked(request, BetterForm, initial={"text": request.reader.text(old.text)})
    if is_done(request, form, lambda: commands.say_better(old, text=form.cleaned_data["text"], by=request.user)):
        messages.success(request, gettext("Het staat er nu beter. Wat er eerst stond, staat eronder."))
        return kept.done(request, redirect("youth:card", on.slug))
    back = reverse("youth:card", args=[on.slug])
    return shown(request, "youth/say_better.html", form, dossier=dossier, card=on, back=back)


@one_tap("youth:talk")
def take_back(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Not said any more, or said after all."""
    found = cards.saying_of(desk.my_dossier(request), pk, request.user)
    cards.turn(request, found)
    return redirect("youth:card", cards.BY_KEY[found.card].slug)
