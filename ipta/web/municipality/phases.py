"""What this municipality calls the phases, and how many it has."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipta.accounts.models import Municipality, Role
from ipta.base.verdict import Impossible
from ipta.dossiers.commands import name_phases
from ipta.dossiers.rules import OWN_PHASES, PHASES
from ipta.web import desk, kept

LONGEST = 40


class PhasesForm(forms.Form):
    """A name for each phase; an empty one is not used here."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = {key: gettext(name) for key, name in PHASES.items()}
        asked |= {key: gettext("Een eigen fase") for key in OWN_PHASES}
        for key, label in asked.items():
            self.fields[key] = forms.CharField(
                label=label,
                max_length=LONGEST,
                required=False,
                error_messages={"max_length": _("Dit is te lang. Houd het bij %(limit_value)d tekens.")},
            )


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
    words = request.POST if request.method == "POST" else kept.take_back(request)
    form = PhasesForm(words, initial=now)
    if request.method == "POST" and form.is_valid():
        try:
            name_phases(here, form.cleaned_data, by=request.user)
        except Impossible as objection:
            form.add_error(None, gettext(str(objection)))
        else:
            messages.success(request, gettext("Bewaard."))
            return kept.done(request, redirect("municipality:name_phases", here.pk))
    context = {"form": form, "municipality": here, "kept": request.method != "POST" and words is not None}
    return render(request, "municipality/phases.html", context, status=422 if request.method == "POST" else 200)


def _mine(request: desk.DeskRequest) -> list[Municipality]:
    return list(Municipality.objects.filter(pk__in=request.user.municipalities_as(Role.FUNCTIONAL_MANAGER)))
