"""Letters: how large, how dark and which ones. It lasts on this device, and needs no script."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from ipta.web import desk, look, onwards
from ipta.web.asking import choice
from ipta.web.youth.page import OPEN

CHOOSE = _("Kies er een.")


class LettersForm(forms.Form):
    use_required_attribute = False  # what is missing is said in our words
    size = choice(
        _("Hoe groot?"),
        [("normal", _("Gewoon")), ("large", _("Groot")), ("largest", _("Heel groot"))],
        need=CHOOSE,
    )
    contrast = choice(
        _("Hoe donker?"), [("usual", _("Gewoon")), ("strong", _("Zwart op wit"))], need=CHOOSE,
        hint=_("Staat je scherm op donker? Dan is het wit op zwart."),
    )  # fmt: skip
    font = choice(
        _("Welke letters?"), [("usual", _("Gewoon")), ("easy", _("Letters die makkelijk lezen"))], need=CHOOSE
    )

    voice = choice(
        _("Voorlezen"), [("slow", _("Langzaam")), ("usual", _("Gewoon")), ("fast", _("Snel"))], need=CHOOSE,
        hint=_("Heeft je toestel een stem? Dan staat bij elk stukje: Lees voor."),
    )  # fmt: skip


@desk.anyone(*OPEN)
def letters(request: HttpRequest) -> HttpResponse:
    """For everybody, also before somebody comes in: who cannot read the door does not get further."""
    onto = onwards.asked(request) or "youth:home"
    if request.method != "POST":
        form = LettersForm(initial=look.chosen(request), label_suffix="")
        return render(request, "youth/letters.html", {"form": form, "next": onwards.asked(request)})
    form = LettersForm(request.POST, label_suffix="")
    if not form.is_valid():
        return render(request, "youth/letters.html", {"form": form, "next": onwards.asked(request)}, status=422)
    return look.remember(redirect(onto), form.cleaned_data)
