"""An attempt to reach somebody, in two taps. "Niet bereikt" is as easy as "gesproken", and asks for no word."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipta.accounts.models import Person
from ipta.dossiers import commands
from ipta.dossiers.models import Dossier, Note
from ipta.sharing.door import Reader
from ipta.web import asking, desk, kept
from ipta.web.asking import Asking, choice, words
from ipta.web.coach import people
from ipta.web.coach.notes import CHANNEL_ICONS

REACHED, MISSED = "reached", "missed"
WAYS = [
    (Note.Channel.MET.value, _("Opgezocht")),
    (Note.Channel.WHATSAPP.value, _("App")),
    (Note.Channel.CALLED.value, _("Gebeld")),
    (Note.Channel.VISIT.value, _("Huisbezoek")),
    (Note.Channel.OTHER.value, _("Anders")),
]


class AttemptForm(Asking):
    channel = choice(_("Hoe zocht je contact?"), WAYS, need=_("Kies hoe je contact zocht."))
    outcome = choice(
        _("Lukte het?"), [(REACHED, _("Gesproken")), (MISSED, _("Niet bereikt"))], need=_("Kies of het lukte.")
    )
    place = words(_("Waar?"), longest=200, hint=_("Laat de jongere de plek kiezen."))
    icons: Mapping[str, str] = CHANNEL_ICONS


def form_for(reader: Reader, dossier: Dossier) -> AttemptForm:
    """As this coach tried the last time; but nobody is sent to his home who was told not to go there."""
    last = Note.objects.filter(dossier=dossier, author=reader.person).values_list("channel", flat=True).first()
    is_unwanted = last == Note.Channel.VISIT and "home" in (reader.json(dossier.careful) or [])
    return AttemptForm(initial={"channel": last if last and not is_unwanted else Note.Channel.MET})


@desk.coach("GET", "HEAD", "POST")
def attempt(request: desk.DeskRequest, pk: UUID) -> HttpResponse:
    """Write down that it was tried, and whether it worked."""
    dossier = desk.own_dossier(request, pk)
    initial = form_for(request.reader, dossier).initial
    form = asking.asked(request, AttemptForm, initial=initial)
    if asking.is_ready(request, form):
        with asking.told(form):
            _write(dossier, form, by=request.user)
            messages.success(request, gettext("Genoteerd."))
            return kept.done(request, redirect("coach:youth", pk))
    youth = people.known(request.reader, [dossier])[pk]
    return asking.shown(request, "coach/attempt.html", form, youth=youth)


def _write(dossier: Dossier, form: AttemptForm, *, by: Person) -> None:
    typed: dict[str, Any] = form.cleaned_data
    with form.sent() as is_first:
        if is_first:
            is_reached = typed["outcome"] == REACHED
            commands.note(
                dossier, text="", channel=typed["channel"], is_reached=is_reached, place=typed["place"], by=by
            )
