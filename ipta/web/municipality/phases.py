"""What this municipality calls the phases, and how many it has."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from ipta.accounts.models import Municipality, Role
from ipta.dossiers.commands import name_phases
from ipta.dossiers.rules import OWN_PHASES, PHASES
from ipta.web import desk, kept
from ipta.web.asking import Asking, asked, is_done, shown, words

LONGEST = 40


class PhasesForm(Asking):
    """A name for each phase; an empty one is not used here."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {key: gettext(name) for key, name in PHASES.items()}
        labels |= {key: gettext("Een eigen fase") for key in OWN_PHASES}
        for key, label in labels.items():
            self.fields[key] = words(label, longest=LONGEST)


@desk.functional_manager()
def phases(request: desk.DeskRequest) -> HttpResponse:
    """The municipalities of this manager; with one, straight on to it."""
    mine = _mine(request)
    if len(mine) == 1:
        return redirect("municipality:name_phases", mine[0].pk)
    return render(request, "municipality/municipalities.html", {"municipalities": mine})


@desk.functional_manager("GET", "HEAD", "POST")
def names(request: desk.DeskRequest, municipality: UUID) -> HttpResponse:
    """The name of each phase here; what is left empty is not used."""
    here = next((one for one in _mine(request) if one.pk == municipality), None)
    if here is None:
        raise Http404
    now = {key: here.phases.get(key, PHASES.get(key, "")) for key in (*PHASES, *OWN_PHASES)}
    form = asked(request, PhasesForm, initial=now)
    if is_done(request, form, lambda: name_phases(here, form.cleaned_data, by=request.user)):
        messages.success(request, gettext("Bewaard."))
        return kept.done(request, redirect("municipality:name_phases", here.pk))
    return shown(request, "municipality/phases.html", form, municipality=here, weeks=here.scout_days // 7)


def _mine(request: desk.DeskRequest) -> list[Municipality]:
    return list(Municipality.objects.filter(pk__in=request.user.municipalities_as(Role.FUNCTIONAL_MANAGER)))
